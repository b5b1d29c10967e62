"""What printed paper refers to: the record behind a short code, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, true

from govproc_desktop.domain.documents import parse_short_code
from govproc_desktop.i18n import N_
from govproc_desktop.models import Plan, PrintLog
from govproc_desktop.queries.documents import sheet
from govproc_desktop.queries.registry import Reader, query


@dataclass(frozen=True, kw_only=True)
class PaperHit:
    """One printed version of a record; ``current`` says whether the record is still that one."""

    form: str
    document: UUID
    title: str
    version: int
    current: bool
    printed_at: datetime
    person_name: str


@dataclass(frozen=True, kw_only=True)
class FindPaper:
    """A short code as typed from the sheet's lower left corner."""

    code: str


@query("paper.find", N_("按单据码找记录"), FindPaper, permission="plan.view")
def find_paper(reader: Reader, params: FindPaper) -> tuple[PaperHit, ...]:
    """Return the printed versions under a code, newest print first, within the data scope.

    Raises:
        BadInput: the code has a slip; the sentence says which kind.
    """
    code = parse_short_code(params.code)
    scope = reader.actor.scope
    inside = true() if scope.everything else Plan.unit_id.in_(scope.unit_ids)
    with reader.database.reading() as connection:
        rows = connection.execute(
            select(PrintLog, Plan.title)
            .join(Plan, Plan.uid == PrintLog.doc_uid)
            .where(PrintLog.short_code == code, inside)
            .order_by(PrintLog.id.desc())
            .limit(20)
        ).all()
    found: dict[tuple[UUID, int], PaperHit] = {}
    for row in rows:
        if (row.doc_uid, row.doc_version) in found:
            continue
        hit = PaperHit(
            form=row.form,
            document=row.doc_uid,
            title=row.title,
            version=row.doc_version,
            current=_agrees(reader, row.form, row.doc_uid, row.record_hash),
            printed_at=row.at,
            person_name=row.person_name,
        )
        found[row.doc_uid, row.doc_version] = hit
    return tuple(found.values())


def _agrees(reader: Reader, form: str, uid: UUID, printed_hash: str) -> bool:
    """Tell whether the record would print with the same hash today."""
    return sheet(reader, form, uid).record_hash == printed_hash
