import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from govproc_desktop.paths import resource
from govproc_desktop.views import kit
from govproc_desktop.views.kit.icons import icon, icon_names, icon_pixmap
from govproc_desktop.views.kit.theme import color, style_sheet, theme
from govproc_desktop.views.kit.tokens import DARK, LIGHT
from govproc_desktop.views.kit.type_scale import FAMILY, ROLES, font, load_fonts
from govproc_desktop.views.kit.widgets import (
    PILL_STYLES,
    AmountField,
    Button,
    Check,
    Chip,
    ComboField,
    DateField,
    DialogFrame,
    FieldCell,
    Label,
    Pill,
    Popover,
    RadioGroup,
    ReadOnlyField,
    SearchField,
    Segmented,
    Tabs,
    TextArea,
    TextField,
    parse_day,
)

Left = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


def shown(qtbot: QtBot, widget: QWidget) -> QImage:
    qtbot.addWidget(widget)
    widget.show()
    return widget.grab().toImage()


def colours(image: QImage) -> set[str]:
    return {
        QColor(image.pixel(x, y)).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }


def test_fonts_are_one_family_and_never_below_eleven() -> None:
    assert load_fonts() == FAMILY
    assert min(size for size, _weight in ROLES.values()) == 11
    assert {weight for _size, weight in ROLES.values()} == {400, 500, 700}
    assert font("title").pixelSize() == 20
    assert font("title").weight() == 700
    assert font("title").family() == FAMILY


@pytest.mark.parametrize("role", ["body", "strong", "subhead", "title", "column", "key"])
def test_rare_characters_are_drawn_in_every_weight(qapp: QApplication, role: str) -> None:
    load_fonts()
    box = _drawn("\ufdd0", role)
    for character in "䶮𬭚㙓龑":
        assert _drawn(character, role) != box, (role, character)


def _drawn(character: str, role: str) -> QImage:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    painter.setFont(font(role))
    painter.drawText(QPointF(5, 30), character)
    painter.end()
    return image


def test_the_style_sheet_sets_colours_and_never_fonts() -> None:
    for tokens in (LIGHT, DARK):
        text = style_sheet(tokens)
        assert "@" not in text
        assert "font" not in text
        assert tokens.line2 in text


def test_dark_changes_token_palette_and_pixels(qtbot: QtBot, qapp: QApplication) -> None:
    button = Button("同意", "primary")
    assert "#0E6168" in colours(shown(qtbot, button))
    with qtbot.waitSignal(theme().changed):
        theme().apply(qapp, "dark")
    assert color("accent").name().upper() == DARK.accent
    assert qapp.palette().window().color().name().upper() == DARK.bg
    assert "#5CC1C1" in colours(button.grab().toImage())


def test_a_label_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    label = Label("合计", "strong", "danger")
    qtbot.addWidget(label)
    theme().apply(qapp, "dark")
    assert label.palette().windowText().color().name().upper() == DARK.danger


def test_every_state_has_its_own_shape_or_word() -> None:
    assert {style.icon for style in PILL_STYLES.values()} <= icon_names()
    solid = [kind for kind, style in PILL_STYLES.items() if style.fill == style.line]
    assert solid == ["paid"]


def test_every_icon_is_drawn_in_its_colour_and_cached() -> None:
    for name in icon_names():
        image = icon_pixmap(name, "accent", size=20, ratio=2).toImage()
        assert image.width() == 40
        inked = [
            image.pixelColor(x, y)
            for x in range(40)
            for y in range(40)
            if image.pixelColor(x, y).alpha() > 250
        ]
        assert inked, name
        assert inked[0].name().upper() == LIGHT.accent
    assert icon_pixmap("home", "accent") is icon_pixmap("home", "accent")


def test_every_icon_file_takes_its_colour_from_outside() -> None:
    for path in resource("icons").glob("*.svg"):
        text = path.read_text(encoding="utf-8")
        assert 'stroke="currentColor"' in text
        assert 'viewBox="0 0 20 20"' in text


def test_an_icon_for_menus_is_sharp_on_a_dense_screen() -> None:
    pixmap = icon("home").pixmap(QSize(18, 18), 2.0)
    assert pixmap.devicePixelRatio() == 2
    assert pixmap.width() == 36


def test_a_button_off_asks_why_and_never_acts(qtbot: QtBot) -> None:
    button = Button("提交", icon="send")
    shown(qtbot, button)
    acted: list[str] = []
    button.clicked.connect(lambda: acted.append("acted"))
    button.whyRequested.connect(lambda: acted.append("asked"))
    button.set_reason("资金比采购内容少 8,000.00 元")
    assert button.isEnabled()
    assert button.toolTip() == "资金比采购内容少 8,000.00 元"
    assert "#EAEFED" in colours(button.grab().toImage())
    qtbot.mouseClick(button, Left)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert acted == ["asked"] * 3
    button.set_reason(None)
    qtbot.mouseClick(button, Left)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert acted[3:] == ["acted", "acted"]


