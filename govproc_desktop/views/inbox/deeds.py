"""Which command passes and which returns a waiting document, by its kind.

To add a kind: one line in :data:`DEEDS`; its process, paper and title are registered in
``queries/inbox.py`` and ``queries/histories``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from uuid import UUID

from govproc_desktop.domain.errors import AppError
from govproc_desktop.domain.plan.flow import RETURNED
from govproc_desktop.domain.rules import Check
from govproc_desktop.queries.inbox import InboxRow
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.command import run
from govproc_desktop.services.context import Changes, Context
from govproc_desktop.services.explain import explain


@dataclass(frozen=True, kw_only=True)
class Deeds:
    """The two commands of a kind: from uid, version seen, opinion (target, pins)."""

    approve: Callable[[UUID, int, str], object]
    back: Callable[[UUID, int, str, str, tuple[str, ...]], object]


DEEDS: dict[str, Deeds] = {
    "plan": Deeds(
        approve=lambda uid, seen, opinion: ApprovePlan(
            plan=uid, seen_version=seen, opinion=opinion
        ),
        back=lambda uid, seen, opinion, target, pins: ReturnPlan(
            plan=uid, seen_version=seen, opinion=opinion, target=target, pins=pins
        ),
    )
}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What passing and returning a document would meet."""

    approve: tuple[Check, ...]
    back: tuple[Check, ...]


def judge(row: InboxRow, seen: int, context: Context) -> Verdict:
    """Ask the very checks the commands demand; any thread, writes nothing."""
    deeds = DEEDS[row.doc_kind]
    # a return always carries an opinion by the time it is sent; the dialog sees to that
    back = deeds.back(row.doc_uid, seen, "…", RETURNED, ())
    return Verdict(
        approve=explain(deeds.approve(row.doc_uid, seen, ""), context),
        back=explain(back, context),
    )


@dataclass(frozen=True, kw_only=True)
class BulkReport:
    """What became of a bulk pass: passed = asked − refused − left alone after a cancel."""

    asked: int
    passed: tuple[InboxRow, ...]
    refused: tuple[tuple[InboxRow, str], ...]
    changes: Changes

    @property
    def left(self) -> int:
        """How many were not tried because the person stopped."""
        return self.asked - len(self.passed) - len(self.refused)


def approve_all(
    rows: Sequence[InboxRow],
    context: Context,
    *,
    opinion: str,
    stop: Event,
    progress: Callable[[int, int], None],
) -> BulkReport:
    """Pass documents one command each, looking for a stop between them; not the GUI thread."""
    passed: list[InboxRow] = []
    refused: list[tuple[InboxRow, str]] = []
    kinds: frozenset[str] = frozenset()
    uids: frozenset[UUID] = frozenset()
    for done, row in enumerate(rows):
        progress(done, len(rows))
        if stop.is_set():
            break
        cmd = DEEDS[row.doc_kind].approve(row.doc_uid, row.seen_version, opinion)
        try:
            # green when it was sent is not enough: a limit or balance may have changed since
            doubt = next((check for check in explain(cmd, context) if not check.ok), None)
            if doubt is not None:
                refused.append((row, doubt.detail()))
                continue
            outcome = run(cmd, context)
        except AppError as fault:
            refused.append((row, fault.sentence()))
            continue
        passed.append(row)
        kinds, uids = kinds | outcome.changes.kinds, uids | outcome.changes.uids
    progress(len(passed) + len(refused), len(rows))
    return BulkReport(
        asked=len(rows),
        passed=tuple(passed),
        refused=tuple(refused),
        changes=Changes(kinds, uids),
    )
