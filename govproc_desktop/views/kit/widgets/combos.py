"""The drop-down field: painted like every field, its list like every menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import draw_field_frame, draw_text, round_rect
from govproc_desktop.views.kit.type_scale import font

_Index = QModelIndex | QPersistentModelIndex


class _OptionDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return one row of a list."""
        return QSize(120, 32)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one option; the pointed one is filled, the current one ticked."""
        box = QRectF(option.rect)
        text = str(index.data() or "")
        combo = self.parent()
        state = option.state
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            round_rect(painter, box.adjusted(4, 1, -4, -1), 6, "sel")
        current = isinstance(combo, QComboBox) and combo.currentText() == text
        role = "strong" if current else "body"
        draw_text(painter, box.adjusted(14, 0, -32, 0), text, role)
        if current:
            draw_icon(painter, "check", box.right() - 28, box.center().y() - 8, "accent", size=16)


def round_popup(window: QWidget) -> None:
    """Let a popup's round corners be seen through; call before it is first shown."""
    window.setWindowFlags(
        Qt.WindowType.Popup
        | Qt.WindowType.FramelessWindowHint
        | Qt.WindowType.NoDropShadowWindowHint
    )
    window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)


class Menu(QMenu):
    """A menu with the product's round corners."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kit", True)
        round_popup(self)


class ComboField(QComboBox):
    """A field with a fixed list of ``(key, text)``; ``picked`` carries the key chosen by a person.

    The wheel turns the page, not the value, unless the field has the focus.
    """

    picked = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]] = (),
        value: str = "",
        *,
        placeholder: str = "",
        icon: str = "",
        height: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._invalid = False
        self._icon = icon
        self._placeholder = placeholder
        self.setFixedHeight(height)
        self.setFont(font("large" if height > 34 else "body"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        view = QListView(self)
        view.setObjectName("comboPopup")
        view.setMouseTracking(True)
        self.setView(view)
        view.setItemDelegate(_OptionDelegate(self))
        view.window().setObjectName("comboFrame")
        view.window().installEventFilter(self)
        round_popup(view.window())
        self.setMaxVisibleItems(12)
        self.activated.connect(lambda _row: self.picked.emit(self.value()))
        self.set_options(options, value)

    def set_options(self, options: Sequence[tuple[str, str]], value: str = "") -> None:
        """Replace the list and choose one of it; an unknown key chooses none."""
        self.clear()
        for key, text in options:
            self.addItem(text, key)
        self.set_value(value)

    def value(self) -> str:
        """Return the chosen key, or an empty text."""
        return str(self.currentData() or "")

    def set_value(self, key: str) -> None:
        """Choose an option by its key; an unknown key chooses none."""
        self.setCurrentIndex(self.findData(key))

    def set_invalid(self, invalid: bool) -> None:
        """Show the field as wrong or as right."""
        self._invalid = invalid
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width that suits a form's column."""
        return QSize(160, self.height())

    def minimumSizeHint(self) -> QSize:
        """Let grids narrow the field."""
        return QSize(64, self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the style from painting its square menu panel under the round list."""
        if event.type() == QEvent.Type.Paint and watched.objectName() == "comboFrame":
            return True
        return super().eventFilter(watched, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page while the field has no focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, value and chevron."""
        painter = QPainter(self)
        state = "focus" if self.hasFocus() else ""
        if self._invalid:
            state = "error_focus" if state else "error"
        elif not self.isEnabled():
            state = "readonly"
        box = QRectF(self.rect())
        draw_field_frame(painter, box, state)
        left = 34 if self._icon else 12
        if self._icon:
            draw_icon(painter, self._icon, 9, box.center().y() - 9, "text3")
        role = "large" if self.height() > 34 else "body"
        token = "text" if self.isEnabled() else "text2"
        text = self.currentText()
        if not text:
            text, token = self._placeholder if self.isEnabled() else "—", "text3"
        draw_text(painter, box.adjusted(left, 0, -32, 0), text, role, token)
        if self.isEnabled():
            x, y = box.right() - 26, box.center().y() - 8
            draw_icon(painter, "down", x, y, "text3", size=16)
