"""The head of a form: name, state, what has been saved, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from govproc_desktop.views.kit.paint import draw_text
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.kit.widgets import Button, Panel, Pill

HEIGHT = 64


class ElidedLine(QWidget):
    """One line of text that ends in … when it does not fit; the whole of it is its tooltip."""

    def __init__(self, role: str = "note", token: str = "text3", *, height: int = 18) -> None:
        super().__init__()
        self._role = role
        self._token = token
        self._text = ""
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def set_text(self, text: str, token: str = "") -> None:
        """Show a text, in another token if given."""
        self._text = text
        self._token = token or self._token
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room the whole text takes."""
        return QSize(int(text_width(self._text, self._role)) + 3, self.height())

    def minimumSizeHint(self) -> QSize:
        """Let it shrink."""
        return QSize(40, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        draw_text(QPainter(self), QRectF(self.rect()), self._text, self._role, self._token)


class FormHead(Panel):
    """Name and state at the left, buttons at the right; ``line`` says what is saved."""

    def __init__(self) -> None:
        super().__init__(fill="", line="line", side="bottom")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 8)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        top = QHBoxLayout()
        top.setSpacing(14)
        self.title = ElidedLine("title", "text", height=28)
        self.pill = Pill("")
        top.addWidget(self.title, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addStretch(1)
        self.line = ElidedLine()
        words.addLayout(top)
        words.addWidget(self.line)
        row.addLayout(words, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        row.addLayout(self._buttons)

    def add_button(self, button: Button) -> Button:
        """Put a button at the right end."""
        self._buttons.addWidget(button)
        return button
