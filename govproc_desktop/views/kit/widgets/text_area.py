"""The field for longer texts: opinions, reasons, remarks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.type_scale import font


class TextArea(QPlainTextEdit):
    """Some lines of text; Tab leaves it. ``noteChanged`` counts down once 80 % are used."""

    noteChanged = Signal(str, str)
    edited = Signal()

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        lines: int = 3,
        limit: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._limit = limit
        self._height = lines * 19 + 18
        self.setFont(font("body"))
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._height)
        self.textChanged.connect(self._count)

    def sizeHint(self) -> QSize:
        """Return the lines asked for."""
        return QSize(160, self._height)

    def text(self) -> str:
        """Return the text."""
        return self.toPlainText()

    def set_invalid(self, invalid: bool) -> None:
        """Show the field as wrong or as right."""
        self.setProperty("invalid", invalid)
        self.style().unpolish(self)
        self.style().polish(self)

    def _count(self) -> None:
        self.edited.emit()
        if not self._limit:
            return
        length = len(self.toPlainText())
        if length > self._limit:
            over = length - self._limit
            told = _("最多 {limit} 字，多了 {over} 字").format(limit=self._limit, over=over)
            self.noteChanged.emit(told, "danger")
        elif length * 5 >= self._limit * 4:
            told = _("还能写 {left} 字").format(left=self._limit - length)
            self.noteChanged.emit(told, "text3")
        else:
            self.noteChanged.emit("", "text3")
