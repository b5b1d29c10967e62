"""A file that is refused whole: one sentence, what to do, and the cells it names."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.errors import AppError
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.errors import told
from govproc_desktop.views.kit.widgets import IconLabel, Label, Panel
from govproc_desktop.views.plan_management.fund_import.files import cells_of
from govproc_desktop.views.plan_management.fund_import.report_pane import RefusedTable


class RefusalPane(QWidget):
    """Shows why nothing of a file was taken."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Label("", "body", "text", wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cells = RefusedTable()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._told())
        self._sheet = Panel()
        inside = QVBoxLayout(self._sheet)
        inside.setContentsMargins(1, 1, 1, 8)
        inside.addWidget(self.cells)
        column.addWidget(self._sheet, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)

    def _told(self) -> QWidget:
        box = Panel(fill="danger_soft", line="danger_line")
        row = QHBoxLayout(box)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(14)
        row.addWidget(IconLabel("warn", "danger", size=24), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(Label(_("整个文件没有导入"), "section"))
        words.addWidget(self.sentence)
        after = _(
            "什么也没有写入，原来的用款计划没有变。改好后再选一次；自己填的表，请用右上角的导入模板。"
        )
        words.addWidget(Label(after, "body", "text2", wrap=True))
        row.addLayout(words, 1)
        return box

    def show_fault(self, fault: AppError) -> None:
        """Show one refusal."""
        self.sentence.setText(told(fault))
        cells = cells_of(fault)
        self._sheet.setVisible(bool(cells))
        self._rest.setVisible(not cells)
        self.cells.show_cells(cells, title=_("另外还有 {count} 行有错"))
