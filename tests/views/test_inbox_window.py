from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile, ZipInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from reportlab.pdfgen.canvas import Canvas

from govproc_desktop.models.engine import Database
from govproc_desktop.paths import resource
from govproc_desktop.queries.inbox import InboxOrder, InboxRow
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.attachments import AddAttachment
from govproc_desktop.services.plans import SavePlan, SubmitPlan
from govproc_desktop.services.reference import LoadReference
from govproc_desktop.views.inbox import WINDOWS, InboxWindow, deciding, make_inbox
from govproc_desktop.views.inbox.action_bar import PhraseMenu
from govproc_desktop.views.inbox.bulk_dialog import BulkDialog
from govproc_desktop.views.inbox.grid import Fact, FactsGrid, GridCell, GridColumn, PaperGrid
from govproc_desktop.views.inbox.pins import pin_text
from govproc_desktop.views.inbox.return_dialog import ReturnDialog, targets_of
from govproc_desktop.views.inbox.task_list import TaskList, verdict
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_window import ListPage
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.paint import SHADOW_ROOM
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.kit.widgets import Chip, Popover
from tests.office import INTERNAL, Office, choose, item, make_office

MONDAY = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - office time is local


@dataclass
class Room:
    """An office with inbox windows open in it."""

    office: Office
    qtbot: Any
    opened: list[tuple[str, dict[str, Any]]]
    tasks: Tasks
    notices: Notices
    funds: dict[UUID, UUID]

    def send(self, amount: str, title: str, *, days: int = 0, **content: Any) -> UUID:
        """Submit a plan of 周敏 on a fund plan of its own."""
        office = self.office
        office.clock.now = MONDAY - timedelta(days=days)
        number = len(self.funds) + 1
        fund = office.fund(f"JH20264100{number:05d}", "6000000.00", pro_code=f"41{number:013d}")
        uid = uuid4()
        made = office.content(funds=((fund, amount),), title=title, **content)
        office.do("zhoumin", SavePlan(plan=uid, content=made))
        office.do("zhoumin", SubmitPlan(plan=uid, seen_version=self.version(uid)))
        self.funds[uid] = fund
        office.clock.now = MONDAY
        return uid

    def version(self, uid: UUID) -> int:
        return self.office.plan(uid).row_version

    def state(self, uid: UUID) -> str:
        return self.office.plan(uid).state

    def desk(self, login: str) -> Desk:
        return Desk(
            context=self.office.context(login),
            tasks=self.tasks,
            notices=self.notices,
            asker=CannedAsker(),
            opener=lambda target, params: self.opened.append((target, params)),
        )

    def inbox(self, login: str, **params: Any) -> InboxWindow:
        window = make_inbox(self.desk(login), params)
        self.qtbot.addWidget(window)
        window.resize(1280, 720)
        with self.qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.pane.list.setFocus()
        return window

    def key(self, widget: QWidget, key: Any) -> None:
        self.qtbot.keyClick(widget, key)


@pytest.fixture
def room(
    sqlite_database: Database,
    qapp: QApplication,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Room]:
    theme().apply(qapp, "light")
    monkeypatch.setattr(deciding, "GUARD_MS", 0)
    tasks = Tasks(immediate=True)
    yield Room(make_office(sqlite_database), qtbot, [], tasks, Notices(), {})
    tasks.close()


def titles(window: InboxWindow) -> list[str]:
    rows = [window.pane.list.row(place) for place in range(window.pane.list.total)]
    return [row.title for row in rows if row is not None]


def test_a_passes_and_shows_the_next_at_once(room: Room) -> None:
    first = room.send("120000.00", "先送的", days=4)
    room.send("50000.00", "后送的")
    window = room.inbox("zhengjianguo")
    assert window.document.title.text() == "先送的"
    assert window.bar.place.text() == "第 1 件，共 2 件"
    room.key(window.pane.list, Qt.Key.Key_A)
    assert room.state(first) == "filed"
    balance = room.office.balance(room.funds[first])
    assert (balance.filed, balance.in_transit) == (Decimal("120000.00"), Decimal(0))
    assert titles(window) == ["后送的"]
    assert window.document.title.text() == "后送的"
    assert window.bar.place.text() == "第 1 件，共 1 件"
    number = room.office.plan(first).number
    assert window.document.told() == f"《先送的》已同意，已备案，编号 {number}。"


