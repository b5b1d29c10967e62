"""Form 8 用款计划使用情况表: where the money of fund plans stood on a day, and by what."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from govproc_desktop.domain.documents import (
    FundUsageAmounts,
    FundUsageDocument,
    FundUsageRow,
    FundUsageSheet,
)
from govproc_desktop.domain.errors import NotFound
from govproc_desktop.domain.fund_plan import Balances
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import FundPlan, LedgerEntry, Plan, Unit
from govproc_desktop.models.reference import Reference
from govproc_desktop.queries.registry import Reader, permit

_KINDS = {
    ("amount", "import"): N_("下达"),
    ("amount", "adjust"): N_("调整"),
    ("in_transit", "submit"): N_("提交占用"),
    ("filed", "file"): N_("备案占用"),
}
_ACCOUNTS = {"in_transit": N_("在途"), "filed": N_("备案占用"), "amount": N_("计划金额")}
_SHOWN = ("amount", "filed")


def fund_usage_of(reader: Reader, uid: UUID, *, as_of: date) -> FundUsageSheet:
    """Return the usage of one fund plan (with its documents) or of every one of a unit.

    Raises:
        NotFound: the uid is neither, or lies outside the person's data scope.
    """
    permit(reader.actor, "fund_plan.view")
    with reader.database.sessions() as session:
        fund = session.scalars(select(FundPlan).where(FundPlan.uid == uid)).one_or_none()
        unit = (
            session.get(Unit, fund.unit_id)
            if fund
            else session.scalars(select(Unit).where(Unit.uid == uid)).one_or_none()
        )
        if unit is None or not reader.actor.scope.covers(unit.id):
            raise NotFound(N_("没有这条用款计划，或不在您单位的数据范围内。"), {}, "E1306")
        funds = [fund] if fund else list(_of_unit(session, unit.id, as_of.year))
        return _sheet(reader, session, unit, funds, as_of)


def _of_unit(session: Session, unit_id: int, year: int) -> list[FundPlan]:
    return list(
        session.scalars(
            select(FundPlan)
            .where(FundPlan.unit_id == unit_id, FundPlan.fiscal_year == year)
            .order_by(FundPlan.plan_no)
        )
    )


def _sheet(
    reader: Reader, session: Session, unit: Unit, funds: list[FundPlan], as_of: date
) -> FundUsageSheet:
    reference = Reference.current(session)
    balances = balances_on(session, [fund.id for fund in funds], as_of)
    documents = _documents(session, [fund.id for fund in funds], as_of)
    rows = tuple(
        FundUsageRow(
            plan_no=fund.plan_no,
            doc_no=fund.cor_bgt_doc_no,
            project=fund.pro_name,
            fund_kind=reference.name("fund_kinds", fund.fund_type_code),
            econ_class=reference.titled("dep_econ_classes", fund.dep_bgt_eco_code),
            amounts=_amounts(balances[fund.id]),
            documents=documents[fund.id],
        )
        for fund in funds
    )
    return FundUsageSheet(
        unit_code=unit.code,
        unit_name=unit.name,
        printed_at=reader.now,
        as_of=as_of,
        rows=rows,
        totals=_total([row.amounts for row in rows]),
    )


def balances_on(session: Session, ids: list[int], day: date) -> dict[int, Balances]:
    """Return the balances at the end of a day, summed from the ledger."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = session.execute(
        select(LedgerEntry.fund_plan_id, LedgerEntry.account, func.sum(LedgerEntry.fen))
        .where(LedgerEntry.fund_plan_id.in_(ids), LedgerEntry.on_day <= day)
        .group_by(LedgerEntry.fund_plan_id, LedgerEntry.account)
    )
    for fund_id, account, amount in rows:
        found[fund_id][account] = amount
    return {each: Balances(**found[each]) for each in ids}


def _documents(
    session: Session, ids: list[int], day: date
) -> dict[int, tuple[FundUsageDocument, ...]]:
    found: dict[int, list[FundUsageDocument]] = defaultdict(list)
    rows = session.execute(
        select(LedgerEntry, Plan.title, Plan.number)
        .outerjoin(Plan, Plan.uid == LedgerEntry.doc_uid)
        .where(
            LedgerEntry.fund_plan_id.in_(ids),
            LedgerEntry.on_day <= day,
            LedgerEntry.account.in_(_SHOWN),
        )
        .order_by(LedgerEntry.id)
    )
    for entry, title, number in rows:
        kind = _KINDS.get((entry.account, entry.kind), _ACCOUNTS[entry.account])
        found[entry.fund_plan_id].append(
            FundUsageDocument(
                date=entry.on_day,
                kind=_(kind),
                name=title or _("用款计划下达"),
                number=number or "",
                amount=entry.fen,
            )
        )
    return {each: tuple(found[each]) for each in ids}


def _amounts(balance: Balances) -> FundUsageAmounts:
    return FundUsageAmounts(
        planned=balance.amount,
        filed=balance.filed,
        in_transit=balance.in_transit,
        requested=balance.requested,
        paid=balance.paid,
        left_to_plan=balance.available,
        left_to_pay=balance.spendable,
    )


def _total(rows: list[FundUsageAmounts]) -> FundUsageAmounts:
    def total(name: str) -> Decimal:
        return sum((getattr(row, name) for row in rows), Decimal(0))

    return FundUsageAmounts(
        planned=total("planned"),
        filed=total("filed"),
        in_transit=total("in_transit"),
        requested=total("requested"),
        paid=total("paid"),
        left_to_plan=total("left_to_plan"),
        left_to_pay=total("left_to_pay"),
    )
