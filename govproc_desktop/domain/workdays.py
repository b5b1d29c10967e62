"""Count working days and due dates from the published holiday table, never from a guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from govproc_desktop.domain.errors import AppError
from govproc_desktop.i18n import N_

_DAY = timedelta(days=1)
_MISSING = N_(
    "节假日表未更新：没有 {year} 年的放假安排，{year} 年的期限不能计算。"
    "请管理员导入国务院办公厅公布的 {year} 年节假日安排。"
)


class DayKind(StrEnum):
    """How the days of a limit are counted."""

    WORKDAY = "workday"
    CALENDAR = "day"


class CalendarMissing(AppError):
    """The holiday table has no rows for a year; show the sentence instead of a date (R57)."""

    def __init__(self, year: int) -> None:
        super().__init__(_MISSING, {"year": year})
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """The days the State Council moved: weekdays off and weekend days worked, year by year.

    ``years`` are the years whose schedule is known; any other year raises CalendarMissing.
    """

    days_off: frozenset[date]
    days_worked: frozenset[date]
    years: frozenset[int]

    def is_workday(self, day: date) -> bool:
        """Tell whether offices work on a day.

        Raises:
            CalendarMissing: the year of ``day`` is not in the table (R57).
        """
        if day.year not in self.years:
            raise CalendarMissing(day.year)
        if day in self.days_worked:
            return True
        return day not in self.days_off and day.weekday() < 5

    def add_workdays(self, start: date, count: int) -> date:
        """Return the ``count``-th working day after ``start``; the first day is not counted.

        Raises:
            CalendarMissing: the count runs into a year that is not in the table (R57).
        """
        if count < 0:
            raise ValueError(count)
        day = start
        while count:
            day += _DAY
            count -= self.is_workday(day)
        return day

    def roll(self, day: date) -> date:
        """Return ``day``, or the next working day when it is a rest day (民法典 203)."""
        while not self.is_workday(day):
            day += _DAY
        return day

    def due(self, start: date, count: int, kind: DayKind) -> date:
        """Return the last day of a limit that runs from an event on ``start``.

        The day of the event is not counted (民法典 201); a last day of rest rolls forward.

        Raises:
            CalendarMissing: the limit ends in a year that is not in the table (R57).
        """
        if kind is DayKind.WORKDAY:
            return self.roll(self.add_workdays(start, count))
        return self.roll(start + count * _DAY)

    def workdays_between(self, start: date, end: date) -> int:
        """Count the working days after ``start`` up to and with ``end``; negative when late.

        Raises:
            CalendarMissing: a counted day lies in a year that is not in the table (R57).
        """
        if end < start:
            return -self.workdays_between(end, start)
        days = ((start + n * _DAY) for n in range(1, (end - start).days + 1))
        return sum(self.is_workday(day) for day in days)
