"""Read one worksheet as a table, keeping every figure exact or refusing it by address."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.files import BROKEN, SafeZip
from govproc_desktop.exchange.safety.incoming import Limits, check_xlsx, parse_small
from govproc_desktop.exchange.safety.progress import EVERY, Progress, Stop, check_stop
from govproc_desktop.exchange.tables.table import (
    CellKind,
    Raw,
    Row,
    Table,
    checked_header,
    fitted,
    named_source,
    sheet_address,
    too_long,
    too_wide,
)
from govproc_desktop.exchange.tables.xlsx_scan import SheetShape, is_well_formed, scan_sheet
from govproc_desktop.i18n import N_

_NO_SHEET = N_("文件里没有工作表“{name}”，只有：{found}。未导入。请核对工作表名称。")
_NO_SHEETS = N_("文件里没有可读的工作表（只有图表或隐藏的表）。未导入。请核对文件。")
_MANY_CELLS = N_("工作表“{name}”有 {count} 格，超过 {limit} 格。未导入。请删去多余的行和列。")
_NO_RESULT = N_(
    "这一格的公式没有算好的结果，读不到值。请在 Excel 或 WPS 中打开、保存一次，或改成值。"
)
_ERROR = N_("公式的结果是错误值。请改正公式，或改成值。")
_LONG_NUMBER = N_(
    "“{text}”是 16 位以上的数字，表格软件已改动末几位。请把这一列设成文本后重新填写。"
)
_MERGED_HEADER = N_("表头 {place} 是合并单元格。未导入。表头须在一行，每列一格、都有名称。")
_MERGED = N_("{place} 是合并单元格。未导入。请取消合并，在每一格写上内容。")
_SOURCE = N_("工作表“{name}”")

_EXACT = 10**15
"""Spreadsheets keep 15 digits; from here on the last ones are invented."""

Value = int | float | str | bool | time | date | datetime | timedelta


def read_xlsx(
    data: bytes,
    sheet: str | None,
    *,
    limits: Limits,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> Table:
    """Read the named worksheet, or the first visible one that holds anything.

    Raises:
        BadInput: E3001–E3003.
        Cancelled: the person stopped it.
    """
    archive = check_xlsx(data, limits)
    date1904 = any(
        element.get("date1904") in ("1", "true")
        for element in parse_small(archive, "xl/workbook.xml")
    )
    parts = _sheet_parts(archive)
    strings = archive.read("xl/sharedStrings.xml")
    if strings and not is_well_formed(strings):
        raise BadInput(BROKEN, code="E3003")
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            visible = _visible(book)
            for name in _wanted(visible, sheet):
                shape = _checked_shape(name, archive.read(parts.get(name, "")), limits)
                found = _Reader(name, book.get_sheet_by_name(name), shape)
                if shape.rows or name == sheet:
                    break
            table = found.table(limits, progress=progress, cancelled=cancelled)
            return replace(table, date1904=date1904, sheets=visible)
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise BadInput(BROKEN, code="E3003") from error


def _visible(book: CalamineWorkbook) -> tuple[str, ...]:
    return tuple(
        found.name
        for found in book.sheets_metadata
        if found.typ is SheetTypeEnum.WorkSheet and found.visible is SheetVisibleEnum.Visible
    )


def _wanted(visible: tuple[str, ...], sheet: str | None) -> tuple[str, ...]:
    if not visible:
        raise BadInput(_NO_SHEETS, code="E3003")
    if sheet is None:
        return visible
    if sheet in visible:
        return (sheet,)
    params = {"name": sheet, "found": "、".join(visible)[:200]}
    raise BadInput(_NO_SHEET, params, "E3003")


def _sheet_parts(archive: SafeZip) -> dict[str, str]:
    """Map worksheet names to the archive members that hold them."""
    by_folded = {name.casefold(): name for name in archive.names}
    targets = {
        link.get("Id", ""): link.get("Target", "")
        for link in parse_small(archive, "xl/_rels/workbook.xml.rels")
    }
    found = {}
    for sheet in parse_small(archive, "xl/workbook.xml").iter():
        if sheet.tag.rpartition("}")[2] == "sheet":
            link = next((text for key, text in sheet.items() if key.endswith("}id")), "")
            target = targets.get(link, "")
            inside = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[sheet.get("name", "")] = by_folded.get(inside.casefold(), "")
    return found


def _checked_shape(name: str, xml: bytes, limits: Limits) -> SheetShape:
    if not is_well_formed(xml):
        # No part at all is not well-formed either: nothing is read that was not looked at.
        raise BadInput(BROKEN, code="E3003")
    shape = scan_sheet(xml)
    if shape.columns > limits.columns:
        raise too_wide(shape.columns, limits.columns)
    if shape.rows > limits.rows:
        raise too_long(limits.rows, limits.rows)
    if shape.rows * shape.columns > limits.cells:
        params = {"name": name, "count": shape.rows * shape.columns, "limit": limits.cells}
        raise BadInput(_MANY_CELLS, params, "E3003")
    return shape


class _Reader:
    """Turns one worksheet into rows."""

    def __init__(self, name: str, sheet: CalamineSheet, shape: SheetShape) -> None:
        self._name = name
        self._sheet = sheet
        self._shape = shape
        self._address = sheet_address(name)
        self._left = sheet.start[1] if sheet.start else 0

    def table(self, limits: Limits, *, progress: Progress | None, cancelled: Stop | None) -> Table:
        source = named_source(_SOURCE, self._name)
        header: tuple[str, ...] | None = None
        rows: list[Row] = []
        for row in self._rows():
            if header is None:
                self._refuse_merges(row.number - 1)
                header = checked_header(row, source)
                continue
            rows.append(fitted(row, len(header)))
            if len(rows) > limits.rows:
                raise too_long(len(rows), limits.rows)
            if len(rows) % EVERY == 0:
                total = self._sheet.total_height
                check_stop(len(rows), total, progress=progress, cancelled=cancelled)
        return Table(
            source=source,
            kind="xlsx",
            header=header or checked_header(None, source),
            rows=tuple(rows),
            sha256="",
        )

    def _rows(self) -> Iterator[Row]:
        blanks = ("",) * self._left
        marked = {row for row, _column in self._shape.formulas | self._shape.errors}
        for index, values in enumerate(self._sheet.iter_rows()):
            raw = blanks + tuple(v if type(v) is str else _raw(v) for v in values)
            if index in marked:
                raw = self._with_problems(index, raw)
            if any(item.strip() if isinstance(item, str) else True for item in raw):
                yield Row(index + 1, raw, self._address)

    def _with_problems(self, index: int, raw: tuple[str | Raw, ...]) -> tuple[str | Raw, ...]:
        """Mark cells that would otherwise read as empty."""
        reach = 1 + max(
            column for row, column in self._shape.formulas | self._shape.errors if row == index
        )
        changed = list(raw) + [""] * (reach - len(raw))
        for column in range(len(changed)):
            if (index, column) in self._shape.formulas:
                changed[column] = Raw("", CellKind.BAD, _NO_RESULT)
            elif (index, column) in self._shape.errors:
                changed[column] = Raw("", CellKind.BAD, _ERROR)
        return tuple(changed)

    def _refuse_merges(self, header_index: int) -> None:
        """Refuse merged cells in and below the header: they hide which row a value is for."""
        for (top, left), (bottom, _right) in self._sheet.merged_cell_ranges or ():
            place = self._address(top + 1, left)
            if top <= header_index <= bottom:
                raise BadInput(_MERGED_HEADER, {"place": place}, "E3003")
            if top > header_index:
                raise BadInput(_MERGED, {"place": place}, "E3003")


def _raw(value: Value) -> str | Raw:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return Raw(str(value).upper(), CellKind.BOOL)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        plain = value.isoformat(" ")
        return Raw(plain.removesuffix(" 00:00:00"), CellKind.DATE)
    if isinstance(value, date):
        return Raw(value.isoformat(), CellKind.DATE)
    return Raw(str(value), CellKind.TEXT)


def _number(value: int | float) -> Raw:
    """Write a stored number as it was typed; what may have lost digits is marked."""
    if abs(value) >= _EXACT:
        return Raw(f"{value:.15e}", CellKind.BAD, _LONG_NUMBER)
    if value == int(value):
        return Raw(str(int(value)), CellKind.NUMBER)
    rounded = f"{value:.2f}"
    # The shortest writing of a stored number shows a third place instead of hiding it.
    exact = rounded if float(rounded) == value else format(value, ".15g")
    return Raw(exact if "e" not in exact else repr(value), CellKind.NUMBER)
