"""The bar under the inbox: where one is in the queue, the opinion, why not, 退回 and 同意."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.paint import SHADOW_ROOM
from govproc_desktop.views.kit.widgets import (
    Button,
    IconLabel,
    Label,
    Panel,
    Popover,
    TextField,
    icon_button,
)

_MOST_PHRASES = 9


class OpinionField(TextField):
    """The opinion; a slash as its first character opens the common phrases."""

    phrasesAsked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__(
            placeholder=_("写意见；退回必须写，/ 调出常用语"),
            icon="edit",
            trailing="down",
            height=34,
        )
        self.setMaxLength(2000)
        self.setAccessibleName(_("意见"))
        self.trailingClicked.connect(self.phrasesAsked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the phrases with a slash, leave with Enter or Esc."""
        if event.text() == "/" and not self.text():
            self.phrasesAsked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class PhraseMenu(Popover):
    """Common phrases by number; a digit or Enter takes one (``taken``)."""

    taken = Signal(str)

    def __init__(self, phrases: Sequence[str], *, parent: QWidget) -> None:
        super().__init__(parent=parent, width=420, nose=False)
        self._phrases = list(phrases[:_MOST_PHRASES])
        self.buttons: list[Button] = []
        column = QVBoxLayout()
        column.setContentsMargins(8, 10, 8, 8)
        column.setSpacing(2)
        head = Label(_("常用语（按数字键选用）"), "note", "text3")
        head.setContentsMargins(8, 0, 0, 4)
        column.addWidget(head)
        for place, phrase in enumerate(self._phrases, 1):
            shown = phrase if len(phrase) <= 26 else phrase[:25] + "…"
            button = Button(shown, "ghost", keycap=str(place), height=32)
            button.setToolTip(phrase)
            button.clicked.connect(lambda _on=False, text=phrase: self._take(text))
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.buttons.append(button)
        self.body.addLayout(column)

    def show_above(self, field: QWidget) -> None:
        """Show the menu over a field at the bottom of the window."""
        self.adjustSize()
        top = -(self.height() - 2 * SHADOW_ROOM) - 6
        self.show_under(field, QPoint(0, top))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a phrase by its number."""
        place = event.text()
        if place.isdigit() and 1 <= int(place) <= len(self._phrases):
            self._take(self._phrases[int(place) - 1])
        else:
            super().keyPressEvent(event)

    def _take(self, phrase: str) -> None:
        self.close()
        self.taken.emit(phrase)


class ActionBar(Panel):
    """The bar; 退回 and 同意 stand at the far right, always in the same place."""

    upAsked = Signal()
    downAsked = Signal()
    approveAsked = Signal()
    returnAsked = Signal()
    whyAsked = Signal(object)
    phrasesAsked = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(fill="sunken", side="top", parent=parent)
        self.setFixedHeight(60)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(8)
        self.up = icon_button("up", _("上一件（↑）"), "secondary", height=34)
        self.down = icon_button("down", _("下一件（↓）"), "secondary", height=34)
        self.place = Label("", "note", "text2")
        self.opinion = OpinionField()
        self._sign = IconLabel("info", "danger", size=16)
        self.refusal = Label("", "note", "danger", wrap=True)
        self.refusal.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.refusal.setMaximumWidth(230)
        self.back = Button(_("退回"), "danger", icon="undo", keycap="R", height=36)
        self.approve = Button(_("同意"), "primary", icon="check", keycap="A", height=36)
        for widget in (self.up, self.down, self.place):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.opinion, 1)
        row.addSpacing(4)
        row.addWidget(self._sign)
        row.addWidget(self.refusal)
        row.addWidget(self.back)
        row.addWidget(self.approve)
        self._connect()
        self.set_refusal(None)

    def _connect(self) -> None:
        self.up.clicked.connect(self.upAsked)
        self.down.clicked.connect(self.downAsked)
        self.approve.clicked.connect(self.approveAsked)
        self.back.clicked.connect(self.returnAsked)
        for button in (self.approve, self.back):
            button.whyRequested.connect(lambda button=button: self.whyAsked.emit(button))
        self.opinion.phrasesAsked.connect(self.phrasesAsked)

    def set_place(self, at: int, total: int) -> None:
        """Say the place in the queue."""
        words = _("第 {at} 件，共 {total} 件").format(at=at + 1, total=total)
        self.place.setText(words if total else _("没有待办"))
        self.up.setEnabled(at > 0)
        self.down.setEnabled(at < total - 1)

    def set_refusal(
        self, sentence: str | None, *, back: str | None = None, tone: str = "danger"
    ) -> None:
        """Turn 同意 off with a sentence, or on with None; ``back`` does the same for 退回."""
        self.approve.set_reason(sentence)
        self.back.set_reason(back)
        shown = bool(sentence)
        self.refusal.setText(sentence or "")
        self.refusal.setToolTip(sentence or "")
        self.refusal.setVisible(shown)
        self._sign.setVisible(shown)
        self._sign.set_icon("info", tone)
        self.refusal.set_token(tone)
