"""Everything the form of a plan needs to open: unit, money, code tables, catalogue, draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from govproc_desktop.domain.errors import NotFound
from govproc_desktop.domain.fund_plan import Balances
from govproc_desktop.domain.methods import Choice
from govproc_desktop.domain.plan.facts import Tables
from govproc_desktop.i18n import N_
from govproc_desktop.models import ACCOUNTS, FundBalance, FundPlan, Unit
from govproc_desktop.models.reference import Reference, tables_for
from govproc_desktop.queries.drafts import DraftParams, DraftRow, drafts
from govproc_desktop.queries.plans.record import PlanParams, PlanRecord, plan_detail
from govproc_desktop.queries.registry import Reader, query

FORM = "plan.form"


@dataclass(frozen=True, kw_only=True)
class OpenParams:
    """Which plan to open, or none for a new one."""

    uid: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class OwnUnit:
    """The unit a plan is typed for, with what a new plan starts from."""

    name: str
    superior: str
    contact: str
    phone: str
    business_office: str


@dataclass(frozen=True, kw_only=True)
class CodeTables:
    """The choices a plan offers; ``rules`` is what limits and forces them for this unit today.

    ``fund_kinds`` and ``econ_classes`` are (code, name, is_leaf).
    """

    rules: Tables
    organisations: tuple[Choice, ...]
    agency_kinds: tuple[Choice, ...]
    purchase_forms: tuple[Choice, ...]
    fund_kinds: tuple[tuple[str, str, bool], ...]
    econ_classes: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, kw_only=True)
class FundFacts:
    """A fund plan as a line of 资金来源 shows it."""

    uid: UUID
    plan_no: str
    doc_no: str
    project: str
    year: int
    fund_type: str
    econ_class: str
    balances: Balances


@dataclass(frozen=True, kw_only=True)
class FormStart:
    """What a form opens with; ``record`` is empty for a new plan."""

    unit: OwnUnit
    tables: CodeTables
    record: PlanRecord | None
    funds: tuple[FundFacts, ...]
    draft: DraftRow | None


@dataclass(frozen=True, kw_only=True)
class FundsParams:
    """Which fund plans."""

    uids: tuple[UUID, ...]


@query("plan_form.open", N_("打开计划备案"), OpenParams, permission="plan.view")
def open_form(reader: Reader, params: OpenParams) -> FormStart:
    """Return what the form of a plan, or of a new one, opens with.

    Raises:
        NotFound: E1306, no such plan in the person's data scope.
    """
    record = None
    if params.uid is not None:
        record = _record_or_draft(reader, params.uid)
    kept = drafts(reader, DraftParams(form=FORM, document=params.uid)) if params.uid else []
    unit_uid = record.head.unit_uid if record is not None else reader.actor.unit_uid
    with reader.database.sessions() as session:
        superior = aliased(Unit)
        row = session.execute(
            select(Unit, superior.name)
            .outerjoin(superior, superior.id == Unit.parent_id)
            .where(Unit.uid == unit_uid)
        ).one()
        tables = _tables(Reference.current(session), row[0], on=reader.now.date())
        own = OwnUnit(
            name=row[0].name,
            superior=row[1] or "",
            contact=row[0].contact,
            phone=row[0].phone,
            business_office=row[0].business_office,
        )
        session.rollback()
    drawn = [line.fund_plan for line in record.content.funds] if record is not None else []
    return FormStart(
        unit=own,
        tables=tables,
        record=record,
        funds=tuple(form_funds(reader, FundsParams(uids=_given(drawn)))),
        draft=kept[0] if kept else None,
    )


@query("plan_form.funds", N_("资金来源的用款计划"), FundsParams, permission="fund_plan.view")
def form_funds(reader: Reader, params: FundsParams) -> list[FundFacts]:
    """Return fund plans in the person's data scope with their money now (one statement)."""
    if not params.uids:
        return []
    rows = (
        select(FundPlan, FundBalance)
        .join(FundBalance, FundBalance.fund_plan_id == FundPlan.id)
        .where(FundPlan.uid.in_(params.uids))
        .order_by(FundPlan.id)
    )
    with reader.database.sessions() as session:
        made = [
            FundFacts(
                uid=fund.uid,
                plan_no=fund.plan_no,
                doc_no=fund.cor_bgt_doc_no,
                project=fund.pro_name,
                year=fund.fiscal_year,
                fund_type=fund.fund_type_code,
                econ_class=fund.dep_bgt_eco_code,
                balances=Balances(**{name: getattr(held, name) for name in ACCOUNTS}),
            )
            for fund, held in session.execute(rows)
            if reader.actor.scope.covers(fund.unit_id)
        ]
        session.rollback()
    return made


def _given(uids: Iterable[UUID | None]) -> tuple[UUID, ...]:
    return tuple(uid for uid in uids if uid is not None)


def _record_or_draft(reader: Reader, uid: UUID) -> PlanRecord | None:
    """Return the plan; a plan typed but never saved exists only as its draft."""
    if drafts(reader, DraftParams(form=FORM, document=uid)):
        try:
            return plan_detail(reader, PlanParams(uid=uid))
        except NotFound:
            return None
    return plan_detail(reader, PlanParams(uid=uid))


def _tables(reference: Reference, unit: Unit, *, on: date) -> CodeTables:
    def classes(kind: str) -> tuple[tuple[str, str, bool], ...]:
        return tuple((each.code, each.name, each.is_leaf) for each in reference.classes(kind))

    return CodeTables(
        rules=tables_for(reference, unit, on=on),
        organisations=reference.choices("organisation_forms"),
        agency_kinds=reference.choices("agency_kinds"),
        purchase_forms=reference.choices("purchase_forms"),
        fund_kinds=classes("fund_kinds"),
        econ_classes=classes("dep_econ_classes"),
    )
