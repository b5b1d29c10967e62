"""The lines of a form: typing, adding, moving, pasting, undoing, errors."""

from __future__ import annotations

from typing import Any

import pytest

from govproc_desktop.domain.plan.content import Item
from govproc_desktop.views.kit.form_window.reading import read_error, tidy_money, tidy_number
from govproc_desktop.views.kit.lines_model import LineColumn, LinesModel, Suggestion
from govproc_desktop.views.kit.paste import parse_cells
from govproc_desktop.views.kit.roles import ColumnLook, EditLook, Role

LOOK = ColumnLook()


def _found(_line: dict[str, str], typed: str) -> list[Suggestion]:
    rows = {"A01": "服务器", "A02": "交换机"}
    return [
        Suggestion(code, name, fills={"code": code, "name": name})
        for code, name in rows.items()
        if code.startswith(typed)
    ]


@pytest.fixture
def model(qapp: Any) -> LinesModel:
    columns = (
        LineColumn(key="at", title="", look=LOOK, show=lambda _line, row: str(row + 1)),
        LineColumn(key="code", title="品目代码", look=LOOK, edit="lookup", lookup=_found),
        LineColumn(key="name", title="品目名称", look=LOOK, edit="text"),
        LineColumn(
            key="quantity",
            title="数量",
            look=LOOK,
            edit="number",
            framed=True,
            tidy=tidy_number,
            check=lambda line: read_error(Item, "quantity", text=line.get("quantity", "")),
        ),
        LineColumn(key="price", title="单价", look=LOOK, edit="number", tidy=tidy_money),
        LineColumn(key="x", title="", look=LOOK),
    )
    made = LinesModel(columns, blank=lambda: {"code": "", "name": "", "quantity": "", "price": ""})
    made.set_lines([{"uid": "1", "name": "甲"}, {"uid": "2", "name": "乙"}])
    return made


def _names(model: LinesModel) -> list[str]:
    return [line.get("name", "") for line in model.lines()]


def test_qt_finds_the_model_sound(model: LinesModel, qtmodeltester: Any) -> None:
    qtmodeltester.check(model)


def test_add_move_remove_and_undo_step_by_step(model: LinesModel) -> None:
    model.add()
    assert _names(model) == ["甲", "乙", ""]
    assert model.move(0, 1) == 1
    assert _names(model) == ["乙", "甲", ""]
    model.remove(0)
    assert _names(model) == ["甲", ""]
    for expected in (["乙", "甲", ""], ["甲", "乙", ""], ["甲", "乙"]):
        assert model.undo()
        assert _names(model) == expected
    assert not model.undo()


def test_moving_past_the_ends_changes_nothing(model: LinesModel) -> None:
    assert model.move(0, -1) == 0
    assert model.move(1, 1) == 1
    assert _names(model) == ["甲", "乙"]


def test_a_pasted_block_fills_and_adds_lines_and_is_undone_at_once(model: LinesModel) -> None:
    cells = parse_cells("A01\t机器\t１２\t1,234.5\nA02\t\t3\t88\nA09\t别的\t2\t9\n")
    done = model.paste(1, 1, cells=cells)
    assert (done.changed, done.added) == (1, 2)
    rows = [
        [line.get(k, "") for k in ("code", "name", "quantity", "price")] for line in model.lines()
    ]
    assert rows == [
        ["", "甲", "", ""],
        ["A01", "机器", "12", "1,234.50"],
        ["A02", "交换机", "3", "88.00"],
        ["A09", "别的", "2", "9.00"],
    ]
    assert model.undo()
    assert _names(model) == ["甲", "乙"]


def test_a_block_with_titles_goes_by_them(model: LinesModel) -> None:
    model.paste(0, 1, cells=parse_cells("单价\t品目名称\n5\t丙\n"))
    assert model.line(0)["name"] == "丙"
    assert model.line(0)["price"] == "5.00"
    assert model.rowCount() == 2


def test_a_bad_number_stays_as_typed_and_is_said_at_its_cell(model: LinesModel) -> None:
    model.paste(0, 3, cells=parse_cells("一打"))
    assert model.line(0)["quantity"] == "一打"
    row, column, sentence = model.first_error() or (-1, -1, "")
    assert (row, model.columns[column].key) == (0, "quantity")
    assert "一打" in sentence
    cell = model.index(0, column)
    assert cell.data(Role.EDIT) is EditLook.ERROR


def test_errors_of_the_rules_follow_the_line_not_the_row(model: LinesModel) -> None:
    model.set_errors({("2", "price"): "太贵"})
    at = model.column_of("price")
    assert model.error(1, at) == "太贵"
    model.move(1, -1)
    assert model.error(0, at) == "太贵"
    assert model.error(1, at) == ""


def test_read_only_lines_refuse_every_change(model: LinesModel) -> None:
    model.read_only = True
    model.remove(0)
    assert model.paste(0, 2, cells=parse_cells("丙")).changed == 0
    assert not model.setData(model.index(0, 2), "丙")
    assert _names(model) == ["甲", "乙"]
