"""The pages on the desk and the small ones at the side, drawn from the PDF's own bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.paint import CENTER, draw_text, round_rect
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.kit.theme import color

A4 = QSize(595, 842)
_KEPT = 24
_WIDEST = 96 / 72
"""A page that follows the width stops growing at the size of the paper itself."""


def page_image(pdf: bytes, index: int, scale: float) -> QImage:
    """Return a page as an image; ``scale`` is dots per inch over 72. Not for the GUI thread."""
    from govproc_desktop.printing import raster

    pixels, width, height = raster.page_rgba(pdf, index, scale=scale)
    return QImage(pixels, width, height, width * 4, QImage.Format.Format_RGBX8888).copy()


class PageSource:
    """Makes page images in the paper lane and keeps the newest; GUI thread only."""

    def __init__(self, tasks: Tasks, owner: QWidget) -> None:
        self._tasks = tasks
        self._owner = owner
        self._pdf = b""
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._asked: set[tuple[int, int]] = set()
        self.count = 0
        self.size = A4

    def put(self, pdf: bytes, count: int, size: QSize) -> None:
        """Show another PDF."""
        self._pdf, self.count, self.size = pdf, count, size
        self._images.clear()
        self._asked.clear()

    def image(self, index: int, scale: float, done: Callable[[], None]) -> QImage | None:
        """Return a page's image, or nothing and call ``done`` when there is one."""
        key = (index, round(scale * 1000))
        found = self._images.get(key)
        if found is not None:
            self._images.move_to_end(key)
            return found
        if key not in self._asked:
            self._asked.add(key)
            pdf = self._pdf

            def arrived(image: QImage) -> None:
                if pdf is not self._pdf:
                    return
                self._images[key] = image
                while len(self._images) > _KEPT:
                    dropped, _image = self._images.popitem(last=False)
                    self._asked.discard(dropped)
                done()

            self._tasks.run(
                lambda: page_image(pdf, index, scale), arrived, owner=self._owner, lane="paper"
            )
        return None


