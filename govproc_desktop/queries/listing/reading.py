"""Read a list: first page at once, then its count; any page, its sums, its keys, its rows.

The rows come through the driver's own cursor, without a transaction or an object around each:
a list of a million rows opens as fast as the database can answer (ADR 0001).
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_
from govproc_desktop.models.engine import Database
from govproc_desktop.queries.listing import statements
from govproc_desktop.queries.listing.declare import FieldKind, ListQuery, ListSpec, amount
from govproc_desktop.queries.registry import Reader, permit

PAGE = 64
_BLOCK = 500

Row = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Totals:
    """How many rows a question has, and the sums of the summed fields in 元 (or counts)."""

    count: int
    sums: dict[str, Decimal | int]


def page(
    reader: Reader,
    query: ListQuery,
    spec: ListSpec,
    *,
    offset: int = 0,
    limit: int = PAGE,
    known: int | None = None,
) -> list[Row]:
    """Return raw rows (:attr:`ListQuery.names`); money is whole fen, days are ISO text.

    ``known`` is the count, when known: beyond the middle the page is read from the far end.
    """
    asked = _asked(reader, query, spec)
    if offset == 0 and asked.shape.terms and asked.shape.sqlite:
        sql = statements.near_sql(asked.shape)
        near = fetch(reader.database, sql, (*asked.near_values(), limit))
        if len(near) >= limit:
            return near
    if known is not None:
        limit = max(0, min(limit, known - offset))
    backwards = known is not None and offset > known // 2
    start = (known or 0) - offset - limit if backwards else offset
    first = asked.shape.order[0].field
    unsorted = bool(first and not query.fields[first].indexed)
    ids_first = start > 0 or unsorted or asked.shape.terms > 0
    sql = statements.page_sql(asked.shape, ids_first=ids_first, backwards=backwards)
    rows = fetch(reader.database, sql, (*asked.values, limit, start))
    return rows[::-1] if backwards else rows


def count(reader: Reader, query: ListQuery, spec: ListSpec) -> int:
    """Return how many rows there are."""
    asked = _asked(reader, query, spec)
    sql = statements.totals_sql(asked.shape, sums=False)
    return int(fetch(reader.database, sql, asked.values)[0][0])


def totals(reader: Reader, query: ListQuery, spec: ListSpec) -> Totals:
    """Return the count and the sums of all rows, not only of those shown."""
    asked = _asked(reader, query, spec)
    sql = statements.totals_sql(asked.shape, sums=True)
    return _totals(query, fetch(reader.database, sql, asked.values)[0])


def ids(reader: Reader, query: ListQuery, spec: ListSpec) -> array[int]:
    """Return all keys in order: the snapshot an export or a select-all works on."""
    asked = _asked(reader, query, spec)
    with _cursor(reader.database) as cursor:
        cursor.execute(statements.ids_sql(asked.shape), asked.values)
        made = array("q")
        while block := cursor.fetchmany(10_000):
            made.extend(int(row[0]) for row in block)
    return made


def rows_for(reader: Reader, query: ListQuery, keys: Sequence[int]) -> list[Row]:
    """Return the rows of these keys in their order; keys gone or out of scope are left out."""
    permit(reader.actor, query.permission)
    sqlite, scope = reader.database.is_sqlite, reader.actor.scope
    scoped = query.scope is not None and not scope.everything
    sql = statements.rows_sql(query, sqlite=sqlite, scoped=scoped)
    found: dict[int, Row] = {}
    for start in range(0, len(keys), _BLOCK):
        values: list[Any] = [_bound(keys[start : start + _BLOCK], sqlite=sqlite)]
        if scoped:
            values.append(_bound(scope.unit_ids, sqlite=sqlite))
        found.update((row[0], row) for row in fetch(reader.database, sql, tuple(values)))
    return [found[key] for key in keys if key in found]


def stream(
    reader: Reader,
    query: ListQuery,
    spec: ListSpec,
    *,
    keys: Sequence[int] | None = None,
    tick: Callable[[int, int], None] | None = None,
) -> Iterator[Row]:
    """Yield every row of a snapshot, block by block; ``tick(done, total)`` may raise to stop."""
    keys = ids(reader, query, spec) if keys is None else keys
    for start in range(0, len(keys), _BLOCK):
        if tick is not None:
            tick(start, len(keys))
        yield from rows_for(reader, query, keys[start : start + _BLOCK])


def fetch(database: Database, sql: str, values: Sequence[Any]) -> list[Row]:
    """Run one statement and return its rows; every list statement goes through here or ids."""
    with _cursor(database) as cursor:
        cursor.execute(sql, values)
        rows: list[Row] = cursor.fetchall()
        return rows


@contextmanager
def _cursor(database: Database) -> Iterator[Any]:
    engine = database.engine
    driver = engine.dialect.loaded_dbapi
    try:
        connection = engine.raw_connection()
    except driver.Error as fault:
        raise _gone() from fault
    try:
        yield connection.cursor()
    except driver.OperationalError as fault:
        raise _gone() from fault
    finally:
        connection.close()


def _gone() -> Unavailable:
    return Unavailable(N_("读不到数据：数据库正忙或已断开。请稍后按 F5 再试。"), {}, "E2001")


def _asked(reader: Reader, query: ListQuery, spec: ListSpec) -> statements.Asked:
    permit(reader.actor, query.permission)
    return statements.ask(query, spec, reader.actor.scope, sqlite=reader.database.is_sqlite)


def _bound(keys: Sequence[int], *, sqlite: bool) -> Any:
    plain = [int(key) for key in keys]
    return json.dumps(plain) if sqlite else plain


def _totals(query: ListQuery, row: Row) -> Totals:
    sums: dict[str, Decimal | int] = {}
    for name, raw in zip(query.sums, row[1:], strict=True):
        money = query.fields[name].kind is FieldKind.MONEY
        sums[name] = amount(raw) if money else int(raw or 0)
    return Totals(count=int(row[0]), sums=sums)
