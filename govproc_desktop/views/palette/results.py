"""The painted list of what Ctrl+K found, and its foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import (
    RIGHT,
    draw_keycap,
    draw_text,
    keycap_width,
    round_rect,
)
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.palette.entries import Entry

WIDTH = 640
_ROW = 44
_HEAD = 28


class Results(QWidget):
    """The painted list under the search field; it never takes the focus from it."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entries: tuple[Entry, ...] = ()
        self.current = 0
        self.hint = ""
        self.setMouseTracking(True)
        self.setFixedWidth(WIDTH)

    def put(self, entries: Sequence[Entry], hint: str) -> None:
        """Show other results, the first one current."""
        self.entries = tuple(entries)
        self.current = 0
        self.hint = hint
        self.setFixedHeight(max(64, sum(height for _entry, _top, height in self._rows()) + 8))
        said = self.entries[0].title if self.entries else hint
        self.setAccessibleName(said)
        self.update()

    def move(self, by: int) -> None:  # type: ignore[override]
        """Make another result current."""
        if self.entries:
            self.current = (self.current + by) % len(self.entries)
            self.setAccessibleName(self.entries[self.current].title)
            self.update()

    def _rows(self) -> list[tuple[int, int, int]]:
        made, top, group = [], 4, ""
        for place, entry in enumerate(self.entries):
            height = _ROW + (_HEAD if entry.group != group else 0)
            made.append((place, top, height))
            top, group = top + height, entry.group
        return made

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw groups and rows, the current one filled with its bar."""
        painter = QPainter(self)
        if not self.entries:
            box = QRectF(24, 0, self.width() - 48, 64)
            draw_text(painter, box, self.hint, "body", "text3")
            return
        for place, top, height in self._rows():
            entry = self.entries[place]
            if height > _ROW:
                head = QRectF(24, top, 200, _HEAD)
                draw_text(painter, head, entry.group, "column", "text3")
            self._paint_row(painter, entry, top + height - _ROW, current=place == self.current)

    def _paint_row(self, painter: QPainter, entry: Entry, top: int, *, current: bool) -> None:
        box = QRectF(8, top, self.width() - 16, _ROW)
        if current:
            round_rect(painter, box, 6, "sel")
            painter.fillRect(QRectF(8, top + 10, 3, _ROW - 20), color("accent"))
        draw_icon(painter, entry.icon, 24, top + 13, "accent" if current else "text2")
        room = box.right() - 54 - (64 if current else 12)
        if entry.note:
            title = QRectF(54, top + 4, room, 20)
            draw_text(painter, title, entry.title, "strong")
            draw_text(painter, title.translated(0, 18), entry.note, "note", "text2")
        else:
            draw_text(painter, QRectF(54, top, room, _ROW), entry.title)
        if current:
            width = keycap_width("Enter")
            draw_keycap(painter, box.right() - width - 10, top + _ROW / 2, "Enter")

    def _at(self, point: QPoint) -> int:
        for place, top, height in self._rows():
            if top + height - _ROW <= point.y() < top + height:
                return place
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the row under the mouse current."""
        place = self._at(event.position().toPoint())
        if place >= 0 and place != self.current:
            self.current = place
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose a row."""
        place = self._at(event.position().toPoint())
        if place >= 0:
            self.chosen.emit(self.entries[place])


class Foot(QWidget):
    """The line below the list that names the keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(34)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the keys that work here."""
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), color("line"))
        words = _("↑↓ 选择 · Enter 打开 · Esc 关闭")
        draw_text(painter, QRectF(24, 0, 300, 34), words, "note", "text3")
        right = _("可输汉字、拼音首字母、编号或单据码")
        width = text_width(right, "note") + 24
        box = QRectF(self.width() - width - 2, 0, width - 20, 34)
        draw_text(painter, box, right, "note", "text3", align=RIGHT)
