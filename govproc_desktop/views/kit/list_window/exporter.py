"""Ask where an export goes, write it beside the work going on, say how it ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from govproc_desktop.domain.errors import AppError, Cancelled
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.list_window.export import Export, export_list
from govproc_desktop.views.kit.tasks import Job

if TYPE_CHECKING:
    from govproc_desktop.views.kit.list_window.page import ListPage


class Exporter(QObject):
    """The export of one list page; GUI thread, the writing itself in the paper lane."""

    _progressed = Signal(int, int)

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        self._job: Job | None = None
        self._progressed.connect(page.status.say_progress)
        page.status.cancelled.connect(self._cancel)

    def ask(self) -> None:
        """Ask for a file and export the rows chosen (two or more), else the whole question."""
        page = self._page
        title = _(page.window_spec.title)
        path = page.desk.asker.save_file(
            title=_("导出 Excel"), name=f"{title}.xlsx", patterns=_("Excel 工作簿 (*.xlsx)")
        )
        if path is None:
            return
        chosen = page.table.chosen()
        some = len(chosen) > 1 and len(chosen) == page.table.chosen_count()
        what = Export(
            query=page.window_spec.query,
            spec=page.spec(),
            columns=page.table.model.columns,
            title=title,
            notes=self._notes(),
            names=page.table.model.names,
            keys=tuple(line.id for line in chosen) if some else None,
        )
        self._start(what, path)

    def _start(self, what: Export, path: Path) -> None:
        reader = self._page.desk.reader()
        progressed = self._progressed
        job: Job | None = None

        def write() -> int:
            return export_list(
                reader,
                what,
                path,
                progress=progressed.emit,
                cancelled=lambda: job is not None and job.stop.is_set(),
            )

        job = self._page.desk.tasks.run(
            write,
            lambda count: self._done(count, path),
            self._failed,
            owner=self,
            lane="paper",
        )
        self._job = job

    def _done(self, count: int, path: Path) -> None:
        done = _("已导出 {count} 条到 {name}").format(count=f"{count:,}", name=path.name)
        self._page.status.say_done(done)

    def _failed(self, fault: AppError) -> None:
        stopped = isinstance(fault, Cancelled)
        self._page.status.say_done(_("已取消，没有写文件。") if stopped else "")
        if not stopped:
            self._page.desk.asker.error(fault)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _notes(self) -> tuple[str, ...]:
        context, bar = self._page.desk.context, self._page.bar
        told = [f"{chip.text()}：{chip.toolTip()}" for chip in bar.chips()]
        if bar.words():
            told.insert(0, _("搜索：{words}").format(words=bar.words()))
        return (
            _("导出人：{name}").format(name=context.actor.person_name),
            _("导出时间：{time}").format(time=f"{context.clock():%Y-%m-%d %H:%M}"),
            *(told or (_("没有筛选，是全部记录。"),)),
        )
