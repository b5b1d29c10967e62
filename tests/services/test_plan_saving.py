"""Saving plans through the door: what a draft may hold, what even a draft may not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from govproc_desktop.domain.errors import (
    AppError,
    BadInput,
    NotFound,
    Refused,
    RulesBroken,
    StaleRecord,
)
from govproc_desktop.domain.plan.content import FundDraw, FundKind, Item, PlanContent, SmeMode
from govproc_desktop.models import JournalEntry, Plan, PlanFund, PlanItem
from govproc_desktop.models.engine import Database
from govproc_desktop.services import wire
from govproc_desktop.services.approvals import ReturnPlan
from govproc_desktop.services.plan_facts import content_of
from govproc_desktop.services.plans import SavePlan, SubmitPlan
from tests.office import Office, choose, item, make_office


@pytest.fixture
def office(database: Database) -> Office:
    return make_office(database)


def read(office: Office, uid: UUID) -> PlanContent:
    with office.database.sessions() as session:
        return content_of(session, session.scalars(select(Plan).where(Plan.uid == uid)).one())


def save(office: Office, content: PlanContent, uid: UUID | None = None, seen: int = 0) -> UUID:
    uid = uid or uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=content, seen_version=seen))
    return uid


def refused(office: Office, cmd: object, kind: type[AppError], login: str = "zhoumin") -> AppError:
    kinds = (Plan, PlanFund, PlanItem, JournalEntry)

    def rows() -> list[int]:
        with office.database.sessions() as session:
            return [session.scalar(select(func.count()).select_from(each)) or 0 for each in kinds]

    before = rows()
    with pytest.raises(kind) as caught:
        office.do(login, cmd)
    assert rows() == before
    return caught.value


def test_everything_typed_comes_back(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500000.00")
    said = office.content(
        funds=[(fund, "380000.00")],
        own="12000.00",
        items=[
            item("5200.1234", quantity="60.5", spec="8 核 / 16 GB\n第二行", deliver_on=None),
            item("1", choice=choose("JZTP", "JZTP-2", exception_no="国函1号"), guard_service=True),
        ],
        business_office="农业农村处",
        approval_no="豫财购〔2026〕88号",
        midterm=True,
        urgent=True,
        urgent_basis="防汛",
        sme_mode=SmeMode.RESERVED,
        sme_percent=30,
        sme_how="package",
        sme_reason="理由",
        split_reason="说明",
        remark="备注𬭚䶮",
    )
    uid = save(office, said)
    totals = (Decimal("314607.47"), Decimal("1.00"))
    lines = tuple(
        replace(each, subtotal=total) for each, total in zip(said.items, totals, strict=True)
    )
    assert read(office, uid) == replace(said, items=lines)
    plan = office.plan(uid)
    assert (str(plan.total), str(plan.fiscal), str(plan.own)) == (
        "314608.47",
        "380000.00",
        "12000.00",
    )
    assert (plan.method, plan.organisation, plan.author_name) == ("XJ", "FSCG", "周敏")
    assert "bgsbgz" in plan.search_text
    assert wire.load(PlanContent, wire.dump(said)) == said


def test_r2_two_drafts_may_each_ask_for_more_than_there_is(office: Office) -> None:
    fund = office.fund("JH2026410000001", "200000.00")
    for _ in range(2):
        save(office, office.content(funds=[(fund, "150000.00")]))
    assert str(office.balance(fund).in_transit) == "0.00"


def test_r3_r7_an_incomplete_draft_saves(office: Office) -> None:
    uid = save(office, PlanContent())
    assert read(office, uid) == PlanContent()
    bare = PlanContent(
        is_import=True,
        funds=(FundDraw(uid=uuid4(), kind=FundKind.PUBLIC),),
        items=(Item(uid=uuid4()),),
    )
    save(office, bare, uid, 1)
    assert read(office, uid).items[0].quantity is None


def test_lines_keep_identity_move_and_disappear(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    one, two, three = item("1"), item("2"), item("3")
    uid = save(office, office.content(funds=[(fund, "6.00")], items=[one, two, three]))
    again = replace(read(office, uid), items=(three, replace(one, name="改名")))
    save(office, again, uid, 1)
    assert [(each.uid, each.name) for each in read(office, uid).items] == [
        (three.uid, "交换机"),
        (one.uid, "改名"),
    ]
    assert office.plan(uid).row_version == 2


@pytest.mark.parametrize("amount", ["0", "-1", "12.345", "1000000000000", "NaN"])
def test_r4_bad_amounts_are_refused_even_in_a_draft(office: Office, amount: str) -> None:
    line = FundDraw(uid=uuid4(), kind=FundKind.OTHER, amount=Decimal(amount))
    cmd = SavePlan(plan=uuid4(), content=replace(office.content(), funds=(line,)))
    fault = refused(office, cmd, RulesBroken)
    assert isinstance(fault, RulesBroken)
    assert [(v.rule, v.code, v.field) for v in fault.violations] == [
        ("R4", "E1201", "funds.0.amount")
    ]


def test_r5_a_forged_subtotal_is_refused(office: Office) -> None:
    forged = replace(item("10"), subtotal=Decimal("9.00"))
    cmd = SavePlan(plan=uuid4(), content=office.content(items=[forged]))
    assert "第 1 行小计 9.00 元 ≠ 数量×单价 10.00 元" in str(refused(office, cmd, RulesBroken))


def test_r6_forged_inquiry_for_services_is_refused(office: Office) -> None:
    service = item("10", code="C081401", choice=choose("XJ"))
    cmd = SavePlan(plan=uuid4(), content=office.content(items=[service]))
    assert "不能用询价" in str(refused(office, cmd, RulesBroken))


def test_r8_condition_of_another_method_is_refused(office: Office) -> None:
    cmd = SavePlan(
        plan=uuid4(), content=office.content(items=[item("10", choice=choose("XJ", "JZTP-2"))])
    )
    assert "不属于询价" in str(refused(office, cmd, RulesBroken))


def test_r67_another_units_fund_plan_is_refused(office: Office) -> None:
    foreign = office.fund("JH2026410000009", "500.00", unit="station")
    for fund in (foreign, uuid4()):
        cmd = SavePlan(plan=uuid4(), content=office.content(funds=[(fund, "1.00")]))
        assert "没有选到本单位的用款计划" in str(refused(office, cmd, RulesBroken))


def test_e1302_saved_by_someone_else(office: Office) -> None:
    office.operator("wangfang", "王芳", "institute", ("plan.view", "plan.edit"))
    content = office.content()
    uid = save(office, content)
    office.do("wangfang", SavePlan(plan=uid, content=content, seen_version=1))
    for seen in (0, 1):
        cmd = SavePlan(plan=uid, content=content, seen_version=seen)
        assert refused(office, cmd, StaleRecord).code == "E1302"
    plan = office.plan(uid)
    assert plan.author_person != plan.editor_person


def test_r15_only_the_own_unit_edits(office: Office) -> None:
    office.operator("upper", "马丽", "department", ("plan.view", "plan.edit"))
    uid = save(office, office.content())
    cmd = SavePlan(plan=uid, content=office.content(), seen_version=1)
    assert refused(office, cmd, Refused, "upper").code == "E1305"
    assert refused(office, cmd, NotFound, "liuyang").code == "E1306"
    assert refused(office, cmd, Refused, "sunli").code == "E1305"


def test_e1303_under_review_nothing_is_edited_returned_it_is(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    content = office.content(funds=[(fund, "300.00")])
    uid = save(office, content)
    office.do("zhoumin", SubmitPlan(plan=uid, seen_version=1))
    cmd = SavePlan(plan=uid, content=content, seen_version=2)
    assert refused(office, cmd, Refused).sentence() == "当前状态“内部审核”不能“修改”。"
    office.do("zhengjianguo", ReturnPlan(plan=uid, seen_version=2, opinion="补材料"))
    office.do("zhoumin", cmd)
    assert office.plan(uid).state == "returned"


def test_two_lines_with_one_uid_are_refused(office: Office) -> None:
    line = item("1")
    cmd = SavePlan(plan=uuid4(), content=office.content(items=[line, line]))
    assert refused(office, cmd, BadInput).code == "E4005"
