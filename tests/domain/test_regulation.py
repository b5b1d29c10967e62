"""Dated limits and deadlines by region."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from govproc_desktop.domain.catalog import ObjectType
from govproc_desktop.domain.errors import BadInput, NotFound
from govproc_desktop.domain.regulation import (
    Bound,
    BudgetLevel,
    DayType,
    Deadline,
    Deadlines,
    Threshold,
    ThresholdKind,
    Thresholds,
    needs_tender_approval,
    region_chain,
    splits_a_tender,
)

LIMIT = Threshold(
    region="410000",
    level=BudgetLevel.PROVINCE,
    object_type=ObjectType.GOODS,
    kind=ThresholdKind.PUBLIC_TENDER,
    amount=Decimal("4000000.00"),
    since=date(2020, 1, 1),
    doc_no="豫某〔2020〕1号",
)
NATIONAL = replace(LIMIT, region="000000", amount=Decimal("2000000.00"), verified=True)


def found(table: Thresholds, region: str, on: date) -> Decimal:
    return table.find(
        region,
        BudgetLevel.PROVINCE,
        object_type=ObjectType.GOODS,
        kind=ThresholdKind.PUBLIC_TENDER,
        on=on,
    ).amount


def test_the_nearest_region_in_force_counts() -> None:
    table = Thresholds([NATIONAL, LIMIT])
    assert found(table, "411502", date(2026, 1, 1)) == Decimal("4000000.00")
    assert found(table, "420000", date(2026, 1, 1)) == Decimal("2000000.00")
    with pytest.raises(NotFound, match="没有 2019-12-31 在 410000 有效的公开招标数额标准"):
        found(table, "410000", date(2019, 12, 31))


def test_periods_meet_without_gap() -> None:
    old = replace(LIMIT, until=date(2025, 12, 31))
    new = replace(LIMIT, since=date(2026, 1, 1), amount=Decimal("5000000.00"))
    table = Thresholds([old, new])
    assert found(table, "410000", date(2025, 12, 31)) == Decimal("4000000.00")
    assert found(table, "410000", date(2026, 1, 1)) == Decimal("5000000.00")


@pytest.mark.parametrize(
    ("until", "since"), [(None, date(2026, 1, 1)), (date(2026, 1, 1), date(2026, 1, 1))]
)
def test_r60_overlapping_periods_are_refused(until: date | None, since: date) -> None:
    with pytest.raises(BadInput, match="第 1 行与第 2 行"):
        Thresholds([replace(LIMIT, until=until), replace(LIMIT, since=since)])


def test_r60_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadInput, match="止日 2019-01-01 早于起日 2020-01-01"):
        Thresholds([replace(LIMIT, until=date(2019, 1, 1))])


def test_r60_a_placeholder_says_so_wherever_it_is_cited() -> None:
    assert LIMIT.note() == (
        "须核对：公开招标数额标准 4,000,000.00 元（豫某〔2020〕1号）尚未经管理员核对。"
    )
    assert NATIONAL.note() == ""


def test_r12_other_methods_from_the_limit_on_need_approval() -> None:
    exactly, below = Decimal("4000000.00"), Decimal("3999999.99")
    assert needs_tender_approval(exactly, LIMIT, by_public_tender=False)
    assert not needs_tender_approval(below, LIMIT, by_public_tender=False)
    assert not needs_tender_approval(exactly, LIMIT, by_public_tender=True)


def test_r13_more_than_the_limit_in_a_year_is_splitting() -> None:
    others = [Decimal("2000000.00"), Decimal("1800000.00")]
    assert splits_a_tender(others, Decimal("300000.00"), LIMIT)
    assert not splits_a_tender(others, Decimal("200000.00"), LIMIT)
    assert splits_a_tender(others, Decimal("200000.01"), LIMIT)


def test_regions_upwards() -> None:
    assert region_chain("411502") == ("411502", "411500", "410000", "000000")
    assert region_chain("410000") == ("410000", "000000")


NOTICE = Deadline(
    region="000000",
    code="D7",
    title="合同签订至合同公告",
    days=2,
    day_type=DayType.WORKDAY,
    bound=Bound.AT_MOST,
    since=date(2015, 3, 1),
    source="条例第50条",
    verified=True,
)


def test_a_stricter_local_deadline_counts() -> None:
    table = Deadlines([NOTICE, replace(NOTICE, region="411500", days=1, since=date(2024, 10, 1))])
    assert table.find("411502", "D7", on=date(2026, 1, 1)).days == 1
    assert table.find("411502", "D7", on=date(2024, 9, 30)).days == 2
    assert table.find("410100", "D7", on=date(2026, 1, 1)).days == 2
    with pytest.raises(NotFound, match="D99"):
        table.find("410000", "D99", on=date(2026, 1, 1))


@pytest.mark.parametrize("change", [{"days": 3}, {"days": 1, "day_type": DayType.DAY}])
def test_r60_a_looser_local_deadline_is_refused(change: dict[str, object]) -> None:
    local = replace(NOTICE, region="411500", **change)  # type: ignore[arg-type]
    with pytest.raises(BadInput, match="地方只能更严"):
        Deadlines([NOTICE, local])


def test_r60_at_least_is_stricter_upwards() -> None:
    least = replace(NOTICE, bound=Bound.AT_LEAST, days=20)
    assert Deadlines([least, replace(least, region="410000", days=25)]).rows
    with pytest.raises(BadInput, match="地方只能更严"):
        Deadlines([least, replace(least, region="410000", days=19)])
    with pytest.raises(BadInput, match="重叠"):
        Deadlines([least, replace(least, since=date(2020, 1, 1))])
    assert "须核对" in replace(NOTICE, verified=False).note()
    assert NOTICE.note() == ""
