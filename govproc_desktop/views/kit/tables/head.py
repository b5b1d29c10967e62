"""The table head: sunken, with star, sort arrow and each column's own alignment."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import LEFT, RIGHT, draw_text, draw_tick_box
from govproc_desktop.views.kit.roles import ColumnLook, Kind
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import text_width


class HeaderView(QHeaderView):
    """A horizontal head; ``tickAllClicked`` fires for the box over a tick column.

    The sort indicator of Qt is used (``setSortIndicator``) but drawn our way.
    """

    tickAllClicked = Signal()

    def __init__(self, looks: tuple[ColumnLook, ...], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._looks = looks
        self._all = Qt.CheckState.Unchecked
        self._height = 34
        self._top_line = True
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(28)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_looks(self, looks: tuple[ColumnLook, ...], *, height: int = 34) -> None:
        """Take the columns' looks and the height of the head."""
        self._looks = looks
        self._height = height
        self.updateGeometry()
        self.viewport().update()

    def set_tick_all(self, state: Qt.CheckState) -> None:
        """Show whether all rows, some or none are ticked."""
        self._all = state
        self.viewport().update()

    def set_top_line(self, *, shown: bool) -> None:
        """Draw or leave out the line above the head."""
        self._top_line = shown
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Return the height asked for."""
        return QSize(super().sizeHint().width(), self._height)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click on the tick box instead of sorting."""
        place = self.logicalIndexAt(event.position().toPoint())
        if 0 <= place < len(self._looks) and self._looks[place].kind is Kind.TICK:
            self.tickAllClicked.emit()
        super().mouseReleaseEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw one head."""
        box = QRectF(rect)
        painter.save()
        painter.fillRect(box, color("sunken"))
        painter.setPen(QPen(color("line"), 1))
        low = box.bottom() - 0.5
        painter.drawLine(QPointF(box.left(), low), QPointF(box.right() + 1, low))
        if self._top_line:
            painter.drawLine(
                QPointF(box.left(), box.top() + 0.5), QPointF(box.right() + 1, box.top() + 0.5)
            )
        known = logicalIndex < len(self._looks)
        look = self._looks[logicalIndex] if known else ColumnLook()
        if look.kind is Kind.TICK:
            draw_tick_box(painter, box.center().x() - 8, box.center().y() - 8, self._all)
        else:
            self._paint_words(painter, box, look, logicalIndex)
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRectF, look: ColumnLook, section: int) -> None:
        model = self.model()
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        padding = look.padding + (2 if look.kind is Kind.EDIT else 0)
        room = box.adjusted(padding, 0, -padding, 0)
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        if sorted_here:
            down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            name = "down" if down else "up"
            if look.aligns_right:
                room.adjust(0, 0, -16, 0)
                x = room.right() + 3
            else:
                x = min(room.left() + text_width(text, "column") + 4, room.right() - 13)
                room.adjust(0, 0, -16, 0)
            draw_icon(painter, name, x, box.center().y() - 7, "accent", size=14)
        token = "accent" if sorted_here else "text2"
        align = RIGHT if look.aligns_right else LEFT
        draw_text(painter, room, text, "column", token, align=align)
        if look.required:
            width = text_width(text, "column")
            x = room.right() - width - 10 if look.aligns_right else room.left() + width + 3
            draw_text(painter, QRectF(x, box.top(), 10, box.height()), "*", "body", "danger")
