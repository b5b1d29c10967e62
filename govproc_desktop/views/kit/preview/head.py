"""The head of the preview window: what is shown, zoom, page number, save and print."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.widgets import (
    Button,
    IconLabel,
    Label,
    Panel,
    TextField,
    VLine,
    icon_button,
)


class PreviewHead(Panel):
    """The controls; the window connects them."""

    def __init__(self, title: str) -> None:
        super().__init__(side="bottom")
        self.setFixedHeight(60)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("print", "accent", size=18))
        row.addSpacing(6)
        words = QVBoxLayout()
        words.setSpacing(1)
        self.title = Label(title, "lead_bold")
        self.sub = Label("", "note", "text2")
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.sub)
        words.addStretch(1)
        row.addLayout(words, 1)
        self._add_zoom(row)
        row.addWidget(VLine())
        self._add_pager(row)
        row.addWidget(VLine())
        self.save = Button(_("保存 PDF"), icon="save", keycap="Ctrl S", height=34)
        self.print = Button(_("打印"), "primary", icon="print", keycap="Enter", height=34)
        row.addWidget(self.save)
        row.addWidget(self.print)

    def _add_zoom(self, row: QHBoxLayout) -> None:
        self.smaller = icon_button("zoomout", _("缩小（Ctrl+-）"))
        self.fit = Button("", "ghost")
        self.larger = icon_button("zoomin", _("放大（Ctrl++）"))
        self.fit.setToolTip(_("按页宽显示（Ctrl+0）"))
        for button in (self.smaller, self.fit, self.larger):
            row.addWidget(button)

    def _add_pager(self, row: QHBoxLayout) -> None:
        row.addWidget(Label(_("第"), "body", "text2"))
        self.page_field = TextField("1")
        self.page_field.setFixedWidth(48)
        self.page_field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page_field.setAccessibleName(_("页码"))
        row.addWidget(self.page_field)
        self.of = Label("", "body", "text2")
        row.addWidget(self.of)

    def set_ready(self, *, ready: bool) -> None:
        """Turn the controls on once there are pages."""
        for each in (self.save, self.print, self.page_field, self.smaller, self.larger, self.fit):
            each.setEnabled(ready)

    def say(self, words: str, token: str = "text2") -> None:
        """Say something in the second line."""
        self.sub.setText(words)
        self.sub.set_token(token)
