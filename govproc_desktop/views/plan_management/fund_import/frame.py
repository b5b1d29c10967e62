"""The frame of the import window: head and tools, the step shown, foot with what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.widgets import Button, Label, Notice, Panel, scroll_area
from govproc_desktop.views.plan_management.fund_import.refusal_pane import RefusalPane
from govproc_desktop.views.plan_management.fund_import.report_pane import ReportPane
from govproc_desktop.views.plan_management.fund_import.start_pane import StartPane
from govproc_desktop.views.system.parts import ProgressPane

START, WORK, REPORT, REFUSED = range(4)


class ImportFrame(QWidget):
    """The parts of the window and where they stand; what they do is the window's."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.template = Button(_("下载导入模板"), "ghost", icon="download")
        self.logs = Button(_("导入记录"), "ghost", icon="history")
        self.start = StartPane()
        self.progress = ProgressPane()
        self.report = ReportPane()
        self.refusal = RefusalPane()
        self.same = Notice("", "info", closable=False)
        self.file = Label("", "strong")
        self.file_note = Label("", "note", "text3")
        self.other = Button(_("换一个文件"))
        self.conflicts = Button(_("看冲突清单"))
        self.ok = Button("", "primary", icon="check", keycap="Ctrl Enter")
        self.ok.setShortcut("Ctrl+Return")
        self.stack = QStackedWidget()
        self.foot = self._foot()
        for page in (scroll_area(self.start), self._work(), self._told(), self._refused()):
            self.stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.stack, 1)
        column.addWidget(self.foot)

    def show_step(self, step: int) -> None:
        """Show one step; the foot belongs to the steps that show a file's fate."""
        self.stack.setCurrentIndex(step)
        self.foot.setVisible(step in (REPORT, REFUSED))

    def _head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(64)
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 10, 24, 6)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(_("导入用款计划"), "heading"))
        words.addWidget(Label(_("先试算，看过结果点「确认」才写入"), "note", "text3"))
        row.addLayout(words)
        row.addStretch(1)
        row.addWidget(self.template)
        row.addWidget(self.logs)
        return head

    def _work(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        return page

    def _told(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.same)
        column.addWidget(self.report, 1)
        return page

    def _refused(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 8, 24, 16)
        column.addWidget(self.refusal)
        return page

    def _foot(self) -> QWidget:
        foot = Panel(fill="sunken", line="line2", side="top")
        foot.setFixedHeight(64)
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.file)
        words.addWidget(self.file_note)
        words.addStretch(1)
        row.addLayout(words, 1)
        for button in (self.conflicts, self.other, self.ok):
            row.addWidget(button)
        return foot
