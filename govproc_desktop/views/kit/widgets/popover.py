"""The popover: a real popup window with a soft shadow and a nose towards what it explains."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from govproc_desktop.views.kit.paint import SHADOW_ROOM, draw_shadow
from govproc_desktop.views.kit.theme import color

_NOSE = 8


class Popover(QWidget):
    """A raised sheet above the windows; Esc or a click outside closes it.

    Put content into ``body``. Without a width it takes what the content needs.
    """

    def __init__(self, *, parent: QWidget | None = None, width: int = 0, nose: bool = True) -> None:
        flags = (
            Qt.WindowType.Popup
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.NoDropShadowWindowHint
        )
        super().__init__(parent, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._nose = nose
        self._nose_x = 0.0
        self._above = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SHADOW_ROOM, SHADOW_ROOM, SHADOW_ROOM, SHADOW_ROOM)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        outer.addLayout(self.body)
        if width:
            self.setFixedWidth(width + 2 * SHADOW_ROOM)

    def show_at(self, anchor: QWidget) -> None:
        """Show the popover under a widget, its nose at the widget's middle; above if need be."""
        self.show_under(anchor, QPoint(anchor.width() // 2, anchor.height() + _NOSE + 2))

    def show_under(self, anchor: QWidget, offset: QPoint) -> None:
        """Show the popover with its top at a point of a widget, kept on the screen."""
        self.adjustSize()
        point = anchor.mapToGlobal(offset)
        screen = anchor.screen() or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        panel_width = self.width() - 2 * SHADOW_ROOM
        left = point.x() - panel_width // 2 if self._nose else point.x()
        left = max(room.left() + 8, min(left, room.right() - panel_width - 8))
        top = point.y()
        panel_height = self.height() - 2 * SHADOW_ROOM
        self._above = top + panel_height > room.bottom() - 8 and self._nose
        if self._above:
            top = anchor.mapToGlobal(QPoint(0, 0)).y() - panel_height - _NOSE - 2
        top = max(room.top() + 8, min(top, room.bottom() - panel_height - 8))
        self._nose_x = float(point.x() - left + SHADOW_ROOM)
        self.move(left - SHADOW_ROOM, top - SHADOW_ROOM)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def outline(self) -> QPainterPath:
        """Return the raised shape, nose included."""
        margin = SHADOW_ROOM
        box = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        path = QPainterPath()
        path.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        if not self._nose:
            return path
        x = max(box.left() + 20, min(self._nose_x, box.right() - 20))
        base, tip = (
            (box.bottom() - 1, box.bottom() + _NOSE)
            if self._above
            else (
                box.top() + 1,
                box.top() - _NOSE,
            )
        )
        nose = QPainterPath(QPointF(x - 9, base))
        nose.lineTo(x, tip)
        nose.lineTo(x + 9, base)
        nose.closeSubpath()
        return path.united(nose)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw shadow, sheet and nose."""
        painter = QPainter(self)
        margin = SHADOW_ROOM
        draw_shadow(painter, QRectF(self.rect()).adjusted(margin, margin, -margin, -margin))
        painter.setBrush(color("raised"))
        painter.setPen(QPen(color("line2"), 1))
        painter.drawPath(self.outline())
