"""A table of rows already in memory (refused cells, backups, code tables), to read and copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QWidget

from govproc_desktop.views.kit.roles import ColumnLook, Kind, Role
from govproc_desktop.views.kit.tables import KitTableView

MOST_SHOWN = 2000
"""Rows shown at once; the rest is found by searching, or exported whole."""


@dataclass(frozen=True, kw_only=True)
class RowsColumn:
    """One column: its head, how its cells are drawn, and which takes the room that is left."""

    title: str
    kind: Kind = Kind.TEXT
    width: int = 120
    stretch: bool = False
    strong: bool = False

    def look(self) -> ColumnLook:
        """Return how the delegate draws it."""
        return ColumnLook(
            kind=self.kind,
            width=self.width,
            stretch=self.stretch,
            strong=self.strong,
            sortable=False,
        )


@dataclass(frozen=True, slots=True)
class RowsCell:
    """A text with its tone (a pill's kind, or a token) and a smaller second line."""

    text: str
    tone: str = ""
    second: str = ""


Cells = Sequence[str | RowsCell]


class RowsTable(KitTableView):
    """Shows at most :data:`MOST_SHOWN` of its rows; Ctrl+C copies those chosen. GUI thread only."""

    def __init__(self, name: str, *, row_height: int = 36, parent: QWidget | None = None) -> None:
        super().__init__(row_height=row_height, parent=parent)
        self.setAccessibleName(name)
        self._rows: QStandardItemModel = QStandardItemModel(self)
        self.setModel(self._rows)
        # Fusion draws a stray line where two scroll bars meet (Qt 6.11)
        self.setCornerWidget(QWidget())

    def show_rows(self, columns: Sequence[RowsColumn], rows: Sequence[Cells]) -> None:
        """Show other rows; the first ones when there are too many."""
        model = self._rows
        model.clear()
        model.setColumnCount(len(columns))
        for place, column in enumerate(columns):
            model.setHorizontalHeaderItem(place, QStandardItem(column.title))
        for row in rows[:MOST_SHOWN]:
            model.appendRow([_item(cell) for cell in row])
        self.set_looks(tuple(each.look() for each in columns))

    def texts(self) -> list[list[str]]:
        """Return what the rows say."""
        model = self._rows
        return [
            [model.item(row, column).text() for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def chosen_row(self) -> int:
        """Return the place of the current row among those shown, or -1."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Put the cursor on a row and select it."""
        if 0 <= row < self._rows.rowCount():
            self.selectRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the chosen rows with Ctrl+C, a tab between cells."""
        if event.matches(QKeySequence.StandardKey.Copy):
            texts = self.texts()
            chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
            copy_rows([texts[row] for row in chosen])
        else:
            super().keyPressEvent(event)


def copy_rows(rows: Sequence[Sequence[str]]) -> None:
    """Put rows on the clipboard the way spreadsheets take them."""
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
    QGuiApplication.clipboard().setText("\n".join(lines))


def _item(cell: str | RowsCell) -> QStandardItem:
    made = cell if isinstance(cell, RowsCell) else RowsCell(cell)
    item = QStandardItem(made.text)
    item.setEditable(False)
    if made.tone:
        item.setData(made.tone, Role.TONE)
    if made.second:
        item.setData(made.second, Role.SECOND)
        item.setData(f"{made.text}\n{made.second}", Qt.ItemDataRole.ToolTipRole)
    return item
