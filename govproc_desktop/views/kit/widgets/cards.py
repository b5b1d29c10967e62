"""Grounds that hold things: panel, card, notice strip, filter chip, bare scroll area."""

from __future__ import annotations

from math import ceil
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import draw_text, round_rect
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.kit.widgets.buttons import Button, icon_button
from govproc_desktop.views.kit.widgets.marks import IconLabel, Label

Side = Literal["", "top", "bottom", "left", "right"]


class Panel(QWidget):
    """A ground of one token: rounded with an outline, or square with a line at one side."""

    def __init__(
        self,
        *,
        fill: str = "surface",
        line: str = "line",
        radius: int = 10,
        side: Side = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fill = fill
        self._line = line
        self._radius = radius
        self._side = side

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and line."""
        painter = QPainter(self)
        if not self._side:
            round_rect(
                painter, self.rect(), self._radius, self._fill or None, line=self._line or None
            )
            return
        width, height = self.width(), self.height()
        if self._fill:
            painter.fillRect(self.rect(), color(self._fill))
        edge = {
            "top": QRectF(0, 0, width, 1),
            "bottom": QRectF(0, height - 1, width, 1),
            "left": QRectF(0, 0, 1, height),
            "right": QRectF(width - 1, 0, 1, height),
        }[self._side]
        painter.fillRect(edge, color(self._line))


class Card(Panel):
    """A white card with a title row; add to ``body``, put a control at the right of the head."""

    def __init__(
        self,
        title: str,
        sub: str = "",
        *,
        right: QWidget | None = None,
        flush: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 14, 8)
        head.setSpacing(10)
        self.title = Label(title, "section")
        self.sub = Label(sub, "note", "text3")
        self.sub.setVisible(bool(sub))
        head.addWidget(self.title)
        head.addWidget(self.sub)
        head.addStretch(1)
        if right is not None:
            head.addWidget(right)
        column.addLayout(head)
        self.body = QVBoxLayout()
        side = 0 if flush else 16
        # a flush table keeps clear of the round corners below it
        self.body.setContentsMargins(side, 0, side, 10 if flush else 16)
        self.body.setSpacing(8)
        column.addLayout(self.body, 1)

    def set_sub(self, text: str) -> None:
        """Change the note beside the title."""
        self.sub.setText(text)
        self.sub.setVisible(bool(text))


_NOTICE_ICON = {"info": "info", "warn": "warn", "danger": "warn", "ok": "check", "soft": "info"}


class Notice(QWidget):
    """A strip that says what happened and stays until dismissed; ``acted`` follows its link."""

    acted = Signal()
    dismissed = Signal()

    def __init__(
        self,
        text: str,
        tone: str = "info",
        *,
        action: str = "",
        closable: bool = True,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon or _NOTICE_ICON[tone], tone, size=16))
        self.label = Label(text, "body", "text", wrap=True)
        row.addWidget(self.label, 1)
        if action:
            link = Button(action, "link")
            link.clicked.connect(self.acted)
            row.addWidget(link)
        if closable:
            close = icon_button("x", _("不再显示"), height=28)
            close.clicked.connect(self._close)
            row.addWidget(close)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(40)

    def set_text(self, text: str) -> None:
        """Say something else in the same strip."""
        self.label.setText(text)
        self.setAccessibleName(text)

    def _close(self) -> None:
        self.hide()
        self.dismissed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tinted ground."""
        round_rect(QPainter(self), self.rect(), 6, f"{self._tone}_soft", line=f"{self._tone}_line")


class Chip(QAbstractButton):
    """A filter: its name and value; a click edits it, × or Delete takes it away (``removed``)."""

    removed = Signal()

    def __init__(
        self,
        text: str,
        value: str = "",
        *,
        removable: bool = True,
        icon: str = "",
        tone: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value = value
        self._removable = removable
        self._icon = icon
        self._tone = tone
        self._armed = False
        self.setText(text)
        self.setAccessibleName(f"{text} {value}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(value)

    def set_value(self, value: str) -> None:
        """Show another value."""
        self._value = value
        self.setAccessibleName(f"{self.text()} {value}".strip())
        self.setToolTip(value)
        self.updateGeometry()
        self.update()

    def _value_width(self) -> float:
        return min(220.0, text_width(self._value, "column"))

    def sizeHint(self) -> QSize:
        """Return the painted size."""
        width = text_width(self.text(), "note") + 18
        width += self._value_width() + 6 if self._value else 0
        width += (20 if self._removable else 0) + (20 if self._icon else 0)
        return QSize(ceil(width), 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, name, value and ×."""
        painter = QPainter(self)
        fill = "hover" if self.underMouse() else "surface"
        round_rect(painter, self.rect(), 6, fill, line="line2")
        if self.hasFocus():
            inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            round_rect(painter, inner, 4, line="accent", width=1.5)
        x = 9.0
        if self._icon:
            draw_icon(painter, self._icon, x - 2, self.height() / 2 - 8, self._tone, size=16)
            x += 18
        width = text_width(self.text(), "note")
        draw_text(painter, QRectF(x, 0, width + 2, 30), self.text(), "note", self._tone)
        if self._value:
            box = QRectF(x + width + 6, 0, self._value_width() + 1, 30)
            draw_text(painter, box, self._value, "column")
        if self._removable:
            token = "text" if self.underMouse() else "text3"
            draw_icon(painter, "x", self.width() - 20, self.height() / 2 - 7, token, size=14)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember whether the press began on the ×."""
        self._armed = self._removable and event.position().x() >= self.width() - 24
        if not self._armed:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the filter away, or act as a button."""
        if self._armed:
            self._armed = False
            if self.rect().contains(event.position().toPoint()):
                self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the filter away with Delete."""
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


def scroll_area(content: QWidget) -> QScrollArea:
    """Return a scroll area without frame or ground of its own around a widget."""
    area = QScrollArea()
    area.setObjectName("bare")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area
