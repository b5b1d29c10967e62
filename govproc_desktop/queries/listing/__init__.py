"""Lists in SQL: declared once, read by pages, the same rows on both engines.

To add one: a :class:`ListQuery` in the subject's module, listed with :func:`register` there. Every
join must be n-to-1; every field that a person may sort a large table by wants an index that ends
with the key (``indexed=True``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govproc_desktop.queries.listing.declare import (
    Criterion,
    Field,
    FieldKind,
    Filter,
    FilterKind,
    ListQuery,
    ListSpec,
    Order,
)
from govproc_desktop.queries.listing.reading import (
    PAGE,
    Row,
    Totals,
    count,
    ids,
    page,
    rows_for,
    stream,
    totals,
)
from govproc_desktop.queries.registry import Reader, query

__all__ = [
    "LISTS",
    "PAGE",
    "Criterion",
    "Field",
    "FieldKind",
    "Filter",
    "FilterKind",
    "ListParams",
    "ListQuery",
    "ListSpec",
    "Order",
    "Row",
    "Totals",
    "count",
    "ids",
    "page",
    "register",
    "rows_for",
    "stream",
    "totals",
]

LISTS: dict[str, ListQuery] = {}


@dataclass(frozen=True, kw_only=True)
class ListParams:
    """What the command line asks of a list; ``limit`` at most 1,000 rows an answer."""

    search: str = ""
    filters: tuple[Criterion, ...] = ()
    order: tuple[Order, ...] = ()
    offset: int = 0
    limit: int = 100

    def spec(self) -> ListSpec:
        """Return the question without the page."""
        return ListSpec(search=self.search, filters=self.filters, order=self.order)


def register(made: ListQuery) -> ListQuery:
    """Put a list into the registry of queries, answering rows, count and sums."""
    LISTS[made.name] = made

    @query(made.name, made.title, ListParams, permission=made.permission)
    def listed(reader: Reader, params: ListParams) -> dict[str, Any]:
        """Return one page of the list with its count and sums."""
        spec = params.spec()
        summed = totals(reader, made, spec)
        rows = page(
            reader, made, spec, offset=max(0, params.offset), limit=max(0, min(params.limit, 1000))
        )
        return {
            "rows": [made.record(row) for row in rows],
            "count": summed.count,
            "sums": summed.sums,
        }

    return made
