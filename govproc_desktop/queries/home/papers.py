"""What printed paper refers to: the record behind a short code, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select, true
from sqlalchemy.sql.elements import ColumnElement

from govproc_desktop.domain.documents import parse_qr_payload, parse_short_code
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
    record_hash: str
    current: bool
    printed_at: datetime
    person_name: str


@dataclass(frozen=True, kw_only=True)
class FindPaper:
    """A short code as typed from the sheet's lower left corner, or what its QR code says."""

    code: str


@query("paper.find", N_("按单据码找记录"), FindPaper, permission="plan.view")
def find_paper(reader: Reader, params: FindPaper) -> tuple[PaperHit, ...]:
    """Return the printed versions under a code, newest print first, within the data scope.

    Raises:
        BadInput: the code has a slip; the sentence says which kind.
    """
    meant = _meant(params.code)
    scope = reader.actor.scope
    inside = true() if scope.everything else Plan.unit_id.in_(scope.unit_ids)
    with reader.database.reading() as connection:
        rows = connection.execute(
            select(PrintLog, Plan.title)
            .join(Plan, Plan.uid == PrintLog.doc_uid)
            .where(meant, inside)
            .order_by(PrintLog.id.desc())
            .limit(20)
        ).all()
    # a draft printed, changed and printed again is two papers of one version
    found: dict[tuple[UUID, int, str], PaperHit] = {}
    for row in rows:
        key = (row.doc_uid, row.doc_version, row.record_hash)
        if key in found:
            continue
        hit = PaperHit(
            form=row.form,
            document=row.doc_uid,
            title=row.title,
            version=row.doc_version,
            record_hash=row.record_hash,
            current=_agrees(reader, row.form, row.doc_uid, row.record_hash),
            printed_at=row.at,
            person_name=row.person_name,
        )
        found[key] = hit
    return tuple(found.values())


def _meant(code: str) -> ColumnElement[bool]:
    if not is_qr_text(code):
        return PrintLog.short_code == parse_short_code(code)
    mark = parse_qr_payload(code)
    return and_(
        PrintLog.doc_uid == mark.uid,
        PrintLog.doc_version == mark.version,
        func.upper(func.substr(PrintLog.record_hash, 1, len(mark.hash_start))) == mark.hash_start,
    )


def is_qr_text(text: str) -> bool:
    """Tell whether a text was read from a QR code rather than typed from the paper."""
    return "/" in text


def _agrees(reader: Reader, form: str, uid: UUID, printed_hash: str) -> bool:
    """Tell whether the record would print with the same hash today."""
    return sheet(reader, form, uid).record_hash == printed_hash
