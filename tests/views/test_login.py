from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.login import DemoAccount, LoginWindow


@pytest.fixture
def login(qtbot: Any, qapp: QApplication) -> LoginWindow:
    theme().apply(qapp, "light")
    made = LoginWindow(account="", remember=True)
    qtbot.addWidget(made)
    made.show()
    return made


def test_enter_goes_from_account_to_password_to_submit(login: LoginWindow, qtbot: Any) -> None:
    sent: list[tuple[str, str]] = []
    login.submitted.connect(lambda account, password: sent.append((account, password)))
    login.activateWindow()
    qtbot.keyClicks(login.account, " ZhouMin ")
    qtbot.keyClick(login.account, Qt.Key.Key_Return)
    assert sent == []
    qtbot.keyClicks(login.password, "abc12345")
    qtbot.keyClick(login.password, Qt.Key.Key_Return)
    assert sent == [("ZhouMin", "abc12345")]


def test_missing_account_and_password_are_said_in_place(login: LoginWindow, qtbot: Any) -> None:
    sent: list[str] = []
    login.submitted.connect(lambda account, _password: sent.append(account))
    qtbot.mouseClick(login.enter, Qt.MouseButton.LeftButton)
    assert login.said == "请先填登录账号。"
    assert login.account.invalid
    login.account.setText("zhoumin")
    qtbot.mouseClick(login.enter, Qt.MouseButton.LeftButton)
    assert login.said == "请填密码。"
    assert login.password.invalid
    assert not login.account.invalid
    assert sent == []


def test_wrong_password_is_said_and_goes_away_while_typing(login: LoginWindow, qtbot: Any) -> None:
    login.account.setText("zhoumin")
    login.password.setText("wrong")
    login.set_busy(busy=True)
    assert not login.enter.isEnabled()
    login.refuse("账号或密码不对。再错 3 次将锁定 15 分钟。")
    assert login.said == "账号或密码不对。再错 3 次将锁定 15 分钟。"
    assert login.enter.isEnabled()
    assert login.password.selectedText() == "wrong"
    qtbot.keyClicks(login.password, "n")
    assert login.said == ""
    assert not login.password.invalid


def test_capital_lock_is_suspected_from_a_capital_without_shift(
    login: LoginWindow, qtbot: Any
) -> None:
    qtbot.keyClick(login.password, "A")
    assert "大写锁定" in login.said
    qtbot.keyClick(login.password, "a")
    assert login.said == ""
    qtbot.keyClick(login.password, "B", Qt.KeyboardModifier.ShiftModifier)
    assert login.said == ""


def test_the_eye_shows_the_password(login: LoginWindow, qtbot: Any) -> None:
    login.password.setText("abc12345")
    assert login.password.echoMode() == QLineEdit.EchoMode.Password
    login.password.trailingClicked.emit()
    assert login.password.echoMode() == QLineEdit.EchoMode.Normal
    login.password.trailingClicked.emit()
    assert login.password.echoMode() == QLineEdit.EchoMode.Password


def test_a_demo_account_is_chosen_and_filled_in(login: LoginWindow, qtbot: Any) -> None:
    accounts = [
        DemoAccount(login="zhoumin", words="周敏 · 经办岗", password="p1"),
        DemoAccount(login="linlan", words="林岚 · 财政审核岗", password="p2"),
    ]
    login.offer_demo(accounts)
    sent: list[tuple[str, str]] = []
    login.submitted.connect(lambda account, password: sent.append((account, password)))
    login._demo_choice.set_value("linlan")
    login._demo_choice.picked.emit("linlan")
    qtbot.mouseClick(login.enter, Qt.MouseButton.LeftButton)
    assert sent == [("linlan", "p2")]
    assert login.account.isHidden()


def test_painted_comes_once_after_the_first_paint(qtbot: Any, qapp: QApplication) -> None:
    made = LoginWindow(account="zhoumin", note="周敏 · 某单位")
    qtbot.addWidget(made)
    times: list[int] = []
    made.painted.connect(lambda: times.append(1))
    with qtbot.waitSignal(made.painted):
        made.show()
    made.repaint()
    qapp.processEvents()
    assert times == [1]


def test_what_is_not_built_does_not_show(login: LoginWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLabel

    words = [each.text() for each in login.findChildren(QAbstractButton)]
    words += [each.text() for each in login.findChildren(QLabel)]
    assert not {"忘记密码", "云证书登录", "采购人注册"} & set(words)
    assert "连接设置" in words
