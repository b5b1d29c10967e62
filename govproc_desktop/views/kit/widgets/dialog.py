"""The dialog: a raised sheet over a darkened window, with a head, a body and a sunken foot."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.guard import guarded
from govproc_desktop.views.kit.paint import SHADOW_ROOM, draw_shadow
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.widgets.buttons import icon_button
from govproc_desktop.views.kit.widgets.marks import Label

_RADIUS = 10


class _Scrim(QWidget):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Darken the window below."""
        QPainter(self).fillRect(self.rect(), color("scrim"))


class _Foot(QWidget):
    def __init__(self, height: int) -> None:
        super().__init__()
        self.setFixedHeight(height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sunken ground with the sheet's lower corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 0, -1, -1)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(box, _RADIUS - 1, _RADIUS - 1)
        path.addRect(QRectF(box.left(), box.top(), box.width(), box.height() / 2))
        painter.fillPath(path.simplified(), color("sunken"))
        painter.setPen(QPen(color("line2"), 1))
        painter.drawLine(1, 0, self.width() - 1, 0)


class DialogFrame(QDialog):
    """A modal dialog of the product; add to ``body`` (a column) and ``foot`` (a row).

    The head drags the dialog; Esc rejects it. Tests open it with ``open()`` and never ``exec()``.
    """

    def __init__(
        self, title: str, sub: str = "", *, width: int = 520, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(title)
        self.setFixedWidth(width + 2 * SHADOW_ROOM)
        self._scrim: _Scrim | None = None
        self._grip: QPoint | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SHADOW_ROOM, SHADOW_ROOM, SHADOW_ROOM, SHADOW_ROOM)
        outer.setSpacing(0)
        outer.addLayout(self._head(title, sub))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(24, 0, 24, 16)
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)
        foot = _Foot(64)
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(24, 0, 24, 0)
        self.foot.setSpacing(8)
        outer.addWidget(foot)

    def _head(self, title: str, sub: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(24, 14, 14, 12)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(Label(title, "heading"))
        if sub:
            words.addWidget(Label(sub, "note", "text3", wrap=True))
        head.addLayout(words, 1)
        close = icon_button("x", _("关闭"))
        close.clicked.connect(self.reject)
        self._close_button = close
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def sizeHint(self) -> QSize:
        """Return the height the sentences need at the dialog's width, not at Qt's narrower one."""
        wanted = super().sizeHint()
        layout = self.layout()
        if layout is None or not layout.hasHeightForWidth():
            return wanted
        width = self.minimumWidth()
        return QSize(width, layout.totalHeightForWidth(width))

    def showEvent(self, event: QShowEvent) -> None:
        """Darken the window and stand in its middle."""
        super().showEvent(event)
        self._focus_first()
        parent = self.parentWidget()
        window = parent.window() if parent is not None else None
        if window is not None and window is not self:
            self._scrim = _Scrim(window)
            self._scrim.show()
            self._scrim.raise_()
            self.adjustSize()
            middle = window.mapToGlobal(window.rect().center())
            self.move(middle - self.rect().center())

    def _focus_first(self) -> None:
        # the first field, not the × that stands before it
        focused = self.focusWidget()
        if focused is not None and focused is not self._close_button:
            return
        widget = self._close_button.nextInFocusChain()
        while widget is not None and widget is not self._close_button:
            takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes and widget.isVisibleTo(self) and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return
            widget = widget.nextInFocusChain()

    def done(self, result: int) -> None:
        """Close and let the window be bright again."""
        self._clear_scrim()
        super().done(result)

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the window be bright again."""
        self._clear_scrim()
        super().closeEvent(event)

    def _clear_scrim(self) -> None:
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the head."""
        if event.position().y() < SHADOW_ROOM + 64:
            self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move with the head."""
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the head."""
        self._grip = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw shadow and sheet."""
        painter = QPainter(self)
        margin = SHADOW_ROOM
        box = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        draw_shadow(painter, box, _RADIUS)
        painter.setBrush(color("raised"))
        painter.setPen(QPen(color("line2"), 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
