"""The import window: read and try in the background, show the fate of every row, then confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtWidgets import QVBoxLayout, QWidget

from govproc_desktop.domain.errors import AppError, Cancelled
from govproc_desktop.exchange.ykjh import write_ykjh_template
from govproc_desktop.i18n import _
from govproc_desktop.queries import listing
from govproc_desktop.queries.fund_plans import IMPORT_LOG_LIST
from govproc_desktop.queries.imports import ImportReport, RefusedCell, report_of
from govproc_desktop.queries.listing import ListSpec, Order
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.command import run
from govproc_desktop.services.context import Changes, Context, Outcome
from govproc_desktop.services.fund_plans import ImportFundPlans
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.plan_management.fund_import import files
from govproc_desktop.views.plan_management.fund_import.files import Trial
from govproc_desktop.views.plan_management.fund_import.frame import (
    REFUSED,
    REPORT,
    START,
    WORK,
    ImportFrame,
)

_RECENT = 5
_SHORT_HASH = 8


class FundImportWindow(QWidget):
    """One import after another; nothing is written before 「确认」. GUI thread only."""

    def __init__(self, desk: Desk, params: Mapping[str, Any]) -> None:
        super().__init__()
        self._desk = desk
        self._stop = Event()
        self._path: Path | None = None
        self._trial: Trial | None = None
        self._command_uid: UUID = uuid4()
        self.setWindowTitle(_("导入用款计划"))
        self.frame = ImportFrame()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self._connect()
        self.frame.show_step(START)
        self.setFocusProxy(self.frame.start)
        self.refresh()
        if params.get("file"):
            self.take(params)

    def _connect(self) -> None:
        frame = self.frame
        frame.template.clicked.connect(self._save_template)
        frame.logs.clicked.connect(self._open_logs)
        frame.start.all_logs.clicked.connect(self._open_logs)
        frame.start.zone.choose.clicked.connect(self.choose)
        frame.start.zone.dropped.connect(self._dropped)
        frame.progress.cancelled.connect(self._stop.set)
        frame.other.clicked.connect(self.choose)
        frame.ok.clicked.connect(self.confirm)
        frame.conflicts.clicked.connect(lambda: self._desk.open("window:fund_conflicts"))
        for table in (frame.report.refused, frame.refusal.cells):
            table.exportAsked.connect(lambda table=table: self._export(table.cells))
        self._desk.notices.changed.connect(self._noticed)
        # a closed window reads no further; bound to the event, for the window will be gone
        stop = self._stop
        self.destroyed.connect(lambda: stop.set())

    def take(self, params: Mapping[str, Any]) -> None:
        """Begin with a file the window was opened with (``file``)."""
        if params.get("file"):
            self.begin(Path(str(params["file"])))

    def refresh(self) -> None:
        """Read the imports made last."""
        spec = ListSpec(order=(Order(field="at", descending=True),))

        def recent(reader: Reader) -> list[list[str]]:
            rows = listing.page(reader, IMPORT_LOG_LIST, spec)[:_RECENT]
            return [_recent_row(IMPORT_LOG_LIST.record(row)) for row in rows]

        self._desk.read(recent, self.frame.start.show_recent, owner=self, era="recent")

    def choose(self) -> None:
        """Ask for a file and begin with it."""
        found = self._desk.asker.open_files(
            title=_("选择用款计划文件"), patterns=_(files.PATTERNS), many=False
        )
        if found:
            self.begin(found[0])

    def _dropped(self, paths: Sequence[Path]) -> None:
        if len(paths) == 1:
            self.begin(paths[0])
        elif paths:
            told = _("拖进来了 {count} 个文件，一次只能导入一个。请只拖一个。")
            self.frame.start.say(told.format(count=len(paths)), "warn")

    def begin(self, path: Path) -> None:
        """Read a file in the background, then try it; nothing is written."""
        self._path, self._trial = path, None
        self._stop.clear()
        self.frame.progress.start(_("正在读 {name}").format(name=path.name), unit=_("行"))
        self.frame.show_step(WORK)
        told, stop = self.frame.progress.told.emit, self._stop
        self._desk.tasks.run(
            lambda: files.read(path, told=told, stop=stop),
            self._try,
            self._not_read,
            owner=self,
            era="import",
            lane="paper",
        )

    def _try(self, command: ImportFundPlans) -> None:
        self.frame.progress.start(_("正在试算，什么也不写"), unit=_("行"))
        context, reader = self._watched(), self._desk.reader()
        self._desk.tasks.run(
            lambda: files.attempt(command, context, reader),
            self._tried,
            self._not_read,
            owner=self,
            era="import",
        )

    def _tried(self, trial: Trial) -> None:
        self._trial, self._command_uid = trial, uuid4()
        report, frame = trial.report, self.frame
        self._say_same(trial)
        frame.report.show_report(report)
        frame.report.counts.say(_("试算"), "notice", _("现在还什么都没有写"))
        self._name_file(trial.command.file_hash)
        frame.ok.setText(_verb(report))
        frame.ok.set_icon("check")
        # the same file again: its conflicts stand in the list already
        nothing = not report.written and (not report.conflicts or bool(trial.before))
        frame.ok.set_reason(_("没有要写入的行") if nothing else None)
        frame.ok.show()
        frame.conflicts.hide()
        frame.other.setText(_("换一个文件"))
        frame.show_step(REPORT)
        (frame.other if nothing else frame.ok).setFocus()

    def _say_same(self, trial: Trial) -> None:
        same = self.frame.same
        same.setVisible(bool(trial.before))
        if trial.before:
            last = trial.before[0]
            told = _(
                "与 {at} {person} 导入的 {name} 是同一个文件（内容一字不差），再导入不会多算钱。"
            )
            name = last.file_name
            same.set_text(told.format(at=fmt.moment(last.at), person=last.person, name=name))

    def confirm(self) -> None:
        """Do what was tried: the very rows that were shown, once."""
        trial = self._trial
        if trial is None or self.frame.ok.reason is not None:
            return
        self._stop.clear()
        self.frame.progress.start(_("正在写入"), unit=_("行"))
        self.frame.show_step(WORK)
        context, uid, command = self._watched(), self._command_uid, trial.command
        self._desk.tasks.run(
            lambda: run(command, context, command_uid=uid),
            self._done,
            self._not_read,
            owner=self,
            era="import",
        )

    def _done(self, outcome: Outcome) -> None:
        report, frame = report_of(outcome.result), self.frame
        self._desk.notices.tell(outcome.changes, self)
        self._trial = None
        frame.same.hide()
        frame.report.show_report(report)
        told = _("{count} 条已记入台账").format(count=f"{report.written:,}")
        told = told if report.written else _("没有新写入的行，冲突已记下")
        frame.report.counts.say(_("已导入"), "passed", told)
        frame.ok.hide()
        frame.conflicts.setVisible(bool(report.conflicts))
        frame.other.setText(_("再导一个文件"))
        frame.file_note.setText(_("已导入，导入记录里可以再看这份报告"))
        frame.show_step(REPORT)
        frame.other.setFocus()
        self.refresh()

    def _not_read(self, fault: AppError) -> None:
        if isinstance(fault, Cancelled):
            self.frame.start.say(_("已取消，什么也没有写入。"))
            self.frame.show_step(START)
            self.frame.start.setFocus()
            return
        self.frame.refusal.show_fault(fault)
        self._name_file("")
        self.frame.ok.hide()
        self.frame.conflicts.hide()
        self.frame.other.setText(_("换一个文件"))
        self.frame.show_step(REFUSED)
        self.frame.other.setFocus()

    def _watched(self) -> Context:
        progress = self.frame.progress.told.emit
        return replace(self._desk.context, progress=progress, cancelled=self._stop.is_set)

    def _name_file(self, file_hash: str) -> None:
        path = self._path
        self.frame.file.setText(path.name if path is not None else "")
        short = file_hash[:_SHORT_HASH]
        note = _("内容指纹 {hash}").format(hash=short) if short else _("没有导入")
        self.frame.file_note.setText(note)
        self.frame.file_note.setToolTip(file_hash)

    def _open_logs(self) -> None:
        self._desk.open("window:import_logs")

    def _save_template(self) -> None:
        path = self._desk.asker.save_file(
            title=_("下载导入模板"),
            name=_("用款计划导入模板.xlsx"),
            patterns=_("Excel 工作簿 (*.xlsx)"),
        )
        if path is not None:
            done = _("导入模板已存到 {path}。").format(path=path)
            self._write(lambda: write_ykjh_template(path), done)

    def _export(self, cells: tuple[RefusedCell, ...]) -> None:
        name = self._path.stem if self._path is not None else _("用款计划")
        path = self._desk.asker.save_file(
            title=_("导出问题清单"),
            name=_("{name}-问题清单.xlsx").format(name=name[:60]),
            patterns=_("Excel 工作簿 (*.xlsx)"),
        )
        if path is None:
            return
        context = self._desk.context
        notes = (
            _("文件：{name}").format(name=self._path.name if self._path is not None else ""),
            _("导出人：{name}").format(name=context.actor.person_name),
            _("导出时间：{time}").format(time=fmt.moment(context.clock())),
        )
        done = _("问题清单已存到 {path}。").format(path=path)
        self._write(lambda: files.write_refused(path, cells, notes=notes), done)

    def _write(self, work: Any, done: str) -> None:
        self._desk.tasks.run(
            work,
            lambda _rows: self._desk.asker.tell(_("已存好"), done),
            self._desk.asker.error,
            owner=self,
            lane="paper",
        )

    def _noticed(self, changes: Changes, origin: object) -> None:
        if origin is not self and "import_log" in changes.kinds:
            self.refresh()


def _verb(report: ImportReport) -> str:
    if report.written or not report.conflicts:
        return _("确认写入 {count} 条").format(count=f"{report.written:,}")
    return _("记下 {count} 条冲突").format(count=f"{report.conflicts:,}")


def _recent_row(record: Mapping[str, Any]) -> list[str]:
    counts = ("rows_read", "written", "unchanged", "refused")
    return [
        fmt.moment(record["at"]),
        str(record["file_name"]),
        str(record["person"]),
        *(f"{record[name]:,}" for name in counts),
    ]