def test_the_next_person_is_named_after_passing(room: Room) -> None:
    uid = room.send("120000.00", "要送主管部门", department_review=True)
    window = room.inbox("zhengjianguo")
    window.bar.opinion.setText("依据齐全")
    room.key(window.pane.list, Qt.Key.Key_A)
    assert room.state(uid) == "department_review"
    assert window.document.told() == "《要送主管部门》已同意，现在到主管部门审核，由 孙丽 办理。"
    assert window.bar.place.text() == "没有待办"
    assert window.bar.approve.reason is not None
    later = room.inbox("sunli")
    said = later.now.paper
    assert said is not None
    assert said.record.steps[-1].opinion == "依据齐全"
    assert targets_of(said) == (("returned", "经办 周敏"), ("internal_review", "内部审核 郑建国"))


def test_letters_belong_to_a_text_field_that_has_the_focus(room: Room) -> None:
    uid = room.send("120000.00", "不该办的")
    window = room.inbox("zhengjianguo")
    window.bar.opinion.setFocus()
    room.qtbot.keyClicks(window.bar.opinion, "a r")
    assert window.bar.opinion.text() == "a r"
    assert room.state(uid) == "internal_review"
    room.key(window.bar.opinion, Qt.Key.Key_Return)
    assert window.pane.list.hasFocus()
    assert room.state(uid) == "internal_review"


def test_a_double_press_does_not_pass_the_next_document(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = room.send("120000.00", "先送的", days=4)
    second = room.send("50000.00", "后送的")
    window = room.inbox("zhengjianguo")
    monkeypatch.setattr(deciding, "GUARD_MS", 60_000)
    room.key(window.pane.list, Qt.Key.Key_A)
    assert room.state(first) == "internal_review"
    monkeypatch.setattr(deciding, "GUARD_MS", 0)
    room.key(window.pane.list, Qt.Key.Key_A)
    monkeypatch.setattr(deciding, "GUARD_MS", 60_000)
    room.key(window.pane.list, Qt.Key.Key_A)
    assert (room.state(first), room.state(second)) == ("filed", "internal_review")


def test_an_opinion_half_written_waits_for_its_document(room: Room) -> None:
    room.send("120000.00", "先送的", days=4)
    room.send("50000.00", "后送的")
    window = room.inbox("zhengjianguo")
    window.bar.opinion.setFocus()
    room.qtbot.keyClicks(window.bar.opinion, "wait")
    room.key(window.bar.opinion, Qt.Key.Key_Down)
    assert window.document.title.text() == "后送的"
    assert window.bar.opinion.text() == ""
    room.key(window.bar.opinion, Qt.Key.Key_Up)
    assert window.bar.opinion.text() == "wait"


def dialog_of(window: QWidget, kind: type[QWidget]) -> Any:
    found = [each for each in window.findChildren(kind) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def test_r59_a_return_needs_an_opinion_and_carries_its_pins(room: Room) -> None:
    uid = room.send("120000.00", "要退的")
    window = room.inbox("zhengjianguo")
    room.key(window.pane.list, Qt.Key.Key_R)
    dialog: ReturnDialog = dialog_of(window, ReturnDialog)
    assert dialog.ok.reason == "退回须写意见，至少一个字"
    dialog.editor.setPlainText("  \n ")
    assert dialog.ok.reason is not None
    dialog.ok.click()
    room.key(dialog.ok, Qt.Key.Key_Return)
    assert room.state(uid) == "internal_review"
    dialog.editor.setPlainText("报价依据只有一家")
    dialog.pin("items.0.price")
    assert dialog.ok.reason is None
    room.key(dialog.ok, Qt.Key.Key_Return)
    assert room.state(uid) == "returned"
    assert room.office.balance(room.funds[uid]).in_transit == Decimal(0)
    assert window.document.told() == "《要退的》已退回，已回到经办人手里。"
    room.office.do("zhoumin", SubmitPlan(plan=uid, seen_version=room.version(uid)))
    window.refresh()
    assert window.now.paper is not None
    back = window.now.paper.record.steps[1]
    assert (back.opinion, back.pins) == ("报价依据只有一家", '["items.0.price"]')


def test_a_return_is_pinned_to_cells_and_nothing_overlaps(room: Room) -> None:
    room.send("120000.00", "要退的")
    window = room.inbox("zhengjianguo")
    room.key(window.pane.list, Qt.Key.Key_R)
    dialog: ReturnDialog = dialog_of(window, ReturnDialog)
    assert not dialog.lines["items"].isVisible()
    dialog.pin("items")
    assert dialog.pins() == ("items",)
    assert dialog.lines["items"].isVisible()
    dialog.pin("items.0.price")
    dialog.pin("funds.0.amount")
    assert dialog.pins() == ("funds.0.amount", "items.0.price")
    box = dialog.lines["items"].boxes["items.0.price"]
    assert box.accessibleName() == "采购内容第 1 行单价"
    assert dialog.height() - 2 * SHADOW_ROOM <= 720
    dialog.editor.setPlainText("单价偏高")
    room.qtbot.wait(1)
    editor = dialog.editor.geometry()
    chip = dialog.findChildren(Chip)[0]
    assert chip.mapTo(dialog, QPoint(0, 0)).y() > editor.bottom()
    dialog.reject()


def test_r15_ones_own_document_is_off_with_the_reason(room: Room) -> None:
    office = room.office
    clerk = ("plan.view", "plan.edit", "fund_plan.view")
    office.operator("zhengjg2", "郑建国", "institute", clerk, person="zhengjianguo")
    fund = office.fund("JH2026410099999", "100000.00")
    uid = uuid4()
    office.do("zhengjg2", SavePlan(plan=uid, content=office.content(funds=((fund, "100.00"),))))
    office.do("zhengjg2", SubmitPlan(plan=uid, seen_version=room.version(uid)))
    window = room.inbox("zhengjianguo")
    assert window.bar.approve.reason == "经办人与审核人不能是同一人（郑建国）"
    assert window.bar.back.reason == "经办人与审核人不能是同一人（郑建国）"
    assert window.bar.refusal.text() == "经办人与审核人不能是同一人（郑建国）"
    room.key(window.pane.list, Qt.Key.Key_A)
    room.key(window.pane.list, Qt.Key.Key_R)
    assert room.state(uid) == "internal_review"
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, Popover)]
    assert [each for each in shown if each.isVisible()]
    for each in shown:
        each.close()


