"""What a list is, declared: its base table, joins, fields, filters, sums, scope and search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from govproc_desktop.domain.money import from_fen

_ALIAS = re.compile(r"\b([a-z]+)\.[a-z_]+")


class FieldKind(StrEnum):
    """How a stored value is read back."""

    TEXT = "text"
    INT = "int"
    FLAG = "flag"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    UID = "uid"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a list: its SQL over the declared aliases and how its value is read.

    ``indexed`` says that an index ending with the key gives its order without sorting;
    ``nullable`` that the order has to put missing values last.
    """

    sql: str
    kind: FieldKind = FieldKind.TEXT
    nullable: bool = False
    indexed: bool = False

    @property
    def aliases(self) -> frozenset[str]:
        """The table aliases the SQL needs."""
        return frozenset(_ALIAS.findall(self.sql))

    def value(self, raw: Any) -> Any:
        """Return a stored value as its Python value: money as Decimal 元, days as dates."""
        return None if raw is None else _READ[self.kind](raw)


_READ: Mapping[FieldKind, Any] = {
    FieldKind.TEXT: str,
    FieldKind.INT: int,
    FieldKind.FLAG: bool,
    FieldKind.MONEY: lambda raw: from_fen(int(raw)),
    FieldKind.DAY: date.fromisoformat,
    FieldKind.MOMENT: datetime.fromisoformat,
    FieldKind.UID: UUID,
}


class FilterKind(StrEnum):
    """What a filter compares: one of several values, a range, or a yes/no condition."""

    CHOICE = "choice"
    INT = "int"
    DAY = "day"
    MONEY = "money"
    TEST = "test"


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One filter a list accepts; a TEST's SQL is a whole condition, the others' an expression."""

    sql: str
    kind: FilterKind = FilterKind.CHOICE

    @property
    def aliases(self) -> frozenset[str]:
        """The table aliases the SQL needs."""
        return frozenset(_ALIAS.findall(self.sql))


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One filter as set: chosen values, or a range (``low`` and ``high`` both included)."""

    name: str
    values: tuple[str, ...] = ()
    low: str = ""
    high: str = ""


@dataclass(frozen=True, kw_only=True)
class Order:
    """One order a list is shown in."""

    field: str
    descending: bool = False


@dataclass(frozen=True, kw_only=True)
class ListSpec:
    """What a person asks of a list: words searched for, filters, order."""

    search: str = ""
    filters: tuple[Criterion, ...] = ()
    order: tuple[Order, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ListQuery:
    """A list, declared once; every name in it is code, never what a person typed.

    ``joins`` must not change the number of rows (n-to-1). ``key`` is the integer key that ends
    every order, ``uid`` what windows and commands speak; ``scope`` the unit column the person's
    data scope is applied to (``None`` only for lists without units).
    """

    name: str
    title: str
    permission: str | None
    table: str
    key: str
    uid: str
    fields: Mapping[str, Field]
    joins: Mapping[str, str] = field(default_factory=dict)
    filters: Mapping[str, Filter] = field(default_factory=dict)
    sums: tuple[str, ...] = ()
    scope: str | None = None
    search: str | None = None
    where: tuple[str, ...] = ()
    order: tuple[Order, ...] = ()

    def __hash__(self) -> int:
        return hash(self.name)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the values of a row, in order."""
        return ("id", "uid", *self.fields)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where in a row each value stands."""
        return {name: at for at, name in enumerate(self.names)}

    def record(self, row: tuple[Any, ...]) -> dict[str, Any]:
        """Return a raw row as a record of Python values; the integer key is left out."""
        made: dict[str, Any] = {"uid": row[1]}
        for at, (name, each) in enumerate(self.fields.items(), 2):
            made[name] = each.value(row[at])
        return made


def amount(value: Any) -> Decimal:
    """Return a sum of fen (NULL for no rows) as 元."""
    return from_fen(int(value or 0))
