"""SQL of lists, built once per shape: only declared names go into the text, values are bound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.money import parse_money, to_fen
from govproc_desktop.domain.permissions import Scope
from govproc_desktop.i18n import N_
from govproc_desktop.queries.listing.declare import (
    Criterion,
    Field,
    FilterKind,
    ListQuery,
    ListSpec,
    Order,
)

_MAX_TERMS = 8
_MAX_VALUES = 1000
_LARGEST = 2**31 - 1
NEAR = 20_000
"""Rows from the top of the order in which a common word is found without searching all."""


@dataclass(frozen=True)
class Shape:
    """Everything of a question that changes the SQL text; the values are kept apart."""

    query: ListQuery
    sqlite: bool
    units: int | None
    terms: int
    filters: tuple[tuple[str, str, int], ...]
    order: tuple[Order, ...]


@dataclass(frozen=True)
class Asked:
    """A question: its shape and the values to bind, in the order of the text."""

    shape: Shape
    values: tuple[Any, ...]

    def near_values(self) -> tuple[Any, ...]:
        """Return the values in the order :func:`near_sql` binds them: search words last."""
        first = self.shape.units or 0
        words = first + self.shape.terms
        return (*self.values[:first], *self.values[words:], NEAR, *self.values[first:words])


def ask(query: ListQuery, spec: ListSpec, scope: Scope, *, sqlite: bool) -> Asked:
    """Check a question against its list and part it into shape and values.

    Raises:
        BadInput: E4006, a field or filter the list does not have, or a value it cannot read.
    """
    values: list[Any] = []
    units = None if scope.everything or query.scope is None else len(scope.unit_ids)
    if units:
        values += sorted(scope.unit_ids)
    terms = _terms(spec.search) if query.search else ()
    values += [term if sqlite else _like(term) for term in terms]
    shapes = []
    for each in sorted(spec.filters, key=lambda one: one.name):
        shape, bound = _criterion(query, each)
        shapes.append(shape)
        values += bound
    for one in spec.order:
        if one.field not in query.fields:
            raise BadInput(N_("这个列表没有“{name}”这一列。"), {"name": one.field[:40]}, "E4006")
    order = _closed(spec.order or query.order)
    shape_made = Shape(query, sqlite, units, len(terms), tuple(shapes), order)
    return Asked(shape_made, tuple(values))


@lru_cache(maxsize=512)
def page_sql(shape: Shape, *, ids_first: bool, backwards: bool) -> str:
    """Return the SQL of one page; it binds the shape's values, then limit and offset.

    With ``ids_first`` the page's keys come from the order's index alone and only they are joined.
    """
    query = shape.query
    columns = ", ".join((query.key, query.uid, *(each.sql for each in query.fields.values())))
    order = _order(shape, backwards=backwards)
    if not ids_first:
        return _placed(
            f"SELECT {columns} FROM {_from(query, query.joins)}{_where(shape)}"
            f" ORDER BY {order} LIMIT ? OFFSET ?",
            shape,
        )
    inner = (
        f"SELECT {query.key} AS page_key FROM {_from(query, _needed(shape, order=True))}"
        f"{_where(shape)} ORDER BY {order} LIMIT ? OFFSET ?"
    )
    return _placed(
        f"SELECT {columns} FROM ({inner}) page JOIN {query.table} ON {query.key} = page_key"
        f"{_joins(query, query.joins)} ORDER BY {order}",
        shape,
    )


@lru_cache(maxsize=512)
def near_sql(shape: Shape) -> str:
    """Return the SQL of a first page of a search that looks at the top :data:`NEAR` rows only.

    It binds :meth:`Asked.near_values`, then the limit. A full page of it is the first page of
    the whole; fewer rows say nothing.
    """
    query = shape.query
    wide = replace(shape, terms=0)
    sorts = _order_terms(wide, backwards=False)
    named = ", ".join(f"{sql} AS o{at}" for at, (sql, _way) in enumerate(sorts))
    again = ", ".join(f"o{at} {way}" for at, (_sql, way) in enumerate(sorts))
    columns = ", ".join((query.key, query.uid, *(each.sql for each in query.fields.values())))
    needs = _needed(shape, order=True)
    order = _order(wide, backwards=False)
    top = (
        f"SELECT {query.key} AS page_key, {query.search} AS words, {named}"
        f" FROM {_from(query, needs)}{_where(wide)} ORDER BY {order} LIMIT ?"
    )
    found = " AND ".join(["instr(words, ?) > 0"] * shape.terms)
    joined = f"JOIN {query.table} ON {query.key} = page_key{_joins(query, query.joins)}"
    page = f"SELECT * FROM ({top}) WHERE {found} ORDER BY {again} LIMIT ?"
    return f"SELECT {columns} FROM ({page}) page {joined} ORDER BY {again}"


@lru_cache(maxsize=512)
def totals_sql(shape: Shape, *, sums: bool) -> str:
    """Return the SQL that counts the rows and, with ``sums``, adds up the summed fields."""
    query = shape.query
    parts = ["count(*)"]
    needs = set(_needed(shape, order=False))
    if sums:
        for name in query.sums:
            parts.append(f"sum({query.fields[name].sql})")
            needs |= query.fields[name].aliases & query.joins.keys()
    return _placed(f"SELECT {', '.join(parts)} FROM {_from(query, needs)}{_where(shape)}", shape)


@lru_cache(maxsize=512)
def ids_sql(shape: Shape) -> str:
    """Return the SQL of all keys in order."""
    query = shape.query
    return _placed(
        f"SELECT {query.key} FROM {_from(query, _needed(shape, order=True))}{_where(shape)}"
        f" ORDER BY {_order(shape, backwards=False)}",
        shape,
    )


@lru_cache(maxsize=128)
def rows_sql(query: ListQuery, *, sqlite: bool, scoped: bool) -> str:
    """Return the SQL of the rows of a bound list of keys, as one shape for any number of keys."""
    columns = ", ".join((query.key, query.uid, *(each.sql for each in query.fields.values())))
    some = "IN (SELECT value FROM json_each(?))" if sqlite else "= ANY(%s)"
    text = f"SELECT {columns} FROM {_from(query, query.joins)} WHERE {query.key} {some}"
    if scoped:
        text += f" AND {query.scope} {some}"
    return text


def _criterion(query: ListQuery, asked: Criterion) -> tuple[tuple[str, str, int], list[Any]]:
    known = query.filters.get(asked.name)
    if known is None:
        raise BadInput(N_("这个列表没有“{name}”这个条件。"), {"name": asked.name[:40]}, "E4006")
    if known.kind is FilterKind.TEST:
        return (asked.name, "no" if asked.values == ("no",) else "yes", 0), []
    if len(asked.values) > _MAX_VALUES:
        raise BadInput(
            N_("条件“{name}”有 {count} 个值，一次最多 {limit} 个。请少选一些。"),
            {"name": asked.name[:40], "count": len(asked.values), "limit": _MAX_VALUES},
            "E4006",
        )
    values: list[Any] = [_value(known.kind, asked.name, each) for each in asked.values]
    form = "in" if asked.values else ""
    for sign, text in (("<", asked.low), (">", asked.high)):
        if text:
            form += sign
            values.append(_value(known.kind, asked.name, text))
    return (asked.name, form, len(asked.values)), values


def _value(kind: FilterKind, name: str, text: str) -> str | int:
    try:
        if kind is FilterKind.INT:
            number = int(text)
            if abs(number) > _LARGEST:
                raise ValueError(text)
            return number
        if kind is FilterKind.MONEY:
            return to_fen(parse_money(text, allow_zero=True))
    except ValueError:
        raise BadInput(
            N_("条件“{name}”的值“{text}”不是整数。"), {"name": name, "text": text[:30]}, "E4006"
        ) from None
    return clean(text)


def clean(text: str) -> str:
    """Take out what no database text can hold (NUL, lone surrogates)."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _terms(search: str) -> tuple[str, ...]:
    return tuple(clean(search).lower().split()[:_MAX_TERMS])


