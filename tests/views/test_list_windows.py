from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from govproc_desktop.domain.plan.flow import DRAFT
from govproc_desktop.models import Plan
from govproc_desktop.models.engine import Database
from govproc_desktop.queries.listing import Criterion
from govproc_desktop.queries.views import ViewsParams, saved_views
from govproc_desktop.services.context import Changes
from govproc_desktop.views.kit.columns_dialog import ColumnsDialog
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.filters import FilterSheet, describe
from govproc_desktop.views.kit.list_window import ListPage
from govproc_desktop.views.kit.list_window import page as list_page
from govproc_desktop.views.kit.list_window.page import EXPORT
from govproc_desktop.views.kit.spec import AmountFilter, DayFilter, WindowSpec
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.kit.why import WhyPanel
from govproc_desktop.views.kit.widgets import AmountField, Check, DateField
from govproc_desktop.views.plan_management import WINDOWS
from govproc_desktop.views.plan_management.fund_plans import FundPlansWindow
from govproc_desktop.views.plan_management.plans import make_plans
from tests.office import Office, make_office
from tests.views.list_ground import desk_for, office_with_plans

Make = Callable[..., ListPage]


HELD: list[QWidget] = []
"""Windows shown; Python's collector must not take one while it is being painted."""


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> Iterator[None]:
    theme().apply(qapp, "light")
    yield
    for page in HELD:
        page.close()
        page.deleteLater()
    HELD.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return office_with_plans(sqlite_database)


@pytest.fixture
def desk(office: Office) -> Iterator[Desk]:
    made = desk_for(office)
    yield made
    made.tasks.close()


@pytest.fixture
def plans(desk: Desk, qtbot: QtBot) -> ListPage:
    return shown(make_plans(desk, {}), qtbot)


def shown(page: Any, qtbot: QtBot) -> Any:
    HELD.append(page)
    page.resize(1208, 860)
    page.show()
    qtbot.waitExposed(page)
    return page


def titles(page: ListPage) -> list[str]:
    model = page.table.model
    return [str(model.index(row, 1).data()) for row in range(min(5, model.rowCount()))]


def choose(page: ListPage, *rows: int) -> None:
    selection = page.table.view.selectionModel()
    flags = QItemSelectionModel.SelectionFlag
    selection.clearSelection()
    for row in rows:
        selection.select(page.table.model.index(row, 0), flags.Select | flags.Rows)


LISTS = [spec for spec in WINDOWS if spec.menu]


@pytest.mark.parametrize("spec", LISTS, ids=lambda spec: spec.id)
def test_every_window_opens(spec: WindowSpec, desk: Desk, qtbot: QtBot) -> None:
    page: QWidget = shown(spec.make(desk, {}), qtbot)
    assert page.windowTitle() == spec.title
    assert not desk.asker.errors  # type: ignore[attr-defined]


def test_counts_totals_and_tabs(plans: ListPage) -> None:
    assert plans.bar.told.text() == "共 300 条"
    assert titles(plans)[0] == "计划299"
    assert "合计 300 条" in plans.table.totals.accessibleName()
    assert "44,850.00" in plans.table.totals.accessibleName()
    assert plans.tabs.view_keys() == ("open", "draft", "returned", "review", "mine")


