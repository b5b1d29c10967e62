"""待办事项: the documents that wait for this person, how long, and what the rules said of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Executable, RowMapping, and_, case, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from govproc_desktop.domain.permissions import PERMISSIONS, Actor
from govproc_desktop.domain.plan.flow import NODES, PLAN_FLOW
from govproc_desktop.domain.workdays import Calendar, CalendarMissing
from govproc_desktop.domain.workflow import Workflow
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import Plan, Task, Unit
from govproc_desktop.models.reference import Reference
from govproc_desktop.queries.registry import Reader, query

FLOWS: dict[str, Workflow] = {PLAN_FLOW.name: PLAN_FLOW}
"""The processes whose documents come to an inbox, by document kind."""
KIND_TITLES = {"plan": N_("计划备案")}
LATE_AFTER = 5
"""Working days after which a waiting document is shown as late."""
PAGE = 100
_MOST_WORDS = 8
_GREEN = Task.green == True  # noqa: E712 - a stored 0 or 1, not SQL true
_INTERNAL = "plan.review_internal"
_NO_MARK = N_(
    "您有「{title}」权限，但没有内部审核标志，{count} 件待内部审核的单据没有列出。"
    "请单位管理员在「操作权限」里把您的内部审核标志改为“是”。"
)
_NO_RIGHT = N_(
    "您有内部审核标志，但没有「{title}」权限，{count} 件待内部审核的单据没有列出。"
    "请单位管理员在「操作权限」里授权。"
)


class InboxOrder(StrEnum):
    """In what order the waiting documents stand; ties are broken by the older task."""

    LONGEST = "longest"
    NEWEST = "newest"
    LARGEST = "largest"


ORDER_TITLES = {
    InboxOrder.LONGEST: N_("等得最久的在前"),
    InboxOrder.NEWEST: N_("最新送到的在前"),
    InboxOrder.LARGEST: N_("金额最大的在前"),
}


@dataclass(frozen=True, kw_only=True)
class InboxParams:
    """Which waiting documents; ``kind`` empty for all, ``only_green`` for those without faults.

    ``search`` are words of the document's or the unit's name.
    """

    kind: str = ""
    search: str = ""
    only_green: bool = False
    order: InboxOrder = InboxOrder.LONGEST
    offset: int = 0
    limit: int = PAGE


@dataclass(frozen=True, kw_only=True)
class InboxRow:
    """One waiting document; ``days`` are working days, nothing while the holidays are unknown."""

    task: UUID
    doc_kind: str
    doc_uid: UUID
    state: str
    title: str
    unit: str
    amount: Decimal
    since: datetime
    days: int | None
    urged_at: datetime | None
    green: bool
    failing: int
    explaining: int
    own: bool
    seen_version: int

    @property
    def late(self) -> bool:
        """Whether it waits longer than it should."""
        return self.days is not None and self.days >= LATE_AFTER


@dataclass(frozen=True, kw_only=True)
class InboxPage:
    """One page of waiting documents, how many there are of each kind, and what is not shown.

    ``green`` counts those that may be passed together: all checks green, not one's own.
    """

    rows: tuple[InboxRow, ...] = ()
    total: int = 0
    counts: dict[str, int]
    green: int = 0
    notes: tuple[str, ...] = ()


@query("inbox.list", N_("待办事项"), InboxParams, permission=None)
def inbox_list(reader: Reader, params: InboxParams) -> InboxPage:
    """Return a page of what waits for this person (four statements and the reference key)."""
    with reader.database.reading() as connection:
        calendar = Reference.current(connection).calendar
        waiting = may_decide(reader.actor)
        notes = list(_missing_mark(connection, reader.actor))
        if waiting is None:
            return InboxPage(counts={}, notes=tuple(notes))
        waiting = _named(waiting, params.search)
        counts, greens = _counts(connection, waiting)
        own_green = _own_green(connection, reader.actor, waiting)
        rows = [
            _row(reader, calendar, found)
            for found in connection.execute(_page(waiting, params)).mappings()
        ]
    if any(row.days is None for row in rows):
        notes.append(_calendar_note(calendar, rows, reader.now.date()))
    shown = greens if params.only_green else counts
    return InboxPage(
        rows=tuple(rows),
        total=shown.get(params.kind, 0) if params.kind else sum(shown.values()),
        counts=counts,
        green=sum(greens.values()) - own_green,
        notes=tuple(notes),
    )


def may_decide(actor: Actor) -> ColumnElement[bool] | None:
    """Return the open tasks at steps this person decides, or nothing without such a right.

    One's own documents are among them: the list shows them and says why they are off (R15).
    """
    by_kind = []
    for kind, flow in FLOWS.items():
        states = [each for each in flow.review_states() if actor.may(flow.states[each].review)]
        if states:
            by_kind.append(and_(Task.state.in_(states), Task.doc_kind == kind))
    if not by_kind:
        return None
    return and_(Task.closed_at.is_(None), Task.actor_unit_id == actor.unit_id, or_(*by_kind))


def _named(waiting: ColumnElement[bool], search: str) -> ColumnElement[bool]:
    found = waiting
    for word in search.replace("\0", "").split()[:_MOST_WORDS]:
        units = select(Unit.id).where(Unit.name.contains(word, autoescape=True))
        title = Task.title.contains(word, autoescape=True)
        found = and_(found, or_(title, Task.unit_id.in_(units)))
    return found


def waiting_days(calendar: Calendar, since: datetime, now: datetime) -> int | None:
    """Return the working days since a moment; nothing when a year's holidays are unknown (R57)."""
    try:
        return calendar.workdays_between(since.date(), now.date())
    except CalendarMissing:
        return None


