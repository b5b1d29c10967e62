"""The left side of the inbox: title and counts, kinds, order, the bulk link, the list, notes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.queries.inbox import KIND_TITLES, ORDER_TITLES, InboxOrder, InboxPage
from govproc_desktop.views.inbox.task_list import TaskList
from govproc_desktop.views.kit.widgets import (
    Button,
    Label,
    Notice,
    Panel,
    SearchField,
    Segmented,
    icon_button,
)

WIDTH = 304
_TYPING_MS = 220


class ListPane(Panel):
    """Counts and list; ``questionChanged`` fires when another kind or order is asked for."""

    questionChanged = Signal()
    bulkAsked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(fill="", side="right", parent=parent)
        self.setFixedWidth(WIDTH)
        self.order = InboxOrder.LONGEST
        self._noted: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 10, 2)
        head.setSpacing(8)
        head.addWidget(Label(_("待办事项"), "heading"))
        self.count = Label("", "body", "text3")
        head.addWidget(self.count)
        head.addStretch(1)
        self.find_button = icon_button("search", _("查找（Ctrl+F）"))
        self.find_button.clicked.connect(self.open_search)
        head.addWidget(self.find_button)
        column.addLayout(head)
        column.addWidget(self._search_row())
        titles = [(key, _(title)) for key, title in KIND_TITLES.items()]
        self.kinds = Segmented([("", _("全部")), *titles])
        self.kinds.changed.connect(lambda _key: self.questionChanged.emit())
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 14, 0)
        row.addWidget(self.kinds)
        row.addStretch(1)
        column.addLayout(row)
        column.addLayout(self._order_row())
        self._notes = QVBoxLayout()
        self._notes.setContentsMargins(12, 0, 12, 0)
        self._notes.setSpacing(6)
        column.addLayout(self._notes)
        self.list = TaskList()
        column.addWidget(self.list, 1)

    def _search_row(self) -> QWidget:
        self.search = SearchField(_("项目或单位名称"), keycap="")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.questionChanged)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.leaveDown.connect(lambda: self.list.setFocus())
        self.search.returnPressed.connect(lambda: self.list.setFocus())
        self._search_holder = QWidget()
        row = QHBoxLayout(self._search_holder)
        row.setContentsMargins(16, 2, 14, 8)
        row.addWidget(self.search)
        self._search_holder.hide()
        return self._search_holder

    def open_search(self) -> None:
        """Show the search box and go there; a second time, emptied, puts it away."""
        if self._search_holder.isVisible() and not self.search.text():
            self._search_holder.hide()
            self.list.setFocus()
            return
        self._search_holder.show()
        self.search.setFocus()
        self.search.selectAll()

    def _order_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(8, 2, 14, 4)
        row.setSpacing(4)
        self.order_button = Button(_(ORDER_TITLES[self.order]), "ghost", trail="down", height=28)
        self.order_button.clicked.connect(self._choose_order)
        self.bulk = Button("", "link", height=28)
        self.bulk.clicked.connect(self.bulkAsked)
        self.bulk.hide()
        row.addWidget(self.order_button)
        row.addStretch(1)
        row.addWidget(self.bulk)
        return row

    def show_counts(self, page: InboxPage) -> None:
        """Show how many wait, of each kind, and how many could be passed together."""
        total = sum(page.counts.values())
        self.count.setText(_("{count} 件").format(count=f"{total:,}"))
        self.kinds.set_text("", _("全部 {count}").format(count=total))
        for key, title in KIND_TITLES.items():
            self.kinds.set_text(key, f"{_(title)} {page.counts.get(key, 0)}")
        self.bulk.setText(_("全绿的 {count} 件可成批同意").format(count=page.green))
        self.bulk.setAccessibleName(self.bulk.text())
        self.bulk.setVisible(page.green > 1)
        self.bulk.updateGeometry()
        self._show_notes(page.notes)

    def _show_notes(self, notes: Sequence[str]) -> None:
        if tuple(notes) == self._noted:
            return
        self._noted = tuple(notes)
        while self._notes.count():
            taken = self._notes.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.deleteLater()
        for note in notes:
            self._notes.addWidget(Notice(note, "warn"))

    @property
    def notes(self) -> tuple[str, ...]:
        """The sentences shown above the list."""
        return self._noted

    def _choose_order(self) -> None:
        menu = QMenu(self)
        for order, title in ORDER_TITLES.items():
            action = menu.addAction(_(title))
            action.setCheckable(True)
            action.setChecked(order == self.order)
            action.triggered.connect(lambda _on=False, order=order: self.set_order(order))
        menu.popup(self.order_button.mapToGlobal(self.order_button.rect().bottomLeft()))

    def set_order(self, order: InboxOrder) -> None:
        """Ask for another order."""
        self.order = order
        self.order_button.setText(_(ORDER_TITLES[order]))
        self.order_button.updateGeometry()
        self.questionChanged.emit()
