"""The picker's table: tick with Space, type amounts, go from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent

from govproc_desktop.views.kit.form_window import LinesTable
from govproc_desktop.views.kit.lines_model import LinesModel


class PickTable(LinesTable):
    """Space ticks and stands in the amount; Enter in an amount goes to the next row."""

    def __init__(self, lines: LinesModel) -> None:
        super().__init__(lines, row_height=50)
        self.setEditTriggers(LinesTable.EditTrigger.AnyKeyPressed)
        self.clicked.connect(self._clicked)
        self._amount = lines.column_of("amount")

    def fit_height(self) -> None:
        """Scroll inside the dialog instead of growing with the rows."""

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == self._amount:
            self.edit(index)

    def stand_in(self, row: int) -> None:
        """Put the cursor into the amount of a row."""
        index = self.lines.index(row, self._amount)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(index)
        self.edit(index)

    def go(self, step: int) -> None:
        """Go from amount to amount over the rows that are shown."""
        by = 1 if step > 0 else -1
        row = self.currentIndex().row() + by
        while 0 <= row < self.lines.rowCount() and self.isRowHidden(row):
            row += by
        if 0 <= row < self.lines.rowCount():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setCurrentIndex(self.lines.index(row, self._amount))
            if self.lines.line(row).get("on"):
                self.edit(self.currentIndex())
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.focusNextPrevChild(step > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space, tick and type with Enter, open with a digit."""
        index = self.currentIndex()
        if index.isValid() and event.key() == Qt.Key.Key_Space:
            on = bool(self.lines.line(index.row()).get("on"))
            self.lines.type_in(index.row(), "on", text="" if on else "1")
        elif index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.lines.line(index.row()).get("on"):
                self.lines.type_in(index.row(), "on", text="1")
            else:
                self.stand_in(index.row())
        elif index.isValid() and event.text().strip() and event.text() in "0123456789.":
            at = self.lines.index(index.row(), self._amount)
            self.setCurrentIndex(at)
            self.edit(at)
            if self.keys.editor is not None:
                self.keys.editor.setText(event.text())
                self.keys.editor.textEdited.emit(event.text())
        else:
            super(LinesTable, self).keyPressEvent(event)
