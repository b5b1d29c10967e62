"""The one item model that reads the database: first page, then the count, any page on demand.

GUI thread only. Rows are read and made into ready strings in the database lane; ``data()`` hands
them out and builds nothing. A row that has not arrived shows 「…」; answers of an older question
are dropped by their era. At most :data:`CACHE` pages are kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from govproc_desktop.i18n import _
from govproc_desktop.queries import listing
from govproc_desktop.queries.listing import PAGE, ListQuery, ListSpec, Row, Totals
from govproc_desktop.queries.registry import Reader
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.roles import ColumnLook, Kind, Role
from govproc_desktop.views.kit.spec import CodeNames, Column, Values

CACHE = 120
WAITING = "…"
TICK_LOOK = ColumnLook(kind=Kind.TICK, width=44, sortable=False)

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
_KEY, _RAW = int(Role.KEY), int(Role.RAW)
_PLACES = {int(Role.SECOND): 1, int(Role.TONE): 2, int(Role.BAR): 3, int(Role.ICON): 4}
_ROOT = QModelIndex()

Index = QModelIndex | QPersistentModelIndex
Cell = tuple[str, str, str, Any, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One row ready to be drawn: key, stored values, and a cell for each column."""

    id: int
    key: str
    values: Values
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class _Page:
    """Rows as read, with the lines made of them by the columns and names of that moment."""

    rows: list[Row]
    lines: list[Line]
    style: int


@dataclass(frozen=True)
class _Fresh:
    pages: dict[int, _Page]
    totals: Totals


