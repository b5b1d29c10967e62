"""Submit, withdraw, urge and void plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.domain.fields import Note
from govproc_desktop.domain.plan.flow import (
    DRAFT,
    FILED,
    NODES,
    PLAN_FLOW,
    RETURNED,
    VOID,
)
from govproc_desktop.domain.plan.route import first_stop, route_of
from govproc_desktop.domain.plan.rules_lists import PLAN_RULES, VOID_RULES
from govproc_desktop.domain.rules import Check, demand, run_rules
from govproc_desktop.i18n import N_
from govproc_desktop.models import Plan, StepTaken
from govproc_desktop.services.command import command, refusal
from govproc_desktop.services.plan_facts import facts_of
from govproc_desktop.services.plans.following import (
    close_tasks,
    give_number,
    keep_version,
    lock,
    move_money,
    open_task,
    open_tasks,
    step_of,
)
from govproc_desktop.services.plans.guards import (
    demand_own,
    demand_state,
    own_check,
    refused,
    state_check,
)
from govproc_desktop.services.transaction import Tx

_OPEN = (DRAFT, RETURNED)
_VOIDABLE = (DRAFT, RETURNED, FILED)


@dataclass(frozen=True, kw_only=True)
class SubmitPlan:
    """Submit the saved plan: money is taken, the route is frozen, the text is stored."""

    plan: UUID
    seen_version: int
    opinion: Note = ""


def submit_checks(cmd: SubmitPlan, tx: Tx) -> Iterator[Check]:
    """Yield what submitting demands."""
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    yield own_check(tx, plan)
    yield state_check(plan, "submit", _OPEN)
    yield from run_rules(PLAN_RULES, facts_of(tx.session, plan, on=tx.today))


@command("plan.submit", N_("提交采购实施计划"), permission="plan.edit", checks=submit_checks)
def submit(cmd: SubmitPlan, tx: Tx) -> dict[str, Any]:
    """Send the plan on its route; what needs nobody's review is filed and numbered at once.

    Raises:
        RulesBroken: every rule that refuses, all at once; E1204 if someone else drew meanwhile.
        StaleRecord: E1302, someone saved it after it was shown.
        Refused: E1303 not open, E1305 another unit's.
    """
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    demand_own(tx, plan)
    demand_state(plan, "submit", _OPEN)
    lock(tx, plan)
    facts = facts_of(tx.session, plan, on=tx.today)
    demand(run_rules(PLAN_RULES, facts))
    route = route_of(facts).nodes
    before = tuple(plan.route.split(",")) if plan.route else ()
    target = first_stop(route, before=before, returned_from=plan.return_state)
    step = step_of(plan, "submit", target)
    plan.route, plan.return_state = ",".join(route), ""
    plan.row_version += 1
    keep_version(tx, plan)
    if target == FILED:
        move_money(tx, plan, {"filed": 1}, kind="plan.file")
        give_number(tx, plan)
    else:
        move_money(tx, plan, {"in_transit": 1}, kind="plan.submit")
    tx.step(PLAN_FLOW, plan, step, opinion=cmd.opinion)
    if target != FILED:
        open_task(tx, plan, facts=facts)
    return where_now(plan)


def where_now(plan: Plan) -> dict[str, Any]:
    """Return where a plan stands after a step, for the answer of a command."""
    return {
        "plan": str(plan.uid),
        "state": plan.state,
        "route": plan.route.split(",") if plan.route else [],
        "number": plan.number,
        "version": plan.row_version,
    }


@dataclass(frozen=True, kw_only=True)
class WithdrawPlan:
    """Take back what was just submitted, while nobody has acted on it."""

    plan: UUID
    seen_version: int
    opinion: Note = ""


def withdraw_checks(cmd: WithdrawPlan, tx: Tx) -> Iterator[Check]:
    """Yield what withdrawing demands."""
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    yield own_check(tx, plan)
    yield state_check(plan, "withdraw", NODES)
    if plan.state in NODES:
        yield _untouched(tx, plan)


@command("plan.withdraw", N_("撤回采购实施计划"), permission="plan.edit", checks=withdraw_checks)
def withdraw(cmd: WithdrawPlan, tx: Tx) -> dict[str, Any]:
    """Make it a draft again and release its money.

    Raises:
        Refused: E1303 not under review or already acted on, E1305 submitted by someone else.
    """
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    demand_own(tx, plan)
    demand_state(plan, "withdraw", NODES)
    lock(tx, plan)
    untouched = _untouched(tx, plan)
    if not untouched.ok:
        raise refused(untouched)
    close_tasks(tx, plan)
    move_money(tx, plan, {"in_transit": -1}, kind="plan.withdraw")
    tx.step(PLAN_FLOW, plan, step_of(plan, "withdraw", DRAFT), opinion=cmd.opinion)
    return where_now(plan)


def _untouched(tx: Tx, plan: Plan) -> Check:
    last = tx.session.scalars(
        select(StepTaken)
        .where(StepTaken.doc_uid == plan.uid)
        .order_by(StepTaken.seq.desc())
        .limit(1)
    ).one()
    text, code = N_("提交后还没有人办理"), ""
    if last.action != "submit":
        text, code = N_("{person} 已办理过，不能撤回。需要修改请联系审核人退回。"), "E1303"
    elif last.person_id != tx.actor.person_id:
        text, code = N_("这份计划由 {person} 提交，只有本人能撤回。"), "E1305"
    return Check(
        rule="R58",
        title=N_("提交后还没有人办理"),
        ok=not code,
        template=text,
        params={"person": last.person_name},
        code=code,
    )


@dataclass(frozen=True, kw_only=True)
class UrgePlan:
    """Ask whoever has the plan on the desk to act on it."""

    plan: UUID


def urge_checks(cmd: UrgePlan, tx: Tx) -> Iterator[Check]:
    """Yield what urging demands."""
    plan = tx.get(Plan, cmd.plan)
    yield own_check(tx, plan)
    yield state_check(plan, "urge", NODES)
    yield _not_urged_today(tx, plan)


@command("plan.urge", N_("催办采购实施计划"), permission="plan.edit", checks=urge_checks)
def urge(cmd: UrgePlan, tx: Tx) -> None:
    """Mark the open task as urged, once a day.

    Raises:
        Refused: E1303 not under review, or urged today already.
    """
    plan = tx.get(Plan, cmd.plan)
    demand_own(tx, plan)
    demand_state(plan, "urge", NODES)
    tx.lock(plan, "plan")
    fresh = _not_urged_today(tx, plan)
    if not fresh.ok:
        raise refused(fresh)
    for task in open_tasks(tx, plan):
        task.urged_at = tx.now
    tx.changed("task", plan.uid)


def _not_urged_today(tx: Tx, plan: Plan) -> Check:
    times = [task.urged_at for task in open_tasks(tx, plan) if task.urged_at is not None]
    again = [at for at in times if at.date() == tx.today]
    return Check(
        rule="R58",
        title=N_("今天还没有催办过"),
        ok=not again,
        template=N_("今天 {at} 已催办过，明天可以再催。") if again else N_("今天还没有催办过"),
        params={"at": again[0].strftime("%H:%M")} if again else {},
        code="E1303" if again else "",
    )


@dataclass(frozen=True, kw_only=True)
class VoidPlan:
    """Void a plan for good; a filed one needs a reason and must have no contract on it."""

    plan: UUID
    seen_version: int
    opinion: Note = ""


def void_checks(cmd: VoidPlan, tx: Tx) -> Iterator[Check]:
    """Yield what voiding demands."""
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    check = state_check(plan, "void", _VOIDABLE)
    yield check
    if not check.ok:
        return
    yield _void_right(tx, plan)
    yield _void_reason(plan, cmd.opinion)
    if plan.state == FILED:
        yield from run_rules(VOID_RULES, facts_of(tx.session, plan, on=tx.today))
    else:
        yield own_check(tx, plan)


@command("plan.void", N_("作废采购实施计划"), permission=None, checks=void_checks)
def void(cmd: VoidPlan, tx: Tx) -> dict[str, Any]:
    """Void the plan; a filed one gives its money back to 拟可用, its number is never reused (R18).

    Raises:
        Refused: E1303 under review or void already, E1305 without the permission.
        RulesBroken: R18 contracts stand on it, R58 no reason given.
    """
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    demand_state(plan, "void", _VOIDABLE)
    if not _void_right(tx, plan).ok:
        raise refusal(_void_permission(plan))
    if plan.state != FILED:
        demand_own(tx, plan)
    demand([_void_reason(plan, cmd.opinion)])
    lock(tx, plan)
    if plan.state == FILED:
        demand(run_rules(VOID_RULES, facts_of(tx.session, plan, on=tx.today)))
        move_money(tx, plan, {"filed": -1}, kind="plan.void")
    tx.step(PLAN_FLOW, plan, step_of(plan, "void", VOID), opinion=cmd.opinion)
    return where_now(plan)


def _void_permission(plan: Plan) -> str:
    return step_of(plan, "void", VOID).permission


def _void_right(tx: Tx, plan: Plan) -> Check:
    ok = tx.actor.may(_void_permission(plan))
    refusing = refusal(_void_permission(plan))
    return Check(
        rule="R15",
        title=N_("有权作废"),
        ok=ok,
        template=N_("有作废的权限") if ok else refusing.template,
        params={} if ok else refusing.params,
        code="" if ok else refusing.code,
    )


def _void_reason(plan: Plan, opinion: str) -> Check:
    needed = step_of(plan, "void", VOID).opinion_required
    ok = bool(opinion.strip()) or not needed
    return (
        Check(
            rule="R58",
            title=N_("作废理由"),
            ok=ok,
            template=N_("已写理由") if needed else N_("不需要理由"),
            field="opinion",
        )
        if ok
        else Check(
            rule="R58",
            title=N_("作废理由"),
            ok=False,
            template=N_("作废已备案的计划须写明理由。没有作废。"),
            field="opinion",
        )
    )
