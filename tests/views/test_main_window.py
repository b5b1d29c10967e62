from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from govproc_desktop import settings
from govproc_desktop.app.office import make_main_window
from govproc_desktop.models.engine import Database
from govproc_desktop.models.opening import Opened
from govproc_desktop.settings_store import Store
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.spec import WindowSpec
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.kit.widgets import Button
from govproc_desktop.views.main_window import MainWindow, menus, sections
from govproc_desktop.views.main_window import window as main_window
from govproc_desktop.views.main_window.window import Frame
from govproc_desktop.views.palette.entries import looks_like_code, window_entries
from tests.office import Office, make_office


class Page(QWidget):
    """A page that answers everything a page may answer."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__()
        self.params = params
        self.taken: list[dict[str, Any]] = []
        self.focused: list[str] = []
        self.refreshed = 0
        self.saves = 0
        self.saves_well = True

    def take(self, params: dict[str, Any]) -> None:
        self.taken.append(params)

    def focus_field(self, key: str) -> None:
        self.focused.append(key)

    def refresh(self) -> None:
        self.refreshed += 1

    def save(self) -> bool:
        self.saves += 1
        return self.saves_well


def spec(
    name: str, title: str, menu: str = "计划管理", permission: str | None = None
) -> WindowSpec:
    return WindowSpec(
        id=name,
        title=title,
        menu=menu,
        permission=permission,
        make=lambda _desk, given: Page(given),
    )


SPECS = (
    spec("first", "第一个"),
    spec("second", "第二个", permission="plan.edit"),
    spec("forbidden", "不给看", permission="journal.view"),
    spec("paper.form", "单据", menu=""),
)


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return make_office(sqlite_database)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "settings.json")


@pytest.fixture
def window(
    office: Office, store: Store, qapp: QApplication, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    theme().apply(qapp, "light")
    menu = menus.Menu("plan_management", "计划管理", "plan", ())
    for module in (menus, main_window):
        monkeypatch.setattr(module, "MENUS", (menu,))
        monkeypatch.setattr(module, "built", lambda _menu: SPECS)
    tasks = Tasks()
    desk = Desk(office.context("zhoumin"), tasks, Notices(), CannedAsker())
    made = MainWindow(desk, Frame(store=store))
    qtbot.addWidget(
        made, before_close_func=lambda each: each.desk.asker.answers.extend(["drop"] * 9)
    )
    made.show()
    tasks.wait()
    yield made
    tasks.wait()
    tasks.close()


def asker(window: MainWindow) -> CannedAsker:
    found = window.desk.asker
    assert isinstance(found, CannedAsker)
    return found


def page(window: MainWindow, page_id: str) -> Page:
    found = window.shell.page(page_id)
    assert isinstance(found, Page)
    return found


def test_the_navigation_shows_what_is_permitted(window: MainWindow) -> None:
    made = sections(window.desk.context.actor)
    assert [each.title for each in made] == ["首页", "计划管理"]
    assert [child.id for child in made[1].children] == ["first", "second"]


def test_windows_open_once_records_by_their_key(window: MainWindow) -> None:
    window.open("window:first", {})
    window.open("paper.form", {"uid": "a"})
    window.open("paper.form", {"uid": "b"})
    window.open("paper.form", {})
    assert window.shell.page_ids() == (
        "home",
        "first",
        "first/paper.form/a",
        "first/paper.form/b",
        "first/paper.form/new-1",
    )
    window.open("window:home", {})
    window.open("paper.form", {"uid": "a", "version": 2})
    assert window.shell.current_id() == "first/paper.form/a"
    assert page(window, "first/paper.form/a").taken == [{"uid": "a", "version": 2}]


def test_a_window_without_the_right_is_refused_in_words(window: MainWindow) -> None:
    window.open("window:forbidden", {})
    assert window.shell.page_ids() == ("home",)
    assert [fault.code for fault in asker(window).errors] == ["E1305"]


def test_a_mending_link_goes_to_the_field_of_the_page(window: MainWindow) -> None:
    window.open("paper.form", {"uid": "a"})
    window.desk.open("funds.0.amount")
    assert page(window, window.shell.current_id()).focused == ["funds.0.amount"]


def test_keys_walk_close_and_refresh(window: MainWindow, qtbot: Any) -> None:
    window.open("window:first", {})
    window.open("window:second", {})
    window.activateWindow()
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_Tab, control)
    assert window.shell.current_id() == "home"
    qtbot.keyClick(window, Qt.Key.Key_2, control)
    assert window.shell.current_id() == "first"
    qtbot.keyClick(window, Qt.Key.Key_F5)
    assert page(window, "first").refreshed == 1
    qtbot.keyClick(window, Qt.Key.Key_W, control)
    assert window.shell.page_ids() == ("home", "second")
    window.shell.show_page("home")
    qtbot.keyClick(window, Qt.Key.Key_W, control)
    assert window.shell.page_ids() == ("home", "second")


def test_unsaved_work_is_asked_about(window: MainWindow) -> None:
    window.open("window:first", {})
    made = page(window, "first")
    made.setWindowTitle("办公设备购置")
    made.setWindowModified(True)
    assert window.shell.tabs._dirty == {"first"}
    asker(window).answers = ["stay"]
    window.close_page("first")
    assert "first" in window.shell.page_ids()
    assert asker(window).asked[0].text == "「办公设备购置」里有改动还没有保存。"
    made.saves_well = False
    asker(window).answers = ["save"]
    window.close_page("first")
    assert (made.saves, "first" in window.shell.page_ids()) == (1, True)
    asker(window).answers = ["drop"]
    window.close_page("first")
    assert "first" not in window.shell.page_ids()


def test_closing_the_window_stops_at_unsaved_work(window: MainWindow) -> None:
    window.open("window:first", {})
    window.open("window:second", {})
    page(window, "first").setWindowModified(True)
    asker(window).answers = ["stay"]
    assert not window.close()
    assert window.shell.current_id() == "first"
    page(window, "first").setWindowModified(False)
    assert window.close()


def test_geometry_and_windows_come_back(
    window: MainWindow, store: Store, office: Office, qtbot: Any
) -> None:
    window.resize(1200, 720)
    window.open("window:second", {})
    window.open("paper.form", {"uid": "a"})
    assert window.close()
    assert store.get(settings.OPEN_TABS) == "second"
    tasks = Tasks()
    desk = Desk(office.context("zhoumin"), tasks, Notices(), CannedAsker())
    again = MainWindow(desk, Frame(store=store))
    qtbot.addWidget(again)
    assert again.shell.page_ids() == ("home", "second")
    assert again.shell.current_id() == "home"
    assert again.size().height() == 720
    tasks.wait()
    tasks.close()


def test_a_notice_stays_until_dismissed(window: MainWindow, qtbot: Any) -> None:
    strip = window.tell("上次未正常退出，已检查数据：完好。", "warn")
    qtbot.waitUntil(strip.isVisible)
    with qtbot.waitSignal(strip.destroyed):
        strip._close()


def test_the_demo_is_said_on_the_screen(
    office: Office, store: Store, qtbot: Any, qapp: QApplication
) -> None:
    from govproc_desktop.app.office import OpenOffice

    theme().apply(qapp, "light")
    tasks = Tasks()
    opened = OpenOffice(Opened(office.database), office.clock, demo=True)
    window = make_main_window(opened, office.actor("zhoumin"), store=store, tasks=tasks)
    qtbot.addWidget(window)
    assert "演示" in window.windowTitle()
    said = [each.accessibleName() for each in window.findChildren(QWidget)]
    assert any(each.startswith("演示办公室：") for each in said)
    tasks.wait()
    tasks.close()


def test_ctrl_k_finds_windows_by_words_and_initials(window: MainWindow, qtbot: Any) -> None:
    window.search()
    palette = window.palette_of_commands
    assert palette.sheet is not None
    qtbot.addWidget(palette.sheet)
    assert window.desk.tasks.wait()
    qtbot.keyClicks(palette.search, "deg")
    assert [each.title for each in palette.results.entries] == ["第二个"]
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.shell.current_id() == "second"


def test_ctrl_k_finds_records_in_the_lists(window: MainWindow, office: Office, qtbot: Any) -> None:
    office.fund("JH2026410000001", "500000.00")
    window.search()
    palette = window.palette_of_commands
    assert palette.sheet is not None
    qtbot.addWidget(palette.sheet)
    assert window.desk.tasks.wait()
    palette.search.setText("0000001")
    palette._look_up()
    assert window.desk.tasks.wait()
    (found,) = palette.results.entries
    assert found.title == "办公设备购置"
    assert found.note == "JH2026410000001 · 拟可用 500,000.00"
    assert found.target == "window:fund_plans"
    palette.sheet.close()


def test_arrow_keys_move_and_nothing_found_is_said(window: MainWindow, qtbot: Any) -> None:
    window.search()
    palette = window.palette_of_commands
    assert palette.sheet is not None
    qtbot.addWidget(palette.sheet)
    assert window.desk.tasks.wait()
    assert len(palette.results.entries) == 3
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.results.current == 1
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.results.current == 2
    palette.search.setText("没有这东西")
    assert palette.results.entries == ()
    assert palette.results.hint == "没有找到「没有这东西」"
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)
    assert palette.sheet is None


def test_what_counts_as_a_short_code() -> None:
    from uuid import UUID

    from govproc_desktop.domain.documents import short_code

    code = short_code(UUID(int=7), 2)
    assert looks_like_code(code)
    assert looks_like_code(code.replace("-", "").lower())
    assert not looks_like_code("JH20264100")
    assert looks_like_code("JH00-0000-01")
    assert not looks_like_code("办公")


def test_forms_are_offered_as_deeds_to_those_who_may_edit(office: Office) -> None:
    specs = {each.id: each for each in (*SPECS, spec("plan.form", "计划备案", menu=""))}
    clerk = window_entries(specs, office.actor("zhoumin"))
    assert [(each.group, each.title) for each in clerk][-1] == ("操作", "新建计划备案")
    reviewer = window_entries(specs, office.actor("linlan"))
    assert all(each.group == "窗口" for each in reviewer)


def test_a_mending_link_lands_on_its_field_once_the_record_is_there(window: MainWindow) -> None:
    window.open("paper.form", {"uid": "7", "field": "contact"})
    assert window.desk.tasks.wait()
    made = page(window, "home/paper.form/7")
    assert (made.params, made.focused) == ({"uid": "7"}, ["contact"])
    window.open("home", {})
    window.open("paper.form", {"uid": "7", "field": "items.0.price"})
    assert window.desk.tasks.wait()
    assert made.focused == ["contact", "items.0.price"]


def test_a_record_keeps_the_entry_of_its_subject_marked(window: MainWindow) -> None:
    window._specs["paper.form"] = replace(SPECS[-1], under=("forbidden", "second"))
    window.open("window:first", {})
    window.open("paper.form", {"uid": "8"})
    # the first window it belongs to that the person may open, not the one it was opened from
    assert window.shell.current_id() == "second/paper.form/8"


def test_there_is_no_button_for_what_does_not_exist_yet(window: MainWindow) -> None:
    names = [each.accessibleName() for each in window.findChildren(Button) if each.isVisible()]
    assert "消息" in names
    assert "与办公室同步" not in names
