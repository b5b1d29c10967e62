"""One-line fields: text, search, amount and the read-only value, all with the same frame."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QMargins, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from govproc_desktop.domain.errors import AppError
from govproc_desktop.domain.money import money_text, parse_money
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import (
    draw_field_frame,
    draw_keycap,
    draw_text,
    keycap_width,
    round_rect,
)
from govproc_desktop.views.kit.type_scale import font, text_width


class TextField(QLineEdit):
    """A text field 32 high; ``trailingClicked`` fires for the icon at its right end.

    ``noteChanged`` carries a sentence for the line under the field and its tone (accent, danger).
    """

    trailingClicked = Signal()
    noteChanged = Signal(str, str)

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        icon: str = "",
        trailing: str = "",
        keycap: str = "",
        unit: str = "",
        height: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._trailing = trailing
        self._keycap = keycap
        self._unit = unit
        self._invalid = False
        self.setProperty("kit", True)
        self.setFrame(False)
        self.setFixedHeight(height)
        self.setFont(font("large" if height > 34 else "body"))
        self.setPlaceholderText(placeholder)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._set_margins()

    @property
    def invalid(self) -> bool:
        """Whether the field is shown as wrong."""
        return self._invalid

    def set_invalid(self, invalid: bool) -> None:
        """Show the field as wrong or as right; the sentence stands in its cell."""
        self._invalid = invalid
        self.update()

    def _set_margins(self) -> None:
        left = 10 + (22 if self._icon else 0)
        right = 10.0
        if self._trailing:
            right += 22
        if self._keycap:
            right += keycap_width(self._keycap) + 4
        if self._unit:
            right += text_width(self._unit, "note") + 8
        self.setTextMargins(QMargins(left, 0, int(right), 0))

    def sizeHint(self) -> QSize:
        """Return a width that suits a form's column."""
        return QSize(160, self.height())

    def minimumSizeHint(self) -> QSize:
        """Let grids narrow the field."""
        return QSize(64, self.height())

    def _state(self) -> str:
        focus = self.hasFocus() or self.property("pose") == "focus"
        if self._invalid:
            return "error_focus" if focus else "error"
        if not self.isEnabled():
            return "off"
        if self.isReadOnly():
            return "readonly"
        return "focus" if focus else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, let Qt draw the text, then add what stands beside it."""
        painter = QPainter(self)
        draw_field_frame(painter, self.rect(), self._state())
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self)
        middle = self.height() / 2
        x = float(self.width() - 8)
        if self._icon:
            draw_icon(painter, self._icon, 9, middle - 9, "text3")
        if self._trailing and not self.isReadOnly():
            token = "danger" if self._invalid else "text3"
            draw_icon(painter, self._trailing, x - 18, middle - 8, token, size=16)
            x -= 20
        if self._keycap:
            draw_keycap(painter, x - keycap_width(self._keycap), middle, self._keycap)
        if self._unit:
            width = text_width(self._unit, "note")
            box = QRectF(x - width - 2, 0, width + 4, self.height())
            draw_text(painter, box, self._unit, "note", "text3")

    def _on_trailing(self, event: QMouseEvent) -> bool:
        open_to_click = bool(self._trailing) and not self.isReadOnly()
        return open_to_click and event.position().x() >= self.width() - 30

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over the icon."""
        hand = self._on_trailing(event)
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Report a press on the icon, else place the cursor."""
        if self._on_trailing(event):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.trailingClicked.emit()
            return
        super().mousePressEvent(event)


class SearchField(TextField):
    """A search box; Esc empties it, Down leaves it for the list below (``leaveDown``)."""

    leaveDown = Signal()

    def __init__(
        self, placeholder: str = "", *, keycap: str = "Ctrl F", parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder=placeholder, icon="search", keycap=keycap, parent=parent)
        self.setAccessibleName(placeholder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the box with Esc, leave it with Down."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.leaveDown.emit()
        else:
            super().keyPressEvent(event)


class AmountField(TextField):
    """An amount in 元: right aligned, grouped when left, its limit told while typing."""

    def __init__(self, text: str = "", *, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, unit=unit or _("元"), parent=parent)
        self._limit: Decimal | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.textChanged.connect(self._tell_limit)

    def set_limit(self, limit: Decimal | None) -> None:
        """Tell the limit (元) in the cell's note while the field is being typed in."""
        self._limit = limit
        self._tell_limit()

    def amount(self) -> Decimal | None:
        """Return the amount, or None while the text is not one."""
        try:
            return parse_money(self.text())
        except AppError:
            return None

    def set_amount(self, amount: Decimal) -> None:
        """Show an amount, grouped and with two places."""
        self.setText(money_text(amount))

    def _tell_limit(self) -> None:
        if self._limit is None:
            return
        amount = self.amount() or Decimal(0)
        shown = money_text(self._limit)
        if amount > self._limit:
            over = money_text(amount - self._limit)
            told = _("超过上限 {limit}，多了 {over}").format(limit=shown, over=over)
            self.noteChanged.emit(told, "danger")
        elif self.hasFocus() or self.property("pose") == "focus":
            left = money_text(self._limit - amount)
            told = _("最多 {limit}，用后剩 {left}").format(limit=shown, left=left)
            self.noteChanged.emit(told, "accent")
        else:
            self.noteChanged.emit("", "accent")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the amount, so that typing replaces it."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()
        self._tell_limit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Group the digits; a text that is no amount stays as typed."""
        amount = self.amount()
        if amount is not None and not self.isReadOnly():
            self.setText(money_text(amount))
        super().focusOutEvent(event)
        self._tell_limit()


class ReadOnlyField(QWidget):
    """A value that is not the person's to change: sunken, with a lock, … and full tooltip."""

    def __init__(self, text: str = "", *, lock: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._lock = lock
        self.setFixedHeight(32)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def text(self) -> str:
        """Return the whole value."""
        return self._text

    def setText(self, text: str) -> None:
        """Show a value."""
        self._text = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width that suits a form's column."""
        return QSize(160, 32)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the whole value with Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._text)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sunken frame, the value and the lock."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_field_frame(painter, box, "readonly")
        draw_text(
            painter, box.adjusted(12, 0, -34 if self._lock else -10, 0), self._text, "body", "text2"
        )
        if self._lock:
            draw_icon(painter, "lock", box.right() - 26, box.center().y() - 8, "text3", size=16)
        if self.hasFocus():
            round_rect(painter, box.adjusted(2, 2, -2, -2), 4, line="accent", width=1.5)
