"""``do`` and ``explain``: run commands, or ask why one would be refused."""

from __future__ import annotations

import argparse
from typing import Any
from uuid import UUID, uuid4

from govproc_desktop.cli import output
from govproc_desktop.cli.office import (
    actor_of,
    clock_of,
    context_of,
    fixed_clock,
    json_of,
    load_registries,
    opened,
    text_of,
)
from govproc_desktop.cli.output import Usage, say
from govproc_desktop.domain.errors import AppError, BadInput
from govproc_desktop.i18n import N_
from govproc_desktop.models.engine import Database
from govproc_desktop.services import wire
from govproc_desktop.services.command import COMMANDS, CommandSpec, run
from govproc_desktop.services.context import Context, Outcome

_LINE_KEYS = frozenset({"command", "as", "json", "uid", "confirm", "at", "save"})


def do(args: argparse.Namespace) -> int:
    """Run one command, or with ``--script`` one a line."""
    load_registries()
    if args.script:
        return _script(args)
    if not args.command or not args.as_:
        raise Usage(N_("do 需要命令编号和 --as 账号；可用的命令请看 commands。"))
    spec = spec_of(args.command)
    cmd = wire.load(spec.kind, json_of(args.json))
    with opened(args, lock=True) as database:
        outcome = run(
            cmd,
            context_of(database, args),
            command_uid=_uid(args.uid),
            confirmed=frozenset(args.confirm),
            dry_run=args.dry_run,
        )
    say(answer(spec, outcome, dry_run=args.dry_run))
    return output.DONE


def explain(args: argparse.Namespace) -> int:
    """Show every rule a command would be judged by, passed or failed; nothing is written."""
    load_registries()
    from govproc_desktop.services import explain as explaining

    spec = spec_of(args.command)
    cmd = wire.load(spec.kind, json_of(args.json))
    with opened(args, lock=False) as database:
        checks = explaining.explain(cmd, context_of(database, args))
    for check in checks:
        say(
            {
                "rule": check.rule,
                "ok": check.ok,
                "title": check.title,
                "detail": check.detail(),
                "level": str(check.level),
                "field": check.field,
                "mend": check.mend,
                "code": check.code,
                "source": check.source,
            }
        )
    return output.REFUSED if any(check.refuses for check in checks) else output.DONE


def spec_of(command_id: str) -> CommandSpec:
    """Return a command by its id.

    Raises:
        Usage: there is none.
    """
    if command_id not in COMMANDS:
        raise Usage(
            N_("没有命令 {name}。可用的命令请看 govproc-desktop commands。"), {"name": command_id}
        )
    return COMMANDS[command_id]


def answer(spec: CommandSpec, outcome: Outcome, *, dry_run: bool) -> dict[str, Any]:
    """Return the JSON of a command that was done."""
    return {
        "done": spec.id,
        "uid": str(outcome.command_uid),
        "result": wire.dump(outcome.result),
        "changed": sorted(outcome.changes.kinds),
        "duplicate": outcome.duplicate,
        "dry_run": dry_run,
    }


def _script(args: argparse.Namespace) -> int:
    saved: dict[str, Any] = {}
    lines = text_of(args.script).splitlines()
    with opened(args, lock=True) as database:
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            try:
                say(_script_line(line, args, database, saved))
            except AppError as fault:
                say({"line": number, **output.error(fault)})
                return output.status(fault)
    return output.DONE


def _script_line(
    line: str, args: argparse.Namespace, database: Database, saved: dict[str, Any]
) -> dict[str, Any]:
    asked = wire.parse_json(line)
    if not isinstance(asked, dict) or "command" not in asked or set(asked) - _LINE_KEYS:
        raise BadInput(
            N_("每行应是一个对象，键只能是 {keys}，command 必填。"),
            {"keys": "、".join(sorted(_LINE_KEYS))},
            "E4005",
        )
    login = asked.get("as") or args.as_
    if not login:
        raise Usage(N_("这一行没有 as，命令行也没有 --as。"))
    spec = spec_of(str(asked["command"]))
    cmd = wire.load(spec.kind, filled(asked.get("json", {}), saved))
    clock = fixed_clock(str(asked["at"])) if "at" in asked else clock_of(args)
    outcome = run(
        cmd,
        Context(database=database, actor=actor_of(database, str(login)), clock=clock),
        command_uid=_uid(asked.get("uid")),
        confirmed=frozenset(map(str, asked.get("confirm", ()))),
        dry_run=args.dry_run,
    )
    if "save" in asked:
        saved[str(asked["save"])] = wire.dump(outcome.result)
    return answer(spec, outcome, dry_run=args.dry_run)


def filled(value: Any, saved: dict[str, Any]) -> Any:
    """Replace ``$name.key`` by an earlier result, ``$new.name`` by a uid made on first use.

    ``$$`` at the start of a text stands for one dollar sign.

    Raises:
        BadInput: E4005, nothing was saved under that name.
    """
    if isinstance(value, dict):
        return {key: filled(each, saved) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, saved) for each in value]
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    if value.startswith("$$"):
        return value[1:]
    if value.startswith("$new."):
        return saved.setdefault(value, str(uuid4()))
    name, _dot, key = value[1:].partition(".")
    found = saved.get(name)
    if key and isinstance(found, dict):
        found = found.get(key)
    if name not in saved or found is None:
        raise BadInput(N_("前面没有存下 {name}。"), {"name": value[:60]}, "E4005")
    return found


def _uid(text: Any) -> UUID | None:
    try:
        return None if text is None else UUID(str(text))
    except ValueError as fault:
        raise Usage(N_("uid 不是合格的 UUID：{text}。"), {"text": str(text)[:40]}) from fault
