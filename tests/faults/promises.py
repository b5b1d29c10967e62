"""What a clerk was told, read from the log, and whether the database keeps it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from govproc_desktop.domain.errors import AppError
from govproc_desktop.models.engine import Database, sqlite_url
from govproc_desktop.services import maintenance, wire
from govproc_desktop.services.command import COMMANDS, run
from govproc_desktop.services.context import Context
from tests.faults import acts as _commands  # noqa: F401 - registers what clerks do


class Promises:
    """Everything said to the clerk so far, and the one command that was on its way."""

    def __init__(self, log: Path, seq: int) -> None:
        self.log = log
        self.before = seq
        self.read = 0
        self.tried: dict[str, list[Any]] = {}
        self.acks: dict[str, Any] = {}
        self.refused: set[str] = set()
        self.effects: dict[str, dict[str, Any]] = {}
        self.drafts: dict[str, str] = {}
        self.backups: list[str] = []
        self.landed: set[str] = set()
        self.flying: str | None = None

    def read_on(self) -> None:
        """Read what the log got since the last time; a half-written last line was never said."""
        self.flying = None
        if not self.log.exists():
            return
        with self.log.open("rb") as lines:
            lines.seek(self.read)
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                self.read += len(line)
                self._take(json.loads(line))

    def _take(self, words: list[Any]) -> None:
        kind, uid, *rest = words
        if kind == "try":
            self.tried[uid] = rest
            self.flying = uid
        elif kind == "ack":
            self.acks[uid] = rest[0]
            self._effect(uid, rest[0])
            self.flying = None
        elif kind == "no":
            self.refused.add(uid)
            self.flying = None
        elif kind == "ack-backup":
            self.backups.append(uid)

    def _effect(self, uid: str, result: Any) -> None:
        _login, command, body = self.tried[uid]
        if command == "draft.keep":
            self.drafts[body["document"]] = body["body"]
        elif command.startswith("plan."):
            self.effects[body["plan"]] = {"result": result, "command": command}

    def broken(self, database: Database) -> Iterator[str]:
        """Yield every promise that does not hold; nothing means all is kept."""
        with database.reading() as connection:
            answer = connection.execute(text("PRAGMA integrity_check")).scalar()
            if answer != "ok":
                yield f"integrity_check: {answer}"
                return
            rows = connection.execute(
                text("SELECT command_uid, result FROM journal WHERE seq > :seq"),
                {"seq": self.before},
            )
            journal = dict(rows.all())
            plans = {
                row.uid: row
                for row in connection.execute(
                    text("SELECT uid, state, row_version, number FROM plan")
                )
            }
            drafts = dict(connection.execute(text("SELECT doc_uid, body FROM draft")).all())
        for finding in maintenance.verify(database).findings:
            yield f"{finding.kind}: {finding.sentence()}"
        yield from self._journal(journal)
        yield from self._plans(plans, set(journal))
        yield from self._kept(drafts)

    def _journal(self, journal: dict[str, str]) -> Iterator[str]:
        for uid, result in self.acks.items():
            if self.tried[uid][1].startswith("draft."):
                continue
            if uid not in journal:
                yield f"lost: {self.tried[uid][1]} {uid}"
            elif result is not None and wire.canonical(result) != journal[uid]:
                yield f"another answer: {uid}"
        for uid in journal:
            if uid not in self.tried or uid in self.refused:
                yield f"phantom: {uid}"
            elif uid not in self.acks and uid != self.flying and uid not in self.landed:
                yield f"neither said nor in flight: {uid}"

    def _plans(self, plans: dict[str, Any], journal: set[str]) -> Iterator[str]:
        moved = ""
        if self.flying in journal:
            moved = self.tried[str(self.flying)][2].get("plan", "")
        for uid, effect in self.effects.items():
            if uid == moved or effect["result"] is None:
                continue
            row = plans.get(uid)
            if row is None:
                yield f"plan gone: {uid}"
                continue
            said = effect["result"]
            # A save's answer names the state the plan had before; a step's the state it got.
            for name, value in (("row_version", said["version"]), ("number", said.get("number"))):
                if value is not None and getattr(row, name) != value:
                    yield f"plan {uid} {name} is {getattr(row, name)}, said {value}"
            if effect["command"] != "plan.save" and row.state != said["state"]:
                yield f"plan {uid} is {row.state}, said {said['state']}"

    def _kept(self, drafts: dict[str, str]) -> Iterator[str]:
        for uid, body in self.drafts.items():
            flying = self.tried[self.flying][2].get("body") if self.flying else None
            if drafts.get(uid) not in (body, flying):
                yield f"draft {uid} is {drafts.get(uid)!r}, said {body!r}"

    def repeat(self, database: Database, people: dict[str, Context]) -> Iterator[str]:
        """Send the command that was in flight again, twice: one effect, the same answer."""
        if self.flying is None:
            return
        uid = self.flying
        login, command, body = self.tried[uid]
        cmd = wire.load(COMMANDS[command].kind, body)
        there = self._count(database, uid)
        try:
            first = run(cmd, people[login], command_uid=UUID(uid))
            second = run(cmd, people[login], command_uid=UUID(uid))
        except AppError:
            self.refused.add(uid)
            if there or self._count(database, uid):
                yield f"refused at the second sending, though it landed: {command} {uid}"
            return
        self.acks[uid] = first.result
        self._effect(uid, first.result)
        if command.startswith("draft."):
            return
        if first.duplicate != bool(there) or not second.duplicate:
            yield f"{command} {uid}: landed {there}, answers {first.duplicate} {second.duplicate}"
        if wire.canonical(first.result) != wire.canonical(second.result):
            yield f"{command} {uid}: two answers"
        if self._count(database, uid) != 1:
            yield f"{command} {uid}: {self._count(database, uid)} effects"

    @staticmethod
    def _count(database: Database, uid: str) -> int:
        with database.reading() as connection:
            found = connection.execute(
                text("SELECT COUNT(*) FROM journal WHERE command_uid = :uid"), {"uid": uid}
            ).scalar()
        return int(found or 0)

    def bad_backups(self, folder: Path) -> Iterator[str]:
        """Yield backups that are shown but do not verify, and acknowledged ones that are gone."""
        for name in self.backups:
            if not (folder / name).exists():
                yield f"backup gone: {name}"
        for path in sorted(folder.glob("backup-*.sqlite3")):
            copy = Database(sqlite_url(path))
            for finding in maintenance.verify(copy).findings:
                yield f"backup {path.name}: {finding.sentence()}"
            copy.close()
