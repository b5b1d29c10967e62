"""The grid of lines inside a form: editors by keyboard and input method, paste, live limits."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.form_window.head import ElidedLine
from govproc_desktop.views.kit.form_window.line_delegate import ENTER, LineDelegate
from govproc_desktop.views.kit.lines_model import Line, LinesModel
from govproc_desktop.views.kit.paste import parse_cells
from govproc_desktop.views.kit.roles import Kind
from govproc_desktop.views.kit.tables import KitTableView
from govproc_desktop.views.kit.widgets import Button, Label

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LinesTable(KitTableView):
    """The table part: the cell one stands on is open for typing, so that pinyin input works."""

    told = Signal(str, str)
    """A sentence for the line under the table, and its tone."""
    stood_on = Signal(bool)
    """Whether the table itself, not a cell of it, has the focus now."""

    def __init__(self, lines: LinesModel, *, row_height: int = 38) -> None:
        super().__init__(tuple(spec.look for spec in lines.columns), row_height=row_height)
        self.lines = lines
        self._made: Line = {}
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.keys = LineDelegate(self)
        self.setItemDelegate(self.keys)
        self.keys.stepped.connect(self._stepped)
        self.keys.typing.connect(self._tell)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            trigger.CurrentChanged
            | trigger.SelectedClicked
            | trigger.DoubleClicked
            | trigger.AnyKeyPressed
        )
        self.setModel(lines)
        self.set_looks(tuple(spec.look for spec in lines.columns))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lines.modelReset.connect(self.fit_height)
        lines.edited.connect(self._tell)
        self.iconClicked.connect(lambda index, _name: lines.remove(index.row()))
        self.fit_height()

    def open_cell(self, row: int, column: int) -> None:
        """Open a cell for typing."""
        index = self.lines.index(row, column)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        # a line just added has its place only after the form has laid itself out
        QTimer.singleShot(0, self._reveal)
        if index == self.currentIndex():
            self.edit(index)
        else:
            self.setCurrentIndex(index)

    def _reveal(self) -> None:
        """Scroll the form, not the table, so that the cell and its limit are seen."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        content = around.widget() if isinstance(around, QScrollArea) else None
        index = self.currentIndex()
        if isinstance(around, QScrollArea) and content is not None and index.isValid():
            place = self.viewport().mapTo(content, self.visualRect(index).center())
            around.ensureVisible(place.x(), place.y(), 0, 70)

    def go(self, step: int) -> None:
        """Open the next (+1, ``ENTER``) or previous (-1) cell, the row below or above (±100).

        Only Enter makes a new line at the end; Tab leaves.
        """
        current = self.currentIndex()
        row, column = (current.row(), current.column()) if current.isValid() else (0, -1)
        if abs(step) == 100:
            row += step // 100
            if self.lines.can_edit(row, column):
                self.open_cell(row, column)
            elif 0 <= row < self.lines.rowCount():
                self.setCurrentIndex(self.lines.index(row, column))
            else:
                self.edit(current)
            return
        count, by = self.lines.columnCount(), 1 if step > 0 else -1
        place = row * count + column + by
        while 0 <= place < self.lines.rowCount() * count:
            if self.lines.can_edit(place // count, place % count):
                self.open_cell(place // count, place % count)
                return
            place += by
        self._leave(step)

    def _leave(self, step: int) -> None:
        if step == ENTER and self._last_is_filled():
            self.add_line()
            return
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.focusNextPrevChild(step > 0)

    def focusNextPrevChild(self, on: bool) -> bool:
        """Leave no line behind that was made and not touched."""
        self._drop_untouched()
        return super().focusNextPrevChild(on)

    def _drop_untouched(self) -> None:
        """Take away the line made last if nothing was typed into it; nobody would miss it."""
        row = self.lines.row_of(self._made.get("uid", ""))
        if row < 0 or not self.lines.grows:
            return
        line = self.lines.line(row)
        # what rules force into a line does not make it somebody's
        typed = [spec.key for spec in self.lines.columns if spec.edit]
        if all(line.get(key, "") == self._made.get(key, "") for key in typed):
            self.lines.remove(row)

    def _last_is_filled(self) -> bool:
        rows = self.lines.rowCount()
        if not rows:
            return False
        line = self.lines.line(rows - 1)
        return all(line.get(spec.key) for spec in self.lines.columns if spec.look.required)

    def open_first(self, row: int) -> None:
        """Open the first cell of a row that can be typed into."""
        for column in range(self.lines.columnCount()):
            if self.lines.can_edit(row, column):
                self.open_cell(row, column)
                return

    def _stepped(self, step: int) -> None:
        QTimer.singleShot(0, lambda: self.go(step))

    def _tell(self) -> None:
        index = self.currentIndex()
        typing = self.keys.editor is not None and index.isValid()
        if typing and index.row() < self.lines.rowCount():
            row, column = index.row(), index.column()
            spec = self.lines.columns[column]
            sentence = self.lines.error(row, column)
            if sentence and spec.lookup is None:
                self.told.emit(sentence, "danger")
                return
            if spec.limit is not None:
                self.told.emit(*spec.limit(self.lines.line(row)))
                return
        wrong = self.lines.first_error()
        if wrong is None:
            self.told.emit("", "accent")
        else:
            place = _("第 {row} 行：{sentence}").format(row=wrong[0] + 1, sentence=wrong[2])
            self.told.emit(place, "danger")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open the first cell when the focus comes by Tab, the last when it comes backwards.

        An empty grid that may grow keeps the focus itself, so that Ins and paste reach it.
        """
        super().focusInEvent(event)
        self.stood_on.emit(True)
        if self.lines.grows and not self.lines.rowCount():
            return
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.setCurrentIndex(QModelIndex())
            QTimer.singleShot(0, lambda: self.go(1))
        elif event.reason() == Qt.FocusReason.BacktabFocusReason and self.lines.rowCount():
            last = self.lines.index(self.lines.rowCount() - 1, self.lines.columnCount() - 1)
            self.setCurrentIndex(last)
            QTimer.singleShot(0, lambda: self.go(-1))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus is gone."""
        super().focusOutEvent(event)
        self.stood_on.emit(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add with Ins, delete with Ctrl+Del, move with Alt+arrows, paste, undo."""
        row = self.currentIndex().row()
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Insert:
            self.add_line()
        elif event.key() == Qt.Key.Key_Delete and ctrl and row >= 0:
            self.remove_line(row)
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and row >= 0:
            self._move(row, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif ctrl and event.key() == Qt.Key.Key_V:
            self.paste(QGuiApplication.clipboard().text())
        elif ctrl and event.key() == Qt.Key.Key_Z:
            self.lines.undo()
        elif event.key() in _ENTER:
            index = self.currentIndex()
            if index.isValid() and self.lines.can_edit(row, index.column()):
                self.edit(index)
            else:
                self.go(ENTER)
        else:
            super().keyPressEvent(event)

    def add_line(self) -> None:
        """Add a blank line at the end and open it."""
        if self.lines.grows:
            row = self.lines.add()
            self._made = dict(self.lines.line(row))
            self.open_first(row)

    def remove_line(self, row: int) -> None:
        """Take a line away and stay near it."""
        column = max(0, self.currentIndex().column())
        self.lines.remove(row)
        if self.lines.rowCount():
            self.open_cell(min(row, self.lines.rowCount() - 1), column)

    def _move(self, row: int, step: int) -> None:
        column = self.currentIndex().column()
        self.open_cell(self.lines.move(row, step), column)

    def paste(self, text: str) -> None:
        """Put a block in from the cell one stands on and say what came of it."""
        index = self.currentIndex()
        row = index.row() if index.isValid() else self.lines.rowCount()
        column = max(0, index.column())
        done = self.lines.paste(row, column, cells=parse_cells(text))
        told = _("已粘贴：改了 {changed} 行，加了 {added} 行。按 Ctrl+Z 撤销。").format(
            changed=done.changed, added=done.added
        )
        wrong = self.lines.first_error()
        if wrong is not None:
            told += _("第 {row} 行：{sentence}").format(row=wrong[0] + 1, sentence=wrong[2])
        self.told.emit(told, "danger" if wrong else "accent")

    def retell(self) -> None:
        """Say the limit of the open cell anew, after what it is measured against has moved."""
        self._tell()
        index = self.currentIndex()
        if self.keys.editor is not None and index.isValid():
            self.keys.editor.set_invalid(bool(self.lines.error(index.row(), index.column())))
        self.viewport().update()

    def finish(self) -> None:
        """Write the open cell as it is stored (grouped digits); it stays open."""
        index = self.currentIndex()
        if self.keys.editor is not None and index.isValid():
            self.lines.setData(index, self.keys.editor.text())

    def set_read_only(self, *, on: bool) -> None:
        """Let the lines be read but not changed."""
        self.lines.read_only = on
        for column, spec in enumerate(self.lines.columns):
            if spec.look.kind is Kind.ICONS:
                self.setColumnHidden(column, on)
        # what nobody fills in has no star
        looks = [spec.look for spec in self.lines.columns]
        self.set_looks(tuple(replace(one, required=one.required and not on) for one in looks))
        self.viewport().update()


class LinesGrid(QWidget):
    """A titled grid: name, note, buttons at the right, the table, a line for limits and errors."""

    def __init__(self, title: str, sub: str, lines: LinesModel, *, empty: str = "") -> None:
        super().__init__()
        self.lines = lines
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(0, 0, 0, 6)
        self.head.setSpacing(8)
        self.head.addWidget(Label(title, "section"))
        self.sub = Label(sub, "note", "text3")
        self.head.addWidget(self.sub)
        self.head.addStretch(1)
        column.addLayout(self.head)
        self.table = LinesTable(lines)
        self.table.setAccessibleName(title)
        column.addWidget(self.table)
        self.empty = Label(empty, "body", "text3")
        self.empty.setContentsMargins(12, 10, 0, 4)
        column.addWidget(self.empty)
        lines.modelReset.connect(lambda: self.empty.setVisible(not lines.rowCount()))
        # an empty table has no cell that could show where the focus is
        self.table.stood_on.connect(lambda on: self.empty.set_token("accent" if on else "text3"))
        self.note = ElidedLine("note", "accent", height=20)
        column.addWidget(self.note)
        self.table.told.connect(self.note.set_text)

    def add_button(self, button: Button) -> Button:
        """Put a button at the right of the title."""
        self.head.addWidget(button)
        return button
