"""Choices that stand open: tick box, radio group and segmented control."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from govproc_desktop.views.kit.paint import (
    CENTER,
    draw_text,
    draw_tick_box,
    is_dark,
    round_rect,
)
from govproc_desktop.views.kit.type_scale import text_width


class Check(QCheckBox):
    """A tick box with its words, 32 high."""

    def __init__(
        self, text: str = "", *, checked: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setChecked(checked)
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the painted size."""
        return QSize(ceil(text_width(self.text())) + (30 if self.text() else 22), 32)

    def hitButton(self, _pos: object) -> bool:
        """Take clicks on the words too."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box and words."""
        painter = QPainter(self)
        off = not self.isEnabled()
        y = self.height() / 2 - 8
        draw_tick_box(painter, 3, y, self.checkState(), off=off, focus=self.hasFocus())
        box = QRectF(27, 0, self.width() - 27, self.height())
        draw_text(painter, box, self.text(), "body", "text3" if off else "text")


class _Radio(QRadioButton):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the painted size."""
        return QSize(ceil(text_width(self.text())) + 30, 32)

    def hitButton(self, _pos: object) -> bool:
        """Take clicks on the words too."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ring, disc and words."""
        painter = QPainter(self)
        off = not self.isEnabled()
        ring = QRectF(3, self.height() / 2 - 8, 16, 16)
        line = "line2" if off else ("accent" if self.isChecked() else "edge")
        fill = "neutral_soft" if off else "surface"
        round_rect(painter, ring, 8, fill, line=line, width=1.5 if self.isChecked() else 1)
        if self.isChecked():
            round_rect(painter, ring.adjusted(4, 4, -4, -4), 4, "edge" if off else "accent")
        if self.hasFocus():
            round_rect(painter, ring.adjusted(-3, -3, 3, 3), 11, line="accent", width=1.5)
        box = QRectF(26, 0, self.width() - 26, self.height())
        draw_text(painter, box, self.text(), "body", "text3" if off else "text")


class RadioGroup(QWidget):
    """One choice of a few, side by side; arrows move it, ``changed`` carries the key."""

    changed = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]], value: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._buttons: dict[str, _Radio] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for key, text in options:
            button = _Radio(text)
            button.toggled.connect(lambda on, key=key: self._toggled(key, on=on))
            self._buttons[key] = button
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.set_value(value)

    def _toggled(self, key: str, *, on: bool) -> None:
        if on:
            self.changed.emit(key)

    def value(self) -> str:
        """Return the chosen key, or an empty text."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose an option by its key; an unknown key chooses none."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self._group.setExclusive(True)

    def set_off(self, keys: Iterable[str]) -> None:
        """Turn some options off."""
        off = set(keys)
        for key, button in self._buttons.items():
            button.setEnabled(key not in off)


class _Segment(QAbstractButton):
    def __init__(self, text: str, height: int) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return the painted size."""
        return QSize(ceil(text_width(self.text(), "column")) + 22, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the raised piece when chosen, and the words."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.isChecked():
            round_rect(painter, box, 5, "segment", line="neutral_line" if is_dark() else "line")
        if self.hasFocus():
            round_rect(painter, box, 5, line="accent", width=1.5)
        role = "column" if self.isChecked() else "note"
        token = "text" if self.isChecked() or self.underMouse() else "text2"
        draw_text(painter, box, self.text(), role, token, align=CENTER)


class Segmented(QWidget):
    """A segmented control; arrows move it, ``changed`` carries the key."""

    changed = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        value: str = "",
        *,
        height: int = 28,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._segments: dict[str, _Segment] = {}
        self._group = QButtonGroup(self)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(2, 2, 2, 2)
        self._row.setSpacing(0)
        for key, text in options:
            segment = _Segment(text, height - 4)
            segment.toggled.connect(lambda on, key=key: self._toggled(key, on=on))
            self._segments[key] = segment
            self._group.addButton(segment)
            self._row.addWidget(segment)
        self.set_value(value or (options[0][0] if options else ""))

    def _toggled(self, key: str, *, on: bool) -> None:
        if on:
            self.changed.emit(key)

    def value(self) -> str:
        """Return the chosen key."""
        return next((key for key, part in self._segments.items() if part.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose a segment by its key."""
        if key in self._segments:
            self._segments[key].setChecked(True)

    def set_text(self, key: str, text: str) -> None:
        """Change a segment's words (for counts)."""
        self._segments[key].setText(text)
        self._segments[key].updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the trough."""
        round_rect(QPainter(self), self.rect(), 6, "neutral_soft")


class Tabs(QWidget):
    """Saved views as tabs with counts under one line; ``changed`` carries the key."""

    changed = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._tabs: dict[str, _ViewTab] = {}
        self.setFixedHeight(36)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 0, 24, 0)
        self._row.setSpacing(24)
        self._row.addStretch(1)

    def add_tab(self, key: str, text: str, *, count: str = "") -> None:
        """Add a view at the end."""
        tab = _ViewTab(text, count)
        tab.toggled.connect(lambda on, key=key: self.changed.emit(key) if on else None)
        self._tabs[key] = tab
        self._group.addButton(tab)
        self._row.insertWidget(len(self._tabs) - 1, tab)

    def set_current(self, key: str) -> None:
        """Show a view as the current one."""
        self._tabs[key].setChecked(True)

    def current(self) -> str:
        """Return the key of the current view."""
        return next((key for key, tab in self._tabs.items() if tab.isChecked()), "")

    def set_count(self, key: str, count: str) -> None:
        """Change the number beside a view."""
        self._tabs[key].set_count(count)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line the tabs stand on."""
        box = QRectF(0, self.height() - 1, self.width(), 1)
        round_rect(QPainter(self), box, 0, "line")


class _ViewTab(QAbstractButton):
    def __init__(self, text: str, count: str) -> None:
        super().__init__()
        self._count = count
        self.setText(text)
        self.setAccessibleName(f"{text} {count}".strip())
        self.setCheckable(True)
        self.setFixedHeight(36)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_count(self, count: str) -> None:
        """Change the number."""
        self._count = count
        self.setAccessibleName(f"{self.text()} {count}".strip())
        self.updateGeometry()
        self.update()

    def _badge(self) -> float:
        return text_width(self._count, "key") + 12 if self._count else 0

    def sizeHint(self) -> QSize:
        """Return the painted size."""
        badge = self._badge()
        return QSize(ceil(text_width(self.text(), "strong") + badge + (6 if badge else 0)), 36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words, count and the bar under the current one."""
        painter = QPainter(self)
        on = self.isChecked()
        token = "text" if on or self.underMouse() else "text2"
        width = text_width(self.text(), "strong")
        box = QRectF(0, 0, width + 2, 34)
        draw_text(painter, box, self.text(), "strong" if on else "body", token)
        if self._count:
            badge = QRectF(width + 6, 9, self._badge(), 17)
            round_rect(painter, badge, 8.5, "soft" if on else "neutral_soft")
            ink = "accent" if on else "text2"
            draw_text(painter, badge, self._count, "key", ink, align=CENTER)
        if on:
            round_rect(painter, QRectF(QPointF(0, 33), QPointF(self.width(), 36)), 1.5, "accent")
        if self.hasFocus():
            ring = QRectF(self.rect()).adjusted(0, 3, 0, -4)
            round_rect(painter, ring, 4, line="accent", width=1.5)
