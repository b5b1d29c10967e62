"""How far long work is: what is being done, a bar, numbers, and 取消."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.widgets import Button, Label


class ProgressPane(QWidget):
    """Shows one piece of work; workers of any thread may emit ``told`` (done, in all)."""

    cancelled = Signal()
    told = Signal(int, int)

    def __init__(self, *, width: int = 460, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = ""
        self.title = Label("", "section")
        self.numbers = Label("", "note", "text3")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = Button(_("取消"))
        self.stop.clicked.connect(self._stop)
        self.told.connect(self._show, Qt.ConnectionType.QueuedConnection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.numbers)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.stop)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addLayout(foot)
        self.setFixedWidth(width)

    def start(self, title: str, *, unit: str = "", stoppable: bool = True) -> None:
        """Begin anew; the bar runs to and fro until the first number comes."""
        self._unit = unit
        self.title.setText(title)
        self.bar.setAccessibleName(title)
        self.numbers.setText("")
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self.stop.setVisible(stoppable)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.numbers.setText(_("正在停下…"))
        self.cancelled.emit()

    def _show(self, done: int, total: int) -> None:
        if not self.stop.isEnabled() or total <= 0:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(min(done, total))
        unit = f" {self._unit}" if self._unit else ""
        self.numbers.setText(f"{done:,} / {total:,}{unit}")
