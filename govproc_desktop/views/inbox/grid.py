"""Read-only grids and facts of a document under review: painted, no item model, rows as given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from govproc_desktop.views.kit.paint import (
    LEFT,
    RIGHT,
    draw_text,
    draw_wrapped,
    wrapped_height,
)
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import text_width

_PAD = 12
_HEAD = 32
_ROW = 32
_TWO_LINES = 46


@dataclass(frozen=True, kw_only=True)
class GridColumn:
    """One column; the stretching one takes what is left and shortens its texts."""

    title: str
    right: bool = False
    strong: bool = False
    stretch: bool = False


@dataclass(frozen=True)
class GridCell:
    """A text, a smaller second line, and the tooltip that says all."""

    text: str
    second: str = ""
    tip: str = ""
    token: str = "text"


class PaperGrid(QWidget):
    """A grid as high as its rows; widths follow the widest text of each column."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[GridColumn, ...] = ()
        self._rows: tuple[tuple[GridCell, ...], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, columns: Sequence[GridColumn], rows: Sequence[Sequence[GridCell]]) -> None:
        """Show other rows."""
        self._columns = tuple(columns)
        self._rows = tuple(tuple(row) for row in rows)
        told = "；".join("，".join(cell.text for cell in row) for row in self._rows)
        self.setAccessibleDescription(told)
        self.setFixedHeight(_HEAD + sum(_height(row) for row in self._rows) + 1)
        self.update()

    def texts(self) -> list[list[str]]:
        """Return what the rows say, for tests and the clipboard."""
        return [[cell.text for cell in row] for row in self._rows]

    def _widths(self) -> list[float]:
        widths = []
        for place, column in enumerate(self._columns):
            width = text_width(column.title, "column")
            for row in self._rows:
                cell = row[place]
                width = max(width, text_width(cell.text, "strong" if column.strong else "body"))
                if not column.stretch:
                    width = max(width, text_width(cell.second, "note"))
            widths.append(width + 2 * _PAD + 1)
        rest = self.width() - sum(widths)
        loose = [at for at, column in enumerate(self._columns) if column.stretch]
        for at in loose:
            widths[at] = max(60.0, widths[at] + rest / len(loose))
        return widths

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw head, rows and lines."""
        painter = QPainter(self)
        widths = self._widths()
        painter.fillRect(QRectF(0, 0, self.width(), _HEAD), color("sunken"))
        self._line(painter, 0)
        self._line(painter, _HEAD - 1)
        x = 0.0
        for column, width in zip(self._columns, widths, strict=True):
            box = QRectF(x + _PAD, 0, width - 2 * _PAD, _HEAD)
            align = RIGHT if column.right else LEFT
            draw_text(painter, box, column.title, "column", "text2", align=align)
            x += width
        y = float(_HEAD)
        for row in self._rows:
            height = _height(row)
            self._paint_row(painter, row, widths, y, height)
            y += height
            self._line(painter, y - 1)

    def _paint_row(
        self,
        painter: QPainter,
        row: tuple[GridCell, ...],
        widths: list[float],
        y: float,
        height: float,
    ) -> None:
        x = 0.0
        for cell, column, width in zip(row, self._columns, widths, strict=True):
            align = RIGHT if column.right else LEFT
            room = QRectF(x + _PAD, y, width - 2 * _PAD, height - 1)
            first = QRectF(room.left(), y + 4, room.width(), 20) if cell.second else room
            ink = "text3" if cell.text == "—" else cell.token
            role = "strong" if column.strong else "body"
            draw_text(painter, first, cell.text, role, ink, align=align)
            if cell.second:
                second = QRectF(room.left(), y + 23, room.width(), 18)
                draw_text(painter, second, cell.second, "note", "text3", align=align)
            x += width

    def _line(self, painter: QPainter, y: float) -> None:
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(QPointF(0, y + 0.5), QPointF(self.width(), y + 0.5))

    def event(self, event: QEvent) -> bool:
        """Show the whole of a cell that had to be shortened."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(event.pos().x(), event.pos().y()), self)
            return True
        return super().event(event)

    def _tip(self, x: float, y: float) -> str:
        top = float(_HEAD)
        for row in self._rows:
            height = _height(row)
            if top <= y < top + height:
                left = 0.0
                for cell, width in zip(row, self._widths(), strict=True):
                    if left <= x < left + width:
                        return cell.tip or "\n".join(filter(None, (cell.text, cell.second)))
                    left += width
            top += height
        return ""


def _height(row: tuple[GridCell, ...]) -> int:
    return _TWO_LINES if any(cell.second for cell in row) else _ROW


@dataclass(frozen=True)
class Fact:
    """A label and its value; ``token`` colours the value."""

    label: str
    value: str
    token: str = "text"


class FactsGrid(QWidget):
    """Facts in three columns; a long value takes more columns, a very long one wraps."""

    LABEL = 76
    ROW = 28

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[Fact, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts."""
        self._facts = tuple(facts)
        self.setAccessibleName("；".join(f"{one.label} {one.value}" for one in self._facts))
        self._fit()

    def value(self, label: str) -> str:
        """Return the value shown under a label, for tests."""
        return next((one.value for one in self._facts if one.label == label), "")

    def _cells(self) -> list[tuple[Fact, QRectF]]:
        third = self.width() / 3
        placed = []
        at, y = 0, 0.0
        for fact in self._facts:
            need = self.LABEL + text_width(fact.value) + 8
            span = min(3, max(1, -int(-need // max(third, 1.0))))
            if at + span > 3:
                at, y = 0, y + self.ROW
            height = float(self.ROW)
            if span == 3:
                room = self.width() - self.LABEL
                height = max(height, wrapped_height(fact.value, room) + 9)
            placed.append((fact, QRectF(at * third, y, span * third, height)))
            at += span
            if at >= 3:
                at, y = 0, y + height
        return placed

    def _fit(self) -> None:
        cells = self._cells()
        self.setFixedHeight(int(max((box.bottom() for _fact, box in cells), default=0.0)) + 1)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the facts anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self._fit()

    def sizeHint(self) -> QSize:
        """Return the height the facts need."""
        return QSize(480, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw labels and values."""
        painter = QPainter(self)
        for fact, box in self._cells():
            label = QRectF(box.left(), box.top(), self.LABEL, self.ROW)
            draw_text(painter, label, fact.label, "body", "text3")
            room = box.adjusted(self.LABEL, 0, -8, 0)
            if box.height() > self.ROW:
                inner = room.adjusted(0, 4, 8, 0)
                draw_wrapped(painter, inner, fact.value, "body", fact.token)
            else:
                draw_text(painter, room, fact.value, "body", fact.token)
