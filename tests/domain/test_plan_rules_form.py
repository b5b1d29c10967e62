"""What a plan must say before it is submitted, who may decide on it, and where it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from govproc_desktop.domain.plan import flow
from govproc_desktop.domain.plan.content import FundDraw, FundKind, Item, PlanContent, SmeMode
from govproc_desktop.domain.plan.route import first_stop, needs_finance, next_stop, route_of
from govproc_desktop.domain.plan.rules_form import (
    dates_in_order,
    department_exists,
    finance_exists,
    required_filled,
    sme_answered,
    urgency_based,
)
from govproc_desktop.domain.plan.rules_lists import PLAN_RULES, SAVE_RULES
from govproc_desktop.domain.plan.rules_people import ReviewerFacts, may_review, not_own_work
from govproc_desktop.domain.rules import run_rules
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


def test_r63_names_every_empty_field_with_its_place() -> None:
    fields = [check.field for check in failing(required_filled, facts(PlanContent()))]
    assert fields == [
        "title",
        "year",
        "contact",
        "phone",
        "applied_on",
        "expected_on",
        "funds",
        "items",
    ]
    said = content(
        funds=[FundDraw(uid=uuid4(), kind=FundKind.OTHER)], items=[line("1"), Item(uid=uuid4())]
    )
    fields = [check.field for check in failing(required_filled, facts(said))]
    assert fields[:2] == ["funds.0.amount", "funds.0.own_kind"]
    assert fields[2:] == [
        *(f"items.1.{name}" for name in ("code", "quantity", "price")),
        *(
            f"items.1.choice.{name}"
            for name in ("method", "organisation", "agency_kind", "purchase_form")
        ),
    ]


def test_r63_sentences_say_the_label() -> None:
    checks = failing(required_filled, facts(replace(content(funds=[own("1.00")]), phone="")))
    assert [check.detail() for check in checks] == ["“联系电话”还没有填。", "“采购内容”还没有填。"]
    assert only(required_filled, facts(content(funds=[own("1.00")], items=[line("1")]))).ok


def test_r68_expected_not_before_applied() -> None:
    said = content(applied_on=date(2026, 11, 23), expected_on=date(2026, 11, 10))
    check = only(dates_in_order, facts(said))
    assert (check.ok, check.field) == (False, "expected_on")
    assert check.detail() == "期望完成时间 2026-11-10 早于申请日期，请改到 2026-11-23 之后。"
    assert only(dates_in_order, facts(replace(said, expected_on=date(2026, 11, 23)))).ok
    assert dates_in_order(facts(PlanContent())) == ()


@pytest.mark.parametrize("year", [-1, 1, 1999, 2100, 2**31 - 1])
def test_r68_the_procurement_year_is_a_year(year: int) -> None:
    (check,) = [each for each in dates_in_order(facts(content(year=year))) if not each.ok]
    assert (check.field, str(year) in check.detail()) == ("year", True)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"sme_mode": SmeMode.EMPTY}, ["sme_mode"]),
        ({"sme_mode": SmeMode.WHOLE}, []),
        ({"sme_mode": SmeMode.NONE}, ["sme_reason"]),
        ({"sme_mode": SmeMode.NONE, "sme_reason": "只有唯一供应商"}, []),
        ({"sme_mode": SmeMode.RESERVED}, ["sme_percent", "sme_how"]),
        ({"sme_mode": SmeMode.RESERVED, "sme_percent": 29, "sme_how": "package"}, ["sme_percent"]),
        ({"sme_mode": SmeMode.RESERVED, "sme_percent": 101, "sme_how": "package"}, ["sme_percent"]),
        ({"sme_mode": SmeMode.RESERVED, "sme_percent": 30, "sme_how": "package"}, []),
    ],
)
def test_r64_sme_block(changes: dict[str, object], fields: list[str]) -> None:
    made = facts(content(items=[line("1")], **changes))
    assert [check.field for check in failing(sme_answered, made)] == fields


def test_r64_works_reserve_at_least_forty_percent() -> None:
    works = line("1", "B0101", method="JZCS", condition="JZCS-5")
    given = {"sme_mode": SmeMode.RESERVED, "sme_how": "subcontract"}
    assert failing(sme_answered, facts(content(items=[works], sme_percent=39, **given)))
    check = only(sme_answered, facts(content(items=[works], sme_percent=40, **given)))
    assert check.detail() == "预留 40% ≥ 40%，分包给中小企业"


def test_r65_urgency_needs_a_basis() -> None:
    assert only(urgency_based, facts(content(urgent=True))).field == "urgent_basis"
    assert only(urgency_based, facts(content(urgent=True, urgent_basis="防汛抢险"))).ok
    assert urgency_based(facts(content())) == ()


def test_r14_department_and_r69_finance_must_exist() -> None:
    ticked = content(department_review=True)
    assert only(department_exists, facts(ticked, parent_name="河南省农业农村厅")).ok
    assert only(department_exists, facts(ticked)).field == "department_review"
    assert department_exists(facts(content())) == ()


def test_r69_finance_office_must_exist_when_needed() -> None:
    bought = content(is_import=True, items=[line("1")])
    assert only(finance_exists, facts(bought, has_finance=False)).refuses
    assert finance_exists(facts(bought)) == ()
    assert finance_exists(facts(content(items=[line("1")]), has_finance=False)) == ()


REVIEWER = ReviewerFacts(
    name="王五",
    person=3,
    makers=frozenset({1, 2}),
    permission="内部审核",
    granted=True,
    internal_mark=True,
    internal=True,
    at_desk=True,
    desk="河南省青禾农业科学研究院",
)


def test_r15_maker_is_not_checker() -> None:
    assert only(not_own_work, REVIEWER).ok
    for person in (1, 2):
        check = only(not_own_work, replace(REVIEWER, person=person))
        assert (check.ok, check.code) == (False, "E1301")
        assert check.detail() == "经办人与审核人不能是同一人（王五）。未审核。"


@pytest.mark.parametrize(
    ("granted", "mark", "words"),
    [
        (True, True, "有“内部审核”权限"),
        (True, False, "有“内部审核”功能权限，但没有内部审核标志"),
        (False, True, "您没有“内部审核”功能权限，没有办理"),
        (False, False, "功能权限，也没有内部审核标志"),
    ],
)
def test_r16_two_marks(granted: bool, mark: bool, words: str) -> None:
    check = only(may_review, replace(REVIEWER, granted=granted, internal_mark=mark))
    assert check.ok is (granted and mark)
    assert words in check.detail()


def test_r16_other_steps_need_no_mark_but_the_right_desk() -> None:
    finance = replace(REVIEWER, internal=False, internal_mark=False, at_desk=False, desk="财政厅")
    assert [check.detail() for check in failing(may_review, finance)] == [
        "这一步由 财政厅 的人办理，您不在这个单位，没有办理。"
    ]


@pytest.mark.parametrize(
    ("changes", "mode", "nodes"),
    [
        ({}, "at_once", ()),
        ({}, "internal", (flow.INTERNAL,)),
        ({"department_review": True}, "at_once", (flow.INTERNAL, flow.DEPARTMENT)),
        ({"is_import": True}, "at_once", (flow.INTERNAL, flow.FINANCE, flow.APPROVAL)),
        ({"is_import": True, "department_review": True}, "internal", flow.NODES),
    ],
)
def test_r14_route(changes: dict[str, object], mode: str, nodes: tuple[str, ...]) -> None:
    route = route_of(facts(content(items=[line("1")], **changes), filing_mode=mode))
    assert route.nodes == nodes
    assert route.text() == ",".join(nodes)
    assert {reason.node for reason in route.reasons} >= set(nodes) - {flow.APPROVAL}
    assert all(reason.sentence() for reason in route.reasons)


def test_r12_route_reasons_carry_the_numbers() -> None:
    made = facts(content(items=[line("4860000", method="JZCS", condition="JZCS-2")]))
    reasons = {reason.rule: reason.sentence() for reason in route_of(made).reasons}
    assert reasons["R12"] == (
        "货物 4,860,000.00 ≥ 公开招标数额标准 4,000,000.00，又不是公开招标，须财政审核"
    )
    unknown = facts(content(items=[line("1")]), used=without_limits())
    assert needs_finance(unknown)
    assert "没有登记货物的公开招标数额标准" in route_of(unknown).reasons[1].sentence()


def test_stops_on_a_route() -> None:
    whole = flow.NODES
    assert first_stop((), before=whole, returned_from=flow.FINANCE) == flow.FILED
    assert first_stop(whole, before=(), returned_from="") == flow.INTERNAL
    assert first_stop(whole, before=whole, returned_from=flow.FINANCE) == flow.FINANCE
    short = (flow.INTERNAL, flow.FINANCE, flow.APPROVAL)
    assert first_stop(whole, before=short, returned_from=flow.FINANCE) == flow.DEPARTMENT
    assert first_stop((flow.INTERNAL,), before=short, returned_from=flow.FINANCE) == flow.INTERNAL
    assert next_stop(short, flow.INTERNAL) == flow.FINANCE
    assert next_stop(short, flow.APPROVAL) == flow.FILED


def test_a_whole_plan_is_all_green_and_every_check_speaks() -> None:
    fund = source("5000000.00")
    said = content(funds=[draw(fund, "300000.00"), own("200.00")], items=[line("300200")])
    checks = run_rules(PLAN_RULES, facts(said, fund))
    assert [check.rule for check in checks if not check.ok] == []
    assert all(check.title and check.detail() and check.source for check in checks)
    assert all(check.ok for check in run_rules(SAVE_RULES, facts(PlanContent())))
