import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from govproc_desktop.views.kit.roles import HATCH, ColumnLook, EditLook, Kind, Role, Segment
from govproc_desktop.views.kit.tables import KitTableView, TotalsRow, read_cell
from govproc_desktop.views.kit.tables.cells import CellFacts, ink_of
from govproc_desktop.views.kit.theme import theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Left = Qt.MouseButton.LeftButton
LOOKS = (
    ColumnLook(kind=Kind.TICK, width=44),
    ColumnLook(kind=Kind.TWO_LINE, width=200, strong=True),
    ColumnLook(kind=Kind.MONEY, width=130, required=True),
    ColumnLook(kind=Kind.BAR, width=130),
    ColumnLook(kind=Kind.PILL, width=110),
    ColumnLook(kind=Kind.EDIT, width=120, right=True),
    ColumnLook(kind=Kind.ICONS, width=60),
)
ROWS = (
    ("便携式计算机", "HT01", "136,000.00", 0.0, "草稿", "draft"),
    ("智慧温室", "HT02", "\u221224,000.00", 0.5, "已备案", "filed"),
    ("老项目", "HT03", "0.00", 1.0, "已支付", "paid"),
)


class Rows(QAbstractTableModel):
    def __init__(self, *, checks: bool = False) -> None:
        super().__init__()
        self.checks = checks
        self.checked: set[int] = set()
        self.edited: dict[int, str] = {}

    def rowCount(self, parent: object = None) -> int:
        return len(ROWS)

    def columnCount(self, parent: object = None) -> int:
        return len(LOOKS)

    def headerData(self, section: int, way: Qt.Orientation, role: int = 0) -> object:
        heads = ("", "合同名称", "合同金额(元)", "支付进度", "状态", "本次申请使用", "")
        return heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: QModelIndex, role: int = 0) -> object:
        name, number, amount, share, state, tone = ROWS[index.row()]
        edited = self.edited.get(index.row(), "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return ("", name, amount, "", state, edited, "")[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and self.checks and index.column() == 0:
            on = index.row() in self.checked
            return Qt.CheckState.Checked.value if on else Qt.CheckState.Unchecked.value
        answers: dict[int, object] = {
            Role.SECOND: number,
            Role.TONE: tone if index.column() == 4 else None,
            Role.BAR: (Segment(share, "ramp3"), Segment(1 - share, HATCH)),
            Role.ICONS: ("eye", "x"),
            Role.EDIT: EditLook.FIELD if edited else EditLook.NONE,
            Role.LIMIT: "最多 576,000.00",
            Role.OFF: index.row() == 2,
        }
        return answers.get(role)

    def setData(self, index: QModelIndex, value: object, role: int = 0) -> bool:
        if role == Qt.ItemDataRole.CheckStateRole:
            (self.checked.add if value == 2 else self.checked.discard)(index.row())
        else:
            self.edited[index.row()] = str(value)
        self.dataChanged.emit(index, index)
        return True


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    theme().apply(qapp, "light")


def make(qtbot: QtBot, *, checks: bool = False) -> tuple[KitTableView, Rows]:
    table = KitTableView(LOOKS, row_height=46)
    model = Rows(checks=checks)
    model.setParent(table)
    table.setModel(model)
    table.resize(820, 220)
    qtbot.addWidget(table)
    table.show()
    return table, model


def cell(table: KitTableView, row: int, column: int) -> QRect:
    return table.visualRect(table.model().index(row, column))


def has(image: QImage, colour: str, box: QRect) -> bool:
    return any(
        QColor(image.pixel(x, y)).name().upper() == colour
        for x in range(box.left(), box.right())
        for y in range(box.top(), box.bottom())
    )


def test_negative_is_red_and_nothing_is_grey() -> None:
    money = ColumnLook(kind=Kind.MONEY)
    assert ink_of(CellFacts(text="\u221224,000.00"), money) == "danger"
    assert ink_of(CellFacts(text="0.00"), money) == "text3"
    assert ink_of(CellFacts(text="—"), ColumnLook()) == "text3"
    assert ink_of(CellFacts(text="136,000.00"), money) == "text"
    assert ink_of(CellFacts(text="136,000.00", off=True), money) == "text3"
    assert ink_of(CellFacts(text="剩 1 天", tone="danger"), ColumnLook()) == "danger"


def test_cells_are_drawn_in_their_tokens(qtbot: QtBot) -> None:
    table, _model = make(qtbot)
    image = table.viewport().grab().toImage()
    assert has(image, "#B42318", cell(table, 1, 2))
    assert not has(image, "#B42318", cell(table, 0, 2))
    assert has(image, "#33828A", cell(table, 1, 3))
    assert has(image, "#0E565E", cell(table, 2, 4))


def test_a_model_is_asked_only_for_what_its_column_draws(qtbot: QtBot) -> None:
    _table, model = make(qtbot)
    facts = read_cell(model.index(0, 1), LOOKS[1])
    assert (facts.text, facts.second, facts.bar, facts.icons) == ("便携式计算机", "HT01", (), ())
    assert read_cell(model.index(0, 6), LOOKS[6]).icons == ("eye", "x")


def test_the_tick_column_adds_rows_to_the_selection(qtbot: QtBot) -> None:
    table, _model = make(qtbot)
    for row in (0, 1):
        qtbot.mouseClick(table.viewport(), Left, pos=cell(table, row, 0).center())
    chosen = {index.row() for index in table.selectionModel().selectedRows()}
    assert chosen == {0, 1}
    image = table.viewport().grab().toImage()
    assert QColor(image.pixel(1, cell(table, 0, 0).center().y())).name().upper() == "#0E6168"
    assert QColor(image.pixel(140, cell(table, 1, 0).top() + 3)).name().upper() == "#E4F0F0"
    qtbot.mouseClick(table.viewport(), Left, pos=cell(table, 0, 0).center())
    assert {index.row() for index in table.selectionModel().selectedRows()} == {1}
    qtbot.mouseClick(table.viewport(), Left, pos=cell(table, 2, 0).center())
    assert {index.row() for index in table.selectionModel().selectedRows()} == {1}


def test_a_checkable_model_keeps_its_own_ticks(qtbot: QtBot) -> None:
    table, model = make(qtbot, checks=True)
    qtbot.mouseClick(table.viewport(), Left, pos=cell(table, 1, 0).center())
    assert model.checked == {1}
    assert table.row_is_on(model.index(1, 3))
    assert not table.row_is_on(model.index(0, 3))
    qtbot.mouseClick(table.viewport(), Left, pos=cell(table, 1, 0).center())
    assert model.checked == set()
    qtbot.mouseClick(table.head.viewport(), Left, pos=QPoint(22, 17))
    assert model.checked == {0, 1}  # the third row is off
    qtbot.mouseClick(table.head.viewport(), Left, pos=QPoint(22, 17))
    assert model.checked == set()


def test_the_head_ticks_all_and_none(qtbot: QtBot) -> None:
    table, _model = make(qtbot)
    box = QPoint(22, 17)
    qtbot.mouseClick(table.head.viewport(), Left, pos=box)
    assert len(table.selectionModel().selectedRows()) == 3
    qtbot.mouseClick(table.head.viewport(), Left, pos=box)
    assert not table.selectionModel().hasSelection()


def test_the_head_shows_star_and_sorted_column(qtbot: QtBot) -> None:
    table, _model = make(qtbot)
    red = QRect(table.head.sectionViewportPosition(2), 0, 130, 34)
    image = table.head.viewport().grab().toImage()
    inks = [QColor(image.pixel(x, y)) for x in range(244, 374) for y in range(34)]
    assert any(ink.red() > ink.green() + 60 for ink in inks)
    assert not has(image, "#0E6168", red)
    table.head.setSortIndicator(2, Qt.SortOrder.DescendingOrder)
    table.head.setSortIndicatorShown(True)
    assert has(table.head.viewport().grab().toImage(), "#0E6168", red)


def test_enter_opens_and_space_previews(qtbot: QtBot) -> None:
    table, model = make(qtbot)
    table.setCurrentIndex(model.index(1, 1))
    with qtbot.waitSignal(table.opened) as heard:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert heard.args[0].row() == 1
    with qtbot.waitSignal(table.previewed):
        qtbot.keyClick(table, Qt.Key.Key_Space)


def test_an_icon_of_a_row_is_pressed_by_name(qtbot: QtBot) -> None:
    table, _model = make(qtbot)
    box = cell(table, 0, 6)
    with qtbot.waitSignal(table.iconClicked) as heard:
        qtbot.mouseClick(table.viewport(), Left, pos=QPoint(box.right() - 18, box.center().y()))
    assert heard.args[1] == "x"
    with qtbot.waitSignal(table.iconClicked) as heard:
        qtbot.mouseClick(table.viewport(), Left, pos=QPoint(box.right() - 46, box.center().y()))
    assert heard.args[1] == "eye"


def test_an_editable_cell_becomes_the_field_it_shows(qtbot: QtBot) -> None:
    table, model = make(qtbot)
    index = model.index(0, 5)
    table.edit(index)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    assert editor.height() == 32
    assert editor.placeholderText() == "最多 576,000.00"
    qtbot.keyClicks(editor, "380000")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: model.edited == {0: "380000"})


