"""为什么不能 and the live review: the same checks the command demands, and nothing written."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from govproc_desktop.domain.errors import NotFound
from govproc_desktop.domain.plan.content import PlanContent
from govproc_desktop.models import JournalEntry
from govproc_desktop.models.engine import Database
from govproc_desktop.services.accounts import SaveRole
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.explain import explain, review_content, review_plan
from govproc_desktop.services.plans import (
    DeletePlan,
    SavePlan,
    SubmitPlan,
    UrgePlan,
    VoidPlan,
    WithdrawPlan,
)
from tests.office import Office, item, make_office


@pytest.fixture
def office(database: Database) -> Office:
    return make_office(database)


def journal_rows(office: Office) -> int:
    with office.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def bad(office: Office, cmd: object, login: str = "zhoumin") -> list[tuple[str, str]]:
    """Return rule and sentence of every failing check, and prove that nothing was written."""
    before = journal_rows(office)
    checks = explain(cmd, office.context(login))
    assert journal_rows(office) == before
    return [(check.rule, check.detail()) for check in checks if not check.ok]


def test_submit_is_explained_with_passes_and_fails(office: Office) -> None:
    fund = office.fund("JH2026410000001", "100.00")
    uid = uuid4()
    content = office.content(funds=[(fund, "300.00")], phone="")
    office.do("zhoumin", SavePlan(plan=uid, content=content))
    cmd = SubmitPlan(plan=uid, seen_version=1)
    checks = explain(cmd, office.context("zhoumin"))
    assert {check.rule for check in checks if not check.ok} == {"R1", "R63"}
    assert {"R3", "R15", "R58"} <= {check.rule for check in checks if check.ok}
    short = next(check for check in checks if check.rule == "R1")
    assert (short.value, short.limit) == (Decimal("300.00"), Decimal("100.00"))
    assert (short.go, short.code) == ("funds.0.amount", "E1203")


def test_permission_scope_and_state_are_explained(office: Office) -> None:
    uid = uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content()))
    submit = SubmitPlan(plan=uid, seen_version=1)
    assert bad(office, submit, "zhengjianguo")[0][0] == "R15"
    assert bad(office, submit, "liuyang") == [("", "没有这条记录，或不在您单位的数据范围内。")]
    assert bad(office, SubmitPlan(plan=uid, seen_version=9))[0][1].startswith("内容在您打开后")
    assert bad(office, ApprovePlan(plan=uid, seen_version=1), "zhengjianguo") == [
        ("R58", "当前状态“草稿”不能“同意”。")
    ]


def test_every_verb_of_a_plan_can_be_explained(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500.00")
    uid = uuid4()
    content = office.content(funds=[(fund, "300.00")])
    office.do("zhoumin", SavePlan(plan=uid, content=content))
    assert bad(office, SavePlan(plan=uid, content=content, seen_version=1)) == []
    assert bad(office, SavePlan(plan=uuid4(), content=content)) == []
    assert bad(office, DeletePlan(plan=uid, seen_version=1)) == []
    assert bad(office, VoidPlan(plan=uid, seen_version=1)) == []
    assert [rule for rule, _ in bad(office, WithdrawPlan(plan=uid, seen_version=1))] == ["R58"]
    assert [rule for rule, _ in bad(office, UrgePlan(plan=uid))] == ["R58"]
    early = ReturnPlan(plan=uid, seen_version=1, opinion="改")
    assert bad(office, early, "zhengjianguo") == [("R58", "当前状态“草稿”不能“退回”。")]
    office.do("zhoumin", SubmitPlan(plan=uid, seen_version=1))
    assert bad(office, WithdrawPlan(plan=uid, seen_version=2)) == []
    assert bad(office, UrgePlan(plan=uid)) == []
    assert bad(office, ApprovePlan(plan=uid, seen_version=2), "zhengjianguo") == []
    back = ReturnPlan(plan=uid, seen_version=2, opinion="", target="finance_review")
    assert [rule for rule, _ in bad(office, back, "zhengjianguo")] == ["R59", "R58"]
    assert [rule for rule, _ in bad(office, VoidPlan(plan=uid, seen_version=2))] == ["R58"]
    office.do("zhengjianguo", ApprovePlan(plan=uid, seen_version=2))
    assert bad(office, VoidPlan(plan=uid, seen_version=2, opinion="取消")) == []
    assert bad(office, VoidPlan(plan=uid, seen_version=2), "zhengjianguo") == [
        (
            "R15",
            "您没有「作废已备案的采购实施计划」权限，没有办理。请单位管理员在「操作权限」里授权。",
        ),
        ("R58", "作废已备案的计划须写明理由。没有作废。"),
    ]


def test_commands_without_a_list_of_checks_are_tried_and_undone(office: Office) -> None:
    good = SaveRole(role=uuid4(), name="经办", permissions=("plan.edit",))
    assert bad(office, good, "admin") == []
    wrong = replace(good, permissions=("nothing.at_all",))
    assert bad(office, wrong, "admin") == [("", "没有这样的功能权限：nothing.at_all。")]
    assert [rule for rule, _ in bad(office, good)] == ["R15"]


def test_review_of_what_is_being_typed(office: Office) -> None:
    fund = office.fund("JH2026410000001", "380000.00")
    desktop = item("312000", code="A02010104")
    content = office.content(funds=[(fund, "480000.00")], own="12000.00", items=[desktop])
    report = review_content(content, office.context("zhoumin"), uuid4())
    assert not report.may_submit
    assert (report.totals.funds, report.totals.difference) == (
        Decimal("492000.00"),
        Decimal("-180000.00"),
    )
    line = report.items[0]
    assert line.subtotal == Decimal("312000.00")
    assert line.forced_method is not None
    assert line.forced_method.values == ("WSSC",)
    assert "只能用网上商城采购" in line.forced_method.reason()
    assert line.forced_organisation is not None
    assert line.category is not None
    assert line.category.name == "台式计算机"
    assert report.funds[fund].available == Decimal("380000.00")
    assert report.route.nodes == ("internal_review",)
    assert [check.ok for check in report.checks] == sorted(check.ok for check in report.checks)


def test_review_lists_the_files_and_who_asks(office: Office) -> None:
    content = replace(office.content(), is_import=True)
    report = review_content(content, office.context("zhoumin"))
    assert [(each.kind, each.rule, each.present) for each in report.files] == [
        ("import", "R7", False),
        ("import_expert", "R7", False),
    ]
    assert report.route.nodes == ("internal_review", "finance_review", "finance_approval")
    assert review_content(PlanContent(), office.context("zhoumin")).totals.items == 0


def test_review_of_a_saved_plan_stays_in_scope(office: Office) -> None:
    fund = office.fund("JH2026410000001", "300.00")
    uid = uuid4()
    content = office.content(funds=[(fund, "300.00")], own="5.00")
    office.do("zhoumin", SavePlan(plan=uid, content=content))
    assert review_content(content, office.context("zhoumin"), uid).may_submit
    office.do("zhoumin", SubmitPlan(plan=uid, seen_version=1))
    assert review_plan(uid, office.context("zhengjianguo")).may_submit
    with pytest.raises(NotFound):
        review_content(content, office.context("liuyang"), uid)
    with pytest.raises(NotFound):
        review_plan(uid, office.context("liuyang"))


def test_r13_adds_up_what_was_submitted_this_year(office: Office) -> None:
    fund = office.fund("JH2026410000001", "9000000.00")
    for amount in ("1800000.00", "2000000.00"):
        uid = uuid4()
        content = office.content(funds=[(fund, amount)])
        office.do("zhoumin", SavePlan(plan=uid, content=content))
        office.do("zhoumin", SubmitPlan(plan=uid, seen_version=1))
    draft = office.content(funds=[(fund, "5000.00")])
    office.do("zhoumin", SavePlan(plan=uuid4(), content=draft))  # a draft is not a purchase

    def check(amount: str, **changes: object) -> tuple[bool, str]:
        content = office.content(funds=[(fund, amount)], **changes)
        report = review_content(content, office.context("zhoumin"))
        found = next(each for each in report.checks if each.rule == "R13")
        return found.ok, found.detail()

    assert check("200000.00") == (True, "3,800,000.00 + 200,000.00 ≤ 4,000,000.00（须核对）")
    assert check("200000.01")[0] is False
    assert check("200000.01", year=2027)[0] is True
    last = review_plan(uid, office.context("zhoumin"))
    assert "1,800,000.00 + 2,000,000.00" in next(
        each.detail() for each in last.checks if each.rule == "R13"
    )


def test_whatever_a_tried_command_raises_becomes_a_line(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govproc_desktop.domain.errors import NeedsConfirmation, RulesBroken, Violation
    from govproc_desktop.services import explain as module

    cmd = SaveRole(role=uuid4(), name="经办", permissions=())
    broken = RulesBroken((Violation("R53", "钱不够", {}, "amount", "E1203"),))

    def raising(fault: Exception) -> object:
        def run(*_: object, **__: object) -> None:
            raise fault

        return run

    monkeypatch.setattr(module, "run", raising(broken))
    assert bad(office, cmd, "admin") == [("R53", "钱不够")]
    monkeypatch.setattr(module, "run", raising(NeedsConfirmation("真的吗？", {}, "", "sure")))
    assert bad(office, cmd, "admin") == []
