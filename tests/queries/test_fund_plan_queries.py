from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from govproc_desktop.domain.errors import BadInput, NotFound
from govproc_desktop.domain.plan.flow import DRAFT, FILED, INTERNAL
from govproc_desktop.queries import listing
from govproc_desktop.queries.fund_plans import (
    FUND_PLAN_LIST,
    IMPORT_LOG_LIST,
    LEDGER_LIST,
    BalancesParams,
    ChoicesParams,
    DetailParams,
    balances_at,
    fund_plan_choices,
    fund_plan_detail,
    why_not_listed,
)
from govproc_desktop.queries.listing import Criterion, ListSpec
from govproc_desktop.queries.lookups import (
    CodeParams,
    NoParams,
    SearchParams,
    codes,
    people,
    units,
    years,
)
from govproc_desktop.queries.plans import PLAN_LIST, PlanParams, plan_detail
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.approvals import ApprovePlan
from govproc_desktop.services.plans import SavePlan, SubmitPlan
from tests.office import Office

ReaderFor = Callable[[str], Reader]
FUND = "JH2026410000001"


def submitted(office: Office, fund: UUID, amount: str) -> UUID:
    plan = uuid4()
    office.do("zhoumin", SavePlan(plan=plan, content=office.content(funds=((fund, amount),))))
    office.do("zhoumin", SubmitPlan(plan=plan, seen_version=office.plan(plan).row_version))
    return plan


def approved(office: Office, plan: UUID) -> None:
    command = ApprovePlan(plan=plan, seen_version=office.plan(plan).row_version)
    office.do("zhengjianguo", command)


def test_r1_list_shows_what_is_left(office: Office, reader_for: ReaderFor) -> None:
    fund = office.fund(FUND, "500000.00")
    office.fund("JH2026410000002", "100.00", unit="station")
    approved(office, submitted(office, fund, "100000.00"))
    submitted(office, fund, "50000.50")
    rows = listing.page(reader_for("zhoumin"), FUND_PLAN_LIST, ListSpec())
    assert len(rows) == 1
    record = FUND_PLAN_LIST.record(rows[0])
    assert record["amount"] == Decimal("500000.00")
    assert record["filed"] == Decimal("100000.00")
    assert record["in_transit"] == Decimal("50000.50")
    assert record["plannable"] == Decimal("349999.50")
    assert record["spendable"] == Decimal("500000.00")
    totals = listing.totals(reader_for("sunli"), FUND_PLAN_LIST, ListSpec())
    assert (totals.count, totals.sums["plannable"]) == (2, Decimal("350099.50"))
    spent = ListSpec(filters=(Criterion(name="has_money", values=("no",)),))
    assert listing.count(reader_for("zhoumin"), FUND_PLAN_LIST, spec=spent) == 0


def test_detail_names_the_document_behind_each_movement(
    office: Office, reader_for: ReaderFor
) -> None:
    fund = office.fund(FUND, "500000.00")
    office.clock.move(days=2)
    plan = submitted(office, fund, "100000.00")
    approved(office, plan)
    record = fund_plan_detail(reader_for("zhoumin"), DetailParams(uid=fund))
    assert record.balances.available == Decimal("400000.00")
    assert [(row.account, row.amount) for row in record.ledger[-2:]] == [
        ("in_transit", Decimal("100000.00")),
        ("amount", Decimal("500000.00")),
    ]
    assert record.ledger[-1].doc_title == "YKJH.csv"
    newest = record.ledger[0]
    assert newest.doc_uid == plan
    assert newest.doc_title == "办公设备购置（2026 年第二批）"
    assert newest.doc_number == office.plan(plan).number
    listed = ListSpec(filters=(Criterion(name="fund_plan", values=(str(fund),)),))
    assert listing.count(reader_for("zhoumin"), LEDGER_LIST, listed) == len(record.ledger)
    assert listing.count(reader_for("liuyang"), LEDGER_LIST, listed) == 0


