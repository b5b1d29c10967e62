"""Keep what is being typed: drafts outside the records, offered after a crash, never applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from govproc_desktop.domain.fields import Code, TextMark
from govproc_desktop.i18n import N_
from govproc_desktop.models import Draft
from govproc_desktop.services.command import command
from govproc_desktop.services.transaction import Tx

Body = Annotated[str, TextMark(2_000_000, lines=True)]


@dataclass(frozen=True, kw_only=True)
class KeepDraft:
    """Keep the raw state of a form as JSON text, half-typed numbers included."""

    form: Code
    document: UUID
    seen_version: int
    body: Body


@command("draft.keep", N_("暂存草稿"), permission=None, journaled=False)
def keep_draft(cmd: KeepDraft, tx: Tx) -> None:
    """Write over the person's earlier draft of the same document."""
    found = _find(tx.session, tx.actor.operator_id, cmd.form, cmd.document)
    if found is None:
        found = Draft(operator_id=tx.actor.operator_id, form=cmd.form, doc_uid=cmd.document)
        tx.session.add(found)
    found.body, found.seen_version, found.at = cmd.body, cmd.seen_version, tx.now


@dataclass(frozen=True, kw_only=True)
class DropDraft:
    """Forget a kept draft: it was saved, or the person gave it up."""

    form: Code
    document: UUID


@command("draft.drop", N_("丢弃暂存"), permission=None, journaled=False)
def drop_draft(cmd: DropDraft, tx: Tx) -> None:
    """Delete the person's draft of the document, if there is one."""
    found = _find(tx.session, tx.actor.operator_id, cmd.form, cmd.document)
    if found is not None:
        tx.session.delete(found)


def _find(session: Session, operator_id: int, form: str, document: UUID) -> Draft | None:
    return session.scalars(
        select(Draft).where(
            Draft.operator_id == operator_id, Draft.form == form, Draft.doc_uid == document
        )
    ).one_or_none()