def test_the_second_reviewer_is_told_who_was_first(room: Room) -> None:
    office = room.office
    office.operator("wanggang", "王刚", "institute", INTERNAL, internal_mark=True)
    uid = room.send("120000.00", "两个人都在看", department_review=True)
    room.send("50000.00", "下一件")
    window = room.inbox("wanggang")
    office.clock.move(minutes=12)
    office.do("zhengjianguo", ApprovePlan(plan=uid, seen_version=room.version(uid)))
    room.key(window.pane.list, Qt.Key.Key_A)
    told = window.document.told()
    assert told == (
        "郑建国 已于 09:12 先同意了《两个人都在看》，您这次没有办理；"
        "现在到主管部门审核，由 孙丽 办理。"
    )
    assert titles(window) == ["下一件"]
    assert window.document.title.text() == "下一件"
    steps = [step for step in office.plan(uid).route.split(",") if step]
    assert steps == ["internal_review", "department_review"]


def lower_the_tender_limit(office: Office) -> None:
    """Put a limit in force that plans already sent do not keep."""
    text = resource("data/thresholds.csv").read_text("utf-8-sig")
    office.do(None, LoadReference(kind="thresholds", text=text.replace("4000000.00", "100000.00")))


def test_a_broken_rule_keeps_the_button_off_and_stands_first(room: Room) -> None:
    uid = room.send("120000.00", "后来不符的")
    lower_the_tender_limit(room.office)
    window = room.inbox("zhengjianguo")
    bad = [check for check in window.checks.checks if not check.ok]
    assert "R12" in {check.rule for check in bad}
    row = window.pane.list.row(0)
    assert row is not None
    assert not row.green
    assert window.bar.approve.reason is not None
    room.key(window.pane.list, Qt.Key.Key_A)
    assert room.state(uid) == "internal_review"
    for each in QApplication.topLevelWidgets():
        if isinstance(each, Popover):
            each.close()


