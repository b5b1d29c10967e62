"""The child of the kill -9 run: a clerk who works until something kills the process.

Before a command it writes a ``try`` line to the log, after the answer an ``ack`` (or ``no``)
line, each with one write(2): what is in the log has been said to the clerk.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event

from govproc_desktop.domain.errors import AppError
from govproc_desktop.models.engine import Database
from govproc_desktop.services import maintenance, wire
from govproc_desktop.services.command import run, spec_of
from govproc_desktop.services.drafts import KeepDraft
from tests.faults.acts import desk_of, uid_of
from tests.office import FIRST_MORNING

ACTS = {
    "draft": ("submit", "submit", "submit", "void", "save"),
    "returned": ("submit", "save", "void"),
    "filed": ("void",),
}
REVIEW_ACTS = ("approve", "approve", "return", "withdraw")


def work(database: Database, args: dict[str, Any]) -> None:
    """Do ``args["commands"]`` commands, or fewer if killed."""
    arm(database, args.get("strike"))
    _Clerk(database, args).work()


def careless(database: Database, args: dict[str, Any]) -> None:
    """The control: a clerk's program that says “saved” before it is."""
    arm(database, args.get("strike"))
    clerk = _Clerk(database, args)
    clerk.early = True
    clerk.work()


def unsafe(database: Database, args: dict[str, Any]) -> None:
    """The control: SQLite without a rollback journal and with almost no cache."""

    @event.listens_for(database.engine, "connect")
    def weaken(connection: Any, _record: object) -> None:
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=1", "cache_spill=1"):
            connection.execute(f"PRAGMA {pragma}").fetchall()

    work(database, args)


def arm(database: Database, strike: list[Any] | None) -> None:
    """Make this process kill itself at a seeded point: a statement, an opcode, a growing file."""
    if strike is None:
        return
    kind, count = strike
    if kind == "statement":
        _at_statement(database, count)
    elif kind == "opcode":
        _at_opcode(database, count)
    else:
        # The kernel kills the process inside the write that makes the file too long.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        size = Path(str(database.path)).stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + count, size + count))


def _at_statement(database: Database, count: int) -> None:
    left = [count]

    def pass_by(*_args: object) -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(database.engine, moment, pass_by)


def _at_opcode(database: Database, count: int) -> None:
    left = [count]

    def tick() -> int:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    @event.listens_for(database.engine, "connect")
    def watch(connection: Any, _record: object) -> None:
        connection.set_progress_handler(tick, 20)


class _Clerk:
    early = False

    def __init__(self, database: Database, args: dict[str, Any]) -> None:
        self.desk = desk_of(database)
        self.rng = random.Random(args["seed"])
        self.commands = args["commands"]
        self.seed = args["seed"]
        self.folder = Path(args["folder"])
        self.log = os.open(args["log"], os.O_APPEND | os.O_CREAT | os.O_WRONLY)
        self.at = 0

    def work(self) -> None:
        while self.at < self.commands:
            self.at += 1
            if self.rng.random() < 0.01:
                self._backup()
            else:
                self._command(*self._choose())

    def _say(self, *words: object) -> None:
        os.write(self.log, (json.dumps(words, ensure_ascii=False) + "\n").encode())

    def _uid(self, *parts: object) -> UUID:
        return uid_of(self.seed, self.at, *parts)

    def _choose(self) -> tuple[str, object]:
        roll = self.rng.random()
        found = self.desk.open_plans()
        if roll < 0.08:
            fund = self.rng.randrange(4)
            amount = self.rng.randrange(2_000_000, 12_000_000)
            version = 2 + int(self._uid("v").hex[:6], 16)
            return "linlan", self.desk.bring(fund, amount, version, uid=self._uid("import"))
        if roll < 0.16:
            body = f"写到一半 {self.rng.random()}"
            draft = KeepDraft(form="plan", document=uid_of("draft"), seen_version=0, body=body)
            return "zhoumin", draft
        if roll < 0.35 or not found:
            return "zhoumin", self._save(self._uid("plan"), 0)
        plan, version, state = self.rng.choice(found)
        action = self.rng.choice(ACTS.get(state, REVIEW_ACTS))
        if action == "save":
            return "zhoumin", self._save(plan, version)
        return self.desk.act(action, plan, version, state)

    def _save(self, plan: UUID, seen: int) -> object:
        funds = self.rng.sample(range(4), self.rng.randint(1, 3))
        draws = [(fund, self.rng.randrange(100, 900_000)) for fund in sorted(funds)]
        return self.desk.save(plan, draws, seen=seen)

    def _command(self, login: str, cmd: object) -> None:
        uid = self._uid("command")
        self._say("try", str(uid), login, spec_of(cmd).id, wire.dump(cmd))
        if self.early:
            self._say("ack", str(uid), None)
        try:
            outcome = run(cmd, self.desk.people[login], command_uid=uid)
        except AppError as fault:
            self._say("no", str(uid), fault.code)
            return
        if not self.early:
            self._say("ack", str(uid), outcome.result)

    def _backup(self) -> None:
        target = self.folder / f"backup-{self._uid('backup').hex}.sqlite3"
        self._say("try-backup", target.name)
        maintenance.backup(self.desk.database, target, now=FIRST_MORNING)
        self._say("ack-backup", target.name)
