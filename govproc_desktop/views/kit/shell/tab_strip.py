"""The strip of open windows: the first stays, the others close; a dot marks unsaved work."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QTabBar, QToolButton, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import draw_icon, icon
from govproc_desktop.views.kit.paint import draw_text, round_rect
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import font, text_width

_WIDEST = 190
_NARROWEST = 84


class TabStrip(QTabBar):
    """Tabs by id. ``picked`` and ``closeRequested`` carry it; closing is the owner's decision."""

    picked = Signal(str)
    closeRequested = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dirty: set[str] = set()
        self._fixed: set[str] = set()
        self._hot_cross = -1
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setMouseTracking(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFont(font("body"))
        self.setFixedHeight(40)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(self._tell)
        self._dress_scrollers()

    def _dress_scrollers(self) -> None:
        for name, symbol, label in (
            ("ScrollLeftButton", "left", _("前面的窗口")),
            ("ScrollRightButton", "right", _("后面的窗口")),
        ):
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setArrowType(Qt.ArrowType.NoArrow)
                button.setIcon(icon(symbol))
                button.setAutoRaise(True)
                button.setAccessibleName(label)
                button.setToolTip(label)

    def tabLayoutChange(self) -> None:
        """Dress the scroll buttons again: Qt gives them its own arrows with every layout."""
        super().tabLayoutChange()
        self._dress_scrollers()

    def _tell(self, place: int) -> None:
        if place >= 0:
            self.picked.emit(self.id_at(place))

    def id_at(self, place: int) -> str:
        """Return the id of the tab at a place, or an empty text."""
        return str(self.tabData(place) or "")

    def place_of(self, tab_id: str) -> int:
        """Return where a tab stands, or -1."""
        return next((place for place in range(self.count()) if self.id_at(place) == tab_id), -1)

    def open_tab(self, tab_id: str, title: str, *, closable: bool = True) -> None:
        """Add a tab at the end without going to it."""
        if not closable:
            self._fixed.add(tab_id)
        self.blockSignals(True)
        place = self.addTab(title)
        self.setTabData(place, tab_id)
        self.setTabToolTip(place, title)
        self.blockSignals(False)

    def close_tab(self, tab_id: str) -> None:
        """Take a tab away."""
        self._dirty.discard(tab_id)
        self._fixed.discard(tab_id)
        self.removeTab(self.place_of(tab_id))

    def set_dirty(self, tab_id: str, *, dirty: bool) -> None:
        """Show or take away the dot of unsaved work."""
        (self._dirty.add if dirty else self._dirty.discard)(tab_id)
        place = self.place_of(tab_id)
        self.setTabText(place, self.tabText(place))
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        """Make room for dot and ×; long titles end in …."""
        tab_id = self.id_at(index)
        # many tabs first grow narrow, then scroll
        share = max(_NARROWEST, self.width() // max(1, self.count()) - 62)
        widest = min(_WIDEST, share)
        width = min(widest, int(text_width(self.tabText(index), "strong")) + 1)
        width += 34 if tab_id in self._fixed else 56
        return QSize(width + (14 if tab_id in self._dirty else 0), 40)

    def minimumTabSizeHint(self, index: int) -> QSize:
        """Let Qt scroll rather than squeeze."""
        return self.tabSizeHint(index)

    def _cross(self, place: int) -> QRectF:
        box = QRectF(self.tabRect(place))
        return QRectF(box.right() - 30, box.center().y() - 7, 20, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tabs, the current one joined to the sheet below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self.count()):
            self._paint_tab(painter, place)

    def _paint_tab(self, painter: QPainter, place: int) -> None:
        box = QRectF(self.tabRect(place)).adjusted(2, 6, -2, 0)
        tab_id = self.id_at(place)
        current = place == self.currentIndex()
        if current:
            painter.setBrush(color("surface"))
            painter.setPen(QPen(color("line"), 1))
            painter.drawPath(_tab_path(box))
            if self.hasFocus():
                inner = box.adjusted(5, 5, -5, -5)
                round_rect(painter, inner, 4, line="accent", width=1.5)
        x = box.left() + 14
        if tab_id in self._dirty:
            round_rect(painter, QRectF(x, box.center().y() - 3, 7, 7), 3.5, "warn")
            x += 14
        room = QRectF(x, box.top(), box.right() - x - 10, box.height())
        if tab_id not in self._fixed:
            room.adjust(0, 0, -18, 0)
            cross = self._cross(place)
            hot = self._hot_cross == place
            if hot:
                round_rect(painter, cross, 4, "hover" if current else "line")
            token = "text" if hot else "text3"
            draw_icon(painter, "x", cross.left() + 3, cross.top() + 3, token, size=14)
        role, ink = ("strong", "text") if current else ("body", "text2")
        # titles of one kind begin alike; their ends tell them apart
        middle = Qt.TextElideMode.ElideMiddle
        draw_text(painter, room, self.tabText(place), role, ink, elide=middle)

    def _close_at(self, event: QMouseEvent) -> str:
        place = self.tabAt(event.position().toPoint())
        tab_id = self.id_at(place)
        if not tab_id or tab_id in self._fixed:
            return ""
        middle = event.button() == Qt.MouseButton.MiddleButton
        return tab_id if middle or self._cross(place).contains(event.position()) else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep a press on × from changing the current tab."""
        if not self._close_at(event):
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask to close on × or with the middle button."""
        if tab_id := self._close_at(event):
            self.closeRequested.emit(tab_id)
        else:
            super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point out the × under the mouse."""
        place = self.tabAt(event.position().toPoint())
        hot = place if place >= 0 and self._cross(place).contains(event.position()) else -1
        if hot != self._hot_cross:
            self._hot_cross = hot
            self.update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the × under the mouse."""
        self._hot_cross = -1
        self.update()
        super().leaveEvent(event)


def _tab_path(box: QRectF) -> QPainterPath:
    left, top, right, low = box.left() + 0.5, box.top() + 0.5, box.right() - 0.5, box.bottom() + 2
    path = QPainterPath()
    path.moveTo(left, low)
    path.lineTo(left, top + 8)
    path.arcTo(QRectF(left, top, 16, 16), 180, -90)
    path.lineTo(right - 8, top)
    path.arcTo(QRectF(right - 16, top, 16, 16), 90, -90)
    path.lineTo(right, low)
    return path
