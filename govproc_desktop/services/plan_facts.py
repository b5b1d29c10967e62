"""Gather what the rules of a plan look at: balances, tables, similar purchases, attachments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from govproc_desktop.domain.methods import PUBLIC_TENDER
from govproc_desktop.domain.money import ZERO
from govproc_desktop.domain.plan.content import (
    FundDraw,
    FundKind,
    Item,
    MethodChoice,
    PlanContent,
    SmeMode,
)
from govproc_desktop.domain.plan.facts import (
    FundSource,
    PlanFacts,
    SimilarKey,
    Tables,
    TakenMeanwhile,
    draws,
    item_facts,
    required_files,
    similar_keys,
    similar_spending,
    tender_limits,
)
from govproc_desktop.domain.plan.flow import DRAFT, FILED, NODES
from govproc_desktop.domain.regulation import region_chain
from govproc_desktop.models import (
    Attachment,
    FundBalance,
    FundPlan,
    LedgerEntry,
    Plan,
    PlanFund,
    PlanItem,
    Unit,
)
from govproc_desktop.models.reference import Reference, tables_for

HEAD_FIELDS = (
    "title",
    "year",
    "contact",
    "phone",
    "business_office",
    "applied_on",
    "expected_on",
    "approval_no",
    "is_import",
    "department_review",
    "midterm",
    "urgent",
    "urgent_basis",
    "sme_percent",
    "sme_how",
    "sme_reason",
    "split_reason",
    "remark",
)
"""The fields a plan's head and its content share by name (``sme_mode`` changes its type)."""
ITEM_FIELDS = (
    "catalog_version",
    "code",
    "name",
    "spec",
    "unit",
    "quantity",
    "price",
    "deliver_on",
    "guard_service",
)
CHOICE_FIELDS = (
    "method",
    "condition",
    "organisation",
    "agency_kind",
    "agency",
    "purchase_form",
    "exception_no",
)


def content_of(session: Session, plan: Plan) -> PlanContent:
    """Return what a saved plan says."""
    ids = {line.fund_plan_id for line in plan.funds if line.fund_plan_id is not None}
    rows = session.execute(select(FundPlan.id, FundPlan.uid).where(FundPlan.id.in_(ids)))
    uids: dict[int, UUID] = {row.id: row.uid for row in rows}
    return PlanContent(
        **{name: getattr(plan, name) for name in HEAD_FIELDS},
        sme_mode=SmeMode(plan.sme_mode),
        funds=tuple(_fund_of(line, uids) for line in plan.funds),
        items=tuple(_item_of(line) for line in plan.items),
    )


def _fund_of(line: PlanFund, uids: Mapping[int, UUID]) -> FundDraw:
    return FundDraw(
        uid=line.uid,
        kind=FundKind(line.kind),
        fund_plan=uids[line.fund_plan_id] if line.fund_plan_id is not None else None,
        amount=line.amount,
        own_kind=line.own_kind,
        econ_code=line.econ_code,
    )


def _item_of(line: PlanItem) -> Item:
    return Item(
        uid=line.uid,
        subtotal=line.subtotal,
        choice=MethodChoice(**{name: getattr(line, name) for name in CHOICE_FIELDS}),
        **{name: getattr(line, name) for name in ITEM_FIELDS},
    )


def facts_of(session: Session, plan: Plan, *, on: date) -> PlanFacts:
    """Return the facts of a saved plan as it stands in its state."""
    unit = session.get_one(Unit, plan.unit_id)
    return gather(session, unit, content=content_of(session, plan), plan=plan, on=on)


