"""The real asker: questions, typed answers, errors and results drawn in the product's dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.errors import AppError, RulesBroken
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.asking import Question
from govproc_desktop.views.kit.errors import told
from govproc_desktop.views.kit.widgets import Button, DialogFrame, IconLabel, Label, TextArea

_WIDTH = 460


class _Words(QWidget):
    """An icon with one or more sentences beside it."""

    def __init__(self, sentences: Sequence[str], *, icon: str, tone: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 8)
        row.setSpacing(12)
        row.addWidget(IconLabel(icon, tone, size=20), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(6)
        for sentence in sentences:
            label = Label(sentence, "body", "text", wrap=True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            # a wrapping label's own minimum is several lines, however short the sentence
            label.setMinimumHeight(label.fontMetrics().height())
            column.addWidget(label)
        # spare height goes below the last sentence, not between them
        column.addStretch(1)
        row.addLayout(column, 1)


class QuestionDialog(DialogFrame):
    """A question with named answers; Enter and Esc give the first, safe one."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question.title, width=_WIDTH, parent=parent)
        self.answer = question.answers[0][0]
        icon, tone = ("warn", "danger") if question.danger else ("help", "accent")
        self.body.addWidget(_Words(question.text.split("\n"), icon=icon, tone=tone))
        self.foot.addStretch(1)
        self.buttons: dict[str, Button] = {}
        last = question.answers[-1][0]
        for key, words in question.answers:
            kind = ("danger" if question.danger else "primary") if key == last else "secondary"
            button = Button(words, kind)  # type: ignore[arg-type]
            button.clicked.connect(lambda _on=False, key=key: self._choose(key))
            self.buttons[key] = button
            self.foot.addWidget(button)
        self.buttons[self.answer].setFocus()

    def _choose(self, key: str) -> None:
        self.answer = key
        self.accept()


class TextDialog(DialogFrame):
    """A typed text; a required one keeps its button off until something is written."""

    def __init__(
        self, title: str, prompt: str, *, required: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, width=_WIDTH, parent=parent)
        self._required = required
        self.body.addWidget(Label(prompt, "body", "text2", wrap=True))
        self.editor = TextArea(lines=4)
        self.editor.setAccessibleName(prompt)
        self.body.addWidget(self.editor)
        self._hint = Label("", "note", "text3")
        self.foot.addWidget(self._hint)
        self.foot.addStretch(1)
        cancel = Button(_("取消"))
        cancel.clicked.connect(self.reject)
        self.ok = Button(_("确定"), "primary")
        self.ok.setShortcut("Ctrl+Return")
        self.ok.clicked.connect(self.accept)
        self.ok.whyRequested.connect(self.editor.setFocus)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.ok)
        self.editor.textChanged.connect(self._judge)
        self._judge()
        self.editor.setFocus()

    def text(self) -> str:
        """Return what was typed, without outer spaces."""
        return self.editor.toPlainText().strip()

    def _judge(self) -> None:
        missing = self._required and not self.text()
        self.ok.set_reason(_("这里必须写一句") if missing else None)
        self._hint.setText(_("写一句才能确定") if missing else _("Ctrl+Enter 确定"))


class MessageDialog(DialogFrame):
    """Sentences to be read, and one button; the text can be copied whole."""

    def __init__(
        self,
        title: str,
        sentences: Sequence[str],
        *,
        icon: str = "info",
        tone: str = "info",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, width=_WIDTH, parent=parent)
        self._text = "\n".join(sentences)
        self.body.addWidget(_Words(sentences, icon=icon, tone=tone))
        self.copy = Button(_("复制说明"), "ghost", icon="copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        self.foot.addWidget(self.copy)
        self.foot.addStretch(1)
        self.ok = Button(_("知道了"), "primary")
        self.ok.setMinimumSize(QSize(88, 32))
        self.ok.clicked.connect(self.accept)
        self.foot.addWidget(self.ok)
        self.ok.setFocus()


def error_dialog(fault: AppError, parent: QWidget | None = None) -> MessageDialog:
    """Return the dialog of a fault: every broken rule in its own line."""
    if isinstance(fault, RulesBroken):
        sentences = [each.sentence() for each in fault.violations]
        title = _("有 {count} 项要先改").format(count=len(sentences))
        return MessageDialog(title, sentences, icon="warn", tone="danger", parent=parent)
    return MessageDialog(_("没有办成"), [told(fault)], icon="warn", tone="danger", parent=parent)


class DialogAsker:
    """Asks with dialogs over the window in front; GUI thread only."""

    def __init__(self, window: Callable[[], QWidget | None]) -> None:
        self._window = window

    def ask(self, question: Question) -> str:
        """Return the key of the chosen answer; closing gives the first one."""
        dialog = QuestionDialog(question, self._window())
        dialog.exec()
        return dialog.answer

    def text(self, *, title: str, prompt: str, required: bool = False) -> str | None:
        """Return a typed text, or nothing if cancelled."""
        dialog = TextDialog(title, prompt, required=required, parent=self._window())
        return dialog.text() if dialog.exec() else None

    def error(self, fault: AppError) -> None:
        """Show a sentence the person has to read."""
        error_dialog(fault, self._window()).exec()

    def tell(self, title: str, text: str) -> None:
        """Show a result that stays until dismissed."""
        MessageDialog(title, text.split("\n"), parent=self._window()).exec()

    def open_files(self, *, title: str, patterns: str, many: bool = False) -> Sequence[Path]:
        """Return chosen files, or none."""
        if many:
            names, _kind = QFileDialog.getOpenFileNames(self._window(), title, "", patterns)
            return [Path(name) for name in names]
        name, _kind = QFileDialog.getOpenFileName(self._window(), title, "", patterns)
        return [Path(name)] if name else []

    def save_file(self, *, title: str, name: str, patterns: str) -> Path | None:
        """Return where to save, or nothing."""
        chosen, _kind = QFileDialog.getSaveFileName(self._window(), title, name, patterns)
        return Path(chosen) if chosen else None
