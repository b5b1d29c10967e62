"""Load regions, holidays and the short code tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.methods import Choice
from govproc_desktop.domain.reference_files.reading import Row, Sheet, read_rows
from govproc_desktop.domain.regulation import (
    BudgetLevel,
)
from govproc_desktop.domain.workdays import Calendar
from govproc_desktop.i18n import N_

_FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_NO_SUCH = N_("“{typed}”在 {file} 里没有。")
_HALF_YEAR = N_("{year} 年缺 {missing}。请导入国务院办公厅公布的全年安排。")
_LEAF_ABOVE = N_("上级“{typed}”标为末级。请把上级的 is_leaf 改为 0。")
_SAME_SHORT = N_("简称与第 {first} 行相同，两地的编号会重复。")
_NOT_WEEKEND = N_("这一天是周一至周五，本来就上班，不能标为调休上班（worked）。")
_NOT_CODE = N_("“{typed}”不是编码：应全为数字。")


class HolidayKind(StrEnum):
    """What the State Council made of a day."""

    OFF = "off"
    WORKED = "worked"


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """One moved day of the published schedule."""

    day: date
    kind: HolidayKind
    name: str
    doc_no: str


@dataclass(frozen=True, kw_only=True)
class ClassCode:
    """A row of a code tree: 功能分类, 经济分类 or 资金性质; only leaves can be paid from (R39)."""

    code: str
    name: str
    parent: str
    is_leaf: bool


@dataclass(frozen=True, kw_only=True)
class Region:
    """An administrative division; ``short`` is the 区划简称 of official numbers."""

    code: str
    name: str
    short: str
    parent: str
    level: BudgetLevel


@dataclass(frozen=True, kw_only=True)
class AttachmentKind:
    """A kind of attachment; ``required_when`` names the situation that asks for it, or is empty."""

    code: str
    name: str
    required_when: str
    source: str


def load_choices(sheet: Sheet) -> tuple[Choice, ...]:
    """Read 组织形式, 采购机构 or 采购形式."""

    def build(row: Row) -> Choice:
        return Choice(
            code=row.text("code", required=True),
            name=row.text("name", required=True),
            source=row.text("source"),
        )

    return read_rows(sheet, "code,name,source", build=build, key=lambda c: c.code)


def load_class_codes(sheet: Sheet) -> tuple[ClassCode, ...]:
    """Read 功能分类, 经济分类 or 资金性质; every parent must be in the same file."""

    def build(row: Row) -> ClassCode:
        return ClassCode(
            code=row.checked("code", _digits, ""),
            name=row.text("name", required=True),
            parent=row.text("parent"),
            is_leaf=row.flag("is_leaf"),
        )

    def check(rows: Sequence[tuple[Row, ClassCode]]) -> None:
        by_code = {found.code: found for _row, found in rows}
        for row, found in rows:
            above = by_code.get(found.parent)
            if found.parent and (above is None or above is found):
                row.fault("parent", _NO_SUCH, typed=found.parent, file=sheet.name)
            elif above is not None and above.is_leaf:
                row.fault("parent", _LEAF_ABOVE, typed=found.parent)

    return read_rows(
        sheet, "code,name,parent,is_leaf", build=build, key=lambda c: c.code, check=check
    )


def load_regions(sheet: Sheet) -> tuple[Region, ...]:
    """Read the 行政区划; every parent must be in the same file, short names may not repeat."""

    def build(row: Row) -> Region:
        return Region(
            code=row.region("code"),
            name=row.text("name", required=True),
            short=row.text("short", required=True),
            parent=row.region("parent") if row.text("parent") else "",
            level=row.choice("level", BudgetLevel),
        )

    def check(rows: Sequence[tuple[Row, Region]]) -> None:
        codes = {region.code for _row, region in rows}
        shorts: dict[str, int] = {}
        for row, region in rows:
            if region.parent and region.parent not in codes - {region.code}:
                row.fault("parent", _NO_SUCH, typed=region.parent, file=sheet.name)
            first = shorts.setdefault(region.short, row.number)
            if first != row.number:
                row.fault("short", _SAME_SHORT, first=first)

    columns = "code,name,short,parent,level"
    return read_rows(sheet, columns, build=build, key=lambda r: r.code, check=check)


def load_holidays(sheet: Sheet) -> tuple[Holiday, ...]:
    """Read the moved days; a year must hold all seven festivals, half a year is refused (R57)."""

    def build(row: Row) -> Holiday:
        return Holiday(
            day=row.day("day"),
            kind=row.choice("kind", HolidayKind),
            name=row.text("name", required=True),
            doc_no=row.text("doc_no", required=True),
        )

    def check(rows: Sequence[tuple[Row, Holiday]]) -> None:
        for row, holiday in rows:
            if holiday.kind is HolidayKind.WORKED and holiday.day.weekday() < 5:
                row.fault("kind", _NOT_WEEKEND)
        for year in sorted({holiday.day.year for _row, holiday in rows}):
            names = {h.name for _row, h in rows if h.day.year == year and h.kind is HolidayKind.OFF}
            missing = [f for f in _FESTIVALS if not any(f in name for name in names)]
            if missing:
                last = max(n for n, (_row, h) in enumerate(rows) if h.day.year == year)
                rows[last][0].fault("", _HALF_YEAR, year=year, missing="、".join(missing))

    return read_rows(sheet, "day,kind,name,doc_no", build=build, key=lambda h: h.day, check=check)


def load_calendar(sheet: Sheet) -> Calendar:
    """Read the moved days into a calendar that knows just the years of the file (R57)."""
    rows = load_holidays(sheet)
    return Calendar(
        days_off=frozenset(h.day for h in rows if h.kind is HolidayKind.OFF),
        days_worked=frozenset(h.day for h in rows if h.kind is HolidayKind.WORKED),
        years=frozenset(h.day.year for h in rows),
    )


def load_attachment_kinds(sheet: Sheet) -> tuple[AttachmentKind, ...]:
    """Read the kinds of attachment and when each is required (R7)."""

    def build(row: Row) -> AttachmentKind:
        return AttachmentKind(
            code=row.text("code", required=True),
            name=row.text("name", required=True),
            required_when=row.text("required_when"),
            source=row.text("source"),
        )

    return read_rows(sheet, "code,name,required_when,source", build=build, key=lambda a: a.code)


def _digits(typed: str) -> str:
    code = typed.strip()
    if not (code.isascii() and code.isdigit()):
        raise BadInput(_NOT_CODE, {"typed": code[:30]})
    return code
