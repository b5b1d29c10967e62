"""The row over a list: search, filters always visible, how many are shown of how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.queries.listing import Criterion
from govproc_desktop.views.kit.filters import FilterMenu, FilterSheet, Options, describe
from govproc_desktop.views.kit.list_window.flow import FlowLayout
from govproc_desktop.views.kit.spec import FilterSpec
from govproc_desktop.views.kit.widgets import Button, Chip, Label, SearchField

_TYPING_MS = 220


class FilterBar(QWidget):
    """Search and filter chips; ``changed`` fires when the question has become another one."""

    changed = Signal()
    missingAsked = Signal()
    leaveDown = Signal()

    def __init__(
        self, specs: Sequence[FilterSpec], hint: str, *, missing: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._specs = {each.name: each for each in specs}
        self._options: dict[str, Options] = {}
        self._criteria: dict[str, Criterion] = {}
        self._chips: dict[str, Chip] = {}
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(12)
        self.search = SearchField(hint)
        self.search.setFixedWidth(250)
        self.search.textEdited.connect(lambda _text: self._typing.start())
        self.search.textChanged.connect(self._emptied)
        self.search.returnPressed.connect(self._now)
        self.search.leaveDown.connect(self.leaveDown)
        self._flow = FlowLayout()
        self.add = Button(_("加条件"), "link", icon="plus")
        self.add.clicked.connect(self._offer)
        self._flow.addWidget(self.add)
        self.add.setVisible(bool(specs))
        row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._flow, 1)
        self._tell(row, missing=missing)

    def _tell(self, row: QHBoxLayout, *, missing: bool) -> None:
        told = QHBoxLayout()
        told.setSpacing(12)
        self.told = Label("", "note", "text2")
        self.clear = Button(_("清除"), "link")
        self.clear.clicked.connect(self.clear_all)
        self.clear.hide()
        told.addWidget(self.told)
        told.addWidget(self.clear)
        if missing:
            ask = Button(_("找不到某一条？"), "link", icon="help")
            ask.clicked.connect(self.missingAsked)
            self.ask = ask
            told.addWidget(ask)
        holder = QWidget()
        holder.setFixedHeight(32)
        told.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(told)
        row.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)

    def criteria(self) -> tuple[Criterion, ...]:
        """Return the filters set."""
        return tuple(self._criteria.values())

    def words(self) -> str:
        """Return what is searched for."""
        return self.search.text().strip()

    def chips(self) -> tuple[Chip, ...]:
        """Return the chips shown."""
        return tuple(self._chips.values())

    def show_question(self, search: str, criteria: Sequence[Criterion]) -> None:
        """Show another question without asking it."""
        self._typing.stop()
        blocked = self.search.blockSignals(True)
        self.search.setText(search)
        self.search.blockSignals(blocked)
        self._criteria = {each.name: each for each in criteria if each.name in self._specs}
        self._show_chips()

    def set_options(self, options: Mapping[str, Options]) -> None:
        """Take the names that choices have."""
        self._options = dict(options)
        self._show_chips()

    def set_counts(self, count: int, total: int) -> None:
        """Say how many are shown, and of how many when something is hidden."""
        if self._criteria or self.words():
            self.told.setText(
                _("已筛选 {count} 条，共 {total} 条").format(count=f"{count:,}", total=f"{total:,}")
            )
        else:
            self.told.setText(_("共 {total} 条").format(total=f"{total:,}"))
        self.clear.setVisible(bool(self._criteria or self.words()))

    def clear_all(self) -> None:
        """Take away every filter and the search."""
        self.show_question("", ())
        self.changed.emit()

    def _emptied(self, text: str) -> None:
        if not text:
            self._now()

    def _now(self) -> None:
        self._typing.stop()
        self.changed.emit()

    def _show_chips(self) -> None:
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        self._flow.removeWidget(self.add)
        for name, criterion in self._criteria.items():
            spec = self._specs[name]
            value = describe(spec, criterion, self._options.get(name, ()))
            chip = Chip(_(spec.title), value, parent=self)
            chip.clicked.connect(lambda _on=False, name=name: self._edit(name))
            chip.removed.connect(lambda name=name: self._set(name, None))
            self._flow.addWidget(chip)
            chip.show()
            self._chips[name] = chip
        self._flow.addWidget(self.add)
        self.add.setVisible(len(self._criteria) < len(self._specs))
        self._flow.invalidate()
        self.updateGeometry()

    def _set(self, name: str, criterion: Criterion | None) -> None:
        if criterion is None:
            self._criteria.pop(name, None)
        else:
            self._criteria[name] = criterion
        self._show_chips()
        self.changed.emit()

    def _edit(self, name: str) -> None:
        self.open_sheet(self._specs[name], self._chips.get(name, self.add))

    def open_sheet(self, spec: FilterSpec, anchor: QWidget) -> FilterSheet:
        """Open the sheet of one filter under a widget."""
        sheet = FilterSheet(
            spec,
            self._criteria.get(spec.name),
            options=self._options.get(spec.name, ()),
            done=lambda made: self._set(spec.name, made),
            parent=self,
        )
        sheet.show_at(anchor)
        return sheet

    def _offer(self) -> None:
        free = [spec for name, spec in self._specs.items() if name not in self._criteria]
        menu = FilterMenu(free, self._picked, parent=self)
        menu.show_at(self.add)

    def _picked(self, spec: FilterSpec) -> None:
        self.open_sheet(spec, self.add)
