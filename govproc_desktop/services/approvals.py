"""Decide on plans under review: approve, or return with an opinion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from govproc_desktop.domain.fields import Code, Name, Note
from govproc_desktop.domain.plan.flow import FILED, NODES, PLAN_FLOW, RETURNED, STATES
from govproc_desktop.domain.plan.route import next_stop
from govproc_desktop.domain.plan.rules_lists import PLAN_RULES
from govproc_desktop.domain.rules import Check, demand, run_rules
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import Plan
from govproc_desktop.services.command import command
from govproc_desktop.services.plan_facts import facts_of
from govproc_desktop.services.plans.following import (
    close_tasks,
    give_number,
    lock,
    move_money,
    open_task,
    step_of,
)
from govproc_desktop.services.plans.guards import (
    demand_reviewer,
    demand_state,
    reviewer_checks,
    state_check,
)
from govproc_desktop.services.plans.moving import where_now
from govproc_desktop.services.transaction import Tx


@dataclass(frozen=True, kw_only=True)
class ApprovePlan:
    """Pass the plan on; ``seen_version`` binds the decision to the text that was shown."""

    plan: UUID
    seen_version: int
    opinion: Note = ""


def approve_checks(cmd: ApprovePlan, tx: Tx) -> Iterator[Check]:
    """Yield what approving demands."""
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    check = state_check(plan, "approve", NODES)
    yield check
    if check.ok:
        yield from reviewer_checks(tx, plan)
        yield from run_rules(PLAN_RULES, facts_of(tx.session, plan, on=tx.today))


@command("plan.approve", N_("同意采购实施计划"), permission=None, checks=approve_checks)
def approve(cmd: ApprovePlan, tx: Tx) -> dict[str, Any]:
    """Send the plan to the next step of its route; the last step files and numbers it.

    Raises:
        Refused: E1301 own work (R15), E1303 not under review, E1305 no right at this step (R16).
        RulesBroken: a rule refuses the plan as it stands.
        StaleRecord: E1302, the text changed since it was shown.
    """
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    demand_state(plan, "approve", NODES)
    demand_reviewer(tx, plan)
    lock(tx, plan)
    facts = facts_of(tx.session, plan, on=tx.today)
    demand(run_rules(PLAN_RULES, facts))
    target = next_stop(tuple(plan.route.split(",")), plan.state)
    step = step_of(plan, "approve", target)
    close_tasks(tx, plan)
    if target == FILED:
        move_money(tx, plan, {"in_transit": -1, "filed": 1}, kind="plan.file")
        give_number(tx, plan)
    tx.step(PLAN_FLOW, plan, step, opinion=cmd.opinion)
    if target != FILED:
        open_task(tx, plan, facts=facts)
    return where_now(plan)


@dataclass(frozen=True, kw_only=True)
class ReturnPlan:
    """Send the plan back, to the clerk or an earlier step of its route, with an opinion.

    ``pins`` are field keys the opinion is about, such as ``items.0.price``.
    """

    plan: UUID
    seen_version: int
    opinion: Note
    target: Code = RETURNED
    pins: tuple[Name, ...] = ()


def return_checks(cmd: ReturnPlan, tx: Tx) -> Iterator[Check]:
    """Yield what returning demands."""
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    check = state_check(plan, "return", NODES)
    yield check
    if check.ok:
        yield from reviewer_checks(tx, plan)
        yield _opinion_given(cmd.opinion)
        yield _target_allowed(plan, cmd.target)


@command("plan.return", N_("退回采购实施计划"), permission=None, checks=return_checks)
def send_back(cmd: ReturnPlan, tx: Tx) -> dict[str, Any]:
    """Return the plan; back at the clerk its money is released, at an earlier step it is kept.

    Raises:
        Refused: E1301 own work (R15), E1303 not under review, E1305 no right at this step (R16).
        RulesBroken: R59 without an opinion, R58 to a step that is not an earlier one of its route.
        StaleRecord: E1302, the text changed since it was shown.
    """
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    demand_state(plan, "return", NODES)
    demand_reviewer(tx, plan)
    demand([_opinion_given(cmd.opinion), _target_allowed(plan, cmd.target)])
    lock(tx, plan)
    step = step_of(plan, "return", cmd.target)
    close_tasks(tx, plan)
    if cmd.target == RETURNED:
        plan.return_state = plan.state
        move_money(tx, plan, {"in_transit": -1}, kind="plan.return")
    tx.step(PLAN_FLOW, plan, step, opinion=cmd.opinion, pins=cmd.pins)
    if cmd.target != RETURNED:
        open_task(tx, plan, facts=facts_of(tx.session, plan, on=tx.today))
    return where_now(plan)


def _opinion_given(opinion: str) -> Check:
    ok = bool(opinion.strip())
    return Check(
        rule="R59",
        title=N_("退回须写意见"),
        ok=ok,
        template=N_("已写意见") if ok else N_("退回须写意见，至少一个字。没有退回。"),
        field="opinion",
    )


def _target_allowed(plan: Plan, target: str) -> Check:
    earlier = [node for node in plan.route.split(",") if node in NODES[: NODES.index(plan.state)]]
    ok = target in (RETURNED, *earlier)
    names = "、".join(_(STATES[node].title) for node in earlier)
    return Check(
        rule="R58",
        title=N_("退回到走过的步骤"),
        ok=ok,
        template=N_("可退回经办人{names}")
        if ok
        else N_("只能退回经办人或走过的步骤（{names}）。没有退回。"),
        params={"names": f"、{names}" if ok and names else names or "—"},
        field="target",
    )
