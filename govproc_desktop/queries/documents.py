"""The records of the print forms, read from the database: one reader for preview, batch, paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from govproc_desktop.domain.documents import (
    FundRow,
    ItemRow,
    OpinionRow,
    PaperRecord,
    PlanSheet,
    short_code,
)
from govproc_desktop.domain.errors import BadInput, NotFound
from govproc_desktop.domain.plan import flow
from govproc_desktop.domain.plan.content import FUND_KIND_TITLES, SME_HOW, SME_TITLES, FundKind
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import (
    DocumentVersion,
    FundBalance,
    FundPlan,
    Plan,
    PlanItem,
    PrintLog,
    StepTaken,
    Unit,
)
from govproc_desktop.models.facts import digest
from govproc_desktop.models.reference import Reference
from govproc_desktop.queries.fund_usage import fund_usage_of
from govproc_desktop.queries.registry import Reader, permit

_TITLES = {
    flow.INTERNAL: N_("内部审核意见"),
    flow.DEPARTMENT: N_("主管部门意见"),
    flow.FINANCE: N_("财政审核意见"),
    flow.APPROVAL: N_("财政审批意见"),
}
_OPEN = {flow.DRAFT, flow.RETURNED}


def sheet(reader: Reader, code: str, uid: UUID) -> PaperRecord:
    """Return the record of one form for one document; the right to read is the right to print.

    Raises:
        NotFound: no such document in the person's data scope.
        BadInput: no reader for this form code.
    """
    read = _READERS.get(code.upper())
    if read is None:
        raise BadInput(N_("没有编号为「{code}」的打印表单。"), {"code": code}, "E4005")
    return read(reader, uid)


def plan_sheet(reader: Reader, uid: UUID) -> PlanSheet:
    """Return the record of form F-01 for a plan, in whatever state it is."""
    permit(reader.actor, "plan.view")
    with reader.database.sessions() as session:
        plan = session.scalars(select(Plan).where(Plan.uid == uid)).one_or_none()
        if plan is None or not reader.actor.scope.covers(plan.unit_id):
            raise NotFound(N_("没有这份计划，或不在您单位的数据范围内。"), {}, "E1306")
        reference = Reference.current(session)
        return PlanSheet(
            **_heading(reader, session, plan),
            **_choices(plan, reference),
            project=plan.title,
            year=plan.year,
            number=plan.number,
            applied_on=plan.applied_on,
            expected_on=plan.expected_on,
            contact=plan.contact,
            phone=plan.phone,
            business_office=plan.business_office,
            is_import=plan.is_import,
            sme=sme_text(plan),
            approval_doc_no=plan.approval_no,
            remark=plan.remark,
            total=plan.total,
            fiscal_sum=plan.fiscal,
            own_sum=plan.own,
            funds=_funds(session, plan, reference),
            items=_items(plan, reference),
            opinions=_opinions(session, plan),
        )


def _heading(reader: Reader, session: Session, plan: Plan) -> dict[str, Any]:
    """What the sheet says about itself: whose, in which state, which version and copy."""
    unit = session.get_one(Unit, plan.unit_id)
    superior = session.get(Unit, unit.parent_id) if unit.parent_id else None
    version, record_hash = _version(session, plan)
    return {
        "unit_code": unit.code,
        "unit_name": unit.name,
        "superior_unit": superior.name if superior else "",
        "printed_at": reader.now,
        "state": _(flow.STATES[plan.state].title),
        "watermark": _(flow.STATES[plan.state].watermark),
        "uid": plan.uid,
        "version": version,
        "record_hash": record_hash,
        "short_code": short_code(plan.uid, version),
        "copy_no": _next_copy(session, "F-01", plan.uid),
    }


def _choices(plan: Plan, reference: Reference) -> dict[str, Any]:
    """How it is bought: the distinct choices of the lines, in their order."""
    items = plan.items
    forms = (reference.name("organisation_forms", item.organisation) for item in items)
    kinds = (reference.name("purchase_forms", item.purchase_form) for item in items)
    return {
        "organisation": _joined(forms),
        "method": _joined(method_name(reference, item.method) for item in items),
        "purchase_form": _joined(kinds),
        "condition": _joined(condition_text(reference, item.condition) for item in items),
        "agency": _joined(_agency(reference, item) for item in items),
    }


def method_name(reference: Reference, code: str) -> str:
    """Return the Chinese name of a 采购方式, or nothing."""
    return next((each.name for each in reference.methods.methods if each.code == code), code)


def condition_text(reference: Reference, code: str) -> str:
    """Return a 适用条件 with its law in brackets, or nothing."""
    for each in reference.methods.conditions:
        if each.code == code:
            return f"{each.text}（{each.source}）" if each.source else each.text
    return code


def sme_text(plan: Plan) -> str:
    """Return the 中小企业 block as one phrase."""
    mode = plan.sme_mode
    if mode not in SME_TITLES or not mode:
        return ""
    title = _(next(text for key, text in SME_TITLES.items() if key == mode))
    if mode == "reserved":
        how = _(SME_HOW.get(plan.sme_how, plan.sme_how))
        return f"{title} {plan.sme_percent}%　{how}".strip()
    if mode == "none" and plan.sme_reason:
        return f"{title}：{plan.sme_reason}"
    return title


def _agency(reference: Reference, item: PlanItem) -> str:
    return item.agency or reference.name("agency_kinds", item.agency_kind)


def _joined(parts: Iterable[str]) -> str:
    return "；".join(dict.fromkeys(part for part in parts if part))


def _version(session: Session, plan: Plan) -> tuple[int, str]:
    if plan.state not in _OPEN and plan.submitted_version:
        stored = session.scalar(
            select(DocumentVersion.hash).where(
                DocumentVersion.doc_uid == plan.uid,
                DocumentVersion.version == plan.submitted_version,
            )
        )
        if stored:
            return plan.submitted_version, stored
    # A draft has no stored version yet: its paper is bound to the row as it was last saved.
    return plan.submitted_version + 1, digest(f"{plan.uid}:{plan.row_version}:{plan.saved_at}")


def _next_copy(session: Session, form: str, uid: UUID) -> int:
    last = session.scalar(
        select(func.max(PrintLog.copy_no)).where(PrintLog.form == form, PrintLog.doc_uid == uid)
    )
    return (last or 0) + 1


def _funds(session: Session, plan: Plan, reference: Reference) -> tuple[FundRow, ...]:
    ids = [line.fund_plan_id for line in plan.funds if line.fund_plan_id is not None]
    found = {
        fund.id: (fund, amount)
        for fund, amount in session.execute(
            select(FundPlan, FundBalance.amount)
            .join(FundBalance, FundBalance.fund_plan_id == FundPlan.id)
            .where(FundPlan.id.in_(ids))
        )
    }
    rows = []
    for line in plan.funds:
        used = line.amount or Decimal(0)
        if line.fund_plan_id in found:
            fund, amount = found[line.fund_plan_id]
            rows.append(
                FundRow(
                    plan_no=fund.plan_no,
                    doc_no=fund.cor_bgt_doc_no,
                    fund_kind=reference.name("fund_kinds", fund.fund_type_code),
                    func_class=fund.exp_func_code,
                    econ_class=reference.titled("dep_econ_classes", fund.dep_bgt_eco_code),
                    amount=amount,
                    used=used,
                )
            )
        else:
            rows.append(
                FundRow(
                    plan_no=_(FUND_KIND_TITLES[FundKind(line.kind)]),
                    fund_kind=reference.name("fund_kinds", line.own_kind),
                    econ_class=reference.titled("dep_econ_classes", line.econ_code),
                    used=used,
                )
            )
    return tuple(rows)


def _items(plan: Plan, reference: Reference) -> tuple[ItemRow, ...]:
    names = {(str(int(row.key.version)), row.key.code): row.name for row in reference.catalog}
    return tuple(
        ItemRow(
            no=position,
            code=item.code,
            name=item.name or names.get((item.catalog_version, item.code), ""),
            spec=item.spec,
            unit=item.unit,
            quantity=item.quantity or Decimal(0),
            price=item.price or Decimal(0),
            subtotal=item.subtotal,
        )
        for position, item in enumerate(plan.items, start=1)
    )


def _opinions(session: Session, plan: Plan) -> tuple[OpinionRow, ...]:
    steps = session.scalars(
        select(StepTaken).where(StepTaken.doc_uid == plan.uid).order_by(StepTaken.seq)
    ).all()
    submits = [step for step in steps if step.action == "submit"]
    made = [_signed(N_("经办意见"), submits[-1] if submits else None)]
    route = [node for node in plan.route.split(",") if node] or [flow.INTERNAL]
    for node in route:
        last = _last_approval(steps, node)
        made.append(_signed(_TITLES[node], last))
    return tuple(made)


def _last_approval(steps: Sequence[StepTaken], node: str) -> StepTaken | None:
    """Return the approval that still stands: one given before a return to its step is void."""
    found: StepTaken | None = None
    for step in steps:
        if step.action == "approve" and step.source == node:
            found = step
        elif (step.action == "return" and step.target == node) or step.action in {
            "withdraw",
            "void",
        }:
            found = None
    return found


def _signed(title: str, step: StepTaken | None) -> OpinionRow:
    if step is None:
        return OpinionRow(title=_(title))
    words = step.opinion or (_("同意。") if step.action == "approve" else "")
    return OpinionRow(title=_(title), text=words, person=step.person_name, date=step.at.date())


def fund_usage_sheet(reader: Reader, uid: UUID) -> PaperRecord:
    """Return the record of form F-08: one fund plan with its documents, or a unit's list."""
    return fund_usage_of(reader, uid, as_of=reader.now.date())


def last_print(reader: Reader, form: str, uid: UUID) -> tuple[datetime, str, int] | None:
    """Return when, by whom and as which copy a form was last printed."""
    with reader.database.sessions() as session:
        found = session.scalars(
            select(PrintLog)
            .where(PrintLog.form == form, PrintLog.doc_uid == uid)
            .order_by(PrintLog.copy_no.desc())
            .limit(1)
        ).one_or_none()
    return None if found is None else (found.at, found.person_name, found.copy_no)


_READERS: dict[str, Callable[[Reader, UUID], PaperRecord]] = {
    "F-01": plan_sheet,
    "F-08": fund_usage_sheet,
}
