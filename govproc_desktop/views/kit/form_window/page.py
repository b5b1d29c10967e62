"""A section of fields laid out in columns, with the rarely used ones folded away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.form_spec import FieldKind, FieldSpec, Form, Section
from govproc_desktop.views.kit.form_window.inputs import EnterMovesOn, Input, make_cell, make_input
from govproc_desktop.views.kit.widgets import Button, FieldCell, Label


class FieldsPage(QWidget):
    """The fields of one section; hidden ones keep what was typed into them."""

    def __init__(self, form: Form, section: Section, changed: Callable[[], None]) -> None:
        super().__init__()
        self._form = form
        self._section = section
        self._enter = EnterMovesOn(self)
        self.inputs: dict[str, Input] = {}
        self.cells: dict[str, FieldCell] = {}
        self._open = False
        self._asked_for: set[str] = set()
        self._raw: Mapping[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Label(_(section.title), "section"))
        head.addStretch(1)
        self.fold = Button("", "link", trail="down")
        self.fold.clicked.connect(self.toggle)
        self.fold.setVisible(any(spec.fold for spec in section.fields))
        head.addWidget(self.fold)
        column.addLayout(head)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        column.addLayout(self._grid)
        for spec in section.fields:
            self._make(spec, changed)
        self._lay_out()

    def _make(self, spec: FieldSpec, changed: Callable[[], None]) -> None:
        made = make_input(spec, changed)
        meta = self._form.meta(spec.key)
        cell = make_cell(
            made,
            label=self._form.label(spec.key),
            hint=_(str(meta.get("help", ""))) if meta.get("help") else "",
            required=bool(meta.get("required")),
        )
        cell.setParent(self)
        if spec.kind not in (FieldKind.NOTE, FieldKind.FIXED):
            self._enter.watch(made.widget)
        self.inputs[spec.key] = made
        self.cells[spec.key] = cell

    def shown(self, spec: FieldSpec) -> bool:
        """Whether a field is to be seen now."""
        if self.cells[spec.key].error or spec.key in self._asked_for:
            return True
        if spec.when is not None and not spec.when(self._raw):
            return False
        return not spec.fold or self._open

    def set_raw(self, raw: Mapping[str, str]) -> None:
        """Take what is typed into account for fields that come and go."""
        before = [spec.key for spec in self._section.fields if self.shown(spec)]
        self._raw = dict(raw)
        if before != [spec.key for spec in self._section.fields if self.shown(spec)]:
            self._lay_out()

    def toggle(self) -> None:
        """Open or fold the rarely used fields."""
        self.set_open(on=not self._open)

    def set_open(self, *, on: bool) -> None:
        """Open or fold the rarely used fields."""
        self._open = on
        self._lay_out()

    def reveal(self, key: str) -> None:
        """Make sure a field can be seen."""
        if not any(spec.key == key and self.shown(spec) for spec in self._section.fields):
            self._asked_for.add(key)
            self._lay_out()

    def set_read_only(self, *, on: bool) -> None:
        """Let the fields be read but not changed; what nobody fills in has no star."""
        for key, each in self.inputs.items():
            each.set_read_only(on=on)
            required = bool(self._form.meta(key).get("required"))
            self.cells[key].set_required(required=required and not on)

    def refresh(self) -> None:
        """Lay the fields out again after errors came or went."""
        self._lay_out()

    def _lay_out(self) -> None:
        row = place = 0
        columns = self._form.columns
        for spec in self._section.fields:
            cell = self.cells[spec.key]
            shown = self.shown(spec)
            if shown:
                if place + spec.span > columns:
                    row, place = row + 1, 0
                self._grid.addWidget(cell, row, place, 1, spec.span)
                place += spec.span
            cell.setVisible(shown)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)
        folded = [spec for spec in self._section.fields if spec.fold]
        filled = sum(1 for spec in folded if self._raw.get(spec.key))
        words = _("收起") if self._open else _("更多信息（{count} 项）").format(count=len(folded))
        if filled and not self._open:
            words += _(" · 已填 {count}").format(count=filled)
        self.fold.setText(words)
        self.fold.updateGeometry()
