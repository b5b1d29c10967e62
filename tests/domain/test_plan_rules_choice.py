"""The rules about how a line is procured, and about limits and the files they ask for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from govproc_desktop.domain.plan.facts import SimilarKey
from govproc_desktop.domain.plan.rules_choice import (
    catalogue_forced,
    code_known,
    codes_known,
    condition_belongs,
    condition_chosen,
    mall_forced,
    method_fits,
)
from govproc_desktop.domain.plan.rules_limits import (
    import_papers,
    no_splitting,
    other_papers,
    tender_or_approval,
)
from govproc_desktop.domain.rules import Level
from tests.domain.plan_samples import (
    content,
    draw,
    facts,
    failing,
    line,
    only,
    own,
    source,
    without_limits,
)

DESKTOP_2013 = "A02010104"
GUARD = "C0810"


@pytest.mark.parametrize("code", ["C081401", "B0101"])
def test_r6_inquiry_buys_goods_only(code: str) -> None:
    check = only(method_fits, facts(content(items=[line("1", code)])))
    assert (check.ok, check.code, check.field) == (False, "E1402", "items.0.choice.method")
    assert "不能用询价" in check.detail()
    assert "政府采购法第32条" in check.detail()


def test_r6_passes_and_refuses_a_forged_code() -> None:
    assert only(method_fits, facts(content(items=[line("1")]))).ok
    (check,) = failing(method_fits, facts(content(items=[line("1", method="HACK")])))
    assert "“HACK”不在采购方式表中" in check.detail()
    assert method_fits(facts(content(items=[line("1", method="")]))) == ()


def test_r8_condition_needed_except_for_public_tender() -> None:
    bare = line("1", condition="")
    (check,) = failing(condition_chosen, facts(content(items=[line("1"), bare])))
    assert (check.field, check.go) == ("items.1.choice.condition",) * 2
    assert "第 2 行采用询价，还没有选适用条件" in check.detail()
    tender = line("1", method="GKZB", condition="")
    assert condition_chosen(facts(content(items=[tender]))) == ()
    assert only(condition_chosen, facts(content(items=[line("1")]))).ok


def test_r8_condition_of_another_method_is_refused_even_in_a_draft() -> None:
    (check,) = failing(condition_belongs, facts(content(items=[line("1", condition="DYLY-1")])))
    assert "“DYLY-1”不属于询价" in check.detail()
    (check,) = failing(
        condition_belongs, facts(content(items=[line("1", method="", condition="XJ-1")]))
    )
    assert "不属于所选采购方式" in check.detail()
    assert condition_belongs(facts(content(items=[line("1")]))) == ()


def test_r9_mall_within_and_above_its_limit() -> None:
    at_limit = line("1000000", DESKTOP_2013)
    check = only(mall_forced, facts(content(items=[at_limit])))
    assert (check.ok, check.code) == (False, "E1401")
    assert "1,000,000.00 元未超过网上商城限额 1,000,000.00 元（须核对），只能用网上商城" in (
        check.detail()
    )
    bought = line("1000000", DESKTOP_2013, method="WSSC", condition="WSSC-1")
    assert only(mall_forced, facts(content(items=[bought]))).ok
    above = only(mall_forced, facts(content(items=[line("1000000.01", DESKTOP_2013)])))
    assert above.ok
    assert "1,000,000.01 > 网上商城限额 1,000,000.00" in above.detail()


def test_r9_says_nothing_outside_the_mall_or_without_a_limit() -> None:
    assert mall_forced(facts(content(items=[line("1")]))) == ()
    unknown = facts(content(items=[line("1", DESKTOP_2013)]), used=without_limits())
    assert mall_forced(unknown) == ()


def test_r10_catalogue_line_goes_to_the_central_agency() -> None:
    wrong = line("2000000", DESKTOP_2013)
    check = only(catalogue_forced, facts(content(items=[wrong])))
    assert (check.ok, check.field) == (False, "items.0.choice.organisation")
    half = line("2000000", DESKTOP_2013, organisation="ZFJZ")
    check = only(catalogue_forced, facts(content(items=[half])))
    assert check.field == "items.0.choice.agency_kind"
    right = line("2000000", DESKTOP_2013, organisation="ZFJZ", agency_kind="JCJG")
    assert only(catalogue_forced, facts(content(items=[right]))).ok


def test_r10_exception_releases_and_asks_for_its_paper() -> None:
    said = content(items=[line("2000000", DESKTOP_2013, exception_no="国函〔2026〕1号")])
    assert only(catalogue_forced, facts(said)).ok
    (check,) = failing(other_papers, facts(said))
    assert check.field == "attachments.central_exception"
    assert only(other_papers, facts(said, files=frozenset({"central_exception"}))).ok


def test_r10_guard_service_only_when_ticked() -> None:
    service = line("10", GUARD, method="GKZB", condition="")
    assert catalogue_forced(facts(content(items=[service]))) == ()
    assert facts(content(items=[service])).items[0].claims == ("保安服务",)
    ticked = replace(service, guard_service=True)
    assert not only(catalogue_forced, facts(content(items=[ticked]))).ok


def test_r11_same_code_means_another_thing_in_another_version() -> None:
    old = facts(content(items=[line("1", "A02010105")])).items[0]
    new = facts(content(items=[line("1", "A02010105", catalog_version="2022")])).items[0]
    assert old.category is not None
    assert new.category is not None
    assert (old.category.name, new.category.name) == ("便携式计算机", "台式计算机")
    (check,) = failing(
        code_known, facts(content(items=[line("1", "A02010103", catalog_version="2022")]))
    )
    assert "2022 版品目目录里没有“A02010103”" in check.detail()
    for broken in (line("1", "XYZ"), line("1", catalog_version="1999")):
        assert failing(code_known, facts(content(items=[broken])))
    assert only(code_known, facts(content(items=[line("1"), line("1", "")]))).ok


def test_r7_import_needs_its_papers() -> None:
    said = content(items=[line("1")], is_import=True)
    checks = failing(import_papers, facts(said))
    assert [check.field for check in checks] == ["attachments.import", "attachments.import_expert"]
    assert {check.code for check in checks} == {"E1403"}
    assert "缺附件“进口产品论证材料”。依据：财库〔2007〕119号" in checks[0].detail()
    there = facts(said, files=frozenset({"import", "import_expert"}))
    assert [check.ok for check in import_papers(there)] == [True, True]
    assert import_papers(facts(replace(said, is_import=False))) == ()


def test_r66_files_asked_for_by_other_rules() -> None:
    from govproc_desktop.domain.plan.content import SmeMode

    said = content(urgent=True, sme_mode=SmeMode.NONE)
    checks = failing(other_papers, facts(said))
    assert {check.field for check in checks} == {
        "attachments.urgent_basis",
        "attachments.sme_reason",
    }


@pytest.mark.parametrize(("price", "reached"), [("3999999.99", False), ("4000000", True)])
def test_r12_limit_is_reached_at_the_limit(price: str, reached: bool) -> None:
    made = facts(content(items=[line(price, method="JZCS", condition="JZCS-2")]))
    check = only(tender_or_approval, made)
    assert check.ok is not reached
    assert bool(made.over_tender) is reached
    if reached:
        assert check.level is Level.EXPLAIN
        assert check.title == "达到公开招标数额，却不是公开招标"
        assert "货物 4,000,000.00 ≥ 公开招标数额标准 4,000,000.00（须核对），缺批准文号" in (
            check.detail()
        )
        assert "须核对" in check.why


def test_r12_refuses_at_the_finance_office_and_passes_with_papers() -> None:
    said = content(items=[line("4860000", method="DYLY", condition="DYLY-1")])
    check = only(tender_or_approval, facts(said, state="finance_review"))
    assert check.refuses
    assert check.go == "approval_no"
    numbered = replace(said, approval_no="豫财购〔2026〕88号")
    check = only(tender_or_approval, facts(numbered, state="finance_approval"))
    assert check.refuses
    assert check.go == "attachments"
    papers = {each.kind for each in facts(said).files}
    assert papers == {"method_reason", "single_source_opinion", "single_source_notice"}
    check = only(tender_or_approval, facts(numbered, files=frozenset(papers)))
    assert check.ok
    assert "批准文号 豫财购〔2026〕88号" in check.detail()


def test_r12_public_tender_and_small_kinds_are_left_alone() -> None:
    tender = line("9000000", method="GKZB", condition="")
    assert tender_or_approval(facts(content(items=[tender]))) == ()
    two = content(items=[tender, line("10"), line("10", "C081401", method="JZTP", condition="")])
    assert [check.ok for check in tender_or_approval(facts(two))] == [True, True]


def test_r12_works_use_the_bidding_limit_and_a_missing_limit_goes_to_finance() -> None:
    works = line("4000000", "B0101", method="JZCS", condition="JZCS-5")
    check = only(tender_or_approval, facts(content(items=[works])))
    assert "工程必须招标数额 4,000,000.00" in check.detail()
    unknown = facts(content(items=[line("1")]), used=without_limits())
    check = only(tender_or_approval, unknown)
    assert (check.ok, check.level) == (False, Level.EXPLAIN)
    assert unknown.over_tender


KEY = SimilarKey("P1", "2013", "A020102")


@pytest.mark.parametrize(
    ("now", "over"), [("200000.00", False), ("200000.01", True), ("300000.00", True)]
)
def test_r13_over_means_more_than_the_limit(now: str, over: bool) -> None:
    fund = source("9000000.00")
    said = content(funds=[draw(fund, now)], items=[line(now)])
    made = facts(said, fund, earlier={KEY: Decimal("3800000.00")})
    check = only(no_splitting, made)
    assert check.ok is not over
    if over:
        assert check.refuses
        assert (check.field, check.go) == ("split_reason", "split_reason")
    else:
        assert check.detail() == "3,800,000.00 + 200,000.00 ≤ 4,000,000.00（须核对）"


def test_r13_a_written_reason_lets_it_pass_to_the_reviewer() -> None:
    fund = source("9000000.00")
    said = content(funds=[draw(fund, "300000.00")], items=[line("300000")], split_reason="预算追加")
    check = only(no_splitting, facts(said, fund, earlier={KEY: Decimal("3800000.00")}))
    assert (check.ok, check.refuses, check.level) == (False, False, Level.EXPLAIN)
    assert "说明：预算追加" in check.detail()


def test_r13_one_large_purchase_is_not_several() -> None:
    fund = source("9000000.00")
    said = content(funds=[draw(fund, "4500000.00")], items=[line("4500000")])
    check = only(no_splitting, facts(said, fund))
    assert check.ok
    assert "没有其他同类采购" in check.detail()


def test_r13_needs_a_project_and_a_limit_and_ignores_tenders() -> None:
    fund = source("9.00", pro_code="")
    said = content(funds=[draw(fund, "1.00")], items=[line("1")])
    assert no_splitting(facts(said, fund)) == ()
    named = source("9.00")
    tender = content(funds=[draw(named, "1.00")], items=[line("1", method="GKZB", condition="")])
    assert no_splitting(facts(tender, named)) == ()
    bought = content(funds=[draw(named, "1.00")], items=[line("1")])
    assert no_splitting(facts(bought, named, used=without_limits())) == ()


def test_r70_codes_are_of_their_tables() -> None:
    codes = {"organisation_forms": {"FSCG": "分散采购"}, "fund_kinds": {"31": "事业收入"}}
    fits = content(items=[line("1")])
    assert failing(codes_known, facts(fits, codes=codes)) == []
    forged = content(items=[line("1", organisation="plan.edit")])
    (check,) = failing(codes_known, facts(forged, codes=codes))
    assert check.detail() == "第 1 行的组织形式“plan.edit”不在代码表里。请重新选择。"
    assert check.field == "items.0.choice.organisation"
    strange = replace(own("1.00"), own_kind="99")
    (check,) = failing(codes_known, facts(replace(fits, funds=(strange,)), codes=codes))
    assert (check.params["name"], check.field) == ("资金性质", "funds.0.own_kind")
