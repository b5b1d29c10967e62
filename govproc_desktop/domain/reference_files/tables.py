"""Load catalogues, limits, deadlines, methods and number templates into the domain's rows.

To add one: write a frozen row, a ``load_…`` over ``read_rows`` that names its columns, a file in
``resources/data`` and a line in ``docs/reference-data.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from govproc_desktop.domain.catalog import (
    Catalog,
    CatalogueEntry,
    CatalogVersion,
    Category,
    CategoryCode,
    ObjectType,
)
from govproc_desktop.domain.methods import Condition, Method, MethodTable
from govproc_desktop.domain.numbering import check_template
from govproc_desktop.domain.reference_files.reading import Row, Sheet, read_rows
from govproc_desktop.domain.regulation import (
    Bound,
    BudgetLevel,
    Dated,
    DayType,
    Deadline,
    Deadlines,
    Threshold,
    ThresholdKind,
    Thresholds,
    find_overlap,
    looser_rows,
)
from govproc_desktop.i18n import N_

D = TypeVar("D", bound=Dated)

_OVERLAP = N_("有效期与第 {first} 行重叠。请改起止日期，使一天只有一行有效。")
_LOOSER = N_("比国家规定（第 {first} 行）宽。地方只能更严。")
_NO_SUCH = N_("“{typed}”在 {file} 里没有。")
_BEYOND = N_("超出了“{method}”适用的对象。")


class NumberKind(StrEnum):
    """What a numbering template is for."""

    PLAN = "plan"
    CONTRACT = "contract"


@dataclass(frozen=True, kw_only=True)
class NumberTemplate:
    """The dated template of one region for plan or contract numbers."""

    region: str
    kind: NumberKind
    template: str
    since: date
    until: date | None
    source: str
    verified: bool

    @property
    def key(self) -> tuple[str, NumberKind]:
        """Return what may have only one row a day (R60)."""
        return (self.region, self.kind)


def load_categories(sheet: Sheet) -> tuple[Category, ...]:
    """Read one 品目目录 file; join several in a ``Catalog``.

    Raises:
        BadReferenceFile: E3003, as every loader here.
    """

    def build(row: Row) -> Category:
        return Category(
            key=_category(row),
            name=row.text("name", required=True),
            unit=row.text("unit"),
            is_leaf=row.flag("is_leaf"),
        )

    return read_rows(sheet, "version,code,name,unit,is_leaf", build=build, key=lambda c: c.key)


def load_catalog(*sheets: Sheet) -> Catalog:
    """Read the 品目目录 of one or several versions into one catalogue (R11)."""
    return Catalog(row for sheet in sheets for row in load_categories(sheet))


def load_catalogue_entries(sheet: Sheet) -> tuple[CatalogueEntry, ...]:
    """Read a 集中采购目录 or 网上商城目录."""

    def build(row: Row) -> CatalogueEntry:
        number = row.whole("number")
        coded = bool(row.text("code"))
        return CatalogueEntry(
            number=number,
            name=row.text("name", required=True),
            key=_category(row) if coded else None,
            narrowed_to=row.text("narrowed_to"),
            remark=row.text("remark"),
        )

    columns = "number,version,code,name,narrowed_to,remark"
    return read_rows(sheet, columns, build=build, key=lambda e: e.key or e.name)


def load_thresholds(sheet: Sheet) -> Thresholds:
    """Read the dated limits (元); overlapping periods are refused at the later row (R60)."""

    def build(row: Row) -> Threshold:
        since = row.day("since")
        return Threshold(
            region=row.region("region"),
            level=row.choice("level", BudgetLevel),
            object_type=row.choice("object_type", ObjectType),
            kind=row.choice("kind", ThresholdKind),
            amount=row.money("amount"),
            since=since,
            until=row.until("until", since),
            doc_no=row.text("doc_no", required=True),
            verified=row.flag("verified"),
        )

    columns = "region,level,object_type,kind,amount,since,until,doc_no,verified"
    rows = read_rows(
        sheet, columns, build=build, key=lambda t: (t.key, t.since), check=_refuse_overlap
    )
    return Thresholds(rows)


def load_deadlines(sheet: Sheet) -> Deadlines:
    """Read the dated deadlines; overlaps and looser local rows are refused (R60)."""

    def build(row: Row) -> Deadline:
        since = row.day("since")
        return Deadline(
            region=row.region("region"),
            code=row.text("code", required=True),
            title=row.text("title", required=True),
            days=row.whole("days"),
            day_type=row.choice("day_type", DayType),
            bound=row.choice("bound", Bound),
            since=since,
            until=row.until("until", since),
            source=row.text("source", required=True),
            verified=row.flag("verified"),
        )

    def check(rows: Sequence[tuple[Row, Deadline]]) -> None:
        _refuse_overlap(rows)
        at = {id(deadline): row for row, deadline in rows}
        for local, national in looser_rows(deadline for _row, deadline in rows):
            at[id(local)].fault("days", _LOOSER, first=at[id(national)].number)

    columns = "region,code,title,days,day_type,bound,since,until,source,verified"
    return Deadlines(
        read_rows(sheet, columns, build=build, key=lambda d: (d.key, d.since), check=check)
    )


def load_methods(methods: Sheet, conditions: Sheet) -> MethodTable:
    """Read the 采购方式 and their 适用条件; a condition of an unknown method is refused."""

    def build(row: Row) -> Method:
        return Method(
            code=row.text("code", required=True),
            name=row.text("name", required=True),
            short=row.text("short", required=True),
            objects=row.objects("objects"),
            needs_condition=row.flag("needs_condition"),
            source=row.text("source"),
        )

    columns = "code,name,short,objects,needs_condition,source"
    found = read_rows(methods, columns, build=build, key=lambda m: m.code)
    known = {method.code: method for method in found}

    def build_condition(row: Row) -> Condition:
        method = row.text("method", required=True)
        objects = row.objects("objects")
        if method and method not in known:
            row.fault("method", _NO_SUCH, typed=method, file=methods.name)
        elif method and not objects <= known[method].objects:
            row.fault("objects", _BEYOND, method=known[method].name)
        return Condition(
            code=row.text("code", required=True),
            method=method,
            text=row.text("text", required=True),
            source=row.text("source"),
            objects=objects,
        )

    columns = "code,method,text,source,objects"
    return MethodTable(
        found, read_rows(conditions, columns, build=build_condition, key=lambda c: c.code)
    )


def load_number_templates(sheet: Sheet) -> tuple[NumberTemplate, ...]:
    """Read the dated numbering templates (R21); overlapping periods are refused (R60)."""

    def build(row: Row) -> NumberTemplate:
        since = row.day("since")
        return NumberTemplate(
            region=row.region("region"),
            kind=row.choice("kind", NumberKind),
            template=row.checked("template", check_template, ""),
            since=since,
            until=row.until("until", since),
            source=row.text("source"),
            verified=row.flag("verified"),
        )

    columns = "region,kind,template,since,until,source,verified"
    return read_rows(
        sheet, columns, build=build, key=lambda n: (n.key, n.since), check=_refuse_overlap
    )


def _category(row: Row) -> CategoryCode:
    version = row.choice("version", CatalogVersion)
    stand_in = CategoryCode(version, "A00")
    return row.checked("code", lambda typed: CategoryCode(version, typed.strip()), stand_in)


def _refuse_overlap(rows: Sequence[tuple[Row, D]]) -> None:
    if found := find_overlap([dated for _row, dated in rows]):
        first, second = found
        rows[second][0].fault("since", _OVERLAP, first=rows[first][0].number)
