"""The editors inside a grid of lines: one per column, opened and left by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.lines_model import LineColumn, LinesModel, Suggestion
from govproc_desktop.views.kit.lookup import LookupField
from govproc_desktop.views.kit.tables import CellDelegate, KitTableView
from govproc_desktop.views.kit.widgets import DateField, TextField

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ENTER = 2
"""The step of Enter: on like Tab, but past the last line it makes a new one."""


class LineDelegate(CellDelegate):
    """Opens the right editor for a column and hands its keys to the grid."""

    stepped = Signal(int)
    """Tab: +1, Shift+Tab: -1, Enter: ``ENTER``; ±100 for the row below or above."""
    typing = Signal()

    def __init__(self, table: KitTableView) -> None:
        super().__init__(table, table)
        self._view = table
        self.editor: TextField | None = None

    def _spec(self, index: Index) -> LineColumn:
        model = index.model()
        assert isinstance(model, LinesModel)
        return model.columns[index.column()]

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a lookup, a date or a text field; every key reaches the model at once."""
        spec, row = self._spec(index), index.row()
        model = self._view.model()
        assert isinstance(model, LinesModel)
        field = self._field(spec, parent, row)
        if spec.look.right:
            field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        field.setPlaceholderText(spec.hint_for(model.line(row)))
        field.setProperty("pose", "focus")
        field.setAccessibleName(_(spec.title))

        def typed(text: str) -> None:
            model.type_in(row, spec.key, text=text)
            if spec.lookup is None:
                field.set_invalid(bool(model.error(row, index.column())))
            self.typing.emit()

        field.textEdited.connect(typed)
        self.editor = field
        QTimer.singleShot(0, self.typing.emit)
        return field

    def _field(self, spec: LineColumn, parent: QWidget, row: int) -> TextField:
        model = self._view.model()
        assert isinstance(model, LinesModel)
        lookup = spec.lookup
        if lookup is not None:
            line = model.line(row)
            field = LookupField(lambda typed: lookup(line, typed), parent=parent)

            def take(chosen: Suggestion) -> None:
                model.fill(row, chosen.fills)
                self.stepped.emit(1)

            field.picked.connect(take)
            return field
        return DateField(parent=parent) if spec.edit == "date" else TextField(parent=parent)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the text in once; while typing, field and model already agree."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QLineEdit) and editor.text() != text:
            editor.setText(text)
            editor.selectAll()

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the editor."""
        if isinstance(editor, LookupField):
            editor.close_list()
        if self.editor is editor:
            self.editor = None
        super().destroyEditor(editor, index)
        self.typing.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step on with Tab and Enter, paste blocks, leave the rest to Qt."""
        leaving = event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide)
        if leaving and watched is not self.editor:
            return False  # its editor is gone already; Qt would warn about a stranger
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if isinstance(watched, LookupField) and watched.suggesting:
            if event.key() == Qt.Key.Key_Tab and len(watched.suggestions()) == 1:
                event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, event.modifiers())
                watched.keyPressEvent(event)
                return True
            keys = (*_ENTER, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape)
            if event.key() in keys:
                watched.keyPressEvent(event)
                return True
        step = self._step(watched, event)
        if step and isinstance(watched, QWidget):
            self._close(watched)
            self.stepped.emit(step)
            return True
        if isinstance(watched, QWidget) and self._view_takes(event):
            self._close(watched)
            self._view.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _close(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _step(self, watched: QObject, event: QKeyEvent) -> int:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if ctrl or alt:
            return 0
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Backtab or (event.key() in _ENTER and shift):
            return -1
        if event.key() in _ENTER:
            return ENTER
        if event.key() == Qt.Key.Key_Tab:
            return 1
        if isinstance(watched, (LookupField, DateField)):
            return 0
        return {Qt.Key.Key_Up: -100, Qt.Key.Key_Down: 100}.get(Qt.Key(event.key()), 0)

    def _view_takes(self, event: QKeyEvent) -> bool:
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() == Qt.Key.Key_V:
            text = QGuiApplication.clipboard().text()
            return "\t" in text or "\n" in text.rstrip("\r\n")
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return True
        return event.key() == Qt.Key.Key_Insert or (ctrl and event.key() == Qt.Key.Key_Delete)
