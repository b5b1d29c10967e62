"""The demo office: eight units and most of a year of purchases, made through the one door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from govproc_desktop.domain.permissions import SYSTEM
from govproc_desktop.exchange.demo.people import PASSWORD, make_people
from govproc_desktop.exchange.demo.story import make_story
from govproc_desktop.exchange.reference_files import load_shipped
from govproc_desktop.models.engine import Database
from govproc_desktop.services.context import Context

__all__ = ["CLERK", "NOW", "PASSWORD", "build"]

CLERK = "zhoumin"
"""The account the demo logs in with."""

NOW = datetime(2026, 11, 23, 9, 42)  # noqa: DTZ001 - office time is local
"""The moment the demo's year ends at, and at which its pictures are taken."""


def build(
    database: Database,
    *,
    now: datetime = NOW,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Fill an empty, migrated database with the demo office; any thread may call it.

    Args:
        database: migrated and empty.
        now: when the demo's last week ends; earlier events keep their distance to it.
        progress: told (events done, events in all).
    """
    context = Context(database=database, actor=SYSTEM, clock=lambda: now)
    load_shipped(context)
    make_people(context)
    make_story(context, shift=now.date() - NOW.date(), progress=progress)
