"""What follows from a step of a plan: ledger movements, tasks, stored versions, the number."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from govproc_desktop.domain.plan.facts import PlanFacts
from govproc_desktop.domain.plan.flow import PLAN_FLOW
from govproc_desktop.domain.plan.rules_lists import PLAN_RULES
from govproc_desktop.domain.rules import Level, run_rules
from govproc_desktop.domain.workflow import Step
from govproc_desktop.models import Attachment, DocumentVersion, FundPlan, Plan, Task, Unit
from govproc_desktop.models.facts import digest
from govproc_desktop.services import wire
from govproc_desktop.services.initials import search_text
from govproc_desktop.services.numbering import issue_plan_number
from govproc_desktop.services.plan_facts import content_of
from govproc_desktop.services.plans.guards import desk_unit
from govproc_desktop.services.transaction import Movement, Tx

_CHOICE_KINDS = {
    "organisation_forms": "organisation",
    "agency_kinds": "agency_kind",
    "purchase_forms": "purchase_form",
}


def lock(tx: Tx, plan: Plan) -> None:
    """Lock the fund plans of a plan, then the plan itself, in the one fixed order.

    Raises:
        StaleRecord: E1302, it changed between the read and the lock.
    """
    tx.lock_funds(line.fund_plan_id for line in plan.funds if line.fund_plan_id is not None)
    tx.lock(plan, "plan")


def step_of(plan: Plan, action: str, target: str) -> Step:
    """Return the step of the process table; a move the table lacks is a bug."""
    found = PLAN_FLOW.find(action, source=plan.state, target=target)
    assert found is not None, f"no step {action} from {plan.state} to {target}"
    return found


def move_money(tx: Tx, plan: Plan, signs: Mapping[str, int], *, kind: str) -> None:
    """Post every draw of the plan to ledger accounts.

    Args:
        tx: the running command.
        plan: whose draws.
        signs: account → +1 to take, −1 to release.
        kind: what the entries are called, such as ``plan.submit``.
    """
    movements = [
        Movement(
            fund_plan_id=line.fund_plan_id,
            account=account,
            kind=kind,
            amount=sign * line.amount,
            line_uid=line.uid,
        )
        for account, sign in signs.items()
        for line in plan.funds
        if line.fund_plan_id is not None and line.amount is not None
    ]
    if movements:
        tx.post(movements, doc_kind="plan", doc_uid=plan.uid)


def open_task(tx: Tx, plan: Plan, *, facts: PlanFacts) -> None:
    """Put the plan before the people of its present review step, with its checks counted."""
    desk = desk_unit(tx, plan, plan.state)
    assert desk is not None, "R14 and R69 refuse a route that nobody acts on"
    checks = run_rules(PLAN_RULES, replace(facts, state=plan.state))
    failing = sum(check.refuses for check in checks)
    explaining = sum(not check.ok and check.level is Level.EXPLAIN for check in checks)
    tx.session.add(
        Task(
            uid=uuid4(),
            doc_kind=PLAN_FLOW.name,
            doc_uid=plan.uid,
            state=plan.state,
            actor_unit_id=desk.id,
            unit_id=plan.unit_id,
            title=plan.title,
            amount=plan.total,
            opened_at=tx.now,
            green=not failing and not explaining,
            failing=failing,
            explaining=explaining,
        )
    )


def open_tasks(tx: Tx, plan: Plan) -> list[Task]:
    """Return the tasks of a plan that nobody has dealt with yet."""
    return list(
        tx.session.scalars(select(Task).where(Task.doc_uid == plan.uid, Task.closed_at.is_(None)))
    )


def close_tasks(tx: Tx, plan: Plan) -> None:
    """Take the plan off the desk it lay on."""
    for each in open_tasks(tx, plan):
        each.closed_at, each.closed_by = tx.now, tx.actor.person_name


def keep_version(tx: Tx, plan: Plan) -> None:
    """Store what the plan says as the next submitted version, with its hash."""
    plan.submitted_version += 1
    body = json.dumps(body_of(tx, plan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    tx.fact(
        DocumentVersion(
            doc_kind=PLAN_FLOW.name,
            doc_uid=plan.uid,
            version=plan.submitted_version,
            body=body,
            hash=digest(body),
            at=tx.now,
            command_uid=tx.uid,
        )
    )


def body_of(tx: Tx, plan: Plan) -> dict[str, Any]:
    """Return the whole text of a plan as plain values: unit, content, names, attachments."""
    unit = tx.session.get_one(Unit, plan.unit_id)
    ids = {line.fund_plan_id for line in plan.funds if line.fund_plan_id is not None}
    funds = tx.session.execute(select(FundPlan.uid, FundPlan.plan_no).where(FundPlan.id.in_(ids)))
    files = tx.session.scalars(
        select(Attachment).where(Attachment.doc_uid == plan.uid).order_by(Attachment.id)
    )
    return {
        "kind": PLAN_FLOW.name,
        "uid": str(plan.uid),
        "unit": {"code": unit.code, "name": unit.name},
        "author": plan.author_name,
        "content": wire.dump(content_of(tx.session, plan)),
        "names": {**{str(uid): plan_no for uid, plan_no in funds}, **_choice_names(tx, plan)},
        "attachments": [
            {"kind": each.kind_code, "name": each.name, "sha256": each.sha256} for each in files
        ],
    }


def _choice_names(tx: Tx, plan: Plan) -> dict[str, str]:
    """Return what the codes of the plan's choices were called when it was submitted."""
    reference = tx.reference
    names = {each.code: each.name for each in reference.methods.methods}
    names |= {each.code: each.text for each in reference.methods.conditions}
    used = {getattr(line, name) for line in plan.items for name in ("method", "condition")}
    made = {code: name for code, name in names.items() if code in used}
    for kind, field in _CHOICE_KINDS.items():
        codes = {getattr(line, field) for line in plan.items}
        made |= {code: reference.name(kind, code) for code in codes if code not in made}
    return made


def give_number(tx: Tx, plan: Plan) -> None:
    """Issue the official number at the last step and note the day of filing (R21).

    A plan keeps a number it has: it is filed once.
    """
    unit = tx.session.get_one(Unit, plan.unit_id)
    plan.number = issue_plan_number(tx, plan.uid, region=unit.region_code, method=plan.method)
    plan.filed_on = tx.today
    plan.search_text = search_text(plan.title, plan.number, plan.author_name)