def test_money_on_a_past_day_comes_from_the_ledger(office: Office, reader_for: ReaderFor) -> None:
    fund = office.fund(FUND, "500000.00")
    first = office.clock.now.date()
    office.clock.move(days=3)
    submitted(office, fund, "120000.00")
    reader = reader_for("zhoumin")
    past = fund_plan_detail(reader, DetailParams(uid=fund, as_of=first))
    assert past.balances.available == Decimal("500000.00")
    assert len(past.ledger) == 1
    (row,) = balances_at(reader, BalancesParams(day=first))
    assert (row.plan_no, row.plannable) == (FUND, Decimal("500000.00"))
    (row,) = balances_at(reader, BalancesParams(day=office.clock.now.date(), year=2026))
    assert (row.balances.in_transit, row.plannable) == (Decimal("120000.00"), Decimal("380000.00"))
    assert balances_at(reader, BalancesParams(day=date(2020, 1, 1))) == []
    assert balances_at(reader_for("liuyang"), BalancesParams(day=first)) == []


def test_detail_keeps_to_the_data_scope(office: Office, reader_for: ReaderFor) -> None:
    fund = office.fund(FUND, "500000.00")
    with pytest.raises(NotFound, match="E1306"):
        fund_plan_detail(reader_for("liuyang"), DetailParams(uid=fund))


@pytest.fixture
def funds(office: Office) -> Office:
    office.fund("JH2026410000001", "1000.00")
    office.fund("JH2026410000002", "1000.00", is_gov_pur=False)
    office.fund("JH2025410000003", "1000.00", fiscal_year=2025, pro_name="种质资源库改造")
    office.fund("JH2026410000004", "1000.00", unit="station")
    office.fund("JH2027410000005", "1000.00", fiscal_year=2027)
    used = office.fund("JH2026410000006", "1000.00")
    submitted(office, used, "1000.00")
    return office


def chosen(reader: Reader, **params: object) -> list[str]:
    asked = ChoicesParams(year=2026, **params)  # type: ignore[arg-type]
    return [each.plan_no[-1] for each in fund_plan_choices(reader, asked)]


def test_choices_offer_own_marked_plans_with_money(funds: Office, reader_for: ReaderFor) -> None:
    assert chosen(reader_for("zhoumin")) == ["1", "3"]
    assert chosen(reader_for("zhoumin"), search="zzzyk") == ["3"]
    assert chosen(reader_for("zhoumin"), search="种质") == ["3"]
    assert chosen(reader_for("zhoumin"), search="0000001") == ["1"]
    assert chosen(reader_for("sunli"), unit=funds.units["station"]) == ["4"]


def test_r17_midterm_offers_only_this_years(funds: Office, reader_for: ReaderFor) -> None:
    assert chosen(reader_for("zhoumin"), midterm=True) == ["1"]
    (why,) = why_not_listed(
        reader_for("zhoumin"), ChoicesParams(year=2026, midterm=True, search="种质")
    )
    (broken,) = [check for check in why.checks if not check.ok]
    assert "2025" in broken.detail()


@pytest.mark.parametrize(
    ("login", "search", "title", "number"),
    [
        ("zhoumin", "0000002", "标了政府采购", ""),
        ("zhoumin", "0000005", "年度", "2027"),
        ("zhoumin", "0000006", "拟可用大于 0", "1,000.00"),
        ("sunli", "0000004", "属于本单位", "河南省土壤肥料站"),
        ("zhoumin", "0000004", "已导入本系统", "0000004"),
    ],
)
def test_why_a_fund_plan_is_not_offered(
    funds: Office, reader_for: ReaderFor, login: str, search: str, title: str, number: str
) -> None:
    (why,) = why_not_listed(reader_for(login), ChoicesParams(year=2026, search=search))
    broken = [check for check in why.checks if not check.ok]
    assert title in [check.title for check in broken]
    assert number in " ".join(check.detail() for check in broken)


