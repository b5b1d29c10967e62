"""The left side of the window: brand, search, navigation, sync line and person; folds to a rail."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import (
    draw_field_frame,
    draw_keycap,
    draw_text,
    is_dark,
    keycap_width,
    round_rect,
)
from govproc_desktop.views.kit.shell.nav_data import NavSection
from govproc_desktop.views.kit.shell.nav_tree import NavTree
from govproc_desktop.views.kit.shell.rail import Rail
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.kit.widgets import Dot, Label, Mark, icon_button
from govproc_desktop.views.kit.widgets.marks import draw_avatar

WIDTH = 232
RAIL_WIDTH = 56


class _SearchButton(QAbstractButton):
    def __init__(self) -> None:
        super().__init__()
        self.setText(_("找窗口、操作、单据"))
        self.setAccessibleName(self.text())
        self.setFixedHeight(32)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the painted size."""
        return QSize(212, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a field that opens the command search."""
        painter = QPainter(self)
        draw_field_frame(painter, self.rect(), "focus" if self.hasFocus() else "")
        draw_icon(painter, "search", 9, 7, "text3")
        key = "Ctrl K"
        width = keycap_width(key)
        words = QRectF(33, 0, self.width() - 33 - width - 12, 32)
        draw_text(painter, words, self.text(), "body", "text3")
        draw_keycap(painter, self.width() - 8 - width, 16, key)


class _UserButton(QAbstractButton):
    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._post = ""
        self.setFixedHeight(52)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_person(self, name: str, post: str) -> None:
        """Show who works here and in which post."""
        self._name = name
        self._post = post
        self.setAccessibleName(f"{name} {post}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the painted size."""
        return QSize(WIDTH, 52)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw disc, name and post under a line."""
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), color("line"))
        if self.underMouse() or self.hasFocus():
            box = QRectF(6, 5, self.width() - 12, 43)
            round_rect(painter, box, 6, "hover" if is_dark() else "line")
            if self.hasFocus():
                round_rect(painter, box, 6, line="accent", width=1.5)
        draw_avatar(painter, QRectF(14, 11, 30, 30), self._name[:1])
        room = self.width() - 54 - 34
        draw_text(painter, QRectF(54, 8, room, 20), self._name, "strong")
        draw_text(painter, QRectF(54, 26, room, 18), self._post, "note", "text3")
        draw_icon(painter, "down", self.width() - 30, 18, "text3", size=16)


class SideBar(QWidget):
    """Navigation in both shapes, kept in step; ids go out by ``itemActivated``."""

    itemActivated = Signal(str)
    searchRequested = Signal()
    userMenuRequested = Signal()
    foldRequested = Signal(bool)

    def __init__(
        self, sections: tuple[NavSection, ...] = (), *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tree = NavTree()
        self._rail = Rail()
        self.user_button = _UserButton()
        self._sync = Label("", "note", "text2")
        self._place = Label("", "note", "text3")
        self._dot = Dot("ok")
        self._full = self._build_full()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._full)
        self._stack.addWidget(self._rail)
        self._tree.activated_id.connect(self.itemActivated)
        self._rail.activated_id.connect(self.itemActivated)
        self._rail.unfoldRequested.connect(lambda: self.foldRequested.emit(False))
        self._rail.searchRequested.connect(self.searchRequested)
        self._rail.userMenuRequested.connect(self.userMenuRequested)
        self.user_button.clicked.connect(self.userMenuRequested)
        self.set_sections(sections)
        self.set_folded(folded=False)

    def _build_full(self) -> QWidget:
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        brand = QHBoxLayout()
        brand.setContentsMargins(14, 0, 8, 0)
        brand.setSpacing(10)
        brand.addWidget(Mark(28))
        brand.addWidget(Label(_("政采桌面"), "lead_bold"))
        brand.addStretch(1)
        fold = icon_button("side", _("收起导航"), height=28)
        fold.clicked.connect(lambda: self.foldRequested.emit(True))
        brand.addWidget(fold)
        column.addLayout(brand)
        search = _SearchButton()
        search.clicked.connect(self.searchRequested)
        row = QHBoxLayout()
        row.setContentsMargins(10, 0, 10, 0)
        row.addWidget(search)
        column.addLayout(row)
        column.addWidget(self._tree, 1)
        column.addLayout(self._sync_line())
        column.addWidget(self.user_button)
        return full

    def _sync_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 14, 2)
        line.setSpacing(8)
        line.addWidget(self._dot)
        line.addWidget(self._sync)
        line.addStretch(1)
        line.addWidget(self._place)
        return line

    def set_sections(self, sections: tuple[NavSection, ...]) -> None:
        """Show other sections (somebody else has signed in, rights have changed)."""
        self._tree.set_sections(sections)
        self._rail.set_sections(sections)

    def set_current(self, item_id: str) -> None:
        """Mark the window being shown."""
        self._tree.set_current(item_id)
        self._rail.set_current(item_id)

    def set_badge(self, item_id: str, text: str) -> None:
        """Change the count beside a window; an empty text takes it away."""
        self._tree.set_badge(item_id, text)
        self._rail.set_badge(item_id, text)

    def set_sync(self, text: str, tone: str = "ok", *, place: str = "") -> None:
        """Say how things stand with the office: 已同步 09:42, 离线…; tone ok, warn or danger."""
        self._sync.setText(text)
        self._dot.set_token(tone)
        self._place.setText(place)
        room = WIDTH - 60 - text_width(text, "note")
        self._place.setVisible(text_width(place, "note") < room)

    def set_person(self, name: str, post: str) -> None:
        """Show who works here and in which post."""
        self.user_button.set_person(name, post)
        self._rail.set_user(name)

    def set_folded(self, *, folded: bool) -> None:
        """Show the rail, or the whole tree."""
        self._stack.setCurrentIndex(1 if folded else 0)
        self.setFixedWidth(RAIL_WIDTH if folded else WIDTH)

    def user_anchor(self) -> QWidget:
        """Return what the person's menu should be shown at, in either shape."""
        return self._rail.user_button if self.folded else self.user_button

    @property
    def folded(self) -> bool:
        """Whether the rail is shown."""
        return self._stack.currentIndex() == 1
