"""The delegate of every table: row ground, selection bar, tick box, then the cell's own drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from govproc_desktop.views.kit.paint import draw_tick_box, round_rect
from govproc_desktop.views.kit.roles import ColumnLook, EditLook, Kind, Role
from govproc_desktop.views.kit.tables.cells import CellFacts, field_box, paint_cell
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.widgets.fields import TextField

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class RowState:
    """How a whole row stands; asked once a row, not once a cell."""

    on: bool = False
    off: bool = False
    hovered: bool = False
    cursor: bool = False


_PLAIN = RowState()


class Looks(Protocol):
    """What the delegate asks its table."""

    def look(self, column: int) -> ColumnLook:
        """The look of a column."""

    def row_state(self, index: Index) -> RowState:
        """How the index's row stands."""


class CellDelegate(QStyledItemDelegate):
    """Draws the cells of a ``KitTableView`` (or of any view that answers ``Looks``)."""

    def __init__(self, table: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows have the view's own height."""
        return QSize(60, 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw ground, line, bar and content of a cell."""
        box = QRectF(option.rect)
        row = self._table.row_state(index)
        look = self._table.look(index.column())
        painter.save()
        if row.on or row.hovered:
            painter.fillRect(box, color("sel" if row.on else "hover"))
        low = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(low, color("accent" if row.cursor else "line"))
        if row.cursor:
            painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1), color("accent"))
        if row.on and index.column() == 0:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height() - 1), color("accent"))
        if look.kind is Kind.TICK:
            self._paint_tick(painter, box, index, row)
        else:
            if look.kind in (Kind.PILL, Kind.ICONS):
                painter.setClipRect(box)
            paint_cell(painter, box, read_cell(index, look, row), look)
            if option.state & QStyle.StateFlag.State_HasFocus and look.kind is Kind.EDIT:
                round_rect(painter, field_box(box), 6, line="accent", width=2)
        painter.restore()

    def _paint_tick(self, painter: QPainter, box: QRectF, index: Index, row: RowState) -> None:
        value = index.data(Qt.ItemDataRole.CheckStateRole)
        on = row.on if value is None else Qt.CheckState(value) == Qt.CheckState.Checked
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        draw_tick_box(painter, box.center().x() - 8, box.center().y() - 8.5, state, off=row.off)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a field of the kit for editable cells; subclasses return lookups and dates."""
        look = self._table.look(index.column())
        field = TextField(parent=parent)
        field.setProperty("pose", "focus")
        if look.right:
            field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        field.setPlaceholderText(str(index.data(Role.LIMIT) or ""))
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the text into the field and select it."""
        if isinstance(editor, QLineEdit):
            value = index.data(Qt.ItemDataRole.EditRole)
            editor.setText("" if value is None else str(value))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand the text back; the model judges it."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Place the field exactly where it is drawn at rest."""
        box = field_box(QRectF(option.rect)).toRect()
        editor.setFixedHeight(box.height())
        editor.setGeometry(box)


def read_cell(index: Index, look: ColumnLook, row: RowState = _PLAIN) -> CellFacts:
    """Ask the model only for what a column of this kind draws; every question costs."""
    text = index.data(Qt.ItemDataRole.DisplayRole)
    kind = look.kind
    edit = index.data(Role.EDIT) if kind is Kind.EDIT else None
    return CellFacts(
        text="" if text is None else str(text),
        second=str(index.data(Role.SECOND) or "") if kind is Kind.TWO_LINE else "",
        tone="" if kind is Kind.ICONS else str(index.data(Role.TONE) or ""),
        icon=str(index.data(Role.ICON) or "") if kind is Kind.TEXT else "",
        icons=tuple(index.data(Role.ICONS) or ()) if kind is Kind.ICONS else (),
        bar=tuple(index.data(Role.BAR) or ()) if kind is Kind.BAR else (),
        edit=cast(EditLook, edit) if edit is not None else EditLook.FIELD,
        limit=str(index.data(Role.LIMIT) or "") if kind is Kind.EDIT else "",
        align=index.data(Role.ALIGN) if kind is Kind.TEXT else None,
        off=row.off,
        hovered=row.hovered,
    )
