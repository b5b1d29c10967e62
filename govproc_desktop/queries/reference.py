"""The reference tables to look at: which edition is in force, its rows, what has to be checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from govproc_desktop.domain.errors import NotFound
from govproc_desktop.domain.workdays import CalendarMissing
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import ReferenceSet
from govproc_desktop.models.reference import KINDS
from govproc_desktop.queries.lookups import NoParams
from govproc_desktop.queries.registry import Reader, query

UNCHECKED = "须核对"
"""What a cell says where the data itself asks to be checked."""

TITLES = {
    "thresholds": N_("采购限额标准"),
    "deadlines": N_("期限和比例"),
    "holidays": N_("节假日和调休"),
    "numbering": N_("编号规则"),
    "central_catalog": N_("集中采购目录"),
    "mall_catalog": N_("网上商城目录"),
    "catalog_2022": N_("品目目录 2022 版"),
    "catalog_2013": N_("品目目录 2013 版"),
    "methods": N_("采购方式"),
    "method_conditions": N_("采购方式适用条件"),
    "organisation_forms": N_("组织形式"),
    "agency_kinds": N_("采购机构类别"),
    "purchase_forms": N_("采购形式"),
    "attachment_kinds": N_("附件种类"),
    "fund_kinds": N_("资金性质"),
    "func_classes": N_("支出功能分类"),
    "dep_econ_classes": N_("部门经济分类"),
    "gov_econ_classes": N_("政府经济分类"),
    "regions": N_("行政区划"),
}
"""Every table by its kind, those that change most often first."""

COLUMNS = {
    "amount": N_("金额（元）"),
    "bound": N_("怎样算"),
    "code": N_("代码"),
    "day": N_("日期"),
    "day_type": N_("日的算法"),
    "days": N_("天数或比例"),
    "doc_no": N_("文号"),
    "is_leaf": N_("末级"),
    "kind": N_("种类"),
    "level": N_("级次"),
    "method": N_("采购方式"),
    "name": N_("名称"),
    "narrowed_to": N_("限定范围"),
    "needs_condition": N_("须选条件"),
    "number": N_("序号"),
    "object_type": N_("对象"),
    "objects": N_("对象"),
    "parent": N_("上级"),
    "region": N_("区划"),
    "remark": N_("备注"),
    "required_when": N_("何时必须"),
    "short": N_("简称"),
    "since": N_("起"),
    "source": N_("依据"),
    "template": N_("编号模板"),
    "text": N_("内容"),
    "title": N_("名称"),
    "unit": N_("单位"),
    "until": N_("止"),
    "verified": N_("核对"),
    "version": N_("版本"),
}

_ASK_FOR_NEXT_YEAR = 10
"""From this month on the next year's holidays should be there: they are published in autumn."""


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One table: how many rows, which edition, who put it in force, what it warns of."""

    kind: str
    title: str
    rows: int
    unchecked: int
    edition: int
    at: datetime
    person: str
    note: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TableParams:
    """Which table, and which edition of it (0 for the one in force)."""

    kind: str
    edition: int = 0


@dataclass(frozen=True, kw_only=True)
class TableContent:
    """One edition whole: its columns by name, its rows as texts, and the CSV it came as."""

    kind: str
    title: str
    edition: int
    at: datetime
    person: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text: str


@query("reference.tables", N_("基础数据"), NoParams, permission=None)
def reference_tables(reader: Reader, params: NoParams) -> list[TableRow]:
    """Return every table in force, in the order of :data:`TITLES` (one statement)."""
    del params
    with reader.database.reading() as connection:
        found = {row.kind: row for row in _newest(connection)}
    today = reader.now.date()
    return [_table(found[kind], today) for kind in TITLES if kind in found and kind in KINDS]


@query("reference.table", N_("基础数据内容"), TableParams, permission=None)
def reference_table(reader: Reader, params: TableParams) -> TableContent:
    """Return one edition of a table.

    Raises:
        NotFound: E1306, no such table or edition.
    """
    rows = (
        select(ReferenceSet)
        .where(ReferenceSet.kind == params.kind)
        .order_by(ReferenceSet.edition.desc())
        .limit(1)
    )
    if params.edition:
        rows = rows.where(ReferenceSet.edition == params.edition)
    with reader.database.reading() as connection:
        found = connection.execute(rows).one_or_none()
    if found is None:
        raise NotFound(N_("没有这张基础数据表：{kind}。"), {"kind": params.kind[:40]}, "E1306")
    columns, cells = cells_of(found.text)
    return TableContent(
        kind=found.kind,
        title=_(TITLES.get(found.kind, found.kind)),
        edition=found.edition,
        at=found.at,
        person=found.person_name,
        columns=columns,
        rows=cells,
        text=found.text,
    )


def cells_of(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the column names of a table's CSV and its rows, empty lines left out."""
    lines = [tuple(line) for line in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))]
    return lines[0], tuple(line for line in lines[1:] if any(cell.strip() for cell in line))


def is_unchecked(columns: Sequence[str], row: Sequence[str]) -> bool:
    """Say whether a row is a stand-in somebody still has to check against the document in force."""
    return any(
        cell == UNCHECKED or (name == "verified" and cell.strip() == "0")
        for name, cell in zip(columns, row, strict=False)
    )


def _newest(connection: Connection) -> Sequence[Any]:
    newest = (
        select(ReferenceSet.kind, func.max(ReferenceSet.edition).label("edition"))
        .group_by(ReferenceSet.kind)
        .subquery()
    )
    join = (ReferenceSet.kind == newest.c.kind) & (ReferenceSet.edition == newest.c.edition)
    return connection.execute(select(ReferenceSet).join(newest, join)).all()


def _table(found: Any, today: date) -> TableRow:
    columns, rows = cells_of(found.text)
    unchecked = sum(is_unchecked(columns, row) for row in rows)
    note = ""
    warnings: list[str] = []
    if found.kind == "holidays":
        note, warnings = _years(columns, rows, today)
    if unchecked:
        told = _("有 {count} 条须按现行文件核对后再改为正式数。")
        warnings.append(told.format(count=unchecked))
    return TableRow(
        kind=found.kind,
        title=_(TITLES[found.kind]),
        rows=len(rows),
        unchecked=unchecked,
        edition=found.edition,
        at=found.at,
        person=found.person_name,
        note=note,
        warnings=tuple(warnings),
    )


def _years(
    columns: Sequence[str], rows: Sequence[Sequence[str]], today: date
) -> tuple[str, list[str]]:
    place = columns.index("day")
    years = sorted({int(row[place][:4]) for row in rows})
    wanted = [today.year]
    if today.month >= _ASK_FOR_NEXT_YEAR:
        wanted.append(today.year + 1)
    shown = "、".join(str(year) for year in years)
    missing = [CalendarMissing(year).sentence() for year in wanted if year not in years]
    return _("含 {years} 年").format(years=shown), missing
