"""The rules about a plan's money, one line of facts each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest

from govproc_desktop.domain.plan.content import FundDraw, FundKind, PlanContent
from govproc_desktop.domain.plan.facts import TakenMeanwhile
from govproc_desktop.domain.plan.rules_money import (
    amounts_proper,
    draft_holds_nothing,
    funds_own,
    funds_usable,
    midterm_funds,
    nothing_contracted,
    subtotals_computed,
    sums_agree,
    within_available,
)
from govproc_desktop.domain.plan.totals import totals
from tests.domain.plan_samples import (
    OWN_UNIT,
    content,
    draw,
    facts,
    failing,
    line,
    only,
    own,
    source,
)


def test_r1_pass_shows_the_number_beside_its_limit() -> None:
    fund = source("5000000.00", filed=Decimal("1924000.00"))
    check = only(within_available, facts(content(funds=[draw(fund, "3000000.00")]), fund))
    assert check.ok
    assert check.title == "用款计划 …0051 够用"
    assert check.detail() == "3,000,000.00 ≤ 3,076,000.00"
    assert (check.value, check.limit) == (Decimal("3000000.00"), Decimal("3076000.00"))


@pytest.mark.parametrize(("amount", "ok"), [("200000.00", True), ("200000.01", False)])
def test_r1_vector_to_the_fen(amount: str, ok: bool) -> None:
    fund = source("500000.00", filed=Decimal("300000.00"))
    check = only(within_available, facts(content(funds=[draw(fund, amount)]), fund))
    assert check.ok is ok
    if not ok:
        assert (check.code, check.field) == ("E1203", "funds.0.amount")
        assert "超过拟可用 200,000.00 元（多 0.01 元）" in check.detail()


def test_r1_what_it_holds_itself_counts_as_free() -> None:
    fund = source("500.00", in_transit=Decimal("500.00"), held=Decimal("500.00"))
    assert only(within_available, facts(content(funds=[draw(fund, "500.00")]), fund)).ok


def test_r1_draws_on_one_fund_plan_add_up_at_the_first_line() -> None:
    fund = source("100.00")
    said = content(funds=[own("5.00"), draw(fund, "60.00"), draw(fund, "50.00")])
    check = only(within_available, facts(said, fund))
    assert (check.value, check.field) == (Decimal("110.00"), "funds.1.amount")


def test_r1_says_who_took_it_meanwhile() -> None:
    fund = source("25000.00", in_transit=Decimal("8000.00"))
    taken = {fund.uid: TakenMeanwhile(person="李四", amount=Decimal("8000.00"))}
    said = content(funds=[draw(fund, "20000.00")])
    check = only(within_available, facts(said, fund, meanwhile=taken))
    assert check.code == "E1204"
    assert check.detail().startswith("刚才 李四 已占用 8,000.00 元")
    assert "现可用 17,000.00 元" in check.detail()


def test_r1_asks_nothing_of_unknown_or_empty_lines() -> None:
    fund = source("1.00")
    empty = FundDraw(uid=uuid4(), fund_plan=fund.uid)
    foreign = FundDraw(uid=uuid4(), fund_plan=uuid4(), amount=Decimal(9))
    assert within_available(facts(content(funds=[empty, foreign]), fund)) == ()


def test_r2_draft_says_it_holds_nothing() -> None:
    fund = source("500.00")
    said = content(funds=[draw(fund, "480.00"), own("12.00")])
    check = only(draft_holds_nothing, facts(said, fund))
    assert check.ok
    assert check.detail() == "草稿未占用，提交时占用 480.00 元"
    assert draft_holds_nothing(facts(said, fund, state="internal_review")) == ()


def test_r3_vector() -> None:
    first, second = source("300000.00"), source("200000.00")
    funds = [draw(first, "300000.00"), draw(second, "200000.00")]
    good = content(funds=funds, items=[line("500000")])
    assert only(sums_agree, facts(good, first, second)).detail() == (
        "500,000.00 + 0.00 = 500,000.00"
    )
    bad = content(funds=funds, items=[line("500100")])
    check = only(sums_agree, facts(bad, first, second))
    assert (check.ok, check.code, check.field) == (False, "E1207", "funds")
    assert check.detail() == (
        "资金合计 500,000.00 元 ≠ 采购内容合计 500,100.00 元，资金少 100.00 元。"
    )


def test_r3_too_much_money_is_said_as_such() -> None:
    check = only(sums_agree, facts(content(funds=[own("1.01")], items=[line("1")])))
    assert "资金多 0.01 元" in check.detail()


def test_r3_totals_of_an_incomplete_plan() -> None:
    half = replace(line("1"), price=None)
    endless = replace(line("1"), price=Decimal("Infinity"))
    huge = replace(line("999999999.9999"), quantity=Decimal("999999999.9999"))
    sums = totals(content(funds=[own("3.00")], items=[half, endless, huge, line("2.50")]))
    assert (sums.fiscal, sums.own, sums.items) == (0, Decimal("3.00"), Decimal("2.50"))
    assert sums.difference == Decimal("-0.50")


@pytest.mark.parametrize("amount", ["0", "-1", "12.345", "NaN", "Infinity", "1000000000000"])
def test_r4_amounts(amount: str) -> None:
    said = content(
        funds=[own("1.00"), FundDraw(uid=uuid4(), kind=FundKind.OTHER, amount=Decimal(amount))]
    )
    (check,) = failing(amounts_proper, facts(said))
    assert (check.code, check.field) == ("E1201", "funds.1.amount")


@pytest.mark.parametrize("number", ["0", "-1", "1.00001", "NaN", "Infinity", "1000000000"])
@pytest.mark.parametrize("name", ["quantity", "price"])
def test_r4_quantities_and_prices(name: str, number: str) -> None:
    said = content(items=[replace(line("1"), **{name: Decimal(number)})])
    (check,) = failing(amounts_proper, facts(said))
    assert check.field == f"items.0.{name}"


def test_r4_product_too_small_or_too_large() -> None:
    small = replace(line("0.0001"), quantity=Decimal("0.0001"))
    large = replace(line("999999999"), quantity=Decimal("999999999"))
    checks = failing(amounts_proper, facts(content(items=[small, large])))
    assert ["不到 1 分" in checks[0].detail(), "太大" in checks[1].detail()] == [True, True]


def test_r4_passes_with_the_count() -> None:
    check = only(amounts_proper, facts(content(funds=[own("1.00")], items=[line("1")])))
    assert check.detail() == "3 个数都大于 0，小数位合格"
    assert amounts_proper(facts(content())) == ()


def test_r5_half_up_and_never_typed() -> None:
    item = replace(line("0.3335"), quantity=Decimal("3"))  # 1.0005 → 1.00
    right = replace(item, subtotal=Decimal("1.00"))
    wrong = replace(item, subtotal=Decimal("1.01"))
    assert only(subtotals_computed, facts(content(items=[right]))).ok
    (check,) = failing(subtotals_computed, facts(content(items=[right, wrong])))
    assert check.detail().startswith("第 2 行小计 1.01 元 ≠ 数量×单价 1.00 元")


def test_r67_fund_plan_must_be_usable() -> None:
    good = source("1.00")
    cases = {
        "没有选到本单位": source("1.00", unit_id=OWN_UNIT + 1),
        "没有政府采购标识": source("1.00", is_gov_pur=False),
        "晚于采购年度 2026": source("1.00", year=2027),
    }
    assert only(funds_usable, facts(content(funds=[draw(good, "1.00")]), good)).ok
    for words, fund in cases.items():
        (check,) = failing(funds_usable, facts(content(funds=[draw(fund, "1.00")]), fund))
        assert words in check.detail()
        assert check.field == "funds.0.fund_plan"
    assert funds_usable(facts(content(funds=[own("1.00")]))) == ()


def test_r67_even_a_draft_names_its_own_fund_plans_only() -> None:
    fund, foreign = source("1.00"), source("1.00", unit_id=OWN_UNIT + 1)
    unknown = FundDraw(uid=uuid4())
    said = content(funds=[own("1.00"), draw(fund, "1.00"), draw(foreign, "1.00"), unknown])
    checks = failing(funds_own, facts(said, fund, foreign))
    assert [check.field for check in checks] == ["funds.2.fund_plan", "funds.3.fund_plan"]


def test_r17_midterm_uses_this_years_money_and_other_money_only() -> None:
    now, last = source("1.00"), source("1.00", year=2025)
    plan: PlanContent = content(funds=[draw(now, "1.00"), own("1.00")], midterm=True)
    assert only(midterm_funds, facts(plan, now)).ok
    old = content(funds=[draw(last, "1.00")], midterm=True)
    (check,) = failing(midterm_funds, facts(old, last))
    assert "是 2025 年的" in check.detail()
    public = content(funds=[own("1.00", FundKind.PUBLIC)], midterm=True)
    (check,) = failing(midterm_funds, facts(public))
    assert "不能用公用经费" in check.detail()
    assert midterm_funds(facts(replace(old, midterm=False), last)) == ()


def test_r18_contracts_keep_their_filed_money() -> None:
    fund = source("500.00", filed=Decimal("300.00"))
    said = content(funds=[draw(fund, "200.00")])
    assert only(nothing_contracted, facts(said, fund, contracted={fund.uid: Decimal("100.00")})).ok
    check = only(nothing_contracted, facts(said, fund, contracted={fund.uid: Decimal("100.01")}))
    assert not check.ok
    assert "已签合同 100.01 元，作废后备案占用只剩 100.00 元" in check.detail()
