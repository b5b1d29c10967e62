"""What a command runs in: database, person, clock, progress and cancel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from govproc_desktop.domain.errors import Cancelled
from govproc_desktop.domain.permissions import Actor
from govproc_desktop.models.engine import Database

Clock = Callable[[], datetime]

__all__ = ["Cancelled", "Changes", "Clock", "Context", "Outcome"]


@dataclass(frozen=True, kw_only=True)
class Context:
    """Where and for whom a command or query runs; ``clock`` gives office time."""

    database: Database
    actor: Actor
    clock: Clock
    progress: Callable[[int, int], None] | None = None
    cancelled: Callable[[], bool] | None = None

    def acting_as(self, actor: Actor) -> Context:
        """Return the same context for another person."""
        return replace(self, actor=actor)


@dataclass(frozen=True)
class Changes:
    """What a command touched: kinds of records and their uids, for windows to refresh by."""

    kinds: frozenset[str] = frozenset()
    uids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The answer of a command: its result, what changed, and whether it had run before."""

    command_uid: UUID
    result: dict[str, Any] = field(default_factory=dict)
    changes: Changes = Changes()
    duplicate: bool = False