def gather(
    session: Session,
    unit: Unit,
    *,
    content: PlanContent,
    on: date,
    plan: Plan | None = None,
    doc_uid: UUID | None = None,
) -> PlanFacts:
    """Return the facts of a content, saved or still being typed; reads only.

    Args:
        session: the open transaction; locked balances in it are used as they are.
        unit: whose plan it is.
        content: what the plan says.
        on: the day the limits are asked for.
        plan: the saved plan behind it, if there is one.
        doc_uid: under which attachments are kept before the plan was first saved.
    """
    reference = Reference.current(session)
    tables = tables_for(reference, unit, on=on)
    draft = _typed(session, reference, tables=tables, unit=unit, content=content, plan=plan)
    groups = similar_keys(content, draft.items, funds=draft.funds)
    earlier = _earlier(session, unit.id, content.year, keys=groups, but=plan)
    parent = session.get(Unit, unit.parent_id) if unit.parent_id is not None else None
    facts = replace(
        draft,
        parent_name=parent.name if parent is not None else "",
        has_finance=finance_unit(session, unit) is not None,
        filing_mode=unit.filing_mode,
        meanwhile=_meanwhile(session, content, funds=draft.funds, plan=plan),
        tender=tender_limits(tables, draft.items),
        similar=similar_spending(tables, groups, earlier=earlier),
    )
    present = _attached(session, plan.uid if plan is not None else doc_uid)
    return replace(facts, files=required_files(tables, facts, present=present))


def gather_typed(
    session: Session, unit: Unit, *, content: PlanContent, on: date, plan: Plan | None = None
) -> PlanFacts:
    """Return what saving a draft looks at: the lines and their fund plans, nothing around them."""
    reference = Reference.current(session)
    tables = tables_for(reference, unit, on=on)
    return _typed(session, reference, tables=tables, unit=unit, content=content, plan=plan)


def _typed(
    session: Session,
    reference: Reference,
    *,
    tables: Tables,
    unit: Unit,
    content: PlanContent,
    plan: Plan | None,
) -> PlanFacts:
    funds, contracted = _funds(session, content, plan, unit_id=unit.id)
    return PlanFacts(
        content=content,
        unit_id=unit.id,
        state=plan.state if plan is not None else DRAFT,
        funds=funds,
        contracted=contracted,
        codes=reference.codes,
        items=tuple(item_facts(tables, at, item=item) for at, item in enumerate(content.items)),
    )


def finance_unit(session: Session, unit: Unit) -> Unit | None:
    """Return the finance office in charge of a unit: of its region, else of the one above."""
    rows = session.scalars(select(Unit).where(Unit.kind == "finance").order_by(Unit.id)).all()
    by_region = {each.region_code: each for each in reversed(rows)}
    for region in region_chain(unit.region_code):
        if region in by_region:
            return by_region[region]
    return rows[0] if len(rows) == 1 else None


def _funds(
    session: Session, content: PlanContent, plan: Plan | None, *, unit_id: int
) -> tuple[dict[UUID, FundSource], dict[UUID, Decimal]]:
    """Return the unit's own fund plans that are drawn on; another unit's is as if it were none."""
    wanted = draws(content)
    if not wanted:
        return {}, {}
    rows = session.execute(
        select(FundPlan, FundBalance)
        .join(FundBalance, FundBalance.fund_plan_id == FundPlan.id)
        .where(FundPlan.uid.in_(wanted), FundPlan.unit_id == unit_id)
    ).all()
    held = _held(plan)
    sources = {
        fund.uid: FundSource(
            uid=fund.uid,
            plan_no=fund.plan_no,
            name=fund.pro_name,
            pro_code=fund.pro_code,
            year=fund.fiscal_year,
            unit_id=fund.unit_id,
            is_gov_pur=fund.is_gov_pur,
            planned=balance.amount,
            filed=balance.filed,
            in_transit=balance.in_transit,
            held=held.get(fund.id, ZERO),
        )
        for fund, balance in rows
    }
    return sources, {fund.uid: balance.contracted for fund, balance in rows}


