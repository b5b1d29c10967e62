"""Where a plan goes when it is submitted, and why: a table of reasons, frozen at submitting.

To add a reason: a function over :class:`PlanFacts` that returns a :class:`Reason` or nothing, and
a row in :data:`ROUTE_RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from govproc_desktop.domain.errors import render
from govproc_desktop.domain.plan.facts import PlanFacts
from govproc_desktop.domain.plan.flow import (
    APPROVAL,
    DEPARTMENT,
    FILED,
    FINANCE,
    INTERNAL,
    NODES,
)
from govproc_desktop.i18n import N_, _


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a plan passes a step: the rule and the sentence with its numbers."""

    node: str
    rule: str
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self) -> str:
        """Return the reason in the interface language."""
        return render(self.template, self.params)


@dataclass(frozen=True, kw_only=True)
class Route:
    """The review steps a plan passes, in their order, with the reasons; empty: filed at once."""

    nodes: tuple[str, ...]
    reasons: tuple[Reason, ...]

    def text(self) -> str:
        """Return the nodes as they are frozen on the plan."""
        return ",".join(self.nodes)


def _import_needs_finance(facts: PlanFacts) -> Reason | None:
    if not facts.content.is_import:
        return None
    return Reason(node=FINANCE, rule="R7", template=N_("进口产品须财政审核"))


def _tender_needs_finance(facts: PlanFacts) -> Reason | None:
    for each in facts.over_tender:
        kind = _(each.object_type.label)
        if each.limit is None:
            text = N_("没有登记{kind}的公开招标数额标准，须财政审核")
            return Reason(node=FINANCE, rule="R12", template=text, params={"kind": kind})
        return Reason(
            node=FINANCE,
            rule="R12",
            template=N_("{kind} {amount} ≥ {name} {limit}，又不是公开招标，须财政审核"),
            params={
                "kind": kind,
                "amount": each.amount,
                "name": _(each.limit.kind.label),
                "limit": each.limit.amount,
            },
        )
    return None


def _department_ticked(facts: PlanFacts) -> Reason | None:
    if not facts.content.department_review:
        return None
    return Reason(node=DEPARTMENT, rule="R14", template=N_("勾选了“审核流程”，送主管部门审核"))


def _unit_reviews(facts: PlanFacts) -> Reason | None:
    if facts.filing_mode != "internal":
        return None
    return Reason(node=INTERNAL, rule="R12", template=N_("本单位规定备案前先内部审核"))


RouteRule = Callable[[PlanFacts], Reason | None]

ROUTE_RULES: tuple[RouteRule, ...] = (
    _unit_reviews,
    _department_ticked,
    _import_needs_finance,
    _tender_needs_finance,
)


def route_of(facts: PlanFacts) -> Route:
    """Return the route with its reasons; whatever leaves the unit passes 内部审核 first."""
    reasons = [found for ask in ROUTE_RULES if (found := ask(facts)) is not None]
    wanted = {reason.node for reason in reasons}
    if FINANCE in wanted:
        wanted.add(APPROVAL)
    if wanted and INTERNAL not in wanted:
        wanted.add(INTERNAL)
        text = N_("送出本单位之前先内部审核")
        reasons.insert(0, Reason(node=INTERNAL, rule="R14", template=text))
    return Route(nodes=tuple(node for node in NODES if node in wanted), reasons=tuple(reasons))


def needs_finance(facts: PlanFacts) -> bool:
    """Say whether anything about the plan sends it to the finance office."""
    return FINANCE in route_of(facts).nodes


def first_stop(route: tuple[str, ...], *, before: tuple[str, ...], returned_from: str) -> str:
    """Return where a submitted plan lands.

    After a return it goes back to whoever returned it, if still on the route; a step the old
    route did not have comes first.

    Args:
        route: the steps of the new route.
        before: the steps of the route it was returned on.
        returned_from: the step that returned it, or "".
    """
    if not route:
        return FILED
    if returned_from not in route:
        return route[0]
    ahead = route[: route.index(returned_from)]
    return next((node for node in ahead if node not in before), returned_from)


def next_stop(route: tuple[str, ...], state: str) -> str:
    """Return the step after this one on a frozen route, or 已备案 after the last."""
    later = NODES[NODES.index(state) + 1 :]
    return next((node for node in later if node in route), FILED)
