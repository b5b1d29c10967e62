"""Look at an attachment in place: PDF pages and pictures; anything else opens only on request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.exchange.safety import inspect_attachment
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.attachments import FileBytes
from govproc_desktop.views.kit.asking import Question
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.widgets import Button, DialogFrame, Label, scroll_area

_WIDTH = 820
_MOST_PAGES = 20

Pages = tuple[tuple[bytes, int, int], ...]


def pages_of(file: FileBytes) -> Pages:
    """Return the first pages of a PDF as RGBA; runs in the paper lane."""
    from govproc_desktop.printing.raster import page_count, page_rgba

    count = min(_MOST_PAGES, page_count(file.data))
    return tuple(page_rgba(file.data, at, scale=1.25) for at in range(count))


class FileDialog(DialogFrame):
    """The pages of a PDF or a picture, one under the other."""

    def __init__(
        self, file: FileBytes, pixmaps: list[QPixmap], *, save: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(file.name, width=_WIDTH, parent=parent)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(12)
        for pixmap in pixmaps:
            page = QLabel()
            fit = pixmap.scaledToWidth(
                min(_WIDTH - 80, pixmap.width()), Qt.TransformationMode.SmoothTransformation
            )
            page.setPixmap(fit)
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        area = scroll_area(content)
        area.setMinimumHeight(560)
        self.body.addWidget(area)
        self.foot.addWidget(Label(_("共 {count} 页").format(count=len(pixmaps)), "note", "text3"))
        self.foot.addStretch(1)
        keep = Button(_("另存为…"), icon="download")
        keep.clicked.connect(save)
        self.foot.addWidget(keep)
        done = Button(_("关闭"), "primary", keycap="Esc")
        done.clicked.connect(self.reject)
        self.foot.addWidget(done)


def show_file(desk: Desk, file: FileBytes, *, parent: QWidget) -> None:
    """Show a file: PDF and pictures here, the others outside after a question."""

    def save() -> None:
        target = desk.asker.save_file(title=_("另存附件"), name=file.name, patterns="*")
        if target is not None:
            _write(target, file.data)

    if file.mime == "application/pdf":
        desk.tasks.run(
            lambda: pages_of(file),
            lambda pages: FileDialog(
                file, [_pixmap(*page) for page in pages], save=save, parent=parent
            ).open(),
            desk.asker.error,
            owner=parent,
            lane="paper",
        )
    elif file.mime.startswith("image/"):
        image = QImage.fromData(file.data)
        FileDialog(file, [QPixmap.fromImage(image)], save=save, parent=parent).open()
    else:
        _open_outside(desk, file)


def _open_outside(desk: Desk, file: FileBytes) -> None:
    question = Question(
        title=_("用别的程序打开"),
        text=_("“{name}”要用别的程序打开（例如 Word 或 WPS）。只打开您信得过的文件。").format(
            name=file.name
        ),
        answers=(("no", _("不打开")), ("yes", _("打开"))),
    )
    if desk.asker.ask(question) != "yes":
        return
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.TempLocation)
    name = inspect_attachment(file.name, file.data).safe_name
    target = Path(folder) / name
    _write(target, file.data)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))


def _pixmap(rgba: bytes, width: int, height: int) -> QPixmap:
    image = QImage(rgba, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return QPixmap.fromImage(image.copy())


def _write(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as fault:
        raise Unavailable(
            N_("“{name}”写不进去，没有保存。请换一个文件夹。"), {"name": target.name}, "E1004"
        ) from fault
