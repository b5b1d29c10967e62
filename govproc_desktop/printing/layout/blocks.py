"""The blocks a print form is declared from: Grid, Lines, Opinions, Signatures, Note.

A block is data; ``sections(record, left, width)`` turns it and a record into rows. Widths are
millimetres in declarations and points everywhere below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol

from reportlab.lib.units import mm

from govproc_desktop.domain.documents import OpinionRow
from govproc_desktop.domain.money import money_text, quantity_text
from govproc_desktop.i18n import N_, _
from govproc_desktop.printing.fonts import face_for, printable
from govproc_desktop.printing.layout.rows import (
    PAD_X,
    Align,
    Cell,
    Row,
    RowMaker,
    Section,
    Style,
    make_cell,
)
from govproc_desktop.printing.layout.wrap import wrap

Get = Callable[[Any], Any]

# Least height of each kind of row, and how much it may grow.
GRID_ROW, GRID_STRETCH = 6.4 * mm, 1.1 * mm
TABLE_ROW, TABLE_STRETCH = 5.9 * mm, 0.9 * mm
OPINION_ROW, OPINION_STRETCH = 13 * mm, 11 * mm
ANNEX_OVER = 12  # lines; a longer text goes to an annex at full width
LABEL = Style(size=10, bold=True, align=Align.CENTRE, repeat=True)
VALUE = Style(size=10)
BAND = Style(size=10, bold=True, align=Align.CENTRE, spacing=4)
HEAD = Style(size=9.5, bold=True, align=Align.CENTRE)


class Kind(Enum):
    """How a column shows its values."""

    TEXT = "text"
    CENTRE = "centre"
    MONEY = "money"
    QUANTITY = "quantity"


_STYLES = {
    Kind.TEXT: Style(size=9),
    Kind.CENTRE: Style(size=9, align=Align.CENTRE),
    Kind.MONEY: Style(size=9, align=Align.RIGHT, fit=True),
    Kind.QUANTITY: Style(size=9, align=Align.RIGHT, fit=True),
}


class Block(Protocol):
    """What a form is made of."""

    def sections(self, record: Any, left: float, *, width: float) -> Sequence[Section]:
        """Return the rows of this block for one record."""


@dataclass(frozen=True)
class Field:
    """One label with its value; without ``width`` the value takes what the row has left."""

    label: str
    value: Get
    width: float | None = None
    label_width: float = 24


@dataclass(frozen=True)
class Grid:
    """Labelled values, several to a row."""

    rows: Sequence[Sequence[Field]]

    def sections(self, record: Any, left: float, *, width: float) -> Sequence[Section]:
        """Return the rows of the grid as one section."""
        return [Section(tuple(self._row(fields, record, left, width) for fields in self.rows))]

    @staticmethod
    def _row(fields: Sequence[Field], record: Any, left: float, width: float) -> Row:
        fixed = sum(f.label_width + (f.width or 0) for f in fields) * mm
        maker = RowMaker(left)
        for item in fields:
            maker.add(_(item.label), item.label_width * mm, LABEL)
            room = width - fixed if item.width is None else item.width * mm
            maker.add(shown(item.value(record)), room, VALUE)
        return maker.row(GRID_ROW, stretch=GRID_STRETCH)


@dataclass(frozen=True)
class Column:
    """One column of a table; without ``width`` it takes what the others leave.

    With ``annex`` (a getter for the line's name) a very long text is shown in full after the
    form, at full width, and only begun in the table.
    """

    title: str
    value: Get
    width: float | None = None
    kind: Kind = Kind.TEXT
    total: Get | None = None
    annex: Get | None = None


@dataclass(frozen=True)
class Lines:
    """A table under a band with its title; the head is repeated on every page.

    Columns with ``total`` (a getter on the record) make a 合计 row, which never stands alone.
    """

    title: str
    rows: Get
    columns: Sequence[Column]
    total_title: str = N_("合计")
    empty: str = N_("（无）")

    def sections(self, record: Any, left: float, *, width: float) -> Sequence[Section]:
        """Return the table as one section."""
        fixed = sum(c.width or 0 for c in self.columns) * mm
        widths = [width - fixed if c.width is None else c.width * mm for c in self.columns]
        annexes: list[Section] = []
        body = []
        for line in self.rows(record):
            maker = RowMaker(left)
            for column, room in zip(self.columns, widths, strict=True):
                maker.add(_column_text(column.value(line), column.kind), room, _STYLES[column.kind])
                if column.annex and len(maker.cells[-1].lines) > ANNEX_OVER:
                    number = len(annexes) + 1
                    maker.cells[-1] = _begun(maker.cells[-1], number)
                    annexes.append(_annex(column, line, number=number, at=(left, width)))
            body.append(maker.row(TABLE_ROW, stretch=TABLE_STRETCH))
        if not body:
            body = [_band(_(self.empty), left, width=width, style=_STYLES[Kind.CENTRE])]
        if any(c.total for c in self.columns):
            body.append(self._totals(record, left, widths))
        return [Section(tuple(body), self._head(left, widths, width)), *annexes]

    def _head(self, left: float, widths: Sequence[float], width: float) -> tuple[Row, ...]:
        maker = RowMaker(left)
        for column, room in zip(self.columns, widths, strict=True):
            maker.add(_(column.title), room, HEAD)
        return (
            _band(_(self.title), left, width=width, style=BAND),
            maker.row(TABLE_ROW, stretch=TABLE_STRETCH),
        )

    def _totals(self, record: Any, left: float, widths: Sequence[float]) -> Row:
        first = next(i for i, c in enumerate(self.columns) if c.total)
        maker = RowMaker(left)
        title = Style(size=9.5, bold=True, align=Align.CENTRE, spacing=6)
        maker.add(_(self.total_title), sum(widths[:first]), title)
        for column, width in zip(self.columns[first:], widths[first:], strict=True):
            text = shown(column.total(record)) if column.total else ""
            maker.add(text, width, Style(size=9, bold=True, align=Align.RIGHT, fit=True))
        return maker.row(TABLE_ROW, keep=True, stretch=TABLE_STRETCH)


@dataclass(frozen=True)
class Opinions:
    """One box an opinion, with the signature line at its foot; empty boxes wait for the pen."""

    rows: Get
    label_width: float = 24

    def sections(self, record: Any, left: float, *, width: float) -> Sequence[Section]:
        """Return every box as a section of its own."""
        return [Section((self._box(o, left, width),)) for o in self.rows(record)]

    def _box(self, opinion: OpinionRow, left: float, width: float) -> Row:
        maker = RowMaker(left)
        maker.add(_(opinion.title), self.label_width * mm, LABEL)
        body = make_cell(opinion.text, maker.left, width=width - self.label_width * mm, style=VALUE)
        foot = printable(_signature(opinion))
        maker.cells.append(
            Cell(
                body.left,
                body.width,
                body.lines,
                body.face,
                body.size,
                top=True,
                foot=(foot,),
                foot_face=face_for(foot, bold=False),
            )
        )
        return maker.row(OPINION_ROW, stretch=OPINION_STRETCH)


@dataclass(frozen=True)
class Signatures:
    """A last line without frame: who made, checked and answers for the sheet."""

    titles: Sequence[str]

    def sections(self, record: Any, left: float, *, width: float) -> Sequence[Section]:
        """Return the line as a section with air above."""
        del record
        maker = RowMaker(left)
        for title in self.titles:
            maker.add(_(title) + "：", width / len(self.titles), VALUE)
        return [Section((maker.row(GRID_ROW, framed=False, keep=True),), gap=4 * mm)]


@dataclass(frozen=True)
class Note:
    """Small print under the tables."""

    text: str

    def sections(self, record: Any, left: float, *, width: float) -> Sequence[Section]:
        """Return the note without frame."""
        del record
        maker = RowMaker(left)
        maker.add(_(self.text), width, Style(size=8.5))
        return [Section((maker.row(0, framed=False, keep=True),), gap=1 * mm)]


def shown(value: object) -> str:
    """Return a value as the paper shows it: amounts 1,234.50, dates 2026-11-23, None as —."""
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Decimal):
        return money_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _column_text(value: object, kind: Kind) -> str:
    if kind is Kind.QUANTITY and isinstance(value, Decimal):
        return quantity_text(value)
    return shown(value)


def _begun(cell: Cell, number: int) -> Cell:
    """Keep the first lines of a long text and say where all of it stands."""
    hint = _("……（全文见附 {number}）").format(number=number)
    lines = wrap(hint, cell.face, size=cell.size, width=cell.width - 2 * PAD_X)
    return replace(cell, lines=cell.lines[: ANNEX_OVER - 6] + tuple(lines))


def _annex(column: Column, line: Any, *, number: int, at: tuple[float, float]) -> Section:
    name = column.annex(line) if column.annex else ""
    title = _("附 {number}　{column}（{name}）").format(
        number=number, column=_(column.title), name=name
    )
    left, width = at
    maker = RowMaker(left)
    maker.add(shown(column.value(line)), width, Style(size=9.5))
    head = _band(title, left, width=width, style=Style(size=10, bold=True, align=Align.CENTRE))
    return Section((maker.row(TABLE_ROW, stretch=TABLE_STRETCH),), (head,), late=True)


def _band(text: str, left: float, *, width: float, style: Style) -> Row:
    maker = RowMaker(left)
    maker.add(text, width, style)
    return maker.row(TABLE_ROW, stretch=TABLE_STRETCH)


def _signature(opinion: OpinionRow) -> str:
    if opinion.person is None:
        return _("签字（盖章）：") + "\u3000" * 6 + _("年　　月　　日")
    name = f"{opinion.person}（{opinion.note}）" if opinion.note else opinion.person
    day = opinion.date.isoformat() if opinion.date else _("年　　月　　日")
    return _("签字（盖章）：") + f"{name}　{day}"
