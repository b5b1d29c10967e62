"""Save and delete plans that are still the clerk's: drafts and returned ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.money import ZERO
from govproc_desktop.domain.plan.content import FundKind, PlanContent
from govproc_desktop.domain.plan.facts import PlanFacts
from govproc_desktop.domain.plan.flow import DRAFT, RETURNED
from govproc_desktop.domain.plan.rules_lists import SAVE_RULES
from govproc_desktop.domain.rules import Check, demand, run_rules
from govproc_desktop.i18n import N_
from govproc_desktop.models import Attachment, FundPlan, Plan, PlanFund, PlanItem, Unit
from govproc_desktop.services.command import command
from govproc_desktop.services.initials import search_text
from govproc_desktop.services.plan_facts import (
    CHOICE_FIELDS,
    HEAD_FIELDS,
    ITEM_FIELDS,
    gather_typed,
)
from govproc_desktop.services.plans.guards import (
    demand_own,
    demand_state,
    own_check,
    state_check,
)
from govproc_desktop.services.transaction import Tx, stale

L = TypeVar("L", PlanFund, PlanItem)
_OPEN = (DRAFT, RETURNED)


@dataclass(frozen=True, kw_only=True)
class SavePlan:
    """Save a plan's content; ``seen_version`` is 0 for a new one, else the version opened."""

    plan: UUID
    content: PlanContent
    seen_version: int = 0


def save_checks(cmd: SavePlan, tx: Tx) -> Iterator[Check]:
    """Yield what a save demands: an open plan of the own unit, and nothing impossible in it."""
    plan = _find(tx, cmd)
    if plan is not None:
        yield own_check(tx, plan)
        yield state_check(plan, "save", _OPEN)
    facts = _facts(tx, cmd, plan)
    yield from run_rules(SAVE_RULES, facts)


@command("plan.save", N_("保存采购实施计划"), permission="plan.edit", checks=save_checks)
def save(cmd: SavePlan, tx: Tx) -> dict[str, Any]:
    """Create the plan on first use of its uid, else change it; incomplete is allowed.

    Raises:
        RulesBroken: an amount, subtotal, method, condition or fund plan that cannot be (R4 R5 R6).
        StaleRecord: E1302, someone saved it after it was opened.
        Refused: E1303 not open for editing, E1305 another unit's.
    """
    plan = _find(tx, cmd)
    if plan is not None:
        demand_own(tx, plan)
        demand_state(plan, "save", _OPEN)
        tx.lock(plan, "plan")
    _no_repeats(cmd.content)
    facts = _facts(tx, cmd, plan)
    demand(run_rules(SAVE_RULES, facts))
    if plan is None:
        plan = _new(tx, cmd)
    _write(tx, plan, facts)
    plan.row_version += 1
    plan.editor_person, plan.saved_at = tx.actor.person_id, tx.now
    tx.changed("plan", plan.uid)
    return {"plan": str(plan.uid), "version": plan.row_version, "state": plan.state}


@dataclass(frozen=True, kw_only=True)
class DeletePlan:
    """Throw away a draft that was never submitted."""

    plan: UUID
    seen_version: int


def delete_checks(cmd: DeletePlan, tx: Tx) -> Iterator[Check]:
    """Yield what deleting demands."""
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    yield own_check(tx, plan)
    yield state_check(plan, "delete", (DRAFT,))
    yield _never_submitted(plan)


@command("plan.delete", N_("删除草稿"), permission="plan.edit", checks=delete_checks)
def delete(cmd: DeletePlan, tx: Tx) -> None:
    """Delete the draft with its lines and attachments; what was once submitted is kept (R58).

    Raises:
        Refused: E1303 not a draft, E1305 another unit's.
        RulesBroken: R58, it was submitted before; it can only be voided.
    """
    plan = tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    demand_own(tx, plan)
    demand_state(plan, "delete", (DRAFT,))
    tx.lock(plan, "plan")
    demand([_never_submitted(plan)])
    for each in tx.session.scalars(select(Attachment).where(Attachment.doc_uid == plan.uid)):
        tx.session.delete(each)
    tx.session.delete(plan)
    tx.changed("plan", cmd.plan)


