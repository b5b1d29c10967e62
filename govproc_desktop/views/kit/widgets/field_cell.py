"""One cell of a form: label with its star, the field, the error sentence and the note below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from govproc_desktop.views.kit.paint import draw_text
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.kit.widgets.choices import Check, RadioGroup
from govproc_desktop.views.kit.widgets.marks import IconLabel, Label

LABEL_WIDTH = 94


class _FieldLabel(QWidget):
    def __init__(self, text: str, *, required: bool, width: int) -> None:
        super().__init__()
        self._text = text
        self._required = required
        self.setFixedSize(width, 32 if width else 22)

    def set_required(self, *, required: bool) -> None:
        """Show or take away the star."""
        self._required = required
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the name and the star."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        room = box.adjusted(0, 0, -10 if self._required else 0, 0)
        draw_text(painter, room, self._text, "body", "text2")
        if self._required:
            x = min(text_width(self._text) + 3, box.width() - 9)
            draw_text(painter, QRectF(x, 0, 10, box.height()), "*", "body", "danger")


class FieldCell(QWidget):
    """A labelled field of a form; error and note lines open below it without moving the label.

    ``noteChanged`` of the field (amounts telling their limit) is shown as the note.
    """

    focusRequested = Signal()

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        above: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._hint = hint
        self._mark = ""
        self._told = (hint, "text3")
        self._label = _FieldLabel(label, required=required, width=LABEL_WIDTH)
        if not field.accessibleName():
            field.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        natural = isinstance(field, (Check, RadioGroup))
        align = Qt.AlignmentFlag.AlignLeft if natural else Qt.AlignmentFlag(0)
        column.addWidget(field, 0, align)
        self._error = self._error_line(column)
        self._note = Label(hint, "note", "text3", wrap=True)
        self._note.setVisible(bool(hint))
        column.addWidget(self._note)
        column.addStretch(1)
        self._arrange(column, above=above)
        if hasattr(field, "noteChanged"):
            field.noteChanged.connect(self.set_note)

    def _arrange(self, column: QVBoxLayout, *, above: bool) -> None:
        if above:
            self._label.setFixedSize(300, 24)
            outer = QVBoxLayout(self)
            outer.setSpacing(2)
            outer.addWidget(self._label)
            outer.addLayout(column, 1)
        else:
            row = QHBoxLayout(self)
            # boxes and rings keep 3 px for their focus ring; their edge still meets the fields'
            row.setSpacing(5 if isinstance(self.field, (Check, RadioGroup)) else 8)
            row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(column, 1)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)

    def _error_line(self, column: QVBoxLayout) -> Label:
        self._error_row = QWidget()
        row = QHBoxLayout(self._error_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(IconLabel("warn", "danger", size=14), 0, Qt.AlignmentFlag.AlignTop)
        sentence = Label("", "note", "danger", wrap=True)
        row.addWidget(sentence, 1)
        self._error_row.hide()
        column.addWidget(self._error_row)
        return sentence

    @property
    def error(self) -> str:
        """The sentence shown as wrong, or an empty text."""
        return self._error.text()

    def set_error(self, sentence: str) -> None:
        """Show a sentence under the field and the field as wrong; an empty one clears both."""
        self._error.setText(sentence)
        self._error_row.setVisible(bool(sentence))
        mark = getattr(self.field, "set_invalid", None)
        if mark is not None:
            mark(bool(sentence))
        self.field.setAccessibleDescription(sentence or self._hint)

    def set_note(self, text: str, tone: str = "text3") -> None:
        """Show a note under the field; an empty one brings the hint back."""
        self._told = (text or self._hint, tone if text else "text3")
        self._show_note()

    def set_mark(self, text: str) -> None:
        """Show that another asked for a change here; it goes before every note until cleared."""
        self._mark = text
        self._show_note()

    @property
    def note(self) -> str:
        """The sentence shown under the field, or an empty text."""
        return self._note.text()

    def _show_note(self) -> None:
        text, tone = (self._mark, "warn") if self._mark else self._told
        self._note.setText(text)
        self._note.set_token(tone)
        self._note.setVisible(bool(text))

    def set_required(self, *, required: bool) -> None:
        """Show or take away the star."""
        self._label.set_required(required=required)
