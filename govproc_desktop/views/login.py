"""The login window: account, password, one button; painted before the database is even loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from govproc_desktop import __version__
from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit.paint import CENTER
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import font, text_width
from govproc_desktop.views.kit.widgets import Button, Check, IconLabel, Label, Mark, TextField

if TYPE_CHECKING:
    from govproc_desktop.views.kit.widgets import ComboField, Notice

SIZE = (880, 560)
_LEFT = 372
_STEPS = (N_("计划"), N_("备案"), N_("合同"), N_("验收"), N_("支付"), N_("归档"))
_STEP_ALPHA = (0, 46, 92, 140, 200, 255)


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """An account of the demo office that may be chosen instead of typed."""

    login: str
    words: str
    password: str


class _Front(QWidget):
    """The left side: what the product is, and its six steps."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_LEFT)
        self.setAccessibleName(_("政采桌面：从预算到档案，一笔采购走到底"))
        mark = Mark(30)
        mark.setParent(self)
        mark.move(36, 34)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the words and the steps; the same in both looks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QLinearGradient(0, 0, self.width(), self.height())
        ground.setColorAt(0, QColor("#0F6A71"))
        ground.setColorAt(1, QColor("#07333A"))
        painter.fillRect(self.rect(), ground)
        self._words(painter, 76, 40, _("政采桌面"), "lead_bold")
        self._words(painter, 36, 180, _("从预算到档案，"), "hero", height=36)
        self._words(painter, 36, 215, _("一笔采购走到底。"), "hero", height=36)
        self._words(painter, 36, 259, _("计划 · 合同 · 验收 · 支付，同一本账。"), "body", alpha=190)
        self._words(painter, 36, 279, _("没有网络也能填、能查、能打印。"), "body", alpha=190)
        self._steps(painter)
        version = _("版本 {version}").format(version=__version__)
        self._words(painter, 36, 514, version, "note", alpha=170)

    def _words(
        self,
        painter: QPainter,
        x: float,
        y: float,
        text: str,
        role: str,
        *,
        alpha: int = 255,
        height: int = 20,
    ) -> None:
        painter.setFont(font(role))
        painter.setPen(QColor(255, 255, 255, alpha))
        painter.drawText(
            QRectF(x, y, self.width() - x, height), int(Qt.AlignmentFlag.AlignVCenter), text
        )

    def _steps(self, painter: QPainter) -> None:
        pitch = 53.6
        for place, name in enumerate(_STEPS):
            x = 54 + place * pitch
            painter.setPen(QPen(QColor(255, 255, 255, 110), 1))
            if place:
                painter.drawLine(QPointF(x - pitch + 9, 343), QPointF(x - 9, 343))
            painter.setPen(QPen(QColor(255, 255, 255, 235), 1.5))
            painter.setBrush(QColor(255, 255, 255, _STEP_ALPHA[place]))
            painter.drawEllipse(QPointF(x, 343), 8, 8)
            painter.setFont(font("note"))
            painter.drawText(QRectF(x - 26, 362, 52, 18), int(CENTER), _(name))


