"""What windows declare: columns, filters, views and actions of a list, and the window itself.

To add a list window: a ``ListQuery`` in ``queries/``, a :class:`ListWindow` here described in the
menu's folder, and a :class:`WindowSpec` in that folder's ``WINDOWS``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from govproc_desktop.queries.listing import Criterion, ListQuery, Order
from govproc_desktop.queries.registry import Reader
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.roles import ColumnLook, Kind, Segment

if TYPE_CHECKING:
    from govproc_desktop.domain.rules import Check
    from govproc_desktop.views.kit.actions import RowAction
    from govproc_desktop.views.kit.desk import Desk

Values = Mapping[str, Any]
"""The stored values of one row by field name: money as fen, days as ISO text."""


CodeNames = Mapping[str, Mapping[str, str]]
"""Code tables by name: code → its words."""


@dataclass(frozen=True, kw_only=True)
class WindowSpec:
    """One window the navigation and Ctrl+K can open; ``menu`` empty keeps it off the navigation.

    ``make`` builds it for a desk with the parameters it was opened with (``uid`` …). ``under``
    names the windows whose entry stays marked while this one is shown; the first permitted counts.
    """

    id: str
    title: str
    menu: str
    permission: str | None
    make: Callable[[Desk, dict[str, Any]], QWidget]
    icon: str = ""
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column: the field it shows, how it is written and drawn, and whether it is summed.

    ``second`` is the field of the second line; ``tone``, ``bar`` and ``words`` see the row's
    values. ``codes`` names the code table that a code is written by (``with_code``: code and
    name), ``second_codes`` that of the second line. ``hidden`` columns are offered by 列.
    """

    field: str
    title: str
    kind: Kind = Kind.TEXT
    width: int = 120
    show: Callable[[Any], str] = fmt.text
    second: str = ""
    second_title: str = ""
    second_show: Callable[[Any], str] = fmt.text
    codes: str = ""
    second_codes: str = ""
    with_code: bool = False
    tone: Callable[[Values], str] | None = None
    icon: Callable[[Values], str] | None = None
    bar: Callable[[Values], tuple[Segment, ...]] | None = None
    words: Callable[[Values], str] | None = None
    stretch: bool = False
    strong: bool = False
    right: bool = False
    total: bool = False
    hidden: bool = False
    sortable: bool = True
    exported: bool = True

    def first(self, values: Values, names: CodeNames) -> str:
        """Return the text of the first line."""
        if self.words is not None:
            return self.words(values)
        value = values[self.field]
        if self.codes:
            return fmt.coded(names.get(self.codes, {}), value, with_code=self.with_code)
        return self.show(value)

    def below(self, values: Values, names: CodeNames) -> str:
        """Return the text of the second line, empty for one-line columns."""
        if not self.second:
            return ""
        value = values[self.second]
        if self.second_codes:
            return fmt.coded(names.get(self.second_codes, {}), value, with_code=self.with_code)
        return self.second_show(value)

    def look(self) -> ColumnLook:
        """Return how the delegate draws it."""
        return ColumnLook(
            kind=self.kind,
            width=self.width,
            stretch=self.stretch,
            strong=self.strong,
            sortable=self.sortable,
            right=self.right,
        )


@dataclass(frozen=True, kw_only=True)
class ChoiceFilter:
    """A filter by one or several of a set of values; ``options`` is read in the database lane."""

    name: str
    title: str
    options: Callable[[Reader], Sequence[tuple[str, str]]]


@dataclass(frozen=True, kw_only=True)
class AmountFilter:
    """A filter by a range of amounts in 元."""

    name: str
    title: str


@dataclass(frozen=True, kw_only=True)
class DayFilter:
    """A filter by a range of days, both ends included."""

    name: str
    title: str


@dataclass(frozen=True, kw_only=True)
class TestFilter:
    """A filter that is on or off."""

    __test__ = False
    name: str
    title: str


FilterSpec = ChoiceFilter | AmountFilter | DayFilter | TestFilter


@dataclass(frozen=True, kw_only=True)
class NamedView:
    """A view that comes with the window, shown as a tab with its count."""

    key: str
    title: str
    filters: tuple[Criterion, ...] = ()
    order: tuple[Order, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ListWindow:
    """One list window, declared.

    ``fixed`` are criteria of the list itself (「本单位」), never shown as chips; ``missing``
    answers 找不到某一条 for typed words, ``elsewhere`` only for those this list cannot hold (its
    mending links are ``open:UID``); ``opens`` is the target Enter opens, with ``uid``;
    ``preview_form`` the print form Space shows (without it the page emits ``previewed``).
    """

    id: str
    title: str
    query: ListQuery
    columns: tuple[Column, ...]
    filters: tuple[FilterSpec, ...] = ()
    views: tuple[NamedView, ...] = ()
    actions: tuple[RowAction, ...] = ()
    fixed: Callable[[Desk], tuple[Criterion, ...]] | None = None
    default_order: tuple[Order, ...] = ()
    refresh_on: frozenset[str] = frozenset()
    search_hint: str = ""
    opens: str = ""
    preview_form: str = ""
    row_height: int = 46
    missing: Callable[[Reader, str], Sequence[tuple[str, tuple[Check, ...]]]] | None = None
    elsewhere: Callable[[Reader, str], tuple[Check, ...]] | None = None
    empty: str = ""

    @property
    def code_tables(self) -> frozenset[str]:
        """The code tables its columns are written by."""
        named = {each.codes for each in self.columns} | {each.second_codes for each in self.columns}
        return frozenset(named - {""})

    @property
    def default_fields(self) -> tuple[str, ...]:
        """The columns shown until the person chooses others."""
        return tuple(each.field for each in self.columns if not each.hidden)
