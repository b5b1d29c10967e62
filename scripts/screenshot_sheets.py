"""The dialogs that belong to one window, opened as a person opens them and drawn over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from screenshots import Studio

    from govproc_desktop.views.main_window import MainWindow


def draw_form_sheets(studio: Studio, window: MainWindow, uid: object) -> None:
    """Draw what the plan form opens: fund plans, catalogue, way of procurement."""

    if not studio.wanted("sheet-form"):
        return
    window.open("plan.form", {"uid": uid})
    studio.settle(window.desk.tasks)
    form: Any = window.shell.page(window.shell.current_id())
    sheets: dict[str, Callable[[], object]] = {
        "sheet-form-funds": lambda: _button(form, "选用款计划").click(),
        "sheet-form-catalogue": lambda: _button(form, "从品目目录选").click(),
        "sheet-form-method": lambda: _button(form, "按行设置").click(),
    }
    for name, act in sheets.items():
        _shoot(studio, window, name, act)


def draw_inbox_sheets(studio: Studio, window: MainWindow) -> None:
    """Draw what the inbox opens: the return dialog and the bulk pass."""
    if not studio.wanted("sheet-inbox"):
        return
    window.open("window:inbox", {})
    studio.settle(window.desk.tasks)
    inbox: Any = window.shell.page("inbox")
    _shoot(studio, window, "sheet-inbox-return", lambda: _button(inbox, "退回").click())
    _shoot(studio, window, "sheet-inbox-bulk", lambda: _button(inbox, "成批同意").click())


def draw_list_sheets(studio: Studio, window: MainWindow) -> None:
    """Draw what a list opens: its columns."""
    if not studio.wanted("sheet-list"):
        return
    window.open("window:plan_query", {})
    studio.settle(window.desk.tasks)
    page: Any = window.shell.page("plan_query")
    _shoot(studio, window, "sheet-list-columns", lambda: _button(page, "列").click())


def _button(owner: Any, words: str) -> Any:
    from PySide6.QtWidgets import QAbstractButton

    found = [
        each
        for each in owner.findChildren(QAbstractButton)
        if each.isVisible() and words in each.text()
    ]
    if not found:
        raise SystemExit(f"no button says {words}")
    return min(found, key=lambda each: len(each.text()))


def _shoot(studio: Studio, window: MainWindow, name: str, act: Callable[[], object]) -> None:
    from PySide6.QtWidgets import QApplication

    from govproc_desktop.views.kit.widgets import DialogFrame

    act()
    studio.settle(window.desk.tasks)
    every = [*QApplication.topLevelWidgets(), *window.findChildren(DialogFrame)]
    shown = [each for each in every if isinstance(each, DialogFrame) and each.isVisible()]
    if not shown:
        raise SystemExit(f"nothing opened for {name}")
    studio.shoot(shown[-1], name, over=window)
    for each in shown:
        each.close()
    studio.settle(window.desk.tasks)