def test_a_focused_button_shows_its_ring(qtbot: QtBot) -> None:
    button = Button("保存草稿")
    before = shown(qtbot, button)
    assert "#0E6168" not in colours(before)
    button.setProperty("pose", "focus")
    assert "#0E6168" in colours(button.grab().toImage())


def test_an_amount_tells_its_limit_while_typed_and_is_grouped_when_left(qtbot: QtBot) -> None:
    field = AmountField()
    cell = FieldCell("本次申请使用", field, required=True)
    shown(qtbot, cell)
    field.setFocus()
    field.set_limit(Decimal("150000.00"))
    told: list[tuple[str, str]] = []
    field.noteChanged.connect(lambda text, tone: told.append((text, tone)))
    field.setProperty("pose", "focus")
    qtbot.keyClicks(field, "100000")
    assert told[-1] == ("最多 150,000.00，用后剩 50,000.00", "accent")
    qtbot.keyClicks(field, "0")
    assert told[-1] == ("超过上限 150,000.00，多了 850,000.00", "danger")
    field.setText("100000")
    assert field.amount() == Decimal("100000.00")
    field.clearFocus()
    field.set_amount(Decimal("100000"))
    assert field.text() == "100,000.00"
    field.setText("12.345")
    assert field.amount() is None


def test_an_error_opens_under_the_field_and_goes_again(qtbot: QtBot) -> None:
    field = DateField(date(2026, 11, 10))
    cell = FieldCell("期望完成时间", field, required=True)
    cell.resize(420, 40)
    shown(qtbot, cell)
    cell.set_error("早于申请日期，请改到 11-23 之后")
    assert field.invalid
    assert field.accessibleDescription() == "早于申请日期，请改到 11-23 之后"
    assert "#B42318" in colours(field.grab().toImage())
    cell.set_error("")
    assert not field.invalid
    assert cell.error == ""


@pytest.mark.parametrize(
    "text", ["2026-11-23", "2026/11/23", "2026年11月23日", "20261123", " 2026.11.23 "]
)
def test_a_day_is_read_in_every_usual_way(text: str) -> None:
    assert parse_day(text) == date(2026, 11, 23)


@pytest.mark.parametrize("text", ["", "2026-02-30", "11-23", "2026-13-01", "明天"])
def test_no_day_is_none(text: str) -> None:
    assert parse_day(text) is None


def test_the_calendar_writes_the_chosen_day(qtbot: QtBot) -> None:
    field = DateField(date(2026, 11, 23))
    shown(qtbot, field)
    with qtbot.waitSignal(field.picked):
        field.open_calendar()
        assert field._popover is not None
        field._take(QDate(2026, 12, 1))
    assert field.text() == "2026-12-01"
    assert field._popover is None


def test_a_read_only_value_copies_out_whole(qtbot: QtBot, qapp: QApplication) -> None:
    long = "河南省青禾农业科学研究院" * 6
    field = ReadOnlyField(long)
    shown(qtbot, field)
    assert field.toolTip() == long
    qtbot.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert qapp.clipboard().text() == long


def test_a_combo_is_chosen_by_key(qtbot: QtBot) -> None:
    field = ComboField([("xj", "询价"), ("gk", "公开招标")], "gk")
    shown(qtbot, field)
    assert field.value() == "gk"
    field.set_value("none")
    assert field.value() == ""
    field.set_value("xj")
    with qtbot.waitSignal(field.picked) as heard:
        field.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Down)
        field.activated.emit(1)
    assert heard.args == ["gk"]


def test_choices_answer_their_keys(qtbot: QtBot) -> None:
    radio = RadioGroup([("no", "否"), ("yes", "是")], "no")
    segments = Segmented([("all", "全部"), ("own", "自有资金")])
    for widget in (radio, segments):
        shown(qtbot, widget)
    assert radio.value() == "no"
    with qtbot.waitSignal(radio.changed) as heard:
        qtbot.mouseClick(radio._buttons["yes"], Left)
    assert heard.args == ["yes"]
    assert segments.value() == "all"
    with qtbot.waitSignal(segments.changed) as heard:
        qtbot.mouseClick(segments._segments["own"], Left)
    assert heard.args == ["own"]
    radio.set_off(["yes"])
    assert not radio._buttons["yes"].isEnabled()


def test_a_tick_box_shows_its_tick(qtbot: QtBot) -> None:
    box = Check("送主管部门审核")
    assert "#0E6168" not in colours(shown(qtbot, box))
    qtbot.mouseClick(box, Left, pos=QPoint(60, 16))
    assert box.isChecked()
    assert "#0E6168" in colours(box.grab().toImage())


