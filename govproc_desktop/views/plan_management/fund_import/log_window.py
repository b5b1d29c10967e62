"""导入记录: every file taken in, and behind each row the report it left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.fund_plans import IMPORT_LOG_LIST
from govproc_desktop.queries.imports import ImportParams, ImportRecord, import_record
from govproc_desktop.queries.listing import Order
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.actions import Needs, RowAction, Rows
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_window import ListPage
from govproc_desktop.views.kit.roles import Kind
from govproc_desktop.views.kit.spec import Column, DayFilter, ListWindow, Values
from govproc_desktop.views.kit.widgets import Button, DialogFrame
from govproc_desktop.views.plan_management.fund_import import files
from govproc_desktop.views.plan_management.fund_import.report_pane import ReportPane
from govproc_desktop.views.plan_management.import_action import IMPORT_FUND_PLANS


def _refused_tone(values: Values) -> str:
    return "danger" if values["refused"] else ""


def _count(field: str, title: str, **more: Any) -> Column:
    return Column(
        field, title, kind=Kind.NUMBER, width=96, show=fmt.number, right=True, total=True, **more
    )


def _look(page: ListPage, rows: Rows) -> None:
    page.opened.emit(str(rows[0]["uid"]))


IMPORT_LOGS = ListWindow(
    id="import_logs",
    title=N_("导入记录"),
    query=IMPORT_LOG_LIST,
    search_hint=N_("文件名"),
    empty=N_("还没有导入过文件。"),
    columns=(
        Column("at", N_("导入时间"), width=140, show=fmt.moment),
        Column("file_name", N_("文件"), stretch=True, width=260, strong=True),
        Column("person", N_("导入人"), width=120),
        _count("rows_read", N_("读取")),
        _count("written", N_("写入")),
        _count("unchanged", N_("未变")),
        _count("refused", N_("拒绝"), tone=_refused_tone),
    ),
    filters=(DayFilter(name="at", title=N_("导入时间")),),
    actions=(
        RowAction(id="open", title=N_("看报告"), icon="list", run=_look, needs=Needs.ONE),
        IMPORT_FUND_PLANS,
    ),
    default_order=(Order(field="at", descending=True),),
    refresh_on=frozenset({"import_log"}),
    row_height=36,
)


class ReportDialog(DialogFrame):
    """The stored report of one import."""

    def __init__(self, desk: Desk, record: ImportRecord, *, parent: QWidget) -> None:
        told = _("{at} {person} 导入，内容指纹 {hash}").format(
            at=fmt.moment(record.at), person=record.person, hash=record.file_hash[:8]
        )
        super().__init__(record.file_name, told, width=980, parent=parent)
        self._desk = desk
        self._record = record
        self.pane = ReportPane()
        self.pane.setMinimumHeight(440)
        self.pane.show_report(record.report)
        self.pane.counts.say("", "passed", "")
        self.pane.exportAsked.connect(self._export)
        self.body.addWidget(self.pane)
        self.foot.addStretch(1)
        close = Button(_("关闭"), "primary", keycap="Esc")
        close.clicked.connect(self.accept)
        self.foot.addWidget(close)
        close.setFocus()

    def _export(self) -> None:
        record, asker = self._record, self._desk.asker
        stem = record.file_name.rpartition(".")[0] or record.file_name
        path = asker.save_file(
            title=_("导出问题清单"),
            name=_("{name}-问题清单.xlsx").format(name=stem[:60]),
            patterns=_("Excel 工作簿 (*.xlsx)"),
        )
        if path is None:
            return
        notes = (
            _("文件：{name}").format(name=record.file_name),
            _("导入人：{name}").format(name=record.person),
            _("导入时间：{time}").format(time=fmt.moment(record.at)),
        )
        done = _("问题清单已存到 {path}。").format(path=path)
        self._desk.tasks.run(
            lambda: files.write_refused(path, record.report.cells, notes=notes),
            lambda _rows: asker.tell(_("已存好"), done),
            asker.error,
            owner=self,
            lane="paper",
        )


def make_import_logs(desk: Desk, params: Mapping[str, Any]) -> QWidget:
    """Return the list; opening a row shows its report."""
    page = ListPage(desk, IMPORT_LOGS, params)
    page.bar.search.setVisible(IMPORT_LOG_LIST.search is not None)

    def show(record: ImportRecord) -> None:
        ReportDialog(desk, record, parent=page).open()

    def opened(uid: str) -> None:
        asked = ImportParams(uid=UUID(uid))
        desk.read(lambda reader: import_record(reader, asked), show, owner=page, era="report")

    page.opened.connect(opened)
    page.previewed.connect(opened)
    return page
