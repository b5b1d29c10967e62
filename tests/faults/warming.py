"""Run each kind of command once without keeping it, so that children start with warm caches."""

from __future__ import annotations

from uuid import uuid4

from govproc_desktop.domain.errors import AppError
from govproc_desktop.models.engine import Database
from govproc_desktop.services import approvals, plans  # noqa: F401 - registers the commands
from govproc_desktop.services.command import run
from tests.faults.acts import desk_of


def warm(database: Database) -> None:
    """Dry-run what the children will do; nothing is kept."""
    desk = desk_of(database)
    plan = uuid4()
    run(desk.save(plan, ((0, 100),)), desk.people["zhoumin"], dry_run=True)
    for act in ("submit", "approve", "return", "withdraw", "void"):
        login, cmd = desk.act(act, plan, 1, "internal_review")
        try:
            run(cmd, desk.people[login], dry_run=True)
        except AppError:
            continue
