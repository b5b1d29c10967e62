"""The list of waiting documents: three painted lines a row, pages fetched as they come in view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from govproc_desktop.domain.money import money_text
from govproc_desktop.domain.rules import Check, Level
from govproc_desktop.i18n import _
from govproc_desktop.queries.inbox import KIND_TITLES, PAGE, InboxRow
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import RIGHT, draw_text
from govproc_desktop.views.kit.theme import color, theme
from govproc_desktop.views.kit.type_scale import text_width

ROW = 78


def days_text(days: int | None) -> str:
    """Return the waiting days as written in lists; a dash while the holidays are unknown."""
    if days is None:
        return _("天数未知")
    return _("{days} 天").format(days=days) if days > 0 else _("今天")


def verdict(row: InboxRow) -> tuple[str, str, str]:
    """Return icon, words and token of what the rules said of a document."""
    if row.own:
        return "lock", _("您编制的"), "text2"
    if row.failing:
        return "x", _("{count} 项不符").format(count=row.failing), "danger"
    if row.explaining:
        return "warn", _("{count} 项要说明").format(count=row.explaining), "warn"
    return ("check", _("全部通过"), "ok") if row.green else ("clock", _("待检查"), "text2")


class TaskList(QAbstractScrollArea):
    """Rows by their place; ``moved`` carries the new place, ``wanted`` a page to fetch."""

    moved = Signal(int)
    opened = Signal(int)
    wanted = Signal(int)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[int, InboxRow] = {}
        self._asked: set[int] = set()
        self._total = 0
        self._at = -1
        self._hover = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(ROW // 2)
        self.verticalScrollBar().valueChanged.connect(self._need)
        self.setAccessibleName(_("待办单据"))
        theme().changed.connect(self.viewport().update)

    @property
    def total(self) -> int:
        """How many documents wait."""
        return self._total

    @property
    def place(self) -> int:
        """The place of the current document, or -1."""
        return self._at

    def row(self, place: int) -> InboxRow | None:
        """Return the document at a place, if it is here already."""
        return self._rows.get(place)

    def judge(self, task: UUID, checks: Sequence[Check]) -> None:
        """Show what the rules say of a document now, not when it was sent."""
        place = self.find_task(task, otherwise=-1)
        if place < 0:
            return
        failing = sum(check.refuses and check.rule != "R15" for check in checks)
        asking = sum(not check.ok and check.level is Level.EXPLAIN for check in checks)
        green = all(check.ok for check in checks)
        row = self._rows[place]
        self._rows[place] = replace(row, green=green, failing=failing, explaining=asking)
        self.viewport().update()

    def start_over(self) -> None:
        """Go to the top before another question."""
        self._at = -1
        self.verticalScrollBar().setValue(0)

    def clear(self, total: int) -> None:
        """Forget all rows; ``total`` says how many there are now."""
        self._rows.clear()
        self._asked.clear()
        self._total = total
        self._at = min(self._at, total - 1)
        self._bar()

    def put(self, offset: int, rows: Sequence[InboxRow]) -> None:
        """Take the rows of a page."""
        self._rows.update(enumerate(rows, offset))
        self._asked.add(offset - offset % PAGE)
        self._tell()
        self.viewport().update()

    def find_task(self, task: UUID, *, otherwise: int) -> int:
        """Return the place of a task among the rows here."""
        return next((at for at, row in self._rows.items() if row.task == task), otherwise)

    def find_document(self, uid: UUID, *, otherwise: int) -> int:
        """Return the place of a document among the rows here."""
        return next((at for at, row in self._rows.items() if row.doc_uid == uid), otherwise)

    def go(self, place: int) -> None:
        """Make a place current, show it and tell."""
        if not 0 <= place < self._total:
            return
        self._at = place
        bar = self.verticalScrollBar()
        top = place * ROW
        if top < bar.value():
            bar.setValue(top)
        elif top + ROW > bar.value() + self.viewport().height():
            bar.setValue(top + ROW - self.viewport().height())
        self._need()
        self._tell()
        self.viewport().update()
        self.moved.emit(place)

    def _tell(self) -> None:
        row = self._rows.get(self._at)
        if row is not None:
            words = (row.title, days_text(row.days), row.unit, money_text(row.amount))
            self.setAccessibleDescription("，".join((*words, verdict(row)[1])))

    def _bar(self) -> None:
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, self._total * ROW - self.viewport().height()))
        self._need()
        self.viewport().update()

    def _need(self) -> None:
        first = self.verticalScrollBar().value() // ROW
        last = (self.verticalScrollBar().value() + self.viewport().height()) // ROW + 1
        for place in {first, min(last, self._total - 1), self._at}:
            page = place - place % PAGE
            if 0 <= place < self._total and place not in self._rows and page not in self._asked:
                self._asked.add(page)
                self.wanted.emit(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the scroll bar."""
        super().resizeEvent(event)
        self._bar()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows in view."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shift = self.verticalScrollBar().value()
        first = shift // ROW
        last = min(self._total, (shift + self.viewport().height()) // ROW + 1)
        for place in range(first, last):
            box = QRectF(0, place * ROW - shift, self.viewport().width(), ROW)
            self._paint_row(painter, box, place)

    def _paint_row(self, painter: QPainter, box: QRectF, place: int) -> None:
        current = place == self._at
        if current or place == self._hover:
            painter.fillRect(box, color("sel" if current else "hover"))
        if current:
            painter.fillRect(QRectF(0, box.top(), 3, ROW), color("accent"))
        painter.setPen(QPen(color("line"), 1))
        low = box.bottom() - 0.5
        painter.drawLine(QPointF(16, low), QPointF(box.right() - 12, low))
        if current and self.hasFocus():
            painter.setPen(QPen(color("accent"), 1))
            painter.drawLine(QPointF(3, low), QPointF(box.right(), low))
            painter.drawLine(QPointF(3, box.top() + 0.5), QPointF(box.right(), box.top() + 0.5))
        row = self._rows.get(place)
        room = box.adjusted(16, 0, -14, 0)
        if row is None:
            draw_text(painter, room, "…", "body", "text3")
            return
        self._paint_words(painter, room, row)

    def _paint_words(self, painter: QPainter, room: QRectF, row: InboxRow) -> None:
        top = QRectF(room.left(), room.top() + 9, room.width(), 22)
        days = days_text(row.days)
        taken = text_width(days, "column") + 10
        if row.urged_at is not None:
            draw_icon(painter, "bell", top.right() - taken - 12, top.top() + 4, "warn", size=14)
            taken += 18
        draw_text(painter, top.adjusted(0, 0, -taken, 0), row.title, "strong")
        token = "danger" if row.late else "text3"
        draw_text(painter, top, days, "column" if row.late else "note", token, align=RIGHT)
        middle = QRectF(room.left(), room.top() + 30, room.width(), 18)
        kind = _(KIND_TITLES.get(row.doc_kind, row.doc_kind))
        draw_text(painter, middle, f"{kind} · {row.unit}", "note", "text3")
        low = QRectF(room.left(), room.top() + 50, room.width(), 20)
        draw_text(painter, low, money_text(row.amount), "body")
        icon, words, ink = verdict(row)
        width = text_width(words, "note")
        draw_icon(painter, icon, low.right() - width - 19, low.top() + 3, ink, size=14, stroke=2)
        draw_text(painter, low, words, "note", ink, align=RIGHT)

    def _place_at(self, event: QMouseEvent) -> int:
        place = int((event.position().y() + self.verticalScrollBar().value()) // ROW)
        return place if 0 <= place < self._total else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the row under the mouse current."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if (place := self._place_at(event)) >= 0:
            self.go(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The press has done it all."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the original."""
        if (place := self._place_at(event)) >= 0:
            self.opened.emit(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the row under the mouse."""
        if (place := self._place_at(event)) != self._hover:
            self._hover = place
            row = self._rows.get(place)
            self.viewport().setToolTip(f"{row.title}\n{row.unit}" if row else "")
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the row under the mouse."""
        self._hover = -1
        self.viewport().update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows and pages, open the original with Enter."""
        page = max(1, self.viewport().height() // ROW)
        jumps = {
            Qt.Key.Key_Up: self._at - 1,
            Qt.Key.Key_Down: self._at + 1,
            Qt.Key.Key_PageUp: max(0, self._at - page),
            Qt.Key.Key_PageDown: min(self._total - 1, self._at + page),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._total - 1,
        }
        key = Qt.Key(event.key())
        if key in jumps:
            self.go(jumps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.opened.emit(self._at)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor."""
        super().focusOutEvent(event)
        self.viewport().update()
