"""The strip that says what changed since a document was returned: old struck out, new strong."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.inbox.paper_texts import Changed
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import draw_text, round_rect
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import text_width

_LINE = 26
_GAP = 18
_LONGEST = 260.0


class ChangeStrip(QWidget):
    """All changes in a few lines; hidden when there are none."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[Changed, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def changes(self) -> tuple[Changed, ...]:
        """The changes shown."""
        return self._changes

    def set_changes(self, changes: Sequence[Changed], *, came_back: bool) -> None:
        """Show changes; one that came back unchanged says so."""
        self._changes = tuple(changes)
        if came_back and not changes:
            self._changes = (Changed(_("内容没有改动"), "", ""),)
        told = [f"{one.title} {one.old} → {one.new}" for one in self._changes]
        self.setAccessibleName(_("退回后改了") + "：" + "；".join(told))
        self.setToolTip("\n".join(told))
        self.setVisible(bool(self._changes))
        self._fit()

    def _width_of(self, one: Changed) -> float:
        width = text_width(one.title, "note") + 8
        if one.old:
            width += min(_LONGEST, text_width(one.old, "note"))
        if one.new:
            width += 22 + min(_LONGEST, text_width(one.new, "strong"))
        return width

    def _placed(self) -> list[tuple[Changed, float, float]]:
        left = text_width(_("退回后改了"), "strong") + 14 + _GAP
        room = max(200.0, self.width() - 12.0)
        x, y, made = left, 4.0, []
        for one in self._changes:
            width = self._width_of(one)
            if x > left and x + width > room:
                x, y = left, y + _LINE
            made.append((one, x, y))
            x += width + _GAP
        return made

    def _fit(self) -> None:
        placed = self._placed()
        self.setFixedHeight(int(max((y for _one, _x, y in placed), default=4.0) + _LINE + 4))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self._fit()

    def sizeHint(self) -> QSize:
        """Return the height the changes need."""
        return QSize(480, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the soft ground, then every change."""
        painter = QPainter(self)
        round_rect(painter, self.rect(), 6, "soft")
        lead = QRectF(14, 4, 100, _LINE)
        draw_text(painter, lead, _("退回后改了"), "strong", "accent")
        for one, x, y in self._placed():
            self._paint_one(painter, one, x, y)

    def _paint_one(self, painter: QPainter, one: Changed, x: float, y: float) -> None:
        title = text_width(one.title, "note")
        draw_text(painter, QRectF(x, y, title + 2, _LINE), one.title, "note", "text2")
        x += title + 8
        middle = y + _LINE / 2
        if one.old:
            width = min(_LONGEST, text_width(one.old, "note"))
            draw_text(painter, QRectF(x, y, width + 1, _LINE), one.old, "note", "text2")
            painter.setPen(QPen(color("text2"), 1))
            painter.drawLine(QPointF(x, middle + 0.5), QPointF(x + width, middle + 0.5))
            x += width
        if one.new:
            icon = "right" if one.old else "plus"
            draw_icon(painter, icon, x + 4, middle - 7, "accent", size=14, stroke=2)
            width = min(_LONGEST, text_width(one.new, "strong"))
            draw_text(painter, QRectF(x + 22, y, width + 1, _LINE), one.new, "strong")
