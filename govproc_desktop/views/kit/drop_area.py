"""A place to drop files on, or to choose them from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import draw_text, round_rect
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import text_width


def dropped_files(event: QDropEvent | QDragEnterEvent) -> list[Path]:
    """Return the local files of a drag; folders and links from the web are left out."""
    urls = event.mimeData().urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


class DropArea(QAbstractButton):
    """Takes dropped files (``dropped``); a click or Space asks to choose some (``clicked``)."""

    dropped = Signal(list)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(40)
        self.setAccessibleName(_("添加附件：把文件拖到这里，或选择文件"))

    def sizeHint(self) -> QSize:
        """Return a width that suits half a form."""
        return QSize(300, 40)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and nothing else."""
        if dropped_files(event):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Look at rest again."""
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on."""
        self._over = False
        self.update()
        event.acceptProposedAction()
        self.dropped.emit(dropped_files(event))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dashed frame and the words."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        round_rect(painter, box, 6, "soft" if self._over or self.underMouse() else "sunken")
        pen = QPen(color("accent" if self._over or self.hasFocus() else "edge"), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        first, second = _("把文件拖到这里，或 "), _("选择文件")
        width = 24 + text_width(first) + text_width(second, "strong")
        x = (self.width() - width) / 2
        draw_icon(painter, "upload", x, self.height() / 2 - 9, "text2")
        words = QRectF(x + 24, 0, text_width(first) + 2, self.height())
        draw_text(painter, words, first, "body", "text2")
        rest = QRectF(words.right() - 1, 0, text_width(second, "strong") + 2, self.height())
        draw_text(painter, rest, second, "strong", "accent")
