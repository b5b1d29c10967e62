"""The document under review, read-only, in its own layout: everything a decision rests on."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from govproc_desktop.domain.money import money_text, rmb_upper
from govproc_desktop.domain.plan.flow import FILED, NODES, PLAN_FLOW, RETURNED, VOID
from govproc_desktop.domain.rules import Check
from govproc_desktop.i18n import _
from govproc_desktop.queries.histories import Paper
from govproc_desktop.views.inbox import paper_texts as texts
from govproc_desktop.views.inbox.change_strip import ChangeStrip
from govproc_desktop.views.inbox.files import FileCards
from govproc_desktop.views.inbox.grid import FactsGrid, PaperGrid
from govproc_desktop.views.kit.file_view import FilePreview
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.kit.widgets import (
    Button,
    IconLabel,
    Label,
    Notice,
    Panel,
    Pill,
    scroll_area,
)

_NARROW = 640
_FILE_RULES = ("R7", "R66")


def pill_of(state: str) -> tuple[str, str]:
    """Return word and kind of a state's pill; all review steps read 审核中."""
    kinds = {FILED: "filed", RETURNED: "returned", VOID: "stopped"}
    if state in NODES:
        return _("审核中"), "review"
    return _(PLAN_FLOW.states[state].title), kinds.get(state, "draft")


class _Section(QWidget):
    """A sub-heading with a note, over its content."""

    def __init__(self, title: str, content: QWidget) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(title, "subhead"))
        self.note = Label("", "note", "text3")
        head.addWidget(self.note)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(content)


class _Totals(Panel):
    """The one big amount with its capitals, and where the money comes from."""

    def __init__(self) -> None:
        super().__init__(fill="sunken")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(20)
        self.total = self._cell(row, _("总金额（元）"), "title")
        self.capitals = self._cell(row, _("大写"), "strong", stretch=1)
        self.fiscal = self._cell(row, _("财政资金"), "strong", right=True)
        self.own = self._cell(row, _("自有资金"), "strong", right=True)

    def _cell(
        self, row: QHBoxLayout, title: str, role: str, *, stretch: int = 0, right: bool = False
    ) -> Label:
        column = QVBoxLayout()
        column.setSpacing(2)
        value = Label("", role, wrap=stretch > 0)
        across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        value.setAlignment(across | Qt.AlignmentFlag.AlignVCenter)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(Label(title, "note", "text3"), 0, across)
        column.addWidget(value, 1)
        row.addLayout(column, stretch)
        return value