def _never_submitted(plan: Plan) -> Check:
    return Check(
        rule="R58",
        title=N_("从未提交过"),
        ok=plan.step_count == 0,
        template=N_("没有提交记录")
        if plan.step_count == 0
        else N_("这份计划提交过，按规定须留存，不能删除。不再办理请用“作废”。"),
    )


def _find(tx: Tx, cmd: SavePlan) -> Plan | None:
    if cmd.seen_version:
        return tx.get(Plan, cmd.plan, seen=cmd.seen_version)
    if tx.session.scalar(select(Plan.id).where(Plan.uid == cmd.plan)) is not None:
        raise stale()
    return None


def _facts(tx: Tx, cmd: SavePlan, plan: Plan | None) -> PlanFacts:
    unit = tx.session.get_one(Unit, plan.unit_id if plan is not None else tx.actor.unit_id)
    return gather_typed(tx.session, unit, content=cmd.content, plan=plan, on=tx.today)


def _no_repeats(content: PlanContent) -> None:
    for lines in (content.funds, content.items):
        if len({line.uid for line in lines}) != len(lines):
            raise BadInput(N_("两行用了同一个编号（uid），没有保存。"), {}, "E4005")


def _new(tx: Tx, cmd: SavePlan) -> Plan:
    plan = Plan(
        uid=cmd.plan,
        row_version=0,
        unit_id=tx.actor.unit_id,
        state=DRAFT,
        state_since=tx.now,
        author_person=tx.actor.person_id,
        author_name=tx.actor.person_name,
        created_at=tx.now,
        route="",
    )
    tx.session.add(plan)
    return plan


def _write(tx: Tx, plan: Plan, facts: PlanFacts) -> None:
    content, sums = facts.content, facts.totals
    for name in HEAD_FIELDS:
        setattr(plan, name, getattr(content, name))
    plan.sme_mode = str(content.sme_mode)
    plan.total, plan.fiscal, plan.own = sums.items, sums.fiscal, sums.own
    plan.method, plan.organisation = _main_choice(facts)
    plan.search_text = search_text(content.title, plan.number or "", plan.author_name)
    funds = _same(plan.funds, (line.uid for line in content.funds), PlanFund)
    ids = _fund_ids(tx, facts)
    for at, draw in enumerate(content.funds):
        own = draw.kind is not FundKind.FUND_PLAN or draw.fund_plan is None
        row = funds[at]
        row.position, row.kind, row.amount = at, str(draw.kind), draw.amount
        row.fund_plan_id = None if own or draw.fund_plan is None else ids[draw.fund_plan]
        row.own_kind, row.econ_code = draw.own_kind, draw.econ_code
    plan.funds = funds
    items = _same(plan.items, (line.uid for line in content.items), PlanItem)
    for at, each in enumerate(facts.items):
        line = items[at]
        line.position, line.subtotal = at, each.subtotal
        for name in ITEM_FIELDS:
            setattr(line, name, getattr(each.item, name))
        for name in CHOICE_FIELDS:
            setattr(line, name, getattr(each.item.choice, name))
    plan.items = items


def _same(rows: list[L], uids: Iterable[UUID], kind: type[L]) -> list[L]:
    """Return a row for each uid, the one there is or a new one, so that lines keep identity."""
    known = {row.uid: row for row in rows}
    return [known.get(uid) or kind(uid=uid) for uid in uids]


def _fund_ids(tx: Tx, facts: PlanFacts) -> dict[UUID, int]:
    rows = tx.session.execute(
        select(FundPlan.uid, FundPlan.id).where(FundPlan.uid.in_(facts.funds))
    )
    return {row.uid: row.id for row in rows}


def _main_choice(facts: PlanFacts) -> tuple[str, str]:
    """Return method and organisation of the largest part of the plan, for lists and numbers."""
    sums: dict[tuple[str, str], Decimal] = {}
    for each in facts.items:
        key = (each.item.choice.method, each.item.choice.organisation)
        sums[key] = sums.get(key, ZERO) + each.subtotal
    return max(sums, key=lambda key: sums[key], default=("", ""))
