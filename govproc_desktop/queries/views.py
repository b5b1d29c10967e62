"""A person's saved views of a list."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.i18n import N_
from govproc_desktop.models import SavedView
from govproc_desktop.queries.registry import Reader, query


@dataclass(frozen=True, kw_only=True)
class ViewsParams:
    """Which list."""

    list_id: str


@dataclass(frozen=True, kw_only=True)
class ViewRow:
    """One saved view; ``body`` is the JSON the window wrote. The unnamed one keeps its columns."""

    uid: UUID
    name: str
    body: str
    position: int


@query("view.list", N_("存下的视图"), ViewsParams, permission=None)
def saved_views(reader: Reader, params: ViewsParams) -> list[ViewRow]:
    """Return the person's own views of a list, in their order."""
    rows = (
        select(SavedView.uid, SavedView.name, SavedView.body, SavedView.position)
        .where(
            SavedView.operator_id == reader.actor.operator_id, SavedView.list_id == params.list_id
        )
        .order_by(SavedView.position, SavedView.id)
    )
    with reader.database.reading() as connection:
        return [ViewRow(**row) for row in connection.execute(rows).mappings()]
