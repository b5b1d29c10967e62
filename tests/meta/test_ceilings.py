"""House rules that a machine can see: sizes, float, banned names, resources, rule tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "govproc_desktop"
MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if "migrations/versions" not in path.as_posix()
)
QT_NAME = re.compile(r"[a-z]+[A-Z]")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code of a function: its docstring does not count."""
    first = node.body[0]
    documented = (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    )
    doc = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - doc


def test_no_module_is_longer_than_400_lines() -> None:
    long = {name(p): n for p in MODULES if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{name(path)}:{node.lineno} {node.name}": length(node)
        for path in MODULES
        for node in functions(ast.parse(path.read_text("utf-8")))
        if length(node) > 40
    }
    assert long == {}


def test_no_class_has_more_than_12_public_methods() -> None:
    fat = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                public = [
                    f.name
                    for f in node.body
                    if isinstance(f, ast.FunctionDef)
                    and not f.name.startswith("_")
                    # Qt's own names are overrides, not ours to count; properties are data
                    and not QT_NAME.search(f.name)
                    and f.name not in {"paint", "data", "event"}
                    and not any(
                        isinstance(d, ast.Name) and d.id in {"property", "cached_property"}
                        for d in f.decorator_list
                    )
                ]
                if len(public) > 12:
                    fat[f"{name(path)} {node.name}"] = len(public)
    assert fat == {}


@pytest.mark.parametrize("layer", ["domain", "models", "services"])
def test_no_float_near_money(layer: str) -> None:
    found = []
    for path in (PACKAGE / layer).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Name) and node.id == "float":
                found.append(f"{name(path)}:{node.lineno}")
    assert found == []


def test_no_thread_class_of_qt_and_settings_only_in_the_store() -> None:
    found = []
    for path in MODULES:
        text = path.read_text("utf-8")
        if re.search(r"\bQThread\b", text):
            found.append(f"{name(path)} QThread")
        if (
            "QSettings(" in text
            and "views/kit" not in name(path)
            and "settings_store" not in name(path)
        ):
            found.append(f"{name(path)} QSettings")
    assert found == []


def test_no_exception_is_swallowed() -> None:
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (
                    isinstance(node.type, ast.Name)
                    and node.type.id in {"Exception", "BaseException"}
                    and all(isinstance(each, ast.Pass) for each in node.body)
                )
            ):
                found.append(f"{name(path)}:{node.lineno}")
    assert found == []


def test_every_rule_has_a_test_named_after_it() -> None:
    import govproc_desktop.domain.plan.rules_lists  # noqa: F401 - registers
    from govproc_desktop.domain.rules import RULES

    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    missing = [
        key
        for key in RULES
        if key.startswith("R")
        and key[1:].isdigit()
        and not re.search(rf"def test_{key.lower()}_", tests)
    ]
    assert missing == []


@pytest.mark.parametrize(
    "rule",
    [f"r{n}" for n in [*range(1, 19), 21, 43, 44, 45, 53, *range(56, 61)]],
)
def test_every_rule_of_this_milestone_has_a_test(rule: str) -> None:
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert re.search(rf"def test_{rule}_", tests), f"no test named test_{rule}_…"


def test_every_rule_names_its_source() -> None:
    import govproc_desktop.domain.plan.rules_lists  # noqa: F401 - registers
    from govproc_desktop.domain.rules import RULES

    assert [rule.id for rules in RULES.values() for rule in rules if not rule.source] == []


def test_nothing_names_this_machine_or_how_it_is_made() -> None:
    banned = re.compile(r"/work/|/root/|\bclaude\b|\banthropic\b|\bchatgpt\b", re.IGNORECASE)
    found = []
    for folder in ("govproc_desktop", "docs", "scripts", "tests", "benchmarks", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md", ".sh", ".toml", ""} and path.is_file():
                text = path.read_text("utf-8", errors="replace")
                if banned.search(text) and path != Path(__file__):
                    found.append(name(path))
    assert found == []