def _counts(
    connection: Connection, waiting: ColumnElement[bool]
) -> tuple[dict[str, int], dict[str, int]]:
    rows = connection.execute(
        select(Task.doc_kind, func.count(), func.sum(case((_GREEN, 1), else_=0)))
        .where(waiting)
        .group_by(Task.doc_kind)
    ).all()
    return {kind: int(all_) for kind, all_, _green in rows}, {
        kind: int(green or 0) for kind, _all, green in rows
    }


def _own_green(connection: Connection, actor: Actor, waiting: ColumnElement[bool]) -> int:
    """Count the green ones the person wrote: they are no part of what can be passed together."""
    found = connection.execute(
        select(func.count())
        .select_from(Plan)
        .join(Task, Task.doc_uid == Plan.uid)
        .where(Plan.author_person == actor.person_id, Plan.state.in_(NODES), waiting, _GREEN)
    ).scalar_one()
    return int(found)


def _page(waiting: ColumnElement[bool], params: InboxParams) -> Executable:
    chosen = select(Task.id).where(waiting)
    if params.kind:
        chosen = chosen.where(Task.doc_kind == params.kind)
    if params.only_green:
        chosen = chosen.where(_GREEN)
    # the keys first: only the rows of the page are joined, however far down it lies
    keys = (
        chosen.order_by(*_order(params.order))
        .offset(max(0, params.offset))
        .limit(max(0, min(params.limit, 500)))
        .subquery()
    )
    return (
        select(
            Task.uid.label("task"),
            Task.doc_kind,
            Task.doc_uid,
            Task.state,
            Task.title,
            Task.amount,
            Task.opened_at,
            Task.urged_at,
            Task.green,
            Task.failing,
            Task.explaining,
            Unit.name.label("unit"),
            Plan.author_person,
            Plan.editor_person,
            Plan.row_version,
        )
        .join(keys, keys.c.id == Task.id)
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(Plan, Plan.uid == Task.doc_uid)
        .order_by(*_order(params.order))
    )


_ORDERS: dict[InboxOrder, Callable[[], tuple[ColumnElement[Any], ...]]] = {
    InboxOrder.LONGEST: lambda: (Task.opened_at.asc(), Task.id.asc()),
    InboxOrder.NEWEST: lambda: (Task.opened_at.desc(), Task.id.desc()),
    InboxOrder.LARGEST: lambda: (Task.amount.desc(), Task.id.asc()),
}


def _order(order: InboxOrder) -> tuple[ColumnElement[Any], ...]:
    return _ORDERS[order]()


def _row(reader: Reader, calendar: Calendar, row: RowMapping) -> InboxRow:
    me = reader.actor.person_id
    return InboxRow(
        task=row["task"],
        doc_kind=row["doc_kind"],
        doc_uid=row["doc_uid"],
        state=row["state"],
        title=row["title"],
        unit=row["unit"],
        amount=row["amount"],
        since=row["opened_at"],
        days=waiting_days(calendar, row["opened_at"], reader.now),
        urged_at=row["urged_at"],
        green=row["green"],
        failing=row["failing"],
        explaining=row["explaining"],
        own=me in (row["author_person"], row["editor_person"]),
        seen_version=row["row_version"] or 0,
    )


def _calendar_note(calendar: Calendar, rows: list[InboxRow], today: date) -> str:
    years = {row.since.year for row in rows} | {today.year}
    return CalendarMissing(min(years - calendar.years)).sentence()


def _missing_mark(connection: Connection, actor: Actor) -> list[str]:
    """Say which of the two marks of 内部审核 is missing while documents wait for it (R16)."""
    has_right = _INTERNAL in actor.permissions
    if has_right == actor.internal_mark:
        return []
    state = next(s for s, info in PLAN_FLOW.states.items() if info.review == _INTERNAL)
    count = connection.execute(
        select(func.count()).where(
            Task.closed_at.is_(None), Task.actor_unit_id == actor.unit_id, Task.state == state
        )
    ).scalar_one()
    if not count:
        return []
    words = _NO_MARK if has_right else _NO_RIGHT
    return [_(words).format(title=_(PERMISSIONS[_INTERNAL].title), count=count)]
