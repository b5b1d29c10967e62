"""A declared print form, and the drawing of one record with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from govproc_desktop.domain.documents import PaperRecord, qr_payload
from govproc_desktop.i18n import N_, _
from govproc_desktop.printing.layout.blocks import Block
from govproc_desktop.printing.layout.marks import qr_bars
from govproc_desktop.printing.layout.pages import MARGIN, Furniture, draw_page, paginate
from govproc_desktop.printing.layout.rows import Section


def _unit_line(record: PaperRecord) -> str:
    return _("预算单位：{unit}").format(unit=f"{record.unit_code} {record.unit_name}".strip())


@dataclass(frozen=True, kw_only=True)
class PrintForm:
    """One form: its number, title, the record it takes and the blocks it shows them in.

    ``again`` names the record at the top of its second and later pages.
    """

    code: str
    title: str
    record: type[PaperRecord]
    blocks: Sequence[Block]
    again: Callable[[Any], str]
    head: Callable[[Any], str] = _unit_line
    unit_of_money: str = N_("元")
    landscape: bool = False


@dataclass(frozen=True)
class Job:
    """One record to be printed with the form of that code."""

    code: str
    record: PaperRecord


def draw(canvas: Canvas, form: PrintForm, record: PaperRecord) -> Iterator[int]:
    """Draw a record page by page; yields after each page, so that a caller can stop.

    Raises:
        Unavailable: a character is in no font; the document must not be saved then.
    """
    around = _furniture(form, record)
    width, height = around.paper
    sections: list[Section] = []
    for block in form.blocks:
        sections.extend(block.sections(record, MARGIN, width=width - 2 * MARGIN))
    sections.sort(key=lambda section: section.late)
    pages = paginate(sections, height)
    for number, rows in enumerate(pages, start=1):
        draw_page(canvas, rows, around=around, page=(number, len(pages)))
        yield number


def _furniture(form: PrintForm, record: PaperRecord) -> Furniture:
    right = _("打印时间：{time}　金额单位：{unit}").format(
        time=f"{record.printed_at:%Y-%m-%d %H:%M}", unit=_(form.unit_of_money)
    )
    title = _(form.title)
    return Furniture(
        title=title,
        left=form.head(record),
        right=right,
        again=_("{title}（续）　{record}").format(title=title, record=form.again(record)),
        foot=_foot(record),
        watermark=record.watermark,
        qr=_qr(record),
        landscape=form.landscape,
    )


def _qr(record: PaperRecord) -> tuple[int, tuple[tuple[int, int, int], ...]] | None:
    if record.uid is None or not record.short_code:
        return None
    kind = record.short_code[:2]
    return qr_bars(qr_payload(record.uid, record.version, record.record_hash, kind=kind))


def _foot(record: PaperRecord) -> tuple[str, ...]:
    if not record.short_code:
        return ()
    parts = [
        _("单据码 {code}").format(code=record.short_code),
        _("第 {version} 版").format(version=record.version),
    ]
    if record.state:
        parts.append(_(record.state))
    if record.copy_no is not None:
        parts.append(_("第 {copy} 次打印").format(copy=record.copy_no))
    return (" · ".join(parts), _("输入单据码或扫码可打开这一版，并核对纸与记录是否一致"))
