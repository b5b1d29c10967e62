"""What the home page and the navigation's counts say about one person's day, in a few reads."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, case, func, select, true
from sqlalchemy.sql.elements import ColumnElement

from govproc_desktop.domain.permissions import Actor
from govproc_desktop.domain.plan.flow import DRAFT, FILED, NODES, RETURNED, VOID
from govproc_desktop.domain.workdays import Calendar, CalendarMissing
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import (
    Draft,
    FundBalance,
    FundConflict,
    FundPlan,
    Plan,
    PlanFund,
    StepTaken,
    Task,
)
from govproc_desktop.models.reference import Reference
from govproc_desktop.queries.histories import holders
from govproc_desktop.queries.home.shapes import (
    AskBadges,
    Badges,
    Home,
    HomePage,
    KeptDraft,
    MoneyPicture,
    SentRow,
    TodoRow,
)
from govproc_desktop.queries.inbox import may_decide
from govproc_desktop.queries.registry import Reader, query

SENT_ROWS = 5
KEPT_ROWS = 5
_ASK_FOR_NEXT_YEAR = 11
"""From this month on deadlines run into the next year; its holidays come out in November."""


@query("home.page", N_("首页"), HomePage, permission=None)
def home_page(reader: Reader, params: HomePage) -> Home:
    """Read the page in one transaction; the number of statements does not grow with the data."""
    year = params.year or reader.now.year
    with reader.database.reading() as connection:
        reference = Reference.current(connection)
        clock = _Clock(reference.calendar, reader.now.replace(tzinfo=None))
        todo = _todo(connection, reader.actor, clock)
        sent, sent_count = _sent(connection, reader.actor, clock)
        return Home(
            year=year,
            workdays_left=_workdays_left(reference.calendar, reader.now.date()),
            notes=_notes(reference, reader.now.date()),
            fiscal=_fiscal(connection, reader.actor, year),
            own=_own(connection, reader.actor, year),
            todo=todo,
            sent=sent,
            sent_count=sent_count,
            done_this_month=_done(connection, reader),
            kept_drafts=_kept(connection, reader.actor),
        )


@query("home.badges", N_("待办数"), AskBadges, permission=None)
def badges(reader: Reader, params: AskBadges) -> Badges:
    """Count what waits: tasks, own drafts and returned documents, import conflicts."""
    del params
    with reader.database.reading() as connection:
        clock = _Clock(Reference.current(connection).calendar, reader.now.replace(tzinfo=None))
        rows = {row.kind: row.count for row in _todo(connection, reader.actor, clock)}
    return Badges(
        inbox=sum(count for kind, count in rows.items() if kind.startswith("task.")),
        drafts=rows.get("plan.draft", 0) + rows.get("plan.returned", 0),
        conflicts=rows.get("fund_conflict", 0),
    )


def _scope(actor: Actor, column: Any) -> ColumnElement[bool]:
    return true() if actor.scope.everything else column.in_(actor.scope.unit_ids)


def _fiscal(connection: Connection, actor: Actor, year: int) -> MoneyPicture:
    if not actor.may("fund_plan.view"):
        return MoneyPicture()
    total = func.coalesce
    row = connection.execute(
        select(
            total(func.sum(FundBalance.amount), Decimal(0)),
            total(func.sum(FundBalance.in_transit), Decimal(0)),
            total(func.sum(FundBalance.filed), Decimal(0)),
            total(func.sum(FundBalance.contracted), Decimal(0)),
            total(func.sum(FundBalance.requested), Decimal(0)),
            total(func.sum(FundBalance.paid), Decimal(0)),
        )
        .join(FundPlan, FundPlan.id == FundBalance.fund_plan_id)
        .where(FundPlan.fiscal_year == year, FundPlan.is_gov_pur == True)  # noqa: E712 - stored 0 or 1
        .where(_scope(actor, FundPlan.unit_id))
    ).one()
    planned, transit, filed, contracted, requested, paid = row
    return MoneyPicture(
        planned=planned,
        reserved=filed + transit,
        filed=filed,
        contracted=contracted,
        requested=requested,
        paid=paid,
    )


def _own(connection: Connection, actor: Actor, year: int) -> MoneyPicture:
    """Add up own money: it has no fund plan, so what the plans ask for is its 计划."""
    if not actor.may("plan.view"):
        return MoneyPicture()
    rows = connection.execute(
        select(Plan.state, func.sum(PlanFund.amount))
        .join(PlanFund, PlanFund.plan_id == Plan.id)
        .where(PlanFund.kind != "fund_plan", PlanFund.amount.is_not(None))
        .where(Plan.year == year, Plan.state != VOID, _scope(actor, Plan.unit_id))
        .group_by(Plan.state)
    )
    by_state = {state: amount or Decimal(0) for state, amount in rows}
    filed = by_state.get(FILED, Decimal("0.00"))
    reserved = filed + sum((by_state.get(node, Decimal(0)) for node in NODES), Decimal(0))
    planned = sum(by_state.values(), Decimal("0.00"))
    return MoneyPicture(planned=planned, reserved=reserved, filed=filed)


@dataclass(frozen=True)
class _Clock:
    """Now, and how long something has waited by then."""

    calendar: Calendar
    now: datetime

    @property
    def midnight(self) -> datetime:
        """When today began."""
        return self.now.replace(hour=0, minute=0, second=0, microsecond=0)

    def days(self, since: datetime) -> int:
        """Return working days waited, or calendar days in a year without a holiday table."""
        today = self.now.date()
        try:
            return max(0, self.calendar.workdays_between(since.date(), today))
        except CalendarMissing:
            return max(0, (today - since.date()).days)


def _todo(connection: Connection, actor: Actor, clock: _Clock) -> tuple[TodoRow, ...]:
    return (
        *_own_papers(connection, actor, clock),
        *_tasks(connection, actor, clock),
        *_conflicts(connection, actor, clock),
    )


def _own_papers(connection: Connection, actor: Actor, clock: _Clock) -> list[TodoRow]:
    if not actor.may("plan.edit"):
        return []
    rows = connection.execute(
        select(
            Plan.state,
            func.count(),
            func.min(Plan.state_since),
            func.sum(Plan.total),
            func.sum(case((Plan.state_since >= clock.midnight, 1), else_=0)),
        )
        .where(Plan.author_person == actor.person_id, Plan.state.in_((DRAFT, RETURNED)))
        .where(_scope(actor, Plan.unit_id))
        .group_by(Plan.state)
    )
    made = [
        TodoRow(
            kind=f"plan.{state}",
            count=count,
            since=since,
            days=clock.days(since),
            amount=amount,
            fresh=int(fresh),
        )
        for state, count, since, amount, fresh in rows
    ]
    return sorted(made, key=lambda row: row.kind != f"plan.{RETURNED}")


def _tasks(connection: Connection, actor: Actor, clock: _Clock) -> list[TodoRow]:
    # the very tasks the inbox lists, so that both say the same number
    mine = may_decide(actor)
    if mine is None:
        return []
    rows = connection.execute(
        select(
            Task.doc_kind,
            Task.state,
            func.count(),
            func.min(Task.opened_at),
            func.sum(Task.amount),
            func.sum(case((Task.opened_at >= clock.midnight, 1), else_=0)),
            func.sum(case((Task.urged_at.is_not(None), 1), else_=0)),
        )
        .where(mine)
        .group_by(Task.doc_kind, Task.state)
        .order_by(Task.doc_kind, func.min(Task.opened_at))
    )
    return [
        TodoRow(
            kind=f"task.{kind}.{state}",
            count=count,
            since=since,
            days=clock.days(since),
            amount=amount,
            fresh=int(fresh),
            urged=int(urged),
        )
        for kind, state, count, since, amount, fresh, urged in rows
    ]


def _conflicts(connection: Connection, actor: Actor, clock: _Clock) -> list[TodoRow]:
    if not actor.may("fund_plan.import"):
        return []
    count, since, amount = connection.execute(
        select(func.count(), func.min(FundConflict.at), func.sum(FundConflict.amount))
        .join(FundPlan, FundPlan.id == FundConflict.fund_plan_id)
        .where(_scope(actor, FundPlan.unit_id))
    ).one()
    if not count:
        return []
    days = clock.days(since)
    return [TodoRow(kind="fund_conflict", count=count, since=since, days=days, amount=amount)]


def _sent(connection: Connection, actor: Actor, clock: _Clock) -> tuple[tuple[SentRow, ...], int]:
    if not actor.may("plan.edit"):
        return (), 0
    mine = (
        select(Task, func.count().over().label("of"))
        .join(Plan, Plan.uid == Task.doc_uid)
        .where(Task.closed_at.is_(None), Plan.author_person == actor.person_id)
        .order_by(Task.opened_at, Task.id)
        .limit(SENT_ROWS)
    )
    rows = connection.execute(mine).all()
    if not rows:
        return (), 0
    found = holders(connection, {(row.actor_unit_id, row.state) for row in rows})
    sent = tuple(
        SentRow(
            uid=row.doc_uid,
            doc_kind=row.doc_kind,
            title=row.title,
            state=row.state,
            since=row.opened_at,
            days=clock.days(row.opened_at),
            holders=found.get((row.actor_unit_id, row.state), ()),
            urged_at=row.urged_at,
        )
        for row in rows
    )
    return sent, int(rows[0].of)


def _done(connection: Connection, reader: Reader) -> int:
    month = reader.now.replace(day=1, hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    counted = connection.execute(
        select(func.count()).where(
            StepTaken.person_id == reader.actor.person_id, StepTaken.at >= month
        )
    ).scalar_one()
    return int(counted)


def _workdays_left(calendar: Calendar, today: date) -> int | None:
    try:
        return calendar.workdays_between(today, today.replace(month=12, day=31))
    except CalendarMissing:
        return None


def _notes(reference: Reference, today: date) -> tuple[str, ...]:
    """Say what of the reference tables has to be looked at, most pressing first."""
    made = []
    years = [today.year] if today.month < _ASK_FOR_NEXT_YEAR else [today.year, today.year + 1]
    made += [CalendarMissing(y).sentence() for y in years if y not in reference.calendar.years]
    rows = reference.thresholds.rows
    open_rows = [row for row in rows if row.until is None or row.until >= today]
    if doubtful := sum(not row.verified for row in open_rows):
        words = N_("采购限额有 {count} 条还是样例数，须按现行文件核对后改为正式数。")
        made.append(_(words).format(count=doubtful))
    return tuple(made)


def _kept(connection: Connection, actor: Actor) -> tuple[KeptDraft, ...]:
    """Return what was typed and not saved, newest first; a record one no longer sees is left out.

    A plan that was never saved has no title in the records: it lies in the kept text.
    """
    rows = connection.execute(
        select(Draft.form, Draft.doc_uid, Draft.body, Draft.at, Plan.title, Plan.unit_id)
        .outerjoin(Plan, Plan.uid == Draft.doc_uid)
        .where(Draft.operator_id == actor.operator_id)
        .order_by(Draft.at.desc(), Draft.id.desc())
        .limit(KEPT_ROWS)
    )
    return tuple(
        KeptDraft(
            form=row.form,
            document=row.doc_uid,
            title=row.title if row.title is not None else _typed_title(row.body),
            at=row.at,
            saved=row.title is not None,
        )
        for row in rows
        if row.unit_id is None or actor.scope.covers(row.unit_id)
    )


def _typed_title(body: str) -> str:
    try:
        fields = json.loads(body).get("fields", {})
    except (ValueError, AttributeError):
        return ""
    return str(fields.get("title", "")).strip()[:60] if isinstance(fields, dict) else ""
