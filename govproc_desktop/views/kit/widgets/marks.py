"""Small signs: coloured labels, state pills, avatar, brand mark, dots and hairlines."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import CENTER, draw_text, round_rect
from govproc_desktop.views.kit.theme import color, theme
from govproc_desktop.views.kit.type_scale import font, text_width


class Label(QLabel):
    """A text in a font role and a token; it follows the theme and expands with ``wrap``."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        token: str = "text",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._token = token
        self.setFont(font(role))
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._recolour()
        theme().changed.connect(self._recolour)

    def set_role(self, role: str) -> None:
        """Change the font role."""
        self.setFont(font(role))

    def set_token(self, token: str) -> None:
        """Change the colour."""
        self._token = token
        self._recolour()

    def _recolour(self) -> None:
        palette = QPalette(self.palette())
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            palette.setColor(role, color(self._token))
        self.setPalette(palette)


@dataclass(frozen=True)
class PillStyle:
    """How a kind of state looks: its own shape and its own colours, never colour alone."""

    icon: str
    ink: str
    fill: str
    line: str


PILL_STYLES: Final[dict[str, PillStyle]] = {
    "draft": PillStyle("ring", "neutral", "neutral_soft", "neutral_line"),
    "review": PillStyle("half", "info", "info_soft", "info_line"),
    "filed": PillStyle("check", "accent", "soft", "softline"),
    "returned": PillStyle("back", "danger", "danger_soft", "danger_line"),
    "correct": PillStyle("edit", "warn", "warn_soft", "warn_line"),
    "partial": PillStyle("half", "accent", "soft", "softline"),
    "waiting": PillStyle("clock", "neutral", "neutral_soft", "neutral_line"),
    "paid": PillStyle("yen", "paid_text", "paid", "paid"),
    "passed": PillStyle("check", "ok", "ok_soft", "ok_line"),
    "stopped": PillStyle("x", "neutral", "neutral_soft", "neutral_line"),
    "failed": PillStyle("x", "danger", "danger_soft", "danger_line"),
    "warning": PillStyle("warn", "warn", "warn_soft", "warn_line"),
    "locked": PillStyle("lock", "neutral", "neutral_soft", "neutral_line"),
    "notice": PillStyle("info", "info", "info_soft", "info_line"),
}


def pill_width(text: str) -> float:
    """Return the width of a pill."""
    return text_width(text, "column") + 33


def draw_pill(painter: QPainter, x: float, middle: float, text: str, kind: str) -> None:
    """Draw a state pill 22 high; an unknown kind is drawn as a draft."""
    style = PILL_STYLES.get(kind, PILL_STYLES["draft"])
    box = QRectF(x, middle - 11, pill_width(text), 22)
    round_rect(painter, box, 11, style.fill, line=style.line)
    draw_icon(painter, style.icon, x + 8, middle - 7, style.ink, size=14, stroke=1.8)
    draw_text(painter, box.adjusted(24, 0, 4, 0), text, "column", style.ink)


class _Sign(QWidget):
    def __init__(self, width: int, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(width, height)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Pill(QWidget):
    """A document's state as icon and word."""

    def __init__(self, text: str, kind: str = "draft", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_state(self, text: str, kind: str) -> None:
        """Show another state."""
        self._text = text
        self._kind = kind
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the painted pill."""
        return QSize(ceil(pill_width(self._text)), 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        draw_pill(QPainter(self), 0, 11, self._text, self._kind)


class Avatar(_Sign):
    """The family name of a person in a disc."""

    def __init__(self, name: str, *, size: int = 30, tone: str = "accent") -> None:
        super().__init__(size, size)
        self._letter = name[:1]
        self._tone = tone
        self.setAccessibleName(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw disc and character."""
        painter = QPainter(self)
        draw_avatar(painter, QRectF(self.rect()), self._letter, tone=self._tone)


def draw_avatar(painter: QPainter, box: QRectF, letter: str, *, tone: str = "accent") -> None:
    """Draw a person's disc; ``tone`` is accent or danger."""
    fill, line = ("soft", "softline") if tone == "accent" else (f"{tone}_soft", f"{tone}_line")
    round_rect(painter, box, box.width() / 2, fill, line=line)
    draw_text(painter, box, letter, "key" if box.width() < 26 else "strong", tone, align=CENTER)


class Mark(_Sign):
    """The brand: a seal cut from one sheet with a tick through it."""

    def __init__(self, size: int = 28) -> None:
        super().__init__(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the seal."""
        painter = QPainter(self)
        size = self.width()
        unit = size / 28
        round_rect(painter, self.rect(), size * 0.24, "seal")
        pen = QPen(color("seal_line"), size * 0.075)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        sheet = ((7.5, 21), (7.5, 7.5), (15.5, 7.5), (20.5, 12.5), (20.5, 21))
        tick = ((11.3, 16), (13.6, 18.4), (17, 13.6))
        for line in (sheet, tick):
            painter.drawPolyline([QPointF(x * unit, y * unit) for x, y in line])


class Dot(_Sign):
    """A small disc of one token; a word always stands beside it."""

    def __init__(self, token: str = "ok", *, size: int = 8) -> None:
        super().__init__(size, size)
        self._token = token

    def set_token(self, token: str) -> None:
        """Change the colour."""
        self._token = token
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc."""
        round_rect(QPainter(self), self.rect(), self.width() / 2, self._token)


class IconLabel(_Sign):
    """An icon that only shows; for one that acts use an icon button."""

    def __init__(self, name: str, token: str = "text2", *, size: int = 18) -> None:
        super().__init__(size, size)
        self._name = name
        self._token = token

    def set_icon(self, name: str, token: str) -> None:
        """Show another icon."""
        self._name = name
        self._token = token
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        draw_icon(QPainter(self), self._name, 0, 0, self._token, size=self.width())


class HLine(QWidget):
    """A horizontal hairline."""

    def __init__(self, token: str = "line") -> None:
        super().__init__()
        self._token = token
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(self.rect(), color(self._token))


class VLine(QWidget):
    """A vertical hairline between groups of buttons."""

    def __init__(self, height: int = 20, token: str = "line2") -> None:
        super().__init__()
        self._token = token
        self.setFixedSize(1, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        QPainter(self).fillRect(self.rect(), color(self._token))
