from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from govproc_desktop.views.kit.chart_data import MoneyStep, Opinion, ProcessNode, share
from govproc_desktop.views.kit.charts import (
    Gauge,
    MoneyCascade,
    OpinionTimeline,
    ProcessPicture,
    UsageBar,
)
from govproc_desktop.views.kit.roles import HATCH, Segment
from govproc_desktop.views.kit.theme import theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
STEPS = (
    MoneyStep("计划", Decimal("1000000.00")),
    MoneyStep("占用", Decimal("750000.00"), "拟可用"),
    MoneyStep("合同", Decimal("500000.00"), "还没签合同"),
    MoneyStep("申请", Decimal("250000.00"), "还没申请支付"),
    MoneyStep("支付", Decimal("0.00"), "还没到账"),
)


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


def drawn(qtbot: QtBot, widget: QWidget, width: int) -> QImage:
    qtbot.addWidget(widget)
    widget.resize(width, widget.height())
    widget.show()
    return widget.grab().toImage()


def name(image: QImage, x: float, y: float) -> str:
    return QColor(image.pixel(int(x), int(y))).name().upper()


def test_share_never_leaves_the_bar() -> None:
    assert share(Decimal(1), Decimal(4)) == 0.25
    assert share(Decimal(5), Decimal(4)) == 1.0
    assert share(Decimal(-5), Decimal(4)) == 0.0
    assert share(Decimal(5), Decimal(0)) == 0.0


def test_each_bar_of_the_cascade_is_as_long_as_its_money(qtbot: QtBot) -> None:
    cascade = MoneyCascade(STEPS)
    image = drawn(qtbot, cascade, 676)  # 400 px of bar for a million
    for place, (ramp, end) in enumerate(
        [("#D3E2E1", 400), ("#A5C9C9", 300), ("#6BA6A9", 200), ("#33828A", 100)]
    ):
        y = place * 44 + 20
        assert name(image, 48 + end / 2, y) == ramp
        assert name(image, 48 + end - 4, y) == ramp
        assert name(image, 48 + end + 4, y) != ramp
    assert cascade.accessibleName().startswith("计划 1,000,000.00，占用 750,000.00")


def test_waiting_money_can_be_pressed(qtbot: QtBot) -> None:
    cascade = MoneyCascade(STEPS)
    drawn(qtbot, cascade, 676)
    with qtbot.waitSignal(cascade.gapClicked) as heard:
        qtbot.mouseClick(cascade, Qt.MouseButton.LeftButton, pos=QPoint(48 + 350, 44 + 20))
    assert heard.args == [1]
    with qtbot.waitSignal(cascade.stepClicked) as heard:
        qtbot.mouseClick(cascade, Qt.MouseButton.LeftButton, pos=QPoint(60, 2 * 44 + 20))
    assert heard.args == [2]


def test_money_of_nothing_draws_without_failing(qtbot: QtBot) -> None:
    drawn(qtbot, MoneyCascade(()), 500)
    drawn(qtbot, MoneyCascade((MoneyStep("计划", Decimal(0)),)), 200)
    drawn(qtbot, ProcessPicture(()), 200)
    drawn(qtbot, ProcessPicture((ProcessNode(name="经办"),)), 200)


def test_the_process_tells_who_has_it_and_for_how_long(qtbot: QtBot) -> None:
    picture = ProcessPicture(
        (
            ProcessNode(name="经办", who="周敏", days="0.5 天", state="done"),
            ProcessNode(name="主管部门", who="不经过", state="skip"),
            ProcessNode(name="财政审核", who="您", days="第 4 天", state="now", late=True),
        )
    )
    image = drawn(qtbot, picture, 368)
    assert picture.accessibleName() == "经办 周敏 0.5 天；主管部门 不经过；财政审核 您 第 4 天"
    assert name(image, 34 - 8, 20) == "#33828A"
    assert name(image, 184, 20) == "#FFFFFF"
    assert name(image, 334, 20) == "#0E6168"


def test_a_gauge_is_red_only_beyond_its_limit(qtbot: QtBot) -> None:
    over = drawn(qtbot, Gauge(Decimal("200"), Decimal("150")), 200)
    assert name(over, 100, 7) == "#6BA6A9"
    assert name(over, 150, 2) == "#15201E"
    assert name(over, 180, 7) == "#B42318"
    within = drawn(qtbot, Gauge(Decimal("75"), Decimal("150")), 200)
    assert name(within, 50, 7) == "#33828A"
    assert name(within, 150, 7) == "#D3E2E1"


def test_opinions_wrap_and_make_room(qtbot: QtBot) -> None:
    long = Opinion(
        who="郑建国", deed="内部审核 · 退回", when="11-18 15:40", text="报价依据只有一家。" * 20
    )
    timeline = OpinionTimeline((long,))
    drawn(qtbot, timeline, 600)
    wide = timeline.height()
    timeline.resize(240, wide)
    assert timeline.height() > wide
    timeline.set_opinions(())
    assert timeline.height() == 4


def test_a_drafts_draw_is_hatched(qtbot: QtBot) -> None:
    bar = UsageBar((Segment(0.5, "ramp4"), Segment(0.5, HATCH)), bar_height=8)
    image = drawn(qtbot, bar, 100)
    solid = {name(image, x, 10) for x in range(10, 45)}
    slanted = {name(image, x, 10) for x in range(55, 90)}
    assert solid == {"#0C535B"}
    assert len(slanted) > 2
    assert QRectF(image.rect()).width() == 100
