"""退回: to whom, why, and which places of the document the opinion is about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.plan.flow import NODES, RETURNED
from govproc_desktop.i18n import _
from govproc_desktop.queries.histories import Paper
from govproc_desktop.views.inbox.checks_pane import place_title
from govproc_desktop.views.inbox.pins import PIN_TITLES, LinePins, line_names
from govproc_desktop.views.kit.list_window.flow import FlowLayout
from govproc_desktop.views.kit.paint import SHADOW_ROOM
from govproc_desktop.views.kit.widgets import (
    Button,
    Check,
    Chip,
    DialogFrame,
    Label,
    RadioGroup,
    TextArea,
)

_LONG = 22
_WIDTH = 960
_INSIDE = 436
_HEIGHT = 560
"""Room for both sections' lines, so that nothing jumps when a box is ticked."""


def targets_of(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Return where a document can be returned to: its clerk, or a step it really passed."""
    made = [(RETURNED, _("经办 {name}").format(name=paper.record.head.author))]
    for node in paper.way.nodes:
        if node.place in NODES and node.state == "done" and node.who:
            made.append((node.place, f"{place_title(node.place)} {node.who[0]}"))
    return tuple(made)


class ReturnDialog(DialogFrame):
    """Asks for target, opinion (at least one character, R59) and pins; Ctrl+Enter returns."""

    def __init__(
        self, paper: Paper, *, opinion: str, phrases: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("退回单据"), paper.record.content.title, width=_WIDTH, parent=parent)
        both = QHBoxLayout()
        both.setSpacing(32)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column in (self._left, self._right):
            column.setSpacing(8)
            both.addLayout(column, 1)
        self.body.addLayout(both)
        self.setMinimumHeight(_HEIGHT + 2 * SHADOW_ROOM)
        self._left.addWidget(Label(_("退回给"), "strong"))
        self.targets = RadioGroup(targets_of(paper), RETURNED)
        self._left.addWidget(self.targets)
        self.hint = Label("", "note", "text3", wrap=True)
        self._left.addWidget(self.hint)
        self._left.addSpacing(4)
        self._left.addWidget(Label(_("退回意见（必写，会留在单据上）"), "strong"))
        self.editor = TextArea()
        self.editor.setPlainText(opinion)
        self.editor.setFixedHeight(112)
        self.editor.setTabChangesFocus(True)
        self.editor.setAccessibleName(_("退回意见"))
        self._left.addWidget(self.editor)
        self._phrases(phrases)
        self._left.addStretch(1)
        self._right.addWidget(Label(_("意见是针对哪里的（可不选）"), "strong"))
        self._pins(line_names(paper))
        self._right.addStretch(1)
        self._foot()
        self.targets.changed.connect(self._judge)
        self.editor.textChanged.connect(self._judge)
        self._judge()
        self.editor.setFocus()
        self.editor.moveCursor(QTextCursor.MoveOperation.End)

    def _phrases(self, phrases: Sequence[str]) -> None:
        holder = QWidget()
        flow = FlowLayout(spacing=6)
        for phrase in phrases[:5]:
            shown = phrase if len(phrase) <= _LONG else phrase[: _LONG - 1] + "…"
            chip = Chip(shown, removable=False)
            chip.setToolTip(phrase)
            chip.clicked.connect(lambda _on=False, text=phrase: self._put(text))
            flow.addWidget(chip)
        holder.setLayout(flow)
        # the dialog asks for heights before it knows widths, so the rows are counted here
        holder.setFixedHeight(flow.heightForWidth(_INSIDE))
        self._left.addWidget(holder)

    def _pins(self, names: dict[str, tuple[str, ...]]) -> None:
        self._boxes: dict[str, Check] = {}
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        for place, (key, title) in enumerate(PIN_TITLES.items()):
            box = Check(_(title))
            self._boxes[key] = box
            grid.addWidget(box, place // 3, place % 3)
        grid.setColumnStretch(3, 1)
        self._right.addWidget(holder)
        self.lines: dict[str, LinePins] = {}
        for part, called in names.items():
            if called:
                self._add_lines(part, called)

    def _add_lines(self, part: str, called: Sequence[str]) -> None:
        """Open the lines of a section while its box is ticked; the dialog keeps its size."""
        lines = self.lines[part] = LinePins(part, called)
        self._right.addWidget(lines)
        self._boxes[part].toggled.connect(lines.setVisible)

    def _foot(self) -> None:
        self.foot.addStretch(1)
        cancel = Button(_("取消"))
        cancel.clicked.connect(self.reject)
        self.ok = Button(_("退回"), "danger", icon="undo", keycap="Ctrl ↵")
        self.ok.setShortcut("Ctrl+Return")
        self.ok.clicked.connect(self.accept)
        self.ok.whyRequested.connect(self.editor.setFocus)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.ok)

    def opinion(self) -> str:
        """Return the opinion without outer spaces."""
        return self.editor.toPlainText().strip()

    def target(self) -> str:
        """Return the state the document goes back to."""
        return self.targets.value() or RETURNED

    def pins(self) -> tuple[str, ...]:
        """Return the field keys the opinion is about."""
        found: list[str] = []
        for key, box in self._boxes.items():
            if box.isChecked():
                lines = self.lines.get(key)
                found.extend((lines.pins() if lines is not None else ()) or (key,))
        return tuple(found)

    def pin(self, key: str) -> None:
        """Tick a place: a field, a section, or a cell of a line (``items.0.price``)."""
        part = key.partition(".")[0]
        self._boxes[part].setChecked(True)
        if key != part:
            self.lines[part].boxes[key].setChecked(True)

    def _put(self, phrase: str) -> None:
        before = self.opinion()
        self.editor.setPlainText(f"{before}{phrase}" if before else phrase)
        self.editor.moveCursor(QTextCursor.MoveOperation.End)
        self.editor.setFocus()

    def _judge(self) -> None:
        missing = not self.opinion()
        self.ok.set_reason(_("退回须写意见，至少一个字") if missing else None)
        clerk = self.target() == RETURNED
        self.hint.setText(
            _("占用的用款计划金额当即放回；修改后再报，直接回到您这里。")
            if clerk
            else _("单据回到这一步重新审核，金额继续占用。")
        )
