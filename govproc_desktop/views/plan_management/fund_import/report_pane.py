"""What becomes of a file, on one page: the counts that must add up, and every refused row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.queries.imports import ImportReport, RefusedCell
from govproc_desktop.views.kit.roles import Kind
from govproc_desktop.views.kit.widgets import Button, IconLabel, Label, Panel, Pill
from govproc_desktop.views.plan_management.fund_import.files import kind_of
from govproc_desktop.views.system.parts import RowsCell, RowsColumn, RowsTable
from govproc_desktop.views.system.parts.rows_table import MOST_SHOWN, copy_rows

_CENTER = Qt.AlignmentFlag.AlignCenter
_BOTTOM = Qt.AlignmentFlag.AlignBottom


class Figure(QWidget):
    """One count with its name above and what it is made of below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._title = title
        self.number = Label("0", "title")
        self.note = Label("", "note", "text3")
        column.addWidget(Label(title, "note", "text2"))
        column.addWidget(self.number)
        column.addWidget(self.note)

    def show_count(self, count: int, note: str = "", token: str = "text") -> None:
        """Show a count; its colour is never the only sign, its name stands above."""
        self.number.setText(f"{count:,}")
        self.number.set_token(token)
        self.note.setText(note)
        self.note.set_token("danger" if token == "danger" and note else "text3")
        self.setAccessibleName(f"{self._title} {count:,} {note}".strip())


class Counts(Panel):
    """读取 = 写入 + 未变 + 拒绝, with 新增, 更新 and 冲突 below."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 14, 24, 12)
        row.setSpacing(24)
        self.read = Figure(_("读取"))
        self.written = Figure(_("写入"))
        self.unchanged = Figure(_("未变"))
        self.refused = Figure(_("拒绝"))
        signs = ("", "=", "+", "+")
        figures = (self.read, self.written, self.unchanged, self.refused)
        for sign, figure in zip(signs, figures, strict=True):
            if sign:
                row.addWidget(Label(sign, "title", "text3"))
            row.addWidget(figure)
        row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(8)
        self.pill = Pill("")
        self.told = Label("", "body", "text2")
        words.addStretch(1)
        words.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignRight)
        words.addWidget(self.told, 0, Qt.AlignmentFlag.AlignRight)
        words.addStretch(1)
        row.addLayout(words)

    def say(self, state: str, kind: str, told: str) -> None:
        """Say whether this is tried or done."""
        self.pill.set_state(state, kind)
        self.pill.setVisible(bool(state))
        self.told.setText(told)

    def show_report(self, report: ImportReport) -> None:
        """Show the counts of a report."""
        self.read.show_count(report.read, _("行"))
        made = _("新增 {added} · 更新 {updated}").format(
            added=f"{report.added:,}", updated=f"{report.updated:,}"
        )
        self.written.show_count(report.written, made, "accent" if report.written else "text")
        self.unchanged.show_count(report.unchanged, _("内容与上次一样") if report.unchanged else "")
        conflicts = _("其中冲突 {count}").format(count=f"{report.conflicts:,}")
        note = conflicts if report.conflicts else ""
        self.refused.show_count(report.refused, note, "danger" if report.refused else "text")


class RefusedTable(QWidget):
    """Every cell that kept its row out, with the whole reason of the chosen one below."""

    exportAsked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: tuple[RefusedCell, ...] = ()
        self.title = Label("", "section")
        self.note = Label("", "note", "text3")
        self.copy = Button(_("复制"), "ghost", icon="copy", height=28)
        self.copy.clicked.connect(self._copy)
        self.export = Button(_("导出问题清单"), "ghost", icon="download", height=28)
        self.export.clicked.connect(self.exportAsked)
        self.table = RowsTable(_("没有写入的行"))
        self.whole = Label("", "body", "text", wrap=True)
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.selectionModel().selectionChanged.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 10, 6)
        head.setSpacing(8)
        for part in (self.title, self.note):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.copy)
        head.addWidget(self.export)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        foot = Panel(fill="sunken", side="top")
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 8, 16, 8)
        line.addWidget(self.whole, 1)
        column.addWidget(foot)

    @property
    def cells(self) -> tuple[RefusedCell, ...]:
        """What is listed."""
        return self._cells

    def show_cells(self, cells: Sequence[RefusedCell], *, title: str = "") -> None:
        """List other cells; conflicts first, then in the order of the file."""
        self._cells = tuple(sorted(cells, key=lambda each: (not each.conflict, each.row)))
        rows = len({each.row for each in cells})
        words = title or _("没有写入的 {count} 行")
        self.title.setText(words.format(count=f"{rows:,}"))
        many = len(cells) > MOST_SHOWN
        told = _("先列出 {shown} 处，共 {count} 处，全部请导出").format(
            shown=f"{MOST_SHOWN:,}", count=f"{len(cells):,}"
        )
        self.note.setText(told if many else _("共 {count} 处").format(count=f"{len(cells):,}"))
        columns = (
            RowsColumn(title=_("行"), width=64, kind=Kind.NUMBER),
            RowsColumn(title=_("单元格"), width=110),
            RowsColumn(title=_("列"), width=150, strong=True),
            RowsColumn(title=_("种类"), width=96, kind=Kind.PILL),
            RowsColumn(title=_("原因"), stretch=True),
        )
        self.table.show_rows(columns, [_row(each) for each in self._cells[:MOST_SHOWN]])
        self.table.choose(0)

    def _tell(self) -> None:
        row = self.table.chosen_row()
        self.whole.setText(self._cells[row].reason if 0 <= row < len(self._cells) else "")

    def _copy(self) -> None:
        heads = [_("行"), _("单元格"), _("列"), _("种类"), _("原因")]
        rows = [
            [str(each.row), each.cell, each.column, kind_of(each), each.reason]
            for each in self._cells
        ]
        copy_rows([heads, *rows])


class ReportPane(QWidget):
    """Counts above, refused rows or 「全部能写入」 below."""

    exportAsked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counts = Counts()
        self.refused = RefusedTable()
        self.refused.exportAsked.connect(self.exportAsked)
        self._fine = Label("", "section", "text")
        sheet = Panel()
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(1, 1, 1, 8)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.refused)
        self.stack.addWidget(self._all_well())
        inside.addWidget(self.stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.counts)
        column.addWidget(sheet, 1)

    def _all_well(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(IconLabel("check", "ok", size=32), 0, _CENTER)
        column.addWidget(self._fine, 0, _CENTER)
        column.addStretch(2)
        return page

    def show_report(self, report: ImportReport) -> None:
        """Show a report."""
        self.counts.show_report(report)
        if report.cells:
            self.refused.show_cells(report.cells)
            self.stack.setCurrentIndex(0)
            return
        fine = _("读到的 {count} 行没有一行被拒绝").format(count=f"{report.read:,}")
        self._fine.setText(fine)
        self.stack.setCurrentIndex(1)


def _row(each: RefusedCell) -> list[str | RowsCell]:
    pill = RowsCell(kind_of(each), "warning" if each.conflict else "failed")
    return [str(each.row), each.cell or "—", each.column or "—", pill, each.reason]
