"""The 采购方式 section: one choice edited in place, or the groups of lines that differ."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.plan.facts import ItemFacts
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.lines_model import Line
from govproc_desktop.views.kit.widgets import Button, HLine, Label
from govproc_desktop.views.plan_management.plan_form.catalogue_note import catalogue_note
from govproc_desktop.views.plan_management.plan_form.choice_editor import ChoiceEditor
from govproc_desktop.views.plan_management.plan_form.content_text import CHOICE_KEYS
from govproc_desktop.views.plan_management.plan_form.data import PlanData


def rows_text(rows: Sequence[int]) -> str:
    """Return ``第 1–3、5 行`` for rows counted from 0."""
    parts: list[str] = []
    start = last = -2
    for row in [*rows, -2]:
        if row == last + 1:
            last = row
            continue
        if last >= 0:
            parts.append(f"{start + 1}" if start == last else f"{start + 1}–{last + 1}")
        start = last = row
    return _("第 {rows} 行").format(rows="、".join(parts))


def choice_text(data: PlanData, line: Line, facts: ItemFacts) -> tuple[str, str]:
    """Return a choice in two lines: method and condition; organisation, agency and form."""
    assert data.start is not None
    tables = data.start.tables
    names = {each.code: each.name for each in tables.organisations}
    names.update({each.code: each.name for each in tables.agency_kinds})
    forms = {each.code: each.name for each in tables.purchase_forms}
    method = facts.method.name if facts.method is not None else _("未选采购方式")
    condition = facts.condition.text if facts.condition is not None else ""
    second = [
        names.get(line.get("organisation", ""), _("未选组织形式")),
        line.get("agency") or names.get(line.get("agency_kind", ""), _("未选采购机构")),
        forms.get(line.get("purchase_form", ""), _("未选采购形式")),
    ]
    return " · ".join(filter(None, (method, condition))), " · ".join(second)


class _GroupRow(QWidget):
    def __init__(self, rows: Sequence[int], texts: tuple[str, str], *, read_only: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(Label(rows_text(rows), "strong"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(texts[0], "body", wrap=True))
        words.addWidget(Label(texts[1], "note", "text3", wrap=True))
        line.addLayout(words, 1)
        self.edit = Button(_("修改"), "link")
        self.edit.setVisible(not read_only)
        line.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        column.addWidget(HLine())


class MethodSection(QWidget):
    """``put`` carries rows and values chosen in place; ``asked`` the rows to open the dialog on."""

    put = Signal(list, dict)
    asked = Signal(list)

    def __init__(self, data: PlanData) -> None:
        super().__init__()
        self._data = data
        self._seen: object = None
        self._rows: list[int] = []
        self.read_only = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        name = Label(_("采购方式"), "section")
        name.setFixedHeight(28)
        head.addWidget(name)
        self.sub = Label("", "note", "text3")
        head.addWidget(self.sub)
        head.addStretch(1)
        self.split = Button(_("按行设置"), "ghost", icon="list", height=28)
        self.split.clicked.connect(lambda: self.asked.emit([]))
        head.addWidget(self.split)
        column.addLayout(head)
        self.catalogue = Label("", "note", "warn", wrap=True)
        self.catalogue.hide()
        column.addWidget(self.catalogue)
        self.editor = ChoiceEditor()
        self.editor.changed.connect(lambda values: self.put.emit(list(self._rows), values))
        column.addWidget(self.editor)
        self._groups = QVBoxLayout()
        self._groups.setSpacing(8)
        column.addLayout(self._groups)
        self.empty = Label(_("先填采购内容，再按内容选采购方式。"), "body", "text3")
        column.addWidget(self.empty)

    def refresh(self, lines: Sequence[Line]) -> None:
        """Show what the lines say now; does nothing while nothing of it changed."""
        if self._data.start is None:
            return
        facts = [self._data.facts(at, line) for at, line in enumerate(lines)]
        groups = _groups(lines, facts)
        seen = (groups, [_signature(each) for each in facts], self.read_only)
        if seen == self._seen:
            return
        self._seen = seen
        self.empty.setVisible(not lines)
        self.split.setVisible(len(lines) > 1 and not self.read_only)
        self.editor.setVisible(len(groups) == 1)
        while (item := self._groups.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if len(groups) == 1:
            self._rows = list(range(len(lines)))
            self.editor.set_read_only(on=self.read_only)
            self.editor.show_choice(self._data.start.tables, facts, values=lines[0])
        else:
            self._show_groups(lines, facts, groups=groups)
        self._show_catalogue(facts)
        central = sum(1 for each in facts if each.central is not None)
        if central:
            words = _("目录内品目，组织形式和机构由目录定")
            some = _("{count} 行在集采目录内").format(count=central)
            self.sub.setText(words if central == len(facts) else some)
        else:
            self.sub.setText("")

    def _show_catalogue(self, facts: Sequence[ItemFacts]) -> None:
        told, tone = catalogue_note(self._data.rules, facts)
        self.catalogue.setText(told)
        self.catalogue.set_token(tone or "text2")
        self.catalogue.setVisible(bool(told) and not self.read_only)

    def _show_groups(
        self, lines: Sequence[Line], facts: Sequence[ItemFacts], *, groups: list[list[int]]
    ) -> None:
        for rows in groups:
            texts = choice_text(self._data, lines[rows[0]], facts[rows[0]])
            row = _GroupRow(rows, texts, read_only=self.read_only)
            row.edit.clicked.connect(lambda _on=False, rows=rows: self.asked.emit(list(rows)))
            self._groups.addWidget(row)

    def focus(self, target: str) -> None:
        """Stand on the choice a problem names."""
        key = target.split(".")[-1]
        if not self.editor.isHidden():
            self.editor.focus(key if key in CHOICE_KEYS else "method")
        else:
            first = self._groups.itemAt(0)
            widget = first.widget() if first is not None else None
            row = int(target.split(".")[1]) if target.count(".") > 1 else 0
            for at in range(self._groups.count()):
                item = self._groups.itemAt(at)
                each = item.widget() if item is not None else None
                if isinstance(each, _GroupRow) and at == row:
                    widget = each
            if isinstance(widget, _GroupRow):
                widget.edit.setFocus()


def _groups(lines: Sequence[Line], facts: Sequence[ItemFacts]) -> list[list[int]]:
    """Group rows by what is chosen and what is forced, in the order they first appear."""
    found: dict[object, list[int]] = {}
    for at, line in enumerate(lines):
        chosen = tuple(line.get(key, "") for key in CHOICE_KEYS)
        forced = (
            facts[at].forced_method is not None,
            facts[at].forced_organisation is not None,
        )
        found.setdefault((chosen, forced), []).append(at)
    return list(found.values())


def _signature(facts: ItemFacts) -> object:
    return (
        facts.item.choice,
        facts.item.name,
        facts.category,
        facts.forced_method,
        facts.forced_organisation,
        facts.forced_agency,
        facts.allowed_methods,
        facts.conditions,
    )