def test_a_chip_is_edited_or_taken_away(qtbot: QtBot) -> None:
    chip = Chip("状态", "除作废外")
    shown(qtbot, chip)
    with qtbot.waitSignal(chip.clicked):
        qtbot.mouseClick(chip, Left, pos=QPoint(12, 15))
    with qtbot.assertNotEmitted(chip.clicked), qtbot.waitSignal(chip.removed):
        qtbot.mouseClick(chip, Left, pos=QPoint(chip.width() - 10, 15))
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)
    chip.set_value("草稿")
    assert chip.accessibleName() == "状态 草稿"


def test_search_is_emptied_by_escape_and_left_by_down(qtbot: QtBot) -> None:
    field = SearchField("合同名称、编号")
    shown(qtbot, field)
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    with qtbot.waitSignal(field.leaveDown):
        qtbot.keyClick(field, Qt.Key.Key_Down)


def test_view_tabs_carry_counts(qtbot: QtBot) -> None:
    tabs = Tabs()
    tabs.add_tab("mine", "我的在办", count="38")
    tabs.add_tab("all", "全部合同", count="412")
    tabs.set_current("mine")
    shown(qtbot, tabs)
    with qtbot.waitSignal(tabs.changed) as heard:
        qtbot.mouseClick(tabs._tabs["all"], Left)
    assert heard.args == ["all"]
    tabs.set_count("all", "413")
    assert tabs._tabs["all"].accessibleName() == "全部合同 413"


def test_a_pill_grows_with_its_word(qtbot: QtBot) -> None:
    pill = Pill("草稿", "draft")
    shown(qtbot, pill)
    narrow = pill.sizeHint().width()
    pill.set_state("采购方式变更中", "review")
    assert pill.sizeHint().width() > narrow + 50
    assert "#1C5CA3" in colours(pill.grab().toImage())


def test_a_popover_has_shadow_nose_and_closes(qtbot: QtBot) -> None:
    anchor = Button("为什么不能？")
    shown(qtbot, anchor)
    popover = Popover(parent=anchor, width=300)
    popover.body.addWidget(Label("验收记录 0 份，需要 1 份"))
    popover.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    popover.show_at(anchor)
    assert popover.isVisible()
    path = popover.outline()
    assert path.boundingRect().height() > popover.height() - 2 * 28
    assert not path.contains(QPointF(2, 2))
    qtbot.keyClick(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible()
    popover.deleteLater()


def test_a_dialog_darkens_its_window_only_while_open(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(900, 600)
    shown(qtbot, window)
    before = QColor(window.grab().toImage().pixel(5, 5)).lightness()
    dialog = DialogFrame("选择用款计划", "只列本单位 2026 年度", parent=window)
    qtbot.addWidget(dialog)
    dialog.open()
    assert QColor(window.grab().toImage().pixel(5, 5)).lightness() < before
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert QColor(window.grab().toImage().pixel(5, 5)).lightness() == before


def test_the_icon_of_a_field_acts(qtbot: QtBot) -> None:
    field = TextField("zhoumin", trailing="eye")
    shown(qtbot, field)
    with qtbot.waitSignal(field.trailingClicked):
        qtbot.mouseClick(field, Left, pos=QPoint(field.width() - 12, 16))


def test_a_long_text_counts_down_and_is_marked(qtbot: QtBot) -> None:
    area = TextArea(limit=10)
    cell = FieldCell("采购说明", area)
    shown(qtbot, cell)
    told: list[tuple[str, str]] = []
    area.noteChanged.connect(lambda text, tone: told.append((text, tone)))
    area.setPlainText("一二三四五六七八")
    assert told[-1] == ("还能写 2 字", "text3")
    area.setPlainText("一二三四五六七八九十多")
    assert told[-1] == ("最多 10 字，多了 1 字", "danger")
    cell.set_error("请写短一些")
    assert "#B42318" in colours(area.grab().toImage())


def test_a_dialog_begins_at_its_first_field(qtbot: QtBot) -> None:
    window = QWidget()
    shown(qtbot, window)
    dialog = DialogFrame("调减", parent=window)
    field = TextField("周敏")
    dialog.body.addWidget(field)
    dialog.foot.addWidget(Button("取消"))
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.focusWidget() is field
    dialog.reject()


USED_ICON = re.compile(
    r"""(?:\b(?:icon|trail|trailing)\s*=\s*|icon_button\(\s*|IconLabel\(\s*|draw_icon\(\s*painter,\s*)"(\w+)\""""
)


def test_every_icon_named_in_a_window_is_shipped() -> None:
    names = icon_names()
    missing = [
        (path.name, name)
        for path in Path(kit.__file__).parents[1].rglob("*.py")
        for name in USED_ICON.findall(path.read_text(encoding="utf-8"))
        if name not in names
    ]
    assert missing == []


def test_the_system_look_is_followed_once_and_only_while_wanted(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme().apply(qapp, "system")
    theme().apply(qapp, "system")
    heard: list[str] = []
    hear = lambda: heard.append(theme().tokens.name)  # noqa: E731
    theme().changed.connect(hear)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert heard == ["dark"]
    theme().apply(qapp, "light")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    theme().changed.disconnect(hear)
    assert theme().tokens.name == "light"
