"""Item roles and column looks by which a model tells the table delegate what to draw."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import Final

from PySide6.QtCore import Qt


class Role(IntEnum):
    """What a model's ``data()`` answers besides the display text; every answer is ready to draw."""

    KEY = Qt.ItemDataRole.UserRole + 1
    """The record's key (the same for every column of a row)."""
    RAW = Qt.ItemDataRole.UserRole + 2
    """The value for totals and export (Decimal 元, date, int, str)."""
    ALIGN = Qt.ItemDataRole.UserRole + 3
    """Overrides the column's alignment for one cell (Qt.AlignmentFlag)."""
    TONE = Qt.ItemDataRole.UserRole + 4
    """Pill: kind of state (``filed`` …). Other cells: a token name for the text."""
    SECOND = Qt.ItemDataRole.UserRole + 5
    """Two-line cells: the text of the second line."""
    BAR = Qt.ItemDataRole.UserRole + 6
    """Bar cells: a tuple of ``Segment``; the display text stands right of the bar."""
    ICON = Qt.ItemDataRole.UserRole + 7
    """Name of the icon before the text."""
    ICONS = Qt.ItemDataRole.UserRole + 8
    """Icon cells: a tuple of icon names, drawn from the right."""
    EDIT = Qt.ItemDataRole.UserRole + 9
    """Editable cells: ``EditLook``, how the field looks at rest."""
    LIMIT = Qt.ItemDataRole.UserRole + 10
    """Editable cells: the sentence shown as placeholder in a hovered, empty cell."""
    OFF = Qt.ItemDataRole.UserRole + 11
    """True when the row cannot be chosen; it is drawn grey and not ticked."""


class Kind(Enum):
    """How the cells of a column are drawn."""

    TEXT = "text"
    TWO_LINE = "two_line"
    PILL = "pill"
    BAR = "bar"
    MONEY = "money"
    NUMBER = "number"
    TICK = "tick"
    ICONS = "icons"
    EDIT = "edit"
    LINK = "link"


class EditLook(Enum):
    """How an editable cell looks while it is not being edited."""

    FIELD = "field"
    NONE = "none"
    EMPTY = "empty"
    ERROR = "error"
    MARKED = "marked"
    READ_ONLY = "read_only"


HATCH: Final = "hatch"


@dataclass(frozen=True)
class Segment:
    """A piece of a bar: its share of the whole (0 to 1, already rounded for drawing) and token.

    The token ``HATCH`` draws slanted lines: a draft's draw, not yet real.
    """

    share: float
    token: str = "ramp3"


@dataclass(frozen=True, kw_only=True)
class ColumnLook:
    """How one column looks; width in logical pixels, 0 with ``stretch`` takes the rest."""

    kind: Kind = Kind.TEXT
    width: int = 120
    stretch: bool = False
    strong: bool = False
    required: bool = False
    sortable: bool = True
    right: bool = False
    padding: int = 12
    token: str = "text"
    percent: bool = True
    bar_height: int = 6

    @property
    def aligns_right(self) -> bool:
        """Whether head, cells and totals of the column stand at its right edge."""
        return self.right or self.kind in (Kind.MONEY, Kind.NUMBER)