def test_the_row_under_the_mouse_is_pointed_out(qtbot: QtBot) -> None:
    table, _model = make(qtbot)
    qtbot.mouseMove(table.viewport(), cell(table, 1, 1).center())
    qtbot.waitUntil(lambda: table.hover_row == 1)
    image = table.viewport().grab().toImage()
    assert QColor(image.pixel(140, cell(table, 1, 0).top() + 3)).name().upper() == "#F1F5F4"


def test_totals_stand_in_their_columns(qtbot: QtBot) -> None:
    table, _model = make(qtbot)
    totals = TotalsRow(table)
    totals.resize(820, 40)
    qtbot.addWidget(totals)
    totals.set_totals("合计 3 条", {2: "112,000.00"})
    totals.show()
    image = totals.grab().toImage()
    left = table.head.sectionViewportPosition(2)
    assert has(image, "#15201E", QRect(left + 30, 5, 100, 30))
    assert not has(image, "#15201E", QRect(left + 132, 5, 200, 30))
    assert totals.accessibleName() == "合计 3 条，112,000.00"


def test_a_grid_in_a_form_is_as_high_as_its_rows(qtbot: QtBot) -> None:
    table, _model = make(qtbot)
    table.fit_height()
    assert table.height() == 34 + 3 * 46 + 1
