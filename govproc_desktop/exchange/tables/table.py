"""Hold a table as it was read: texts, the address of each, and what was wrong with a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.i18n import N_, _


class CellKind(StrEnum):
    """How the value stood in the file."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOL = "bool"
    EMPTY = "empty"
    BAD = "bad"


class Raw(NamedTuple):
    """A cell that is not plain text; ``problem`` is a message template about {text}."""

    text: str
    kind: CellKind
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, where it stands (``Sheet1!C17``) and how it was stored."""

    text: str
    address: str
    kind: CellKind
    problem: str = ""

    def value(self) -> str:
        """Return the text of a cell that could be read.

        Raises:
            BadInput: E3003, the cell holds a formula without result, an error or a long number.
        """
        if self.problem:
            raise BadInput(self.problem, {"text": _shortened(self.text)}, "E3003")
        return self.text


Address = Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``number`` counts as the person sees it (1 is the first row of the sheet).

    Cells are made when asked for: a hundred thousand rows stay plain tuples of texts.
    """

    number: int
    raw: tuple[str | Raw, ...] = field(repr=False)
    address: Address = field(repr=False)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return all cells of the row, as many as the header has titles."""
        return tuple(self.cell(index) for index in range(len(self.raw)))

    def cell(self, index: int) -> Cell:
        """Return the cell in a column counted from 0."""
        found = self.raw[index]
        place = self.address(self.number, index)
        if isinstance(found, Raw):
            return Cell(found.text, place, found.kind, found.problem)
        return Cell(found, place, CellKind.TEXT if found else CellKind.EMPTY)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with one header row; blank rows are dropped, numbers of rows are kept."""

    source: str
    """What was read, in words: sheet name or text encoding."""

    kind: str
    """``xlsx``, ``csv`` or ``json``."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    sha256: str
    trailer: Mapping[str, str] | None = None
    """Only in json: the ``trailer`` object; in the others it is the last row."""

    sheets: tuple[str, ...] = ()
    """Names of the visible worksheets, in their order; empty for csv and json."""

    date1904: bool = False
    """Serial dates count from 1904 (old Mac workbooks)."""


def column_letters(index: int) -> str:
    """Return the letters of a column counted from 0: A, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet_address(sheet: str) -> Address:
    """Return how cells of a sheet are named, ``Sheet1!C17``; of a csv (no sheet) ``C17``."""
    prefix = f"{sheet}!" if sheet else ""
    return lambda row, column: f"{prefix}{column_letters(column)}{row}"


_HEADER_GAP = N_(
    "表头 {place} 是空的（或是合并单元格）。未导入。表头须在一行，每列一格、都有名称。"
)
_HEADER_TWICE = N_("表头里“{name}”出现了两次（{place}）。未导入。请删去多余的一列。")
_NO_HEADER = N_("{source}里没有内容。未导入。请核对是否选对了文件和工作表。")
_BESIDE = N_("{place} 在表头之外还有内容“{text}”。未导入。请删去，或补上这一列的表头。")
_WIDE = N_("表格有 {count} 列，超过 {limit} 列。未导入。请删去右边多余的列。")
_LONG = N_("表格有 {count} 行以上，超过 {limit} 行。未导入。请拆成几个文件。")


def too_wide(count: int, limit: int) -> BadInput:
    """Return the refusal of a table with too many columns."""
    return BadInput(_WIDE, {"count": count, "limit": limit}, "E3003")


def too_long(count: int, limit: int) -> BadInput:
    """Return the refusal of a table with too many rows."""
    return BadInput(_LONG, {"count": count, "limit": limit}, "E3003")


def checked_header(row: Row | None, source: str) -> tuple[str, ...]:
    """Return the titles of the header row, without blank columns at the right.

    Raises:
        BadInput: E3003, empty, gaps, or a title that stands twice.
    """
    if row is None:
        raise BadInput(_NO_HEADER, {"source": source}, "E3003")
    titles = [cell.value().strip() for cell in row.cells]
    while titles and not titles[-1]:
        titles.pop()
    for index, title in enumerate(titles):
        place = row.address(row.number, index)
        if not title:
            raise BadInput(_HEADER_GAP, {"place": place}, "E3003")
        if title in titles[:index]:
            raise BadInput(_HEADER_TWICE, {"name": _shortened(title), "place": place}, "E3003")
    return tuple(titles)


def fitted(row: Row, width: int) -> Row:
    """Return the row as wide as the header.

    Raises:
        BadInput: E3003, something stands to the right of the last titled column.
    """
    for index in range(width, len(row.raw)):
        if row.raw[index]:
            cell = row.cell(index)
            params = {"place": cell.address, "text": _shortened(cell.text)}
            raise BadInput(_BESIDE, params, "E3003")
    raw = (row.raw + ("",) * width)[:width]
    return row if len(row.raw) == width else Row(row.number, raw, row.address)


def named_source(template: str, name: str) -> str:
    """Say in the interface language which sheet or encoding was read."""
    return _(template).format(name=name)


def _shortened(text: str) -> str:
    seen = "".join(char if char.isprintable() else "\ufffd" for char in text[:30])
    return seen + ("…" if len(text) > 30 else "")
