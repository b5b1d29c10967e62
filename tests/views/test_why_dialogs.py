"""The real asker's dialogs and the translation of faults to the screen."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from govproc_desktop.domain.errors import (
    BadInput,
    Refused,
    RulesBroken,
    StaleRecord,
    Unavailable,
    Violation,
)
from govproc_desktop.views.kit.asking import CannedAsker, Question
from govproc_desktop.views.kit.dialogs import QuestionDialog, TextDialog, error_dialog
from govproc_desktop.views.kit.errors import Place, present
from govproc_desktop.views.kit.theme import theme

QUESTION = Question(
    title="还有没保存的改动",
    text="「办公设备购置」里有改动还没有保存。",
    answers=(("stay", "继续编辑"), ("drop", "不保存"), ("save", "保存后关闭")),
)


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


def test_escape_gives_the_safe_answer_a_click_the_chosen_one(qtbot: Any) -> None:
    dialog = QuestionDialog(QUESTION)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.answer == "stay"
    again = QuestionDialog(QUESTION)
    qtbot.addWidget(again)
    again.open()
    qtbot.mouseClick(again.buttons["save"], Qt.MouseButton.LeftButton)
    assert again.answer == "save"
    assert not again.isVisible()


def test_enter_on_the_focused_button_is_the_safe_answer(qtbot: Any) -> None:
    dialog = QuestionDialog(QUESTION)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.keyClick(dialog.buttons["stay"], Qt.Key.Key_Return)
    assert dialog.answer == "stay"
    assert not dialog.isVisible()


def test_a_required_text_keeps_the_button_off(qtbot: Any) -> None:
    dialog = TextDialog("退回", "请写明退回意见", required=True)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.ok.reason == "这里必须写一句"
    dialog.editor.setPlainText("  　 ")
    assert dialog.ok.reason is not None
    dialog.editor.setPlainText(" 请补充说明 ")
    assert dialog.ok.reason is None
    assert dialog.text() == "请补充说明"
    dialog.done(0)


def test_an_error_dialog_says_every_broken_rule(qtbot: Any) -> None:
    broken = RulesBroken((Violation("R1", "超过拟可用"), Violation("R6", "方式不许")))
    dialog = error_dialog(broken)
    qtbot.addWidget(dialog)
    texts = [each.text() for each in dialog.findChildren(QLabel)]
    assert "有 2 项要先改" in texts
    assert {"超过拟可用", "方式不许"} <= set(texts)


def test_rules_mark_their_fields_and_the_rest_is_noticed() -> None:
    marked: list[tuple[str, str]] = []
    noticed: list[tuple[str, str]] = []

    def mark(field: str, sentence: str) -> bool:
        if field == "title":
            marked.append((field, sentence))
            return True
        return False

    asker = CannedAsker()
    broken = RulesBroken(
        (Violation("", "名称没有填", field="title"), Violation("R4", "三项合计不等", field="sums"))
    )
    place = Place(mark=mark, notice=lambda text, tone: noticed.append((text, tone)))
    present(broken, asker, place=place)
    assert marked == [("title", "名称没有填")]
    assert noticed == [("三项合计不等", "danger")]
    assert asker.errors == []
    present(broken, asker)
    assert isinstance(asker.errors[0], RulesBroken)
    assert len(asker.errors[0].violations) == 2


def test_each_kind_of_fault_goes_to_its_place() -> None:
    asker = CannedAsker(answers=["reload", "keep"])
    reloads: list[int] = []
    noticed: list[str] = []
    place = Place(notice=lambda text, _tone: noticed.append(text), reload=lambda: reloads.append(1))
    stale = StaleRecord("内容已被别人修改。", {}, "E1302")
    present(stale, asker, place=place)
    present(stale, asker, place=place)
    assert reloads == [1]
    assert asker.asked[0].text == "内容已被别人修改。（E1302）"
    present(Refused("没有权限。", {}, "E1305"), asker, place=place)
    present(BadInput("看不懂。"), asker, place=place)
    assert noticed == ["没有权限。（E1305）", "看不懂。"]
    present(Unavailable("磁盘已满。", {}, "E1004"), asker, place=place)
    assert [fault.code for fault in asker.errors] == ["E1004"]


def test_a_dialog_is_as_high_as_its_sentences(qtbot: Any) -> None:
    short = RulesBroken((Violation("R1", "超过拟可用。"), Violation("R2", "缺附件。")))
    long = RulesBroken((Violation("R1", "超过拟可用。"), Violation("R2", "缺附件。" * 40)))
    dialogs = [error_dialog(short), error_dialog(long)]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.open()
    lines = [each for each in dialogs[0].findChildren(QLabel) if each.text().endswith("。")]
    assert [each.height() for each in lines] == [19, 19]
    # 460 wide: head, two lines and foot, with the room for the shadow around
    assert dialogs[0].height() < 260
    wrapped = next(each for each in dialogs[1].findChildren(QLabel) if len(each.text()) > 100)
    assert wrapped.height() >= wrapped.heightForWidth(wrapped.width())


def test_a_required_text_says_beside_the_button_what_is_missing(qtbot: Any) -> None:
    dialog = TextDialog("退回", "请写明退回意见", required=True)
    qtbot.addWidget(dialog)
    dialog.open()
    assert "写一句才能确定" in [each.text() for each in dialog.findChildren(QLabel)]
    dialog.editor.insertPlainText("缺报价单")
    assert "Ctrl+Enter 确定" in [each.text() for each in dialog.findChildren(QLabel)]
