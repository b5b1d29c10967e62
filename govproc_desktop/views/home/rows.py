"""The painted lines of the home page: one kind of waiting work, one sent document, one tile."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from govproc_desktop.domain.money import money_text
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import RIGHT, draw_text, round_rect
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import text_width

SCALE_DAYS = 10
"""The length of the waiting bar."""
LATE_DAYS = 5


@dataclass(frozen=True, kw_only=True)
class TodoLook:
    """How a kind of waiting work is shown and where it is done."""

    title: str
    icon: str
    tone: str
    go: str
    note: str = ""


def days_text(days: int) -> str:
    """Say how long something waits."""
    return _("今天") if days == 0 else _("{days} 天").format(days=days)


class Line(QAbstractButton):
    """A row one can act on with mouse, Enter or Space."""

    def __init__(self, height: int, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on Enter too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def ground(self, painter: QPainter, *, line: bool = True) -> None:
        """Draw hover, focus and the hairline below."""
        box = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            round_rect(painter, box.adjusted(-2, 1, 2, -2), 6, "hover")
        if self.hasFocus():
            round_rect(painter, box.adjusted(1, 2, -1, -3), 6, line="accent", width=1.5)
        if line:
            painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), color("line"))


class TodoColumns:
    """Where the columns of the waiting list stand, from the width of the card."""

    COUNT_RIGHT = 232
    WAIT_LEFT = 272
    BAR = 88
    LINK = 68
    AMOUNT = 150


class TodoHead(QWidget):
    """The heads of the waiting list's columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the heads and the line below."""
        painter = QPainter(self)
        place = TodoColumns
        height = self.height() - 2
        right = self.width() - place.LINK - 16

        def head(box: QRectF, text: str, *, to_right: bool = False) -> None:
            align = RIGHT if to_right else Qt.AlignmentFlag.AlignVCenter
            draw_text(painter, box, text, "column", "text2", align=align)

        head(QRectF(32, 0, 120, height), _("类别"))
        head(QRectF(place.COUNT_RIGHT - 60, 0, 60, height), _("件数"), to_right=True)
        head(QRectF(place.WAIT_LEFT, 0, 120, height), _("最久等待"))
        head(QRectF(right - place.AMOUNT, 0, place.AMOUNT, height), _("金额(元)"), to_right=True)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), color("line2"))


class TodoLine(Line):
    """One kind of waiting work: how many, how long, how much, and the way there."""

    def __init__(
        self, look: TodoLook, *, count: int, days: int, amount: Decimal, note: str
    ) -> None:
        super().__init__(46)
        self._look = look
        self._count = count
        self._days = days
        self._amount = amount
        self._note = note
        wait = days_text(days)
        self.setAccessibleName(
            _("{title}，{count} 件，最久 {wait}，{amount} 元").format(
                title=_(look.title), count=count, wait=wait, amount=money_text(amount)
            )
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row; a long wait is said in words and colour."""
        painter = QPainter(self)
        self.ground(painter)
        place = TodoColumns
        height = self.height() - 1.0
        middle = height / 2
        draw_icon(painter, self._look.icon, 4, middle - 9, self._look.tone)
        title = QRectF(32, 0, place.COUNT_RIGHT - 32 - 34, height)
        draw_text(painter, title, _(self._look.title))
        count = QRectF(place.COUNT_RIGHT - 60, 0, 60, height)
        draw_text(painter, count, str(self._count), "figure", align=RIGHT)
        self._paint_wait(painter, height)
        link = QRectF(self.width() - place.LINK - 2, 0, place.LINK - 20, height)
        draw_text(painter, link, _("去处理"), "strong", "accent", align=RIGHT)
        draw_icon(painter, "right", self.width() - 20, middle - 7, "accent", size=14)
        money = QRectF(self.width() - place.LINK - 16 - place.AMOUNT, 0, place.AMOUNT, height)
        token = "text" if self._amount else "text3"
        draw_text(painter, money, money_text(self._amount), "body", token, align=RIGHT)

    def _paint_wait(self, painter: QPainter, height: float) -> None:
        place = TodoColumns
        late = self._days >= LATE_DAYS
        tone = "danger" if late and self._look.tone == "danger" else ("warn" if late else "ramp3")
        bar = QRectF(place.WAIT_LEFT, height / 2 - 3, place.BAR, 6)
        round_rect(painter, bar, 3, "ramp0")
        share = min(1.0, max(0.06, self._days / SCALE_DAYS))
        round_rect(painter, QRectF(bar.left(), bar.top(), bar.width() * share, 6), 3, tone)
        words = days_text(self._days)
        x = bar.right() + 10
        ink = tone if late else "text"
        draw_text(painter, QRectF(x, 0, 44, height), words, "body", ink)
        room = self.width() - place.LINK - 16 - place.AMOUNT + 30 - (x + 46)
        if room > 40:
            note = QRectF(x + 46, 0, room, height)
            draw_text(painter, note, self._note, "note", "text2")


class SentLine(Line):
    """One document of mine that lies with somebody else."""

    def __init__(self, title: str, where: str, *, days: int) -> None:
        super().__init__(46)
        self._title = title
        self._where = where
        self._days = days
        self.setToolTip(f"{title}\n{where}")
        self.setAccessibleName(f"{title}，{where}，{days_text(days)}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw title, place and days."""
        painter = QPainter(self)
        self.ground(painter, line=False)
        words = days_text(self._days)
        width = text_width(words) + 6
        room = self.width() - width - 8
        draw_text(painter, QRectF(4, 5, room, 19), self._title, "strong")
        draw_text(painter, QRectF(4, 24, room, 17), self._where, "note", "text2")
        ink = "danger" if self._days >= LATE_DAYS else ("warn" if self._days >= 3 else "text")
        draw_text(painter, QRectF(0, 0, self.width() - 4, 46), words, "body", ink, align=RIGHT)


class Tile(Line):
    """One of the windows a person opens often."""

    def __init__(self, title: str, icon: str) -> None:
        super().__init__(40)
        self._icon = icon
        self.setText(title)
        self.setAccessibleName(title)

    def sizeHint(self) -> QSize:
        """Return half of the side column."""
        return QSize(152, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the outlined tile."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        round_rect(painter, box, 6, "hover" if self.underMouse() else "surface", line="line2")
        if self.hasFocus():
            round_rect(painter, box.adjusted(2, 2, -2, -2), 4, line="accent", width=1.5)
        draw_icon(painter, self._icon, 11, 11, "accent")
        draw_text(painter, box.adjusted(38, 0, -8, 0), self.text())


class Empty(QWidget):
    """A quiet sentence where a list has nothing to show."""

    def __init__(self, text: str, icon: str = "check") -> None:
        super().__init__()
        self._text = text
        self._icon = icon
        self.setFixedHeight(64)
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon and sentence in the middle."""
        painter = QPainter(self)
        width = text_width(self._text) + 28
        x = max(0.0, (self.width() - width) / 2)
        draw_icon(painter, self._icon, x, 23, "text3")
        box = QRectF(x + 26, 0, self.width() - x - 26, 64)
        draw_text(painter, box, self._text, "body", "text2")
