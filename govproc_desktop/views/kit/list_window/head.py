"""The head of a list: its title and its actions; one that is off says why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govproc_desktop.domain.permissions import Actor
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.actions import RowAction
from govproc_desktop.views.kit.spec import Values
from govproc_desktop.views.kit.widgets import Button, Label, VLine


class ListHead(QWidget):
    """Title left, actions right: framed, then quiet ones, then the primary one."""

    triggered = Signal(str)
    whyAsked = Signal(str)

    def __init__(self, title: str, actions: Sequence[RowAction], *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(58)
        self._actions = {each.id: each for each in actions}
        self.buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 6)
        row.setSpacing(8)
        row.addWidget(Label(title, "heading"))
        row.addStretch(1)
        plain = [each for each in actions if not each.quiet and not each.primary]
        quiet = [each for each in actions if each.quiet]
        main = [each for each in actions if each.primary]
        for at, group in enumerate((plain, quiet, main)):
            if group and at and row.count() > 2:
                row.addWidget(VLine())
            for action in group:
                row.addWidget(self._button(action))

    def _button(self, action: RowAction) -> Button:
        kind = "primary" if action.primary else "ghost" if action.quiet else "secondary"
        shown = action.shortcut.replace("+", " ")
        button = Button(
            _(action.title),
            kind,  # type: ignore[arg-type]
            icon=action.icon,
            keycap=shown,
        )
        button.clicked.connect(lambda: self.triggered.emit(action.id))
        button.whyRequested.connect(lambda: self.whyAsked.emit(action.id))
        self.buttons[action.id] = button
        return button

    def judge(self, rows: Sequence[Values], actor: Actor) -> None:
        """Turn each action on or off for the rows chosen."""
        for key, action in self._actions.items():
            checks = action.why_not(rows, actor)
            self.buttons[key].set_reason(checks[0].detail() if checks else None)