class _Empty(QWidget):
    """What stands in the middle when nothing waits; ``chosen`` carries the window to open."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 80, 24, 24)
        column.setSpacing(8)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(IconLabel("inbox", "softline", size=56), 0, middle)
        self.title = Label("", "heading")
        self.text = Label("", "body", "text2", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.text.setMaximumWidth(420)
        self.text.setMinimumWidth(420)
        column.addWidget(self.title, 0, middle)
        column.addWidget(self.text, 0, middle)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch(1)
        for target, words in (("inbox_done", _("看已办事项")), ("inbox_started", _("看我发起的"))):
            link = Button(words, "link")
            link.clicked.connect(lambda _on=False, at=target: self.chosen.emit(f"window:{at}"))
            row.addWidget(link)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)


class DocumentPane(QWidget):
    """One document; ``printRequested``, ``openRequested`` and ``windowAsked`` leave it."""

    printRequested = Signal()
    openRequested = Signal()
    windowAsked = Signal(str)
    filePicked = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper: Paper | None = None
        self._narrow = False
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 14, 24, 24)
        column.setSpacing(12)
        column.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)
        self._notices = QVBoxLayout()
        self._notices.setSpacing(8)
        self._top = QWidget()
        self._top.setLayout(self._head())
        column.addWidget(self._top)
        column.addLayout(self._notices)
        self.empty = _Empty()
        self.empty.chosen.connect(self.windowAsked)
        self.empty.hide()
        column.addWidget(self.empty)
        self._body = QWidget()
        column.addWidget(self._body)
        self._fill_body()
        column.addStretch(1)
        self.area: QScrollArea = scroll_area(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(10)
        self.title = Label("", "title", wrap=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.pill = Pill("", "review")
        self.print = Button(_("打印"), "ghost", icon="print")
        self.open = Button(_("打开原单"), "ghost", icon="eye")
        self.print.clicked.connect(self.printRequested)
        self.open.clicked.connect(self.openRequested)
        row.addWidget(self.title, 8)
        row.addWidget(self.pill)
        row.addStretch(1)
        row.addWidget(self.print)
        row.addWidget(self.open)
        head.addLayout(row)
        self.sub = Label("", "note", "text3", wrap=True)
        head.addWidget(self.sub)
        return head

    def _fill_body(self) -> None:
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.totals = _Totals()
        self.changes = ChangeStrip()
        self.facts = FactsGrid()
        self.funds = PaperGrid(_("资金来源"))
        self.items = PaperGrid(_("采购内容"))
        self.files = FileCards()
        self.preview = FilePreview()
        files = QWidget()
        stack = QVBoxLayout(files)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        stack.addWidget(self.files)
        stack.addWidget(self.preview)
        self._fund_section = _Section(_("资金来源"), self.funds)
        self._item_section = _Section(_("采购内容"), self.items)
        self._file_section = _Section(_("附件"), files)
        for widget in (self.totals, self.changes, self.facts):
            column.addWidget(widget)
        for section in (self._fund_section, self._item_section, self._file_section):
            column.addSpacing(4)
            column.addWidget(section)
        self.files.picked.connect(self.filePicked)

    def show_paper(self, paper: Paper, changes: tuple[texts.Changed, ...]) -> None:
        """Show a document from its top."""
        self._paper = paper
        record = paper.record
        self._name(record.content.title)
        self.empty.hide()
        self._top.show()
        self.pill.set_state(*pill_of(record.head.state))
        self.totals.total.setText(money_text(record.head.total))
        self.totals.capitals.setText(rmb_upper(record.head.total))
        self.totals.fiscal.setText(money_text(record.head.fiscal))
        self.totals.own.setText(money_text(record.head.own))
        self.changes.set_changes(changes, came_back=paper.before is not None)
        self.facts.set_facts(texts.facts_of(paper))
        self._fund_section.note.setText(texts.fund_note(paper))
        self._item_section.note.setText(_("{count} 行").format(count=len(record.content.items)))
        self.items.set_rows(*texts.item_grid(paper))
        self._show_by_width()
        self._file_section.note.setText(texts.file_note(paper))
        self.files.set_files(record.attachments, paper.names, fresh=paper.new_files)
        self.preview.hide()
        self._body.show()
        self.area.verticalScrollBar().setValue(0)

    def show_nothing(self, title: str, text: str) -> None:
        """Say that there is no document to show."""
        self._paper = None
        self._body.hide()
        self._top.hide()
        self.empty.title.setText(title)
        self.empty.text.setText(text)
        self.empty.show()

    def show_files_verdict(self, checks: Sequence[Check]) -> None:
        """Say whether the files the rules demand are there."""
        if self._paper is None:
            return
        demanded = [check for check in checks if check.rule in _FILE_RULES]
        words = texts.file_note(self._paper)
        if demanded and all(check.ok for check in demanded):
            words += " · " + _("规则要求的都在")
        elif demanded:
            words += " · " + _("缺规则要求的附件")
        self._file_section.note.setText(words)

    def show_preview(self) -> None:
        """Scroll to the head of the open file."""
        layout = self._body.layout()
        if layout is not None:
            layout.activate()
        content = self._body.parentWidget() or self._body
        top = self.preview.mapTo(content, QPoint(0, 0)).y()
        self.area.verticalScrollBar().setValue(top - 70)

    def _name(self, title: str) -> None:
        # as wide as its words, so that the pill stands right behind them; longer ones wrap
        self.title.setMaximumWidth(ceil(text_width(title, "title")) + 2)
        self.title.setText(title)

    def tell(self, text: str, tone: str = "info") -> Notice:
        """Put a strip above the document that stays until dismissed; the last one replaces it."""
        self.quiet()
        made = Notice(text, tone)
        self._notices.addWidget(made)
        return made

    def quiet(self) -> None:
        """Take the strip away."""
        while self._notices.count():
            taken = self._notices.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if isinstance(widget, QObject):
                widget.deleteLater()

    def told(self) -> str:
        """Return the sentence of the strip, or an empty text."""
        item = self._notices.itemAt(0)
        widget = item.widget() if item is not None else None
        return widget.label.text() if isinstance(widget, Notice) else ""

    def _show_by_width(self) -> None:
        if self._paper is not None:
            self.sub.setText(texts.subtitle(self._paper, narrow=self._narrow))
            self.funds.set_rows(*texts.fund_grid(self._paper, narrow=self._narrow))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the fund numbers where columns would not fit."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._show_by_width()
