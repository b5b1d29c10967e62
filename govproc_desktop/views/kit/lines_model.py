"""The editable lines of a form: raw texts, computed cells, paste, move, undo; GUI thread only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import uuid4

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.paste import Cells
from govproc_desktop.views.kit.roles import ColumnLook, EditLook, Kind, Role, Segment

Line = dict[str, str]
"""One line as typed; ``uid`` names it, further keys may be hidden."""
Index = QModelIndex | QPersistentModelIndex
EditKind = Literal["", "text", "number", "date", "lookup", "tick"]
_UNDO_DEPTH = 50


@dataclass(frozen=True)
class Suggestion:
    """One row of a lookup: its key, its name, a note, and what it puts into a line."""

    key: str
    text: str
    note: str = ""
    fills: dict[str, str] = field(default_factory=dict)


def _as_typed(text: str) -> str:
    return text


@dataclass(frozen=True, kw_only=True)
class LineColumn:
    """One column; ``show`` computes a cell, ``check`` returns what is wrong with it or ""."""

    key: str
    title: str
    look: ColumnLook
    edit: EditKind = ""
    framed: bool | Callable[[Line], bool] = False
    hint: str | Callable[[Line], str] = ""
    show: Callable[[Line, int], str] | None = None
    check: Callable[[Line], str] | None = None
    tidy: Callable[[str], str] = _as_typed
    limit: Callable[[Line], tuple[str, str]] | None = None
    editable: Callable[[Line], bool] | None = None
    lookup: Callable[[Line, str], Sequence[Suggestion]] | None = None
    tone: Callable[[Line], str] | None = None
    second: Callable[[Line], str] | None = None
    bar: Callable[[Line], tuple[Segment, ...]] | None = None

    def hint_for(self, line: Line) -> str:
        """Return the placeholder of an empty cell in the interface language."""
        return self.hint(line) if callable(self.hint) else _(self.hint) if self.hint else ""


@dataclass(frozen=True)
class Pasted:
    """What a paste did, in counts of rows."""

    changed: int
    added: int


class LinesBase(QAbstractTableModel):
    """Lines of raw text as a table shows them; what a person does is in ``LinesModel``."""

    edited = Signal()

    def __init__(
        self,
        columns: Sequence[LineColumn],
        *,
        blank: Callable[[], Line] | None = None,
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._blank = blank
        self._lines: list[Line] = []
        self._errors: dict[tuple[str, str], str] = {}
        self._marks: dict[tuple[str, str], str] = {}
        self._undo: list[list[Line]] = []
        self.read_only = False

    @property
    def grows(self) -> bool:
        """Whether the person may add empty lines."""
        return self._blank is not None and not self.read_only

    def lines(self) -> list[Line]:
        """Return copies of the lines as typed."""
        return [dict(line) for line in self._lines]

    def line(self, row: int) -> Line:
        """Return one line; change it only through the model."""
        return self._lines[row]

    def set_lines(self, lines: Iterable[Line]) -> None:
        """Show other lines; nothing can be undone past this."""
        self._undo.clear()
        self._replace([dict(line) for line in lines])

    def set_errors(self, errors: dict[tuple[str, str], str]) -> None:
        """Show sentences from the rules, by line uid and column key."""
        self._errors = dict(errors)
        self._redraw()

    def set_marks(self, marks: dict[tuple[str, str], str]) -> None:
        """Show where a change was asked for, by line uid and column key ("" for all of a line)."""
        self._marks = dict(marks)
        self._redraw()

    def mark(self, row: int, column: int) -> str:
        """Return who asked for a change of a cell that can be typed into, or ""."""
        spec, uid = self.columns[column], self._lines[row]["uid"]
        asked = self._marks.get((uid, spec.key), "") or self._marks.get((uid, ""), "")
        return asked if spec.edit else ""

    def error(self, row: int, column: int) -> str:
        """Return what is wrong with a cell: its own check first, then the rules."""
        line, spec = self._lines[row], self.columns[column]
        own = spec.check(line) if spec.check is not None else ""
        return own or self._errors.get((line["uid"], spec.key), "")

    def first_error(self) -> tuple[int, int, str] | None:
        """Return row, column and sentence of the first wrong cell."""
        for row in range(len(self._lines)):
            for column in range(len(self.columns)):
                if sentence := self.error(row, column):
                    return row, column, sentence
        return None

    def column_of(self, key: str) -> int:
        """Return the place of a column, or -1."""
        return next((at for at, each in enumerate(self.columns) if each.key == key), -1)

    def row_of(self, uid: str) -> int:
        """Return the place of a line, or -1."""
        return next((at for at, line in enumerate(self._lines) if line["uid"] == uid), -1)

    def can_edit(self, row: int, column: int) -> bool:
        """Whether a person may type into a cell."""
        spec = self.columns[column]
        if self.read_only or not spec.edit or not 0 <= row < len(self._lines):
            return False
        return spec.editable is None or spec.editable(self._lines[row])

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return a column's title."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].title)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        spec = self.columns[index.column()]
        if self.can_edit(index.row(), index.column()) and spec.edit != "tick":
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        row, column = index.row(), index.column()
        line, spec = self._lines[row], self.columns[column]
        if role == Qt.ItemDataRole.DisplayRole:
            return spec.show(line, row) if spec.show is not None else line.get(spec.key, "")
        if role == Qt.ItemDataRole.EditRole:
            return line.get(spec.key, "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.error(row, column) or self.mark(row, column) or self._whole(line, spec)
        if role == Qt.ItemDataRole.CheckStateRole and spec.edit == "tick":
            on = bool(line.get(spec.key))
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return self._painted(row, column, role)

    def _whole(self, line: Line, spec: LineColumn) -> str | None:
        """Return a text that the column may have had to shorten."""
        return line.get(spec.key) or None if spec.edit == "text" else None

    def _painted(self, row: int, column: int, role: int) -> Any:
        line, spec = self._lines[row], self.columns[column]
        if role == Role.EDIT:
            return self._edit_look(row, column)
        if role == Role.KEY:
            return line["uid"]
        if role == Role.LIMIT:
            return spec.hint_for(line) if self.can_edit(row, column) else ""
        if role == Role.ICONS and spec.look.kind is Kind.ICONS:
            return () if self.read_only else ("x",)
        if role == Role.SECOND and spec.second is not None:
            return spec.second(line)
        if role == Role.BAR and spec.bar is not None:
            return spec.bar(line)
        return spec.tone(line) if role == Role.TONE and spec.tone is not None else None

    def _edit_look(self, row: int, column: int) -> EditLook:
        if self.error(row, column):
            return EditLook.ERROR
        if self.mark(row, column):
            return EditLook.MARKED
        if not self.can_edit(row, column):
            return EditLook.READ_ONLY
        spec = self.columns[column]
        if spec.framed(self._lines[row]) if callable(spec.framed) else spec.framed:
            return EditLook.FIELD
        empty = not self._lines[row].get(spec.key)
        return EditLook.EMPTY if empty and spec.look.required else EditLook.NONE

    def _remember(self) -> None:
        self._undo.append([dict(line) for line in self._lines])
        del self._undo[:-_UNDO_DEPTH]

    def _replace(self, lines: list[Line]) -> None:
        self.beginResetModel()
        for line in lines:
            line.setdefault("uid", str(uuid4()))
        self._lines = lines
        self.endResetModel()

    def _redraw(self, row: int | None = None) -> None:
        if not self._lines:
            return
        first = 0 if row is None else row
        last = len(self._lines) - 1 if row is None else row
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))


class LinesModel(LinesBase):
    """What a person does to lines; ``edited`` follows every change."""

    def type_in(self, row: int, key: str, *, text: str) -> None:
        """Take one keystroke's text; computed cells and sums move at once."""
        if self._lines[row].get(key, "") == text:
            return
        self._lines[row][key] = text
        self._redraw(row)
        self.edited.emit()

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what an editor hands back, tidied (grouped digits)."""
        row, spec = index.row(), self.columns[index.column()]
        if not self.can_edit(row, index.column()):
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            on = Qt.CheckState(value) == Qt.CheckState.Checked
            self.type_in(row, spec.key, text="1" if on else "")
            return True
        self.type_in(row, spec.key, text=spec.tidy(str(value)))
        return True

    def fill(self, row: int, values: dict[str, str]) -> None:
        """Put several values into a line, as a lookup does."""
        self._remember()
        self._lines[row].update(values)
        self._redraw(row)
        self.edited.emit()

    def put(self, row: int, values: Line) -> None:
        """Put in what rules force; not a person's deed, so nothing is told and nothing undone."""
        self._lines[row].update(values)
        self._redraw(row)

    def add(self, lines: Iterable[Line] = (), *, at: int | None = None) -> int:
        """Add lines, or one blank line, and return the row of the first."""
        made = [dict(line) for line in lines] or ([self._blank()] if self._blank else [])
        row = len(self._lines) if at is None else at
        if made:
            self._remember()
            self._replace([*self._lines[:row], *made, *self._lines[row:]])
            self.edited.emit()
        return row

    def replace(self, lines: Iterable[Line]) -> None:
        """Put in other lines, as a dialog does; ``undo`` brings the old ones back."""
        self._remember()
        self._replace([dict(line) for line in lines])

    def remove(self, row: int) -> None:
        """Take a line away; ``undo`` brings it back."""
        if 0 <= row < len(self._lines) and not self.read_only:
            self._remember()
            self._replace([*self._lines[:row], *self._lines[row + 1 :]])
            self.edited.emit()

    def move(self, row: int, step: int) -> int:
        """Move a line up (-1) or down (+1) and return where it stands now."""
        target = row + step
        if self.read_only or not (0 <= row < len(self._lines) and 0 <= target < len(self._lines)):
            return row
        self._remember()
        lines = list(self._lines)
        lines.insert(target, lines.pop(row))
        self._replace(lines)
        self.edited.emit()
        return target

    def paste(self, row: int, column: int, *, cells: Cells) -> Pasted:
        """Put a block of cells in from a cell on; new lines are added where the block is longer.

        A first row of column titles says which column is which and is not pasted itself.
        """
        if self.read_only or not cells:
            return Pasted(0, 0)
        keys, body = self._targets(column, cells)
        lines = [dict(line) for line in self._lines]
        added = 0
        for offset, values in enumerate(body):
            at = row + offset
            if at >= len(lines):
                if self._blank is None:
                    break
                lines.append(self._blank())
                added += 1
            self._put(lines[at], keys, values)
        self._remember()
        self._replace(lines)
        self.edited.emit()
        return Pasted(len(body) - added, added)

    def undo(self) -> bool:
        """Take back the last add, delete, move, lookup or paste."""
        if not self._undo or self.read_only:
            return False
        self._replace(self._undo.pop())
        self.edited.emit()
        return True

    def _targets(self, column: int, cells: Cells) -> tuple[list[str], Cells]:
        titles = {_(spec.title): spec.key for spec in self.columns if spec.edit}
        known = [titles.get(cell.strip().lstrip("*").strip(), "") for cell in cells[0]]
        if sum(1 for key in known if key) >= 2:
            return known, cells[1:]
        return [spec.key for spec in self.columns[column:] if spec.edit], cells

    def _put(self, line: Line, keys: Sequence[str], values: Sequence[str]) -> None:
        by_key = {spec.key: spec for spec in self.columns}
        for key, value in zip(keys, values, strict=False):
            if not key:
                continue
            spec = by_key[key]
            if spec.editable is None or spec.editable(line):
                line[key] = spec.tidy(value.strip())
        for spec in self.columns:
            if spec.key in keys and spec.lookup is not None and line.get(spec.key):
                self._resolve(spec, line)

    def _resolve(self, spec: LineColumn, line: Line) -> None:
        """Let a pasted code bring its name and unit, where it is exactly one."""
        if spec.lookup is None:
            return
        typed = line[spec.key].split(" ")[0]
        exact = [each for each in spec.lookup(line, typed) if each.key == typed]
        if len(exact) == 1:
            fills = exact[0].fills.items()
            line.update({k: v for k, v in fills if k == spec.key or not line.get(k)})
