"""Which 用款计划 a plan may draw on, and why any other one is not offered: the same conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.domain.fund_plan import Balances
from govproc_desktop.domain.rules import Check, failed, passed
from govproc_desktop.i18n import N_
from govproc_desktop.models import ACCOUNTS, FundBalance, FundPlan, Unit
from govproc_desktop.queries.registry import Reader, query

_ASKED_FOR = 20


@dataclass(frozen=True, kw_only=True)
class ChoicesParams:
    """For which plan money is looked for: its year, 中期规划 or not, and words to search."""

    year: int
    midterm: bool = False
    search: str = ""
    unit: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class FundChoice:
    """One fund plan as the selection dialog shows it; amounts in 元."""

    uid: UUID
    plan_no: str
    doc_no: str
    project: str
    unit: str
    year: int
    fund_type: str
    func_class: str
    econ_class: str
    office: str
    is_gov_pur: bool
    search_text: str
    own: bool
    balances: Balances

    @property
    def plannable(self) -> Decimal:
        """拟可用."""
        return self.balances.available


@dataclass(frozen=True, kw_only=True)
class WhyNot:
    """One fund plan somebody looks for, with every condition it meets or fails."""

    plan_no: str
    project: str
    checks: tuple[Check, ...]

    @property
    def listed(self) -> bool:
        """Whether it is offered after all."""
        return all(check.ok for check in self.checks)


@query("fund_plan.choices", N_("可选的用款计划"), ChoicesParams, permission="fund_plan.view")
def fund_plan_choices(reader: Reader, params: ChoicesParams) -> list[FundChoice]:
    """Return the fund plans the plan may draw on, by number (one statement)."""
    found = _read(reader, params)
    return [each for each in found if all(check.ok for check in conditions(each, params))]


@query(
    "fund_plan.why_not", N_("为什么选不到某条用款计划"), ChoicesParams, permission="fund_plan.view"
)
def why_not_listed(reader: Reader, params: ChoicesParams) -> list[WhyNot]:
    """Return, for the first fund plans the words match, what keeps each from being offered."""
    made = [
        WhyNot(plan_no=each.plan_no, project=each.project, checks=tuple(conditions(each, params)))
        for each in _read(reader, params)
    ]
    made.sort(key=lambda each: each.listed)
    return made[:_ASKED_FOR] if made else [_unknown(params.search)]


def conditions(fund: FundChoice, params: ChoicesParams) -> Iterator[Check]:
    """Yield each condition for drawing on a fund plan, met or not (R1, R17)."""
    yield _own_unit(fund)
    yield _marked(fund)
    yield _year(fund, params)
    yield _money(fund)


def _own_unit(fund: FundChoice) -> Check:
    title = N_("属于本单位")
    if fund.own:
        return passed(N_("{unit}"), title=title, unit=fund.unit)
    return failed(
        N_("属于 {unit}。"), title=title, unit=fund.unit, mend=N_("请由该单位编制实施计划。")
    )


def _marked(fund: FundChoice) -> Check:
    title = N_("标了政府采购")
    if fund.is_gov_pur:
        return passed(N_("是"), title=title)
    return failed(
        N_("下达时没有标“政府采购”。"),
        title=title,
        mend=N_("请业务处室在预算一体化系统里改标后重新发送。"),
    )


def _year(fund: FundChoice, params: ChoicesParams) -> Check:
    title = N_("年度")
    if fund.year == params.year or (fund.year < params.year and not params.midterm):
        return passed(
            N_("{year} 年，计划 {wanted} 年"), title=title, year=fund.year, wanted=params.year
        )
    if fund.year < params.year:
        return failed(
            N_("{year} 年的用款计划；中期规划项目只能用 {wanted} 年的。"),
            title=title,
            year=fund.year,
            wanted=params.year,
            mend=N_("去掉“中期规划”，或用当年的用款计划。"),
            go="midterm",
        )
    return failed(
        N_("是 {year} 年的用款计划，这份计划的采购年度是 {wanted}。"),
        title=title,
        year=fund.year,
        wanted=params.year,
        mend=N_("请核对采购年度。"),
        go="year",
    )


def _money(fund: FundChoice) -> Check:
    free, held = fund.plannable, fund.balances
    numbers: dict[str, Any] = {
        "amount": held.amount,
        "filed": held.filed,
        "in_transit": held.in_transit,
        "free": free,
    }
    title = N_("拟可用大于 0")
    template = N_("计划 {amount} − 已备案 {filed} − 在途 {in_transit} = 拟可用 {free}")
    if free > 0:
        return passed(template, title=title, **numbers)
    return failed(
        template,
        title=title,
        mend=N_("作废或调减占用它的计划，或申请追加。点“去看”查是哪些单据占用。"),
        go="window:fund_plans",
        **numbers,
    )


def _unknown(search: str) -> WhyNot:
    check = failed(
        N_("系统里没有“{search}”，或它属于您看不到的单位。"),
        title=N_("已导入本系统"),
        search=search[:60],
        mend=N_("请核对号码；预算一体化系统刚下达的，导入后才有。"),
        go="window:fund_plans",
    )
    return WhyNot(plan_no=search[:60], project="", checks=(check,))


def _read(reader: Reader, params: ChoicesParams) -> list[FundChoice]:
    rows = (
        select(FundPlan, *(getattr(FundBalance, name) for name in ACCOUNTS), Unit.name, Unit.uid)
        .join(FundBalance, FundBalance.fund_plan_id == FundPlan.id)
        .join(Unit, Unit.id == FundPlan.unit_id)
        .order_by(FundPlan.fiscal_year.desc(), FundPlan.plan_no, FundPlan.id)
    )
    scope = reader.actor.scope
    if not scope.everything:
        rows = rows.where(FundPlan.unit_id.in_(scope.unit_ids))
    for term in params.search.replace("\0", "").lower().split()[:8]:
        rows = rows.where(FundPlan.search_text.contains(term, autoescape=True))
    unit = params.unit or reader.actor.unit_uid
    with reader.database.sessions() as session:
        return [_choice(row, unit) for row in session.execute(rows)]


def _choice(row: Sequence[Any], unit: UUID) -> FundChoice:
    plan: FundPlan = row[0]
    return FundChoice(
        uid=plan.uid,
        plan_no=plan.plan_no,
        doc_no=plan.cor_bgt_doc_no,
        project=plan.pro_name,
        unit=row[-2],
        year=plan.fiscal_year,
        fund_type=plan.fund_type_code,
        func_class=plan.exp_func_code,
        econ_class=plan.dep_bgt_eco_code,
        office=plan.manage_mof_dep,
        is_gov_pur=plan.is_gov_pur,
        search_text=plan.search_text,
        own=row[-1] == unit,
        balances=Balances(**dict(zip(ACCOUNTS, row[1:-2], strict=True))),
    )
