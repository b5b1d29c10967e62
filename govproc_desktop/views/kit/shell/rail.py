"""The folded navigation: a rail of icons 56 wide, children in a popover."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import CENTER, draw_text, is_dark, round_rect
from govproc_desktop.views.kit.shell.nav_data import NavItem, NavSection
from govproc_desktop.views.kit.shell.nav_tree import draw_badge, draw_current
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.kit.widgets import Label, Mark, Popover, icon_button, scroll_area
from govproc_desktop.views.kit.widgets.marks import draw_avatar


class RailButton(QAbstractButton):
    """An icon of the rail with its count; the name is its tooltip."""

    def __init__(self, icon: str, title: str, badge: str = "") -> None:
        super().__init__()
        self._icon = icon
        self._badge = badge
        self.setCheckable(True)
        self.setFixedSize(56, 40)
        self.setToolTip(title)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_badge(self, text: str) -> None:
        """Change the count."""
        self._badge = text
        self.update()

    def nextCheckState(self) -> None:
        """The window shown decides what is current, not the click."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon and count."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(8, 2, 40, 36)
        if self.isChecked():
            draw_current(painter, box)
        elif self.underMouse():
            round_rect(painter, box, 6, "hover" if is_dark() else "line")
        if self.hasFocus():
            round_rect(painter, box, 6, line="accent", width=1.5)
        draw_icon(painter, self._icon, 18, 10, "accent" if self.isChecked() else "text2", size=20)
        if self._badge:
            width = max(16.0, text_width(self._badge, "key") + 8)
            badge = QRectF(54 - width, 2, width, 16)
            round_rect(painter, badge, 8, "accent")
            draw_text(painter, badge, self._badge, "key", "onacc", align=CENTER)


class MenuRow(QAbstractButton):
    """A row of a popover menu: words, count, optional icon."""

    def __init__(
        self, title: str, badge: str = "", *, icon: str = "", current: bool = False
    ) -> None:
        super().__init__()
        self._badge = badge
        self._icon = icon
        self._current = current
        self.setText(title)
        self.setFixedHeight(32)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return the painted size."""
        return QSize(int(text_width(self.text())) + 72, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw one entry."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(6, 1, -6, -1)
        if self.underMouse() or self.hasFocus():
            round_rect(painter, box, 6, "sel")
        left = 12
        if self._icon:
            draw_icon(painter, self._icon, box.left() + 10, box.center().y() - 9)
            left = 38
        role = "strong" if self._current else "body"
        draw_text(painter, box.adjusted(left, 0, -30, 0), self.text(), role)
        if self._badge:
            draw_badge(painter, box.right() - 8, box.center().y(), self._badge, strong=False)


class _RailUser(QAbstractButton):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(38, 38)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_name(self, name: str) -> None:
        """Show who works here."""
        self.setText(name)
        self.setToolTip(name)
        self.setAccessibleName(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc, ringed when pointed at or focused."""
        painter = QPainter(self)
        if self.underMouse() or self.hasFocus():
            line = "accent" if self.hasFocus() else "line2"
            round_rect(painter, self.rect(), 19, line=line, width=1.5)
        draw_avatar(painter, QRectF(4, 4, 30, 30), self.text()[:1])


class Rail(QWidget):
    """The icon rail; ``activated_id`` carries the id of a window."""

    activated_id = Signal(str)
    unfoldRequested = Signal()
    searchRequested = Signal()
    userMenuRequested = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(56)
        self._buttons: dict[str, RailButton] = {}
        self._sections: dict[str, NavSection] = {}
        self._current = ""
        self._badges: dict[str, str] = {}
        self._popover: Popover | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(0)
        column.addWidget(Mark(28), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        search = icon_button("search", _("找窗口、操作、单据（Ctrl+K）"))
        search.clicked.connect(self.searchRequested)
        column.addWidget(search, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        area: QScrollArea = scroll_area(holder)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(area, 1)
        unfold = icon_button("side", _("展开导航"))
        unfold.clicked.connect(self.unfoldRequested)
        column.addWidget(unfold, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        self.user_button = _RailUser()
        self.user_button.clicked.connect(self.userMenuRequested)
        column.addWidget(self.user_button, 0, Qt.AlignmentFlag.AlignHCenter)

    def set_user(self, name: str) -> None:
        """Show who works here."""
        self.user_button.set_name(name)

    def set_sections(self, sections: tuple[NavSection, ...]) -> None:
        """Show other sections."""
        while (old := self._list.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.deleteLater()
        self._sections = {section.id: section for section in sections}
        self._buttons = {}
        for section in sections:
            button = RailButton(section.icon, section.title, section.badge)
            button.clicked.connect(lambda _on, section=section: self._go(section))
            self._buttons[section.id] = button
            self._list.addWidget(button)
        self._list.addStretch(1)
        self.set_current(self._current)

    def set_current(self, item_id: str) -> None:
        """Mark the section of the window being shown."""
        self._current = item_id
        for section_id, section in self._sections.items():
            inside = item_id == section_id or any(child.id == item_id for child in section.children)
            self._buttons[section_id].setChecked(inside)

    def set_badge(self, item_id: str, text: str) -> None:
        """Change a count; counts of windows show in their section's menu."""
        self._badges[item_id] = text
        if button := self._buttons.get(item_id):
            button.set_badge(text)

    def _go(self, section: NavSection) -> None:
        if section.children:
            self._open_menu(section)
        else:
            self.activated_id.emit(section.id)

    def _open_menu(self, section: NavSection) -> None:
        popover = Popover(parent=self, nose=False)
        popover.body.setContentsMargins(0, 8, 0, 8)
        title = Label(section.title, "column", "text3")
        title.setContentsMargins(18, 2, 18, 4)
        popover.body.addWidget(title)
        for child in section.children:
            popover.body.addWidget(self._menu_row(child))
        self._popover = popover
        popover.show_under(self._buttons[section.id], QPoint(56, 0))

    def _menu_row(self, child: NavItem) -> MenuRow:
        badge = self._badges.get(child.id, child.badge)
        row = MenuRow(child.title, badge, current=child.id == self._current)
        row.clicked.connect(lambda: self._choose(child.id))
        return row

    def _choose(self, item_id: str) -> None:
        if self._popover is not None:
            self._popover.close()
            self._popover = None
        self.activated_id.emit(item_id)
