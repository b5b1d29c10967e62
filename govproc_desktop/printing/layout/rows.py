"""The bricks of a page: rows of cells with their text already broken into lines."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from enum import Enum

from govproc_desktop.printing.fonts import face_for, generation, printable
from govproc_desktop.printing.layout.wrap import text_width, wrap

PAD_X = 3.6
PAD_Y = 2.3
LEADING = 1.36
SMALLEST = 5.0


class Align(Enum):
    """Where the lines of a cell stand between its edges."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines of one face and size between ``left`` and ``left + width`` points.

    ``foot`` stands at the lower right (signature lines); ``repeat`` shows the cell again when
    its row goes on on the next page.
    """

    left: float
    width: float
    lines: tuple[str, ...]
    face: str
    size: float
    align: Align = Align.LEFT
    foot: tuple[str, ...] = ()
    foot_face: str = ""
    top: bool = False
    repeat: bool = False
    spacing: float = 0

    @property
    def leading(self) -> float:
        """Return the distance of two base lines in points."""
        return self.size * LEADING

    @property
    def needed(self) -> float:
        """Return the height its text needs, with the padding."""
        return (len(self.lines) + len(self.foot)) * self.leading + 2 * PAD_Y


@dataclass(frozen=True, slots=True)
class Row:
    """A band across the page; ``keep`` ties it to the row before, ``framed`` draws its grid.

    ``stretch`` is how much it may grow where the last page has room (air, and space for the seal).
    """

    cells: tuple[Cell, ...]
    height: float
    keep: bool = False
    framed: bool = True
    stretch: float = 0

    def split(self, room: float) -> tuple[Row, Row]:
        """Cut the row so that the first part fits ``room`` points (at least one line goes in)."""
        first, rest = [], []
        for cell in self.cells:
            fit = max(1, int((room - 2 * PAD_Y) / cell.leading))
            if cell.repeat:
                first.append(cell)
                rest.append(cell)
                continue
            first.append(replace(cell, lines=cell.lines[:fit], foot=(), top=True))
            rest.append(replace(cell, lines=cell.lines[fit:], top=True))
        height = max(c.needed for c in first)
        remainder = max(c.needed for c in rest)
        return (
            replace(self, cells=tuple(first), height=max(height, min(room, self.height))),
            replace(self, cells=tuple(rest), height=remainder, keep=False),
        )


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together; ``head`` is repeated on every page they reach.

    ``late`` sections (annexes) come after all others of the form.
    """

    rows: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    gap: float = 0
    late: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set; ``fit`` shrinks it to one line instead of breaking it (amounts)."""

    size: float = 9.5
    bold: bool = False
    align: Align = Align.LEFT
    fit: bool = False
    spacing: float = 0
    repeat: bool = False


@dataclass(slots=True)
class RowMaker:
    """Lay cells side by side from the left edge and close them into a row."""

    left: float
    cells: list[Cell] = field(default_factory=list)

    def add(self, text: str, width: float, style: Style) -> None:
        """Append a cell ``width`` points wide."""
        cell = make_cell(text, self.left, width=width, style=style)
        self.cells.append(cell)
        self.left += width

    def row(
        self, least: float, *, keep: bool = False, framed: bool = True, stretch: float = 0
    ) -> Row:
        """Return the row, at least ``least`` points high."""
        height = max(least, *(c.needed for c in self.cells))
        return Row(tuple(self.cells), height, keep, framed, stretch)


def make_cell(text: str, left: float, *, width: float, style: Style) -> Cell:
    """Break a text for a cell; invisible characters are dropped.

    Raises:
        Unavailable: a character is in no font.
    """
    lines, face, size = _typeset(text, width - 2 * PAD_X, style, generation())
    return Cell(
        left,
        width,
        lines,
        face,
        size,
        align=style.align,
        repeat=style.repeat,
        spacing=style.spacing,
    )


@functools.lru_cache(maxsize=4096)
def _typeset(
    text: str, room: float, style: Style, _fonts: int
) -> tuple[tuple[str, ...], str, float]:
    """Return lines, face and size; labels and common words of a batch are broken once."""
    text = printable(text)
    face = face_for(text, bold=style.bold)
    if not style.fit:
        return tuple(wrap(text, face, size=style.size, width=room)), face, style.size
    wide = text_width(text, face, style.size)
    size = max(SMALLEST, min(style.size, style.size * room / wide)) if wide else style.size
    return (text,), face, size
