"""Thresholds and deadlines as dated rows by region: f(区划, 级次, 对象, 时点), never a constant."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Protocol

from govproc_desktop.domain.catalog import ObjectType
from govproc_desktop.domain.errors import BadInput, NotFound
from govproc_desktop.domain.money import money_text
from govproc_desktop.i18n import N_, _

NATIONAL = "000000"

_UNVERIFIED = N_("须核对：{subject} {value}（{doc_no}）尚未经管理员核对。")
_NO_THRESHOLD = N_("没有 {day} 在 {region} 有效的{kind}。请管理员在限额标准里补上。")
_NO_DEADLINE = N_("没有 {day} 有效的期限 {code}。请管理员在期限表里补上。")
_OVERLAP = N_(
    "限额或期限的有效期重叠：第 {first} 行与第 {second} 行。请改起止日期，使一天只有一行有效。"
)
_BACKWARDS = N_("止日 {to} 早于起日 {since}。请核对。")
_LOOSER = N_(
    "地方期限 {code}（{region}）为 {days}，宽于国家规定的 {national}。地方只能更严，请核对。"
)


class BudgetLevel(IntEnum):
    """预算级次."""

    CENTRAL = 1
    PROVINCE = 2
    CITY = 3
    COUNTY = 4
    TOWNSHIP = 5


class ThresholdKind(StrEnum):
    """Which limit an amount is measured against."""

    DECENTRALIZED = "decentralized"
    PUBLIC_TENDER = "public_tender"
    MUST_BID = "must_bid"
    MALL = "mall"
    SME_RESERVE = "sme_reserve"

    @property
    def label(self) -> str:
        """Return the marked name of the limit."""
        return _THRESHOLD_TITLES[self]


_THRESHOLD_TITLES = {
    ThresholdKind.DECENTRALIZED: N_("分散采购限额标准"),
    ThresholdKind.PUBLIC_TENDER: N_("公开招标数额标准"),
    ThresholdKind.MUST_BID: N_("工程必须招标数额"),
    ThresholdKind.MALL: N_("网上商城限额"),
    ThresholdKind.SME_RESERVE: N_("整体预留给小微企业的数额"),
}


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """One dated limit in 元; ``until`` is the last day it holds, None while it is in force."""

    region: str
    level: BudgetLevel
    object_type: ObjectType
    kind: ThresholdKind
    amount: Decimal
    since: date
    until: date | None = None
    doc_no: str = ""
    verified: bool = False

    @property
    def key(self) -> Hashable:
        """Return what may have only one row a day (R60)."""
        return (self.region, self.level, self.object_type, self.kind)

    def note(self) -> str:
        """Return the 须核对 sentence to show beside every check that cites a placeholder."""
        if self.verified:
            return ""
        return _(_UNVERIFIED).format(
            subject=_(self.kind.label), value=f"{money_text(self.amount)} 元", doc_no=self.doc_no
        )


class Thresholds:
    """The table of limits.

    Raises:
        BadInput: two rows for the same region, level, object and kind overlap (R60).
    """

    def __init__(self, rows: Iterable[Threshold]) -> None:
        self.rows = tuple(rows)
        _refuse_overlap(self.rows)

    def find(
        self,
        region: str,
        level: BudgetLevel,
        *,
        object_type: ObjectType,
        kind: ThresholdKind,
        on: date,
    ) -> Threshold:
        """Return the limit in force on a day, of the nearest region that has one.

        Raises:
            NotFound: neither the region nor any above it has a row for that day.
        """
        for place in region_chain(region):
            for row in self.rows:
                if row.key == (place, level, object_type, kind) and _holds(row, on):
                    return row
        params = {"day": on.isoformat(), "region": region, "kind": _(kind.label)}
        raise NotFound(_NO_THRESHOLD, params)


class DayType(StrEnum):
    """What the number of a deadline counts."""

    WORKDAY = "workday"
    DAY = "day"
    YEAR = "year"
    PERCENT = "percent"
    PERMYRIAD = "permyriad"
    NONE = "none"


class Bound(StrEnum):
    """Whether the number is the most or the least that is allowed."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """One dated deadline or ratio (D1 to D22); ``days`` counts what ``day_type`` says."""

    region: str
    code: str
    title: str
    days: int
    day_type: DayType
    bound: Bound
    since: date
    until: date | None = None
    source: str = ""
    verified: bool = False

    @property
    def key(self) -> Hashable:
        """Return what may have only one row a day (R60)."""
        return (self.region, self.code)

    def note(self) -> str:
        """Return the 须核对 sentence to show beside every check that cites a placeholder."""
        if self.verified:
            return ""
        return _(_UNVERIFIED).format(subject=self.title, value=self.days, doc_no=self.source)

    def is_stricter_or_equal(self, other: Deadline) -> bool:
        """Tell whether obeying this row always obeys ``other`` as well."""
        if (self.day_type, self.bound) != (other.day_type, other.bound):
            return False
        if self.bound is Bound.AT_MOST:
            return self.days <= other.days
        return self.days >= other.days


class Deadlines:
    """The table of deadlines; a local row may only be stricter than the national one.

    Raises:
        BadInput: rows of one region and code overlap (R60), or a local row is looser.
    """

    def __init__(self, rows: Iterable[Deadline]) -> None:
        self.rows = tuple(rows)
        _refuse_overlap(self.rows)
        for local, national in looser_rows(self.rows):
            params = {
                "code": local.code,
                "region": local.region,
                "days": local.days,
                "national": national.days,
            }
            raise BadInput(_LOOSER, params)

    def find(self, region: str, code: str, *, on: date) -> Deadline:
        """Return the deadline in force on a day, of the nearest region that has one.

        Raises:
            NotFound: no region up to the nation has a row for that day.
        """
        for place in region_chain(region):
            for row in self.rows:
                if row.key == (place, code) and _holds(row, on):
                    return row
        raise NotFound(_NO_DEADLINE, {"day": on.isoformat(), "code": code})


def region_chain(region: str) -> tuple[str, ...]:
    """Return a 6-digit 区划 and those above it: county, city, province, nation."""
    places = (region, f"{region[:4]}00", f"{region[:2]}0000", NATIONAL)
    return tuple(dict.fromkeys(places))


def find_overlap(rows: Sequence[Dated]) -> tuple[int, int] | None:
    """Return the places of the first two rows with equal key that hold on a common day (R60)."""
    for second, row in enumerate(rows):
        for first in range(second):
            other = rows[first]
            if row.key == other.key and _overlap(row, other):
                return first, second
    return None


def looser_rows(rows: Iterable[Deadline]) -> list[tuple[Deadline, Deadline]]:
    """Return each local deadline that is looser than a national one of the same days."""
    everything = tuple(rows)
    national = [row for row in everything if row.region == NATIONAL]
    return [
        (local, row)
        for local in everything
        for row in national
        if local.region != NATIONAL
        and local.code == row.code
        and _overlap(local, row)
        and not local.is_stricter_or_equal(row)
    ]


def needs_tender_approval(amount: Decimal, limit: Threshold, *, by_public_tender: bool) -> bool:
    """Tell whether a plan needs the finance office because it avoids public tender (R12)."""
    return not by_public_tender and amount >= limit.amount


def splits_a_tender(others: Iterable[Decimal], amount: Decimal, limit: Threshold) -> bool:
    """Tell whether purchases of a year without public tender add up to more than the limit (R13).

    ``others`` are the amounts already filed in the year for the same budget project and
    category; exactly the limit is allowed, for 条例 28 says 超过.
    """
    return sum(others, amount) > limit.amount


class Dated(Protocol):
    """A row that holds from one day to another."""

    @property
    def key(self) -> Hashable:
        """Return what may have only one row a day."""

    @property
    def since(self) -> date:
        """Return the first day."""

    @property
    def until(self) -> date | None:
        """Return the last day, or None."""


def _holds(row: Dated, on: date) -> bool:
    return row.since <= on and (row.until is None or on <= row.until)


def _overlap(one: Dated, other: Dated) -> bool:
    return (one.until is None or other.since <= one.until) and (
        other.until is None or one.since <= other.until
    )


def _refuse_overlap(rows: Sequence[Dated]) -> None:
    for row in rows:
        if row.until is not None and row.until < row.since:
            raise BadInput(
                _BACKWARDS, {"to": row.until.isoformat(), "since": row.since.isoformat()}
            )
    if found := find_overlap(rows):
        raise BadInput(_OVERLAP, {"first": found[0] + 1, "second": found[1] + 1})
