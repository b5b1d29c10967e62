"""Who may touch a plan and in which state: the same checks for commands and 为什么不能."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from govproc_desktop.domain.errors import AppError, Refused
from govproc_desktop.domain.permissions import PERMISSIONS
from govproc_desktop.domain.plan.flow import DEPARTMENT, INTERNAL, PLAN_FLOW, STATES
from govproc_desktop.domain.plan.rules_lists import REVIEWER_RULES
from govproc_desktop.domain.plan.rules_people import ReviewerFacts
from govproc_desktop.domain.rules import Check, run_rules
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import JournalEntry, Plan, StepTaken, Unit
from govproc_desktop.services import wire
from govproc_desktop.services.plan_facts import finance_unit
from govproc_desktop.services.transaction import Tx

_CHANGES = ("plan.save", "attachment.add", "attachment.remove")
_ACTIONS = {
    **PLAN_FLOW.verbs,
    "save": N_("修改"),
    "delete": N_("删除"),
    "urge": N_("催办"),
}


def state_check(plan: Plan, action: str, allowed: Collection[str]) -> Check:
    """Say whether the plan's state allows an action (E1303)."""
    ok = plan.state in allowed
    return Check(
        rule="R58",
        title=N_("单据状态"),
        ok=ok,
        template=N_("当前状态“{state}”可以“{verb}”")
        if ok
        else N_("当前状态“{state}”不能“{verb}”。"),
        params={"state": _(STATES[plan.state].title), "verb": _(_ACTIONS[action])},
        code="" if ok else "E1303",
    )


def own_check(tx: Tx, plan: Plan) -> Check:
    """Say whether the plan is of the person's own unit; a 主管单位 reads but does not edit."""
    ok = plan.unit_id == tx.actor.unit_id
    return Check(
        rule="R15",
        title=N_("本单位的单据"),
        ok=ok,
        template=N_("是本单位的单据") if ok else N_("这份单据不是您单位的，只能查看，没有办理。"),
        code="" if ok else "E1305",
    )


def refused(check: Check) -> AppError:
    """Return a failed check as the refusal a command raises."""
    return Refused(check.template, check.params, check.code)


def demand_state(plan: Plan, action: str, allowed: Collection[str]) -> None:
    """Refuse an action that the state does not allow.

    Raises:
        Refused: E1303.
    """
    check = state_check(plan, action, allowed)
    if not check.ok:
        raise refused(check)


def demand_own(tx: Tx, plan: Plan) -> None:
    """Refuse to change another unit's plan.

    Raises:
        Refused: E1305.
    """
    check = own_check(tx, plan)
    if not check.ok:
        raise refused(check)


def desk_unit(tx: Tx, plan: Plan, node: str) -> Unit | None:
    """Return the unit whose people act at a review step of this plan."""
    unit = tx.session.get_one(Unit, plan.unit_id)
    if node == INTERNAL:
        return unit
    if node == DEPARTMENT:
        return tx.session.get(Unit, unit.parent_id) if unit.parent_id is not None else None
    return finance_unit(tx.session, unit)


def reviewer_checks(tx: Tx, plan: Plan) -> tuple[Check, ...]:
    """Return R15 and R16 for the person at the plan's present review step."""
    submitters = tx.session.scalars(
        select(StepTaken.person_id)
        .where(StepTaken.doc_uid == plan.uid, StepTaken.action == "submit")
        .distinct()
    )
    desk = desk_unit(tx, plan, plan.state)
    permission = STATES[plan.state].review
    facts = ReviewerFacts(
        name=tx.actor.person_name,
        person=tx.actor.person_id,
        makers=frozenset(
            (plan.author_person, plan.editor_person, *submitters, *_changed_it(tx, plan))
        ),
        permission=PERMISSIONS[permission].title,
        granted=permission in tx.actor.permissions,
        internal_mark=tx.actor.internal_mark,
        internal=plan.state == INTERNAL,
        at_desk=desk is not None and desk.id == tx.actor.unit_id,
        desk=desk.name if desk is not None else "",
    )
    return run_rules(REVIEWER_RULES, facts)


def _changed_it(tx: Tx, plan: Plan) -> tuple[int, ...]:
    """Return the person themself if they ever saved the plan or its files: R15 forgets nobody."""
    found = tx.session.scalar(
        select(JournalEntry.seq)
        .where(
            JournalEntry.command.in_(_CHANGES),
            JournalEntry.at >= plan.created_at,
            JournalEntry.person_id == tx.actor.person_id,
            JournalEntry.targets == wire.canonical([plan.uid]),
        )
        .limit(1)
    )
    return () if found is None else (tx.actor.person_id,)


def demand_reviewer(tx: Tx, plan: Plan) -> None:
    """Refuse whoever may not decide here: own work first, then a missing right.

    Raises:
        Refused: E1301 own work (R15), E1305 missing permission, mark or desk (R16).
    """
    failing = [check for check in reviewer_checks(tx, plan) if not check.ok]
    failing.sort(key=lambda check: check.code)
    if failing:
        raise refused(failing[0])
