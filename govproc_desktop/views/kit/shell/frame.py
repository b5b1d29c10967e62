"""The application's frame: side bar, strip of open windows and the sheet that holds them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.paint import sheet_path
from govproc_desktop.views.kit.shell.nav_data import NavSection
from govproc_desktop.views.kit.shell.side_bar import SideBar
from govproc_desktop.views.kit.shell.tab_strip import TabStrip
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.widgets import icon_button

FOLD_BELOW = 1360


class Sheet(QWidget):
    """The white ground of the pages; only its top left corner is round."""

    def __init__(self, content: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 0, 0)
        column.addWidget(content)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color("surface"))
        painter.setPen(QPen(color("line"), 1))
        box = QRectF(0.5, 0.5, self.width() + 2, self.height() + 2)
        painter.drawPath(sheet_path(box, 10))


class ShellFrame(QWidget):
    """Side bar, tabs and pages. Pages are known by id; closing one is asked, never done.

    The side bar folds by itself below 1360 px and on the pages named in ``rail_pages``.
    Without ``syncs`` there is no button to exchange packages with the office.
    """

    pageChanged = Signal(str)
    closeRequested = Signal(str)
    syncRequested = Signal()
    noticesRequested = Signal()
    helpRequested = Signal()

    def __init__(
        self,
        sections: tuple[NavSection, ...] = (),
        *,
        rail_pages: frozenset[str] = frozenset(),
        syncs: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.side = SideBar(sections)
        self.tabs = TabStrip()
        self._rail_pages = rail_pages
        self._wish: bool | None = None
        self._pages: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._top_bar(syncs=syncs))
        right.addWidget(Sheet(self._stack), 1)
        row.addLayout(right, 1)
        # keeps the first button from taking the focus, and its ring, when the window opens
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()
        self.tabs.picked.connect(self._show)
        self.tabs.closeRequested.connect(self.closeRequested)
        self.side.foldRequested.connect(self._wish_fold)

    def _top_bar(self, *, syncs: bool) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(40)
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(2)
        row.addWidget(self.tabs, 1, Qt.AlignmentFlag.AlignBottom)
        for name, label, signal in (
            ("sync", _("与办公室同步"), self.syncRequested),
            ("bell", _("消息"), self.noticesRequested),
            ("help", _("帮助（F1）"), self.helpRequested),
        ):
            button = icon_button(name, label)
            button.clicked.connect(signal)
            if name == "sync" and not syncs:
                button.hide()
            row.addWidget(button)
        return bar

    def add_page(self, page_id: str, title: str, page: QWidget, *, closable: bool = True) -> None:
        """Open a page in a new tab and go to it; an id already open is only gone to."""
        if page_id not in self._pages:
            self._pages[page_id] = page
            self._stack.addWidget(page)
            self.tabs.open_tab(page_id, title, closable=closable)
        self.show_page(page_id)

    def remove_page(self, page_id: str) -> None:
        """Take a page and its tab away; the page is deleted later."""
        page = self._pages.pop(page_id)
        self.tabs.close_tab(page_id)
        self._stack.removeWidget(page)
        page.deleteLater()

    def show_page(self, page_id: str) -> None:
        """Go to an open page."""
        place = self.tabs.place_of(page_id)
        if place == self.tabs.currentIndex():
            self._show(page_id)
        else:
            self.tabs.setCurrentIndex(place)

    def page(self, page_id: str) -> QWidget | None:
        """Return an open page, or None."""
        return self._pages.get(page_id)

    def page_ids(self) -> tuple[str, ...]:
        """Return the ids of all open pages, in tab order."""
        return tuple(self.tabs.id_at(place) for place in range(self.tabs.count()))

    def current_id(self) -> str:
        """Return the id of the page shown, or an empty text."""
        return self.tabs.id_at(self.tabs.currentIndex())

    def set_dirty(self, page_id: str, *, dirty: bool = True) -> None:
        """Mark a page as holding unsaved work, or as saved."""
        self.tabs.set_dirty(page_id, dirty=dirty)

    def set_title(self, page_id: str, title: str) -> None:
        """Change a page's tab title."""
        place = self.tabs.place_of(page_id)
        self.tabs.setTabText(place, title)
        self.tabs.setTabToolTip(place, title)

    def _show(self, page_id: str) -> None:
        page = self._pages.get(page_id)
        if page is None:
            return
        self._stack.setCurrentWidget(page)
        if page.focusProxy() is not None or page.focusPolicy() != Qt.FocusPolicy.NoFocus:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        # a page opened from a window (id "contract/…") keeps that window's entry marked
        self.side.set_current(page_id.partition("/")[0])
        self._fold()
        self.pageChanged.emit(page_id)

    def _wish_fold(self, folded: bool) -> None:
        self._wish = folded
        self._fold()

    def _fold(self) -> None:
        narrow = self.width() < FOLD_BELOW
        folded = narrow or self.current_id() in self._rail_pages
        if self._wish is not None:
            folded = self._wish
        if folded != self.side.folded:
            self.side.set_folded(folded=folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold or unfold the side bar when the width crosses the limit."""
        super().resizeEvent(event)
        crossed = (event.oldSize().width() < FOLD_BELOW) != (self.width() < FOLD_BELOW)
        if crossed:
            self._wish = None
        self._fold()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the desk everything lies on."""
        QPainter(self).fillRect(self.rect(), color("bg"))
