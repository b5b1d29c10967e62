"""A file shown in place: pages of a PDF, pictures, plain text; anything else opens outside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSize, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from govproc_desktop.domain.errors import AppError, Unavailable
from govproc_desktop.exchange.safety import inspect_attachment
from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit.asking import Question
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.widgets import (
    Button,
    DialogFrame,
    Label,
    Panel,
    icon_button,
    scroll_area,
)

_MOST_TEXT = 20_000
_SCALE = 1.6
_DIALOG_WIDTH = 860
_DIALOG_HEIGHT = 520


@dataclass(frozen=True)
class ShownFile:
    """A file with its bytes, whatever document it belongs to."""

    name: str
    mime: str
    data: bytes


class _Picture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_image(self, image: QImage) -> None:
        self._image = image
        self._fit()

    def _box(self) -> QRectF:
        size = self._image.size()
        if size.isEmpty():
            return QRectF()
        width = min(float(self.width() - 24), size.width() / 1.0)
        height = width * size.height() / size.width()
        return QRectF((self.width() - width) / 2, 12, width, height)

    def _fit(self) -> None:
        self.setFixedHeight(int(self._box().height()) + 24)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the proportions."""
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self._fit()

    def sizeHint(self) -> QSize:
        """Return the picture's room."""
        return QSize(300, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the desk and the page on it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("desk"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._box(), self._image)


class FilePreview(Panel):
    """One file shown in place: page by page for PDF, pictures, plain text; others can be saved."""

    closed = Signal()
    saveRequested = Signal()
    outsideRequested = Signal()
    pageWanted = Signal(int)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(radius=6, parent=parent)
        self._titled = True
        self._page = 0
        self._pages = 1
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 4, 4)
        head.setSpacing(4)
        self.name = Label("", "strong")
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.count = Label("", "note", "text2")
        self.back = icon_button("left", _("上一页"), height=28)
        self.next = icon_button("right", _("下一页"), height=28)
        save = Button(_("另存"), "ghost", icon="download", height=28)
        self.outside = Button(_("用别的程序打开"), "ghost", height=28)
        self.close_button = icon_button("x", _("收起"), height=28)
        head.addWidget(self.name, 1)
        for widget in (self.count, self.back, self.next, self.outside, save, self.close_button):
            head.addWidget(widget)
        column.addLayout(head)
        self.picture = _Picture()
        self.words = Label("", "note", "text2", wrap=True)
        self.words.setContentsMargins(16, 12, 16, 12)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.picture)
        column.addWidget(self.words)
        self.back.clicked.connect(lambda: self.pageWanted.emit(self._page - 1))
        self.next.clicked.connect(lambda: self.pageWanted.emit(self._page + 1))
        save.clicked.connect(self.saveRequested)
        self.outside.clicked.connect(self.outsideRequested)
        self.close_button.clicked.connect(self.closed)
        self.hide()

    def set_untitled(self) -> None:
        """Leave the name to the window around, which says it already."""
        self._titled = False

    def begin(self, name: str) -> None:
        """Open for a file that is being read."""
        self.name.setText(name if self._titled else "")
        self._say(_("正在打开…"))
        self.outside.hide()
        self.show()

    def show_page(self, image: QImage, *, page: int, pages: int) -> None:
        """Show a page of a PDF or a picture."""
        self._page, self._pages = page, pages
        self.words.hide()
        self.outside.hide()
        self.picture.set_image(image)
        self.picture.show()
        several = pages > 1
        self.count.setText(_("第 {page} 页，共 {pages} 页").format(page=page + 1, pages=pages))
        self.count.setVisible(several)
        self.back.setVisible(several)
        self.next.setVisible(several)
        self.back.setEnabled(page > 0)
        self.next.setEnabled(page < pages - 1)

    def show_text(self, text: str) -> None:
        """Show plain text."""
        self._say(text[:_MOST_TEXT])

    def show_nothing(self) -> None:
        """Say that this kind of file has no preview here."""
        self._say(
            _("这种文件不能在这里看。请点「用别的程序打开」（例如 Word 或 WPS），或「另存」。")
        )
        self.outside.show()

    def _say(self, text: str) -> None:
        self.picture.hide()
        for widget in (self.count, self.back, self.next):
            widget.hide()
        self.words.setText(text)
        self.words.show()


