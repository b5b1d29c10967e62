"""What a person at the keyboard does in the real program: log in, type, go by Tab, look.

Keys go where a real keyboard's would: to an open menu, else to the field that has the focus.
Chinese comes as an input method sends it. Waiting is always for something to be seen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget

from govproc_desktop.app.program import Program
from govproc_desktop.settings_store import Store
from govproc_desktop.views.inbox import InboxWindow
from govproc_desktop.views.inbox import deciding as inbox_deciding
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.preview import PreviewWindow
from govproc_desktop.views.main_window import MainWindow
from govproc_desktop.views.plan_management.plan_form import PlanForm
from tests.office import PASSWORD

W = TypeVar("W", bound=QWidget)
PATIENCE = 20_000
_MOST_TABS = 120


def receiver() -> QWidget:
    """Return the widget a key pressed now would reach."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        return popup.focusWidget() or popup
    if QApplication.activeWindow() is None:
        _activate()
    found = QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None, "no window of the program is active"
    return found


def _activate() -> None:
    """Do what a desktop does when the window in front goes away: activate the one behind it.

    Qt's offscreen platform leaves no window active when a menu's window is destroyed.
    """
    behind = QApplication.activeModalWidget()
    for window in QApplication.topLevelWidgets():
        if behind is None and window.isVisible() and window.isWindow():
            behind = window
    if behind is not None:
        behind.activateWindow()
        for _ in range(20):
            QApplication.processEvents()


def press(*keys: str) -> None:
    """Press keys by name, one after the other: ``Ctrl+K``, ``Tab``, ``Return``."""
    for name in keys:
        combined = QKeySequence(name)[0]
        QTest.keyClick(receiver(), combined.key(), combined.keyboardModifiers())
        QApplication.processEvents()


def write(text: str) -> None:
    """Type a text: ASCII key by key, anything else as the input method commits it."""
    if text.isascii():
        for letter in text:
            QTest.keyClicks(receiver(), letter)
        return
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(receiver(), event)
    QApplication.processEvents()


def copy(text: str) -> None:
    """Put a text on the clipboard, as Ctrl+C in a spreadsheet does."""
    QGuiApplication.clipboard().setText(text)


def drop_unsaved(window: QWidget) -> None:
    """Answer every question of a closing window with 不保存; for ``qtbot.addWidget``."""
    assert isinstance(window, MainWindow)
    asker = window.desk.asker
    assert isinstance(asker, CannedAsker)
    asker.answers = ["drop"] * 20


def put_away(window: MainWindow) -> None:
    """Close a window for good; a form waits for nothing once its background is gone."""
    drop_unsaved(window)
    window.desk.tasks.wait(PATIENCE)
    forms = window.findChildren(PlanForm)
    window.close()
    for form in forms:
        form._look.stop()
        form.autosave.paused = True
    window.desk.tasks.wait(PATIENCE)


def labels(widget: QWidget) -> list[str]:
    """Return every sentence that can be seen in a window."""
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]


class Waiter(Protocol):
    """What waiting needs; pytest-qt's ``qtbot`` has it."""

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int) -> None: ...

    def addWidget(self, widget: QWidget) -> None: ...


