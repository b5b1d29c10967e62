"""The offer of what was typed and not saved: take it, compare it, or drop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.widgets import Button, IconLabel, Label, Panel


class DraftStrip(Panel):
    """Three answers and no default; the form waits until one is given."""

    taken = Signal()
    compared = Signal()
    dropped = Signal()

    def __init__(self, when: str, count: int, *, parent: QWidget | None = None) -> None:
        super().__init__(fill="warn_soft", line="warn_line", radius=6, parent=parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(IconLabel("history", "warn", size=18))
        told = _("您 {when} 打过的内容还没有保存（{count} 处不同），都还在。要怎么办？").format(
            when=when, count=count
        )
        self.setAccessibleName(told)
        row.addWidget(Label(told, "strong", wrap=True), 1)
        self.take = Button(_("恢复，接着填"))
        self.compare = Button(_("先对照"))
        self.drop = Button(_("不要了"), "ghost")
        self.take.clicked.connect(self.taken)
        self.compare.clicked.connect(self.compared)
        self.drop.clicked.connect(self.dropped)
        for button in (self.take, self.compare, self.drop):
            row.addWidget(button)
