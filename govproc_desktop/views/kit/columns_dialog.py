"""Choose which columns a list shows and in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import draw_text, draw_tick_box, round_rect
from govproc_desktop.views.kit.spec import Column
from govproc_desktop.views.kit.widgets import Button, DialogFrame, Label

_Index = QModelIndex | QPersistentModelIndex


class _TickDelegate(QStyledItemDelegate):
    """A title with the kit's tick box before it."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Rows as high as those of the navigation."""
        return QSize(100, 32)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground, box and title."""
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            round_rect(painter, box, 6, "sel")
        state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        draw_tick_box(painter, box.left() + 8, box.center().y() - 8, state)
        draw_text(painter, box.adjusted(34, 0, -34, 0), str(index.data()), "body")
        draw_icon(painter, "grip", box.right() - 26, box.center().y() - 8, "text3", size=16)
        painter.restore()


class _Titles(QListWidget):
    """Ticked titles; Alt with an arrow moves one, dragging as well."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(_TickDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the current title with Alt and an arrow."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.shift(step)
        else:
            super().keyPressEvent(event)

    def shift(self, step: int) -> None:
        """Move the current title up or down."""
        row = self.currentRow()
        if row >= 0 and 0 <= row + step < self.count():
            item = self.takeItem(row)
            self.insertItem(row + step, item)
            self.setCurrentRow(row + step)


class ColumnsDialog(DialogFrame):
    """Tick and order the columns; ``done`` gets the fields to show, never none at all."""

    def __init__(
        self,
        columns: Sequence[Column],
        shown: Sequence[str],
        done: Callable[[tuple[str, ...]], None],
        *,
        parent: QWidget,
    ) -> None:
        super().__init__(
            _("选择列"),
            _("打勾的列显示；拖动或按 Alt+↑ Alt+↓ 调整次序。只影响您自己。"),
            width=420,
            parent=parent,
        )
        self._columns = {each.field: each for each in columns}
        self._finish = done
        self.titles = _Titles()
        self.titles.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.titles.setMinimumHeight(340)
        self.titles.setAccessibleName(_("列"))
        self.body.addWidget(self.titles)
        self.error = Label(_("至少留一列。"), "note", "danger")
        self.error.hide()
        self.body.addWidget(self.error)
        self._fill(shown)
        self._add_foot()

    def _fill(self, shown: Sequence[str]) -> None:
        self.titles.clear()
        rest = [name for name in self._columns if name not in shown]
        for name in (*shown, *rest):
            if name not in self._columns:
                continue
            item = QListWidgetItem(_(self._columns[name].title))
            item.setData(Qt.ItemDataRole.UserRole, name)
            ticked = Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
            self.titles.addItem(item)
        self.titles.setCurrentRow(0)

    def _add_foot(self) -> None:
        default = Button(_("恢复原样"), "link")
        usual = [name for name, each in self._columns.items() if not each.hidden]
        default.clicked.connect(lambda: self._fill(usual))
        cancel = Button(_("取消"), keycap="Esc")
        cancel.clicked.connect(self.reject)
        ok = Button(_("确定"), "primary")
        ok.clicked.connect(self.accept)
        self.foot.addWidget(default)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(ok)

    def chosen(self) -> tuple[str, ...]:
        """Return the fields ticked, in their order."""
        items = [self.titles.item(row) for row in range(self.titles.count())]
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def accept(self) -> None:
        """Hand the choice over."""
        if not self.chosen():
            self.error.show()
            return
        super().accept()
        self._finish(self.chosen())
