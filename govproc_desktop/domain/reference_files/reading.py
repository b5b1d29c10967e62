"""Read one reference file cell by cell, collecting every fault before refusing the whole file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from govproc_desktop.domain.catalog import ObjectType
from govproc_desktop.domain.errors import AppError, BadInput, render
from govproc_desktop.domain.money import ZERO, parse_money
from govproc_desktop.domain.text import clean_text
from govproc_desktop.i18n import N_

T = TypeVar("T")
E = TypeVar("E", bound=Enum)

_LONGEST_CELL = 500

_BROKEN_CSV = N_("不是完整的 CSV 文件：引号不成对，或者含有不可用的字符。")
_WRONG_HEADER = N_("表头应为 {wanted}，现为 {found}。")
_NO_ROWS = N_("没有数据行。")
_CELLS = N_("应有 {wanted} 列，现有 {found} 列。")
_EMPTY = N_("不能为空。")
_CHOICE = N_("“{typed}”不在可选值内。可选：{choices}。")
_DATE = N_("“{typed}”不是日期，应写成 2026-01-31。")
_WHOLE = N_("“{typed}”不是整数，应为 0 到 99999。")
_DUPLICATE = N_("与第 {first} 行重复。请删去一行。")
_BACKWARDS = N_("止日早于起日 {since}。")
_NOT_REGION = N_("“{typed}”不是 6 位区划代码，例如 410000。")
_SUMMARY = N_("{first} 共 {count} 处错误，全部 {rows} 行均未导入。")


@dataclass(frozen=True)
class Sheet:
    """One reference table as CSV text, with the name its faults are told under."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One cell that cannot be read; ``row`` counts as in a spreadsheet, the header is row 1."""

    file: str
    row: int
    column: str
    message: str

    def sentence(self) -> str:
        """Return the address and what is wrong."""
        place = f"{self.file} 第 {self.row} 行" if self.row else self.file
        return (
            f"{place} {self.column} 列：{self.message}"
            if self.column
            else f"{place}：{self.message}"
        )


class BadReferenceFile(BadInput):
    """A file that was refused as a whole; ``faults`` lists every cell to mend (E3003)."""

    def __init__(self, faults: tuple[Fault, ...], rows: int) -> None:
        params = {"first": faults[0].sentence(), "count": len(faults), "rows": rows}
        super().__init__(_SUMMARY, params, "E3003")
        self.faults = faults