def test_search_says_how_many_are_hidden(plans: ListPage, qtbot: QtBot) -> None:
    qtbot.keyClick(plans.table.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert plans.bar.search.hasFocus()
    qtbot.keyClicks(plans.bar.search, "jh01")
    qtbot.waitUntil(lambda: plans.table.model.rowCount() == 10)
    assert plans.bar.told.text() == "已筛选 10 条，共 300 条"
    qtbot.keyClick(plans.bar.search, Qt.Key.Key_Down)
    assert plans.table.view.hasFocus()
    plans.bar.clear.click()
    assert plans.bar.told.text() == "共 300 条"
    assert not plans.bar.clear.isVisible()


def test_filters_show_as_chips_and_leave_by_their_cross(plans: ListPage) -> None:
    year = Criterion(name="year", values=("2025",))
    plans.show_question(filters=(year, Criterion(name="total", low="100", high="200")))
    assert [chip.accessibleName() for chip in plans.bar.chips()] == [
        "年度 2025",
        "金额 100.00 至 200.00",
    ]
    assert plans.bar.told.text() == "已筛选 51 条，共 300 条"
    plans.bar.chips()[1].removed.emit()
    assert plans.bar.criteria() == (year,)
    assert plans.bar.told.text() == "已筛选 150 条，共 300 条"


def test_filter_sheet_reads_amounts_and_days(plans: ListPage, qtbot: QtBot) -> None:
    got: list[Criterion | None] = []
    amounts = AmountFilter(name="total", title="金额")
    sheet = FilterSheet(amounts, None, options=(), done=got.append, parent=plans)
    low, high = sheet.findChildren(AmountField)
    low.setText("1,000")
    high.setText("12.345")
    sheet.apply()
    assert "两位" in sheet.error.text()
    high.setText("999")
    sheet.apply()
    assert "对调" in sheet.error.text()
    high.setText("")
    sheet.apply()
    assert got == [Criterion(name="total", low="1000.00")]
    assert describe(amounts, got[0] or Criterion(name=""), ()) == "1,000.00 起"
    applied = DayFilter(name="applied_on", title="申请日期")
    days = FilterSheet(applied, None, options=(), done=got.append, parent=plans)
    first, _second = days.findChildren(DateField)
    first.set_day(date(2026, 7, 1))
    days.apply()
    assert got[-1] == Criterion(name="applied_on", low="2026-07-01")


def test_choice_sheet_offers_names(plans: ListPage) -> None:
    spec = plans.window_spec.filters[2]
    sheet = plans.bar.open_sheet(spec, plans.bar.add)
    ticks = {tick.text(): tick for tick in sheet.findChildren(Check)}
    ticks["公开招标"].setChecked(True)
    sheet.apply()
    assert plans.bar.criteria() == (Criterion(name="method", values=("GKZB",)),)
    assert plans.bar.chips()[0].accessibleName() == "采购方式 公开招标"
    assert plans.table.model.rowCount() == 100


def test_sorting_by_head(plans: ListPage) -> None:
    names = plans.fields()
    plans.table.view.head.sectionClicked.emit(names.index("total") + 1)
    assert titles(plans)[0] == "计划299"
    plans.table.view.head.sectionClicked.emit(names.index("total") + 1)
    assert titles(plans)[0] == "计划000"
    assert plans.table.view.head.sortIndicatorSection() == names.index("total") + 1


def test_what_is_off_says_why(plans: ListPage, qtbot: QtBot) -> None:
    assert "一条也没有选" in (plans.head.buttons["plan.submit"].reason or "")
    choose(plans, 0)
    assert plans.head.buttons["plan.submit"].reason is None
    reason = plans.head.buttons["plan.withdraw"].reason or ""
    assert "计划299" in reason
    assert "「草稿」" in reason
    plans.trigger("plan.withdraw")
    (panel,) = plans.window().findChildren(WhyPanel)
    assert panel is not None
    panel.closed.emit()


def test_submit_and_refusal_from_the_list(plans: ListPage, desk: Desk) -> None:
    choose(plans, 0)
    plans.trigger("plan.submit")
    (fault,) = desk.asker.errors  # type: ignore[attr-defined]
    assert str(fault)
    assert "计划299" in plans.status.left.text()
    assert plans.rows()[0]["state"] == DRAFT


def test_delete_asks_first_and_refreshes(plans: ListPage, desk: Desk) -> None:
    desk.asker.answers += ["no", "yes"]  # type: ignore[attr-defined]
    choose(plans, 1, 2)
    plans.trigger("plan.delete")
    assert plans.table.model.rowCount() == 300
    choose(plans, 1, 2)
    plans.trigger("plan.delete")
    assert "计划298" in desk.asker.asked[1].text  # type: ignore[attr-defined]
    assert plans.table.model.rowCount() == 298
    assert titles(plans)[:3] == ["计划299", "计划296", "计划295"]
    assert plans.bar.told.text() == "共 298 条"


def test_a_notice_keeps_what_is_chosen(plans: ListPage, desk: Desk) -> None:
    choose(plans, 5)
    key = plans.rows()[0]["uid"]
    with desk.context.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM plan WHERE title = '计划297'")
        session.commit()
    desk.notices.tell(Changes(kinds=frozenset({"plan"})))
    assert [row["uid"] for row in plans.rows()] == [key]
    assert plans.table.view.selectionModel().selectedRows()[0].row() == 4
    desk.notices.tell(Changes(kinds=frozenset({"unit"})))


def test_hidden_windows_read_when_shown_again(plans: ListPage, desk: Desk) -> None:
    plans.hide()
    with desk.context.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM plan WHERE title = '计划297'")
        session.commit()
    desk.notices.tell(Changes(kinds=frozenset({"plan"})))
    assert plans.table.model.rowCount() == 300
    plans.show()
    assert plans.table.model.rowCount() == 299


def test_columns_are_remembered(plans: ListPage, desk: Desk, qtbot: QtBot) -> None:
    plans.trigger("columns")
    (dialog,) = plans.findChildren(ColumnsDialog)
    items = [dialog.titles.item(row) for row in range(dialog.titles.count())]
    for item in items[2:]:
        item.setCheckState(Qt.CheckState.Unchecked)
    dialog.titles.setCurrentRow(1)
    dialog.titles.shift(-1)
    dialog.accept()
    assert plans.fields() == ("method", "title")
    again = shown(make_plans(desk, {}), qtbot)
    assert again.fields() == ("method", "title")


def test_a_question_is_saved_as_a_view(plans: ListPage, desk: Desk, qtbot: QtBot) -> None:
    desk.asker.answers.append("去年的")  # type: ignore[attr-defined]
    plans.show_question(search="计划1", filters=(Criterion(name="year", values=("2025",)),))
    plans.keeper.save()
    assert plans.tabs.current == "saved:去年的"
    again = shown(make_plans(desk, {"view": "saved:去年的"}), qtbot)
    again.show_view("saved:去年的")
    assert again.bar.words() == "计划1"
    assert again.table.model.rowCount() == 50
    again.keeper.delete("saved:去年的")
    assert saved_views(desk.reader(), ViewsParams(list_id="plans")) == []
    assert again.tabs.current == "open"


def test_export_is_typed_and_says_what_was_filtered(
    plans: ListPage, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "计划.xlsx"
    desk.asker.files.append(path)  # type: ignore[attr-defined]
    plans.show_question(filters=(Criterion(name="total", low="290"),))
    plans.trigger(EXPORT)
    assert "已导出 10 条" in plans.status.left.text()
    book = CalamineWorkbook.from_path(str(path))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["项目名称", "备案编号", "采购方式", "申请日期"]
    assert rows[1][0] == "计划299"
    assert rows[1][3] == date(2026, 1, 1)
    assert rows[1][4] == 299
    assert rows[-1][4] == sum(range(290, 300))
    notes = [row[0] for row in book.get_sheet_by_index(1).to_python()]
    assert "金额：290.00 起" in notes
    assert "导出人：周敏" in notes


def test_export_of_chosen_rows(plans: ListPage, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "两条.xlsx"
    desk.asker.files.append(path)  # type: ignore[attr-defined]
    choose(plans, 1, 3)
    plans.trigger(EXPORT)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:3]] == ["计划298", "计划296"]


@pytest.mark.parametrize(
    ("words", "title"), [("jh010", "年度"), ("没有", "没有找到"), ("jh011", "其实列出来了")]
)
def test_a_missed_record_is_explained(plans: ListPage, words: str, title: str) -> None:
    plans.show_question(filters=(Criterion(name="year", values=("2026",)),))
    plans.find_missing(words)
    (panel,) = plans.window().findChildren(WhyPanel)
    assert title in panel._text
    panel.closed.emit()


def test_what_another_list_holds_is_named_and_opened(office: Office, qtbot: QtBot) -> None:
    with office.database.writing() as session:
        other = session.scalars(select(Plan).where(Plan.uid == UUID(int=8))).one()
        other.unit_id = office.unit_id("department")
        session.commit()
    opened: list[tuple[str, Mapping[str, Any]]] = []
    finance = desk_for(office, "linlan")
    page = shown(make_plans(finance, {}), qtbot)
    finance.opener = lambda target, params: opened.append((target, params))
    page.find_missing("计划007")
    (panel,) = page.window().findChildren(WhyPanel)
    assert "河南省农业农村厅的计划，现在是「草稿」；这里只列本单位还在办的。" in panel._text
    assert "列出与否只看这几条；列表随时按它们重新查。" in [
        each.text() for each in panel.findChildren(QLabel)
    ]
    panel.mendRequested.emit(f"open:{UUID(int=8)}")
    assert opened == [("plan.form", {"uid": str(UUID(int=8))})]
    finance.tasks.close()


def test_mending_link_takes_the_filter_away(plans: ListPage) -> None:
    plans.show_question(filters=(Criterion(name="year", values=("2026",)),))
    plans._go("filter:year")
    assert plans.bar.criteria() == ()
    plans._go("search:jh010")
    assert plans.table.model.rowCount() == 1


def test_keys_open_and_make_new(plans: ListPage, desk: Desk, qtbot: QtBot) -> None:
    opened: list[tuple[str, Mapping[str, Any]]] = []
    desk.opener = lambda target, params: opened.append((target, params))
    plans.table.view.setFocus()
    plans.table.view.setCurrentIndex(plans.table.model.index(2, 1))
    qtbot.keyClick(plans.table.view, Qt.Key.Key_Return)
    qtbot.keyClick(plans, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    plans.new()
    assert opened == [
        ("plan.form", {"uid": str(UUID(int=298))}),
        ("plan.form", {}),
        ("plan.form", {}),
    ]


def test_space_shows_the_paper(
    plans: ListPage, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    printed: list[tuple[str, tuple[UUID, ...]]] = []
    monkeypatch.setattr(
        list_page,
        "print_many",
        lambda _desk, *, form, documents: printed.append((form, documents)),
    )
    plans.table.view.setCurrentIndex(plans.table.model.index(0, 1))
    qtbot.keyClick(plans.table.view, Qt.Key.Key_Space)
    assert printed == [("F-01", (UUID(int=300),))]


def test_a_list_without_records_says_what_to_do(sqlite_database: Database, qtbot: QtBot) -> None:
    desk = desk_for(make_office(sqlite_database))
    page = shown(make_plans(desk, {}), qtbot)
    # the list's own criterion (one's unit) is no filter the person could clear
    assert page.table._nothing.text.text() == "没有在办的计划。按 Ctrl+N 新建一份。"
    assert not page.table._nothing.clear.isVisible()
    desk.tasks.close()


def test_a_view_given_by_name_is_marked_and_asked(desk: Desk, qtbot: QtBot) -> None:
    page = shown(make_plans(desk, {"view": "returned"}), qtbot)
    assert page.tabs.current == "returned"
    assert page.table.model.rowCount() == 0
    page.take({"view": "draft"})
    assert (page.tabs.current, page.table.model.rowCount()) == ("draft", 300)


def test_plans_wait_in_working_days(office: Office, qtbot: QtBot) -> None:
    office.clock.move(days=7)
    desk = desk_for(office)
    page = shown(make_plans(desk, {}), qtbot)
    at = [each.field for each in page.table.model.columns].index("state_since") + 1
    # from Monday to Monday there are five working days
    assert page.table.model.index(0, at).data() == "5 天"
    desk.tasks.close()


def test_an_empty_list_offers_to_clear(plans: ListPage) -> None:
    plans.show_question(search="没有这种")
    assert plans.table._nothing.isVisible()
    plans.table._nothing.clear.click()
    assert not plans.table._nothing.isVisible()
    assert plans.table.model.rowCount() == 300


def test_fund_record_on_a_past_day(desk: Desk, office: Office, qtbot: QtBot) -> None:
    first = office.clock.now.date()
    fund = office.fund("JH2026410000001", "500000.00")
    office.clock.move(days=3)
    office.fund("JH2026410000001", "450000.00", version=2)
    window = shown(FundPlansWindow(desk, {"uid": str(fund)}), qtbot)
    record = window.record
    assert record.plannable.text() == "450,000.00"
    assert record.ledger.model.rowCount() == 2
    assert record.ledger.model.index(0, 4).data() == "−50,000.00"
    record.show_day(first)
    assert record.plannable.text() == "500,000.00"
    assert record.ledger.model.rowCount() == 1
    qtbot.keyClick(record, Qt.Key.Key_Escape)
    assert window.record is None
    assert window.list.table.model.rowCount() == 1