def test_what_changed_since_the_return_is_shown(room: Room) -> None:
    office = room.office
    line = item("100000.00", quantity="2", choice=choose())
    uid = room.send("200000.00", "改过的", days=6, items=[line])
    office.clock.now = MONDAY - timedelta(days=5)
    office.do("zhengjianguo", ReturnPlan(plan=uid, seen_version=room.version(uid), opinion="太贵"))
    fund = room.funds[uid]
    again = office.content(
        funds=((fund, "180000.00"),),
        title="改过的",
        items=[replace(line, price=Decimal("90000"))],
    )
    office.do("zhoumin", SavePlan(plan=uid, content=again, seen_version=room.version(uid)))
    office.do(
        "zhoumin",
        AddAttachment(
            attachment=uuid4(),
            doc_kind="plan",
            document=uid,
            kind_code="price",
            name="三家询价记录.pdf",
            mime="application/pdf",
            data=pdf(2),
        ),
    )
    office.clock.now = MONDAY - timedelta(days=4)
    office.do("zhoumin", SubmitPlan(plan=uid, seen_version=room.version(uid)))
    office.clock.now = MONDAY
    window = room.inbox("zhengjianguo")
    assert window.document.changes.isVisible()
    shown = {(one.title, one.old, one.new) for one in window.document.changes.changes}
    assert ("总金额", "200,000.00", "180,000.00") in shown
    assert any(title == "附件" and new == "三家询价记录.pdf" for title, _old, new in shown)
    (card,) = window.document.files.cards
    assert card.fresh
    assert "第 2 次提交" in window.document.sub.text().replace("\u00a0", " ")
    card.click()
    assert window.document.preview.isVisible()
    assert window.document.preview.count.text() == "第 1 页，共 2 页"
    window.viewer.close()
    assert not window.document.preview.isVisible()


def test_the_document_says_its_facts_and_lines(room: Room) -> None:
    room.send("120000.00", "看内容的", own="30000.00")
    window = room.inbox("zhengjianguo")
    pane = window.document
    assert pane.totals.total.text() == "150,000.00"
    assert pane.totals.capitals.text() == "壹拾伍万元整"
    assert (pane.totals.fiscal.text(), pane.totals.own.text()) == ("120,000.00", "30,000.00")
    assert pane.facts.value("采购方式") == "询价"
    assert pane.facts.value("审核流程") == "不送主管部门"
    rows = [[cell for cell in row if cell] for row in pane.funds.texts()]
    assert rows[0][-2:] == ["6,000,000.00", "120,000.00"]
    assert rows[1][0] == "其它资金"
    assert pane.items.texts()[0][-1] == "150,000.00"
    assert pane.pill.accessibleName() == "审核中"


def test_bulk_passes_only_green_ones_and_tells_each_refusal(room: Room) -> None:
    good = room.send("50000.00", "小的")
    bad = room.send("120000.00", "会不符的", days=2)
    window = room.inbox("zhengjianguo")
    assert window.pane.bulk.text() == "全绿的 2 件可成批同意"
    lower_the_tender_limit(room.office)
    window.pane.bulk.click()
    dialog: BulkDialog = dialog_of(window, BulkDialog)
    assert dialog.total.text() == "2 件，合计 170,000.00 元"
    dialog.ok.click()
    assert dialog.report is not None
    assert [row.title for row in dialog.report.passed] == ["小的"]
    assert len(dialog.report.refused) == 1
    assert dialog.report.asked == len(dialog.report.passed) + len(dialog.report.refused)
    assert "会不符的：" in dialog.result_text.text()
    assert (room.state(good), room.state(bad)) == ("filed", "internal_review")
    assert window.document.told() == "成批同意：1 件已同意，1 件没有办成，0 件没有动。"
    assert titles(window) == ["会不符的"]
    dialog.cancel.click()


def test_bulk_leaves_what_is_not_ticked_and_stops_when_told(room: Room) -> None:
    kept = room.send("50000.00", "不勾的", days=2)
    gone = room.send("60000.00", "勾的")
    window = room.inbox("zhengjianguo")
    window.pane.bulk.click()
    dialog: BulkDialog = dialog_of(window, BulkDialog)
    for row in dialog.rows:
        row.setChecked(row.row.title == "勾的")
    assert dialog.ok.text() == "同意 1 件"
    dialog.ok.click()
    dialog.cancel.click()
    assert (room.state(kept), room.state(gone)) == ("internal_review", "filed")


