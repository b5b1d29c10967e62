"""The drawn half of every table: even rows, columns by their looks, hover, whole-text tips."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from govproc_desktop.views.kit.roles import ColumnLook, Kind, Role
from govproc_desktop.views.kit.tables.delegate import CellDelegate, RowState
from govproc_desktop.views.kit.tables.head import HeaderView
from govproc_desktop.views.kit.type_scale import text_width

Index = QModelIndex | QPersistentModelIndex


class RowsView(QTableView):
    """A table that draws rows by ``ColumnLook``; what a person does is in ``KitTableView``."""

    def __init__(
        self,
        looks: tuple[ColumnLook, ...] = (),
        *,
        row_height: int = 36,
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
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

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

    def row_has_cursor(self, index: Index) -> bool:
        """Whether the keyboard cursor stands on the row while the table has the focus."""
        return self.hasFocus() and index.row() == self.currentIndex().row()

    def row_state(self, index: Index) -> RowState:
        """Return how a row stands, asked once for each row of a drawing."""
        row = index.row()
        found = self._states.get(row)
        if found is None:
            found = self._states[row] = RowState(
                on=self.row_is_on(index),
                off=bool(index.data(Role.OFF)),
                hovered=row == self._hover_row,
                cursor=self.row_has_cursor(index),
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

    def _row_count(self) -> int:
        model = self.model()
        return 0 if model is None else model.rowCount()

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
