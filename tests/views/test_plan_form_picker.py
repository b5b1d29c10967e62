"""Pick fund plans by keyboard: search, tick, amounts, sums to the fen, why one isn't listed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from govproc_desktop.views.kit.why import WhyPanel
from govproc_desktop.views.plan_management.fund_picker import FundPicker
from tests.views.form_ground import FIRST, SECOND, Ground, ground, keys, line, press


@pytest.fixture
def at(sqlite_database: Any, qtbot: Any) -> Iterator[Ground]:
    with ground(sqlite_database, qtbot) as made:
        yield made


def _open(at: Ground, form: Any) -> FundPicker:
    press(form, Qt.Key.Key_F2)
    at.settle(form)
    dialog = form.picking.dialog
    assert isinstance(dialog, FundPicker)
    return dialog


def _names(picker: FundPicker) -> list[str]:
    return [part.name for part in picker.sums._parts]


def test_a_new_plan_is_funded_by_keyboard_alone(at: Ground) -> None:
    form = at.form()
    form.item_lines.model.add([{"quantity": "4", "price": "100,000.25"}])
    form.item_lines.model.edited.emit()
    picker = _open(at, form)
    assert picker.lines.model.rowCount() == 2
    keys(picker.search, "JH2026410000037")
    press(picker.search, Qt.Key.Key_Return)
    press(picker.table, Qt.Key.Key_Space)
    at.qtbot.wait(20)
    editor = picker.table.keys.editor
    assert editor is not None
    assert editor.text() == "150,000.00", "what it may give, up to what is needed"
    picker.search.clear()
    row = picker.lines.model.row_of(str(at.funds[FIRST]))
    picker.table.setCurrentIndex(picker.lines.model.index(row, 8))
    press(picker.table, Qt.Key.Key_Space)
    at.qtbot.wait(20)
    assert picker.lines.model.line(row)["amount"] == "250,001.00"
    assert _names(picker)[-1] == "等于采购内容合计"
    assert picker.take.reason is None
    press(picker, Qt.Key.Key_Return, ctrl=True)
    at.settle(form)
    lines = {each["fund_plan"]: each["amount"] for each in form.fund_lines.model.lines()}
    assert lines == {str(at.funds[FIRST]): "250,001.00", str(at.funds[SECOND]): "150,000.00"}
    assert form.bar.sums._box[0] == "两边相等"


def test_one_fen_over_is_refused_with_the_limit(at: Ground) -> None:
    form = at.form(at.saved())
    picker = _open(at, form)
    row = picker.lines.model.row_of(str(at.funds[SECOND]))
    picker.table.stand_in(row)
    editor = picker.table.keys.editor
    assert editor is not None
    editor.selectAll()
    keys(editor, "150000.01")
    assert picker.note.text() == f"{SECOND} 最多可填 150,000.00，填多了 0.01。"
    assert picker.take.reason == picker.note.text()
    picker.accept()
    assert picker.isVisible()
    assert form.fund_lines.model.line(1)["amount"] == "108,000.00"
    picker.reject()


def test_unticking_takes_the_line_out_of_the_plan(at: Ground) -> None:
    form = at.form(at.saved())
    picker = _open(at, form)
    row = picker.lines.model.row_of(str(at.funds[SECOND]))
    picker.lines.model.type_in(row, "on", text="")
    picker.accept()
    at.settle(form)
    assert [each.get("fund_plan") for each in form.fund_lines.model.lines()] == [
        str(at.funds[FIRST]),
        "",
    ]


def test_filters_count_and_ticked_rows_stay(at: Ground) -> None:
    at.office.fund("JH2026410000090", "9000.00", pro_name="物业服务", manage_mof_dep="教科文处")
    form = at.form(at.saved())
    picker = _open(at, form)
    assert picker.count.text() == "共 3 条"
    keys(picker.search, "wyfw")
    assert picker.count.text() == "共 3 条", "the two ticked ones are never hidden"
    picker.search.clear()
    picker.add_filter("office", "没有的处", title="业务处室", name="没有的处")
    assert picker.count.text() == "已筛选 2 条，共 3 条"
    picker.reject()


def test_why_a_fund_plan_is_not_listed_is_answered(at: Ground) -> None:
    at.office.fund("JH2026410000777", "5000.00", is_gov_pur=False)
    form = at.form(at.saved(items=(line("500000"),)))
    picker = _open(at, form)
    keys(picker.search, "JH2026410000777")
    picker.why.click()
    at.settle(form)
    panels = {
        panel
        for window in QApplication.topLevelWidgets()
        for panel in window.findChildren(WhyPanel)
    }
    assert len(panels) == 1
    panel = panels.pop()
    assert "没有标“政府采购”" in panel._text
    panel.window().close()
    picker.reject()
