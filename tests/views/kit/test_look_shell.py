import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from govproc_desktop.views.kit.shell import NavItem, NavSection, ShellFrame
from govproc_desktop.views.kit.theme import theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Left = Qt.MouseButton.LeftButton
SECTIONS = (
    NavSection("home", "首页", "home"),
    NavSection("inbox", "待办事项", "inbox", badge="12"),
    NavSection(
        "plan",
        "计划管理",
        "plan",
        (NavItem("plans", "计划备案", "3"), NavItem("funds", "用款计划查询")),
    ),
)


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


def make(qtbot: QtBot, width: int = 1440) -> ShellFrame:
    frame = ShellFrame(SECTIONS, rail_pages=frozenset({"inbox"}))
    qtbot.addWidget(frame)
    frame.resize(width, 720)
    frame.add_page("home", "首页", QWidget(), closable=False)
    frame.show()
    return frame


def test_pages_open_once_and_are_gone_to(qtbot: QtBot) -> None:
    frame = make(qtbot)
    plans, again = QWidget(), QWidget()
    qtbot.addWidget(again)
    with qtbot.waitSignal(frame.pageChanged) as heard:
        frame.add_page("plans", "计划备案", plans)
    assert heard.args == ["plans"]
    frame.add_page("plans", "计划备案", again)
    assert frame.page_ids() == ("home", "plans")
    assert frame.page("plans") is plans
    frame.show_page("home")
    assert frame.current_id() == "home"
    frame.remove_page("plans")
    assert frame.page_ids() == ("home",)
    assert frame.page("plans") is None


def test_closing_is_asked_never_done_and_home_stays(qtbot: QtBot) -> None:
    frame = make(qtbot)
    frame.add_page("plans", "计划备案", QWidget())
    cross = frame.tabs._cross(1).center().toPoint()
    with qtbot.waitSignal(frame.closeRequested) as heard:
        qtbot.mouseClick(frame.tabs, Left, pos=cross)
    assert heard.args == ["plans"]
    assert frame.page_ids() == ("home", "plans")
    with qtbot.waitSignal(frame.closeRequested):
        middle = frame.tabs.tabRect(1).center() - QPoint(20, 0)
        qtbot.mouseClick(frame.tabs, Qt.MouseButton.MiddleButton, pos=middle)
    with qtbot.assertNotEmitted(frame.closeRequested):
        home = frame.tabs.tabRect(0).center()
        qtbot.mouseClick(frame.tabs, Qt.MouseButton.MiddleButton, pos=home)


def test_unsaved_work_makes_room_for_its_dot(qtbot: QtBot) -> None:
    frame = make(qtbot)
    frame.add_page("plans", "计划备案", QWidget())
    width = frame.tabs.tabRect(1).width()
    frame.set_dirty("plans")
    assert frame.tabs.tabRect(1).width() == width + 14
    frame.set_dirty("plans", dirty=False)
    assert frame.tabs.tabRect(1).width() == width
    frame.set_title("plans", "计划备案 · 办公设备购置")
    assert frame.tabs.tabToolTip(1) == "计划备案 · 办公设备购置"


def test_the_side_folds_below_1360_and_on_the_inbox(qtbot: QtBot) -> None:
    frame = make(qtbot)
    assert frame.side.width() == 232
    frame.add_page("inbox", "待办事项", QWidget())
    assert frame.side.width() == 56
    frame.show_page("home")
    assert frame.side.width() == 232
    frame.resize(1300, 720)
    assert frame.side.folded
    frame.side.foldRequested.emit(False)
    assert not frame.side.folded
    frame.resize(1440, 720)
    assert not frame.side.folded


def test_the_tree_goes_by_mouse_and_keyboard(qtbot: QtBot) -> None:
    frame = make(qtbot)
    tree = frame.side._tree
    model = tree.model()
    with qtbot.waitSignal(frame.side.itemActivated) as heard:
        box = tree.visualRect(model.index(1, 0))
        qtbot.mouseClick(tree.viewport(), Left, pos=box.center())
    assert heard.args == ["inbox"]
    plan = model.index(2, 0)
    qtbot.mouseClick(tree.viewport(), Left, pos=tree.visualRect(plan).center())
    assert tree.isExpanded(plan)
    tree.setCurrentIndex(model.index(0, 0, plan))
    with qtbot.waitSignal(frame.side.itemActivated) as heard:
        qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert heard.args == ["plans"]


def test_a_window_opened_by_another_keeps_its_entry_marked(qtbot: QtBot) -> None:
    frame = make(qtbot)
    frame.add_page("plans/7f3a", "办公设备购置", QWidget())
    tree = frame.side._tree
    child = tree.model().index(0, 0, tree.model().index(2, 0))
    assert tree.is_current(child)
    assert tree.is_current(tree.model().index(2, 0))
    assert frame.side._rail._buttons["plan"].isChecked()
    assert not frame.side._rail._buttons["home"].isChecked()


def test_the_rail_shows_children_in_a_menu(qtbot: QtBot) -> None:
    frame = make(qtbot, width=1280)
    rail = frame.side._rail
    frame.side.set_badge("plans", "5")
    qtbot.mouseClick(rail._buttons["plan"], Left)
    popover = rail._popover
    assert popover is not None
    assert popover.isVisible()
    with qtbot.waitSignal(frame.side.itemActivated) as heard:
        rail._choose("plans")
    assert heard.args == ["plans"]


def test_badges_and_rights_change_while_running(qtbot: QtBot) -> None:
    frame = make(qtbot)
    frame.side.set_badge("inbox", "13")
    frame.side.set_badge("nobody", "1")
    tree = frame.side._tree
    assert tree.model().index(1, 0).data(Qt.ItemDataRole.UserRole + 3) == "13"
    frame.side.set_sections(SECTIONS[:1])
    assert tree.model().rowCount() == 1
    assert list(frame.side._rail._buttons) == ["home"]


def test_search_and_person_answer(qtbot: QtBot) -> None:
    frame = make(qtbot)
    frame.side.set_person("周敏", "经办岗 · 采购科")
    frame.side.set_sync("离线 · 可填可查可打印", "warn", place="河南省本级")
    assert frame.side.user_button.accessibleName() == "周敏 经办岗 · 采购科"
    with qtbot.waitSignal(frame.side.userMenuRequested):
        qtbot.mouseClick(frame.side.user_anchor(), Left)
