"""How lines are bought: 方式, 组织形式与机构, 形式; what rules force is shown locked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from govproc_desktop.domain.methods import Forced
from govproc_desktop.domain.plan.content import MethodChoice
from govproc_desktop.domain.plan.facts import ItemFacts
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.plan_form import CodeTables
from govproc_desktop.views.kit.lines_model import Line
from govproc_desktop.views.kit.widgets import (
    Check,
    ComboField,
    FieldCell,
    ReadOnlyField,
    TextField,
)
from govproc_desktop.views.plan_management.plan_form.content_text import CHOICE_KEYS

_TITLES = {name: each.metadata for name, each in MethodChoice.__dataclass_fields__.items()}
_ORDER = ("organisation", "method", "condition", "agency_kind", "agency", "purchase_form")
_EXCEPTION = N_("有省级以上批准，不委托集中采购机构（政府采购法第 18 条）")
_SPLIT = N_("所选各行要求不同，请分开设置。")


class ChoiceEditor(QWidget):
    """Edits the choice of one or more content lines alike; ``changed`` carries what to put in."""

    changed = Signal(dict)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables: CodeTables | None = None
        self._facts: Sequence[ItemFacts] = ()
        self._values: Line = {}
        self._read_only = False
        self._filling = False
        self.combos: dict[str, ComboField] = {}
        self.locks: dict[str, ReadOnlyField] = {}
        self.cells: dict[str, FieldCell] = {}
        self.lock_cells: dict[str, FieldCell] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for key in _ORDER:
            if key == "agency":
                continue
            self._add_choice(column, key)
            if key == "agency_kind":
                self._add_agency(column)
        self._add_exception(column)

    def _add_choice(self, column: QVBoxLayout, key: str) -> None:
        combo, lock = ComboField((), placeholder=_("请选择")), ReadOnlyField()
        title, required = _(_TITLES[key]["title"]), bool(_TITLES[key]["required"])
        cell, locked = FieldCell(title, combo, required=required), FieldCell(title, lock)
        combo.picked.connect(lambda value, key=key: self._picked(key, value))
        column.addWidget(cell)
        column.addWidget(locked)
        locked.hide()
        self.combos[key], self.locks[key] = combo, lock
        self.cells[key], self.lock_cells[key] = cell, locked

    def _add_agency(self, column: QVBoxLayout) -> None:
        self.agency = TextField(placeholder=_("代理机构或集采机构的名称"))
        self.agency.textEdited.connect(lambda text: self._picked("agency", text))
        self.cells["agency"] = FieldCell(_(_TITLES["agency"]["title"]), self.agency)
        column.addWidget(self.cells["agency"])

    def _add_exception(self, column: QVBoxLayout) -> None:
        self.switch = Check(_(_EXCEPTION))
        self.switch.toggled.connect(lambda on: self._switched(on=on))
        column.addWidget(self.switch)
        self.exception = TextField(placeholder=_("省级以上批准文号"))
        self.exception.textEdited.connect(lambda text: self._picked("exception_no", text))
        self.cells["exception_no"] = FieldCell(_("批准文号"), self.exception, required=True)
        self.cells["exception_no"].setToolTip(_(_TITLES["exception_no"]["help"]))
        column.addWidget(self.cells["exception_no"])

    def show_choice(self, tables: CodeTables, facts: Sequence[ItemFacts], *, values: Line) -> None:
        """Show the choice of lines that have it in common, with what their rules allow."""
        self._tables, self._facts = tables, facts
        self._values = {key: values.get(key, "") for key in CHOICE_KEYS}
        self._filling = True
        self._fill_options()
        if self.agency.text() != self._values["agency"]:
            self.agency.setText(self._values["agency"])
        if self.exception.text() != self._values["exception_no"]:
            self.exception.setText(self._values["exception_no"])
        central = any(each.central is not None for each in facts)
        on = bool(self._values["exception_no"]) or self.switch.isChecked()
        self.switch.setVisible(central and not self._read_only)
        self.switch.setChecked(central and on)
        self.cells["exception_no"].setVisible(central and on)
        self._filling = False

    def set_read_only(self, *, on: bool) -> None:
        """Let the choice be read but not changed."""
        self._read_only = on
        self.agency.setReadOnly(on)
        self.exception.setReadOnly(on)
        for key, combo in self.combos.items():
            combo.setEnabled(not on)
            self.cells[key].set_required(required=bool(_TITLES[key]["required"]) and not on)

    def focus(self, key: str) -> None:
        """Put the cursor on one of the choices."""
        if key in self.combos and not self.cells[key].isHidden():
            self.combos[key].setFocus()
        elif key in self.cells and key not in self.combos:
            self.cells[key].field.setFocus()
        else:
            self.lock_cells.get(key, self.lock_cells["method"]).field.setFocus()

    def _fill_options(self) -> None:
        tables = self._tables
        if tables is None:
            return
        every = {method.code: method for method in tables.rules.methods.methods}
        allowed = [{each.code for each in facts.allowed_methods} for facts in self._facts]
        fit = set.intersection(*allowed) if allowed else set(every)
        self._put("method", [(m.code, m.name) for m in every.values() if m.code in fit])
        conditions = self._facts[0].conditions if self._facts else ()
        self._put("condition", [(each.code, each.text) for each in conditions])
        self._put("organisation", [(each.code, each.name) for each in tables.organisations])
        self._put("agency_kind", [(each.code, each.name) for each in tables.agency_kinds])
        self._put("purchase_form", [(each.code, each.name) for each in tables.purchase_forms])
        needed = any(
            each.method is not None and each.method.needs_condition for each in self._facts
        )
        self.cells["condition"].setVisible(bool(conditions) or needed)

    def _put(self, key: str, options: list[tuple[str, str]]) -> None:
        combo, value = self.combos[key], self._values[key]
        combo.set_options(options, value)
        forced = self._forced(key)
        text = dict(options).get(value, value)
        self.locks[key].setText(text)
        lock = forced is not None and value in forced.values
        self.cells[key].setVisible(not lock)
        self.lock_cells[key].setVisible(lock)
        self._say_why(self.lock_cells[key], forced.reason() if forced is not None and lock else "")
        if forced is not None and not lock:
            self.cells[key].set_note(forced.reason(), "warn")
        else:
            self.cells[key].set_note(_(_SPLIT) if self._differs(key) else "")

    def _say_why(self, cell: FieldCell, reason: str) -> None:
        """Show the first sentence of a reason; the whole of it, sources and all, on hovering."""
        first, _mark, rest = reason.partition("。")
        cell.set_note(f"{first}。" + (_("（限额须核对）") if rest else "") if reason else "")
        cell.setToolTip(reason)

    def _forced(self, key: str) -> Forced | None:
        name = {"method": "forced_method", "organisation": "forced_organisation"}.get(
            key, "forced_agency" if key == "agency_kind" else ""
        )
        found = [getattr(each, name) for each in self._facts] if name else []
        alike = {each.values if each is not None else None for each in found}
        return found[0] if len(alike) == 1 and found else None

    def _differs(self, key: str) -> bool:
        name = {"method": "forced_method"}.get(key, "")
        found = {getattr(each, name) is None for each in self._facts} if name else set()
        return len(found) > 1

    def _picked(self, key: str, value: str) -> None:
        if self._filling or self._values.get(key, "") == value:
            return
        put = {key: value}
        if key == "method":
            put["condition"] = ""
        self._values.update(put)
        self.changed.emit(put)

    def _switched(self, *, on: bool) -> None:
        if self._filling:
            return
        self.cells["exception_no"].setVisible(on)
        if on:
            self.exception.setFocus()
        elif self._values.get("exception_no"):
            self._values["exception_no"] = ""
            self.exception.clear()
            self.changed.emit({"exception_no": ""})
