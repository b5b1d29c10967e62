"""Who may decide on a plan, where it goes next, and what a return does, on both engines."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from govproc_desktop.domain.errors import AppError, Refused, RulesBroken
from govproc_desktop.models import JournalEntry, LedgerEntry, StepTaken, Task, Unit
from govproc_desktop.models.engine import Database
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.attachments import AddAttachment
from govproc_desktop.services.explain import explain, review_plan
from govproc_desktop.services.plan_facts import content_of
from govproc_desktop.services.plans import SavePlan, SubmitPlan, WithdrawPlan
from tests.office import CLERK, INTERNAL, Office, choose, item, make_office

IMPORT_PAPERS = ("import", "import_expert")


@pytest.fixture
def office(database: Database) -> Office:
    return make_office(database)


def saved(office: Office, files: tuple[str, ...] = (), **content: object) -> UUID:
    uid = uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content(**content)))
    for kind in files:
        attach(office, uid, kind)
    return uid


def attach(office: Office, uid: UUID, kind: str) -> None:
    office.do(
        "zhoumin",
        AddAttachment(
            attachment=uuid4(),
            doc_kind="plan",
            document=uid,
            kind_code=kind,
            name=f"{kind}.pdf",
            mime="application/pdf",
            data=f"%PDF-1.4 {kind} %%EOF".encode(),
        ),
    )


def submit(office: Office, uid: UUID, login: str = "zhoumin") -> dict[str, object]:
    seen = office.plan(uid).row_version
    return office.do(login, SubmitPlan(plan=uid, seen_version=seen)).result


def approval(office: Office, uid: UUID) -> ApprovePlan:
    return ApprovePlan(plan=uid, seen_version=office.plan(uid).row_version, opinion="同意")


def giving_back(office: Office, uid: UUID, target: str = "returned", **kw: object) -> ReturnPlan:
    seen = office.plan(uid).row_version
    given = {"opinion": "报价依据只有一家，请补两家以上的询价记录。", **kw}
    return ReturnPlan(plan=uid, seen_version=seen, target=target, **given)  # type: ignore[arg-type]


def refused(office: Office, login: str, cmd: object, kind: type[AppError] = Refused) -> AppError:
    kinds = (LedgerEntry, StepTaken, Task, JournalEntry)

    def rows() -> list[int]:
        with office.database.sessions() as session:
            return [session.scalar(select(func.count()).select_from(each)) or 0 for each in kinds]

    before = rows()
    with pytest.raises(kind) as caught:
        office.do(login, cmd)
    assert rows() == before
    return caught.value


def tasks(office: Office, uid: UUID) -> list[Task]:
    with office.database.sessions() as session:
        return list(session.scalars(select(Task).where(Task.doc_uid == uid).order_by(Task.id)))


def import_plan(office: Office, fund: UUID) -> UUID:
    return saved(
        office,
        files=IMPORT_PAPERS,
        funds=[(fund, "300000.00")],
        is_import=True,
        department_review=True,
    )


def test_r14_ticked_passes_four_steps_and_tasks_follow(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500000.00")
    uid = import_plan(office, fund)
    made = submit(office, uid)
    nodes = ["internal_review", "department_review", "finance_review", "finance_approval"]
    assert made["route"] == nodes
    units = []
    for node, login in zip(nodes, ("zhengjianguo", "sunli", "linlan", "xuzhiyuan"), strict=True):
        assert office.plan(uid).state == node
        task = tasks(office, uid)[-1]
        assert (task.state, task.closed_at, task.green) == (node, None, True)
        units.append(task.actor_unit_id)
        office.clock.move(hours=2)
        office.do(login, approval(office, uid))
    assert units == [
        office.unit_id(key) for key in ("institute", "department", "finance", "finance")
    ]
    assert office.plan(uid).state == "filed"
    closed = tasks(office, uid)
    assert [each.closed_by for each in closed] == ["郑建国", "孙丽", "林岚", "徐志远"]
    assert str(office.balance(fund).filed) == "300000.00"


def test_r14_unticked_skips_the_department(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, files=IMPORT_PAPERS, funds=[(fund, "300.00")], is_import=True)
    assert submit(office, uid)["route"] == ["internal_review", "finance_review", "finance_approval"]
    office.do("zhengjianguo", approval(office, uid))
    assert office.plan(uid).state == "finance_review"


def test_r14_a_unit_without_parent_cannot_tick_it(office: Office) -> None:
    office.set_unit("institute", parent=None)
    uid = saved(office, own="300.00", department_review=True)
    cmd = SubmitPlan(plan=uid, seen_version=1)
    assert "没有登记主管单位" in str(refused(office, "zhoumin", cmd, RulesBroken))


def test_r69_no_finance_office_is_said_at_submit(office: Office) -> None:
    with office.database.writing() as session:
        unit = session.scalars(select(Unit).where(Unit.kind == "finance")).one()
        unit.kind = "budget"
        session.commit()
    uid = saved(office, files=IMPORT_PAPERS, own="300.00", is_import=True)
    cmd = SubmitPlan(plan=uid, seen_version=1)
    assert "没有登记财政部门" in str(refused(office, "zhoumin", cmd, RulesBroken))


def test_r15_author_with_every_right_is_refused(office: Office) -> None:
    office.operator(
        "boss", "周敏", "institute", (*CLERK, *INTERNAL), internal_mark=True, person="zhoumin"
    )
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")])
    submit(office, uid)
    fault = refused(office, "boss", approval(office, uid))
    assert str(fault) == "E1301 经办人与审核人不能是同一人（周敏）。未审核。"
    assert refused(office, "boss", giving_back(office, uid)).code == "E1301"


def test_r15_last_editor_and_submitter_are_refused(office: Office) -> None:
    both = (*CLERK, *INTERNAL)
    office.operator("editor", "王芳", "institute", both, internal_mark=True)
    office.operator("sender", "赵强", "institute", both, internal_mark=True)
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")])
    with office.database.sessions() as session:
        content = content_of(session, office.plan(uid))
    changed = replace(content, remark="改过")
    office.do("editor", SavePlan(plan=uid, content=changed, seen_version=1))
    submit(office, uid, "sender")
    for login in ("editor", "sender"):
        assert refused(office, login, approval(office, uid)).code == "E1301"
    assert office.do("zhengjianguo", approval(office, uid)).result["state"] == "filed"


def test_r15_another_clerk_may_not_decide(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")])
    submit(office, uid)
    for login in ("linlan", "sunli"):
        assert refused(office, login, approval(office, uid)).code == "E1305"


@pytest.mark.parametrize(
    ("rights", "mark", "words"),
    [
        (INTERNAL, False, "但没有内部审核标志"),
        (("plan.view",), True, "没有“内部审核”功能权限，没有办理"),
        (("plan.view",), False, "也没有内部审核标志"),
    ],
)
def test_r16_names_the_missing_one_of_two_marks(
    office: Office, rights: tuple[str, ...], mark: bool, words: str
) -> None:
    office.operator("half", "钱伟", "institute", rights, internal_mark=mark)
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")])
    submit(office, uid)
    fault = refused(office, "half", approval(office, uid))
    assert words in fault.sentence()
    shown = explain(approval(office, uid), office.context("half"))
    assert [check.rule for check in shown if not check.ok] == ["R16"]


def test_r16_reviewer_of_another_unit_is_refused(office: Office) -> None:
    office.operator("far", "马丽", "department", INTERNAL, internal_mark=True)
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")])
    submit(office, uid)
    fault = refused(office, "far", approval(office, uid))
    assert "由 河南省青禾农业科学研究院 的人办理" in fault.sentence()


def test_r59_return_needs_an_opinion(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")])
    submit(office, uid)
    for empty in ("", "  ", "\u3000\n"):
        cmd = giving_back(office, uid, opinion=empty)
        fault = refused(office, "zhengjianguo", cmd, RulesBroken)
        assert fault.violations[0].rule == "R59"  # type: ignore[attr-defined]
        assert fault.violations[0].field == "opinion"  # type: ignore[attr-defined]


def test_return_releases_and_keeps_opinion_with_pins(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")])
    submit(office, uid)
    office.do("zhengjianguo", giving_back(office, uid, pins=("items.0.price",)))
    assert str(office.balance(fund).in_transit) == "0.00"
    assert office.plan(uid).return_state == "internal_review"
    with office.database.sessions() as session:
        step = session.scalars(
            select(StepTaken).where(StepTaken.doc_uid == uid).order_by(StepTaken.seq.desc())
        ).first()
    assert step is not None
    assert json.loads(step.pins) == ["items.0.price"]
    assert step.opinion.startswith("报价依据只有一家")
    assert all(each.closed_at for each in tasks(office, uid))


def test_resubmission_goes_to_whoever_returned_it(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, files=IMPORT_PAPERS, funds=[(fund, "300.00")], is_import=True)
    submit(office, uid)
    office.do("zhengjianguo", approval(office, uid))
    office.do("linlan", approval(office, uid))
    office.do("xuzhiyuan", giving_back(office, uid))
    assert submit(office, uid)["state"] == "finance_approval"
    assert office.do("xuzhiyuan", approval(office, uid)).result["state"] == "filed"


def test_resubmission_passes_a_step_it_never_passed(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, files=IMPORT_PAPERS, funds=[(fund, "300.00")], is_import=True)
    submit(office, uid)
    office.do("zhengjianguo", approval(office, uid))
    office.do("linlan", giving_back(office, uid))
    with office.database.sessions() as session:
        content = replace(content_of(session, office.plan(uid)), department_review=True)
    seen = office.plan(uid).row_version
    office.do("zhoumin", SavePlan(plan=uid, content=content, seen_version=seen))
    assert submit(office, uid)["state"] == "department_review"
    assert office.do("sunli", approval(office, uid)).result["state"] == "finance_review"


def test_resubmission_after_withdrawing_walks_the_whole_route(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, files=IMPORT_PAPERS, funds=[(fund, "300.00")], is_import=True)
    submit(office, uid)
    office.do("zhengjianguo", approval(office, uid))
    office.do("linlan", giving_back(office, uid))
    assert submit(office, uid)["state"] == "finance_review"
    office.do("zhoumin", WithdrawPlan(plan=uid, seen_version=office.plan(uid).row_version))
    assert submit(office, uid)["state"] == "internal_review"


def test_return_to_an_earlier_step_keeps_the_money(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, files=IMPORT_PAPERS, funds=[(fund, "300.00")], is_import=True)
    submit(office, uid)
    office.do("zhengjianguo", approval(office, uid))
    fault = refused(office, "linlan", giving_back(office, uid, "department_review"), RulesBroken)
    assert "只能退回经办人或走过的步骤（内部审核）" in str(fault)
    made = office.do("linlan", giving_back(office, uid, "internal_review")).result
    assert made["state"] == "internal_review"
    assert str(office.balance(fund).in_transit) == "300.00"
    assert [each.state for each in tasks(office, uid) if each.closed_at is None] == [
        "internal_review"
    ]


def test_e1303_deciding_twice(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = saved(office, funds=[(fund, "300.00")])
    submit(office, uid)
    cmd = approval(office, uid)
    office.do("zhengjianguo", cmd)
    fault = refused(office, "zhengjianguo", cmd)
    assert str(fault) == "E1303 当前状态“已备案”不能“同意”。"
    assert refused(office, "zhengjianguo", giving_back(office, uid)).code == "E1303"


def test_r12_tender_limit_goes_to_finance_and_waits_for_papers(office: Office) -> None:
    fund = office.fund("JH2026410000051", "5000000.00")
    goods = item("4860000", choice=choose("JZCS", "JZCS-2"))
    uid = saved(office, funds=[(fund, "4860000.00")], items=[goods])
    made = submit(office, uid)
    assert made["route"] == ["internal_review", "finance_review", "finance_approval"]
    task = tasks(office, uid)[-1]
    assert (task.green, task.failing, task.explaining) == (False, 0, 1)


def test_r12_finance_cannot_agree_without_the_approval(office: Office) -> None:
    fund = office.fund("JH2026410000051", "5000000.00")
    goods = item("4000000", choice=choose("JZCS", "JZCS-2"))
    uid = saved(office, funds=[(fund, "4000000.00")], items=[goods])
    submit(office, uid)
    office.do("zhengjianguo", approval(office, uid))
    task = tasks(office, uid)[-1]
    assert (task.state, task.green, task.failing) == ("finance_review", False, 1)
    fault = refused(office, "linlan", approval(office, uid), RulesBroken)
    assert [each.rule for each in fault.violations] == ["R12"]  # type: ignore[attr-defined]
    assert "4,000,000.00 ≥ 公开招标数额标准 4,000,000.00（须核对），缺批准文号" in str(fault)
    report = review_plan(uid, office.context("linlan"))
    assert not report.may_submit
    assert report.checks[0].go == "approval_no"
    office.do("linlan", giving_back(office, uid, pins=("approval_no",)))
    with office.database.sessions() as session:
        content = replace(content_of(session, office.plan(uid)), approval_no="豫财购〔2026〕88号")
    seen = office.plan(uid).row_version
    office.do("zhoumin", SavePlan(plan=uid, content=content, seen_version=seen))
    attach(office, uid, "method_reason")
    assert submit(office, uid)["state"] == "finance_review"
    assert tasks(office, uid)[-1].green
    office.do("linlan", approval(office, uid))
    made = office.do("xuzhiyuan", approval(office, uid)).result
    assert made["number"] == "豫财磋商采购-2026-1"


def test_r15_an_editor_stays_one_after_others_saved_again(office: Office) -> None:
    fund = office.fund("JH2026410000077", "500000.00")
    office.operator("zheng2", "郑建国", "institute", CLERK, person="zhengjianguo")
    uid = saved(office, funds=[(fund, "100.00")])
    for login in ("zheng2", "zhoumin"):
        content = office.content(funds=[(fund, "200.00")])
        seen = office.plan(uid).row_version
        office.do(login, SavePlan(plan=uid, content=content, seen_version=seen))
    submit(office, uid)
    fault = refused(office, "zhengjianguo", approval(office, uid))
    assert (fault.code, fault.params["name"]) == ("E1301", "郑建国")
    office.operator("second", "钱勇", "institute", INTERNAL, internal_mark=True)
    assert office.do("second", approval(office, uid)).result["state"] == "filed"
