"""Generate docs/reference from the registries; with --check say what is out of date and fail."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

import govproc_desktop.domain
import govproc_desktop.queries
import govproc_desktop.services

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
NOTE = "<!-- 由 make docs 生成，请勿手改 -->\n"


def load(package: object) -> None:
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):  # type: ignore[attr-defined]
        importlib.import_module(module.name)


def rules() -> Iterator[str]:
    from govproc_desktop.domain.rules import RULES

    yield "# 规则"
    yield ""
    yield "每条规则同时回答三个提问者：命令（拒绝）、按钮（可不可点）、「为什么不能」。"
    yield ""
    yield "| 编号 | 规则 | 依据 | 函数 |"
    yield "|---|---|---|---|"
    for key in sorted(RULES, key=lambda each: (len(each), each)):
        for rule in RULES[key]:
            where = f"`{rule.run.__module__.removeprefix('govproc_desktop.')}.{rule.run.__name__}`"
            yield f"| {rule.id} | {rule.title} | {rule.source} | {where} |"


def states() -> Iterator[str]:
    from govproc_desktop.domain.plan.flow import PLAN_FLOW

    flow = PLAN_FLOW
    yield f"# 流程：{flow.title}"
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    for name, info in flow.states.items():
        yield f'    state "{info.title}" as {name}'
    yield f"    [*] --> {flow.start}"
    merged: dict[tuple[str, str], list[str]] = {}
    for step in flow.steps:
        merged.setdefault((step.source, step.target), []).append(flow.verbs[step.action])
    for (source, target), verbs in merged.items():
        yield f"    {source} --> {target}: {'/'.join(dict.fromkeys(verbs))}"
    yield "```"
    yield ""
    yield "| 动作 | 从 | 到 | 权限 | 须写意见 | 经办人回避 |"
    yield "|---|---|---|---|---|---|"
    for step in flow.steps:
        yield (
            f"| {flow.verbs[step.action]} `{flow.name}.{step.action}` "
            f"| {flow.states[step.source].title} | {flow.states[step.target].title} "
            f"| `{step.permission}` | {'是' if step.opinion_required else ''} "
            f"| {'是' if step.review else ''} |"
        )


def commands() -> Iterator[str]:
    import dataclasses

    from govproc_desktop.services.command import COMMANDS

    yield "# 命令"
    yield ""
    yield "窗口、命令行、导入、演示数据和测试都只经由这些命令改变数据。"
    yield ""
    yield "| 编号 | 名称 | 权限 | 记入审计 | 字段 |"
    yield "|---|---|---|---|---|"
    for key in sorted(COMMANDS):
        spec = COMMANDS[key]
        names = "、".join(f"`{f.name}`" for f in dataclasses.fields(spec.kind))
        permission = f"`{spec.permission}`" if spec.permission else "由流程决定"
        yield (
            f"| `{spec.id}` | {spec.title} | {permission} "
            f"| {'是' if spec.journaled else '否'} | {names} |"
        )


def queries() -> Iterator[str]:
    from govproc_desktop.queries.registry import QUERIES

    yield "# 查询"
    yield ""
    yield "| 编号 | 名称 | 权限 |"
    yield "|---|---|---|"
    for key in sorted(QUERIES):
        spec = QUERIES[key]
        permission = f"`{spec.permission}`" if spec.permission else ""
        yield f"| `{spec.id}` | {spec.title} | {permission} |"


def forms() -> Iterator[str]:
    from govproc_desktop.printing.registry import FORMS

    yield "# 打印表单"
    yield ""
    yield "| 编号 | 名称 |"
    yield "|---|---|"
    for key in sorted(FORMS):
        yield f"| {key} | {FORMS[key].title} |"


def permissions() -> Iterator[str]:
    from govproc_desktop.domain.permissions import PERMISSIONS

    yield "# 功能权限"
    yield ""
    yield "| 编号 | 名称 | 菜单 |"
    yield "|---|---|---|"
    for each in PERMISSIONS.values():
        yield f"| `{each.id}` | {each.title} | {each.menu} |"


PAGES = {
    "rules.md": rules,
    "states.md": states,
    "commands.md": commands,
    "queries.md": queries,
    "forms.md": forms,
    "permissions.md": permissions,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    for package in (govproc_desktop.domain, govproc_desktop.services, govproc_desktop.queries):
        load(package)
    stale = []
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        text = NOTE + "\n".join(make()) + "\n"
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if not check:
                path.write_text(text, encoding="utf-8")
    if check and stale:
        print("docs/reference 过期，请运行 make docs：", "、".join(stale))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
