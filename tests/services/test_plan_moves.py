"""Submitting, withdrawing, urging, voiding and deleting plans through the door, on both engines."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from govproc_desktop.domain.errors import AppError, Refused, RulesBroken, StaleRecord
from govproc_desktop.models import (
    DocumentVersion,
    JournalEntry,
    LedgerEntry,
    NumberIssued,
    Plan,
    StepTaken,
    Task,
)
from govproc_desktop.models.engine import Database
from govproc_desktop.models.facts import digest
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.plans import (
    DeletePlan,
    SavePlan,
    SubmitPlan,
    UrgePlan,
    VoidPlan,
    WithdrawPlan,
)
from tests.office import Office, choose, item, make_office


@pytest.fixture
def office(database: Database) -> Office:
    return make_office(database)


def saved(office: Office, **content: object) -> UUID:
    uid = uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content(**content)))
    return uid


def submit(office: Office, uid: UUID, login: str = "zhoumin") -> dict[str, object]:
    seen = office.plan(uid).row_version
    return office.do(login, SubmitPlan(plan=uid, seen_version=seen)).result


def approve(office: Office, uid: UUID, login: str) -> dict[str, object]:
    seen = office.plan(uid).row_version
    return office.do(login, ApprovePlan(plan=uid, seen_version=seen, opinion="同意")).result


def state_of(office: Office, fund: UUID) -> tuple[str, str]:
    balance = office.balance(fund)
    return str(balance.in_transit), str(balance.filed)


def rows(office: Office) -> tuple[int, ...]:
    """Count everything a refused command might have left behind."""
    kinds = (Plan, LedgerEntry, StepTaken, Task, DocumentVersion, NumberIssued, JournalEntry)
    with office.database.sessions() as session:
        return tuple(session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds)


def refused(office: Office, login: str, cmd: object, kind: type[AppError] = Refused) -> AppError:
    """Run a command that must be refused, and prove it left no row."""
    before = rows(office)
    with pytest.raises(kind) as caught:
        office.do(login, cmd)
    assert rows(office) == before
    return caught.value


def test_r12_internal_filing_takes_transit_then_files(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500000.00")
    uid = saved(office, funds=[(fund, "300000.00")])
    assert state_of(office, fund) == ("0.00", "0.00")
    made = submit(office, uid)
    assert (made["state"], made["route"]) == ("internal_review", ["internal_review"])
    assert state_of(office, fund) == ("300000.00", "0.00")
    made = approve(office, uid, "zhengjianguo")
    assert (made["state"], made["number"]) == ("filed", "豫财询价采购-2026-1")
    assert state_of(office, fund) == ("0.00", "300000.00")
    plan = office.plan(uid)
    assert (str(plan.filed_on), plan.submitted_version) == ("2026-11-23", 1)


def test_r12_at_once_when_nothing_needs_review(database: Database) -> None:
    office = make_office(database, filing_mode="at_once")
    fund = office.fund("JH2026410000001", "500000.00")
    made = submit(office, saved(office, funds=[(fund, "500000.00")]))
    assert (made["state"], made["route"]) == ("filed", [])
    assert made["number"] == "豫财询价采购-2026-1"
    assert state_of(office, fund) == ("0.00", "500000.00")


def test_r1_to_the_fen(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500000.00")
    submit(office, saved(office, funds=[(fund, "300000.00")]))
    exact = saved(office, funds=[(fund, "200000.00")])
    over = saved(office, funds=[(fund, "200000.01")])
    office.clock.move(minutes=1)
    cmd = SubmitPlan(plan=over, seen_version=office.plan(over).row_version)
    fault = refused(office, "zhoumin", cmd, RulesBroken)
    assert "E1204" in [each.code for each in fault.violations]  # type: ignore[attr-defined]
    assert "200,000.00" in str(fault)
    assert submit(office, exact)["state"] == "internal_review"
    assert office.plan(over).state == "draft"


def test_r1_over_without_anyone_else_is_e1203(office: Office) -> None:
    fund = office.fund("JH2026410000001", "25000.00")
    uid = saved(office, funds=[(fund, "30000.00")])
    fault = refused(office, "zhoumin", SubmitPlan(plan=uid, seen_version=1), RulesBroken)
    assert fault.violations[0].code == "E1203"  # type: ignore[attr-defined]
    assert fault.violations[0].field == "funds.0.amount"  # type: ignore[attr-defined]
    assert "本次申请 30,000.00 元，超过拟可用 25,000.00 元（多 5,000.00 元）" in str(fault)


def test_r1_adds_up_two_lines_on_one_fund_plan(office: Office) -> None:
    fund = office.fund("JH2026410000001", "100.00")
    uid = saved(office, funds=[(fund, "60.00"), (fund, "40.01")])
    fault = refused(office, "zhoumin", SubmitPlan(plan=uid, seen_version=1), RulesBroken)
    assert "100.01" in str(fault)


def test_r2_second_submit_names_who_took_the_money(office: Office) -> None:
    office.operator("wangfang", "王芳", "institute", ("plan.view", "plan.edit"))
    fund = office.fund("JH2026410000001", "200000.00")
    mine = saved(office, funds=[(fund, "150000.00")])
    theirs = uuid4()
    content = office.content(funds=[(fund, "150000.00")])
    office.do("wangfang", SavePlan(plan=theirs, content=content))
    assert state_of(office, fund) == ("0.00", "0.00")
    submit(office, theirs, "wangfang")
    fault = refused(office, "zhoumin", SubmitPlan(plan=mine, seen_version=1), RulesBroken)
    assert "刚才 王芳 已占用 150,000.00 元" in str(fault)
    assert "现可用 50,000.00 元" in str(fault)
    assert "您的内容已留作草稿" in str(fault)
    assert office.plan(mine).state == "draft"


def test_r15_third_hand_and_wrong_unit_do_not_submit(office: Office) -> None:
    fund = office.fund("JH2026410000001", "200.00")
    uid = saved(office, funds=[(fund, "150.00")])
    fault = refused(office, "liuyang", SubmitPlan(plan=uid, seen_version=1), AppError)
    assert fault.code == "E1306"
    fault = refused(office, "zhengjianguo", SubmitPlan(plan=uid, seen_version=1))
    assert fault.code == "E1305"


def test_r21_numbers_have_no_gap_and_start_anew_each_year(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500000.00")
    numbers = []
    for void_it in (False, True, False):
        uid = saved(office, funds=[(fund, "100.00")])
        submit(office, uid)
        cmd = ReturnPlan(plan=uid, seen_version=office.plan(uid).row_version, opinion="补三家报价")
        office.do("zhengjianguo", cmd)
        submit(office, uid)
        numbers.append(approve(office, uid, "zhengjianguo")["number"])
        if void_it:
            seen = office.plan(uid).row_version
            office.do("zhoumin", VoidPlan(plan=uid, seen_version=seen, opinion="不再采购"))
    assert numbers == [f"豫财询价采购-2026-{n}" for n in (1, 2, 3)]
    office.clock.move(days=60)
    other = saved(office, funds=[(fund, "100.00")])
    submit(office, other)
    assert approve(office, other, "zhengjianguo")["number"] == "豫财询价采购-2027-1"


def test_r21_each_method_counts_by_itself(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500000.00")
    for method, number in (
        ("XJ", "豫财询价采购-2026-1"),
        ("GKZB", "豫财招标采购-2026-1"),
        ("GKZB", "豫财招标采购-2026-2"),
    ):
        uid = saved(office, funds=[(fund, "100.00")], items=[item("100", choice=choose(method))])
        submit(office, uid)
        assert approve(office, uid, "zhengjianguo")["number"] == number


def test_r18_void_of_a_filed_plan_releases_its_money(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500000.00")
    uid = saved(office, funds=[(fund, "300000.00")])
    submit(office, uid)
    approve(office, uid, "zhengjianguo")
    seen = office.plan(uid).row_version
    fault = refused(office, "zhoumin", VoidPlan(plan=uid, seen_version=seen), RulesBroken)
    assert "须写明理由" in str(fault)
    refused(office, "zhengjianguo", VoidPlan(plan=uid, seen_version=seen, opinion="x"))
    office.do("zhoumin", VoidPlan(plan=uid, seen_version=seen, opinion="项目取消"))
    assert state_of(office, fund) == ("0.00", "0.00")
    assert office.plan(uid).state == "void"
    assert refused(office, "zhoumin", VoidPlan(plan=uid, seen_version=seen)).code == "E1303"


def test_r18_contract_on_the_fund_plan_refuses_the_void(office: Office) -> None:
    from govproc_desktop.models import FundPlan
    from govproc_desktop.services.command import COMMANDS  # noqa: F401 - commands are registered

    fund = office.fund("JH2026410000001", "500000.00")
    uid = saved(office, funds=[(fund, "300000.00")])
    submit(office, uid)
    approve(office, uid, "zhengjianguo")
    with office.database.writing() as session:
        head = session.scalars(select(FundPlan).where(FundPlan.uid == fund)).one()
        last = session.scalars(select(JournalEntry).order_by(JournalEntry.seq.desc())).first()
        assert last is not None
        session.add(
            LedgerEntry(
                uid=uuid4(),
                fund_plan_id=head.id,
                account="contracted",
                kind="contract.file",
                fen=Decimal("120000.00"),
                on_day=office.clock.now.date(),
                at=office.clock.now,
                doc_kind="contract",
                doc_uid=uuid4(),
                line_uid=None,
                person_name="周敏",
                command_uid=last.command_uid,
            )
        )
        session.commit()
    seen = office.plan(uid).row_version
    cmd = VoidPlan(plan=uid, seen_version=seen, opinion="项目取消")
    fault = refused(office, "zhoumin", cmd, RulesBroken)
    assert "已签合同 120,000.00 元" in str(fault)
    assert "节资处理" in str(fault)


def test_void_of_a_draft_and_of_a_returned_plan(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    draft = saved(office, funds=[(fund, "300.00")])
    office.do("zhoumin", VoidPlan(plan=draft, seen_version=1))
    assert office.plan(draft).state == "void"
    back = saved(office, funds=[(fund, "300.00")])
    submit(office, back)
    seen = office.plan(back).row_version
    fault = refused(office, "zhoumin", VoidPlan(plan=back, seen_version=seen))
    assert fault.sentence() == "当前状态“内部审核”不能“作废”。"
    office.do("zhengjianguo", ReturnPlan(plan=back, seen_version=seen, opinion="不必采购"))
    fault = refused(office, "xuzhiyuan", VoidPlan(plan=back, seen_version=seen))
    assert fault.code == "E1305"
    office.do("zhoumin", VoidPlan(plan=back, seen_version=seen))
    assert state_of(office, fund) == ("0.00", "0.00")


def test_withdraw_until_the_next_person_acts(office: Office) -> None:
    office.operator("wangfang", "王芳", "institute", ("plan.view", "plan.edit"))
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")], department_review=True)
    submit(office, uid)
    seen = office.plan(uid).row_version
    cmd = WithdrawPlan(plan=uid, seen_version=seen)
    assert refused(office, "wangfang", cmd).sentence().startswith("这份计划由 周敏 提交")
    made = office.do("zhoumin", cmd).result
    assert made["state"] == "draft"
    assert state_of(office, fund) == ("0.00", "0.00")
    assert refused(office, "zhoumin", cmd).code == "E1303"
    submit(office, uid)
    approve(office, uid, "zhengjianguo")
    again = WithdrawPlan(plan=uid, seen_version=office.plan(uid).row_version)
    assert "郑建国 已办理过" in refused(office, "zhoumin", again).sentence()


def test_urge_once_a_day(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")])
    assert refused(office, "zhoumin", UrgePlan(plan=uid)).code == "E1303"
    submit(office, uid)
    office.do("zhoumin", UrgePlan(plan=uid))
    fault = refused(office, "zhoumin", UrgePlan(plan=uid))
    assert fault.sentence() == "今天 09:00 已催办过，明天可以再催。"
    office.clock.move(days=1)
    office.do("zhoumin", UrgePlan(plan=uid))
    with office.database.sessions() as session:
        task = session.scalars(select(Task).where(Task.doc_uid == uid)).one()
    assert task.urged_at == office.clock.now


def test_r58_only_a_draft_never_submitted_is_deleted(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")])
    other = saved(office, funds=[(fund, "300.00")])
    assert refused(office, "liuyang", DeletePlan(plan=uid, seen_version=1), AppError).code
    office.do("zhoumin", DeletePlan(plan=uid, seen_version=1))
    with office.database.sessions() as session:
        assert session.scalar(select(Plan.id).where(Plan.uid == uid)) is None
    submit(office, other)
    seen = office.plan(other).row_version
    assert refused(office, "zhoumin", DeletePlan(plan=other, seen_version=seen)).code == "E1303"
    office.do("zhoumin", WithdrawPlan(plan=other, seen_version=seen))
    fault = refused(office, "zhoumin", DeletePlan(plan=other, seen_version=seen), RulesBroken)
    assert "不能删除" in str(fault)


def test_versions_keep_the_text_that_was_submitted(office: Office) -> None:
    from govproc_desktop.domain.plan.compare import body_changes

    fund = office.fund("JH2026410000001", "500000.00")
    uid = saved(office, funds=[(fund, "512.00")])
    submit(office, uid)
    seen = office.plan(uid).row_version
    office.do("zhengjianguo", ReturnPlan(plan=uid, seen_version=seen, opinion="金额偏高"))
    with office.database.sessions() as session:
        from govproc_desktop.services.plan_facts import content_of

        content = content_of(session, office.plan(uid))
    line = replace(content.funds[0], amount=Decimal("486.00"))
    goods = replace(content.items[0], price=Decimal("486"), subtotal=None)
    content = replace(content, funds=(line,), items=(goods,))
    office.do("zhoumin", SavePlan(plan=uid, content=content, seen_version=seen))
    submit(office, uid)
    with office.database.sessions() as session:
        kept = session.scalars(
            select(DocumentVersion)
            .where(DocumentVersion.doc_uid == uid)
            .order_by(DocumentVersion.version)
        ).all()
    assert [each.version for each in kept] == [1, 2]
    assert all(each.hash == digest(each.body) for each in kept)
    changed = body_changes(json.loads(kept[0].body), json.loads(kept[1].body))
    assert (changed[0].title, changed[0].old, changed[0].new) == ("总金额", "512.00", "486.00")
    assert [each.title for each in changed[1:]] == [
        "JH2026410000001 本次申请使用",
        "交换机 单价",
    ]


def test_e1302_decision_is_bound_to_the_text_shown(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")])
    submit(office, uid)
    shown = office.plan(uid).row_version
    office.do("zhoumin", WithdrawPlan(plan=uid, seen_version=shown))
    submit(office, uid)
    cmd = ApprovePlan(plan=uid, seen_version=shown)
    assert refused(office, "zhengjianguo", cmd, StaleRecord).code == "E1302"


def test_r21_number_speaks_for_the_region(office: Office) -> None:
    def file() -> object:
        uid = saved(office, own="100.00")
        submit(office, uid)
        return approve(office, uid, "zhengjianguo")["number"]

    office.set_unit("institute", region_code="411599", budget_level=4)
    assert file() == "信财询价采购-2026-1"
    office.set_unit("institute", region_code="411699", budget_level=4)
    assert file() == "豫财询价采购-2026-1"


def test_r21_national_template_counts_by_region(database: Database) -> None:
    from govproc_desktop.services.reference import LoadReference

    office = make_office(database)
    header = "region,kind,template,since,until,source,verified"
    row = "000000,plan,{区划简称}财{方式简称}采购-{YYYY}-{SEQ},2026-01-01,,本系统,0"
    office.do("admin", LoadReference(kind="numbering", text=f"{header}\n{row}\n"))
    numbers = []
    for region in ("411599", "411699", "411500", "999999"):
        office.set_unit("institute", region_code=region, budget_level=4)
        uid = saved(office, own="100.00", items=[item("100", choice=choose("GKZB"))])
        submit(office, uid)
        numbers.append(approve(office, uid, "zhengjianguo")["number"])
    assert numbers == [
        "信财招标采购-2026-1",
        "周财招标采购-2026-1",
        "信财招标采购-2026-2",
        "国财招标采购-2026-1",
    ]


def test_r21_without_a_template_nothing_is_filed(office: Office) -> None:
    from govproc_desktop.domain.errors import Unavailable
    from govproc_desktop.services.reference import LoadReference

    header = "region,kind,template,since,until,source,verified"
    row = "410000,plan,豫财{方式简称}采购-{YYYY}-{SEQ},2027-01-01,,本系统,0"
    office.do("admin", LoadReference(kind="numbering", text=f"{header}\n{row}\n"))
    uid = saved(office, own="100.00")
    submit(office, uid)
    cmd = ApprovePlan(plan=uid, seen_version=office.plan(uid).row_version)
    fault = refused(office, "zhengjianguo", cmd, Unavailable)
    assert "没有 410000 在 2026-11-23 有效的编号规则" in fault.sentence()
    assert office.plan(uid).state == "internal_review"


def test_delete_takes_the_attachments_along(office: Office) -> None:
    from govproc_desktop.models import Attachment
    from govproc_desktop.services.attachments import AddAttachment

    uid = saved(office, own="100.00")
    office.do(
        "zhoumin",
        AddAttachment(
            attachment=uuid4(),
            doc_kind="plan",
            document=uid,
            kind_code="other",
            name="说明.pdf",
            mime="application/pdf",
            data=b"%PDF-1.4 %%EOF",
        ),
    )
    office.do("zhoumin", DeletePlan(plan=uid, seen_version=1))
    with office.database.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == 0
