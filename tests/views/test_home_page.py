from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import event

from govproc_desktop.models.engine import Database
from govproc_desktop.queries.home import (
    AskBadges,
    Home,
    HomePage,
    MoneyPicture,
    badges,
    home_page,
)
from govproc_desktop.queries.inbox import InboxParams, inbox_list
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.drafts import KeepDraft
from govproc_desktop.services.plans import SavePlan, SubmitPlan, UrgePlan
from govproc_desktop.views.home import HomeWindow
from govproc_desktop.views.home.keeping import KeptLine
from govproc_desktop.views.home.page import Shortcut, cascade, greeting
from govproc_desktop.views.home.rows import SentLine, TodoLine
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.kit.theme import theme
from tests.office import CLERK, FIRST_MORNING, INTERNAL, Office, make_office


def plan(office: Office, fund: UUID, amount: str, *, days: int, submit: bool = True) -> UUID:
    office.clock.now = FIRST_MORNING - timedelta(days=days)
    uid = uuid4()
    content = office.content(
        funds=((fund, amount),),
        title=f"等了 {days} 天",
        applied_on=office.clock.now.date(),
        expected_on=date(2026, 12, 25),
    )
    office.do("zhoumin", SavePlan(plan=uid, content=content))
    if submit:
        submitted = SubmitPlan(plan=uid, seen_version=office.plan(uid).row_version)
        office.do("zhoumin", submitted)
    office.clock.now = FIRST_MORNING
    return uid


def fill(database: Database) -> tuple[Office, dict[str, UUID]]:
    office = make_office(database)
    fund = office.fund("JH2026410000001", "1000000.00")
    uids = {
        "old": plan(office, fund, "100000.00", days=7),
        "new": plan(office, fund, "50000.00", days=0),
        "returned": plan(office, fund, "30000.00", days=6),
        "filed": plan(office, fund, "200000.00", days=5),
        "draft": plan(office, fund, "20000.00", days=9, submit=False),
    }
    office.do(
        "zhengjianguo",
        ReturnPlan(
            plan=uids["returned"],
            seen_version=office.plan(uids["returned"]).row_version,
            opinion="请补充",
        ),
    )
    office.do(
        "zhengjianguo",
        ApprovePlan(plan=uids["filed"], seen_version=office.plan(uids["filed"]).row_version),
    )
    return office, uids


def read(office: Office, login: str) -> Home:
    reader = Reader(office.database, office.actor(login), office.clock())
    return home_page(reader, HomePage())


def test_the_clerk_sees_money_drafts_and_who_has_what(database: Database) -> None:
    office, uids = fill(database)
    assert office.plan(uids["filed"]).state == "filed"
    home = read(office, "zhoumin")
    assert home.fiscal == MoneyPicture(
        planned=Decimal("1000000.00"), reserved=Decimal("350000.00"), filed=Decimal("200000.00")
    )
    assert home.own == MoneyPicture()
    rows = {row.kind: row for row in home.todo}
    assert set(rows) == {"plan.returned", "plan.draft"}
    assert (rows["plan.draft"].count, rows["plan.draft"].amount) == (1, Decimal("20000.00"))
    assert rows["plan.draft"].since == FIRST_MORNING - timedelta(days=9)
    assert rows["plan.returned"].fresh == 1
    assert [row.uid for row in home.sent] == [uids["old"], uids["new"]]
    assert home.sent[0].holders == ("郑建国",)
    assert home.sent[0].state == "internal_review"
    assert home.sent_count == 2
    assert home.workdays_left == 28
    assert any("2027" in note for note in home.notes)


def test_the_reviewer_sees_what_waits(database: Database) -> None:
    office, uids = fill(database)
    home = read(office, "zhengjianguo")
    (row,) = home.todo
    assert row.kind == "task.plan.internal_review"
    assert (row.count, row.amount, row.fresh) == (2, Decimal("150000.00"), 1)
    assert home.done_this_month == 2
    office.do("zhoumin", UrgePlan(plan=uids["old"]))
    assert read(office, "zhengjianguo").todo[0].urged == 1
    reader = Reader(office.database, office.actor("zhengjianguo"), office.clock())
    assert badges(reader, AskBadges()).inbox == 2
    clerk = Reader(office.database, office.actor("zhoumin"), office.clock())
    assert badges(clerk, AskBadges()).drafts == 2
    assert read(office, "linlan").todo == ()


