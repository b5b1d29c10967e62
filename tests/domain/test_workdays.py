"""Working days and due dates on a small known calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.domain.workdays import Calendar, CalendarMissing, DayKind

CALENDAR = Calendar(
    days_off=frozenset(date(2026, 10, day) for day in range(1, 8)),
    days_worked=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    years=frozenset({2026}),
)


@pytest.mark.parametrize(
    ("start", "count", "kind", "due"),
    [
        ((2026, 11, 20), 2, DayKind.WORKDAY, (2026, 11, 24)),
        ((2026, 11, 20), 7, DayKind.WORKDAY, (2026, 12, 1)),
        ((2026, 11, 20), 30, DayKind.CALENDAR, (2026, 12, 21)),
        ((2026, 9, 30), 2, DayKind.WORKDAY, (2026, 10, 9)),
        ((2026, 9, 30), 7, DayKind.WORKDAY, (2026, 10, 15)),
        ((2026, 10, 1), 30, DayKind.CALENDAR, (2026, 11, 2)),
        ((2026, 10, 10), 45, DayKind.CALENDAR, (2026, 11, 24)),
    ],
)
def test_r29_worked_examples(
    start: tuple[int, int, int], count: int, kind: DayKind, due: tuple[int, int, int]
) -> None:
    assert CALENDAR.due(date(*start), count, kind) == date(*due)


def test_moved_days() -> None:
    assert CALENDAR.is_workday(date(2026, 10, 10))
    assert not CALENDAR.is_workday(date(2026, 10, 1))
    assert not CALENDAR.is_workday(date(2026, 10, 11))
    assert CALENDAR.is_workday(date(2026, 10, 12))


def test_r57_a_missing_year_is_said_not_guessed() -> None:
    for due in (
        lambda: CALENDAR.due(date(2026, 12, 30), 2, DayKind.WORKDAY),
        lambda: CALENDAR.due(date(2026, 12, 10), 30, DayKind.CALENDAR),
        lambda: CALENDAR.workdays_between(date(2026, 12, 30), date(2027, 1, 5)),
        lambda: CALENDAR.is_workday(date(2027, 1, 1)),
    ):
        with pytest.raises(CalendarMissing) as missing:
            due()
        assert missing.value.year == 2027
        assert missing.value.sentence().startswith("节假日表未更新：没有 2027 年")
    assert CALENDAR.due(date(2026, 12, 30), 1, DayKind.WORKDAY) == date(2026, 12, 31)


def test_days_between_are_negative_when_late() -> None:
    assert CALENDAR.workdays_between(date(2026, 11, 20), date(2026, 11, 24)) == 2
    assert CALENDAR.workdays_between(date(2026, 11, 25), date(2026, 11, 24)) == -1
    assert CALENDAR.workdays_between(date(2026, 11, 20), date(2026, 11, 20)) == 0


def test_a_negative_count_is_a_fault() -> None:
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.add_workdays(date(2026, 11, 20), -1)


@given(st.integers(0, 300), st.integers(0, 40))
def test_adding_and_counting_agree(offset: int, count: int) -> None:
    start = date(2026, 1, 1) + timedelta(days=offset)
    end = CALENDAR.add_workdays(start, count)
    assert CALENDAR.workdays_between(start, end) == count
