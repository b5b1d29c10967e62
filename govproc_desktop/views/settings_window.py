"""The settings window, made of the declared settings; what can count at once does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.i18n import N_, _
from govproc_desktop.settings import SCALE, SETTINGS, THEME, Page, Setting
from govproc_desktop.settings_store import Store
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.spec import WindowSpec
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.kit.widgets import (
    Card,
    Check,
    FieldCell,
    Label,
    Notice,
    Segmented,
    TextField,
    scroll_area,
)

_CARD_WIDTH = 720


class SettingsPanel(QWidget):
    """The cards of all pages; every change is stored at once and told by ``changed``."""

    changed = Signal(object)
    restartRequested = Signal()

    def __init__(
        self, store: Store, pages: tuple[Page, ...] = tuple(Page), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._started_with = {each.id: store.get(each) for each in SETTINGS if each.restart}
        self.fields: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._restart = Notice(
            _("有改动要重新打开程序才算数。"), "warn", action=_("现在重新打开"), closable=False
        )
        self._restart.acted.connect(self.restartRequested)
        self._restart.hide()
        column.addWidget(self._restart)
        for page in pages:
            card = Card(_(page.value))
            for setting in SETTINGS:
                if setting.page is page:
                    card.body.addWidget(self._cell(setting))
            column.addWidget(card)
        column.addStretch(1)

    def _cell(self, setting: Setting[Any]) -> QWidget:
        field = self._field(setting)
        self.fields[setting.id] = field
        if isinstance(field, Check):
            return field
        cell = FieldCell(_(setting.title), _left(field), hint=_(setting.help))
        if isinstance(field, TextField):
            field.editingFinished.connect(lambda: self._put_text(setting, field, cell))
        return cell

    def _field(self, setting: Setting[Any]) -> QWidget:
        value = self._store.get(setting)
        if setting.choices:
            options = [(str(key), _(words)) for key, words in setting.choices]
            segment = Segmented(options, str(value), height=32)
            kind = type(setting.default)
            segment.changed.connect(lambda key: self._put(setting, kind(key)))
            return segment
        if isinstance(setting.default, bool):
            check = Check(_(setting.title), checked=bool(value))
            check.toggled.connect(lambda on: self._put(setting, on))
            return check
        return TextField(str(value), placeholder=_("本机数据文件"))

    def _put_text(self, setting: Setting[Any], field: TextField, cell: FieldCell) -> None:
        text = field.text().strip()
        if not setting.fits(text):
            cell.set_error(
                _("要么留空，要么以 postgresql:// 或 sqlite:/// 开头，或是一个文件路径。")
            )
            return
        cell.set_error("")
        self._put(setting, text)

    def _put(self, setting: Setting[Any], value: Any) -> None:
        self._store.put(setting, value)
        pending = any(
            self._store.get(each) != self._started_with[each.id]
            for each in SETTINGS
            if each.id in self._started_with
        )
        self._restart.setVisible(pending)
        self.changed.emit(setting)


def _left(field: QWidget) -> QWidget:
    """Keep a control of fixed size at the left of its cell."""
    if isinstance(field, TextField):
        return field
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(field)
    row.addStretch(1)
    return holder


class SettingsWindow(QWidget):
    """The settings as a page of the main window."""

    def __init__(
        self, store: Store, changed: Callable[[], None], restart: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setWindowTitle(_("设置"))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 16, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(_("设置"), "heading"))
        column.addWidget(Label(_("只管这台电脑上的这个账户，改了就存。"), "body", "text2"))
        self.panel = SettingsPanel(store)
        self.panel.setMaximumWidth(_CARD_WIDTH)
        self.panel.changed.connect(lambda setting: _apply(setting, store, changed))
        self.panel.restartRequested.connect(restart)
        column.addWidget(self.panel)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll_area(content))


def _apply(setting: object, store: Store, changed: Callable[[], None]) -> None:
    app = QApplication.instance()
    if setting is THEME and isinstance(app, QApplication):
        theme().apply(app, store.get(THEME))  # type: ignore[arg-type]
    if setting is not SCALE:
        changed()


class _Owner(Protocol):
    """The main window, as far as this page needs it."""

    @property
    def store(self) -> Store: ...

    def apply_settings(self) -> None: ...

    def restart(self) -> None: ...


def _make(_desk: Desk, params: dict[str, Any]) -> QWidget:
    owner: _Owner = params["window"]
    return SettingsWindow(owner.store, owner.apply_settings, owner.restart)


WINDOWS = (
    WindowSpec(
        id="settings",
        title=N_("设置"),
        menu=N_("系统"),
        permission=None,
        make=_make,
        icon="system",
    ),
)
