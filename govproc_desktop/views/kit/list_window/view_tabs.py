"""Views of a list as tabs with counts: those that come with it and those a person saved."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.i18n import _
from govproc_desktop.queries.listing import ListSpec
from govproc_desktop.queries.views import ViewRow
from govproc_desktop.services import wire
from govproc_desktop.views.kit.spec import NamedView
from govproc_desktop.views.kit.widgets import Button, Tabs

SAVED = "saved:"


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What a saved view keeps: the question and the columns."""

    spec: ListSpec = field(default_factory=ListSpec)
    columns: tuple[str, ...] = ()


def pack(stored: Stored) -> str:
    """Return a view as the JSON that is saved."""
    return wire.canonical(stored)


def unpack(body: str) -> Stored:
    """Return a saved view; one an older program wrote and nobody can read is empty."""
    try:
        return wire.load(Stored, json.loads(body))
    except (BadInput, ValueError):
        return Stored()


class ViewTabs(QWidget):
    """The tabs and 存为视图; ``chosen`` carries the key of a view."""

    chosen = Signal(str)
    saveAsked = Signal()
    deleteAsked = Signal(str)

    def __init__(self, views: Sequence[NamedView], *, parent: QWidget) -> None:
        super().__init__(parent)
        self._views = views
        self._saved: tuple[ViewRow, ...] = ()
        self._current = views[0].key if views else ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._tabs: Tabs | None = None
        self._build({})

    @property
    def current(self) -> str:
        """The key of the view in force."""
        return self._current

    def pick(self, key: str) -> None:
        """Mark a view as the one in force, as a click would; unknown keys change nothing."""
        if key in self.view_keys() and self._tabs is not None:
            self._current = key
            self._tabs.set_current(key)

    def question(self, key: str) -> Stored:
        """Return what a view asks."""
        for view in self._views:
            if view.key == key:
                return Stored(spec=ListSpec(filters=view.filters, order=view.order))
        for row in self._saved:
            if f"{SAVED}{row.name}" == key:
                return unpack(row.body)
        return Stored()

    def uid_of(self, key: str) -> ViewRow | None:
        """Return the saved view behind a key."""
        return next((row for row in self._saved if f"{SAVED}{row.name}" == key), None)

    def view_keys(self) -> tuple[str, ...]:
        """Return the keys of all views."""
        return (
            *(view.key for view in self._views),
            *(f"{SAVED}{row.name}" for row in self._saved),
        )

    def set_saved(self, rows: Sequence[ViewRow], *, current: str = "") -> None:
        """Show the person's own views behind those of the list."""
        self._saved = tuple(row for row in rows if row.name)
        if current:
            self._current = current
        if self._current not in self.view_keys():
            self._current = self.view_keys()[0] if self.view_keys() else ""
        self._build({})

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Write the number of rows beside each view."""
        if self._tabs is not None:
            for key, count in counts.items():
                if key in self.view_keys():
                    self._tabs.set_count(key, f"{count:,}")

    def _build(self, counts: Mapping[str, int]) -> None:
        old = self._tabs
        tabs = Tabs(parent=self)
        titles = [(view.key, _(view.title)) for view in self._views]
        titles += [(f"{SAVED}{row.name}", row.name) for row in self._saved]
        for key, title in titles:
            tabs.add_tab(key, title, count=str(counts.get(key, "")))
        if titles:
            tabs.set_current(self._current)
        save = Button(_("存为视图"), "ghost", icon="bookmark", height=30)
        save.clicked.connect(self.saveAsked)
        layout = tabs.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(len(titles), save)
        tabs.changed.connect(self._choose)
        tabs.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tabs.customContextMenuRequested.connect(self._menu)
        if old is not None:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._row.addWidget(tabs)
        self._tabs = tabs

    def _choose(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self.chosen.emit(key)

    def _menu(self, point: QPoint) -> None:
        if self.uid_of(self._current) is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        drop = menu.addAction(_("删除视图“{name}”").format(name=self._current[len(SAVED) :]))
        drop.triggered.connect(lambda: self.deleteAsked.emit(self._current))
        menu.popup(self.mapToGlobal(point))
