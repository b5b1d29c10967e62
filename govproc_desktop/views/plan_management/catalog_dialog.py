"""Pick categories from a catalogue version: a tree, a search box, ticks; one version at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QPainter,
    QShortcut,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from govproc_desktop.domain.catalog import Catalog, CatalogVersion, Category
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import draw_text, draw_tick_box, round_rect
from govproc_desktop.views.kit.widgets import Button, DialogFrame, Label, SearchField, Segmented
from govproc_desktop.views.plan_management.plan_form.data import Finder

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole.UserRole + 1
_MOST_FOUND = 200


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return one row."""
        return QSize(200, 34)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        """Draw chevron, box, code, name and unit."""
        category: Category = index.data(_ROLE)
        box = QRectF(option.rect)
        whole = QRectF(4, box.top() + 1, self._view.viewport().width() - 8, box.height() - 2)
        if option.state & QStyle.StateFlag.State_Selected:
            round_rect(painter, whole, 6, "sel")
        elif option.state & QStyle.StateFlag.State_MouseOver:
            round_rect(painter, whole, 6, "hover")
        x = box.left() + 6
        if category.is_leaf:
            state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
            draw_tick_box(painter, x, box.center().y() - 8, state)
        else:
            opened = self._view.isExpanded(index)
            draw_icon(
                painter, "down" if opened else "right", x, box.center().y() - 8, "text3", size=16
            )
        code = QRectF(x + 26, box.top(), 120, box.height())
        draw_text(painter, code, category.key.code, "body", "text2")
        name = QRectF(x + 150, box.top(), whole.right() - x - 220, box.height())
        draw_text(painter, name, category.name, "body" if category.is_leaf else "strong")
        unit = QRectF(whole.right() - 60, box.top(), 50, box.height())
        draw_text(painter, unit, category.unit if category.is_leaf else "", "note", "text3")


class CatalogTree(QTreeView):
    """Space and Enter tick a category or open a branch; so does a click."""

    toggled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setIndentation(20)
        self.setMouseTracking(True)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setItemDelegate(_RowDelegate(self))
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._act)

    def _act(self, index: QModelIndex) -> None:
        category: Category = index.data(_ROLE)
        if category.is_leaf:
            self.toggled.emit(category)
        else:
            self.setExpanded(index, not self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick or open the pointed row."""
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in keys and plain and self.currentIndex().isValid():
            self._act(self.currentIndex())
        else:
            super().keyPressEvent(event)


class CatalogDialog(DialogFrame):
    """``chosen`` carries the version and the ticked categories in the order they were ticked."""

    chosen = Signal(str, list)

    def __init__(
        self,
        catalog: Catalog,
        finders: dict[str, Finder],
        *,
        version: str,
        parent: QWidget | None = None,
    ) -> None:
        sub = _("同一编码在两版目录里可能是不同的东西，所以先看清版本。空格勾选，Ctrl+Enter 加入。")
        super().__init__(_("从品目目录选"), sub, width=760, parent=parent)
        self._catalog = catalog
        self._finders = finders
        self._version = version
        self._ticked: list[Category] = []
        top = QHBoxLayout()
        self.search = SearchField(_("编码、名称或首字母"))
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.leaveDown.connect(self._enter_tree)
        self.search.returnPressed.connect(self._enter_tree)
        top.addWidget(self.search, 1)
        self.versions = Segmented((("2022", _("2022 版")), ("2013", _("2013 版"))), version)
        self.versions.changed.connect(self._switch)
        top.addWidget(self.versions)
        self.body.addLayout(top)
        self.tree = CatalogTree()
        self.tree.setMinimumHeight(400)
        self.tree.toggled.connect(self._toggle)
        self.body.addWidget(self.tree, 1)
        self._add_foot()
        self._fill()
        self._count()
        self.search.setFocus()

    def _add_foot(self) -> None:
        self.told = Label("", "note", "text2")
        self.foot.addWidget(self.told)
        self.foot.addStretch(1)
        cancel = Button(_("取消"), keycap="Esc")
        cancel.clicked.connect(self.reject)
        self.take = Button("", "primary", icon="check", keycap="Ctrl Enter")
        self.take.clicked.connect(self.accept)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.take)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.take.click)

    def ticked(self) -> Sequence[Category]:
        """Return the ticked categories."""
        return tuple(self._ticked)

    def _switch(self, version: str) -> None:
        self._version = version
        self._ticked.clear()
        self._fill()
        self._count()

    def _rows(self) -> list[Category]:
        return [each for each in self._catalog if str(int(each.key.version)) == self._version]

    def _item(self, category: Category) -> QStandardItem:
        item = QStandardItem(f"{category.key.code} {category.name}")
        item.setData(category, _ROLE)
        on = category in self._ticked
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        return item

    def _fill(self) -> None:
        model = QStandardItemModel(self.tree)
        typed = self.search.text().strip()
        if typed:
            version = CatalogVersion(int(self._version))
            for found in self._finders[self._version].find(typed, most=_MOST_FOUND):
                model.appendRow(self._item(self._catalog.resolve(version, found.code)))
        else:
            self._fill_tree(model)
        self.tree.setModel(model)
        if typed:
            self.tree.setCurrentIndex(model.index(0, 0))
        elif len(self._rows()) < 120:
            self.tree.expandAll()

    def _fill_tree(self, model: QStandardItemModel) -> None:
        items: dict[str, QStandardItem] = {}
        for category in sorted(self._rows(), key=lambda each: each.key.code):
            item = items[category.key.code] = self._item(category)
            above = self._catalog.parent_of(category)
            parent = items.get(above.key.code) if above is not None else None
            (parent or model.invisibleRootItem()).appendRow(item)

    def _enter_tree(self) -> None:
        self.tree.setFocus()
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.tree.model().index(0, 0))

    def _toggle(self, category: Category) -> None:
        if category in self._ticked:
            self._ticked.remove(category)
        else:
            self._ticked.append(category)
        index = self.tree.currentIndex()
        on = category in self._ticked
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        self.tree.model().setData(index, state, Qt.ItemDataRole.CheckStateRole)
        self._count()

    def _count(self) -> None:
        self.take.setText(_("加入 {count} 行").format(count=len(self._ticked)))
        self.take.updateGeometry()
        self.take.set_reason(None if self._ticked else _("先勾选品目。"))
        self.told.setText("、".join(each.name for each in self._ticked[:4]))

    def accept(self) -> None:
        """Hand the ticked categories on."""
        if self._ticked:
            self.chosen.emit(self._version, list(self._ticked))
            super().accept()