class PasswordField(TextField):
    """A password; the eye shows it, ``capsSuspected`` tells when capital lock seems to be on."""

    capsSuspected = Signal(bool)

    def __init__(self, *, height: int = 38) -> None:
        super().__init__(icon="lock", trailing="eye", height=height)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.trailingClicked.connect(self._toggle)
        # the input method must neither learn a password nor offer candidates for it
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText
        )

    def _toggle(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        mode = QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._trailing = "eye_off" if hidden else "eye"
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at the letter that came: a capital without Shift means the lock is on."""
        letter = event.text()
        super().keyPressEvent(event)
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capsSuspected.emit(letter.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.capsSuspected.emit(False)


class _Badge(QWidget):
    """A quiet amber line at the top right: demo office, offline."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        self._notice: Notice | None = None
        self._row = row
        self.setFixedHeight(40)

    def say(self, text: str, *, icon: str) -> None:
        """Put up a line; an empty one takes it away."""
        if self._notice is not None:
            self._notice.deleteLater()
            self._notice = None
        if text:
            # read only when there is something to say: the first paint waits for every file
            from govproc_desktop.views.kit.widgets import Notice

            self._notice = Notice(text, "warn", icon=icon, closable=False)
            self._notice.setMinimumWidth(int(text_width(text)) + 60)
            self._notice.setMinimumHeight(30)
            self._row.addWidget(self._notice)


class LoginWindow(QWidget):
    """Takes an account and a password; ``submitted`` carries them.

    The answer comes by :meth:`refuse` or by the window being closed; the window knows neither
    database nor services.
    """

    submitted = Signal(str, str)
    painted = Signal()
    """Once, after the first paint: now the heavy work may begin."""
    settingsRequested = Signal()

    def __init__(self, *, account: str = "", remember: bool = True, note: str = "") -> None:
        super().__init__()
        self._was_painted = False
        self.setWindowTitle(_("政采桌面 · 登录"))
        self.setFixedSize(*SIZE)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(_Front())
        self._fields = QWidget()
        self._fields.setLayout(self._form(account, remember=remember))
        row.addWidget(self._fields, 1)
        self._instead: QWidget | None = None
        self._account_note(note if account else "")
        self._noted = account
        self._demo: dict[str, DemoAccount] = {}
        self._demo_choice: ComboField | None = None
        (self.password if account else self.account).setFocus()

    def _form(self, account: str, *, remember: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(50, 26, 50, 24)
        column.setSpacing(0)
        self._badge = _Badge()
        column.addWidget(self._badge)
        column.addSpacing(22)
        column.addWidget(Label(_("登录"), "hero"))
        column.addSpacing(6)
        column.addWidget(Label(_("用开通时得到的登录账号，不区分大小写"), "body", "text2"))
        column.addSpacing(22)
        self._add_fields(column, account)
        column.addSpacing(10)
        self.remember = Check(_("在这台电脑上记住账号"), checked=remember)
        column.addWidget(self.remember, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(12)
        self.enter = Button(_("登录"), "primary", keycap="Enter", height=40)
        self.enter.clicked.connect(self._submit)
        column.addWidget(self.enter)
        column.addStretch(1)
        foot = QHBoxLayout()
        self._state = Label("", "note", "text3")
        foot.addWidget(self._state)
        foot.addStretch(1)
        self.settings = Button(_("连接设置"), "link")
        self.settings.clicked.connect(self.settingsRequested)
        foot.addWidget(self.settings)
        column.addLayout(foot)
        return column

    def _add_fields(self, column: QVBoxLayout, account: str) -> None:
        column.addWidget(Label(_("登录账号"), "body"))
        column.addSpacing(5)
        self.account = TextField(account, icon="me", height=38)
        self.account.setAccessibleName(_("登录账号"))
        self.account.returnPressed.connect(self._from_account)
        self.account.textEdited.connect(self._account_edited)
        self._account_row = QVBoxLayout()
        self._account_row.addWidget(self.account)
        column.addLayout(self._account_row)
        self._note = Label("", "note", "text3")
        self._note.setFixedHeight(22)
        column.addWidget(self._note)
        column.addSpacing(4)
        column.addWidget(Label(_("密码"), "body"))
        column.addSpacing(5)
        self.password = PasswordField()
        self.password.setAccessibleName(_("密码"))
        self.password.returnPressed.connect(self._submit)
        self.password.textEdited.connect(lambda _text: self._say(""))
        self.password.capsSuspected.connect(self._tell_caps)
        column.addWidget(self.password)
        said = QHBoxLayout()
        said.setContentsMargins(0, 4, 0, 0)
        said.setSpacing(5)
        self._said_icon = IconLabel("warn", "danger", size=14)
        self._said = Label("", "note", "danger", wrap=True)
        self._said.setMinimumHeight(18)
        said.addWidget(self._said_icon, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self._said, 1)
        column.addLayout(said)
        self._said_icon.hide()

    def show_instead(self, page: QWidget | None) -> None:
        """Put a page in the place of the fields (first use); nothing brings the fields back."""
        if self._instead is not None:
            self._row.removeWidget(self._instead)
            self._instead.hide()
            self._instead.deleteLater()
        self._instead = page
        self._fields.setVisible(page is None)
        if page is not None:
            self._row.addWidget(page, 1)

    def say_badge(self, text: str, *, icon: str = "info") -> None:
        """Say something lasting at the top right (demo office, offline)."""
        self._badge.say(text, icon=icon)

    def offer_demo(self, accounts: Sequence[DemoAccount]) -> None:
        """Let a demo account be chosen from a list; its password is filled in."""
        self._demo = {each.login: each for each in accounts}
        if self._demo_choice is None:
            self._demo_choice = self._make_choice()
        self._demo_choice.set_options([(each.login, each.words) for each in accounts])
        self._demo_choice.setVisible(bool(accounts))
        self.account.setVisible(not accounts)
        if accounts:
            self._demo_choice.set_value(accounts[0].login)
            self._pick_demo(accounts[0].login)

    def _make_choice(self) -> ComboField:
        from govproc_desktop.views.kit.widgets import ComboField

        choice = ComboField(height=38, icon="me")
        choice.setAccessibleName(_("演示账号"))
        choice.picked.connect(self._pick_demo)
        self._account_row.addWidget(choice)
        self.setTabOrder(choice, self.password)
        return choice

    def _pick_demo(self, login: str) -> None:
        self.account.setText(login)
        self.password.setText(self._demo[login].password)
        self._account_note(_("演示账号，密码已填好"))
        self._say("")
        self.enter.setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why it did not work, in place; the password is selected to be typed again."""
        self.set_busy(busy=False)
        self._say(sentence)
        self.password.set_invalid(True)
        self.password.setFocus()
        self.password.selectAll()

    def set_busy(self, *, busy: bool, words: str = "") -> None:
        """Show that the account is being checked; the fields keep what was typed."""
        self.enter.setEnabled(not busy)
        self.enter.setText(_("正在登录…") if busy else _("登录"))
        self._state.setText(words)

    @property
    def said(self) -> str:
        """The sentence that stands under the password, empty for none."""
        return self._said.text()

    def _from_account(self) -> None:
        if self.password.text():
            self._submit()
        else:
            self.password.setFocus()

    def _account_edited(self, text: str) -> None:
        self._say("")
        if text != self._noted:
            self._account_note("")

    def _account_note(self, text: str) -> None:
        self._note.setText(text)

    def _submit(self) -> None:
        if not self.enter.isEnabled():
            return
        if not self.account.text().strip():
            self._say(_("请先填登录账号。"))
            self.account.set_invalid(True)
            self.account.setFocus()
            return
        if not self.password.text():
            self._say(_("请填密码。"))
            self.password.set_invalid(True)
            self.password.setFocus()
            return
        self._say("")
        self.submitted.emit(self.account.text().strip(), self.password.text())

    def _say(self, sentence: str, token: str = "danger") -> None:
        self._said.setText(sentence)
        self._said.set_token(token)
        self._said_icon.set_icon("warn", token)
        self._said_icon.setVisible(bool(sentence))
        for field in (self.account, self.password):
            field.set_invalid(False)

    def _tell_caps(self, on: bool) -> None:
        if on:
            self._say(_("大写锁定好像开着。"), "warn")
        elif self.said == _("大写锁定好像开着。"):
            self._say("")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sheet behind the fields; the children are painted right after it."""
        QPainter(self).fillRect(self.rect(), color("surface"))
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)
