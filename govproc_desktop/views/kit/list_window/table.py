"""The table of a list: model, totals row, selection kept by key, what an empty list says."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from govproc_desktop.domain.money import from_fen, money_text
from govproc_desktop.i18n import _
from govproc_desktop.queries.listing import FieldKind, Order, Totals
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_model import Line, SqlListModel
from govproc_desktop.views.kit.spec import Column, ListWindow
from govproc_desktop.views.kit.tables import KitTableView, TotalsRow
from govproc_desktop.views.kit.widgets import Button, Label

MOST_CHOSEN = 500
"""Rows an action works on at once; more are counted and exported, not acted on."""

_Flag = QItemSelectionModel.SelectionFlag


class ListTable(QWidget):
    """Table and totals row over one model; ``sortAsked`` carries the field of a clicked head."""

    opened = Signal(str)
    previewed = Signal(str)
    chosenChanged = Signal()
    sortAsked = Signal(str)
    clearAsked = Signal()

    def __init__(self, desk: Desk, window: ListWindow, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._totals: Totals | None = None
        self._held: tuple[set[str], str] = (set(), "")
        self.model = SqlListModel(desk, window.query, self)
        self.view = KitTableView(row_height=window.row_height)
        self.view.setAccessibleName(_(window.title))
        self.view.setModel(self.model)
        self.totals = TotalsRow(self.view)
        self.totals.setVisible(any(each.total for each in window.columns))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.totals)
        self._fixed = {each.name for each in window.fixed(desk)} if window.fixed else set()
        self._nothing = _Nothing(_(window.empty), self.view.viewport())
        self._nothing.clear.clicked.connect(self.clearAsked)
        self.setFocusProxy(self.view)
        self._connect()

    def _connect(self) -> None:
        self.view.opened.connect(lambda index: self._tell(index, self.opened))
        self.view.previewed.connect(lambda index: self._tell(index, self.previewed))
        self.view.head.sectionClicked.connect(self._head_clicked)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.viewport().installEventFilter(self)
        self.model.summed.connect(self._take_totals)
        self.model.refreshed.connect(self._reselect)
        self.model.loaded.connect(self._loaded)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self.model.set_columns(columns)
        self.view.set_looks(self.model.looks())
        self._show_totals()

    def show_order(self, order: Sequence[Order]) -> None:
        """Put the arrow on the head the list is ordered by."""
        fields = [each.field for each in self.model.columns]
        if not order or order[0].field not in fields:
            self.view.head.setSortIndicatorShown(False)
            return
        down = Qt.SortOrder.DescendingOrder if order[0].descending else Qt.SortOrder.AscendingOrder
        self.view.head.setSortIndicatorShown(True)
        self.view.head.setSortIndicator(fields.index(order[0].field) + 1, down)

    def chosen(self) -> tuple[Line, ...]:
        """Return the chosen rows that have arrived, at most :data:`MOST_CHOSEN`."""
        made: list[Line] = []
        for part in self.view.selectionModel().selection().toList():
            for row in range(part.top(), min(part.bottom(), part.top() + MOST_CHOSEN) + 1):
                line = self.model.line(row)
                if line is not None:
                    made.append(line)
        return tuple(made[:MOST_CHOSEN])

    def chosen_count(self) -> int:
        """Return how many rows are chosen, arrived or not."""
        parts = self.view.selectionModel().selection().toList()
        return sum(part.bottom() - part.top() + 1 for part in parts)

    def refresh(self) -> None:
        """Read again; what is chosen stays chosen by its key."""
        current = self.model.line(self.view.currentIndex().row()) if self.model.rowCount() else None
        self._held = ({line.key for line in self.chosen()}, current.key if current else "")
        top = max(0, self.view.rowAt(0))
        bottom = self.view.rowAt(self.view.viewport().height() - 1)
        rows = set(self.model.rows_of(self._held[0]))
        self.model.refresh({top, bottom if bottom >= 0 else top, *rows})

    def _reselect(self) -> None:
        keys, current = self._held
        model, last = self.view.selectionModel(), self.model.columnCount() - 1
        wanted = QItemSelection()
        for row in self.model.rows_of(keys):
            wanted.select(self.model.index(row, 0), self.model.index(row, last))
        model.select(wanted, _Flag.ClearAndSelect | _Flag.Rows)
        for row in self.model.rows_of({current}):
            model.setCurrentIndex(self.model.index(row, 0), _Flag.NoUpdate)
        self.chosenChanged.emit()

    def _loaded(self) -> None:
        self._totals = None
        self._show_totals()
        self._nothing.hide()
        if self.model.rowCount():
            first = self.model.index(0, 0)
            self.view.selectionModel().setCurrentIndex(first, _Flag.NoUpdate)
        self.chosenChanged.emit()

    def _tell(self, index: QModelIndex, signal: object) -> None:
        line = self.model.line(index.row())
        if line is not None:
            signal.emit(line.key)  # type: ignore[attr-defined]

    def _head_clicked(self, section: int) -> None:
        if section > 0 and self.model.columns[section - 1].sortable:
            self.sortAsked.emit(self.model.columns[section - 1].field)

    def _selected(self) -> None:
        self._show_totals()
        self.chosenChanged.emit()

    def _take_totals(self, totals: Totals) -> None:
        self._totals = totals
        self._nothing.show_for(empty=totals.count == 0, narrowed=self._narrowed())
        self._show_totals()

    def _narrowed(self) -> bool:
        spec = self.model.spec
        return bool(spec.search or any(each.name not in self._fixed for each in spec.filters))

    def _show_totals(self) -> None:
        if self._totals is None:
            self.totals.set_totals("", {})
            return
        label = _("合计 {count} 条").format(count=f"{self._totals.count:,}")
        sums = {
            at: fmt.money(self._totals.sums[column.field])
            for at, column in enumerate(self.model.columns, 1)
            if column.total and column.field in self._totals.sums
        }
        self.totals.set_totals(label + self._chosen_text(), sums)

    def _chosen_text(self) -> str:
        count = self.chosen_count()
        if not count:
            return ""
        lines = self.chosen()
        summed = next((each for each in self.model.columns if each.total), None)
        if summed is None or len(lines) != count:
            return _("（已选 {count} 条）").format(count=f"{count:,}")
        much = sum((from_fen(int(each.values[summed.field])) for each in lines), Decimal(0))
        money = self._window.query.fields[summed.field].kind is FieldKind.MONEY
        return _("（已选 {count} 条 {much}）").format(
            count=count, much=money_text(much) if money else len(lines)
        )

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep what an empty list says in its middle."""
        if event.type() == QEvent.Type.Resize:
            self._nothing.setGeometry(self.view.viewport().rect())
        return False


class _Nothing(QWidget):
    def __init__(self, empty: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._empty = empty or _("还没有记录。")
        column = QVBoxLayout(self)
        column.addStretch(2)
        self.text = Label("", "body", "text2")
        self.clear = Button(_("清除条件"), "link")
        column.addWidget(self.text, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.hide()

    def show_for(self, *, empty: bool, narrowed: bool) -> None:
        """Say why there is nothing, or step aside."""
        words = _("没有符合条件的记录。") if narrowed else self._empty
        self.text.setText(words)
        self.clear.setVisible(narrowed)
        self.setVisible(empty)
