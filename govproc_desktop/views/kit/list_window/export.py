"""Export a list to Excel: every row of the question in force, typed, from one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from govproc_desktop.domain.errors import Cancelled
from govproc_desktop.exchange.xlsx_writer import Notes, XlsxColumn, XlsxValue, write_xlsx
from govproc_desktop.i18n import _
from govproc_desktop.queries import listing
from govproc_desktop.queries.listing import FieldKind, ListQuery, ListSpec
from govproc_desktop.queries.registry import Reader
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.spec import CodeNames, Column

_TYPED = (FieldKind.MONEY, FieldKind.INT, FieldKind.DAY)


@dataclass(frozen=True, kw_only=True)
class Export:
    """What is exported: the question, or the rows chosen; the columns as they are shown."""

    query: ListQuery
    spec: ListSpec
    columns: tuple[Column, ...]
    title: str
    notes: tuple[str, ...]
    names: CodeNames = field(default_factory=dict)
    keys: tuple[int, ...] | None = None


@dataclass(frozen=True)
class _Part:
    name: str
    title: str
    show: Callable[[Any], str] | None
    width: int


def export_list(
    reader: Reader,
    what: Export,
    path: Path,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> int:
    """Write the list and return its rows; the file appears whole or not at all.

    Raises:
        Cancelled: the person stopped it.
    """
    parts = list(_parts(what))
    keys: Sequence[int] = what.keys or listing.ids(reader, what.query, what.spec)
    sums: dict[str, Decimal | int] = {}

    def tick(done: int, total: int) -> None:
        progress(done, total)
        if cancelled():
            raise Cancelled

    def rows() -> Iterator[Sequence[XlsxValue]]:
        for row in listing.stream(reader, what.query, what.spec, keys=keys, tick=tick):
            record = what.query.record(row)
            for name in what.query.sums:
                sums[name] = sums.get(name, Decimal(0)) + record[name]
            yield [_value(part, record) for part in parts]

    return write_xlsx(
        path,
        [XlsxColumn(part.title, part.width, as_text=part.show is not None) for part in parts],
        rows(),
        title=what.title,
        totals=_Totals(parts, sums),
        notes=Notes(_("说明"), what.notes),
        expected=len(keys),
    )


class _Totals(Sequence[XlsxValue]):
    """The totals row; read after the last row, when the sums are known."""

    def __init__(self, parts: Sequence[_Part], sums: dict[str, Decimal | int]) -> None:
        self._parts = parts
        self._sums = sums

    def __len__(self) -> int:
        return len(self._parts)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if not 0 <= at < len(self._parts):
            raise IndexError(at)
        value = self._sums.get(self._parts[at].name)
        return _("合计") if at == 0 and value is None else value


def _parts(what: Export) -> Iterator[_Part]:
    for column in what.columns:
        if not column.exported:
            continue
        pairs = [(column.field, column.title, _writer(what, column.codes, column.show))]
        if column.second:
            show = _writer(what, column.second_codes, column.second_show)
            pairs.append((column.second, column.second_title or column.title, show))
        for name, title, show in pairs:
            typed = what.query.fields[name].kind in _TYPED
            width = 16 if typed else max(12, min(42, column.width // 8))
            yield _Part(name, _(title), None if typed else show, width)


def _writer(what: Export, table: str, show: Callable[[Any], str]) -> Callable[[Any], str]:
    if not table:
        return show
    names = what.names.get(table, {})
    return lambda value: fmt.coded(names, value)


def _value(part: _Part, record: dict[str, Any]) -> XlsxValue:
    value = record[part.name]
    if part.show is not None:
        shown = part.show(value)
        return None if shown == fmt.NOTHING else shown
    typed: XlsxValue = value if isinstance(value, (Decimal, int, date)) else None
    return typed
