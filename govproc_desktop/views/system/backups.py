"""备份与恢复: make a verified backup, verify the database, bring a backup back as a new file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.errors import AppError, Cancelled
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.maintenance import BackupFile, Seal, VerifyReport
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.roles import Kind
from govproc_desktop.views.kit.widgets import Button, Card, Label, Notice, Pill
from govproc_desktop.views.system import backup_work
from govproc_desktop.views.system.backup_work import Shelf, Told
from govproc_desktop.views.system.parts import ProgressPane, RowsCell, RowsColumn, RowsTable

T = TypeVar("T")
_SIDE = 356
PATTERNS = N_("数据文件 (*.sqlite3)")


class BackupsWindow(QWidget):
    """One piece of work at a time, each with progress and 取消; nothing is ever overwritten."""

    def __init__(self, desk: Desk, params: Mapping[str, Any]) -> None:
        super().__init__()
        del params
        self._desk = desk
        self._stop = Event()
        self._shelf: Shelf | None = None
        self.setWindowTitle(_("备份与恢复"))
        self.make = Button(_("立即备份"), "primary", icon="save", keycap="Ctrl B")
        self.make.setShortcut("Ctrl+B")
        self.elsewhere = Button(_("备份到别处…"), icon="folder")
        self.verify = Button(_("核对数据库"), icon="shield")
        self.restore = Button(_("恢复成新文件…"), icon="undo")
        self.other = Button(_("用别处的备份恢复…"), "ghost")
        self.progress = ProgressPane()
        self.told = Notice("", "ok")
        self.files = RowsTable(_("备份"))
        self.place = Label("", "note", "text3")
        self.verdict = Pill("")
        self.words = Label("", "body", "text", wrap=True)
        self.seal = Label("", "note", "text3", wrap=True)
        self._build()
        self._connect()
        self.setFocusProxy(self.make)
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 24, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(_("备份与恢复"), "heading"))
        words.addWidget(self.place)
        head.addLayout(words, 1)
        head.addWidget(self.elsewhere)
        head.addWidget(self.make)
        column.addLayout(head)
        column.addWidget(self.told)
        self.told.hide()
        column.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignLeft)
        self.progress.hide()
        parts = QHBoxLayout()
        parts.setSpacing(16)
        card = Card(_("已有的备份"), _("写完都当场打开核对过，核对不过的不留"), flush=True)
        card.body.setContentsMargins(1, 0, 1, 10)
        card.body.addWidget(self.files)
        parts.addWidget(card, 1)
        side = QVBoxLayout()
        side.setSpacing(16)
        for each in (self._verify_card(), self._restore_card()):
            each.setFixedWidth(_SIDE)
            side.addWidget(each)
        side.addStretch(1)
        parts.addLayout(side)
        column.addLayout(parts, 1)

    def _verify_card(self) -> Card:
        card = Card(_("核对"), right=self.verdict)
        self.verdict.hide()
        self.words.setText(_("逐条核对余额、状态、编号和审计链，只看不改。"))
        for label in (self.words, self.seal):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            card.body.addWidget(label)
        self.seal.hide()
        card.body.addWidget(self.verify, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _restore_card(self) -> Card:
        card = Card(_("恢复"))
        told = _("备份会恢复成一个新的数据文件，先核对再交给您；正在用的数据一个字也不动。")
        card.body.addWidget(Label(told, "body", "text", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.restore)
        row.addWidget(self.other)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _connect(self) -> None:
        self.make.clicked.connect(lambda: self._make(None))
        self.elsewhere.clicked.connect(self._make_elsewhere)
        self.verify.clicked.connect(self._verify)
        self.restore.clicked.connect(self._restore_chosen)
        self.other.clicked.connect(self._restore_other)
        self.files.opened.connect(lambda _index: self._restore_chosen())
        self.progress.cancelled.connect(self._stop.set)
        stop = self._stop
        self.destroyed.connect(lambda: stop.set())

    def refresh(self) -> None:
        """Look into the folder again."""
        self._desk.read(backup_work.shelf, self._show, owner=self, era="shelf")

    def _show(self, shelf: Shelf) -> None:
        self._shelf = shelf
        last = shelf.place.last_at
        when = _("上次备份 {at}").format(at=fmt.moment(last)) if last else _("还没有备份过")
        folder = _("存到 {folder}").format(folder=shelf.place.folder)
        self.place.setText(f"{when} · {folder}")
        columns = (
            RowsColumn(title=_("备份时间"), width=170, strong=True),
            RowsColumn(title=_("大小"), width=90, kind=Kind.NUMBER),
            RowsColumn(title=_("核对"), width=96, kind=Kind.PILL),
            RowsColumn(title=_("文件"), stretch=True),
        )
        rows: list[list[str | RowsCell]] = [
            [
                fmt.moment(each.made_at),
                fmt.size(each.size),
                RowsCell(_("已核对"), "passed"),
                each.path.name,
            ]
            for each in shelf.files
        ]
        self.files.show_rows(columns, rows)
        self.files.choose(0)
        why = _("文件夹里还没有备份") if not shelf.files else None
        self.restore.set_reason(why)

    def _make(self, where: Path | None) -> None:
        self._run(
            _("正在备份"),
            lambda reader, told, stop: backup_work.make(reader, where, told=told, stop=stop),
            self._made,
        )

    def _make_elsewhere(self) -> None:
        now = self._desk.context.clock()
        path = self._desk.asker.save_file(
            title=_("备份到别处"),
            name=f"backup-{now:%Y%m%d-%H%M%S}.sqlite3",
            patterns=_(PATTERNS),
        )
        if path is not None:
            self._make(path if path.suffix else path.with_suffix(".sqlite3"))

    def _made(self, made: BackupFile) -> None:
        told = _("已备份到 {path}（{size}），并打开核对过。封条 {seal}。")
        self._say(
            told.format(path=made.path, size=fmt.size(made.size), seal=made.seal.text()), "ok"
        )
        self.refresh()

    def _verify(self) -> None:
        self._run(
            _("正在核对"),
            lambda reader, told, stop: backup_work.verify(reader, told=told, stop=stop),
            self._verified,
        )

    def _verified(self, report: VerifyReport) -> None:
        if report.sound:
            self.verdict.set_state(_("没有问题"), "passed")
        else:
            count = len(report.findings)
            self.verdict.set_state(_("{count} 类问题").format(count=count), "failed")
        self.verdict.show()
        self.words.setText("\n".join(backup_work.in_words(report)))
        seal = _("封条 {seal}。抄在纸上，以后能证明账没有被截短。")
        if not report.sound:
            seal = _(
                "请先不要办理业务，把上面的话告诉技术人员；"
                "需要时把最近一份核对过的备份恢复成新文件。封条 {seal}。"
            )
        self.seal.setText(seal.format(seal=report.seal.text()))
        self.seal.show()

    def _restore_chosen(self) -> None:
        row = self.files.chosen_row()
        if self._shelf is not None and 0 <= row < len(self._shelf.files):
            self._restore(self._shelf.files[row].path)

    def _restore_other(self) -> None:
        found = self._desk.asker.open_files(title=_("选择备份文件"), patterns=_(PATTERNS))
        if found:
            self._restore(found[0])

    def _restore(self, file: Path) -> None:
        now = self._desk.context.clock()
        target = self._desk.asker.save_file(
            title=_("恢复成哪个新文件"),
            name=_("恢复-{time}.sqlite3").format(time=f"{now:%Y%m%d-%H%M%S}"),
            patterns=_(PATTERNS),
        )
        if target is None:
            return
        path = target if target.suffix else target.with_suffix(".sqlite3")
        self._run(
            _("正在恢复"),
            lambda reader, told, stop: backup_work.restore(
                reader, file, path, told=told, stop=stop
            ),
            lambda seal: self._restored(seal, path),
        )

    def _restored(self, seal: Seal, path: Path) -> None:
        told = _(
            "已恢复成 {path} 并核对过（封条 {seal}）。"
            "要用它，请在「设置 · 数据库」填这个路径再重新打开程序。"
        )
        self._say(told.format(path=path, seal=seal.text()), "ok")

    def _run(
        self,
        title: str,
        work: Callable[[Reader, Told, Event], T],
        done: Callable[[T], None],
    ) -> None:
        self._stop.clear()
        self.progress.start(title)
        self.progress.show()
        self._hold(busy=True)
        reader, told, stop = self._desk.reader(), self.progress.told.emit, self._stop

        def finished(answer: T) -> None:
            self.progress.hide()
            self._hold(busy=False)
            done(answer)

        self._desk.tasks.run(
            lambda: work(reader, told, stop), finished, self._failed, owner=self, lane="paper"
        )

    def _failed(self, fault: AppError) -> None:
        self.progress.hide()
        self._hold(busy=False)
        if isinstance(fault, Cancelled):
            self._say(fault.sentence(), "info")
        else:
            self._say(fault.sentence(), "danger")

    def _hold(self, *, busy: bool) -> None:
        for button in (self.make, self.elsewhere, self.verify, self.restore, self.other):
            button.setEnabled(not busy)

    def _say(self, text: str, tone: str) -> None:
        old = self.told
        self.told = Notice(text, tone)
        column = self.layout()
        if column is not None:
            column.replaceWidget(old, self.told)
        old.hide()
        old.deleteLater()
        self.told.show()
