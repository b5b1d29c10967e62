"""The records of forms 1 and 8, read back from what really happened, on both databases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from office import Office, make_office

from govproc_desktop.domain.documents import FundUsageSheet, PlanSheet
from govproc_desktop.domain.errors import AppError, BadInput, NotFound, Refused
from govproc_desktop.models.engine import Database
from govproc_desktop.printing.raster import page_text
from govproc_desktop.printing.registry import render
from govproc_desktop.queries.documents import last_print, sheet
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.plans import SavePlan, SubmitPlan
from govproc_desktop.services.print_log import NotePrint


@pytest.fixture
def office(database: Database) -> Office:
    return make_office(database)


def reader(office: Office, login: str = "zhoumin") -> Reader:
    return Reader(office.database, office.actor(login), office.clock())


def submitted(office: Office) -> tuple[UUID, UUID]:
    fund = office.fund("JH2026410000001", "500000.00")
    plan = uuid4()
    content = office.content(funds=((fund, "380000.00"),), own="12000.00", remark="急")
    office.do("zhoumin", SavePlan(plan=plan, content=content))
    office.do("zhoumin", SubmitPlan(plan=plan, seen_version=1, opinion="请审核"))
    return plan, fund


def plan_sheet(office: Office, plan: UUID) -> PlanSheet:
    made = sheet(reader(office), "F-01", plan)
    assert isinstance(made, PlanSheet)
    return made


def test_a_plan_under_review_prints_with_its_watermark_and_empty_boxes(office: Office) -> None:
    plan, _fund = submitted(office)
    made = plan_sheet(office, plan)
    assert (made.watermark, made.number, made.version) == ("审核中", None, 1)
    assert (made.total, made.fiscal_sum, made.own_sum) == (
        Decimal("392000.00"),
        Decimal("380000.00"),
        Decimal("12000.00"),
    )
    assert [(row.plan_no, row.amount, row.used) for row in made.funds] == [
        ("JH2026410000001", Decimal("500000.00"), Decimal("380000.00")),
        ("其它资金", None, Decimal("12000.00")),
    ]
    assert made.funds[0].econ_class == "31002 办公设备购置"
    assert (made.method, made.organisation, made.purchase_form) == ("询价", "分散采购", "项目采购")
    assert "政府采购法第32条" in made.condition
    assert [(each.title, each.person) for each in made.opinions] == [
        ("经办意见", "周敏"),
        ("内部审核意见", None),
    ]


def test_a_filed_plan_names_who_signed_and_drops_a_voided_opinion(office: Office) -> None:
    plan, _fund = submitted(office)
    office.do("zhengjianguo", ReturnPlan(plan=plan, seen_version=2, opinion="补报价"))
    office.clock.move(days=1)
    office.do("zhoumin", SubmitPlan(plan=plan, seen_version=2, opinion="已补"))
    office.do("zhengjianguo", ApprovePlan(plan=plan, seen_version=3, opinion="同意上报"))
    made = plan_sheet(office, plan)
    assert made.watermark == ""
    assert made.number == "豫财询价采购-2026-1"
    assert (made.version, len(made.record_hash)) == (2, 64)
    assert [(each.text, each.person, str(each.date)) for each in made.opinions] == [
        ("已补", "周敏", "2026-11-24"),
        ("同意上报", "郑建国", "2026-11-24"),
    ]
    words = page_text(render("F-01", made), 0)
    for each in ("豫财询价采购-2026-1", "392,000.00", "叁拾玖万贰仟元整", "郑建国", "第 1 页"):
        assert each in words
    assert "审核中" not in words


def test_copies_are_numbered_where_the_last_print_ended(office: Office) -> None:
    plan, _fund = submitted(office)
    assert plan_sheet(office, plan).copy_no == 1
    assert last_print(reader(office), "F-01", plan) is None
    office.do("zhoumin", NotePrint(form="F-01", document=plan, version=1, copies=2))
    assert plan_sheet(office, plan).copy_no == 3
    printed = last_print(reader(office), "F-01", plan)
    assert printed is not None
    assert printed[1:] == ("周敏", 2)


def test_fund_usage_adds_up_and_lists_its_documents(office: Office) -> None:
    plan, fund = submitted(office)
    office.do("zhengjianguo", ApprovePlan(plan=plan, seen_version=2, opinion=""))
    made = sheet(reader(office), "F-08", fund)
    assert isinstance(made, FundUsageSheet)
    amounts = made.rows[0].amounts
    assert (amounts.planned, amounts.filed, amounts.in_transit, amounts.left_to_plan) == (
        Decimal("500000.00"),
        Decimal("380000.00"),
        Decimal("0.00"),
        Decimal("120000.00"),
    )
    assert made.totals == amounts
    assert [(each.name, each.amount) for each in made.rows[0].documents] == [
        ("用款计划下达", Decimal("500000.00")),
        ("办公设备购置（2026 年第二批）", Decimal("380000.00")),
    ]
    whole = sheet(reader(office), "F-08", office.units["institute"])
    assert isinstance(whole, FundUsageSheet)
    assert whole.totals == made.totals
    assert "380,000.00" in page_text(render("F-08", whole), 0)


def test_nobody_reads_another_units_paper(office: Office) -> None:
    plan, fund = submitted(office)
    for code, uid in (("F-01", plan), ("F-08", fund)):
        with pytest.raises(NotFound):
            sheet(reader(office, "liuyang"), code, uid)
        with pytest.raises(Refused):
            sheet(reader(office, "admin"), code, uid)
    with pytest.raises(BadInput, match="没有编号为"):
        sheet(reader(office), "F-99", plan)


@pytest.mark.parametrize(
    ("login", "changes", "code"),
    [
        ("liuyang", {}, "E1306"),
        ("liuyang", {"form": "F-08"}, "E1306"),
        ("admin", {}, "E1305"),
        ("zhoumin", {"form": "F-99"}, "E4005"),
        ("zhoumin", {"medium": "air"}, "E4005"),
        ("zhoumin", {"copies": 0}, "E4005"),
        ("zhoumin", {"copies": 1000}, "E4005"),
        ("zhoumin", {"document": uuid4()}, "E1306"),
    ],
)
def test_only_what_one_may_read_is_noted_as_printed(
    office: Office, login: str, changes: dict[str, Any], code: str
) -> None:
    plan = uuid4()
    office.do("zhoumin", SavePlan(plan=plan, content=office.content()))
    note = NotePrint(**{"form": "F-01", "document": plan, "version": 1, **changes})
    with pytest.raises(AppError, match=code):
        office.do(login, note)