def test_bulk_cancel_between_documents_leaves_the_rest() -> None:
    from threading import Event

    from govproc_desktop.views.inbox.deeds import approve_all

    stop = Event()
    stop.set()
    rows: Any = [object(), object()]
    context: Any = None
    seen: list[tuple[int, int]] = []
    report = approve_all(rows, context, opinion="", stop=stop, progress=lambda *at: seen.append(at))
    assert (report.asked, report.left, report.passed) == (2, 2, ())
    assert seen[0] == (0, 2)


def test_phrases_open_with_a_slash_and_are_taken_by_number(room: Room) -> None:
    room.send("50000.00", "要写意见")
    window = room.inbox("zhengjianguo")
    window.bar.opinion.setFocus()
    room.qtbot.keyClicks(window.bar.opinion, "/")
    menu: PhraseMenu = dialog_of(window, PhraseMenu)
    room.qtbot.keyClicks(menu, "2")
    assert window.bar.opinion.text() == "依据齐全，同意上报。"
    assert not menu.isVisible()


def test_enter_opens_the_original_and_links_lead_to_it(room: Room) -> None:
    uid = room.send("50000.00", "要打开的")
    window = room.inbox("zhengjianguo")
    room.key(window.pane.list, Qt.Key.Key_Return)
    window.checks.mendRequested.emit("funds.0.amount")
    window.checks.mendRequested.emit("window:fund_plans")
    window.document.print.click()
    assert room.opened == [
        ("plan.form", {"uid": str(uid)}),
        ("plan.form", {"uid": str(uid), "field": "funds.0.amount"}),
        ("window:fund_plans", {}),
        ("print.preview", {"form": "F-01", "uids": (str(uid),)}),
    ]


def test_an_empty_inbox_says_why_and_shows_the_way_on(room: Room) -> None:
    window = room.inbox("zhengjianguo")
    assert window.document.empty.isVisible()
    assert window.document.empty.text.text() == "都办完了。新送来的单据会出现在左边。"
    clerk = room.inbox("zhoumin")
    assert "没有审核权限" in clerk.document.empty.text.text()
    room.send("50000.00", "新到的")
    window.refresh()
    assert not window.document.empty.isVisible()
    assert window.bar.isVisible()
    assert window.document.title.text() == "新到的"


def test_search_narrows_the_queue_and_lets_it_go(room: Room) -> None:
    room.send("50000.00", "食用菌冷藏", days=3)
    room.send("60000.00", "土壤检测")
    window = room.inbox("zhengjianguo")
    window.pane.open_search()
    assert window.pane.search.hasFocus()
    with room.qtbot.waitSignal(window.pane.questionChanged, timeout=2000):
        window.pane.search.setText("土壤")
    assert titles(window) == ["土壤检测"]
    assert window.document.title.text() == "土壤检测"
    with room.qtbot.waitSignal(window.pane.questionChanged, timeout=2000):
        window.pane.search.setText("没有的")
    assert "没有名称里有“没有的”的待办" in window.document.empty.text.text()
    with room.qtbot.waitSignal(window.pane.questionChanged, timeout=2000):
        window.pane.search.clear()
    assert len(titles(window)) == 2
    window.pane.open_search()
    assert not window.pane.search.isVisible()


def test_pins_are_said_in_words() -> None:
    assert pin_text("items.0.price") == "采购内容第 1 行单价"
    assert pin_text("items.2.choice.method") == "采购内容第 3 行采购方式"
    assert pin_text("funds.1.amount") == "资金来源第 2 行本次申请使用"
    assert pin_text("expected_on") == "期望完成时间"
    assert pin_text("attachments") == "附件"


def test_order_is_asked_for_and_the_wished_document_is_shown(room: Room) -> None:
    room.send("50000.00", "老的", days=9)
    new = room.send("80000.00", "新的")
    window = room.inbox("zhengjianguo", uid=str(new))
    assert window.document.title.text() == "新的"
    window.pane.set_order(InboxOrder.LARGEST)
    assert titles(window) == ["新的", "老的"]
    assert window.bar.place.text() == "第 1 件，共 2 件"


def test_another_windows_deed_reloads_and_keeps_the_document(room: Room) -> None:
    room.send("50000.00", "先来的", days=9)
    second = room.send("80000.00", "在看的")
    window = room.inbox("zhengjianguo", uid=str(second))
    third = room.send("90000.00", "刚到的")
    outcome = room.office.do(
        "zhengjianguo", ReturnPlan(plan=third, seen_version=room.version(third), opinion="退")
    )
    room.send("70000.00", "又来的", days=20)
    room.notices.tell(outcome.changes)
    assert titles(window) == ["又来的", "先来的", "在看的"]
    assert window.document.title.text() == "在看的"
    assert window.bar.place.text() == "第 3 件，共 3 件"


