"""待办事项: the queue, the document and what the rules say of it, decided on one screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.errors import AppError
from govproc_desktop.domain.rules import Check
from govproc_desktop.i18n import _
from govproc_desktop.queries.histories import (
    Paper,
    PhraseParams,
    Whereabouts,
    paper,
    phrases,
    whereabouts,
)
from govproc_desktop.queries.inbox import (
    PAGE,
    InboxPage,
    InboxParams,
    InboxRow,
    inbox_list,
)
from govproc_desktop.queries.plans import PlanParams
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.context import Changes, Outcome
from govproc_desktop.views.inbox.action_bar import ActionBar, PhraseMenu
from govproc_desktop.views.inbox.bulk_dialog import BulkDialog
from govproc_desktop.views.inbox.checks_pane import ChecksPane
from govproc_desktop.views.inbox.deeds import DEEDS, BulkReport, Verdict, judge
from govproc_desktop.views.inbox.document_pane import DocumentPane
from govproc_desktop.views.inbox.list_pane import ListPane
from govproc_desktop.views.inbox.paper_texts import Changed, changes_of
from govproc_desktop.views.inbox.return_dialog import ReturnDialog
from govproc_desktop.views.inbox.telling import (
    back_refusal_of,
    done_sentence,
    refusal_of,
    taken_sentence,
)
from govproc_desktop.views.inbox.viewing import FileViewer
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.errors import told
from govproc_desktop.views.kit.why import show_why
from govproc_desktop.views.kit.widgets import Button, Panel

GUARD_MS = 500
"""How long a document must have been shown before a key may pass it: stops the double press."""
_CHECKS_WIDTH = 360
_BULK_MOST = 200


@dataclass
class _Current:
    """What is shown now; the opinions half-written for others are kept by document."""

    row: InboxRow | None = None
    paper: Paper | None = None
    verdict: Verdict | None = None
    busy: bool = False
    shown: QElapsedTimer = field(default_factory=QElapsedTimer)
    typed: dict[UUID, str] = field(default_factory=dict)


class InboxWindow(QWidget):
    """The inbox; letters act only while no text field has the focus."""

    refresh_on = frozenset({"task", "plan"})

    def __init__(self, desk: Desk, *, uid: UUID | None = None) -> None:
        super().__init__()
        self.setWindowTitle(_("待办事项"))
        self._desk = desk
        self._now = _Current()
        self._wish = uid
        self._stale = False
        self._phrases: list[str] = []
        self.pane = ListPane()
        self.document = DocumentPane()
        self.checks = ChecksPane()
        self.bar = ActionBar()
        self.viewer = FileViewer(desk, self.document, parent=self)
        self._lay_out()
        self._connect()
        self._keys()
        self.document.show_nothing(_("待办事项"), _("正在读取…"))
        self.reload()
        desk.read(lambda reader: phrases(reader, PhraseParams()), self._take_phrases, owner=self)

    def _lay_out(self) -> None:
        right = Panel(fill="", side="left")
        right.setFixedWidth(_CHECKS_WIDTH)
        inner = QVBoxLayout(right)
        inner.setContentsMargins(1, 0, 0, 0)
        inner.addWidget(self.checks)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.pane)
        across.addWidget(self.document, 1)
        across.addWidget(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(across, 1)
        column.addWidget(self.bar)

    def _connect(self) -> None:
        tasks = self.pane.list
        tasks.moved.connect(self._moved)
        tasks.opened.connect(lambda _place: self.open_original())
        tasks.wanted.connect(self._fetch)
        self.pane.questionChanged.connect(lambda: self.reload(place=0))
        self.pane.bulkAsked.connect(self.ask_bulk)
        self.document.openRequested.connect(self.open_original)
        self.document.printRequested.connect(self._print)
        self.checks.mendRequested.connect(self._mend)
        self.bar.upAsked.connect(lambda: tasks.go(tasks.place - 1))
        self.bar.downAsked.connect(lambda: tasks.go(tasks.place + 1))
        self.bar.approveAsked.connect(self.approve)
        self.bar.returnAsked.connect(self.ask_return)
        self.bar.whyAsked.connect(self._why)
        self.bar.phrasesAsked.connect(self.offer_phrases)
        self.bar.opinion.left.connect(tasks.setFocus)
        self.bar.opinion.textEdited.connect(self._typed)
        self._desk.notices.changed.connect(self._noticed)
        self.setFocusProxy(tasks)

    def _keys(self) -> None:
        tasks = self.pane.list
        deeds: dict[str, Callable[[], object]] = {
            "A": lambda: _press(self.bar.approve),
            "R": lambda: _press(self.bar.back),
            "/": self.offer_phrases,
            "Up": lambda: tasks.go(tasks.place - 1),
            "Down": lambda: tasks.go(tasks.place + 1),
        }
        for key, deed in deeds.items():
            # a focused text field takes its letters before a shortcut sees them
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(key in ("Up", "Down"))
            shortcut.activated.connect(deed)

    # reading

    def reload(self, *, place: int | None = None) -> None:
        """Read the queue again, keeping the current document or its place."""
        if not self.isVisible() and self._now.paper is not None:
            self._stale = True
            return
        tasks = self.pane.list
        at = max(0, tasks.place) if place is None else place
        row = self._now.row if place is None else None
        params = self._params(at - at % PAGE)
        self._desk.read(
            lambda reader: inbox_list(reader, params),
            lambda page: self._take_page(page, params.offset, keep=row, place=at),
            owner=self,
            era="list",
        )

    def _params(self, offset: int) -> InboxParams:
        return InboxParams(kind=self.pane.kinds.value(), order=self.pane.order, offset=offset)

    def _take_page(
        self, page: InboxPage, offset: int, *, keep: InboxRow | None, place: int
    ) -> None:
        self.pane.show_counts(page)
        tasks = self.pane.list
        tasks.clear(page.total)
        tasks.put(offset, page.rows)
        if self._wish is not None:
            place = tasks.find_document(self._wish, otherwise=place)
            self._wish = None
        elif keep is not None:
            place = tasks.find_task(keep.task, otherwise=place)
        if page.total:
            tasks.go(min(place, page.total - 1))
        else:
            self._show_empty(page)

    def _fetch(self, offset: int) -> None:
        params = self._params(offset)
        self._desk.read(
            lambda reader: inbox_list(reader, params),
            lambda page: self._take_rows(page, offset),
            owner=self,
            era=f"page{offset}",
        )

    def _take_rows(self, page: InboxPage, offset: int) -> None:
        tasks = self.pane.list
        tasks.put(offset, page.rows)
        row = tasks.row(tasks.place)
        if row is not None and self._now.row is None:
            self._moved(tasks.place)

    def _show_empty(self, page: InboxPage) -> None:
        self._now.row = self._now.paper = self._now.verdict = None
        note = page.notes[0] if page.notes else _("都办完了。新送来的单据会出现在左边。")
        self.document.show_nothing(_("没有待办"), note)
        self.checks.show_nothing()
        self.bar.set_place(-1, 0)
        self.bar.opinion.clear()
        self.bar.set_refusal(_("没有待办单据"), back=_("没有待办单据"))

    def _moved(self, place: int) -> None:
        tasks = self.pane.list
        self.bar.set_place(place, tasks.total)
        before, row = self._now.row, tasks.row(place)
        self._now.row = row
        if row is None:
            return  # its page is on the way
        if before is None or before.task != row.task:
            self._now.paper = self._now.verdict = None
            self.viewer.close()
            self.bar.opinion.setText(self._now.typed.get(row.doc_uid, ""))
        self.bar.set_refusal(_("正在检查…"), back=_("正在读取…"))
        self._read_paper(row)

    def _read_paper(self, row: InboxRow) -> None:
        params = PlanParams(uid=row.doc_uid)

        def both(reader: Reader) -> tuple[Paper, tuple[Changed, ...]]:
            found = paper(reader, params)
            return found, changes_of(found)

        self._desk.read(both, self._take_paper, owner=self, era="paper", failed=self._lost)

    def _take_paper(self, found: tuple[Paper, tuple[Changed, ...]]) -> None:
        row = self._now.row
        if row is None or found[0].record.head.uid != row.doc_uid:
            return
        self._now.paper = found[0]
        self._now.shown.start()
        self.document.show_paper(*found)
        self.checks.show_paper(found[0], me=self._desk.context.actor.person_name)
        seen, context = found[0].record.head.row_version, self._desk.context
        self._desk.tasks.run(
            lambda: judge(row, seen, context),
            lambda verdict: self._take_verdict(row, verdict),
            self._lost,
            owner=self,
            era="checks",
        )

    def _take_verdict(self, row: InboxRow, verdict: Verdict) -> None:
        if self._now.row is None or self._now.row.task != row.task:
            return
        self._now.verdict = verdict
        self.checks.show_checks(verdict.approve)
        self._judge()

    def _judge(self) -> None:
        verdict = self._now.verdict
        if verdict is not None:
            off = refusal_of(verdict.approve, opinion=self.bar.opinion.text())
            self.bar.set_refusal(off, back=back_refusal_of(verdict.back))

    def _lost(self, fault: AppError) -> None:
        self.document.tell(told(fault), "danger")

    # deciding

    def approve(self) -> None:
        """Pass the document at once; off, unseen or under way it does nothing."""
        now = self._now
        if now.busy or now.row is None or now.paper is None or now.verdict is None:
            return
        if now.shown.elapsed() < GUARD_MS:
            return
        seen, opinion = now.paper.record.head.row_version, self.bar.opinion.text().strip()
        cmd = DEEDS[now.row.doc_kind].approve(now.row.doc_uid, seen, opinion)
        self._send(cmd, now.row, verb=_("同意"))

    def ask_return(self) -> ReturnDialog | None:
        """Ask where to and why, then return the document."""
        now = self._now
        if now.busy or now.row is None or now.paper is None or self.bar.back.reason is not None:
            return None
        opinion = self.bar.opinion.text()
        dialog = ReturnDialog(now.paper, opinion=opinion, phrases=self._phrases, parent=self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row, seen = now.row, now.paper.record.head.row_version

        def send() -> None:
            cmd = DEEDS[row.doc_kind].back(
                row.doc_uid, seen, dialog.opinion(), dialog.target(), dialog.pins()
            )
            self._send(cmd, row, verb=_("退回"))

        dialog.accepted.connect(send)
        dialog.open()
        return dialog

    def _send(self, cmd: object, row: InboxRow, *, verb: str) -> None:
        self._now.busy = True
        self.bar.set_refusal(_("正在办理…"), back=_("正在办理…"))

        def done(_outcome: Outcome) -> None:
            self._now.busy = False
            self._now.typed.pop(row.doc_uid, None)
            self._now.row = None
            self.bar.opinion.clear()
            self._ask_where(row, lambda where: self._told_done(where, verb))
            self.reload(place=max(0, self.pane.list.place))

        def failed(fault: AppError) -> None:
            self._now.busy = False
            self._ask_where(row, lambda where: self._told_taken(where, fault))

        self._desk.send(cmd, done, owner=self, failed=failed)

    def _ask_where(self, row: InboxRow, done: Callable[[Whereabouts], None]) -> None:
        params = PlanParams(uid=row.doc_uid)
        self._desk.read(lambda reader: whereabouts(reader, params), done, owner=self)

    def _told_done(self, where: Whereabouts, verb: str) -> None:
        self.document.tell(done_sentence(where, verb), "ok" if verb == _("同意") else "info")

    def _told_taken(self, where: Whereabouts, fault: AppError) -> None:
        shown = self._now.paper
        steps = len(shown.record.steps) if shown is not None else 0
        if where.last is not None and where.last.seq > steps:
            today = self._desk.context.clock().date()
            self.document.tell(taken_sentence(where, today=today), "warn")
        else:
            self.document.tell(told(fault), "danger")
        self.reload()

    # around

    def refresh(self) -> None:
        """Read again (F5 of the main window)."""
        self.reload()

    def take(self, params: dict[str, Any]) -> None:
        """Go to a document the window is opened with again."""
        if params.get("uid"):
            self._wish = UUID(str(params["uid"]))
        self.reload()

    def ask_bulk(self) -> None:
        """Read the documents whose checks are all green and offer them."""
        params = InboxParams(kind=self.pane.kinds.value(), only_green=True, limit=_BULK_MOST)
        self._desk.read(
            lambda reader: inbox_list(reader, params), self._offer_bulk, owner=self, era="bulk"
        )

    def _offer_bulk(self, page: InboxPage) -> None:
        rows = [row for row in page.rows if not row.own]
        if not rows:
            return
        dialog = BulkDialog(self._desk, rows, parent=self)
        dialog.setObjectName("bulk")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finishedBulk.connect(self._bulk_done)
        dialog.open()

    def _bulk_done(self, report: BulkReport) -> None:
        words = _("成批同意：{passed} 件已同意，{refused} 件没有办成，{left} 件没有动。")
        counts = {
            "passed": len(report.passed),
            "refused": len(report.refused),
            "left": report.left,
        }
        self.document.tell(words.format(**counts), "warn" if report.refused else "ok")
        self._now.row = None
        self.reload(place=0)

    def offer_phrases(self) -> None:
        """Offer the common phrases over the opinion field."""
        field_ = self.bar.opinion
        field_.setFocus()
        menu = PhraseMenu(self._phrases, parent=self)
        menu.taken.connect(self._take_phrase)
        menu.show_above(field_)

    def _take_phrase(self, phrase: str) -> None:
        self.bar.opinion.setText(self.bar.opinion.text() + phrase)
        self.bar.opinion.setFocus()
        self._typed(self.bar.opinion.text())

    def _take_phrases(self, found: list[str]) -> None:
        self._phrases = [_(each) for each in found]

    def _typed(self, text: str) -> None:
        if self._now.row is not None:
            self._now.typed[self._now.row.doc_uid] = text
        self._judge()

    def open_original(self) -> None:
        """Open the document in its own window."""
        if self._now.row is not None:
            self._desk.open("plan.form", uid=str(self._now.row.doc_uid))

    def _print(self) -> None:
        if self._now.row is not None:
            self._desk.open("print.preview", form="F-01", uids=(str(self._now.row.doc_uid),))

    def _mend(self, target: str) -> None:
        if target.startswith("window:"):
            self._desk.open(target)
        elif self._now.row is not None:
            self._desk.open("plan.form", uid=str(self._now.row.doc_uid), field=target)

    def _why(self, button: Button) -> None:
        verdict = self._now.verdict
        if verdict is None:
            return
        on_back = button is self.bar.back
        title = _("为什么不能退回") if on_back else _("为什么不能同意")
        checks: tuple[Check, ...] = verdict.back if on_back else verdict.approve
        show_why(button, title, checks=checks, go=self._mend)

    def _noticed(self, changes: Changes, origin: QObject | None) -> None:
        if origin is not self and changes.kinds & self.refresh_on:
            self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what changed while the window was behind."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()


def _press(button: Button) -> None:
    if button.reason is not None:
        button.whyRequested.emit()
    else:
        button.click()