def test_import_log_is_listed(funds: Office, reader_for: ReaderFor) -> None:
    totals = listing.totals(reader_for("linlan"), IMPORT_LOG_LIST, ListSpec())
    assert (totals.count, totals.sums["written"], totals.sums["refused"]) == (6, 6, 0)


def test_plan_detail_gives_back_what_was_typed(office: Office, reader_for: ReaderFor) -> None:
    fund = office.fund(FUND, "500000.00")
    plan, content = uuid4(), office.content(funds=((fund, "90000.00"),), own="1000.00")
    office.do("zhoumin", SavePlan(plan=plan, content=content))
    record = plan_detail(reader_for("zhoumin"), PlanParams(uid=plan))
    assert record.head.state == DRAFT
    assert record.content.title == content.title
    assert record.content.funds == content.funds
    assert [item.price for item in record.content.items] == [Decimal("91000.00")]
    assert record.funds[0].balances.available == Decimal("500000.00")
    assert record.head.superior == "河南省农业农村厅"
    office.do("zhoumin", SubmitPlan(plan=plan, seen_version=record.head.row_version))
    record = plan_detail(reader_for("zhengjianguo"), PlanParams(uid=plan))
    assert record.head.state == INTERNAL
    assert [(step.action, step.person) for step in record.steps] == [("submit", "周敏")]
    assert [version.version for version in record.versions] == [1]
    approved(office, plan)
    record = plan_detail(reader_for("zhoumin"), PlanParams(uid=plan))
    assert (record.head.state, record.head.number) == (FILED, office.plan(plan).number)
    assert listing.count(reader_for("zhoumin"), PLAN_LIST, ListSpec()) == 0
    with pytest.raises(NotFound):
        plan_detail(reader_for("liuyang"), PlanParams(uid=plan))


def test_lookups(funds: Office, reader_for: ReaderFor) -> None:
    assert [unit.code for unit in units(reader_for("zhoumin"), SearchParams())] == ["101001"]
    assert [u.name for u in units(reader_for("linlan"), SearchParams(search="trf"))] == [
        "河南省土壤肥料站"
    ]
    found = people(reader_for("zhoumin"), SearchParams(search="zm"))
    assert [(person.name, person.post) for person in found] == [("周敏", "经办岗")]
    assert codes(reader_for("zhoumin"), CodeParams(kind="fund_kinds"))["11"] == "一般公共预算资金"
    for kind in ("../../etc/passwd", "holidays", ""):
        with pytest.raises(BadInput, match="E4005 没有这种代码表"):
            codes(reader_for("zhoumin"), CodeParams(kind=kind))
    assert years(reader_for("zhoumin"), NoParams()) == [2027, 2026, 2025]


@pytest.mark.parametrize(
    ("values", "words"),
    [(("9" * 30,), "E4006 条件“year”的值"), (("2026",) * 1001, "有 1001 个值，一次最多 1000 个")],
)
def test_a_filter_takes_what_a_column_can_hold(
    reader_for: ReaderFor, values: tuple[str, ...], words: str
) -> None:
    spec = ListSpec(filters=(Criterion(name="year", values=values),))
    with pytest.raises(BadInput, match=words):
        listing.page(reader_for("zhoumin"), FUND_PLAN_LIST, spec)


def test_imports_are_seen_by_the_unit_that_made_them(office: Office) -> None:
    from govproc_desktop.queries.fund_plans import IMPORT_LOG_LIST
    from govproc_desktop.queries.imports import SameFileParams, same_file
    from govproc_desktop.queries.listing import ListSpec, page
    from govproc_desktop.queries.registry import Reader

    office.fund("JH-SEEN", "1.00")  # imported by the finance office

    def reader(login: str) -> Reader:
        return Reader(office.database, office.actor(login), office.clock())

    wanted = SameFileParams(file_hash="JH-SEEN")
    assert len(same_file(reader("linlan"), wanted)) == 1
    assert same_file(reader("zhoumin"), wanted) == []
    spec = ListSpec()
    seen = page(reader("zhoumin"), IMPORT_LOG_LIST, spec, offset=0, limit=50)
    assert list(seen) == []
