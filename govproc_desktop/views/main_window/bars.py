"""What stands around the pages of the main window: the demo's line and the list of keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit.paint import CENTER, draw_text
from govproc_desktop.views.kit.theme import color

KEYS = (
    ("Ctrl+K", N_("找窗口、操作、单据或单据码")),
    ("Ctrl+N", N_("新建计划备案")),
    ("Ctrl+F", N_("在列表里搜索")),
    ("Ctrl+S", N_("保存草稿")),
    ("Ctrl+P", N_("打印预览")),
    ("F5", N_("重新读取当前窗口")),
    ("Ctrl+Tab / Ctrl+Shift+Tab", N_("下一个、上一个窗口")),
    ("Ctrl+W", N_("关闭当前窗口")),
    ("Ctrl+,", N_("设置")),
    ("F1", N_("这一页")),
)


def key_lines() -> list[str]:
    """Return the keys that work everywhere, one a line."""
    return [f"{keys}　{_(words)}" for keys, words in KEYS]


class DemoBar(QWidget):
    """The thin line over every screen of the demo office."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setFixedHeight(24)
        self.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the amber ground and the sentence."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("warn_soft"))
        painter.fillRect(QRectF(0, 23, self.width(), 1), color("warn_line"))
        draw_text(painter, QRectF(self.rect()), self._words, "note", "warn", align=CENTER)