class _Scroller(QAbstractScrollArea):
    """Pages one below the other; subclasses say how large and what stands around them."""

    def __init__(self, source: PageSource, ground: str) -> None:
        super().__init__()
        self._source = source
        self._ground = ground
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)

    def scale(self) -> float:
        """Return logical pixels per point."""
        raise NotImplementedError

    def gap(self) -> int:
        """Return the space between pages."""
        raise NotImplementedError

    def page_box(self, index: int) -> QRectF:
        """Return where a page lies, scrolled."""
        scale = self.scale()
        width, height = self._source.size.width() * scale, self._source.size.height() * scale
        left = max(self.gap() * 1.0, (self.viewport().width() - width) / 2)
        left -= self.horizontalScrollBar().value()
        top = self.gap() + index * (height + self.gap()) - self.verticalScrollBar().value()
        return QRectF(round(left), round(top), round(width), round(height))

    def measure(self) -> None:
        """Set the scroll bars to what there is."""
        scale = self.scale()
        step = self._source.size.height() * scale + self.gap()
        whole = int(self._source.count * step + self.gap())
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, whole - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(48)
        wide = int(self._source.size.width() * scale + 2 * self.gap())
        self.horizontalScrollBar().setRange(0, max(0, wide - self.viewport().width()))
        self.viewport().update()

    def visible(self) -> range:
        """Return the pages that can be seen."""
        step = self._source.size.height() * self.scale() + self.gap()
        first = int(self.verticalScrollBar().value() / step)
        last = int((self.verticalScrollBar().value() + self.viewport().height()) / step)
        return range(max(0, first), min(self._source.count, last + 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again."""
        super().resizeEvent(event)
        self.measure()

    def draw_page(self, painter: QPainter, index: int) -> None:
        """Draw one page, white in both looks."""
        box = self.page_box(index)
        painter.fillRect(box, color("paper"))
        ratio = self.devicePixelRatioF()
        image = self._source.image(index, self.scale() * ratio, self.viewport().update)
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, image)
        painter.setPen(QPen(color("line2"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(-0.5, -0.5, 0.5, 0.5))


class PageDesk(_Scroller):
    """The pages at reading size; ``pageShown`` carries the number of the page in view."""

    pageShown = Signal(int)
    zoomChanged = Signal()

    def __init__(self, source: PageSource) -> None:
        super().__init__(source, "desk")
        self._zoom = 0.0
        self.setAccessibleName(_("页面"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._moved)

    def gap(self) -> int:
        """Return the space around pages."""
        return 24

    def scale(self) -> float:
        """Return the chosen zoom, or what fills the width."""
        if self._zoom:
            return self._zoom
        room = self.viewport().width() - 2 * self.gap()
        return min(_WIDEST, max(0.2, room / max(1, self._source.size.width())))

    @property
    def fits_width(self) -> bool:
        """Whether the page follows the width."""
        return self._zoom == 0

    def percent(self) -> int:
        """Return the size on screen in per cent of the paper's."""
        return round(self.scale() * 72 / 96 * 100)

    def zoom(self, factor: float) -> None:
        """Show larger or smaller; 0 follows the width again."""
        self._zoom = min(4.0, max(0.25, self.scale() * factor)) if factor else 0.0
        self.measure()
        self.zoomChanged.emit()

    def current(self) -> int:
        """Return the page most of which is in view, from 0."""
        middle = self.viewport().height() / 2
        pages = list(self.visible())
        return next(
            (p for p in pages if self.page_box(p).bottom() >= middle), pages[-1] if pages else 0
        )

    def go_to(self, index: int) -> None:
        """Scroll to the top of a page."""
        step = self._source.size.height() * self.scale() + self.gap()
        self.verticalScrollBar().setValue(int(index * step))

    def _moved(self) -> None:
        self.viewport().update()
        self.pageShown.emit(self.current())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the desk and the pages in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), color(self._ground))
        for index in self.visible():
            self.draw_page(painter, index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.1 if event.angleDelta().y() > 0 else 1 / 1.1)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with the page keys, Home and End."""
        turn = {
            Qt.Key.Key_PageDown: self.current() + 1,
            Qt.Key.Key_PageUp: self.current() - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._source.count - 1,
        }.get(Qt.Key(event.key()))
        if turn is None:
            super().keyPressEvent(event)
        else:
            self.go_to(max(0, min(turn, self._source.count - 1)))


class Thumbnails(_Scroller):
    """The pages small; a click or the arrows go to one."""

    picked = Signal(int)
    WIDTH = 168

    def __init__(self, source: PageSource) -> None:
        super().__init__(source, "bg")
        self._current = 0
        self.setFixedWidth(self.WIDTH)
        self.setAccessibleName(_("缩略图"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def gap(self) -> int:
        """Leave room for the number below each page."""
        return 34

    def scale(self) -> float:
        """Return the size of a small page."""
        return 108 / max(1, self._source.size.width())

    def page_box(self, index: int) -> QRectF:
        """Return where a small page lies."""
        return super().page_box(index).translated(0, -10)

    def set_current(self, index: int) -> None:
        """Mark the page in view and keep it visible."""
        self._current = index
        box = self.page_box(index)
        bar = self.verticalScrollBar()
        if box.top() < 0:
            bar.setValue(bar.value() + int(box.top()) - 20)
        elif box.bottom() > self.viewport().height():
            bar.setValue(bar.value() + int(box.bottom() - self.viewport().height()) + 30)
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the small pages with their numbers, the current one framed."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), color(self._ground))
        for index in self.visible():
            self.draw_page(painter, index)
            box = self.page_box(index)
            current = index == self._current
            if current:
                round_rect(painter, box.adjusted(-6, -6, 6, 6), 6, line="accent", width=2)
            number = QRectF(box.left(), box.bottom() + 7, box.width(), 18)
            role = "column" if current else "note"
            token = "text" if current else "text2"
            draw_text(painter, number, str(index + 1), role, token, align=CENTER)
        painter.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), color("line"))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the page under the mouse."""
        for index in self.visible():
            if self.page_box(index).adjusted(-6, -6, 6, 24).contains(event.position()):
                self.picked.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down."""
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if by:
            self.picked.emit(max(0, min(self._current + by, self._source.count - 1)))
        else:
            super().keyPressEvent(event)
