"""The print forms, and turning records into PDF bytes.

To add one: (1) its record in ``domain/documents.py``; (2) a module here that declares a
``PrintForm`` from blocks; (3) its line in ``FORMS``; (4) the read that fills the record in
``queries/documents.py``; (5) ``tests/printing`` renders every form with an empty and a 200-line
record. Equal records give equal bytes; preview, saving and printing all use these bytes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from govproc_desktop.domain.documents import PaperRecord
from govproc_desktop.domain.errors import BadInput, Cancelled
from govproc_desktop.i18n import N_, _
from govproc_desktop.printing.fonts import body_face
from govproc_desktop.printing.fund_usage import FUND_USAGE
from govproc_desktop.printing.layout import Job, PrintForm, draw
from govproc_desktop.printing.plan_filing import PLAN_FILING

__all__ = ["FORMS", "Cancelled", "Job", "form", "render", "render_batch"]

FORMS: dict[str, PrintForm] = {form.code: form for form in (PLAN_FILING, FUND_USAGE)}

# reportlab reads its font files by position when it cuts subsets, so one document at a time.
_lock = threading.Lock()


def form(code: str) -> PrintForm:
    """Return the form with a code such as ``F-01``.

    Raises:
        BadInput: there is no such form; the sentence lists those there are.
    """
    if found := FORMS.get(code.upper()):
        return found
    raise BadInput(
        N_("没有编号为「{code}」的打印表单，可用的有：{known}。"),
        {"code": code, "known": "、".join(sorted(FORMS))},
    )


def render(code: str, record: PaperRecord) -> bytes:
    """Return the PDF of one record; any thread but the GUI's may call.

    Raises:
        BadInput: no such form.
        Unavailable: a character is in no font.
    """
    return render_batch((Job(code, record),))


def render_batch(
    jobs: Sequence[Job],
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """Return one PDF with all records in order; pages are numbered per record.

    ``progress(done, of)`` is called after each record, ``cancelled()`` asked before each page.

    Raises:
        BadInput: no such form, or nothing to print.
        Unavailable: a character is in no font.
        Cancelled: ``cancelled`` answered yes.
    """
    if not jobs:
        raise BadInput(N_("没有要打印的单据，请先在列表中选中。"))
    forms = [form(job.code) for job in jobs]
    with _lock:
        target = BytesIO()
        canvas = _canvas(target, forms[0], jobs[0].record)
        for done, (job, chosen) in enumerate(zip(jobs, forms, strict=True), start=1):
            _drain(draw(canvas, chosen, job.record), cancelled)
            if progress:
                progress(done, len(jobs))
        canvas.save()
    return target.getvalue()


def _drain(pages: Iterable[int], cancelled: Callable[[], bool] | None) -> None:
    if cancelled and cancelled():
        raise Cancelled
    for _number in pages:
        if cancelled and cancelled():
            raise Cancelled


def _canvas(target: BytesIO, form: PrintForm, record: PaperRecord) -> Canvas:
    # Without an initial face the un-embedded Helvetica is listed in every file; the stub calls
    # the face's name a float.
    face: Any = body_face()
    canvas = Canvas(target, invariant=1, pageCompression=1, initialFontName=face, lang="zh-CN")
    canvas.setTitle(_(form.title))
    canvas.setAuthor(record.unit_name)
    canvas.setCreator(_("政采桌面"))
    return canvas
