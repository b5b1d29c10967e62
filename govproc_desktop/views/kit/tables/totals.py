"""The totals row: sums stuck under the table, each in the column it sums."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTableView, QWidget

from govproc_desktop.views.kit.paint import RIGHT, draw_text
from govproc_desktop.views.kit.theme import color


class TotalsRow(QWidget):
    """A row under a table; texts come ready made (money text, counts)."""

    def __init__(
        self, table: QTableView, *, height: int = 40, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._table = table
        self._label = ""
        self._sums: dict[int, str] = {}
        self.setFixedHeight(height)
        head = table.horizontalHeader()
        head.sectionResized.connect(self.update)
        head.geometriesChanged.connect(self.update)
        table.horizontalScrollBar().valueChanged.connect(self.update)

    def set_totals(self, label: str, sums: Mapping[int, str]) -> None:
        """Show ``label`` (合计 38 条…) and the sums by column number."""
        self._label = label
        self._sums = dict(sums)
        told = "，".join([label, *self._sums.values()])
        self.setAccessibleName(told)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sums where the head says the columns are."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("sunken"))
        painter.setPen(QPen(color("edge"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        head = self._table.horizontalHeader()
        first = min((head.sectionViewportPosition(column) for column in self._sums), default=0)
        room = QRectF(16, 0, (first or self.width()) - 16, self.height())
        draw_text(painter, room, self._label, "strong")
        for column, text in self._sums.items():
            left = head.sectionViewportPosition(column)
            # a sum may be wider than its column; it grows to the left, where names are
            box = QRectF(left - 60, 0, head.sectionSize(column) + 60 - 12, self.height())
            draw_text(painter, box, text, "subhead", align=RIGHT)
