"""The table every list uses: selection, tick column, icons to press, keyboard."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QWidget,
)

from govproc_desktop.views.kit.roles import ColumnLook, Kind, Role
from govproc_desktop.views.kit.tables.rows_view import RowsView

Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag


class KitTableView(RowsView):
    """A table of the kit. ``opened`` fires on Enter or double click, ``previewed`` on Space.

    ``iconClicked`` carries the cell and the name of the icon pressed in an icon column.
    """

    opened = Signal(QModelIndex)
    previewed = Signal(QModelIndex)
    iconClicked = Signal(QModelIndex, str)

    def __init__(
        self,
        looks: tuple[ColumnLook, ...] = (),
        *,
        row_height: int = 36,
        head_height: int = 34,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(looks, row_height=row_height, parent=parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)
        self.head.tickAllClicked.connect(self._tick_all)
        self.set_looks(looks, head_height=head_height)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Let the tick column add rows to the selection instead of replacing it."""
        ticks = index.isValid() and self.look(index.column()).kind is Kind.TICK
        if ticks and index.data(Role.OFF):
            return _Flag.NoUpdate
        if ticks and isinstance(event, QMouseEvent):
            if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
                return _Flag.NoUpdate
            if event.type() == QEvent.Type.MouseButtonPress:
                return _Flag.Toggle | _Flag.Rows
            return _Flag.NoUpdate
        return super().selectionCommand(index, event)

    def _open(self, index: QModelIndex) -> None:
        if self.look(index.column()).kind not in (Kind.TICK, Kind.ICONS, Kind.EDIT):
            self.opened.emit(index)

    def _tick_all(self) -> None:
        ticks = self._ticks()
        if ticks is not None:
            on = any(state != Qt.CheckState.Checked for state in ticks.values())
            for row in ticks:
                self._tick(self.model().index(row, 0), on=on)
        elif self._selected_rows() == self._row_count():
            self.clearSelection()
        else:
            self.selectAll()

    def _ticks(self) -> dict[int, Qt.CheckState] | None:
        # None: nothing to tick but the selection itself; such lists may have a million rows
        if not self._row_count() or self.look(0).kind is not Kind.TICK:
            return None
        cells = (self.model().index(row, 0) for row in range(self._row_count()))
        first = self.model().index(0, 0).data(Qt.ItemDataRole.CheckStateRole)
        if first is None:
            return None
        return {
            cell.row(): Qt.CheckState(cell.data(Qt.ItemDataRole.CheckStateRole))
            for cell in cells
            if not cell.data(Role.OFF)
        }

    def _tick(self, cell: QModelIndex, *, on: bool) -> None:
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self.model().setData(cell, state.value, Qt.ItemDataRole.CheckStateRole)
        states = set((self._ticks() or {}).values())
        shared = states.pop() if len(states) == 1 else Qt.CheckState.PartiallyChecked
        self.head.set_tick_all(shared)
        self.viewport().update()

    def _selected_rows(self) -> int:
        # ranges, not rows: everything may be selected in a table of a million rows
        chosen = self.selectionModel().selection()
        parts = [chosen.at(place) for place in range(chosen.count())]
        return sum(part.bottom() - part.top() + 1 for part in parts)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Keep the box in the head true and redraw whole rows."""
        super().selectionChanged(selected, deselected)
        chosen, rows = self._selected_rows(), self._row_count()
        state = Qt.CheckState.Checked if rows and chosen == rows else Qt.CheckState.PartiallyChecked
        self.head.set_tick_all(state if chosen else Qt.CheckState.Unchecked)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, preview with Space (tick with Ctrl+Space as everywhere)."""
        index = self.currentIndex()
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        editing = self.state() == QAbstractItemView.State.EditingState
        if editing or not index.isValid():
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(index)
        elif event.key() == Qt.Key.Key_Space and plain:
            self.previewed.emit(index)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Toggle a checkable box, report icons, else select as usual."""
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        kind = self.look(index.column()).kind
        if kind is Kind.TICK and not index.data(Role.OFF):
            value = index.data(Qt.ItemDataRole.CheckStateRole)
            if value is not None:
                self._tick(index, on=Qt.CheckState(value) != Qt.CheckState.Checked)
        elif kind is Kind.ICONS and (name := self._icon_at(event, index)):
            self.iconClicked.emit(index, name)

    def _icon_at(self, event: QMouseEvent, index: QModelIndex) -> str:
        names = tuple(index.data(Role.ICONS) or ())
        right = self.visualRect(index).right() - self.look(index.column()).padding
        place = int((right - event.position().x()) // 26)
        return str(names[-1 - place]) if 0 <= place < len(names) else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor; put it on the first row when there is none."""
        super().focusInEvent(event)
        keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        if keyboard and self._row_count() and not self.currentIndex().isValid():
            first = self.model().index(0, 0)
            self.selectionModel().setCurrentIndex(first, _Flag.NoUpdate)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor."""
        super().focusOutEvent(event)
        self.viewport().update()
