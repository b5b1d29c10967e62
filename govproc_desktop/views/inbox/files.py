"""The files of a document: cards side by side, and under them the chosen file itself."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from govproc_desktop.i18n import _
from govproc_desktop.queries.histories import FileContent
from govproc_desktop.queries.plans import AttachmentRow
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import draw_text, round_rect
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.kit.widgets import Button, Label, Panel, icon_button

_MOST_TEXT = 20_000
_SCALE = 1.6
_THREE_ABREAST = 600


class FileCard(QAbstractButton):
    """One file: name, kind and size; new ones are outlined in the accent."""

    def __init__(self, row: AttachmentRow, kind: str, *, fresh: bool) -> None:
        super().__init__()
        self.row = row
        self._fresh = fresh
        self._kind = kind
        words = [_("新增") if fresh else "", fmt.size(row.size)]
        self._rest = "".join(f" · {word}" for word in words if word)
        self._second = kind + self._rest
        self.setText(row.name)
        self.setAccessibleName(f"{row.name}，{self._second}")
        self.setToolTip(f"{row.name}\n{self._second}\n{row.person} {row.at:%Y-%m-%d %H:%M}")
        self.setCheckable(True)
        self.setFixedHeight(50)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def fresh(self) -> bool:
        """Whether the file was added since the return."""
        return self._fresh

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, icon and two lines."""
        painter = QPainter(self)
        fill = "sel" if self.isChecked() else ("hover" if self.underMouse() else "surface")
        line = "softline" if self._fresh or self.isChecked() else "line"
        round_rect(painter, self.rect(), 6, fill, line=line)
        if self.hasFocus():
            inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            round_rect(painter, inner, 4, line="accent", width=1.5)
        round_rect(painter, QRectF(10, 10, 30, 30), 6, "soft" if self._fresh else "sunken")
        draw_icon(painter, "file", 16, 16, "accent", size=18)
        room = QRectF(50, 6, self.width() - 60, 20)
        elide = Qt.TextElideMode.ElideMiddle
        draw_text(painter, room, self.text(), "body", elide=elide)
        ink = "accent" if self._fresh else "text3"
        # a long kind is shortened, never the size behind it
        low = room.translated(0, 19)
        rest = text_width(self._rest, "note") + 1
        kind = min(text_width(self._kind, "note") + 1, low.width() - rest)
        draw_text(painter, QRectF(low.left(), low.top(), kind, 20), self._kind, "note", ink)
        place = QRectF(low.left() + kind, low.top(), rest + 1, 20)
        draw_text(painter, place, self._rest, "note", ink)


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
    pageWanted = Signal(int)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(radius=6, parent=parent)
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
        close = icon_button("x", _("收起"), height=28)
        head.addWidget(self.name, 1)
        for widget in (self.count, self.back, self.next, save, close):
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
        close.clicked.connect(self.closed)
        self.hide()

    def begin(self, name: str) -> None:
        """Open for a file that is being read."""
        self.name.setText(name)
        self._say(_("正在打开…"))
        self.show()

    def show_page(self, image: QImage, *, page: int, pages: int) -> None:
        """Show a page of a PDF or a picture."""
        self._page, self._pages = page, pages
        self.words.hide()
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
        self._say(_("这种文件不能在这里看，请点「另存」后用相应软件打开。"))

    def _say(self, text: str) -> None:
        self.picture.hide()
        for widget in (self.count, self.back, self.next):
            widget.hide()
        self.words.setText(text)
        self.words.show()


class FileCards(QWidget):
    """Cards three abreast, two where it is narrow; ``picked`` carries the file, or nothing."""

    picked = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[FileCard] = []
        self._across = 3
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def set_files(
        self, rows: Sequence[AttachmentRow], names: dict[str, str], *, fresh: frozenset[UUID]
    ) -> None:
        """Show other files; ``fresh`` are those added since the return."""
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for row in rows:
            kind = names.get(f"attachment:{row.kind_code}", _("其他附件"))
            card = FileCard(row, kind, fresh=row.uid in fresh)
            card.clicked.connect(lambda on, card=card: self._pick(card, on=on))
            self.cards.append(card)
        self._place()

    def uncheck(self) -> None:
        """Mark no file as shown."""
        for card in self.cards:
            card.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put two abreast where three would cut the names."""
        super().resizeEvent(event)
        across = 3 if self.width() >= _THREE_ABREAST else 2
        if across != self._across:
            self._across = across
            self._place()

    def _place(self) -> None:
        for card in self.cards:
            self._grid.removeWidget(card)
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // self._across, place % self._across)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < self._across else 0)

    def _pick(self, card: FileCard, *, on: bool) -> None:
        for other in self.cards:
            if other is not card:
                other.setChecked(False)
        self.picked.emit(card.row if on else None)


def render_page(content: FileContent, page: int) -> tuple[QImage, int] | str | None:
    """Return page and page count, or plain text, or nothing to show; not for the GUI thread.

    QImage (unlike QPixmap) may be made in any thread.
    """
    kind = content.mime.partition(";")[0]
    if kind == "application/pdf" or content.data[:5] == b"%PDF-":
        return _pdf_page(content.data, page)
    if kind.startswith("image/"):
        image = QImage()
        return (image, 1) if image.loadFromData(content.data) else None
    if kind.startswith("text/"):
        return content.data.decode("utf-8", "replace").lstrip("\ufeff")
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
