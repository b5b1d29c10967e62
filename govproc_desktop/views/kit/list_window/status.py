"""The line under a list: hints, how far an export is, and how fresh the data is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.widgets import Button, Label


class StatusLine(QWidget):
    """Quiet texts left and right; while something runs, how far it is and 取消."""

    cancelled = Signal()

    def __init__(self, hint: str, *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(12)
        self._hint = hint
        self.left = Label(hint, "note", "text3")
        self.stop = Button(_("取消"), "link")
        self.stop.clicked.connect(self.cancelled)
        self.stop.hide()
        self.right = Label("", "note", "text3")
        row.addWidget(self.left)
        row.addWidget(self.stop)
        row.addStretch(1)
        row.addWidget(self.right)

    def say_fresh(self, now: datetime) -> None:
        """Say from when the rows are."""
        self.right.setText(_("数据截至 {time}").format(time=f"{now:%m-%d %H:%M}"))

    def say_progress(self, done: int, total: int) -> None:
        """Say how far an export is."""
        shown = _("正在导出 {done} / {total} 条").format(done=f"{done:,}", total=f"{total:,}")
        self.left.setText(shown)
        self.stop.show()

    def say_done(self, text: str = "") -> None:
        """Say how it ended; without a text the hint stands again."""
        self.left.setText(text or self._hint)
        self.stop.hide()
