"""One 采购实施计划 whole: content as typed, head, steps, attachments and submitted versions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from govproc_desktop.domain.errors import NotFound
from govproc_desktop.domain.fund_plan import Balances
from govproc_desktop.domain.plan.content import (
    FundDraw,
    FundKind,
    Item,
    MethodChoice,
    PlanContent,
    SmeMode,
)
from govproc_desktop.i18n import N_
from govproc_desktop.models import (
    ACCOUNTS,
    Attachment,
    DocumentVersion,
    FundBalance,
    FundPlan,
    Plan,
    PlanFund,
    PlanItem,
    StepTaken,
    Unit,
)
from govproc_desktop.queries.registry import Reader, query


@dataclass(frozen=True, kw_only=True)
class PlanHead:
    """What the plan is besides its content; ``number`` is empty until it is filed."""

    uid: UUID
    row_version: int
    state: str
    state_since: datetime
    number: str | None
    filed_on: date | None
    submitted_version: int
    route: tuple[str, ...]
    return_state: str
    author: str
    author_person: int
    editor_person: int
    created_at: datetime
    saved_at: datetime
    unit_uid: UUID
    unit_code: str
    unit: str
    superior: str
    total: Decimal
    fiscal: Decimal
    own: Decimal


@dataclass(frozen=True, kw_only=True)
class DrawnFund:
    """A fund plan the plan draws on, with its money as it stands now."""

    uid: UUID
    plan_no: str
    doc_no: str
    project: str
    year: int
    fund_type: str
    func_class: str
    econ_class: str
    office: str
    balances: Balances


@dataclass(frozen=True, kw_only=True)
class StepRow:
    """One step taken, with who, as what, and the opinion."""

    seq: int
    action: str
    source: str
    target: str
    person: str
    post: str
    unit: str
    opinion: str
    pins: str
    version: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class AttachmentRow:
    """One file put to the plan; its bytes are read apart."""

    uid: UUID
    kind_code: str
    name: str
    mime: str
    size: int
    sha256: str
    person: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """One submitted version; ``body`` is the canonical text an approval is bound to."""

    version: int
    hash: str
    at: datetime
    body: str


@dataclass(frozen=True, kw_only=True)
class PlanRecord:
    """A plan whole; steps oldest first, versions newest first."""

    head: PlanHead
    content: PlanContent
    funds: tuple[DrawnFund, ...]
    steps: tuple[StepRow, ...]
    attachments: tuple[AttachmentRow, ...]
    versions: tuple[VersionRow, ...]


@dataclass(frozen=True, kw_only=True)
class PlanParams:
    """Which plan."""

    uid: UUID


@query("plan.detail", N_("采购实施计划明细"), PlanParams, permission="plan.view")
def plan_detail(reader: Reader, params: PlanParams) -> PlanRecord:
    """Return one plan with everything about it (a fixed number of statements).

    Raises:
        NotFound: E1306, no such plan in the person's data scope.
    """
    with reader.database.sessions() as session:
        plan = session.scalars(select(Plan).where(Plan.uid == params.uid)).one_or_none()
        if plan is None or not reader.actor.scope.covers(plan.unit_id):
            raise NotFound(N_("没有这份计划，或不在您单位的数据范围内。"), {}, "E1306")
        funds = _funds(session, plan)
        return PlanRecord(
            head=_head(session, plan),
            content=content_of(plan, {key: fund.uid for key, fund in funds.items()}),
            funds=tuple(funds.values()),
            steps=_steps(session, plan.uid),
            attachments=_attachments(session, plan.uid),
            versions=_versions(session, plan.uid),
        )


def content_of(plan: Plan, fund_uids: dict[int, UUID]) -> PlanContent:
    """Return what the plan says, as the form and the commands know it."""
    return PlanContent(
        title=plan.title,
        year=plan.year,
        contact=plan.contact,
        phone=plan.phone,
        business_office=plan.business_office,
        applied_on=plan.applied_on,
        expected_on=plan.expected_on,
        approval_no=plan.approval_no,
        is_import=plan.is_import,
        department_review=plan.department_review,
        midterm=plan.midterm,
        urgent=plan.urgent,
        urgent_basis=plan.urgent_basis,
        sme_mode=SmeMode(plan.sme_mode),
        sme_percent=plan.sme_percent,
        sme_how=plan.sme_how,
        sme_reason=plan.sme_reason,
        split_reason=plan.split_reason,
        remark=plan.remark,
        funds=tuple(_draw(line, fund_uids) for line in plan.funds),
        items=tuple(_item(line) for line in plan.items),
    )


def _draw(line: PlanFund, fund_uids: dict[int, UUID]) -> FundDraw:
    return FundDraw(
        uid=line.uid,
        kind=FundKind(line.kind),
        fund_plan=fund_uids.get(line.fund_plan_id) if line.fund_plan_id else None,
        amount=line.amount,
        own_kind=line.own_kind,
        econ_code=line.econ_code,
    )


def _item(line: PlanItem) -> Item:
    choice = MethodChoice(
        method=line.method,
        condition=line.condition,
        organisation=line.organisation,
        agency_kind=line.agency_kind,
        agency=line.agency,
        purchase_form=line.purchase_form,
        exception_no=line.exception_no,
    )
    return Item(
        uid=line.uid,
        catalog_version=line.catalog_version,
        code=line.code,
        name=line.name,
        spec=line.spec,
        unit=line.unit,
        quantity=line.quantity,
        price=line.price,
        subtotal=line.subtotal if line.quantity is not None and line.price is not None else None,
        deliver_on=line.deliver_on,
        guard_service=line.guard_service,
        choice=choice,
    )


def _head(session: Session, plan: Plan) -> PlanHead:
    units = {
        unit.id: unit
        for unit in session.scalars(
            select(Unit).where(
                (Unit.id == plan.unit_id)
                | (
                    Unit.id
                    == select(Unit.parent_id).where(Unit.id == plan.unit_id).scalar_subquery()
                )
            )
        )
    }
    unit = units[plan.unit_id]
    superior = units.get(unit.parent_id) if unit.parent_id else None
    return PlanHead(
        uid=plan.uid,
        row_version=plan.row_version,
        state=plan.state,
        state_since=plan.state_since,
        number=plan.number,
        filed_on=plan.filed_on,
        submitted_version=plan.submitted_version,
        route=tuple(each for each in plan.route.split(",") if each),
        return_state=plan.return_state,
        author=plan.author_name,
        author_person=plan.author_person,
        editor_person=plan.editor_person,
        created_at=plan.created_at,
        saved_at=plan.saved_at,
        unit_uid=unit.uid,
        unit_code=unit.code,
        unit=unit.name,
        superior=superior.name if superior else "",
        total=plan.total,
        fiscal=plan.fiscal,
        own=plan.own,
    )


def _funds(session: Session, plan: Plan) -> dict[int, DrawnFund]:
    wanted = [line.fund_plan_id for line in plan.funds if line.fund_plan_id is not None]
    if not wanted:
        return {}
    rows = session.execute(
        select(FundPlan, FundBalance)
        .join(FundBalance, FundBalance.fund_plan_id == FundPlan.id)
        .where(FundPlan.id.in_(wanted))
        .order_by(FundPlan.id)
    )
    return {
        fund.id: DrawnFund(
            uid=fund.uid,
            plan_no=fund.plan_no,
            doc_no=fund.cor_bgt_doc_no,
            project=fund.pro_name,
            year=fund.fiscal_year,
            fund_type=fund.fund_type_code,
            func_class=fund.exp_func_code,
            econ_class=fund.dep_bgt_eco_code,
            office=fund.manage_mof_dep,
            balances=Balances(**{name: getattr(held, name) for name in ACCOUNTS}),
        )
        for fund, held in rows
    }


def _steps(session: Session, uid: UUID) -> tuple[StepRow, ...]:
    rows = session.scalars(
        select(StepTaken).where(StepTaken.doc_uid == uid).order_by(StepTaken.seq)
    )
    return tuple(
        StepRow(
            seq=step.seq,
            action=step.action,
            source=step.source,
            target=step.target,
            person=step.person_name,
            post=step.post,
            unit=step.unit_name,
            opinion=step.opinion,
            pins=step.pins,
            version=step.doc_version,
            at=step.at,
        )
        for step in rows
    )


def _attachments(session: Session, uid: UUID) -> tuple[AttachmentRow, ...]:
    rows = session.scalars(
        select(Attachment).where(Attachment.doc_uid == uid).order_by(Attachment.id)
    )
    return tuple(
        AttachmentRow(
            uid=each.uid,
            kind_code=each.kind_code,
            name=each.name,
            mime=each.mime,
            size=each.size,
            sha256=each.sha256,
            person=each.person_name,
            at=each.at,
        )
        for each in rows
    )


def _versions(session: Session, uid: UUID) -> tuple[VersionRow, ...]:
    rows = session.scalars(
        select(DocumentVersion)
        .where(DocumentVersion.doc_uid == uid)
        .order_by(DocumentVersion.version.desc())
    )
    return tuple(
        VersionRow(version=each.version, hash=each.hash, at=each.at, body=each.body)
        for each in rows
    )