def test_home_inbox_and_navigation_count_the_same(database: Database) -> None:
    office, uids = fill(database)
    office.operator(
        "zhengjianguo2",
        "郑建国",
        "institute",
        (*CLERK, *INTERNAL),
        internal_mark=True,
        person="zhengjianguo",
    )
    office.clock.move(minutes=1)
    own = uuid4()
    office.do("zhengjianguo2", SavePlan(plan=own, content=office.content(own="5000.00")))
    office.do("zhengjianguo2", SubmitPlan(plan=own, seen_version=1))
    reader = Reader(office.database, office.actor("zhengjianguo2"), office.clock())
    rows = {row.kind: row.count for row in home_page(reader, HomePage()).todo}
    listed = inbox_list(reader, InboxParams())
    assert any(row.own for row in listed.rows)
    assert rows["task.plan.internal_review"] == listed.total == 3
    assert badges(reader, AskBadges()).inbox == 3
    assert uids["old"] in {row.doc_uid for row in listed.rows}


def test_who_lacks_the_internal_mark_holds_nothing(database: Database) -> None:
    office, _uids = fill(database)
    office.operator("wulei", "吴磊", "institute", INTERNAL, internal_mark=False)
    assert read(office, "zhoumin").sent[0].holders == ("郑建国",)


def test_typed_and_unsaved_work_is_found_again(database: Database) -> None:
    office, uids = fill(database)
    never = uuid4()
    body = json.dumps({"fields": {"title": " 没存过的 "}, "grids": {}})
    office.do(
        "zhoumin", KeepDraft(form="plan.form", document=uids["draft"], seen_version=1, body="{}")
    )
    office.clock.move(minutes=1)
    office.do("zhoumin", KeepDraft(form="plan.form", document=never, seen_version=0, body=body))
    kept = read(office, "zhoumin").kept_drafts
    assert [(each.document, each.title, each.saved) for each in kept] == [
        (never, "没存过的", False),
        (uids["draft"], "等了 9 天", True),
    ]
    assert read(office, "zhengjianguo").kept_drafts == ()


def test_another_units_money_is_not_counted(database: Database) -> None:
    office, _uids = fill(database)
    office.fund("JH2026410000099", "77.00", unit="station")
    assert read(office, "zhoumin").fiscal.planned == Decimal("1000000.00")
    assert read(office, "liuyang").fiscal.planned == Decimal("77.00")
    assert read(office, "linlan").fiscal.planned == Decimal("1000077.00")
    assert read(office, "admin").fiscal == MoneyPicture()


def test_own_money_is_what_plans_ask_for(database: Database) -> None:
    office = make_office(database)
    uid = uuid4()
    content = office.content(own="12000.00")
    office.do("zhoumin", SavePlan(plan=uid, content=content))
    assert read(office, "zhoumin").own == MoneyPicture(planned=Decimal("12000.00"))


def test_statements_do_not_grow_with_the_data(sqlite_database: Database) -> None:
    office, _uids = fill(sqlite_database)
    reader = Reader(office.database, office.actor("zhoumin"), office.clock())
    home_page(reader, HomePage())
    said: list[str] = []
    engine = sqlite_database.engine
    event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    home_page(reader, HomePage())
    assert len([each for each in said if each.lstrip().startswith("SELECT")]) <= 9


def test_greeting_and_cascade() -> None:
    day = datetime(2026, 11, 23)  # noqa: DTZ001 - office time is local
    assert greeting("周敏", day.replace(hour=9)) == "周敏，早上好"
    assert greeting("周敏", day.replace(hour=12)) == "周敏，中午好"
    assert greeting("周敏", day.replace(hour=22)) == "周敏，晚上好"
    assert [step.name for step in cascade(MoneyPicture())] == ["计划", "占用", "备案"]
    further = MoneyPicture(planned=Decimal(9), contracted=Decimal(1))
    assert [step.name for step in cascade(further)][-3:] == ["合同", "申请", "支付"]