def test_r16_note_is_shown_to_who_lacks_a_mark(room: Room) -> None:
    room.send("50000.00", "等人审的")
    room.office.operator("nomark", "无标志", "institute", INTERNAL)
    window = room.inbox("nomark")
    assert "没有内部审核标志" in window.document.empty.text.text()
    assert not window.bar.isVisible()
    assert window.pane.notes


def test_at_150_per_cent_of_a_full_hd_screen_nothing_is_squeezed(room: Room) -> None:
    room.send("120000.00", "窄屏上看的", own="30000.00")
    window = room.inbox("zhengjianguo")
    window.resize(1224, 640)  # 1280×720 logical less rail and tabs
    window.grab()
    assert window.minimumSizeHint().width() <= 1224
    pane = window.document
    assert pane.width() >= 540
    assert pane.funds.texts()[0][0] == "JH2026410000001"
    assert len(pane.funds.texts()[0]) == 4  # the document number stands under the plan number
    assert window.bar.approve.geometry().right() <= window.bar.width()
    content = window.checks.area.widget()
    assert content.width() <= window.checks.area.viewport().width()
    assert pane._body.width() <= pane.area.viewport().width()


@pytest.mark.parametrize("at", [1, 2])
def test_done_and_started_open_as_lists(room: Room, at: int) -> None:
    uid = room.send("50000.00", "办过的")
    room.office.do("zhengjianguo", ApprovePlan(plan=uid, seen_version=room.version(uid)))
    login = "zhengjianguo" if at == 1 else "zhoumin"
    made = WINDOWS[at].make(room.desk(login), {"view": "all"})
    room.qtbot.addWidget(made)
    assert isinstance(made, ListPage)
    made.resize(1100, 600)
    made.show()
    model = made.table.view.model()
    assert model.rowCount() == 1
    shown = [str(model.index(0, column).data() or "") for column in range(model.columnCount())]
    assert "办过的" in shown
    assert "已备案" in shown


def test_it_works_with_real_lanes_and_quick_fingers(room: Room) -> None:
    uids = [room.send(f"{10000 + place}.00", f"第{place}件", days=9 - place) for place in range(4)]
    room.tasks = Tasks()
    window = room.inbox("zhengjianguo")
    assert room.tasks.wait()
    for _step in range(3):
        room.key(window.pane.list, Qt.Key.Key_Down)
    room.key(window.pane.list, Qt.Key.Key_Up)
    room.key(window.pane.list, Qt.Key.Key_A)  # nothing is read yet, so nothing may be passed
    assert room.tasks.wait()
    assert {room.state(uid) for uid in uids} == {"internal_review"}
    assert window.document.title.text() == "第2件"
    room.key(window.pane.list, Qt.Key.Key_A)
    room.key(window.pane.list, Qt.Key.Key_A)
    assert room.tasks.wait()
    assert [room.state(uid) for uid in uids].count("filed") == 1
    assert room.state(uids[2]) == "filed"
    assert window.document.title.text() == "第3件"
    window.close()


def many(count: int) -> list[InboxRow]:
    return [
        InboxRow(
            task=uuid4(),
            doc_kind="plan",
            doc_uid=uuid4(),
            state="internal_review",
            title=f"第{place}件",
            unit="单位",
            amount=Decimal(place),
            since=MONDAY,
            days=place % 9,
            urged_at=MONDAY if place % 2 else None,
            green=place % 3 == 0,
            failing=int(place % 3 == 1),
            explaining=int(place % 3 == 2),
            own=place == 5,
            seen_version=1,
        )
        for place in range(count)
    ]