def _like(term: str) -> str:
    for sign in ("\\", "%", "_"):
        term = term.replace(sign, f"\\{sign}")
    return f"%{term}%"


def _closed(order: tuple[Order, ...]) -> tuple[Order, ...]:
    last = order[-1].descending if order else True
    return (*order, Order(field="", descending=last))


def _order(shape: Shape, *, backwards: bool) -> str:
    terms = _order_terms(shape, backwards=backwards)
    # A rare word is found sooner by reading the table once than by walking the order's index.
    bare = "+" if shape.terms and shape.sqlite and shape.order[0].field else ""
    return bare + ", ".join(f"{sql} {way}" for sql, way in terms)


def _order_terms(shape: Shape, *, backwards: bool) -> list[tuple[str, str]]:
    parts = []
    for each in shape.order:
        known = shape.query.fields.get(each.field)
        sql = known.sql if known else shape.query.key
        way = "DESC" if each.descending != backwards else "ASC"
        if known and known.nullable:
            way += " NULLS FIRST" if backwards else " NULLS LAST"
        parts.append((sql, way))
    return parts


def _needed(shape: Shape, *, order: bool) -> set[str]:
    query = shape.query
    needs: set[str] = set()
    if shape.units:
        needs |= Field(sql=query.scope or "").aliases
    if shape.terms:
        needs |= Field(sql=query.search or "").aliases
    for name, _form, _count in shape.filters:
        needs |= query.filters[name].aliases
    if order:
        for each in shape.order:
            if each.field:
                needs |= query.fields[each.field].aliases
    return needs & query.joins.keys()


def _from(query: ListQuery, aliases: Iterable[str]) -> str:
    return f"{query.table}{_joins(query, aliases)}"


def _joins(query: ListQuery, aliases: Iterable[str]) -> str:
    wanted = set(aliases)
    return "".join(f" {sql}" for alias, sql in query.joins.items() if alias in wanted)


def _where(shape: Shape) -> str:
    query = shape.query
    parts = list(query.where)
    if shape.units is not None:
        parts.append(_among(query.scope or "", shape.units))
    found = f"instr({query.search}, ?) > 0" if shape.sqlite else f"{query.search} LIKE ?"
    parts += [found] * shape.terms
    for name, form, count in shape.filters:
        sql = query.filters[name].sql
        if form in ("yes", "no"):
            parts.append(f"({sql})" if form == "yes" else f"NOT ({sql})")
            continue
        if form.startswith("in"):
            parts.append(_among(sql, count))
        parts += [f"{sql} >= ?"] * ("<" in form) + [f"{sql} <= ?"] * (">" in form)
    return f" WHERE {' AND '.join(parts)}" if parts else ""


def _among(sql: str, count: int) -> str:
    if count == 0:
        return "1 = 0"
    return f"{sql} = ?" if count == 1 else f"{sql} IN ({', '.join('?' * count)})"


def _placed(text: str, shape: Shape) -> str:
    return text if shape.sqlite else text.replace("%", "%%").replace("?", "%s")
