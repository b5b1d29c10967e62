"""What a person typed and has not saved: found again when the form is opened, and listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.i18n import N_
from govproc_desktop.models import Draft
from govproc_desktop.queries.registry import Reader, query


@dataclass(frozen=True, kw_only=True)
class DraftParams:
    """Whose draft is asked for is always the reader's own."""

    form: str
    document: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DraftRow:
    """One kept draft: the raw texts as JSON, the version it was typed over, and when."""

    form: str
    document: UUID
    seen_version: int
    body: str
    at: datetime


@query("draft.list", N_("我的暂存"), DraftParams, permission=None)
def drafts(reader: Reader, params: DraftParams) -> list[DraftRow]:
    """Return the person's kept drafts of a form, newest first; of one document if given."""
    rows = (
        select(Draft.form, Draft.doc_uid, Draft.seen_version, Draft.body, Draft.at)
        .where(Draft.operator_id == reader.actor.operator_id, Draft.form == params.form)
        .order_by(Draft.at.desc(), Draft.id.desc())
    )
    if params.document is not None:
        rows = rows.where(Draft.doc_uid == params.document)
    with reader.database.reading() as session:
        return [
            DraftRow(form=form, document=document, seen_version=seen, body=body, at=at)
            for form, document, seen, body, at in session.execute(rows)
        ]
