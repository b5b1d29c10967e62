"""Where an import begins: a place to drop the file on, and the imports made last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit.drop_area import dropped_files
from govproc_desktop.views.kit.paint import round_rect
from govproc_desktop.views.kit.roles import Kind
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.widgets import Button, Card, IconLabel, Label, Notice
from govproc_desktop.views.system.parts import RowsColumn, RowsTable

_CENTER = Qt.AlignmentFlag.AlignCenter
_STEPS = (
    N_("选好文件先试算一遍，什么也不写。"),
    N_("看清读取、写入、未变、拒绝各几行，拒绝的写明在哪一格、为什么。"),
    N_("点「确认」才写入；同一文件导两遍，不会多算一遍钱。"),
)


class DropZone(QWidget):
    """A large dashed place that takes dropped files (``dropped``) and offers to choose one."""

    dropped = Signal(list)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        self.setFixedHeight(200)
        self.setAccessibleName(_("把用款计划文件拖到这里"))
        self.choose = Button(_("选择文件…"), "primary", icon="folder", keycap="Ctrl O")
        self.choose.setShortcut("Ctrl+O")
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(IconLabel("upload", "accent", size=32), 0, _CENTER)
        column.addWidget(Label(_("把用款计划文件拖到这里"), "section"), 0, _CENTER)
        kinds = _("Excel（.xlsx）、.csv 或 .json，一次一个文件")
        column.addWidget(Label(kinds, "note", "text3"), 0, _CENTER)
        column.addSpacing(4)
        column.addWidget(self.choose, 0, _CENTER)
        column.addStretch(1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and nothing else."""
        if dropped_files(event):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Look at rest again."""
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on."""
        self._over = False
        self.update()
        event.acceptProposedAction()
        self.dropped.emit(dropped_files(event))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dashed sheet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        round_rect(painter, box, 10, "soft" if self._over else "surface")
        pen = QPen(color("accent" if self._over else "edge"), 1)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 10, 10)


class StartPane(QWidget):
    """The first page of the import window."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Notice("", "info")
        self.notice.hide()
        self.zone = DropZone()
        self.recent = RowsTable(_("最近导入"), row_height=36)
        all_logs = Button(_("全部导入记录"), "link")
        self.all_logs = all_logs
        card = Card(_("最近导入"), right=all_logs, flush=True)
        card.body.setContentsMargins(1, 0, 1, 10)
        card.body.addWidget(self.recent)
        self._card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(16)
        column.addWidget(self.notice)
        column.addWidget(self.zone)
        column.addLayout(self._steps())
        column.addWidget(card)
        column.addStretch(1)
        self.setFocusProxy(self.zone.choose)
        self.show_recent(())

    def _steps(self) -> QVBoxLayout:
        steps = QVBoxLayout()
        steps.setSpacing(4)
        for place, words in enumerate(_STEPS, 1):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(Label(f"{place}", "strong", "accent"))
            row.addWidget(Label(_(words), "body", "text2"), 1)
            steps.addLayout(row)
        return steps

    def say(self, text: str, tone: str = "info") -> None:
        """Say how the last attempt ended; an empty text takes it away."""
        column = self.layout()
        old = self.notice
        self.notice = Notice(text, tone)
        self.notice.setVisible(bool(text))
        if column is not None:
            column.replaceWidget(old, self.notice)
        old.hide()
        old.deleteLater()

    def show_recent(self, rows: Sequence[Sequence[str]]) -> None:
        """Show the imports made last: when, file, who, and the four counts."""
        columns = (
            RowsColumn(title=_("导入时间"), width=150),
            RowsColumn(title=_("文件"), stretch=True, strong=True),
            RowsColumn(title=_("导入人"), width=110),
            RowsColumn(title=_("读取"), width=80, kind=Kind.NUMBER),
            RowsColumn(title=_("写入"), width=80, kind=Kind.NUMBER),
            RowsColumn(title=_("未变"), width=80, kind=Kind.NUMBER),
            RowsColumn(title=_("拒绝"), width=80, kind=Kind.NUMBER),
        )
        self.recent.show_rows(columns, rows)
        self.recent.fit_height()
        self._card.setVisible(bool(rows))