class FileTurner(QObject):
    """Feeds one preview: draws pages in the paper lane, saves, opens outside; GUI thread only."""

    shown = Signal()

    def __init__(self, desk: Desk, preview: FilePreview, *, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._preview = preview
        self._file: ShownFile | None = None
        preview.pageWanted.connect(self.turn)
        preview.saveRequested.connect(self.save)
        preview.outsideRequested.connect(self.open_outside)

    def begin(self, name: str) -> None:
        """Open the preview for a file that is still being read."""
        self._file = None
        self._preview.begin(name)

    def show_file(self, file: ShownFile) -> None:
        """Show a file from its first page."""
        self._preview.begin(file.name)
        self._file = file
        self.turn(0)

    def forget(self) -> None:
        """Let go of the bytes."""
        self._file = None

    def turn(self, page: int) -> None:
        """Show another page."""
        file = self._file
        if file is None:
            return

        def show(made: tuple[QImage, int] | str | None) -> None:
            if isinstance(made, tuple):
                self._preview.show_page(made[0], page=min(page, made[1] - 1), pages=made[1])
            elif isinstance(made, str):
                self._preview.show_text(made)
            else:
                self._preview.show_nothing()
            self.shown.emit()

        self._desk.tasks.run(
            lambda: render_page(file.mime, file.data, page),
            show,
            owner=self,
            era="page",
            lane="paper",
        )

    def save(self) -> None:
        """Write the file where the person says."""
        file = self._file
        if file is None:
            return
        target = self._desk.asker.save_file(
            title=_("另存附件"), name=file.name, patterns=_("所有文件 (*)")
        )
        if target is not None:
            self._write(target, file.data)

    def open_outside(self) -> None:
        """Hand the file to the program of its kind, after a question."""
        file = self._file
        if file is None:
            return
        question = Question(
            title=_("用别的程序打开"),
            text=_("“{name}”要用别的程序打开（例如 Word 或 WPS）。只打开您信得过的文件。").format(
                name=file.name
            ),
            answers=(("no", _("不打开")), ("yes", _("打开"))),
        )
        if self._desk.asker.ask(question) != "yes":
            return
        try:
            name = inspect_attachment(file.name, file.data).safe_name
        except AppError as fault:
            self._desk.asker.error(fault)
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.TempLocation)
        target = Path(folder) / name
        if self._write(target, file.data):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

    def _write(self, target: Path, data: bytes) -> bool:
        try:
            target.write_bytes(data)
        except OSError:
            words = N_("文件写不进“{place}”，没有保存。请换一个文件夹。")
            self._desk.asker.error(Unavailable(words, {"place": str(target.parent)}, "E2101"))
            return False
        return True


class FileDialog(DialogFrame):
    """A file in a dialog of its own; Esc closes it, Page keys and arrows scroll it."""

    def __init__(self, desk: Desk, file: ShownFile, *, note: str = "", parent: QWidget) -> None:
        super().__init__(file.name, note, width=_DIALOG_WIDTH, parent=parent)
        self.preview = FilePreview()
        self.preview.close_button.hide()
        self.preview.set_untitled()
        self.area = scroll_area(self.preview)
        self.area.setFixedHeight(_DIALOG_HEIGHT)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.addWidget(self.area)
        self.turner = FileTurner(desk, self.preview, parent=self)
        self.turner.shown.connect(lambda: self.area.verticalScrollBar().setValue(0))
        self.foot.addStretch(1)
        done = Button(_("关闭"), keycap="Esc")
        done.clicked.connect(self.reject)
        self.foot.addWidget(done)
        self.turner.show_file(file)
        self.area.setFocus()


def render_page(mime: str, data: bytes, page: int) -> tuple[QImage, int] | str | None:
    """Return page and page count, or plain text, or nothing to show; not for the GUI thread.

    QImage (unlike QPixmap) may be made in any thread.
    """
    kind = mime.partition(";")[0]
    if kind == "application/pdf" or data[:5] == b"%PDF-":
        return _pdf_page(data, page)
    if kind.startswith("image/"):
        image = QImage()
        return (image, 1) if image.loadFromData(data) else None
    if kind.startswith("text/"):
        return data.decode("utf-8", "replace").lstrip("\ufeff")
    return None


def _pdf_page(data: bytes, page: int) -> tuple[QImage, int] | None:
    import pypdfium2

    from govproc_desktop.printing import raster

    try:
        pages = raster.page_count(data)
        at = max(0, min(page, pages - 1))
        pixels, width, height = raster.page_rgba(data, at, scale=_SCALE)
    except pypdfium2.PdfiumError:
        return None
    image = QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBA8888)
    return image.copy(), pages
