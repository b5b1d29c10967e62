"""Keep a person's named sets of filters, order and columns of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from sqlalchemy import delete, func, select

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.fields import Code, TextMark
from govproc_desktop.i18n import N_
from govproc_desktop.models import SavedView
from govproc_desktop.services import wire
from govproc_desktop.services.command import command
from govproc_desktop.services.transaction import Tx

MOST_VIEWS = 30


@dataclass(frozen=True, kw_only=True)
class SaveView:
    """Save a view under a name; the name is the view. The unnamed one keeps a list's columns."""

    view: UUID
    list_id: Code
    name: Code = ""
    body: Annotated[str, TextMark(20_000)] = "{}"


@dataclass(frozen=True, kw_only=True)
class DeleteView:
    """Forget one of one's own views."""

    view: UUID


@command("view.save", N_("保存列表视图"), permission=None, journaled=False)
def save_view(cmd: SaveView, tx: Tx) -> dict[str, object]:
    """Write the person's view of this name anew, or add it at the end."""
    wire.parse_json(cmd.body)
    mine = (SavedView.operator_id == tx.actor.operator_id) & (SavedView.list_id == cmd.list_id)
    found = tx.session.scalars(select(SavedView).where(mine, SavedView.name == cmd.name)).first()
    if found is None:
        count = tx.session.scalar(select(func.count()).select_from(SavedView).where(mine)) or 0
        if count >= MOST_VIEWS:
            raise BadInput(
                N_("一个列表最多存 {limit} 个视图，现有 {count} 个。请先删去不用的。"),
                {"limit": MOST_VIEWS, "count": count},
                "E4007",
            )
        found = SavedView(
            uid=cmd.view,
            operator_id=tx.actor.operator_id,
            list_id=cmd.list_id,
            name=cmd.name,
            position=count,
            body=cmd.body,
        )
        tx.session.add(found)
    found.body = cmd.body
    tx.changed("view", found.uid)
    return {"view": str(found.uid)}


@command("view.delete", N_("删除列表视图"), permission=None, journaled=False)
def delete_view(cmd: DeleteView, tx: Tx) -> None:
    """Delete the view if it is the person's own; one already gone is no fault."""
    tx.session.execute(
        delete(SavedView).where(
            SavedView.uid == cmd.view, SavedView.operator_id == tx.actor.operator_id
        )
    )
    tx.changed("view", cmd.view)
