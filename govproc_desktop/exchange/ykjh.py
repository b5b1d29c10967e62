"""Read and write 用款计划 files (YKJH, domain.md 5.3): the year's money from the budget system."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from govproc_desktop.domain.errors import AppError, BadInput
from govproc_desktop.domain.money import ZERO, check_money
from govproc_desktop.exchange.csv_writer import CsvValue, write_csv
from govproc_desktop.exchange.safety.incoming import LIMITS, Limits
from govproc_desktop.exchange.safety.progress import EVERY, Progress, Stop, check_stop
from govproc_desktop.exchange.tables import Cell, CellKind, Row, Table, read_table
from govproc_desktop.exchange.xlsx_writer import Notes, XlsxColumn, write_xlsx
from govproc_desktop.exchange.ykjh_columns import SAMPLE, YKJH_COLUMNS, Column, Value, column_of
from govproc_desktop.i18n import N_, _

__all__ = [
    "YKJH_COLUMNS",
    "FileRejected",
    "RefusedRow",
    "Trailer",
    "YkjhFile",
    "YkjhRow",
    "read_ykjh",
    "write_ykjh_csv",
    "write_ykjh_template",
]


@dataclass(frozen=True, kw_only=True)
class YkjhRow:
    """One 用款计划 as the budget system states it; ``amount`` in 元.

    ``row`` and ``cell`` say where it stood in the file.
    """

    plan_no: str
    fiscal_year: int
    mof_div_code: str
    agency_code: str
    agency_name: str
    manage_mof_dep: str
    cor_bgt_doc_no: str
    pro_code: str
    pro_name: str
    fund_type_code: str
    exp_func_code: str
    gov_bgt_eco_code: str
    dep_bgt_eco_code: str
    pay_type_code: str
    is_gov_pur: str
    pur_catalog_ver: str
    pur_catalog_code: str
    amount: Decimal
    month: int
    approve_date: date
    version: int
    row: int = field(default=0, compare=False)
    cell: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[int, str, str]:
        """Return what tells one plan from another: 年度, 区划, 编号."""
        return self.fiscal_year, self.mof_div_code, self.plan_no


@dataclass(frozen=True)
class RefusedRow:
    """A cell that keeps its row out: row number, address, column title, reason in words."""

    row: int
    cell: str
    column: str
    reason: str


@dataclass(frozen=True)
class Trailer:
    """What the sender says the file holds: rows, and the sum of the amounts in 元."""

    rows: int
    total: Decimal


@dataclass(frozen=True, kw_only=True)
class YkjhFile:
    """A file read to its end: rows_read = len(rows) + number of distinct refused rows."""

    rows: tuple[YkjhRow, ...]
    refused: tuple[RefusedRow, ...]
    rows_read: int
    total: Decimal
    """Sum of ``rows``, in 元."""

    trailer: Trailer | None
    source: str
    sha256: str


@dataclass(eq=False)
class FileRejected(BadInput):
    """The whole file is refused, no row of it may be used (R43); ``refused`` names the cells."""

    refused: tuple[RefusedRow, ...] = ()


_MISSING = N_("{source}的表头缺少：{names}。整个文件未导入。请使用系统的导入模板。")
_UNKNOWN = N_("{source}的表头有不认识的列：{names}。整个文件未导入。请删去或使用导入模板。")
_TWICE = N_("{source}的表头里“{names}”出现了两次。整个文件未导入。请删去一列。")
_NO_TRAILER = N_(
    "文件没有结尾的合计行（#TRAILER），可能没有传完整。整个文件未导入。请向财政部门重新索取。"
)
_TRAILER_EARLY = N_("{cell} 的合计行（#TRAILER）后面还有内容。整个文件未导入。请重新索取文件。")
_TRAILER_GRAMMAR = N_("合计行（#TRAILER）须写明行数和合计金额，现在是“{text}”。整个文件未导入。")
_ROWS_DIFFER = N_(
    "合计行写明 {stated} 行，实际 {found} 行，差 {difference} 行。整个文件未导入。请重新索取文件。"
)
_SUM_DIFFERS = N_(
    "合计行写明 {stated} 元，各行相加 {found} 元，差 {difference} 元。"
    "整个文件未导入。请重新索取文件。"
)
_UNCOUNTABLE = N_("{cell} 的金额读不出来，无法核对合计：{reason}整个文件未导入。请重新索取文件。")
_NO_ROWS = N_("{source}里只有表头，没有用款计划。未导入。请核对是否选对了文件。")
_SAME_KEY = N_("与第 {row} 行是同一用款计划的同一版本（{plan_no}，版本 {version}）。请保留一行。")
_HALF_CATALOG = N_("品目目录版本和品目代码须同时填写或同时空着。")
_SERIAL_1904 = N_("“{typed}”是日期序号，这个文件用 1904 年起算，容易错。请写成 2026-03-02。")

_MARK = "#TRAILER"
_COUNT = re.compile(r"[0-9]{1,7}")
_SUM = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|-?[0-9]{1,16}(?:\.[0-9]{1,2})?")
_LOOSE = re.compile(r"[+-]?[0-9][0-9,]{0,20}(?:\.[0-9]{0,2})?(?:[eE][+]?[0-9]{1,2})?")
_SERIAL = re.compile(r"[0-9]{5}")


def read_ykjh(
    path: Path,
    *,
    sheet: str | None = None,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> YkjhFile:
    """Read a 用款计划 file and check every cell; nothing is written anywhere.

    Raises:
        FileRejected: E3003, header or trailer wrong (R43): no row may be used.
        BadInput: E3001–E3003, the file cannot be read at all.
        Unavailable: E3001, the disk does not give it.
        Cancelled: the person stopped it.
    """
    table, columns = _fitting_table(path, sheet, limits=limits, cancelled=cancelled)
    trailer, body = _split(table)
    reader = _Reader(table, columns)
    for done, row in enumerate(body, start=1):
        reader.take(row)
        if done % EVERY == 0:
            check_stop(done, len(body), progress=progress, cancelled=cancelled)
    _check_trailer(trailer, reader, rows_read=len(body))
    if not body:
        raise FileRejected(_NO_ROWS, {"source": table.source}, "E3003")
    return YkjhFile(
        rows=tuple(reader.rows),
        refused=tuple(reader.refused),
        rows_read=len(body),
        total=sum((row.amount for row in reader.rows), ZERO),
        trailer=trailer,
        source=table.source,
        sha256=table.sha256,
    )


def write_ykjh_csv(path: Path, rows: Iterable[YkjhRow]) -> int:
    """Write rows as the budget system would, with header and trailer; return the row count.

    Raises:
        Unavailable: E1004, disk full or no right to write.
    """
    kept = tuple(rows)
    total = sum((row.amount for row in kept), ZERO)
    lines: list[list[CsvValue]] = [
        [_written(column, row) for column in YKJH_COLUMNS] for row in kept
    ]
    lines.append([_MARK, len(kept), total])
    write_csv(path, [column.key for column in YKJH_COLUMNS], lines)
    return len(kept)


def write_ykjh_template(path: Path) -> None:
    """Write an .xlsx to be filled in: text columns, Chinese titles, one sample row, notes.

    Raises:
        Unavailable: E1004, disk full or no right to write.
    """
    columns = [
        XlsxColumn(_(column.title), width=column.width, as_text=True) for column in YKJH_COLUMNS
    ]
    notes = Notes(
        _("填写说明"),
        (
            _("第 2 行是样例，填写前请删去或改写。"),
            _("每一列都已设成文本；金额写成 1234.50，日期写成 2026-03-02。"),
            _("必须填写的列：{names}。").format(
                names="、".join(_(column.title) for column in YKJH_COLUMNS if column.required)
            ),
            _("支付方式：1 直接支付，2 授权支付。政府采购标识：1 是，2 否。"),
            _("最后可加一行合计：第一格 #TRAILER，第二格行数，第三格合计金额；有此行就会核对。"),
        ),
    )
    write_xlsx(path, columns, [SAMPLE], title=_("用款计划"), notes=notes)


def _fitting_table(
    path: Path, sheet: str | None, *, limits: Limits, cancelled: Stop | None
) -> tuple[Table, list[Column]]:
    """Read the named sheet, or the first one with the right header (people move sheets)."""
    table = read_table(path, sheet=sheet, limits=limits, cancelled=cancelled)
    try:
        return table, _columns(table)
    except FileRejected as rejected:
        for name in table.sheets if sheet is None else ():
            try:
                other = read_table(path, sheet=name, limits=limits, cancelled=cancelled)
                return other, _columns(other)
            except BadInput:
                continue
        raise rejected from None


def _columns(table: Table) -> list[Column]:
    """Match the header of the file to the columns; order is free, names are not."""
    found = [column_of(title) for title in table.header]
    unknown = [title for title, column in zip(table.header, found, strict=True) if column is None]
    known = [column for column in found if column is not None]
    missing = [_(column.title) for column in YKJH_COLUMNS if column not in known]
    if missing:
        raise _header_rejected(_MISSING, table, missing)
    if unknown:
        raise _header_rejected(_UNKNOWN, table, unknown)
    if len(known) > len(YKJH_COLUMNS):
        twice = [_(column.title) for column in YKJH_COLUMNS if known.count(column) > 1]
        raise _header_rejected(_TWICE, table, twice)
    return known


def _header_rejected(template: str, table: Table, names: list[str]) -> FileRejected:
    shown = "、".join(name[:20] for name in names[:6])
    if len(names) > 6:
        shown += _(" 等 {count} 列").format(count=len(names))
    return FileRejected(template, {"source": table.source, "names": shown}, "E3003")


def _split(table: Table) -> tuple[Trailer | None, tuple[Row, ...]]:
    """Take the trailer off; a csv or json file without one did not arrive whole (R43)."""
    if table.trailer is not None:
        stated = table.trailer.get("rows", ""), table.trailer.get("sum", "")
        return _trailer(*stated), table.rows
    for index, row in enumerate(table.rows):
        if table.kind != "json" and row.cell(0).text.strip().upper() == _MARK:
            if index != len(table.rows) - 1 or any(cell.text for cell in row.cells[3:]):
                raise FileRejected(_TRAILER_EARLY, {"cell": row.cell(0).address}, "E3003")
            return _trailer(row.cell(1).text, row.cell(2).text), table.rows[:-1]
    if table.kind == "xlsx":
        return None, table.rows
    raise FileRejected(_NO_TRAILER, code="E3003")


def _trailer(rows: str, total: str) -> Trailer:
    rows, total = rows.strip(), total.strip()
    if not _COUNT.fullmatch(rows) or not _SUM.fullmatch(total):
        text = f"{rows[:20]}，{total[:30]}"
        raise FileRejected(_TRAILER_GRAMMAR, {"text": text}, "E3003")
    return Trailer(int(rows), Decimal(total.replace(",", "")))


def _check_trailer(trailer: Trailer | None, reader: _Reader, *, rows_read: int) -> None:
    if trailer is None:
        return
    if trailer.rows != rows_read:
        params: dict[str, Any] = {
            "stated": trailer.rows,
            "found": rows_read,
            "difference": abs(trailer.rows - rows_read),
        }
        raise FileRejected(_ROWS_DIFFER, params, "E3003", tuple(reader.refused))
    if reader.uncountable:
        first = reader.uncountable[0]
        params = {"cell": first.cell, "reason": first.reason}
        raise FileRejected(_UNCOUNTABLE, params, "E3003", tuple(reader.refused))
    if trailer.total != reader.counted:
        params = {
            "stated": trailer.total,
            "found": reader.counted,
            "difference": abs(trailer.total - reader.counted),
        }
        raise FileRejected(_SUM_DIFFERS, params, "E3003", tuple(reader.refused))


class _Reader:
    """Checks row after row; ``counted`` is the sum to hold against the trailer."""

    def __init__(self, table: Table, columns: list[Column]) -> None:
        self._table = table
        self._columns = columns
        self._seen: dict[tuple[tuple[int, str, str], int], int] = {}
        self.rows: list[YkjhRow] = []
        self.refused: list[RefusedRow] = []
        self.uncountable: list[RefusedRow] = []
        self.counted = ZERO

    def take(self, row: Row) -> None:
        values: dict[str, Any] = {"row": row.number, "cell": row.cell(0).address}
        refused: list[RefusedRow] = []
        for cell, column in zip(row.cells, self._columns, strict=True):
            try:
                values[column.key] = column.read(self._text(cell, column))
            except AppError as error:
                refused.append(self._refusal(row, cell, column=column, error=error))
                if column.key == "amount":
                    self._count_loosely(cell, refused[-1])
        self.counted += values.get("amount", ZERO)
        if not refused:
            refused = self._taken(YkjhRow(**values), row)
        self.refused.extend(refused)

    def _taken(self, found: YkjhRow, row: Row) -> list[RefusedRow]:
        if bool(found.pur_catalog_ver) != bool(found.pur_catalog_code):
            return [self._refused_at(row, "pur_catalog_code", _(_HALF_CATALOG))]
        first = self._seen.setdefault((found.key, found.version), row.number)
        if first != row.number:
            reason = _(_SAME_KEY).format(row=first, plan_no=found.plan_no, version=found.version)
            return [self._refused_at(row, "plan_no", reason)]
        self.rows.append(found)
        return []

    def _text(self, cell: Cell, column: Column) -> str:
        """Return the text of a cell; a bare serial number in a date column becomes a date."""
        text = cell.value()
        if column.key != "approve_date" or cell.kind is not CellKind.NUMBER:
            return text
        if not _SERIAL.fullmatch(text):
            return text
        if self._table.date1904:
            raise BadInput(_SERIAL_1904, {"typed": text}, "E1504")
        return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat()

    def _count_loosely(self, cell: Cell, refusal: RefusedRow) -> None:
        """Count an amount that is refused but readable, so that the sum can be compared."""
        text = cell.text.strip()
        if cell.problem or (text and not _LOOSE.fullmatch(text)):
            self.uncountable.append(refusal)
        elif text:
            self.counted += Decimal(text.replace(",", ""))

    def _refused_at(self, row: Row, key: str, reason: str) -> RefusedRow:
        index = next(at for at, column in enumerate(self._columns) if column.key == key)
        title = _(self._columns[index].title)
        return RefusedRow(row.number, row.cell(index).address, title, reason)

    @staticmethod
    def _refusal(row: Row, cell: Cell, *, column: Column, error: AppError) -> RefusedRow:
        return RefusedRow(row.number, cell.address, _(column.title), error.sentence())


def _written(column: Column, row: YkjhRow) -> CsvValue:
    value: Value = getattr(row, column.key)
    if column.key == "month":
        return f"{value:02d}"
    return check_money(value) if isinstance(value, Decimal) else value
