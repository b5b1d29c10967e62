"""The way of a document: each step of its route, who has or had it, and for how many days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, and_, select

from govproc_desktop.domain.plan.flow import DRAFT, FILED, NODES, PLAN_FLOW, RETURNED, VOID
from govproc_desktop.domain.workdays import Calendar
from govproc_desktop.models import (
    Operator,
    OperatorPermission,
    OperatorRole,
    Person,
    Role,
    RolePermission,
)
from govproc_desktop.queries.inbox import LATE_AFTER, waiting_days
from govproc_desktop.queries.plans import PlanHead, StepRow

NodeState = Literal["done", "now", "skip", "todo", "returned"]
AUTHOR = "author"
"""The place of the clerk on a way; the others are the states of the process."""


@dataclass(frozen=True, kw_only=True)
class WayNode:
    """One place on the way; ``days`` are the working days spent there in all rounds so far.

    ``state`` is done, now, skip, todo or returned; ``days`` is nothing for places not reached
    and while a year's holidays are unknown.
    """

    place: str
    state: NodeState
    who: tuple[str, ...] = ()
    days: int | None = None
    since: datetime | None = None

    @property
    def late(self) -> bool:
        """Whether it has been here longer than it should."""
        return self.state == "now" and self.days is not None and self.days >= LATE_AFTER


@dataclass(frozen=True, kw_only=True)
class Way:
    """All places of a document's way and the working days since it was first submitted."""

    nodes: tuple[WayNode, ...]
    walked: int | None


def way_of(
    head: PlanHead,
    steps: tuple[StepRow, ...],
    *,
    calendar: Calendar,
    now: datetime,
    holders: tuple[str, ...] = (),
) -> Way:
    """Return the way of a plan as it stands; ``holders`` are those who can act where it is."""
    spent = _spent(head, steps, calendar, now)
    passed = {step.source: step.person for step in steps if step.action == "approve"}
    at_author: dict[str, NodeState] = {RETURNED: "returned", DRAFT: "now"}
    nodes = [
        WayNode(
            place=AUTHOR,
            state=at_author.get(head.state, "done"),
            who=(head.author,),
            days=spent.get(AUTHOR),
        )
    ]
    for place in NODES:
        state = _node_state(head, place)
        who = holders if state == "now" else ((passed[place],) if place in passed else ())
        nodes.append(
            WayNode(
                place=place,
                state=state,
                who=who if state in ("now", "done") else (),
                days=spent.get(place) if state in ("now", "done") else None,
                since=head.state_since if state == "now" else None,
            )
        )
    first = next((step.at for step in steps if step.action == "submit"), None)
    walked = waiting_days(calendar, first, _end(head, now)) if first else None
    return Way(nodes=tuple(nodes), walked=walked)


def holders(
    connection: Connection, places: Iterable[tuple[int, str]]
) -> dict[tuple[int, str], tuple[str, ...]]:
    """Name the people of each unit who can act in each state, in one statement."""
    asked = set(places)
    wanted = {state: PLAN_FLOW.states[state].review for _unit, state in asked}
    if not asked:
        return {}
    by_role = (
        select(Operator.unit_id, RolePermission.permission, Person.name, Operator.internal_mark)
        .join(OperatorRole, OperatorRole.operator_id == Operator.id)
        .join(Role, Role.id == OperatorRole.role_id)
        .join(RolePermission, RolePermission.role_id == Role.id)
        .join(Person, Person.id == Operator.person_id)
        .where(Role.stopped == False, RolePermission.permission.in_(wanted.values()))  # noqa: E712
    )
    given = (
        select(Operator.unit_id, OperatorPermission.permission, Person.name, Operator.internal_mark)
        .join(OperatorPermission, OperatorPermission.operator_id == Operator.id)
        .join(Person, Person.id == Operator.person_id)
        .where(OperatorPermission.permission.in_(wanted.values()))
    )
    units = {unit for unit, _state in asked}
    alive = and_(Operator.stopped == False, Operator.unit_id.in_(units))  # noqa: E712
    names: dict[tuple[int, str], set[str]] = {}
    for unit, permission, name, mark in connection.execute(
        by_role.where(alive).union(given.where(alive))
    ):
        # 内部审核 needs the mark and the right (R16)
        if mark or permission != "plan.review_internal":
            names.setdefault((unit, permission), set()).add(name)
    return {
        (unit, state): tuple(sorted(names.get((unit, wanted[state]), ()))) for unit, state in asked
    }


def _node_state(head: PlanHead, place: str) -> NodeState:
    if place == head.state:
        return "now"
    if head.state == FILED:
        return "done" if place in head.route else "skip"
    if head.route and place not in head.route:
        return "skip"
    stands = head.return_state if head.state == RETURNED else head.state
    if stands in NODES and NODES.index(place) < NODES.index(stands):
        return "done"
    return "todo"


def _end(head: PlanHead, now: datetime) -> datetime:
    return head.state_since if head.state in (FILED, VOID) else now


def _spent(
    head: PlanHead, steps: tuple[StepRow, ...], calendar: Calendar, now: datetime
) -> dict[str, int | None]:
    spent: dict[str, int | None] = {}
    since = head.created_at
    stays = [(step.source, step.at) for step in steps if step.source != step.target]
    if head.state not in (FILED, VOID):
        stays.append((head.state, now))
    for state, until in stays:
        place = AUTHOR if state in (DRAFT, RETURNED) else state
        days = waiting_days(calendar, since, until)
        before = spent.get(place, 0)
        spent[place] = None if days is None or before is None else before + days
        since = until
    return spent