class SqlListModel(QAbstractTableModel):
    """Rows of a list query; column 0 is the tick column."""

    loaded = Signal()
    """The first rows of a new question are there."""
    summed = Signal(object)
    """Count and sums of the question (``Totals``)."""
    refreshed = Signal()
    """The same question has been read again; keys may stand elsewhere."""

    def __init__(self, desk: Desk, query: ListQuery, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._query = query
        self._spec = ListSpec()
        self._columns: tuple[Column, ...] = ()
        self._names: CodeNames = {}
        self._style = 0
        self._pages: OrderedDict[int, list[Line]] = OrderedDict()
        self._count = 0
        self._counted = False
        self._era = 0
        self._wanted: list[int] = []
        self._reading = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._read_wanted)

    @property
    def spec(self) -> ListSpec:
        """The question in force."""
        return self._spec

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns shown, without the tick column."""
        return self._columns

    def looks(self) -> tuple[ColumnLook, ...]:
        """Return the looks of all columns, the tick column first."""
        return (TICK_LOOK, *(each.look() for each in self._columns))

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; rows already read are written anew."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._style += 1
        for page, lines in self._pages.items():
            self._pages[page] = [self._line(each.id, each.key, each.values) for each in lines]
        self.endResetModel()

    @property
    def names(self) -> CodeNames:
        """The code tables cells are written by."""
        return self._names

    def set_names(self, names: CodeNames) -> None:
        """Take the code tables; rows already read are written anew."""
        if names == self._names:
            return
        self._names = names
        self.set_columns(self._columns)

    def load(self, spec: ListSpec) -> None:
        """Ask a new question: first page, then count and sums."""
        self._era += 1
        era, query, shaped = self._era, self._query, self._shaped
        self._spec = spec
        self._wanted.clear()
        self._reading = False

        def first(reader: Reader) -> _Page:
            return shaped(listing.page(reader, query, spec))

        self._desk.read(first, lambda page: self._show(page, era), owner=self, era="load")

    def refresh(self, rows: Iterable[int]) -> None:
        """Read the same question again, at the pages of these rows; nothing jumps."""
        self._era += 1
        era, query, spec, shaped = self._era, self._query, self._spec, self._shaped
        numbers = sorted({row // PAGE for row in rows} | {0})
        self._wanted.clear()
        self._reading = False

        def again(reader: Reader) -> _Fresh:
            totals = listing.totals(reader, query, spec)
            pages = {
                number: shaped(
                    listing.page(reader, query, spec, offset=number * PAGE, known=totals.count)
                )
                for number in numbers
                if number * PAGE < totals.count
            }
            return _Fresh(pages, totals)

        self._desk.read(again, lambda fresh: self._renew(fresh, era), owner=self, era="load")

    def line(self, row: int) -> Line | None:
        """Return a row if it has arrived; otherwise ask for it."""
        number, place = divmod(row, PAGE)
        lines = self._pages.get(number)
        if lines is None:
            self._want(number)
            return None
        return lines[place] if place < len(lines) else None

    def rows_of(self, keys: set[str]) -> list[int]:
        """Return where records stand, among the rows that have arrived."""
        return [
            number * PAGE + place
            for number, lines in self._pages.items()
            for place, line in enumerate(lines)
            if line.key in keys
        ]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the rows known so far; the whole count a moment after the first page."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the columns shown and the tick column."""
        return 0 if parent.isValid() else len(self._columns) + 1

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """Answer a role from ready strings."""
        column = index.column() - 1
        line = self.line(index.row())
        if line is None:
            return WAITING if role == _DISPLAY and column == 0 else None
        if role == _KEY:
            return line.key
        if column < 0:
            return None
        if role == _DISPLAY:
            return line.cells[column][0]
        place = _PLACES.get(role)
        if place is not None:
            return line.cells[column][place]
        return self._other(line, column, role)

    def _other(self, line: Line, column: int, role: int) -> Any:
        if role == _RAW:
            return line.values[self._columns[column].field]
        if role == _TOOLTIP and line.cells[column][1]:
            return f"{line.cells[column][0]}\n{line.cells[column][1]}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return a column's title; rows have no heads."""
        if orientation != Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        if section == 0:
            return ""
        column = self._columns[section - 1]
        title = _(column.title)
        return f"{title} / {_(column.second_title)}" if column.second_title else title

    def _show(self, page: _Page, era: int) -> None:
        if era != self._era:
            return
        lines = self._fitting(page)
        self.beginResetModel()
        self._pages = OrderedDict({0: lines})
        self._count = len(lines)
        self._counted = len(lines) < PAGE
        self.endResetModel()
        self.loaded.emit()
        query, spec = self._query, self._spec
        self._desk.read(
            lambda reader: listing.totals(reader, query, spec),
            lambda totals: self._take_totals(totals, era),
            owner=self,
            era="totals",
        )

    def _take_totals(self, totals: Totals, era: int) -> None:
        if era == self._era:
            self._set_count(totals.count)
            self.summed.emit(totals)

    def _set_count(self, count: int) -> None:
        if count > self._count:
            self.beginInsertRows(_ROOT, self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(_ROOT, count, self._count - 1)
            self._count = count
            self.endRemoveRows()
        self._counted = True

    def _renew(self, fresh: _Fresh, era: int) -> None:
        if era != self._era:
            return
        self._pages = OrderedDict(
            (number, self._fitting(page)) for number, page in fresh.pages.items()
        )
        self._set_count(fresh.totals.count)
        if self._count:
            last = self.index(self._count - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.refreshed.emit()
        self.summed.emit(fresh.totals)

    def _want(self, number: int) -> None:
        if number in self._wanted:
            self._wanted.remove(number)
        self._wanted.append(number)
        if not self._reading and not self._soon.isActive():
            self._soon.start()

    def _read_wanted(self) -> None:
        # only what was looked at last is worth reading: a dragged scroll bar passes hundreds
        del self._wanted[:-3]
        if not self._wanted or self._reading:
            return
        number = self._wanted.pop()
        if number in self._pages:
            self._soon.start()
            return
        self._reading = True
        era, query, spec, shaped = self._era, self._query, self._spec, self._shaped
        known = self._count if self._counted else None

        def read(reader: Reader) -> _Page:
            return shaped(listing.page(reader, query, spec, offset=number * PAGE, known=known))

        self._desk.read(read, lambda page: self._take_page(number, page, era), owner=self)

    def _take_page(self, number: int, page: _Page, era: int) -> None:
        if era != self._era:
            return
        self._reading = False
        self._pages[number] = self._fitting(page)
        while len(self._pages) > CACHE:
            self._pages.popitem(last=False)
        first = number * PAGE
        last = min(first + PAGE, self._count) - 1
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))
        if self._wanted:
            self._soon.start()

    def _shaped(self, rows: list[Row]) -> _Page:
        style = self._style
        return _Page(rows, self._lines(rows), style)

    def _fitting(self, page: _Page) -> list[Line]:
        """Return the lines, made anew if columns or names changed while they were on their way."""
        return page.lines if page.style == self._style else self._lines(page.rows)

    def _lines(self, rows: list[Row]) -> list[Line]:
        names = self._query.names
        return [self._line(row[0], str(row[1]), dict(zip(names, row, strict=True))) for row in rows]

    def _line(self, row_id: int, key: str, values: Values) -> Line:
        return Line(
            row_id, key, values, tuple(_cell(each, values, self._names) for each in self._columns)
        )


def _cell(column: Column, values: Values, names: CodeNames) -> Cell:
    return (
        column.first(values, names),
        column.below(values, names),
        column.tone(values) if column.tone is not None else "",
        column.bar(values) if column.bar is not None else (),
        column.icon(values) if column.icon is not None else "",
    )
