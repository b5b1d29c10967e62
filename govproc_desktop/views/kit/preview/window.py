"""The preview window: thumbnails, pages, settings; saves and prints what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from govproc_desktop.domain.documents import PaperRecord
from govproc_desktop.domain.errors import AppError, Unavailable
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.registry import Reader
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.preview.head import PreviewHead
from govproc_desktop.views.kit.preview.pages import PageDesk, PageSource, Thumbnails, page_image
from govproc_desktop.views.kit.preview.paper import Paper, last_of, load_records, render_papers
from govproc_desktop.views.kit.preview.sending import Sender, make_printer
from govproc_desktop.views.kit.preview.side import PrintSide
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.widgets import (
    Button,
    Label,
    Panel,
)


class _Work(QWidget):
    """What stands in place of the pages while they are being made: words, bar, cancel."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addStretch(1)
        self._words = Label(_("正在排版…"), "section", "text2")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._words)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(320)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        self.stop = Button(_("停止"))
        self.stop.clicked.connect(self.cancelled)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, words: str, *, done: int = 0, of: int = 0) -> None:
        """Show how far the work is; without a length only the words."""
        self._words.setText(words)
        self.bar.setVisible(of > 0)
        self.stop.setVisible(of > 1)
        if of:
            self.bar.setRange(0, of)
            self.bar.setValue(done)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the desk."""
        QPainter(self).fillRect(self.rect(), color("desk"))


class PreviewWindow(QWidget):
    """A window of its own over one form and one or many documents.

    ``sent`` carries (medium, pages) after saving or printing.
    """

    sent = Signal(str, int)
    _progressed = Signal(int, int)

    def __init__(
        self, desk: Desk, form: str, documents: Sequence[UUID], *, title: str = ""
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._desk = desk
        self._form = form
        self._documents = tuple(documents)
        self._stop = Event()
        self._sender: Sender | None = None
        self.paper: Paper | None = None
        self.setWindowTitle(title or _("打印预览"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(1440, 900)
        self.source = PageSource(desk.tasks, self)
        self.pages = PageDesk(self.source)
        self.small = Thumbnails(self.source)
        self.side = PrintSide()
        self._work = _Work()
        self._work.cancelled.connect(self._cancel)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._work)
        self._middle.addWidget(self.pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = PreviewHead(self.windowTitle())
        column.addWidget(self.head)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.small)
        row.addWidget(self._middle, 1)
        row.addWidget(self._side_panel())
        column.addLayout(row, 1)
        self._connect()
        self._ready(ready=False)
        self._load()

    def _side_panel(self) -> QWidget:
        panel = Panel(side="left")
        column = QVBoxLayout(panel)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self.side)
        return panel

    def _connect(self) -> None:
        self.head.smaller.clicked.connect(lambda: self.pages.zoom(0.8))
        self.head.larger.clicked.connect(lambda: self.pages.zoom(1.25))
        self.head.fit.clicked.connect(lambda: self.pages.zoom(0))
        self.pages.zoomChanged.connect(self._say_zoom)
        self.pages.pageShown.connect(self._page_shown)
        self.small.picked.connect(self.pages.go_to)
        self.head.page_field.returnPressed.connect(self._typed_page)
        self.head.save.clicked.connect(self.save_pdf)
        self.head.print.clicked.connect(self.send)
        self.head.print.whyRequested.connect(self._no_printer)
        self._progressed.connect(self._show_progress)
        deeds = (
            ("Ctrl+S", self.save_pdf),
            ("Ctrl+P", self.send),
            ("Return", self.send),
            ("Enter", self.send),
            ("Ctrl++", lambda: self.pages.zoom(1.25)),
            ("Ctrl+=", lambda: self.pages.zoom(1.25)),
            ("Ctrl+-", lambda: self.pages.zoom(0.8)),
            ("Ctrl+0", lambda: self.pages.zoom(0)),
            ("Esc", self.close),
            ("Ctrl+W", self.close),
        )
        for keys, deed in deeds:
            QShortcut(QKeySequence(keys), self).activated.connect(deed)

    # -- making the paper --------------------------------------------------------------------

    def _load(self) -> None:
        count = len(self._documents)
        self._work.say(
            _("正在排版…") if count == 1 else _("正在排版 {count} 份…").format(count=count),
            of=2 * count if count > 1 else 0,
        )
        self._middle.setCurrentWidget(self._work)
        form, documents = self._form, self._documents

        def read(reader: Reader) -> tuple[tuple[PaperRecord, ...], object]:
            records = load_records(
                reader, form, documents, progress=self._progressed.emit, stop=self._stop.is_set
            )
            return records, last_of(reader, form, documents)

        self._desk.read(read, self._records_read, owner=self, era="paper", failed=self._failed)

    def _records_read(self, read: tuple[tuple[PaperRecord, ...], object]) -> None:
        records, last = read
        if self._stop.is_set():
            self.close()
            return
        form, documents = self._form, self._documents

        def work() -> tuple[Paper, QSize] | None:
            made = render_papers(
                form, records, progress=self._progressed.emit, stop=self._stop.is_set
            )
            if made is None:
                return None
            pdf, pages = made
            small = page_image(pdf, 0, 0.25)
            paper = Paper(
                form=form,
                documents=documents,
                records=records,
                pdf=pdf,
                pages=pages,
                last=last,  # type: ignore[arg-type]
            )
            return paper, QSize(round(small.width() * 4), round(small.height() * 4))

        self._desk.tasks.run(work, self._made, self._failed, owner=self, era="render", lane="paper")

    def _made(self, made: tuple[Paper, QSize] | None) -> None:
        if made is None:
            self.close()
            return
        self.paper, size = made
        self.source.put(self.paper.pdf, self.paper.pages, size)
        self._middle.setCurrentWidget(self.pages)
        self._describe(self.paper)
        self.side.show_paper(self.paper)
        self.head.page_field.setValidator(QIntValidator(1, self.paper.pages, self))
        self.head.of.setText(_("页，共 {count} 页").format(count=self.paper.pages))
        self.pages.measure()
        self.small.measure()
        self._say_zoom()
        self._ready(ready=True)
        self.pages.setFocus()

    def _describe(self, paper: Paper) -> None:
        from govproc_desktop.printing.registry import form

        self.head.title.setText(_(form(paper.form).title))
        same = _("预览就是要打印的那份 PDF")
        if len(paper.records) == 1:
            record = paper.records[0]
            name = str(getattr(record, "project", "") or record.unit_name)
            version = _("第 {version} 版").format(version=record.version) if record.version else ""
            self.head.sub.setText(" · ".join(filter(None, (name, version, same))))
            self.setWindowTitle(f"{self.head.title.text()} · {name}")
        else:
            count = _("{count} 份").format(count=len(paper.records))
            self.head.sub.setText(f"{count} · {same}")

    def _ready(self, *, ready: bool) -> None:
        self.head.set_ready(ready=ready)
        why = _("这台电脑没有装打印机，可以先保存 PDF")
        self.head.print.set_reason(None if self.side.has_printer or not ready else why)

    def _failed(self, fault: AppError) -> None:
        self._work.say(fault.sentence())
        self._desk.asker.error(fault)

    def _cancel(self) -> None:
        self._stop.set()
        if self._sender is not None:
            self._sender.stop()

    def _show_progress(self, done: int, of: int) -> None:
        if len(self._documents) > 1 and self.paper is None:
            words = _("正在排版，第 {done} 份，共 {of} 份")
            place = min(done, of // 2) if done <= of // 2 else done - of // 2
            self._work.say(words.format(done=place, of=of // 2), done=done, of=of)

    # -- what is shown -----------------------------------------------------------------------

    def _say_zoom(self) -> None:
        percent = self.pages.percent()
        words = _("页宽 {percent}%") if self.pages.fits_width else _("{percent}%")
        self.head.fit.setText(words.format(percent=percent))
        self.head.fit.updateGeometry()

    def _page_shown(self, index: int) -> None:
        if not self.head.page_field.hasFocus():
            self.head.page_field.setText(str(index + 1))
        self.small.set_current(index)
        self._say_zoom()

    def _typed_page(self) -> None:
        self.pages.go_to(int(self.head.page_field.text() or "1") - 1)
        self.pages.setFocus()

    # -- saving and printing -----------------------------------------------------------------

    def save_pdf(self) -> None:
        """Save the bytes that are shown, through a second name so that no half file stays."""
        if self.paper is None:
            return
        path = self._desk.asker.save_file(
            title=_("保存 PDF"), name=self._file_name(), patterns=_("PDF 文件 (*.pdf)")
        )
        if path is None:
            return
        target = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
        try:
            _write(target, self.paper.pdf)
        except OSError as fault:
            self._desk.asker.error(
                Unavailable(
                    N_("没有存成 {name}（{why}）。请换一个文件夹或腾出空间后再存。"),
                    {"name": target.name, "why": fault.strerror or fault},
                    "E1004",
                )
            )
            return
        self._note("file", 1, self.paper.pages)
        self._say_done(_("已保存到 {path}").format(path=target))

    def _file_name(self) -> str:
        assert self.paper is not None
        record = self.paper.records[0]
        name = str(getattr(record, "project", "") or record.unit_name)
        if len(self.paper.records) > 1:
            name = _("{count} 份").format(count=len(self.paper.records))
        plain = "".join("_" if c in '\\/:*?"<>|' else c for c in name)[:60]
        return f"{self.head.title.text()} {plain}.pdf"

    def send(self) -> None:
        """Print what is shown on the chosen printer."""
        if self.paper is None or self._sender is not None:
            return
        if not self.side.has_printer:
            self._no_printer()
            return
        landscape = self.source.size.width() > self.source.size.height()
        wish = self.side.wish(
            pages=self.paper.pages, current=self.pages.current(), landscape=landscape
        )
        sender = Sender(self._desk.tasks, self.paper.pdf, make_printer(wish), wish.pages)
        sender.progressed.connect(self._sending)
        sender.finished.connect(lambda pages: self._printed(pages, len(wish.pages), wish.copies))
        sender.failed.connect(self._not_printed)
        self._sender = sender
        self.head.print.setEnabled(False)
        sender.start()

    def _sending(self, done: int, of: int) -> None:
        self.head.sub.setText(
            _("正在送往打印机：第 {done} 页，共 {of} 页").format(done=done, of=of)
        )

    def _printed(self, pages: int, asked: int, copies: int) -> None:
        self._sender = None
        self.head.print.setEnabled(True)
        if pages < asked:
            self._say_done(_("停在第 {pages} 页，其余没有打印").format(pages=pages))
            return
        self._note("paper", copies, pages)
        words = _("已送往打印机：{pages} 页，{copies} 份")
        self._say_done(words.format(pages=pages, copies=copies))

    def _not_printed(self, fault: AppError) -> None:
        self._sender = None
        self.head.print.setEnabled(True)
        self._desk.asker.error(fault)

    def _no_printer(self) -> None:
        self._desk.asker.tell(
            _("没有打印机"), _("这台电脑没有装打印机。可以先保存 PDF，拿到有打印机的电脑上打印。")
        )

    def _note(self, medium: str, copies: int, pages: int) -> None:
        assert self.paper is not None
        for command in self.paper.notes(medium, copies):
            self._desk.send(command, owner=self)
        self.sent.emit(medium, pages)

    def _say_done(self, words: str) -> None:
        self.head.say(words, "ok")


_open: set[PreviewWindow] = set()


def _write(target: Path, body: bytes) -> None:
    half = target.with_name(target.name + ".part")
    half.write_bytes(body)
    half.replace(target)


def show_preview(
    desk: Desk, *, form: str, documents: Sequence[UUID], title: str = ""
) -> PreviewWindow:
    """Open the preview of one form over one or many documents; it deletes itself when closed."""
    window = PreviewWindow(desk, form, documents, title=title)
    # a window without a parent lives only as long as somebody holds it
    _open.add(window)
    window.destroyed.connect(lambda _gone: _open.discard(window))
    window.show()
    return window