def _held(plan: Plan | None) -> dict[int, Decimal]:
    """Return what a plan under review or filed takes of each fund plan by itself."""
    made: dict[int, Decimal] = {}
    if plan is None or plan.state not in (*NODES, FILED):
        return made
    for line in plan.funds:
        if line.fund_plan_id is not None:
            so_far = made.get(line.fund_plan_id, ZERO)
            made[line.fund_plan_id] = so_far + (line.amount or ZERO)
    return made


def _meanwhile(
    session: Session,
    content: PlanContent,
    *,
    funds: Mapping[UUID, FundSource],
    plan: Plan | None,
) -> dict[UUID, TakenMeanwhile]:
    """Return who drew since the plan was saved, for the fund plans that no longer suffice."""
    if plan is None:
        return {}
    short = [
        uid
        for uid, (_at, amount) in draws(content).items()
        if uid in funds and amount.is_finite() and amount > funds[uid].available
    ]
    made: dict[UUID, TakenMeanwhile] = {}
    for uid in short:
        last = session.execute(
            select(LedgerEntry.person_name, LedgerEntry.fen)
            .join(FundPlan, FundPlan.id == LedgerEntry.fund_plan_id)
            .where(
                FundPlan.uid == uid,
                LedgerEntry.account.in_(("in_transit", "filed")),
                LedgerEntry.kind.in_(("plan.submit", "plan.file")),
                LedgerEntry.at >= plan.saved_at,
                LedgerEntry.doc_uid != plan.uid,
            )
            .order_by(LedgerEntry.id.desc())
        ).all()
        taken = next(((person, fen) for person, fen in last if fen > 0), None)
        if taken is not None:
            made[uid] = TakenMeanwhile(person=taken[0], amount=taken[1])
    return made


def _earlier(
    session: Session,
    unit_id: int,
    year: int,
    *,
    keys: Iterable[SimilarKey],
    but: Plan | None,
) -> dict[SimilarKey, Decimal]:
    """Add up this year's other purchases under the same keys, submitted or filed (R13)."""
    wanted = tuple(keys)
    if not wanted:
        return {}
    lines = _similar_lines(unit_id, year, wanted, but=but).subquery()
    rows = session.execute(
        select(lines.c.project, lines.c.version, lines.c.kind, func.sum(lines.c.subtotal)).group_by(
            lines.c.project, lines.c.version, lines.c.kind
        )
    )
    return {SimilarKey(project, version, code): total for project, version, code, total in rows}


def _similar_lines(
    unit_id: int, year: int, wanted: Sequence[SimilarKey], *, but: Plan | None
) -> Select[Any]:
    """Return the statement of the lines that count, each once whatever it is paid from."""
    kind = func.substr(PlanItem.code, 1, 7)
    # A range instead of the function, so that the index on the code serves.
    codes = {key.kind for key in wanted}
    near = or_(*(and_(PlanItem.code >= code, PlanItem.code < f"{code}~") for code in codes))
    return (
        select(
            FundPlan.pro_code.label("project"),
            PlanItem.catalog_version.label("version"),
            kind.label("kind"),
            PlanItem.id,
            PlanItem.subtotal,
        )
        .join(Plan, Plan.id == PlanItem.plan_id)
        .join(PlanFund, PlanFund.plan_id == Plan.id)
        .join(FundPlan, FundPlan.id == PlanFund.fund_plan_id)
        .where(
            Plan.unit_id == unit_id,
            Plan.year == year,
            Plan.state.in_((*NODES, FILED)),
            Plan.id != (but.id if but is not None else 0),
            PlanItem.method != PUBLIC_TENDER,
            FundPlan.pro_code.in_({key.pro_code for key in wanted}),
            near,
        )
        .distinct()
    )


def _attached(session: Session, doc_uid: UUID | None) -> frozenset[str]:
    if doc_uid is None:
        return frozenset()
    kinds: Any = session.scalars(
        select(Attachment.kind_code).where(Attachment.doc_uid == doc_uid).distinct()
    )
    return frozenset(kinds)
