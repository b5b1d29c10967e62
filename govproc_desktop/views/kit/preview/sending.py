"""Send the pages of a PDF to a printer, one at a time, so that it can be watched and stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from govproc_desktop.domain.errors import AppError, Unavailable
from govproc_desktop.i18n import N_
from govproc_desktop.views.kit.preview.pages import page_image
from govproc_desktop.views.kit.tasks import Job, Tasks

DOTS = 300


@dataclass(frozen=True, kw_only=True)
class PrintWish:
    """What the person chose: the printer by name, copies, which pages (from 0), both sides."""

    printer: str
    copies: int = 1
    pages: tuple[int, ...] = ()
    duplex: bool = False
    landscape: bool = False


def printer_names() -> tuple[tuple[str, bool], ...]:
    """Return the installed printers and whether each is the default one."""
    default = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    ordered = sorted(names, key=lambda name: name != default)
    return tuple((name, name == default) for name in ordered)


def make_printer(wish: PrintWish) -> QPrinter:
    """Return the printer set up as wished: A4, full page, copies and sides."""
    printer = QPrinter(QPrinterInfo.printerInfo(wish.printer), QPrinter.PrinterMode.HighResolution)
    dress_printer(printer, wish)
    return printer


def dress_printer(printer: QPrinter, wish: PrintWish) -> None:
    """Set paper, copies and sides."""
    printer.setResolution(DOTS)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    way = QPageLayout.Orientation
    printer.setPageOrientation(way.Landscape if wish.landscape else way.Portrait)
    printer.setFullPage(True)
    printer.setCopyCount(wish.copies)
    mode = QPrinter.DuplexMode
    printer.setDuplex(mode.DuplexLongSide if wish.duplex else mode.DuplexNone)


class Sender(QObject):
    """Draws page after page: images come from the paper lane, drawing is the GUI thread's."""

    progressed = Signal(int, int)
    finished = Signal(int)
    """How many pages were sent; fewer than asked when it was stopped."""
    failed = Signal(object)

    def __init__(self, tasks: Tasks, pdf: bytes, printer: QPrinter, pages: Sequence[int]) -> None:
        super().__init__()
        self._tasks = tasks
        self._pdf = pdf
        self._printer = printer
        self._pages = tuple(pages)
        self._painter: QPainter | None = None
        self._place = 0
        self._job: Job | None = None
        self._stopped = False

    def start(self) -> None:
        """Begin; a printer that cannot be opened is told by ``failed``."""
        painter = QPainter()
        if not painter.begin(self._printer):
            self.failed.emit(
                Unavailable(N_("打印机没有回应，一页也没有打印。请检查打印机后再试。"), {}, "E1014")
            )
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._painter = painter
        self._next()

    def stop(self) -> None:
        """Stop after the page under way."""
        self._stopped = True

    def _next(self) -> None:
        if self._stopped or self._place >= len(self._pages):
            self._end()
            return
        index, pdf = self._pages[self._place], self._pdf
        self._job = self._tasks.run(
            lambda: page_image(pdf, index, DOTS / 72),
            self._draw,
            self._fail,
            owner=self,
            lane="paper",
        )

    def _draw(self, image: QImage) -> None:
        if self._painter is None:
            return
        if self._place:
            self._printer.newPage()
        paper = self._printer.paperRect(QPrinter.Unit.DevicePixel)
        share = min(paper.width() / image.width(), paper.height() / image.height())
        target = QRectF(0, 0, image.width() * share, image.height() * share)
        self._painter.drawImage(target, image)
        self._place += 1
        self.progressed.emit(self._place, len(self._pages))
        self._next()

    def _fail(self, fault: AppError) -> None:
        self._close()
        self.failed.emit(fault)

    def _end(self) -> None:
        if self._stopped and self._place < len(self._pages):
            self._printer.abort()
        self._close()
        self.finished.emit(self._place)

    def _close(self) -> None:
        if self._painter is not None:
            self._painter.end()
            self._painter = None
