"""The section rail: where one is, and what each part still needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from govproc_desktop.views.kit.paint import draw_symbol_disc, draw_text, round_rect
from govproc_desktop.views.kit.theme import color

WIDTH = 152
_STEP = 52

Tone = Literal["ok", "warn", "danger", "todo"]


@dataclass(frozen=True)
class SectionState:
    """What the rail says of a section: its tone and the few words under its name."""

    tone: Tone = "todo"
    words: str = ""


class _Entry(QAbstractButton):
    def __init__(self, title: str) -> None:
        super().__init__()
        self.setText(title)
        self.state = SectionState()
        self.current = False
        self.setFixedSize(WIDTH - 16, 50)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return the painted size."""
        return QSize(WIDTH - 16, 50)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, sign, name and words."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.current:
            round_rect(painter, box, 6, "soft")
        elif self.underMouse():
            round_rect(painter, box, 6, "hover")
        if self.hasFocus():
            round_rect(painter, box.adjusted(1, 1, -1, -1), 6, line="accent", width=1.5)
        tone = self.state.tone
        if tone == "todo":
            round_rect(painter, QRectF(8, 16, 18, 18), 9, "surface", line="line2", width=1.5)
        else:
            draw_symbol_disc(painter, 8, 16, tone)
        role = "strong" if self.current else "body"
        words = QRectF(36, 7, box.width() - 40, 19)
        draw_text(painter, words if self.state.words else QRectF(36, 0, box.width() - 40, 50),
                  self.text(), role)  # fmt: skip
        ink = tone if tone in ("warn", "danger") else "text3"
        low = QRectF(36, 26, box.width() - 40, 17)
        draw_text(painter, low, self.state.words, "note", ink)


class SectionRail(QWidget):
    """The sections of a form; ``chosen`` carries the key of the one to go to."""

    chosen = Signal(str)

    def __init__(self, sections: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._entries: dict[str, _Entry] = {}
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 0, 0)
        column.setSpacing(2)
        for key, title in sections:
            entry = _Entry(title)
            entry.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            self._entries[key] = entry
            column.addWidget(entry)
        column.addStretch(1)

    def set_state(self, key: str, state: SectionState) -> None:
        """Say what a section still needs."""
        entry = self._entries[key]
        entry.state = state
        entry.setAccessibleName(f"{entry.text()} {state.words}".strip())
        entry.update()

    def state(self, key: str) -> SectionState:
        """Return what is said of a section."""
        return self._entries[key].state

    def set_current(self, key: str) -> None:
        """Show where one is."""
        for name, entry in self._entries.items():
            if entry.current != (name == key):
                entry.current = name == key
                entry.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line that joins the sections."""
        entries = list(self._entries.values())
        if len(entries) < 2:
            return
        painter = QPainter(self)
        painter.setPen(QPen(color("line2"), 2))
        x = entries[0].x() + 17
        top, low = entries[0].y() + 25, entries[-1].y() + 25
        painter.drawLine(QPointF(x, top), QPointF(x, low))
