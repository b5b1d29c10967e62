"""Merge what two people typed into one form: three columns, a choice a field, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit.form_window.state import FormState
from govproc_desktop.views.kit.widgets import (
    Button,
    DialogFrame,
    HLine,
    Label,
    RadioGroup,
    scroll_area,
)

Side = Literal["theirs", "mine"]
NOT_THERE = N_("（没有这一行）")


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One field or line that is not alike: its place in the state and the three texts."""

    part: str
    uid: str = ""
    key: str = ""
    title: str = ""
    opened: str = ""
    theirs: str = ""
    mine: str = ""

    @property
    def both(self) -> bool:
        """Whether both changed it, so that a person has to choose."""
        return self.theirs != self.opened and self.mine != self.opened

    @property
    def side(self) -> Side:
        """Return whose text stands unless told otherwise: the only one who changed it, or mine."""
        return "theirs" if self.mine == self.opened else "mine"


Titles = Callable[[str, str, int], str]
"""Part, key and row (-1 for fields) to what a person calls it."""


def differences(
    opened: FormState, theirs: FormState, mine: FormState, *, titles: Titles
) -> tuple[Difference, ...]:
    """Return everything in which theirs and mine differ, what both changed first."""
    found = [
        Difference(
            part="fields",
            key=key,
            title=titles("fields", key, -1),
            opened=opened.fields.get(key, ""),
            theirs=theirs.fields.get(key, ""),
            mine=mine.fields.get(key, ""),
        )
        for key in dict.fromkeys((*theirs.fields, *mine.fields))
        if theirs.fields.get(key, "") != mine.fields.get(key, "")
    ]
    for part in dict.fromkeys((*theirs.lines, *mine.lines)):
        found += _line_differences(part, opened, theirs, mine=mine, titles=titles)
    return tuple(sorted(found, key=lambda each: not each.both))


def _line_differences(
    part: str, opened: FormState, theirs: FormState, *, mine: FormState, titles: Titles
) -> list[Difference]:
    sides = [
        {line["uid"]: line for line in state.lines.get(part, [])}
        for state in (opened, theirs, mine)
    ]
    made: list[Difference] = []
    for row, uid in enumerate(dict.fromkeys((*sides[2], *sides[1]))):
        lines = [side.get(uid) for side in sides]
        if lines[1] is None or lines[2] is None:
            texts = [_summary(line) for line in lines]
            made.append(
                Difference(
                    part=part,
                    uid=uid,
                    title=titles(part, "", row),
                    opened=texts[0],
                    theirs=texts[1],
                    mine=texts[2],
                )
            )
            continue
        was = lines[0] or {}
        for key in dict.fromkeys((*lines[1], *lines[2])):
            if key.startswith("_"):
                continue
            if lines[1].get(key, "") != lines[2].get(key, ""):
                made.append(
                    Difference(
                        part=part,
                        uid=uid,
                        key=key,
                        title=titles(part, key, row),
                        opened=was.get(key, ""),
                        theirs=lines[1].get(key, ""),
                        mine=lines[2].get(key, ""),
                    )
                )
    return made


def _summary(line: dict[str, str] | None) -> str:
    if line is None:
        return _(NOT_THERE)
    shown = [line.get(key, "") for key in ("code", "name", "spec", "quantity", "price", "amount")]
    return " ".join(text for text in shown if text) or _("（空行）")


def merged(
    theirs: FormState, mine: FormState, chosen: Sequence[tuple[Difference, Side]]
) -> FormState:
    """Return mine with theirs put in where chosen; order is mine, added lines of theirs last."""
    made = mine.copy()
    for each, side in chosen:
        if side == "mine":
            continue
        if each.part == "fields":
            made.fields[each.key] = each.theirs
            continue
        lines = made.lines.setdefault(each.part, [])
        other = {line["uid"]: line for line in theirs.lines.get(each.part, [])}.get(each.uid)
        if each.key:
            for line in lines:
                if line["uid"] == each.uid:
                    line[each.key] = each.theirs
        elif other is None:
            made.lines[each.part] = [line for line in lines if line["uid"] != each.uid]
        else:
            lines.append(dict(other))
    return made


class MergeDialog(DialogFrame):
    """打开时 / 他人已存 / 我的, a choice a difference; ``chosen`` carries the merged state."""

    chosen = Signal(object)

    def __init__(
        self,
        found: Sequence[Difference],
        theirs: FormState,
        mine: FormState,
        *,
        heads: tuple[str, str, str] | None = None,
        title: str = "",
        sub: str = "",
        show: Callable[[Difference, str], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            title or _("有人先保存了，请逐项选定"),
            sub or _("两边只有一边改过的，已替您选好；两边都改过的标了“须选”。都选好后一起保存。"),
            width=980,
            parent=parent,
        )
        self.found = tuple(found)
        self._theirs, self._mine = theirs, mine
        self._show = show or (lambda _each, text: text)
        self.radios: list[RadioGroup] = []
        self.body.addWidget(self._table(heads or (_("打开时"), _("他人已存"), _("我的"))))
        both = sum(1 for each in self.found if each.both)
        told = _("{count} 处不同，其中 {both} 处两边都改过").format(
            count=len(self.found), both=both
        )
        self.foot.addWidget(Label(told, "note", "text2"))
        self.foot.addStretch(1)
        cancel = Button(_("先不合并"), keycap="Esc")
        cancel.clicked.connect(self.reject)
        self.done_button = Button(
            _("按所选合并并保存"), "primary", icon="check", keycap="Ctrl Enter"
        )
        self.done_button.clicked.connect(self.accept)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.done_button)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept)

    def _table(self, heads: tuple[str, str, str]) -> QWidget:
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for column, head in enumerate(("", *heads, _("用哪个"))):
            grid.addWidget(Label(head, "column", "text2"), 0, column)
        for at, each in enumerate(self.found):
            row = 2 * at + 1
            grid.addWidget(HLine(), row, 0, 1, 5)
            name = f"{each.title}（{_('须选')}）" if each.both else each.title
            grid.addWidget(
                Label(name, "strong", "danger" if each.both else "text", wrap=True), row + 1, 0
            )
            for column, text in enumerate((each.opened, each.theirs, each.mine), start=1):
                shown = self._show(each, text) or "—"
                same = column > 1 and text == each.opened
                token = "text3" if column == 1 or same else "text"
                grid.addWidget(Label(shown, "body", token, wrap=True), row + 1, column)
            radio = RadioGroup((("theirs", heads[1]), ("mine", heads[2])), each.side)
            radio.setAccessibleName(each.title)
            self.radios.append(radio)
            grid.addWidget(radio, row + 1, 4)
        for column, stretch in enumerate((3, 4, 4, 4, 0)):
            grid.setColumnStretch(column, stretch)
        grid.setRowStretch(2 * len(self.found) + 1, 1)
        area = scroll_area(content)
        area.setMinimumHeight(min(460, 80 + 56 * len(self.found)))
        return area

    def choices(self) -> list[tuple[Difference, Side]]:
        """Return every difference with the side chosen for it."""
        return [
            (each, "theirs" if radio.value() == "theirs" else "mine")
            for each, radio in zip(self.found, self.radios, strict=True)
        ]

    def accept(self) -> None:
        """Hand the merged state on."""
        self.chosen.emit(merged(self._theirs, self._mine, self.choices()))
        super().accept()
