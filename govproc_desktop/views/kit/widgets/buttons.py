"""The button: five kinds, icon, keycap, and a way to be off while still saying why."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import (
    draw_keycap,
    draw_text,
    is_dark,
    keycap_width,
    round_rect,
)
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import text_width

ButtonKind = Literal["primary", "secondary", "ghost", "danger", "link"]


@dataclass(frozen=True)
class _Look:
    fill: str | None
    line: str | None
    ink: str
    hover: str | None
    pressed: str | None
    icon: str


_LOOKS: Final[dict[ButtonKind, _Look]] = {
    "primary": _Look("accent", None, "onacc", "accent_hover", "accent_pressed", "onacc"),
    "secondary": _Look("surface", "line2", "text", "hover", "sel", "text2"),
    "ghost": _Look(None, None, "text2", "hover", "sel", "text2"),
    "danger": _Look("surface", "danger_line", "danger", "danger_soft", "danger_soft", "danger"),
    "link": _Look(None, None, "accent", None, None, "accent"),
}
_OFF: Final = _Look("neutral_soft", None, "text3", "neutral_soft", "neutral_soft", "text3")
_PADDING: Final = {"primary": 14, "secondary": 14, "danger": 14, "ghost": 10, "link": 2}


class Button(QPushButton):
    """A painted button; off with a reason it stays in the tab order and asks instead of acting.

    An icon-only button needs ``label`` (its tooltip and accessible name).
    """

    whyRequested = Signal()

    def __init__(
        self,
        text: str = "",
        kind: ButtonKind = "secondary",
        *,
        icon: str = "",
        keycap: str = "",
        label: str = "",
        trail: str = "",
        icon_token: str = "",
        height: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind: ButtonKind = kind
        self._icon = icon
        self._icon_token = icon_token
        self._keycap = keycap
        self._trail = trail
        self._reason: str | None = None
        self._height = height
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.setAccessibleName(label or text)
        if label and not text:
            self.setToolTip(label)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def reason(self) -> str | None:
        """Why the button is off, or None while it acts."""
        return self._reason

    def set_reason(self, reason: str | None) -> None:
        """Turn the button off with a reason, or on again with None; it stays focusable."""
        self._reason = reason
        self.setToolTip(reason or (self.accessibleName() if not self.text() else ""))
        self.setAccessibleDescription(reason or "")
        self.update()

    def set_icon(self, name: str) -> None:
        """Change the icon; an empty name takes it away."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the painted width and the height asked for."""
        pad = 7 if not self.text() else _PADDING[self._kind]
        return QSize(ceil(self._content_width() + 2 * pad), self._height)

    def minimumSizeHint(self) -> QSize:
        """Never shrink below the text."""
        return self.sizeHint()

    def _role(self) -> str:
        return "strong" if self._kind in ("primary", "danger") else "body"

    def _content_width(self) -> float:
        width = text_width(self.text(), self._role())
        if self._icon:
            width += 18 + (6 if self.text() else 0)
        if self._keycap:
            width += 8 + keycap_width(self._keycap)
        if self._trail:
            width += 20
        return width

    def _pose(self) -> str:
        posed = self.property("pose")
        if isinstance(posed, str) and posed:
            return posed
        if self.isDown():
            return "pressed"
        return "hover" if self.underMouse() and self.isEnabled() else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, ring, icon, text and keycap."""
        painter = QPainter(self)
        off = self._reason is not None or not self.isEnabled()
        look = _OFF if off and self._kind != "link" else _LOOKS[self._kind]
        pose = self._pose()
        fill = {"hover": look.hover, "pressed": look.pressed}.get(pose, look.fill)
        if self._kind == "ghost" and off:
            fill = None
        if fill or look.line:
            round_rect(painter, self.rect(), 6, fill, line=look.line)
        if self._kind == "secondary" and not off:
            # a slightly darker foot makes it a thing to press, as on the fields
            foot = QColor(color("edge"))
            foot.setAlpha(0 if is_dark() else 96)
            painter.setPen(QPen(foot, 1))
            y = self.height() - 0.5
            painter.drawLine(QPointF(6, y), QPointF(self.width() - 6, y))
        if self.hasFocus() or self.property("pose") == "focus":
            ring = "onacc" if self._kind == "primary" and not off else "accent"
            inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            round_rect(painter, inner, 4, line=ring, width=1.5)
        self._paint_content(painter, look, off=off, hover=pose == "hover")

    def _paint_content(self, painter: QPainter, look: _Look, *, off: bool, hover: bool) -> None:
        x = (self.width() - self._content_width()) / 2
        middle = self.height() / 2
        if self._icon:
            token = look.icon if off else (self._icon_token or look.icon)
            draw_icon(painter, self._icon, x, middle - 9, token)
            x += 18 + (6 if self.text() else 0)
        if self.text():
            width = text_width(self.text(), self._role())
            ink = "accent_hover" if self._kind == "link" and hover else look.ink
            box = QRectF(x, 0, width + 2, self.height())
            draw_text(painter, box, self.text(), self._role(), ink)
            x += width
        if self._keycap:
            accent = self._kind == "primary" and not off
            draw_keycap(painter, x + 8, middle, self._keycap, on_accent=accent, off=off)
            x += 8 + keycap_width(self._keycap)
        if self._trail:
            draw_icon(painter, self._trail, x + 4, middle - 7, look.icon, size=14)

    def event(self, event: QEvent) -> bool:
        """Ask instead of acting when a shortcut is pressed while off."""
        if self._reason is not None and event.type() == QEvent.Type.Shortcut:
            self.whyRequested.emit()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the focus but do not go down while off."""
        if self._reason is None:
            super().mousePressEvent(event)
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the reason while off."""
        if self._reason is None:
            super().mouseReleaseEvent(event)
        elif self.rect().contains(event.position().toPoint()):
            self.whyRequested.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on Enter and Space, or ask for the reason while off."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() not in keys:
            super().keyPressEvent(event)
        elif self._reason is not None:
            self.whyRequested.emit()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            self.click()


def icon_button(
    icon: str, label: str, kind: ButtonKind = "ghost", *, height: int = 32, token: str = ""
) -> Button:
    """Return a square button that shows only an icon; ``label`` is its tooltip and name."""
    return Button("", kind, icon=icon, label=label, height=height, icon_token=token)
