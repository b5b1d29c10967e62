"""One input for every kind of form field: the same text in, the same text out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QRadioButton, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.form_spec import FieldKind, FieldSpec
from govproc_desktop.views.kit.widgets import (
    Check,
    ComboField,
    DateField,
    FieldCell,
    RadioGroup,
    ReadOnlyField,
    TextArea,
    TextField,
)


class Input(Protocol):
    """What the form needs of a field whatever it is drawn as."""

    widget: QWidget

    def value(self) -> str:
        """Return the text as typed (``"1"`` or ``""`` for ticks, a key for choices)."""

    def set_value(self, text: str) -> None:
        """Show a text without telling anyone."""

    def set_read_only(self, *, on: bool) -> None:
        """Let the value be read but not changed."""


class _TextInput:
    def __init__(self, field: TextField, changed: Callable[[], None]) -> None:
        self.widget: QWidget = field
        self._field = field
        field.textEdited.connect(lambda _text: changed())
        if isinstance(field, DateField):
            field.picked.connect(changed)

    def value(self) -> str:
        return self._field.text()

    def set_value(self, text: str) -> None:
        self._field.setText(text)

    def set_read_only(self, *, on: bool) -> None:
        self._field.setReadOnly(on)


class _NoteInput:
    def __init__(self, field: TextArea, changed: Callable[[], None]) -> None:
        self.widget: QWidget = field
        self._field = field
        field.edited.connect(changed)

    def value(self) -> str:
        return self._field.toPlainText()

    def set_value(self, text: str) -> None:
        if text != self._field.toPlainText():
            self._field.blockSignals(True)
            self._field.setPlainText(text)
            self._field.blockSignals(False)

    def set_read_only(self, *, on: bool) -> None:
        self._field.setReadOnly(on)


class _ChoiceInput:
    def __init__(self, field: ComboField, changed: Callable[[], None]) -> None:
        self.widget: QWidget = field
        self._field = field
        field.currentIndexChanged.connect(lambda _row: changed())

    def value(self) -> str:
        return self._field.value()

    def set_value(self, text: str) -> None:
        self._field.blockSignals(True)
        self._field.set_value(text)
        self._field.blockSignals(False)
        self._field.update()

    def set_read_only(self, *, on: bool) -> None:
        self._field.setEnabled(not on)


class _TickInput:
    def __init__(self, field: Check, changed: Callable[[], None]) -> None:
        self.widget: QWidget = field
        self._field = field
        field.toggled.connect(lambda _on: changed())

    def value(self) -> str:
        return "1" if self._field.isChecked() else ""

    def set_value(self, text: str) -> None:
        self._field.blockSignals(True)
        self._field.setChecked(bool(text))
        self._field.blockSignals(False)

    def set_read_only(self, *, on: bool) -> None:
        self._field.setEnabled(not on)


class _RadioInput:
    def __init__(self, field: RadioGroup, changed: Callable[[], None]) -> None:
        self.widget: QWidget = field
        self._field = field
        field.changed.connect(lambda _key: changed())

    def value(self) -> str:
        return self._field.value()

    def set_value(self, text: str) -> None:
        self._field.blockSignals(True)
        self._field.set_value(text)
        self._field.blockSignals(False)

    def set_read_only(self, *, on: bool) -> None:
        self._field.setEnabled(not on)


class _FixedInput:
    def __init__(self, field: ReadOnlyField) -> None:
        self.widget: QWidget = field
        self._field = field
        # copied from by a click; whoever types on by Tab or Enter has nothing to do here
        field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def value(self) -> str:
        return self._field.text()

    def set_value(self, text: str) -> None:
        self._field.setText(text)

    def set_read_only(self, *, on: bool) -> None:
        del on


def make_input(spec: FieldSpec, changed: Callable[[], None]) -> Input:
    """Return the input of a field; ``changed`` is called when a person changes it."""
    options = [(key, _(text)) for key, text in spec.options]
    if spec.kind is FieldKind.NOTE:
        return _NoteInput(TextArea(lines=2), changed)
    if spec.kind is FieldKind.DATE:
        return _TextInput(DateField(), changed)
    if spec.kind is FieldKind.CHOICE:
        return _ChoiceInput(ComboField(options, placeholder=_("请选择")), changed)
    if spec.kind is FieldKind.TICK:
        return _TickInput(Check(_(spec.words)), changed)
    if spec.kind is FieldKind.RADIO:
        return _RadioInput(RadioGroup(options), changed)
    if spec.kind is FieldKind.FIXED:
        return _FixedInput(ReadOnlyField())
    field = TextField(placeholder=_(spec.placeholder) if spec.placeholder else "")
    return _TextInput(field, changed)


class EnterMovesOn(QObject):
    """Turns Enter in every field but a note into a step to the next, as clerks expect."""

    def watch(self, field: QWidget) -> None:
        """Step on from a field and, in a group of radios, from each of them."""
        for each in (field, *field.findChildren(QRadioButton)):
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step on from a field; everything else passes."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            forward = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if isinstance(watched, QWidget):
                step = Qt.Key.Key_Tab if forward else Qt.Key.Key_Backtab
                _press(watched, step)
                return True
        return False


def _press(widget: QWidget, key: Qt.Key) -> None:
    QCoreApplication.sendEvent(
        widget, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    )


def make_cell(made: Input, *, label: str, hint: str, required: bool) -> FieldCell:
    """Return the labelled cell of an input."""
    cell = FieldCell(label, made.widget, required=required)
    if hint:
        made.widget.setToolTip(hint)
    return cell
