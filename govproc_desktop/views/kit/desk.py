"""What every window is given: context, lanes, notices, asker and the way to other windows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from govproc_desktop.domain.errors import AppError, NeedsConfirmation
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.command import run
from govproc_desktop.services.context import Context, Outcome
from govproc_desktop.views.kit.asking import Asker, Question
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.tasks import Job, Tasks

T = TypeVar("T")


@dataclass
class Desk:
    """One logged-in person's desk; handed to every window, never global. GUI thread only."""

    context: Context
    tasks: Tasks
    notices: Notices
    asker: Asker
    opener: Callable[[str, dict[str, Any]], None] = field(default=lambda _target, _params: None)

    def reader(self) -> Reader:
        """Return the read side for this person, now."""
        return Reader(self.context.database, self.context.actor, self.context.clock())

    def open(self, target: str, **params: Any) -> None:
        """Open a window, record or action by id (``plan.form``, ``window:fund_plans``)."""
        self.opener(target, params)

    def read(
        self,
        work: Callable[[Reader], T],
        done: Callable[[T], None],
        *,
        owner: QObject,
        era: str = "",
        failed: Callable[[AppError], None] | None = None,
    ) -> Job:
        """Read in the database lane and hand the rows back in the GUI thread."""
        reader = self.reader()
        return self.tasks.run(
            lambda: work(reader), done, failed or self.asker.error, owner=owner, era=era
        )

    def send(
        self,
        cmd: object,
        done: Callable[[Outcome], None] | None = None,
        *,
        owner: QObject,
        failed: Callable[[AppError], None] | None = None,
        confirmed: frozenset[str] = frozenset(),
    ) -> Job:
        """Send a command through the door; a question is asked and the command sent again."""

        def finished(outcome: Outcome) -> None:
            self.notices.tell(outcome.changes, owner)
            if done is not None:
                done(outcome)

        def refused(fault: AppError) -> None:
            if isinstance(fault, NeedsConfirmation):
                question = Question(title="请确认", text=fault.sentence())
                if self.asker.ask(question) == "yes":
                    again = confirmed | {fault.key}
                    self.send(cmd, done, owner=owner, failed=failed, confirmed=again)
                return
            (failed or self.asker.error)(fault)

        context = self.context
        return self.tasks.run(
            lambda: run(cmd, context, confirmed=confirmed), finished, refused, owner=owner
        )
