"""What a preview shows: the records of its sheets and the PDF made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from govproc_desktop.domain.documents import PaperRecord
from govproc_desktop.queries.documents import last_print, sheet
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.print_log import NotePrint

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One form filled with one or many records, and its bytes; ``last`` is the last print."""

    form: str
    documents: tuple[UUID, ...]
    records: tuple[PaperRecord, ...]
    pdf: bytes
    pages: int
    last: tuple[datetime, str, int] | None = None

    def notes(self, medium: str, copies: int) -> tuple[NotePrint, ...]:
        """Return the commands that note these sheets as printed or saved."""
        return tuple(
            NotePrint(
                form=self.form,
                document=uid,
                version=record.version,
                record_hash=record.record_hash,
                short_code=record.short_code,
                medium=medium,
                copies=copies,
            )
            for uid, record in zip(self.documents, self.records, strict=True)
        )


def load_records(
    reader: Reader, form: str, documents: Sequence[UUID], *, progress: Progress, stop: Stop
) -> tuple[PaperRecord, ...]:
    """Read the records of all sheets in the database lane; fewer if the person stopped it."""
    made = []
    for place, uid in enumerate(documents):
        if stop():
            break
        made.append(sheet(reader, form, uid))
        progress(place + 1, 2 * len(documents))
    return tuple(made)


def render_papers(
    form: str, records: Sequence[PaperRecord], *, progress: Progress, stop: Stop
) -> tuple[bytes, int] | None:
    """Make the PDF in the paper lane; nothing if the person stopped it.

    Raises:
        Unavailable: a character is in no font.
    """
    from govproc_desktop.printing import raster, registry  # 130 ms only a first preview pays

    count = len(records)

    def told(done: int, _of: int) -> None:
        progress(count + done, 2 * count)

    jobs = [registry.Job(form, record) for record in records]
    try:
        pdf = registry.render_batch(jobs, progress=told, cancelled=stop)
    except registry.Cancelled:
        return None
    return pdf, raster.page_count(pdf)


def load_papers(reader: Reader, form: str, documents: Sequence[UUID]) -> Paper:
    """Read and render in one go, for pictures and tests; slow, never in the GUI thread."""
    records = load_records(
        reader, form, documents, progress=lambda _done, _of: None, stop=lambda: False
    )
    made = render_papers(form, records, progress=lambda _done, _of: None, stop=lambda: False)
    assert made is not None
    pdf, pages = made
    return Paper(
        form=form,
        documents=tuple(documents),
        records=records,
        pdf=pdf,
        pages=pages,
        last=last_of(reader, form, documents),
    )


def last_of(
    reader: Reader, form: str, documents: Sequence[UUID]
) -> tuple[datetime, str, int] | None:
    """Return the last print of a single document; nothing for a batch."""
    if len(documents) != 1:
        return None
    found = last_print(reader, form, documents[0])
    if found is None:
        return None
    at, person, copy_no = found
    moment = at if isinstance(at, datetime) else datetime.combine(at, datetime.min.time())
    return moment, person, copy_no