@dataclass
class Person:
    """Somebody at a main window, who does everything by keyboard and sees what comes of it."""

    qtbot: Waiter
    asker: CannedAsker

    @property
    def window(self) -> MainWindow:
        raise NotImplementedError

    # --- waiting ------------------------------------------------------------------------------

    def until(self, seen: Callable[[], object], why: str = "") -> None:
        """Wait until something is so, letting the program work."""

        def met() -> bool:
            return bool(seen())

        self.qtbot.waitUntil(met, timeout=PATIENCE)
        assert met(), why

    def rest(self) -> None:
        """Wait until nothing is under way in the background."""
        assert self.window.desk.tasks.wait(PATIENCE)

    def page(self, kind: type[W]) -> W:
        """Return the page in front, which must be of a kind."""
        found = self.window.shell.page(self.window.shell.current_id())
        assert isinstance(found, kind), found
        return found

    def active(self, kind: type[W]) -> W:
        """Return the window or dialog that takes the keys, which must be of a kind."""
        self.until(lambda: isinstance(QApplication.activeWindow(), kind), kind.__name__)
        found = QApplication.activeWindow()
        assert isinstance(found, kind)
        return found

    # --- going ----------------------------------------------------------------------------------

    def find(self, typed: str, title: str) -> None:
        """Open what Ctrl+K finds under a title."""
        press("Ctrl+K")
        palette = self.window.palette_of_commands
        assert palette.sheet is not None
        write(typed)

        def place() -> int:
            names = [each.title for each in palette.results.entries]
            return names.index(title) if title in names else -1

        self.until(lambda: place() >= 0, f"{typed} finds {title}")
        self.rest()
        press(*["Down"] * place(), "Return")
        assert palette.sheet is None
        self.rest()

    def tab_to(self, widget: QWidget, *, back: bool = False) -> None:
        """Press Tab until a widget, or something in it, has the focus."""
        for _ in range(_MOST_TABS):
            now = receiver()
            if now is widget or widget.isAncestorOf(now):
                return
            press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab never comes to {widget}")

    def tab_to_cell(self, form: PlanForm, part: str, key: str) -> None:
        """Press Tab until a cell of the first line of a grid is open."""
        grid = form.grids[part]
        self.tab_to(grid.table)
        self.until(lambda: grid.table.keys.editor is not None)
        while grid.table.currentIndex().column() != grid.lines.column_of(key):
            before = grid.table.currentIndex().column()
            press("Tab")
            self.until(lambda before=before: grid.table.currentIndex().column() != before)
        assert grid.table.currentIndex().row() == 0

    def choose(self, combo: QComboBox, key: str) -> None:
        """Choose an option with the arrow keys."""
        self.tab_to(combo)
        self.choose_here(combo, key)

    def choose_here(self, combo: QComboBox, key: str) -> None:
        """Choose an option of the field that has the focus."""
        for _ in range(combo.count() + 1):
            if combo.currentData() == key:
                return
            press("Down")
        raise AssertionError(f"no option {key}")

    # --- windows --------------------------------------------------------------------------------

    def form(self) -> PlanForm:
        """Return the plan form in front, once it has been judged."""
        form = self.page(PlanForm)
        self.judged(form)
        return form

    def judged(self, form: PlanForm) -> None:
        """Wait until what is typed has been looked at."""
        self.until(lambda: form.data.start is not None)
        self.until(lambda: not form._look.isActive())
        self.rest()

    def inbox(self) -> InboxWindow:
        """Return the inbox in front, once its document may be decided on."""
        window = self.page(InboxWindow)

        def ready() -> bool:
            shown = window.now.verdict is not None
            return shown and window.now.shown.elapsed() >= inbox_deciding.GUARD_MS

        self.until(ready, "the document has been judged")
        return window

    def preview(self) -> PreviewWindow:
        """Return the preview in front, once its pages are there."""
        window = self.active(PreviewWindow)
        self.until(lambda: window.paper is not None)
        self.rest()
        return window


@dataclass
class Guest(Person):
    """A person whose window is already open."""

    own_window: MainWindow

    @property
    def window(self) -> MainWindow:
        return self.own_window

    def turn_to(self) -> None:
        """Take the keyboard."""
        self.own_window.activateWindow()
        self.until(self.own_window.isActiveWindow)


@dataclass
class Seat(Person):
    """One computer with the program on it; people sit down, work and get up."""

    program: Program

    @property
    def window(self) -> MainWindow:
        assert self.program.window is not None
        return self.program.window

    def sit_down(self, login: str) -> None:
        """Log in through the login window."""
        if self.program.login is None:
            self.program._show_login().show()
        if self.program._office is None:
            self.program._open()
        form = self.program.login
        assert form is not None
        self.qtbot.addWidget(form)
        form.activateWindow()
        self.until(lambda: form.isActiveWindow())
        form.account.setFocus()
        press("Ctrl+A")
        write(login)
        press("Tab")
        assert form.password.hasFocus()
        write(PASSWORD)
        press("Return")
        self.until(lambda: self.program.window is not None, "the main window")
        window = self.window
        window.desk.asker = self.asker
        window.activateWindow()
        self.until(lambda: window.isActiveWindow())
        self.rest()

    def get_up(self) -> None:
        """Log out through the person's menu."""
        self.window.shell.side.user_anchor().setFocus()
        press("Space", "Down", "Down", "Return")
        self.until(lambda: self.program.window is None and self.program.login is not None)

    def leave(self) -> None:
        """Close everything, dropping what is not saved; for the end of a test."""
        if self.program.window is not None:
            put_away(self.program.window)
        self.program._end()


def sums(form: PlanForm) -> list[str]:
    """Return the amounts of the totals bar: 财政, 自有, 资金合计, 采购内容合计."""
    return [part.text for part in form.bar.sums._parts if part.name]


def make_program(app: QApplication, folder: Path, database: str) -> Program:
    """Return a program that has not been started, with settings of its own."""
    return Program(app, Store(folder / "settings.json"), demo=False, database=database)
