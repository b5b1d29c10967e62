"""The page of a list: head, views, filters, table, status; everything by keyboard.

Ctrl+F searches, ↓ goes to the rows, Enter opens, Space previews, F5 reads again, and each action
has its own key. GUI thread only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QKeyCombination, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from govproc_desktop.domain.errors import AppError
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries import listing
from govproc_desktop.queries.listing import Criterion, ListSpec, Order, Totals
from govproc_desktop.queries.lookups import CodeParams, codes
from govproc_desktop.queries.registry import Reader
from govproc_desktop.queries.views import ViewRow, ViewsParams, saved_views
from govproc_desktop.services.context import Changes
from govproc_desktop.views.kit.actions import Needs, RowAction
from govproc_desktop.views.kit.batch_print import print_many
from govproc_desktop.views.kit.columns_dialog import ColumnsDialog
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.filters import Options
from govproc_desktop.views.kit.list_window.bar import FilterBar
from govproc_desktop.views.kit.list_window.exporter import Exporter
from govproc_desktop.views.kit.list_window.head import ListHead
from govproc_desktop.views.kit.list_window.keeper import ViewKeeper
from govproc_desktop.views.kit.list_window.missing import Answers, MissingSheet, hidden_by
from govproc_desktop.views.kit.list_window.status import StatusLine
from govproc_desktop.views.kit.list_window.table import ListTable
from govproc_desktop.views.kit.list_window.view_tabs import ViewTabs, unpack
from govproc_desktop.views.kit.spec import ChoiceFilter, ListWindow, Values
from govproc_desktop.views.kit.why import show_why

EXPORT = "export"
COLUMNS = "columns"


@dataclass(frozen=True, kw_only=True)
class _Names:
    options: dict[str, Options]
    codes: dict[str, dict[str, str]]
    views: list[ViewRow]


class ListPage(QWidget):
    """One list window at work. ``opened`` and ``previewed`` carry a record's uid."""

    opened = Signal(str)
    previewed = Signal(str)

    def __init__(
        self, desk: Desk, window: ListWindow, params: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__()
        self.desk = desk
        self.window_spec = window
        self.setWindowTitle(_(window.title))
        self._fixed = window.fixed(desk) if window.fixed is not None else ()
        self._order = window.default_order or window.query.order
        self._all = 0
        self._stale = False
        self._actions = {each.id: each for each in (*window.actions, *_own_actions())}
        self._build()
        self.exporter = Exporter(self)
        self.keeper = ViewKeeper(self)
        self._connect()
        self.table.set_columns([each for each in window.columns if not each.hidden])
        self._read_names()
        if params:
            self.take(params)
        else:
            self.show_view(self.tabs.current)

    def _build(self) -> None:
        window = self.window_spec
        self.head = ListHead(_(window.title), tuple(self._actions.values()), parent=self)
        self.tabs = ViewTabs(window.views, parent=self)
        hint = _(window.search_hint) if window.search_hint else _("搜索")
        self.bar = FilterBar(window.filters, hint, missing=True, parent=self)
        self.table = ListTable(self.desk, window, parent=self)
        self.status = StatusLine(
            _("金额单位：元") + "  •  " + _("双击或 Enter 打开，空格预览，F5 刷新"), parent=self
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.tabs, self.bar):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.status)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.head.triggered.connect(self.trigger)
        self.head.whyAsked.connect(self._explain)
        self.tabs.chosen.connect(self.show_view)
        self.tabs.saveAsked.connect(self.keeper.save)
        self.tabs.deleteAsked.connect(self.keeper.delete)
        self.bar.changed.connect(self._ask)
        self.bar.leaveDown.connect(self.table.view.setFocus)
        self.bar.missingAsked.connect(self._ask_missing)
        self.table.opened.connect(self._open)
        self.table.previewed.connect(self._preview)
        self.table.chosenChanged.connect(self._judge)
        self.table.sortAsked.connect(self._sort)
        self.table.clearAsked.connect(self.bar.clear_all)
        self.table.model.summed.connect(self._take_totals)
        self.desk.notices.changed.connect(self._noticed)

    def show_question(
        self, *, search: str = "", filters: Sequence[Criterion] = (), order: Sequence[Order] = ()
    ) -> None:
        """Show other search words, filters and order, and ask at once."""
        self._order = tuple(order) or self.window_spec.default_order or self.window_spec.query.order
        self.bar.show_question(search, filters)
        self._ask()

    def take(self, params: Mapping[str, Any]) -> None:
        """Take the parameters the window is opened with: ``search``, ``filters``, ``view``."""
        self.tabs.pick(str(params.get("view", "")))
        view = self.tabs.question(self.tabs.current)
        self.show_question(
            search=str(params.get("search", "")),
            filters=tuple(params.get("filters", () if "search" in params else view.spec.filters)),
            order=view.spec.order,
        )

    def refresh(self) -> None:
        """Read again; what is chosen and where one is stays."""
        self._stale = False
        self.table.refresh()
        self._count_views()

    def new(self) -> None:
        """Run the window's action for a new record (Ctrl+N), if it has one."""
        for action in self._actions.values():
            if action.primary:
                self.trigger(action.id)

    def rows(self) -> tuple[Values, ...]:
        """Return the chosen rows' values."""
        return tuple(line.values for line in self.table.chosen())

    def spec(self) -> ListSpec:
        """Return the question in force, with the list's own criteria."""
        return ListSpec(
            search=self.bar.words(), filters=(*self._fixed, *self.bar.criteria()), order=self._order
        )

    def send(self, cmd: object, *, name: str = "") -> None:
        """Send a command of an action; a refusal is shown with the record's name."""

        def failed(fault: AppError) -> None:
            if name:
                self.status.say_done(_("《{name}》没有办成。").format(name=name[:30]))
            self.desk.asker.error(fault)

        self.desk.send(cmd, None, owner=self, failed=failed)

    def trigger(self, action_id: str) -> None:
        """Do an action, or say why it cannot be done."""
        action, rows = self._actions[action_id], self.rows()
        if action.why_not(rows, self.desk.context.actor):
            self._explain(action_id)
        elif action_id == EXPORT:
            self.exporter.ask()
        elif action_id == COLUMNS:
            self._choose_columns()
        else:
            action.run(self, rows)

    def _ask(self) -> None:
        self.table.model.load(self.spec())
        self.table.show_order(self._order)
        self._count_views()
        self.status.say_fresh(self.desk.context.clock())

    def show_view(self, key: str) -> None:
        """Ask what a view asks, with its columns."""
        stored = self.tabs.question(key)
        if stored.columns:
            self.show_columns(stored.columns)
        self.show_question(
            search=stored.spec.search, filters=stored.spec.filters, order=stored.spec.order
        )

    def _sort(self, field: str) -> None:
        first = self._order[0] if self._order else None
        if first is not None and first.field == field:
            down = not first.descending
        else:
            kind = self.window_spec.query.fields[field].kind
            down = kind in (listing.FieldKind.MONEY, listing.FieldKind.DAY)
        self._order = (Order(field=field, descending=down),)
        self._ask()

    def _count_views(self) -> None:
        query, fixed = self.window_spec.query, self._fixed
        views = {key: self.tabs.question(key).spec for key in self.tabs.view_keys()}

        def count(reader: Reader) -> tuple[int, dict[str, int]]:
            counts = {
                key: listing.count(
                    reader, query, ListSpec(search=spec.search, filters=(*fixed, *spec.filters))
                )
                for key, spec in views.items()
            }
            return listing.count(reader, query, ListSpec(filters=fixed)), counts

        self.desk.read(count, self._take_counts, owner=self, era="counts")

    def _take_counts(self, counts: tuple[int, dict[str, int]]) -> None:
        self._all = counts[0]
        self.tabs.set_counts(counts[1])
        self._tell_count()

    def _take_totals(self, totals: Totals) -> None:
        self._tell_count()
        self.status.say_fresh(self.desk.context.clock())
        del totals

    def _tell_count(self) -> None:
        self.bar.set_counts(
            self.table.model.rowCount(), max(self._all, self.table.model.rowCount())
        )

    def _read_names(self) -> None:
        window = self.window_spec
        choices = [each for each in window.filters if isinstance(each, ChoiceFilter)]

        def names(reader: Reader) -> _Names:
            return _Names(
                options={each.name: each.options(reader) for each in choices},
                codes={kind: codes(reader, CodeParams(kind=kind)) for kind in window.code_tables},
                views=saved_views(reader, ViewsParams(list_id=window.id)),
            )

        self.desk.read(names, self._take_names, owner=self, era="names")

    def _take_names(self, names: _Names) -> None:
        self.table.model.set_names(names.codes)
        self.bar.set_options(names.options)
        self.tabs.set_saved(names.views)
        for row in names.views:
            if not row.name and (columns := unpack(row.body).columns):
                self.show_columns(columns)
        self._count_views()

    def show_columns(self, fields: Sequence[str]) -> None:
        """Show these columns, as far as the window has them."""
        known = {each.field: each for each in self.window_spec.columns}
        columns = [known[name] for name in fields if name in known]
        if columns:
            self.table.set_columns(columns)
            self.table.show_order(self._order)

    def fields(self) -> tuple[str, ...]:
        """Return the fields of the columns shown."""
        return tuple(each.field for each in self.table.model.columns)

    def _choose_columns(self) -> None:
        dialog = ColumnsDialog(
            self.window_spec.columns, self.fields(), self.keeper.keep_columns, parent=self
        )
        dialog.open()

    def _judge(self) -> None:
        self.head.judge(self.rows(), self.desk.context.actor)

    def _explain(self, action_id: str) -> None:
        action = self._actions[action_id]
        checks = action.why_not(self.rows(), self.desk.context.actor)
        if checks:
            title = _("为什么不能{verb}？").format(verb=_(action.title))
            show_why(self.head.buttons[action_id], title, checks=checks, go=self._go)

    def _go(self, target: str) -> None:
        kind, _colon, rest = target.partition(":")
        if kind == "filter":
            left = tuple(each for each in self.bar.criteria() if each.name != rest)
            self.show_question(search=self.bar.words(), filters=left, order=self._order)
        elif kind == "search":
            self.show_question(search=rest, order=self._order)
        elif kind == "open":
            self._open(rest)
        else:
            self.desk.open(target)

    def _open(self, uid: str) -> None:
        self.opened.emit(uid)
        if self.window_spec.opens:
            self.desk.open(self.window_spec.opens, uid=uid)

    def _preview(self, uid: str) -> None:
        form = self.window_spec.preview_form
        if form:
            print_many(self.desk, form=form, documents=(UUID(uid),))
        else:
            self.previewed.emit(uid)

    def _ask_missing(self) -> None:
        hint = _(self.window_spec.search_hint) if self.window_spec.search_hint else _("搜索")
        MissingSheet(hint, self.find_missing, parent=self).show_at(self.bar.ask)

    def find_missing(self, words: str) -> None:
        """Say why what the words mean is not in the list."""
        window, spec, fixed = self.window_spec, self.spec(), ListSpec(filters=self._fixed)

        def search(reader: Reader) -> Answers:
            if window.missing is not None:
                return window.missing(reader, words)
            checks = hidden_by(
                reader,
                window.query,
                spec,
                words=words,
                filters=window.filters,
                fixed=fixed,
                elsewhere=window.elsewhere,
            )
            return ((words, checks),)

        def show(answers: Answers) -> None:
            name, checks = answers[0]
            title = _("“{name}”为什么没列出来").format(name=name)
            foot = _("列出与否只看这几条；列表随时按它们重新查。")
            show_why(self.bar.ask, title, checks=checks, foot=foot, go=self._go)

        self.desk.read(search, show, owner=self)

    def _noticed(self, changes: Changes, _origin: QObject | None) -> None:
        if not changes.kinds & self.window_spec.refresh_on:
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what changed while the window was hidden."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search, read again, or do the action whose key was pressed."""
        pressed = QKeySequence(QKeyCombination(event.modifiers(), _key(event)))
        if pressed == QKeySequence("Ctrl+F"):
            self.bar.search.setFocus()
            self.bar.search.selectAll()
        elif pressed == QKeySequence("F5"):
            self.refresh()
        else:
            for action in self._actions.values():
                if action.shortcut and pressed == QKeySequence(action.shortcut):
                    self.trigger(action.id)
                    return
            super().keyPressEvent(event)


def _key(event: QKeyEvent) -> Any:
    return event.keyCombination().key()


def _nothing(_page: ListPage, _rows: Sequence[Values]) -> None:
    """Stand in for what the page does itself."""


def _own_actions() -> tuple[RowAction, ...]:
    return (
        RowAction(
            id=EXPORT,
            title=N_("导出 Excel"),
            icon="download",
            run=_nothing,
            needs=Needs.NONE,
            quiet=True,
        ),
        RowAction(
            id=COLUMNS, title=N_("列"), icon="columns", run=_nothing, needs=Needs.NONE, quiet=True
        ),
    )
