"""The unfolded navigation tree: painted rows, mouse and keyboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import CENTER, draw_text, is_dark, round_rect
from govproc_desktop.views.kit.shell.nav_data import NavSection
from govproc_desktop.views.kit.type_scale import text_width

_Index = QModelIndex | QPersistentModelIndex
_ID: Final = Qt.ItemDataRole.UserRole + 1
_ICON: Final = Qt.ItemDataRole.UserRole + 2
_BADGE: Final = Qt.ItemDataRole.UserRole + 3


def draw_current(painter: QPainter, box: QRectF) -> None:
    """Draw the raised ground and the accent bar of the current entry."""
    round_rect(painter, box, 6, "nav_current", line="nav_line")
    bar = QRectF(box.left() + 3, box.center().y() - 7, 3, 14)
    round_rect(painter, bar, 1.5, "accent")


def draw_badge(painter: QPainter, right: float, middle: float, text: str, *, strong: bool) -> None:
    """Draw a count; strong ones (what waits for you) are filled."""
    width = max(20.0, text_width(text, "key") + 12)
    box = QRectF(right - width, middle - 9, width, 18)
    fill, line = ("accent", None) if strong else ("neutral_soft", "line2")
    round_rect(painter, box, 9, fill, line=line)
    draw_text(painter, box, text, "key", "onacc" if strong else "text2", align=CENTER)


class _NavDelegate(QStyledItemDelegate):
    def __init__(self, tree: NavTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Sections are 34 high, their windows 30."""
        return QSize(100, 30 if index.parent().isValid() else 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row over the whole width of the tree."""
        tree = self._tree
        row = QRectF(option.rect)
        row = QRectF(0, row.top(), tree.viewport().width(), row.height())
        box = row.adjusted(8, 1, -8, -1)
        top = not index.parent().isValid()
        branch = top and index.model().rowCount(index) > 0
        open_ = branch and tree.isExpanded(index)
        current = tree.is_current(index) and not open_
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current:
            draw_current(painter, box)
        elif tree.is_hovered(index):
            round_rect(painter, box, 6, "hover" if is_dark() else "line")
        if tree.hasFocus() and tree.currentIndex() == index:
            round_rect(painter, box, 6, line="accent", width=1.5)
        if top:
            token = "accent" if current else "text2"
            draw_icon(painter, str(index.data(_ICON)), box.left() + 12, box.center().y() - 9, token)
        if branch:
            name = "down" if open_ else "right"
            x, y = box.right() - 24, box.center().y() - 7
            draw_icon(painter, name, x, y, "text3", size=14)
        role = "strong" if current or open_ else "body"
        ink = "text" if top or current else "text2"
        words = box.adjusted(40, 0, -38, 0)
        draw_text(painter, words, str(index.data()), role, ink)
        if badge := str(index.data(_BADGE) or ""):
            right = box.right() - (30 if branch else 8)
            draw_badge(painter, right, box.center().y(), badge, strong=top and not branch)
        painter.restore()


class NavTree(QTreeView):
    """The tree of sections and windows; ``activated_id`` carries the id of a window."""

    activated_id = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nav")
        self._model = QStandardItemModel(self)
        self._items: dict[str, QStandardItem] = {}
        self._current = ""
        self._hover = QPersistentModelIndex()
        self.setModel(self._model)
        self.setItemDelegate(_NavDelegate(self))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)

    def set_sections(self, sections: tuple[NavSection, ...]) -> None:
        """Show other sections (rights have changed)."""
        self._model.clear()
        self._items = {}
        for section in sections:
            top = self._item(section.id, section.title, section.badge)
            top.setData(section.icon, _ICON)
            for child in section.children:
                top.appendRow(self._item(child.id, child.title, child.badge))
            self._model.appendRow(top)
        self.set_current(self._current)

    def _item(self, item_id: str, title: str, badge: str) -> QStandardItem:
        item = QStandardItem(title)
        item.setData(item_id, _ID)
        item.setData(badge, _BADGE)
        self._items[item_id] = item
        return item

    def set_current(self, item_id: str) -> None:
        """Mark a window as the one being shown and open its section."""
        self._current = item_id
        item = self._items.get(item_id)
        if item is not None and item.parent() is not None:
            self.expand(item.parent().index())
        if item is not None:
            self.setCurrentIndex(item.index())
        self.viewport().update()

    def set_badge(self, item_id: str, text: str) -> None:
        """Change a count; an unknown id is ignored (no right to see it)."""
        if item := self._items.get(item_id):
            item.setData(text, _BADGE)

    def is_current(self, index: _Index) -> bool:
        """Whether the row is the window shown, or the closed section holding it."""
        item_id = index.data(_ID)
        if item_id == self._current:
            return True
        item = self._items.get(self._current)
        return item is not None and item.parent() is not None and item.parent().data(_ID) == item_id

    def is_hovered(self, index: _Index) -> bool:
        """Whether the mouse is over the row."""
        return bool(self._hover == index)

    def _go(self, index: QModelIndex) -> None:
        if self._model.rowCount(index):
            self.setExpanded(index, not self.isExpanded(index))
        elif index.isValid():
            self.activated_id.emit(str(index.data(_ID)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to a window, or open and close a section."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._go(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the row under the mouse."""
        self._hover = QPersistentModelIndex(self.indexAt(event.position().toPoint()))
        self.viewport().update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the row under the mouse."""
        self._hover = QPersistentModelIndex()
        self.viewport().update()
        super().leaveEvent(event)