@pytest.fixture
def desk(sqlite_database: Database, qapp: QApplication) -> Iterator[tuple[Desk, Office, Any]]:
    theme().apply(qapp, "light")
    office, uids = fill(sqlite_database)
    tasks = Tasks()
    made = Desk(office.context("zhoumin"), tasks, Notices(), CannedAsker())
    yield made, office, uids
    tasks.close()


def test_the_page_shows_the_day_and_opens_what_waits(desk: Any, qtbot: Any) -> None:
    made, _office, _uids = desk
    went: list[tuple[str, dict[str, Any]]] = []
    made.opener = lambda target, params: went.append((target, params))
    page = HomeWindow(made)
    qtbot.addWidget(page)
    page.show()
    assert made.tasks.wait()
    texts = [each.text() for each in page.findChildren(QLabel)]
    assert "11 月 23 日 星期一 · 2026 年度还剩 28 个工作日 · 有 2 件事等您办" in texts
    lines = [each for each in page.findChildren(TodoLine) if not each.isHidden()]
    assert [each.accessibleName() for each in lines] == [
        "草稿，还没提交，1 件，最久 6 天，20,000.00 元",
        "被退回，等您改，1 件，最久 今天，30,000.00 元",
    ]
    lines[0].click()
    assert went == [("window:plans", {"view": "draft"})]


def test_urging_from_the_page_marks_the_task(desk: Any, qtbot: Any) -> None:
    made, _office, uids = desk
    page = HomeWindow(made)
    qtbot.addWidget(page)
    assert made.tasks.wait()
    page._urge(page._home.sent[0])
    assert made.tasks.wait()
    assert page._home.sent[0].uid == uids["old"]
    assert page._home.sent[0].urged_at == FIRST_MORNING
    lines = [each for each in page.findChildren(SentLine) if not each.isHidden()]
    assert "11-23 催过" in lines[0].accessibleName()


def test_another_windows_change_refreshes_the_page(desk: Any, qtbot: Any) -> None:
    made, office, _uids = desk
    page = HomeWindow(made)
    qtbot.addWidget(page)
    assert made.tasks.wait()
    fund = office.fund("JH2026410000002", "5.00")
    assert fund
    from govproc_desktop.services.context import Changes

    made.notices.tell(Changes(frozenset({"fund_plan"})))
    assert made.tasks.wait()
    assert page._home.fiscal.planned == Decimal("1000005.00")


def test_who_may_not_see_money_is_not_told_there_is_none(desk: Any, qtbot: Any) -> None:
    made, office, _uids = desk
    admin = Desk(office.context("admin"), made.tasks, Notices(), CannedAsker())
    page = HomeWindow(admin)
    qtbot.addWidget(page)
    page.show()
    assert made.tasks.wait()
    titles = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    assert not any("钱走到哪一步" in each for each in titles)
    assert "待办" in titles


def test_unsaved_work_opens_from_the_page_and_notes_lead_to_their_tables(
    desk: Any, qtbot: Any
) -> None:
    made, office, uids = desk
    body = json.dumps({"fields": {"title": "打到一半"}})
    kept = KeepDraft(form="plan.form", document=uids["draft"], seen_version=1, body=body)
    office.do("zhoumin", kept)
    went: list[tuple[str, dict[str, Any]]] = []
    made.opener = lambda target, params: went.append((target, params))
    page = HomeWindow(made, [Shortcut(id="reference", title="基础数据", icon="")])
    qtbot.addWidget(page)
    page.show()
    assert made.tasks.wait()
    (line,) = [each for each in page.findChildren(KeptLine) if each.isVisible()]
    assert line.accessibleName().startswith("等了 9 天，改到一半 · 今天 09:00 打的")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert went == [("plan.form", {"uid": str(uids["draft"])})]
    # the clerk may not change the tables, the administrator may
    assert not page._notes_card.mend.isVisible()
    admin = Desk(office.context("admin"), made.tasks, Notices(), CannedAsker())
    admin.opener = made.opener
    other = HomeWindow(admin, [Shortcut(id="reference", title="基础数据", icon="")])
    qtbot.addWidget(other)
    other.show()
    assert made.tasks.wait()
    assert other._notes_card.mend.isVisible()
    other._notes_card.mend.click()
    assert went[-1] == ("window:reference", {})