class Faults:
    """Collects the faults of one file, so that all can be mended at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []
        self.rows = 0

    def add(self, row: int, column: str, template: str, **params: object) -> None:
        """Note a fault; row 0 means the file as a whole."""
        message = render(template, params)
        self.found.append(Fault(file=self.file, row=row, column=column, message=message))

    def refusal(self) -> BadReferenceFile:
        """Return the error that lists what was noted, in the order of the rows."""
        return BadReferenceFile(tuple(sorted(self.found, key=lambda f: f.row)), self.rows)

    def refuse_if_any(self) -> None:
        """Raise the refusal when a fault was noted."""
        if self.found:
            raise self.refusal()


class Row:
    """One row of cells by column name; a bad cell is noted and answered with a stand-in."""

    def __init__(self, number: int, cells: dict[str, str], faults: Faults) -> None:
        self.number = number
        self._cells = cells
        self._faults = faults

    def fault(self, column: str, template: str, **params: object) -> None:
        """Note a fault at a column of this row, or at the row with an empty column."""
        self._faults.add(self.number, column, template, **params)

    def text(self, column: str, *, required: bool = False) -> str:
        """Return a cell without outer spaces."""
        value = self.checked(column, lambda typed: clean_text(typed, _LONGEST_CELL), "")
        if required and not value and not self._cells[column].strip():
            self.fault(column, _EMPTY)
        return value

    def checked(self, column: str, read: Callable[[str], T], stand_in: T) -> T:
        """Read a cell with a function that raises an AppError for bad text."""
        try:
            return read(self._cells[column])
        except AppError as error:
            self.fault(column, "{reason}", reason=error.sentence())
            return stand_in

    def choice(self, column: str, kind: type[E]) -> E:
        """Return the member whose value stands in the cell."""
        typed = self._cells[column].strip()
        by_text = {str(member.value): member for member in kind}
        if typed not in by_text:
            self.fault(column, _CHOICE, typed=typed[:30], choices="、".join(by_text))
        return by_text.get(typed, next(iter(kind)))

    def objects(self, column: str) -> frozenset[ObjectType]:
        """Return the letters of a cell such as ``AC``."""
        typed = self._cells[column].strip()
        if not typed or set(typed) - set(ObjectType) or len(set(typed)) != len(typed):
            self.fault(column, _CHOICE, typed=typed[:30], choices="A、B、C")
            return frozenset()
        return frozenset(ObjectType(letter) for letter in typed)

    def flag(self, column: str) -> bool:
        """Return a cell of 0 or 1."""
        typed = self._cells[column].strip()
        if typed not in ("0", "1"):
            self.fault(column, _CHOICE, typed=typed[:30], choices="0、1")
        return typed == "1"

    def whole(self, column: str) -> int:
        """Return a whole number from 0 to 99999."""
        typed = self._cells[column].strip()
        if not (typed.isascii() and typed.isdigit() and len(typed) <= 5):
            self.fault(column, _WHOLE, typed=typed[:30])
            return 0
        return int(typed)

    def region(self, column: str) -> str:
        """Return a 6-digit 区划代码."""
        code = self.text(column, required=True)
        if code and not (len(code) == 6 and code.isascii() and code.isdigit()):
            self.fault(column, _NOT_REGION, typed=code[:30])
        return code

    def money(self, column: str) -> Decimal:
        """Return an amount in 元."""
        return self.checked(column, parse_money, ZERO)

    def day(self, column: str) -> date:
        """Return a date written 2026-01-31."""
        typed = self._cells[column].strip()
        try:
            # A compact 20260131 would be understood as well; people misread it.
            return date.fromisoformat(typed if len(typed) == 10 else "")
        except ValueError:
            self.fault(column, _DATE, typed=typed[:30])
            return date.min

    def until(self, column: str, since: date) -> date | None:
        """Return the last day of a period, None while it is open."""
        if not self._cells[column].strip():
            return None
        day = self.day(column)
        if date.min < day < since:
            self.fault(column, _BACKWARDS, since=since.isoformat())
        return day


def read_rows(
    sheet: Sheet,
    columns: str,
    *,
    build: Callable[[Row], T],
    key: Callable[[T], Hashable],
    check: Callable[[Sequence[tuple[Row, T]]], None] | None = None,
) -> tuple[T, ...]:
    """Return every row of a file, or nothing: one bad cell refuses the file.

    ``columns`` is the header, ``key`` what may occur once, ``check`` looks at all rows together
    and notes its faults on them.

    Raises:
        BadReferenceFile: E3003, with the address of every fault (R60).
    """
    faults = Faults(sheet.name)
    table = _table(sheet.text.removeprefix("\ufeff"), columns.split(","), faults)
    read: list[tuple[Row, T]] = []
    seen: dict[Hashable, int] = {}
    for row in table:
        before = len(faults.found)
        built = build(row)
        if len(faults.found) > before:
            continue
        first = seen.setdefault(key(built), row.number)
        if first != row.number:
            row.fault("", _DUPLICATE, first=first)
        read.append((row, built))
    if check is not None and not faults.found:
        check(read)
    faults.refuse_if_any()
    return tuple(built for _row, built in read)


def _table(text: str, columns: list[str], faults: Faults) -> list[Row]:
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        faults.add(0, "", _BROKEN_CSV)
        lines = []
    faults.refuse_if_any()
    header = [cell.strip() for cell in lines[0]] if lines else []
    if header != columns:
        faults.add(1, "", _WRONG_HEADER, wanted=",".join(columns), found=",".join(header)[:200])
        faults.refuse_if_any()
    rows = []
    for number, cells in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        faults.rows += 1
        if len(cells) == len(columns):
            rows.append(Row(number, dict(zip(columns, cells, strict=True)), faults))
        else:
            faults.add(number, "", _CELLS, wanted=len(columns), found=len(cells))
    if not faults.rows:
        faults.add(1, "", _NO_ROWS)
    return rows
