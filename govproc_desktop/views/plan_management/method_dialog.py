"""Choose how the ticked lines are procured: method, condition, organisation, agency, form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.money import money_text
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.lines_model import Line
from govproc_desktop.views.kit.widgets import Button, Check, DialogFrame, Label, scroll_area
from govproc_desktop.views.plan_management.plan_form.choice_editor import ChoiceEditor
from govproc_desktop.views.plan_management.plan_form.content_text import CHOICE_KEYS
from govproc_desktop.views.plan_management.plan_form.data import PlanData, subtotal_of

WIDTH = 880


class MethodDialog(DialogFrame):
    """``chosen`` carries rows and values; lines that rules treat differently are told apart."""

    chosen = Signal(list, dict)

    def __init__(
        self,
        data: PlanData,
        lines: Sequence[Line],
        *,
        ticked: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        title, sub = (
            _("按行设置采购方式"),
            _("先勾选行，再选方式；规则定死的一项带锁，旁边写着原因。"),
        )
        super().__init__(title, sub, width=WIDTH, parent=parent)
        self._data = data
        self._lines = [dict(line) for line in lines]
        self._put: Line = {}
        self.ticks: list[Check] = []
        body = QHBoxLayout()
        body.setSpacing(24)
        body.addWidget(self._list(ticked), 2)
        self.editor = ChoiceEditor()
        self.editor.changed.connect(self._changed)
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 8, 0)
        right.addWidget(self.editor)
        self.guard = Check(_("是保安服务（集采目录只含保安服务）"))
        self.guard.toggled.connect(lambda on: self._changed({"guard_service": "1" if on else ""}))
        right.addWidget(self.guard)
        right.addStretch(1)
        area = scroll_area(side)
        area.setMinimumHeight(430)
        body.addWidget(area, 3)
        self.body.addLayout(body)
        self._add_foot()
        self._show()
        if self.ticks:
            self.ticks[0].setFocus()

    def _add_foot(self) -> None:
        self.told = Label("", "note", "text3")
        self.foot.addWidget(self.told)
        self.foot.addStretch(1)
        cancel = Button(_("取消"), keycap="Esc")
        cancel.clicked.connect(self.reject)
        self.apply = Button("", "primary", icon="check", keycap="Ctrl Enter")
        self.apply.clicked.connect(self.accept)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.apply)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.apply.click)

    def _list(self, ticked: Sequence[int]) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(2)
        self.every = Check(_("全选"))
        self.every.clicked.connect(self._tick_all)
        column.addWidget(self.every)
        for at, line in enumerate(self._lines):
            name = line.get("name") or line.get("code") or _("（未填）")
            words = f"{at + 1}  {name[:14]}  {money_text(subtotal_of(line))}"
            tick = Check(words, checked=at in ticked or not ticked)
            tick.toggled.connect(lambda _on: self._show())
            self.ticks.append(tick)
            column.addWidget(tick)
        column.addStretch(1)
        area = scroll_area(content)
        area.setMinimumHeight(320)
        return area

    def rows(self) -> list[int]:
        """Return the ticked rows."""
        return [at for at, tick in enumerate(self.ticks) if tick.isChecked()]

    def _tick_all(self) -> None:
        for tick in self.ticks:
            tick.blockSignals(True)
            tick.setChecked(self.every.isChecked())
            tick.blockSignals(False)
        self._show()

    def _changed(self, values: Line) -> None:
        self._put.update(values)
        self._show()

    def _show(self) -> None:
        rows = self.rows()
        every = Qt.CheckState.PartiallyChecked if rows else Qt.CheckState.Unchecked
        self.every.setCheckState(
            Qt.CheckState.Checked if len(rows) == len(self.ticks) and rows else every
        )
        self.editor.setVisible(bool(rows))
        words = _("应用到这 {count} 行").format(count=len(rows))
        self.apply.setText(words)
        self.apply.set_reason(None if rows else _("先在左边勾选要设置的行。"))
        if not rows or self._data.start is None:
            return
        lines = [{**self._lines[at], **self._put} for at in rows]
        facts = [self._data.facts(at, line) for at, line in zip(rows, lines, strict=True)]
        common = {
            key: lines[0].get(key, "")
            for key in CHOICE_KEYS
            if len({line.get(key, "") for line in lines}) == 1
        }
        self.editor.show_choice(self._data.start.tables, facts, values=common)
        self.guard.setVisible(any(each.claims for each in facts))
        self.guard.blockSignals(True)
        self.guard.setChecked(bool(lines[0].get("guard_service")))
        self.guard.blockSignals(False)

    def accept(self) -> None:
        """Hand the choice on, unless no line is ticked."""
        if self.rows():
            self.chosen.emit(self.rows(), dict(self._put))
            super().accept()
