from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from govproc_desktop.domain.rules import Check, Level, failed, passed
from govproc_desktop.views.kit.charts import Gauge
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.kit.why import FailedCheck, WhyPanel, show_why, why_text
from govproc_desktop.views.kit.widgets import Button


def checks() -> list[Check]:
    over = failed(
        "本次使用 {value}，拟可用 {limit}",
        value=Decimal("168000.00"),
        limit=Decimal("150000.00"),
        mend="改本次金额",
        go="funds.0.amount",
    )
    note = failed("请写明原因", level=Level.EXPLAIN)
    return [
        replace(passed("您有「提交」"), title="功能权限"),
        replace(note, title="拆分采购", rule="R13"),
        replace(over, title="用款计划的拟可用", rule="R1", source="预算法实施条例"),
    ]


@pytest.fixture
def panel(qtbot: Any, qapp: QApplication) -> WhyPanel:
    theme().apply(qapp, "light")
    made = WhyPanel("为什么不能「提交」？", checks(), sub="办公设备购置")
    qtbot.addWidget(made)
    made.show()
    return made


def test_failed_rules_come_first_refusing_ones_before_those_to_explain(panel: WhyPanel) -> None:
    boxes = panel.findChildren(FailedCheck)
    titles = [box.accessibleName().split()[0] for box in boxes]
    assert titles == ["用款计划的拟可用", "拆分采购"]
    labels = [each.text() for each in panel.findChildren(QLabel)]
    assert "已满足 1 项" in labels


def test_number_stands_against_limit_with_the_difference(panel: WhyPanel) -> None:
    box = panel.findChildren(FailedCheck)[0]
    labels = [each.text() for each in box.findChildren(QLabel)]
    assert {"168,000.00", "上限 150,000.00", "差 18,000.00", "R1"} <= set(labels)
    assert box.findChild(Gauge) is not None


def test_the_mending_link_says_where_to_go(panel: WhyPanel, qtbot: Any) -> None:
    went: list[str] = []
    panel.mendRequested.connect(went.append)
    link = next(each for each in panel.findChildren(Button) if each.text() == "改本次金额")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert went == ["funds.0.amount"]


def test_copy_takes_the_whole_explanation(panel: WhyPanel, qtbot: Any) -> None:
    qtbot.mouseClick(panel.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text == why_text("为什么不能「提交」？", checks())
    lines = text.splitlines()
    assert lines[1] == "✗ [R1] 用款计划的拟可用：本次使用 168,000.00，拟可用 150,000.00"
    assert "  → 改本次金额" in lines
    assert "  依据：预算法实施条例" in lines
    assert lines[-1] == "✓ 功能权限：您有「提交」"


def test_the_popover_closes_and_goes(qtbot: Any, qapp: QApplication) -> None:
    anchor = Button("提交")
    qtbot.addWidget(anchor)
    anchor.show()
    went: list[str] = []
    popover = show_why(anchor, "为什么不能「提交」？", checks=checks(), go=went.append)
    qtbot.addWidget(popover)
    assert popover.isVisible()
    panel = popover.findChild(WhyPanel)
    assert panel is not None
    panel.mendRequested.emit("funds.0.amount")
    assert went == ["funds.0.amount"]
