"""What printed paper refers to: the record behind a short code, and the last print of a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, true

from govproc_desktop.domain.documents import parse_short_code
from govproc_desktop.i18n import N_
from govproc_desktop.models import Plan, PrintLog
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
            select(PrintLog, Plan.title, Plan.submitted_version)
            .join(Plan, Plan.uid == PrintLog.doc_uid)
            .where(PrintLog.short_code == code, inside)
            .order_by(PrintLog.id.desc())
            .limit(20)
        ).all()
    found: dict[tuple[UUID, int], PaperHit] = {}
    for row in rows:
        hit = PaperHit(
            form=row.form,
            document=row.doc_uid,
            title=row.title,
            version=row.doc_version,
            current=row.doc_version == row.submitted_version,
            printed_at=row.at,
            person_name=row.person_name,
        )
        found.setdefault((row.doc_uid, row.doc_version), hit)
    return tuple(found.values())


@dataclass(frozen=True, kw_only=True)
class LastPrinted:
    """When a form of a document was last printed, and how many copies there are."""

    at: datetime
    version: int
    copies: int
    person_name: str
    medium: str


@dataclass(frozen=True, kw_only=True)
class LastPrint:
    """Ask for the last print of one form of one document."""

    form: str
    document: UUID


@query("paper.last", N_("上次打印"), LastPrint, permission=None)
def last_print(reader: Reader, params: LastPrint) -> LastPrinted | None:
    """Return the newest line of the print log, or nothing."""
    with reader.database.reading() as connection:
        row = connection.execute(
            select(PrintLog)
            .where(PrintLog.form == params.form, PrintLog.doc_uid == params.document)
            .order_by(PrintLog.copy_no.desc())
            .limit(1)
        ).first()
    if row is None:
        return None
    return LastPrinted(
        at=row.at,
        version=row.doc_version,
        copies=row.copy_no,
        person_name=row.person_name,
        medium=row.medium,
    )
