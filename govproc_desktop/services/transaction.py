"""What a handler works with: typed reads in scope, ledger, steps, numbers, locks in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from govproc_desktop.domain.errors import NeedsConfirmation, NotFound, StaleRecord
from govproc_desktop.domain.permissions import Actor
from govproc_desktop.domain.workflow import Step, Workflow
from govproc_desktop.i18n import N_
from govproc_desktop.models import FundBalance, LedgerEntry, StepTaken
from govproc_desktop.models.reference import Reference
from govproc_desktop.services.context import Cancelled, Changes, Context

M = TypeVar("M")

_LOCK_ORDER = ("fund", "plan", "contract", "payment", "counter", "journal")


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One ledger movement to post: an account of a fund plan, in 元, signed."""

    fund_plan_id: int
    account: str
    kind: str
    amount: Decimal
    line_uid: UUID | None = None


class Tx:
    """One running command: its session, person and office time; belongs to one thread."""

    def __init__(
        self,
        *,
        session: Session,
        context: Context,
        actor: Actor,
        uid: UUID,
        confirmed: frozenset[str] = frozenset(),
    ) -> None:
        self.session = session
        self.context = context
        self.actor = actor
        self.uid = uid
        self.confirmed = confirmed
        self.now: datetime = context.clock().replace(microsecond=0, tzinfo=None)
        self.facts: list[Any] = []
        self._kinds: set[str] = set()
        self._uids: set[UUID] = set()
        self._rank = 0
        self._last: dict[str, int] = {}

    @property
    def today(self) -> date:
        """Office date of this command."""
        return self.now.date()

    @cached_property
    def reference(self) -> Reference:
        """The reference tables in force (catalogues, thresholds, holidays, codes)."""
        return Reference.current(self.session)

    def get(self, model: type[M], uid: UUID, *, seen: int | None = None) -> M:
        """Return a record inside the person's data scope.

        Raises:
            NotFound: no such record, or another unit's.
            StaleRecord: E1302, its version is no longer the one the person saw.
        """
        found = self.session.scalars(select(model).where(model.uid == uid)).one_or_none()  # type: ignore[attr-defined]
        if found is None or not self.actor.scope.covers(getattr(found, "unit_id", None)):
            raise NotFound(N_("没有这条记录，或不在您单位的数据范围内。"), {}, "E1306")
        if seen is not None and found.row_version != seen:  # type: ignore[attr-defined]
            raise stale()
        return found

    def touch(self, kind: str, key: int) -> None:
        """Note that a head is about to be locked; an inversion of the fixed order is a bug."""
        rank = _LOCK_ORDER.index(kind)
        if rank < self._rank or key < self._last.get(kind, key):
            raise AssertionError(f"lock order broken at {kind} {key}")
        self._rank = rank
        self._last[kind] = key

    def lock_funds(self, fund_plan_ids: Iterable[int]) -> dict[int, FundBalance]:
        """Lock balances in id order and return them fresh, keyed by fund plan id."""
        ids = sorted(set(fund_plan_ids))
        for each in ids:
            self.touch("fund", each)
        rows = self.session.scalars(
            select(FundBalance)
            .where(FundBalance.fund_plan_id.in_(ids))
            .order_by(FundBalance.fund_plan_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return {row.fund_plan_id: row for row in rows}

    def lock(self, record: Any, kind: str) -> None:
        """Lock a document row and make sure nobody saved it meanwhile.

        Raises:
            StaleRecord: E1302, the row changed between the read and the lock.
        """
        self.touch(kind, record.id)
        seen, state = record.row_version, record.state
        self.session.refresh(record, with_for_update=True)
        if (record.row_version, record.state) != (seen, state):
            raise stale()

    def post(self, movements: Sequence[Movement], *, doc_kind: str, doc_uid: UUID) -> None:
        """Write ledger entries in fund plan order; the database's trigger moves the balances."""
        entries = [
            LedgerEntry(
                uid=uuid4(),
                fund_plan_id=move.fund_plan_id,
                account=move.account,
                kind=move.kind,
                fen=move.amount,
                on_day=self.today,
                at=self.now,
                doc_kind=doc_kind,
                doc_uid=doc_uid,
                line_uid=move.line_uid,
                person_name=self.actor.person_name,
                command_uid=self.uid,
            )
            # releases before draws, so that no balance passes its limit on the way
            for move in sorted(movements, key=lambda each: (each.fund_plan_id, each.amount > 0))
        ]
        self.session.add_all(entries)
        self.session.flush()
        self.facts += entries
        self.changed("fund_plan", doc_uid)

    def step(
        self,
        flow: Workflow,
        record: Any,
        step: Step,
        *,
        opinion: str = "",
        pins: Sequence[str] = (),
    ) -> StepTaken:
        """Write the step; the database's triggers judge it and move the document's state."""
        self.session.flush()
        taken = StepTaken(
            uid=uuid4(),
            doc_kind=flow.name,
            doc_uid=record.uid,
            seq=record.step_count + 1,
            action=step.action,
            source=step.source,
            target=step.target,
            person_id=self.actor.person_id,
            person_name=self.actor.person_name,
            login=self.actor.login,
            post=self.actor.post,
            unit_name=self.actor.unit_name,
            opinion=opinion,
            pins=json.dumps(list(pins), ensure_ascii=False),
            doc_version=record.submitted_version,
            at=self.now,
            command_uid=self.uid,
        )
        self.session.add(taken)
        self.session.flush()
        self.session.refresh(record, ["state", "state_since", "step_count"])
        self.facts.append(taken)
        self.changed(flow.name, record.uid)
        self.changed("task", record.uid)
        return taken

    def fact(self, record: Any) -> None:
        """Add another append-only fact (document version, issued number) to the command."""
        self.session.add(record)
        self.session.flush()
        self.facts.append(record)

    def confirm(self, key: str, question: str, **params: Any) -> None:
        """Ask once; the same command sent again with ``key`` confirmed goes on.

        Raises:
            NeedsConfirmation: the question has not been answered yes yet.
        """
        if key not in self.confirmed:
            raise NeedsConfirmation(question, params, "", key)

    def changed(self, kind: str, uid: UUID) -> None:
        """Note a change for the windows' notices."""
        self._kinds.add(kind)
        self._uids.add(uid)

    def changes(self) -> Changes:
        """Return what this command touched so far."""
        return Changes(frozenset(self._kinds), frozenset(self._uids))

    def progress(self, done: int, total: int) -> None:
        """Report progress and stop here if the person cancelled.

        Raises:
            Cancelled: the transaction is rolled back; nothing is kept.
        """
        if self.context.cancelled is not None and self.context.cancelled():
            raise Cancelled
        if self.context.progress is not None:
            self.context.progress(done, total)


def stale() -> StaleRecord:
    """Return the sentence for a record that someone saved after it was opened."""
    return StaleRecord(N_("内容在您打开后已被别人修改，没有保存。请查看差异后再办。"), {}, "E1302")
