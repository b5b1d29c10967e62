"""待办事项: the queue, the document and what the rules say of it, decided on one screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.errors import AppError
from govproc_desktop.domain.rules import Check
from govproc_desktop.i18n import _
from govproc_desktop.queries.histories import (
    Paper,
    PhraseParams,
    paper,
    phrases,
)
from govproc_desktop.queries.inbox import (
    FLOWS,
    PAGE,
    InboxPage,
    InboxParams,
    InboxRow,
    inbox_list,
)
from govproc_desktop.queries.plans import PlanParams
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.context import Changes
from govproc_desktop.views.inbox.action_bar import ActionBar, PhraseMenu
from govproc_desktop.views.inbox.checks_pane import ChecksPane
from govproc_desktop.views.inbox.deciding import Current, Decider
from govproc_desktop.views.inbox.deeds import Verdict, judge
from govproc_desktop.views.inbox.document_pane import DocumentPane
from govproc_desktop.views.inbox.list_pane import ListPane
from govproc_desktop.views.inbox.paper_texts import Changed, changes_of
from govproc_desktop.views.inbox.telling import (
    back_refusal_of,
    refusal_of,
)
from govproc_desktop.views.inbox.viewing import FileViewer
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.errors import told
from govproc_desktop.views.kit.why import show_why
from govproc_desktop.views.kit.widgets import Button, Panel

_CHECKS_WIDTH = 360
_AGAIN_MS = 30_000
"""How old what is shown must be before coming back to the window reads it again."""


class InboxWindow(QWidget):
    """The inbox; letters act only while no text field has the focus."""

    refresh_on = frozenset({"task", "plan"})

    def __init__(self, desk: Desk, *, uid: UUID | None = None) -> None:
        super().__init__()
        self.setWindowTitle(_("待办事项"))
        self._desk = desk
        self.now = Current()
        self._wish = uid
        self._stale = False
        self._read_at = QElapsedTimer()
        self._phrases: list[str] = []
        self.pane = ListPane()
        self.document = DocumentPane()
        self.checks = ChecksPane()
        self.bar = ActionBar()
        self.viewer = FileViewer(desk, self.document, parent=self)
        self.decider = Decider(desk, self, window=self)
        self._lay_out()
        self._connect()
        self._keys()
        self.document.show_nothing(_("待办事项"), _("正在读取…"))
        self.reload()
        desk.read(_both_phrases, self._take_phrases, owner=self)

    def _lay_out(self) -> None:
        self._right = right = Panel(fill="", side="left")
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
        self.pane.questionChanged.connect(self._ask_anew)
        self.pane.bulkAsked.connect(lambda: self.decider.ask_bulk(self.pane.kinds.value()))
        self.document.openRequested.connect(self.open_original)
        self.document.windowAsked.connect(self._desk.open)
        self.document.printRequested.connect(self._print)
        self.checks.mendRequested.connect(self._mend)
        self.bar.upAsked.connect(lambda: tasks.go(tasks.place - 1))
        self.bar.downAsked.connect(lambda: tasks.go(tasks.place + 1))
        self.bar.approveAsked.connect(self.decider.approve)
        self.bar.returnAsked.connect(self.decider.ask_return)
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
            "Ctrl+F": self.pane.open_search,
            "Up": lambda: tasks.go(tasks.place - 1),
            "Down": lambda: tasks.go(tasks.place + 1),
        }
        for key, deed in deeds.items():
            # a focused text field takes its letters before a shortcut sees them
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(key in ("Up", "Down"))
            shortcut.activated.connect(deed)

    def reload(self, *, after: bool = False) -> None:
        """Read the queue again, on the same document; ``after`` a decision on the next one."""
        if not self.isVisible() and self.now.paper is not None:
            self._stale = True
            return
        tasks = self.pane.list
        keep = None if after or self.now.row is None else self.now.row.task
        if after:
            self.now.row = None
        at = max(0, tasks.place)
        params = self._params(at - at % PAGE)
        self._desk.read(
            lambda reader: inbox_list(reader, params),
            lambda page: self._take_page(page, params.offset, keep=keep, place=at),
            owner=self,
            era="list",
        )

    def _ask_anew(self) -> None:
        self.pane.list.start_over()
        self.reload(after=True)

    def _params(self, offset: int) -> InboxParams:
        return InboxParams(
            kind=self.pane.kinds.value(),
            search=self.pane.search.text(),
            order=self.pane.order,
            offset=offset,
        )

    def _take_page(self, page: InboxPage, offset: int, *, keep: UUID | None, place: int) -> None:
        self._read_at.start()
        self.pane.show_counts(page)
        tasks = self.pane.list
        tasks.clear(page.total)
        tasks.put(offset, page.rows)
        if self._wish is not None:
            place = tasks.find_document(self._wish, otherwise=place)
            self._wish = None
        elif keep is not None:
            place = tasks.find_task(keep, otherwise=place)
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
        if row is not None and self.now.row is None:
            self._moved(tasks.place)

    def _show_empty(self, page: InboxPage) -> None:
        self.now.row = self.now.paper = self.now.verdict = None
        title = _("没有找到") if self.pane.search.text() else _("没有待办")
        self.document.show_nothing(title, self._why_empty(page))
        self._right.hide()
        self.bar.hide()
        self.checks.show_nothing()
        self.bar.set_place(-1, 0)
        self.bar.opinion.clear()
        self.bar.set_refusal(_("没有待办单据"), back=_("没有待办单据"), tone="text2")

    def _why_empty(self, page: InboxPage) -> str:
        if self.pane.search.text():
            return _("没有名称里有“{words}”的待办。清空查找可看全部。").format(
                words=self.pane.search.text()[:30]
            )
        if page.notes:
            return page.notes[0]
        actor = self._desk.context.actor
        reviews = (info.review for flow in FLOWS.values() for info in flow.states.values())
        if not any(review and actor.may(review) for review in reviews):
            return _("您没有审核权限，这里不会有单据。您编制的单据在「计划备案」里办理。")
        return _("都办完了。新送来的单据会出现在左边。")

    def _moved(self, place: int) -> None:
        tasks = self.pane.list
        self.bar.set_place(place, tasks.total)
        before, row = self.now.row, tasks.row(place)
        self.now.row = row
        if row is None:
            return  # its page is on the way
        if before is None or before.task != row.task:
            self.now.paper = self.now.verdict = None
            self.viewer.close()
            self.bar.opinion.setText(self.now.typed.get(row.doc_uid, ""))
        self.bar.set_refusal(_("正在检查…"), back=_("正在读取…"), tone="text2")
        self._read_paper(row)

    def _read_paper(self, row: InboxRow) -> None:
        params = PlanParams(uid=row.doc_uid)

        def both(reader: Reader) -> tuple[Paper, tuple[Changed, ...]]:
            found = paper(reader, params)
            return found, changes_of(found)

        self._desk.read(both, self._take_paper, owner=self, era="paper", failed=self._lost)

    def _take_paper(self, found: tuple[Paper, tuple[Changed, ...]]) -> None:
        row = self.now.row
        if row is None or found[0].record.head.uid != row.doc_uid:
            return
        self.now.paper = found[0]
        self.now.shown.start()
        self._right.show()
        self.bar.show()
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
        if self.now.row is None or self.now.row.task != row.task:
            return
        self.now.verdict = verdict
        self.checks.show_checks(verdict.approve)
        self.document.show_files_verdict(verdict.approve)
        self.pane.list.judge(row.task, verdict.approve)
        self._judge()

    def _judge(self) -> None:
        verdict = self.now.verdict
        if verdict is not None:
            off = refusal_of(verdict.approve, opinion=self.bar.opinion.text())
            asking = not any(check.refuses for check in verdict.approve)
            back = back_refusal_of(verdict.back)
            self.bar.set_refusal(off, back=back, tone="warn" if asking else "danger")

    def _lost(self, fault: AppError) -> None:
        self.document.tell(told(fault), "danger")

    def refresh(self) -> None:
        """Read again (F5 of the main window)."""
        self.reload()

    def take(self, params: dict[str, Any]) -> None:
        """Go to a document the window is opened with again."""
        if params.get("uid"):
            self._wish = UUID(str(params["uid"]))
        self.reload()

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

    def _take_phrases(self, found: tuple[list[str], list[str]]) -> None:
        self._phrases, self.decider.phrases = found

    def _typed(self, text: str) -> None:
        if self.now.row is not None:
            self.now.typed[self.now.row.doc_uid] = text
        self._judge()

    def open_original(self) -> None:
        """Open the document in its own window."""
        if self.now.row is not None:
            self._desk.open("plan.form", uid=str(self.now.row.doc_uid))

    def _print(self) -> None:
        if self.now.row is not None:
            self._desk.open("print.preview", form="F-01", uids=(str(self.now.row.doc_uid),))

    def _mend(self, target: str) -> None:
        if target.startswith("window:"):
            self._desk.open(target)
        elif self.now.row is not None:
            self._desk.open("plan.form", uid=str(self.now.row.doc_uid), field=target)

    def _why(self, button: Button) -> None:
        verdict = self.now.verdict
        if verdict is None:
            return
        on_back = button is self.bar.back
        title = _("为什么不能退回") if on_back else _("为什么不能同意")
        checks: tuple[Check, ...] = verdict.back if on_back else verdict.approve
        show_why(button, title, checks=checks, go=self._mend)

    def _noticed(self, changes: Changes, origin: QObject | None) -> None:
        if origin is not self and changes.kinds & self.refresh_on:
            self.reload()

    def event(self, event: QEvent) -> bool:
        """Read again when the person comes back from elsewhere: others work on a server too."""
        back = event.type() == QEvent.Type.WindowActivate and self.now.paper is not None
        if back and not self.now.busy and self._read_at.elapsed() > _AGAIN_MS:
            self.reload()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read again what changed while the window was behind."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.reload()


def _both_phrases(reader: Reader) -> tuple[list[str], list[str]]:
    passing = [_(each) for each in phrases(reader, PhraseParams(action="approve"))]
    return passing, [_(each) for each in phrases(reader, PhraseParams(action="return"))]


def _press(button: Button) -> None:
    if button.reason is not None:
        button.whyRequested.emit()
    else:
        button.click()
