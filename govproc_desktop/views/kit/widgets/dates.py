"""The date field: ISO text that can be typed in any usual way, and a calendar to pick from."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.widgets.calendar import Calendar
from govproc_desktop.views.kit.widgets.fields import TextField
from govproc_desktop.views.kit.widgets.popover import Popover

_SHAPES = (
    re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)


def parse_day(text: str) -> date | None:
    """Read 2026-11-23, 2026/11/23, 2026年11月23日 or 20261123; None when it is no day."""
    for shape in _SHAPES:
        if found := shape.fullmatch(text.strip()):
            year, month, day = (int(part) for part in found.groups())
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


class DateField(TextField):
    """A day as ISO text; Alt+Down or the icon opens the calendar, ``picked`` follows a choice."""

    picked = Signal()

    def __init__(self, day: date | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(
            day.isoformat() if day else "",
            placeholder=_("年-月-日"),
            trailing="cal",
            parent=parent,
        )
        self._popover: Popover | None = None
        self.trailingClicked.connect(self.open_calendar)

    def day(self) -> date | None:
        """Return the day, or None while the text is not one."""
        return parse_day(self.text())

    def set_day(self, day: date | None) -> None:
        """Show a day, or nothing."""
        self.setText(day.isoformat() if day else "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the day the ISO way; a text that is no day stays as typed."""
        day = self.day()
        if day is not None and not self.isReadOnly():
            self.setText(day.isoformat())
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar with Alt+Down."""
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_Down and alt:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Show the calendar under the field."""
        if self.isReadOnly():
            return
        day = self.day()
        calendar = Calendar(QDate(day.year, day.month, day.day) if day is not None else None)
        popover = Popover(parent=self, nose=False)
        popover.body.setContentsMargins(6, 6, 6, 6)
        popover.body.addWidget(calendar)
        calendar.activated.connect(self._take)
        calendar.clicked.connect(self._take)
        self._popover = popover
        popover.show_under(self, QPoint(0, self.height() + 4))
        calendar.setFocus()

    def _take(self, chosen: QDate) -> None:
        self.set_day(date(chosen.year(), chosen.month(), chosen.day()))
        if self._popover is not None:
            self._popover.close()
            self._popover = None
        self.picked.emit()