def test_the_list_asks_only_for_pages_in_view(qapp: QApplication, qtbot: Any) -> None:
    theme().apply(qapp, "dark")
    rows = many(350)
    tasks = TaskList()
    qtbot.addWidget(tasks)
    asked: list[int] = []
    tasks.wanted.connect(asked.append)
    tasks.resize(304, 780)
    tasks.show()
    tasks.clear(50_000)
    assert asked == [0]
    tasks.put(0, rows[:100])
    tasks.go(0)
    qtbot.keyClick(tasks, Qt.Key.Key_End)
    assert tasks.place == 49_999
    assert asked == [0, 49_900]
    qtbot.keyClick(tasks, Qt.Key.Key_Home)
    qtbot.keyClick(tasks, Qt.Key.Key_PageDown)
    assert tasks.place == 10
    assert asked == [0, 49_900]
    tasks.grab()
    assert "第10件" in tasks.accessibleDescription()
    place = tasks.viewport().rect().topLeft()
    qtbot.mouseClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert tasks.place <= 10
    with qtbot.waitSignal(tasks.opened, timeout=1000):
        qtbot.keyClick(tasks, Qt.Key.Key_Return)


def test_what_the_rules_said_is_a_word_and_a_shape() -> None:
    said = [verdict(row)[:2] for row in many(6)]
    assert said[0] == ("check", "全部通过")
    assert said[1] == ("x", "1 项不符")
    assert said[2] == ("warn", "1 项要说明")
    assert said[5] == ("lock", "您编制的")


def pdf(pages: int) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    for page in range(pages):
        canvas.drawString(100, 700, f"page {page + 1}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def word() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(ZipInfo(name, (2026, 11, 23, 9, 0, 0)), "<a/>")
    return buffer.getvalue()


def test_files_are_shown_page_by_page_and_saved(room: Room, tmp_path: Path) -> None:
    office = room.office
    fund = office.fund("JH2026410099998", "100000.00")
    uid = uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content(funds=((fund, "100.00"),))))
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("#336699"))
    picture.save(str(tmp_path / "p.png"))
    files = {
        "三页.pdf": ("application/pdf", pdf(3)),
        "照片.png": ("image/png", (tmp_path / "p.png").read_bytes()),
        "坏的.pdf": ("application/pdf", b"%PDF-1.4 nonsense %%EOF"),
        "需求.docx": ("docx", word()),
    }
    for name, (mime, data) in files.items():
        office.do(
            "zhoumin",
            AddAttachment(
                attachment=uuid4(),
                doc_kind="plan",
                document=uid,
                kind_code="other",
                name=name,
                mime=mime,
                data=data,
            ),
        )
    office.do("zhoumin", SubmitPlan(plan=uid, seen_version=room.version(uid)))
    window = room.inbox("zhengjianguo")
    preview = window.document.preview
    cards = {card.text(): card for card in window.document.files.cards}
    cards["三页.pdf"].click()
    assert preview.count.text() == "第 1 页，共 3 页"
    preview.next.click()
    preview.next.click()
    assert preview.count.text() == "第 3 页，共 3 页"
    assert not preview.next.isEnabled()
    cards["照片.png"].click()
    assert not preview.count.isVisible()
    shown = preview.picture.grab().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2) == QColor("#336699")
    for name in ("坏的.pdf", "需求.docx"):
        cards[name].click()
        assert "不能在这里看" in preview.words.text()
    asker = window.viewer._desk.asker
    asker.files.append(tmp_path / "out.docx")  # type: ignore[attr-defined]
    window.viewer.turner.save()
    assert (tmp_path / "out.docx").read_bytes() == word()
    asker.files[0] = tmp_path / "nowhere" / "out.docx"  # type: ignore[attr-defined]
    window.viewer.turner.save()
    assert "没有保存" in asker.errors[0].sentence()  # type: ignore[attr-defined]
    cards["需求.docx"].click()
    assert not preview.isVisible()


def test_grids_show_the_whole_of_a_cell_they_had_to_shorten(qapp: QApplication, qtbot: Any) -> None:
    theme().apply(qapp, "light")
    grid = PaperGrid("采购内容")
    qtbot.addWidget(grid)
    columns = (GridColumn(title="名称", stretch=True), GridColumn(title="小计(元)", right=True))
    long = "名称很长" * 30
    grid.set_rows(columns, [(GridCell(long, "第二行"), GridCell("1.00"))])
    grid.resize(300, grid.height())
    grid.grab()
    assert grid.height() == 32 + 46 + 1
    assert grid._tip(20, 50) == f"{long}\n第二行"
    assert grid._tip(20, 5) == ""
    facts = FactsGrid()
    qtbot.addWidget(facts)
    facts.resize(600, 10)
    facts.set_facts([Fact("短", "一"), Fact("很长", "字" * 200), Fact("后面", "二")])
    assert facts.height() > 3 * FactsGrid.ROW
    facts.grab()
