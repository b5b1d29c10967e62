"""Deciding in the inbox: pass, return, pass many; then the next document, and who has this one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QObject, Qt
from PySide6.QtWidgets import QWidget

from govproc_desktop.domain.errors import AppError
from govproc_desktop.i18n import _
from govproc_desktop.queries.histories import Paper, Whereabouts, whereabouts
from govproc_desktop.queries.inbox import InboxPage, InboxParams, InboxRow, inbox_list
from govproc_desktop.queries.plans import PlanParams
from govproc_desktop.services.context import Outcome
from govproc_desktop.views.inbox.action_bar import ActionBar
from govproc_desktop.views.inbox.bulk_dialog import BulkDialog
from govproc_desktop.views.inbox.deeds import DEEDS, BulkReport, Verdict
from govproc_desktop.views.inbox.document_pane import DocumentPane
from govproc_desktop.views.inbox.return_dialog import ReturnDialog
from govproc_desktop.views.inbox.telling import done_sentence, taken_sentence
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.errors import told

GUARD_MS = 500
"""How long a document must have been shown before it may be passed: stops the double press."""
_BULK_MOST = 200


@dataclass
class Current:
    """What is shown now; the opinions half-written for others are kept by document."""

    row: InboxRow | None = None
    paper: Paper | None = None
    verdict: Verdict | None = None
    busy: bool = False
    shown: QElapsedTimer = field(default_factory=QElapsedTimer)
    typed: dict[UUID, str] = field(default_factory=dict)

    @property
    def seen(self) -> int:
        """The row version of the text that is shown."""
        return self.paper.record.head.row_version if self.paper is not None else 0


class Inbox(Protocol):
    """What deciding needs of its window."""

    now: Current
    bar: ActionBar
    document: DocumentPane

    def reload(self, *, after: bool = False) -> None:
        """Read the queue again; ``after`` a decision the next document is shown."""


class Decider(QObject):
    """Sends the decisions of one inbox window; GUI thread only."""

    def __init__(self, desk: Desk, inbox: Inbox, *, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._inbox = inbox
        self._window = window
        self.phrases: list[str] = []

    def approve(self) -> None:
        """Pass the document at once; not yet judged, just shown or under way it does nothing."""
        now = self._inbox.now
        if now.busy or now.row is None or now.paper is None or now.verdict is None:
            return
        if self._inbox.bar.approve.reason is not None or now.shown.elapsed() < GUARD_MS:
            return
        opinion = self._inbox.bar.opinion.text().strip()
        cmd = DEEDS[now.row.doc_kind].approve(now.row.doc_uid, now.seen, opinion)
        self._send(cmd, now.row, verb=_("同意"))

    def ask_return(self) -> ReturnDialog | None:
        """Ask where to and why, then return the document."""
        now, bar = self._inbox.now, self._inbox.bar
        if now.busy or now.row is None or now.paper is None or bar.back.reason is not None:
            return None
        dialog = ReturnDialog(
            now.paper, opinion=bar.opinion.text(), phrases=self.phrases, parent=self._window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row, seen = now.row, now.seen

        def send() -> None:
            cmd = DEEDS[row.doc_kind].back(
                row.doc_uid, seen, dialog.opinion(), dialog.target(), dialog.pins()
            )
            self._send(cmd, row, verb=_("退回"))

        dialog.accepted.connect(send)
        dialog.open()
        return dialog

    def _send(self, cmd: object, row: InboxRow, *, verb: str) -> None:
        inbox = self._inbox
        inbox.now.busy = True
        inbox.bar.set_refusal(_("正在办理…"), back=_("正在办理…"), tone="text2")

        def done(_outcome: Outcome) -> None:
            inbox.now.busy = False
            inbox.now.typed.pop(row.doc_uid, None)
            inbox.bar.opinion.clear()
            inbox.reload(after=True)
            self._ask_where(row, lambda where: self._tell_done(where, verb))

        def failed(fault: AppError) -> None:
            inbox.now.busy = False
            self._ask_where(row, lambda where: self._tell_taken(where, fault))

        self._desk.send(cmd, done, owner=self._window, failed=failed)

    def _ask_where(self, row: InboxRow, done: Callable[[Whereabouts], None]) -> None:
        params = PlanParams(uid=row.doc_uid)
        self._desk.read(lambda reader: whereabouts(reader, params), done, owner=self._window)

    def _tell_done(self, where: Whereabouts, verb: str) -> None:
        tone = "ok" if verb == _("同意") else "info"
        self._inbox.document.tell(done_sentence(where, verb), tone)

    def _tell_taken(self, where: Whereabouts, fault: AppError) -> None:
        """Say who was first, when the refusal comes of another's step; else the refusal."""
        shown = self._inbox.now.paper
        steps = len(shown.record.steps) if shown is not None else 0
        if where.last is not None and where.last.seq > steps:
            today = self._desk.context.clock().date()
            self._inbox.document.tell(taken_sentence(where, today=today), "warn")
        else:
            self._inbox.document.tell(told(fault), "danger")
        self._inbox.reload()

    def ask_bulk(self, kind: str) -> None:
        """Read the documents whose checks are all green and offer them."""
        params = InboxParams(kind=kind, only_green=True, limit=_BULK_MOST)
        self._desk.read(
            lambda reader: inbox_list(reader, params),
            self._offer_bulk,
            owner=self._window,
            era="bulk",
        )

    def _offer_bulk(self, page: InboxPage) -> None:
        rows = [row for row in page.rows if not row.own]
        if not rows:
            return
        dialog = BulkDialog(self._desk, rows, parent=self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finishedBulk.connect(self._bulk_done)
        dialog.open()

    def _bulk_done(self, report: BulkReport) -> None:
        words = _("成批同意：{passed} 件已同意，{refused} 件没有办成，{left} 件没有动。")
        sentence = words.format(
            passed=len(report.passed), refused=len(report.refused), left=report.left
        )
        self._inbox.reload()
        self._inbox.document.tell(sentence, "warn" if report.refused else "ok")
