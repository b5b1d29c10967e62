"""A field with suggestions under it: by code, name or pinyin initials, chosen by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from govproc_desktop.views.kit.lines_model import Suggestion
from govproc_desktop.views.kit.paint import draw_shadow, draw_text, round_rect
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.kit.widgets import TextField

_ROW = 32
_MOST = 9
_ROOM = 24


class SuggestionList(QWidget):
    """The floating list; a child of the window, so that the field keeps focus and input method."""

    chosen = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._rows: Sequence[Suggestion] = ()
        self._current = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def current(self) -> int:
        """The pointed row."""
        return self._current

    def show_rows(self, rows: Sequence[Suggestion], below: QRect) -> None:
        """Show rows under (or above) a rectangle of the window."""
        self._rows = rows[:_MOST]
        self._current = 0
        window = self._window
        height = len(self._rows) * _ROW + 8 + 2 * _ROOM
        width = max(360, below.width()) + 2 * _ROOM
        top = below.bottom() + 2 - _ROOM
        if top + height > window.height() + _ROOM:
            top = below.top() - height + _ROOM
        left = min(below.left() - _ROOM, window.width() - width + _ROOM - 8)
        self.setGeometry(QRect(QPoint(left, top), QSize(width, height)))
        self.setVisible(bool(self._rows))
        self.raise_()
        self.update()

    def step(self, by: int) -> None:
        """Point at the next or the previous row."""
        if self._rows:
            self._current = (self._current + by) % len(self._rows)
            self.update()

    def _row_at(self, point: QPoint) -> int:
        row = (point.y() - _ROOM - 4) // _ROW
        return int(row) if 0 <= row < len(self._rows) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the row under the mouse."""
        row = self._row_at(event.position().toPoint())
        if row >= 0:
            self._current = row
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row under the mouse."""
        row = self._row_at(event.position().toPoint())
        if row >= 0:
            self.chosen.emit(row)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw shadow, sheet and rows."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(_ROOM, _ROOM, -_ROOM, -_ROOM)
        draw_shadow(painter, box, 6)
        round_rect(painter, box, 6, "raised", line="line2")
        keys = min(130.0, max((text_width(row.key) for row in self._rows), default=0.0))
        for at, row in enumerate(self._rows):
            line = QRectF(box.left() + 4, box.top() + 4 + at * _ROW, box.width() - 8, _ROW)
            if at == self._current:
                round_rect(painter, line.adjusted(0, 1, 0, -1), 6, "sel")
            note = min(140.0, text_width(row.note, "note"))
            draw_text(painter, line.adjusted(10, 0, 0, 0), row.key, "body", "text2")
            words = line.adjusted(keys + 24, 0, -note - 18, 0)
            draw_text(painter, words, row.text, "strong" if at == self._current else "body")
            if row.note:
                right = QRectF(line.right() - note - 10, line.top(), note + 2, _ROW)
                draw_text(painter, right, row.note, "note", "text3")


class LookupField(TextField):
    """A text field whose suggestions follow every key; ``picked`` carries the chosen one.

    Down and Up point, Enter chooses, Esc closes the list first and leaves the text alone.
    """

    picked = Signal(object)

    def __init__(
        self,
        source: Callable[[str], Sequence[Suggestion]],
        *,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._source = source
        self._rows: Sequence[Suggestion] = ()
        self._list: SuggestionList | None = None
        self.textEdited.connect(self.suggest)

    @property
    def suggesting(self) -> bool:
        """Whether the list is open."""
        return self._list is not None and self._list.isVisible()

    def suggestions(self) -> Sequence[Suggestion]:
        """Return what is suggested now."""
        return self._rows if self.suggesting else ()

    def suggest(self, typed: str) -> None:
        """Show what fits the typed text."""
        self._rows = self._source(typed.strip())
        if self._list is None:
            self._list = SuggestionList(self.window())
            self._list.chosen.connect(self._choose)
        corner = self.mapTo(self.window(), QPoint(0, 0))
        self._list.show_rows(self._rows, QRect(corner, self.size()))

    def close_list(self) -> None:
        """Take the list away."""
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    def _choose(self, row: int) -> None:
        chosen = self._rows[row]
        self.close_list()
        self.setText(chosen.key)
        self.picked.emit(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Point and choose while the list is open; Alt+Down opens it."""
        if event.key() == Qt.Key.Key_Down and not self.suggesting:
            self.suggest(self.text())
        elif self._list is None or not self.suggesting:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Down:
            self._list.step(1)
        elif event.key() == Qt.Key.Key_Up:
            self._list.step(-1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.current)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_list()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the list away with the focus."""
        self.close_list()
        super().focusOutEvent(event)
