"""One 用款计划 whole: its fields, its money now or on any past day, and every ledger row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, func, select

from govproc_desktop.domain.errors import NotFound
from govproc_desktop.domain.fund_plan import Balances
from govproc_desktop.i18n import N_
from govproc_desktop.models import (
    ACCOUNTS,
    FundBalance,
    FundPlan,
    ImportLog,
    LedgerEntry,
    Plan,
    Unit,
)
from govproc_desktop.queries.registry import Reader, query


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """One movement: the account it moved, signed 元, and the document behind it."""

    uid: UUID
    on_day: date
    at: datetime
    account: str
    kind: str
    amount: Decimal
    doc_kind: str
    doc_uid: UUID
    doc_title: str
    doc_number: str
    person: str


@dataclass(frozen=True, kw_only=True)
class FundPlanRecord:
    """Everything known of one fund plan; ``ledger`` is newest first."""

    uid: UUID
    plan_no: str
    doc_no: str
    project_code: str
    project: str
    unit_code: str
    unit: str
    year: int
    region_code: str
    source: str
    office: str
    fund_type: str
    func_class: str
    gov_econ_class: str
    econ_class: str
    pay_type: str
    is_gov_pur: bool
    month: int
    approved_on: date | None
    version: int
    balances: Balances
    as_of: date | None
    ledger: tuple[LedgerRow, ...]


@dataclass(frozen=True, kw_only=True)
class DetailParams:
    """Which fund plan; with ``as_of`` the money and the ledger as they stood that evening."""

    uid: UUID
    as_of: date | None = None


@dataclass(frozen=True, kw_only=True)
class BalancesParams:
    """Balances as they stood on the evening of ``day``, from the ledger, for one year or all."""

    day: date
    year: int | None = None
    unit: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class BalancesRow:
    """One fund plan's money on a past day."""

    uid: UUID
    plan_no: str
    project: str
    unit: str
    balances: Balances
    plannable: Decimal
    spendable: Decimal


@query("fund_plan.detail", N_("用款计划明细"), DetailParams, permission="fund_plan.view")
def fund_plan_detail(reader: Reader, params: DetailParams) -> FundPlanRecord:
    """Return one fund plan with its money and ledger (two statements).

    Raises:
        NotFound: E1306, no such fund plan in the person's data scope.
    """
    head = (
        select(FundPlan, FundBalance, Unit.code, Unit.name)
        .join(FundBalance, FundBalance.fund_plan_id == FundPlan.id)
        .join(Unit, Unit.id == FundPlan.unit_id)
        .where(FundPlan.uid == params.uid)
    )
    with reader.database.sessions() as session:
        found = session.execute(head).one_or_none()
        if found is None or not reader.actor.scope.covers(found[0].unit_id):
            raise NotFound(N_("没有这条用款计划，或不在您单位的数据范围内。"), {}, "E1306")
        plan, balance, unit_code, unit = found
        ledger = _ledger(session.connection(), plan.id, params.as_of)
    now = Balances(**{name: getattr(balance, name) for name in ACCOUNTS})
    return _record(
        plan,
        unit_code=unit_code,
        unit=unit,
        balances=now if params.as_of is None else _summed(ledger),
        as_of=params.as_of,
        ledger=ledger,
    )


@query(
    "fund_plan.balances_at", N_("某日的用款计划余额"), BalancesParams, permission="fund_plan.view"
)
def balances_at(reader: Reader, params: BalancesParams) -> list[BalancesRow]:
    """Return the balances of every fund plan in scope on a past evening, by plan number."""
    moved = (
        select(LedgerEntry.fund_plan_id, LedgerEntry.account, func.sum(LedgerEntry.fen))
        .where(LedgerEntry.on_day <= params.day)
        .group_by(LedgerEntry.fund_plan_id, LedgerEntry.account)
    )
    with reader.database.reading() as connection:
        plans = connection.execute(_in_scope(reader, params)).all()
        sums: dict[int, dict[str, Decimal]] = {}
        for fund_plan_id, account, much in connection.execute(moved):
            sums.setdefault(fund_plan_id, {})[account] = much
    return [_balances_row(row, sums.get(row.id, {})) for row in plans if row.id in sums]


def _in_scope(reader: Reader, params: BalancesParams) -> Any:
    made = (
        select(
            FundPlan.id,
            FundPlan.uid,
            FundPlan.plan_no,
            FundPlan.pro_name.label("project"),
            Unit.name.label("unit"),
        )
        .join(Unit, Unit.id == FundPlan.unit_id)
        .order_by(FundPlan.plan_no, FundPlan.id)
    )
    scope = reader.actor.scope
    if not scope.everything:
        made = made.where(FundPlan.unit_id.in_(scope.unit_ids))
    if params.year is not None:
        made = made.where(FundPlan.fiscal_year == params.year)
    if params.unit is not None:
        made = made.where(Unit.uid == params.unit)
    return made


def _balances_row(row: Any, sums: dict[str, Decimal]) -> BalancesRow:
    balances = Balances(**{name: sums[name] for name in ACCOUNTS if name in sums})
    return BalancesRow(
        uid=row.uid,
        plan_no=row.plan_no,
        project=row.project,
        unit=row.unit,
        balances=balances,
        plannable=balances.available,
        spendable=balances.spendable,
    )


def _ledger(connection: Connection, fund_plan_id: int, as_of: date | None) -> tuple[LedgerRow, ...]:
    rows = (
        select(
            LedgerEntry.uid,
            LedgerEntry.on_day,
            LedgerEntry.at,
            LedgerEntry.account,
            LedgerEntry.kind,
            LedgerEntry.fen.label("amount"),
            LedgerEntry.doc_kind,
            LedgerEntry.doc_uid,
            func.coalesce(Plan.title, ImportLog.file_name, "").label("doc_title"),
            func.coalesce(Plan.number, "").label("doc_number"),
            LedgerEntry.person_name.label("person"),
        )
        .join(
            Plan,
            and_(LedgerEntry.doc_kind == "plan", Plan.uid == LedgerEntry.doc_uid),
            isouter=True,
        )
        .join(
            ImportLog,
            and_(LedgerEntry.doc_kind == "import", ImportLog.uid == LedgerEntry.doc_uid),
            isouter=True,
        )
        .where(LedgerEntry.fund_plan_id == fund_plan_id)
        .order_by(LedgerEntry.id.desc())
    )
    if as_of is not None:
        rows = rows.where(LedgerEntry.on_day <= as_of)
    return tuple(LedgerRow(**row) for row in connection.execute(rows).mappings())


def _summed(ledger: Iterable[LedgerRow]) -> Balances:
    sums = dict.fromkeys(ACCOUNTS, Decimal(0))
    for row in ledger:
        sums[row.account] += row.amount
    return Balances(**sums)


def _record(plan: FundPlan, **rest: Any) -> FundPlanRecord:
    return FundPlanRecord(
        uid=plan.uid,
        plan_no=plan.plan_no,
        doc_no=plan.cor_bgt_doc_no,
        project_code=plan.pro_code,
        project=plan.pro_name,
        year=plan.fiscal_year,
        region_code=plan.mof_div_code,
        source=plan.source,
        office=plan.manage_mof_dep,
        fund_type=plan.fund_type_code,
        func_class=plan.exp_func_code,
        gov_econ_class=plan.gov_bgt_eco_code,
        econ_class=plan.dep_bgt_eco_code,
        pay_type=plan.pay_type_code,
        is_gov_pur=plan.is_gov_pur,
        month=plan.month,
        approved_on=plan.approve_date,
        version=plan.version,
        **rest,
    )
