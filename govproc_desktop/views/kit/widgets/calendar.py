"""The month to pick a day from, in the product's colours, weeks starting on Monday."""

from __future__ import annotations

from PySide6.QtCore import QDate, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import icon
from govproc_desktop.views.kit.paint import CENTER, draw_text, round_rect
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import font


class Calendar(QCalendarWidget):
    """A calendar whose days are painted by the kit."""

    def __init__(self, day: QDate | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(font("body"))
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self.setGridVisible(False)
        self.setFixedSize(318, 252)
        head = QTextCharFormat()
        head.setForeground(color("text3"))
        self.setHeaderTextFormat(head)
        for name in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(name, head)
        for name_, symbol, label in (
            ("qt_calendar_prevmonth", "left", _("上个月")),
            ("qt_calendar_nextmonth", "right", _("下个月")),
        ):
            button = self.findChild(QToolButton, name_)
            if button is not None:
                button.setIcon(icon(symbol))
                button.setToolTip(label)
                button.setAccessibleName(label)
        if day is not None:
            self.setSelectedDate(day)

    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        """Draw a day: filled when chosen, pale outside the month."""
        box = QRectF(rect)
        side = min(box.width(), box.height()) - 2
        disc = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        painter.save()
        painter.fillRect(box, color("raised"))
        chosen = date == self.selectedDate()
        if chosen:
            round_rect(painter, disc, 6, "accent")
        inside = date.month() == self.monthShown()
        weekend = date.dayOfWeek() >= 6
        ink = "onacc" if chosen else ("text3" if not inside else ("text2" if weekend else "text"))
        role = "strong" if chosen else "body"
        draw_text(painter, box, str(date.day()), role, ink, align=CENTER)
        painter.restore()
