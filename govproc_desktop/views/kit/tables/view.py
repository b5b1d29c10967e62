"""The table every list uses: even rows, hover, selection bar, tick column, keyboard."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QToolTip,
    QWidget,
)

from govproc_desktop.views.kit.roles import ColumnLook, Kind, Role
from govproc_desktop.views.kit.tables.delegate import CellDelegate, RowState
from govproc_desktop.views.kit.tables.head import HeaderView
from govproc_desktop.views.kit.type_scale import text_width

Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag


class KitTableView(QTableView):
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
        super().__init__(parent)
        self._looks = looks
        self._hover_row = -1
        self._states: dict[int, RowState] = {}
        self.head = HeaderView(looks, self)
        self.setHorizontalHeader(self.head)
        self.setItemDelegate(CellDelegate(self, self))
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(20)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.viewport().setAutoFillBackground(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)
        self.head.tickAllClicked.connect(self._tick_all)
        self.set_looks(looks, head_height=head_height)

    @property
    def hover_row(self) -> int:
        """The row under the mouse, or -1."""
        return self._hover_row

    def look(self, column: int) -> ColumnLook:
        """Return the look of a column; plain text for one never described."""
        return self._looks[column] if column < len(self._looks) else ColumnLook()

    def set_looks(self, looks: tuple[ColumnLook, ...], *, head_height: int = 34) -> None:
        """Take the looks of all columns and give them their widths."""
        self._looks = looks
        self.head.set_looks(looks, height=head_height)
        self.head.setFixedHeight(head_height)
        self._size_columns()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model; call ``set_looks`` before or after."""
        super().setModel(model)
        self._size_columns()

    def _size_columns(self) -> None:
        if self.model() is None:
            return
        for column, look in enumerate(self._looks[: self.head.count()]):
            fixed = look.kind in (Kind.TICK, Kind.ICONS)
            mode = QHeaderView.ResizeMode.Fixed if fixed else QHeaderView.ResizeMode.Interactive
            if look.stretch:
                mode = QHeaderView.ResizeMode.Stretch
            self.head.setSectionResizeMode(column, mode)
            self.head.resizeSection(column, look.width)

    def row_is_on(self, index: Index) -> bool:
        """Whether a row is ticked, or selected where nothing can be ticked."""
        if self._looks and self._looks[0].kind is Kind.TICK:
            value = index.model().index(index.row(), 0).data(Qt.ItemDataRole.CheckStateRole)
            if value is not None:
                return Qt.CheckState(value) == Qt.CheckState.Checked
        return self.selectionModel().isRowSelected(index.row())

    def row_state(self, index: Index) -> RowState:
        """Return how a row stands, asked once for each row of a drawing."""
        row = index.row()
        found = self._states.get(row)
        if found is None:
            found = self._states[row] = RowState(
                on=self.row_is_on(index),
                off=bool(index.data(Role.OFF)),
                hovered=row == self._hover_row,
                cursor=self.hasFocus() and row == self.currentIndex().row(),
            )
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Forget the rows' states of the last drawing, then draw."""
        self._states.clear()
        super().paintEvent(event)

    def fit_height(self) -> None:
        """Make the table exactly as high as its rows (grids inside forms)."""
        height = (
            self.head.height() + self._row_count() * self.verticalHeader().defaultSectionSize() + 1
        )
        self.setFixedHeight(height)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

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
        if self._selected_rows() == self._row_count():
            self.clearSelection()
        else:
            self.selectAll()

    def _row_count(self) -> int:
        model = self.model()
        return 0 if model is None else model.rowCount()

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
                on = Qt.CheckState(value) == Qt.CheckState.Checked
                state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
                self.model().setData(index, state.value, Qt.ItemDataRole.CheckStateRole)
                self.viewport().update()
        elif kind is Kind.ICONS and (name := self._icon_at(event, index)):
            self.iconClicked.emit(index, name)

    def _icon_at(self, event: QMouseEvent, index: QModelIndex) -> str:
        names = tuple(index.data(Role.ICONS) or ())
        right = self.visualRect(index).right() - self.look(index.column()).padding
        place = int((right - event.position().x()) // 26)
        return str(names[-1 - place]) if 0 <= place < len(names) else ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the row under the mouse."""
        self._hover(self.indexAt(event.position().toPoint()).row())
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the row under the mouse."""
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._hover_row:
            for changed in (self._hover_row, row):
                if changed >= 0:
                    top = self.rowViewportPosition(changed)
                    height = self.rowHeight(changed)
                    self.viewport().update(0, top, self.viewport().width(), height)
            self._hover_row = row

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

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the whole text of a cell that had to be shortened."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            tip = index.data(Qt.ItemDataRole.ToolTipRole)
            text = str(index.data() or "")
            room = self.visualRect(index).width() - 2 * self.look(index.column()).padding
            if tip is None and text_width(text) > room:
                tip = text
            QToolTip.showText(event.globalPos(), str(tip or ""), self)
            return True
        return super().viewportEvent(event)
