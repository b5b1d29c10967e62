"""Type a plan by keyboard: totals, limits to the fen, chips, forced methods, paste."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from govproc_desktop.domain.plan.content import FundKind
from govproc_desktop.services.context import Changes
from govproc_desktop.services.plans import SavePlan, SubmitPlan
from govproc_desktop.views.kit.form_window import FormState
from govproc_desktop.views.kit.merge import differences, merged
from govproc_desktop.views.kit.widgets import Popover
from tests.office import choose
from tests.views.form_ground import FIRST, SECOND, Ground, ground, keys, line, press, typed_in


@pytest.fixture
def at(sqlite_database: Any, qtbot: Any) -> Iterator[Ground]:
    with ground(sqlite_database, qtbot) as made:
        yield made


def _sums(form: Any) -> list[str]:
    return [part.text for part in form.bar.sums._parts if part.name]


def test_totals_move_with_every_key_and_agree_to_the_fen(at: Ground) -> None:
    form = at.form(at.saved())
    assert _sums(form) == ["488,000.00", "12,000.00", "500,000.00", "500,000.00"]
    typed_in(form, "funds", 1, "amount", "107999.99")
    assert _sums(form) == ["487,999.99", "12,000.00", "499,999.99", "500,000.00"]
    assert form.bar.sums._box[:2] == ("资金少", "0.01 元")
    at.settle(form)
    assert form.rail.state("funds").words == "少 0.01"
    assert [each.words for each in form.bar.missing()] == ["资金少 0.01"]
    assert form.submit_button.reason


def test_the_limit_stands_beside_the_amount_and_turns_at_one_fen_too_many(at: Ground) -> None:
    form = at.form(at.saved())
    grid = form.grids["funds"]
    typed_in(form, "funds", 1, "amount", "150000")
    at.qtbot.wait(5)
    assert "最多 150,000.00，用后剩 0.00" in grid.note.text()
    left = grid.lines.column_of("left")
    assert grid.lines.index(1, left).data() == "0.00"
    typed_in(form, "funds", 1, "amount", "150000.01")
    assert grid.note.text() == "超过拟可用 150,000.00，多了 0.01。请调减，或另选用款计划。"
    assert grid.table.keys.editor is not None
    assert grid.table.keys.editor.invalid
    assert grid.lines.index(1, left).data() == "−0.01"


def test_the_limit_follows_what_others_take_while_the_cell_is_open(at: Ground) -> None:
    form = at.form(at.saved())
    grid = form.grids["funds"]
    typed_in(form, "funds", 1, "amount", "150000")
    at.qtbot.wait(5)
    assert "最多 150,000.00" in grid.note.text()
    taken = at.content(funds=((at.funds[SECOND], "40000"),), own="", items=(line("40000"),))
    other = uuid4()
    at.office.do("zhoumin", SavePlan(plan=other, content=taken))
    version = at.office.plan(other).row_version
    at.office.do("zhoumin", SubmitPlan(plan=other, seen_version=version))
    form.desk.notices.changed.emit(Changes(frozenset({"fund_plan"}), frozenset()), None)
    at.settle(form)
    assert grid.note.text() == "超过拟可用 110,000.00，多了 40,000.00。请调减，或另选用款计划。"
    assert grid.table.keys.editor is not None
    assert grid.table.keys.editor.invalid


def test_what_is_merely_missing_is_amber_until_submitting_was_tried(at: Ground) -> None:
    form = at.form()
    assert {each.tone for each in form.bar.missing()} == {"warn"}
    assert form.why_button.text() == "为什么不能？"
    form.saving.submit()
    at.settle(form)
    assert "danger" in {each.tone for each in form.bar.missing()}
    form = at.form(at.saved())
    assert form.why_button.text() == "看检查结果"


def test_an_overdraw_is_refused_with_its_numbers_and_nothing_is_taken(at: Ground) -> None:
    form = at.form(at.saved(items=(line("542001"),), own="12000"))
    typed_in(form, "funds", 1, "amount", "150001")
    at.settle(form)
    form.saving.submit()
    at.settle(form)
    assert at.record(form.uid).head.state == "draft"
    assert at.office.balance(at.funds[SECOND]).in_transit == 0
    grid = form.grids["funds"]
    assert "150,000.00" in grid.lines.error(1, grid.lines.column_of("amount"))
    assert form.rail.state("funds").tone == "danger"


def test_a_half_typed_number_keeps_its_letters_and_stops_saving(at: Ground) -> None:
    form = at.form(at.saved())
    version = form.autosave.seen_version
    typed_in(form, "items", 0, "price", "12.3.4")
    form.saving.save()
    at.settle(form)
    assert form.item_lines.model.line(0)["price"] == "12.3.4"
    assert at.record(form.uid).head.row_version == version
    assert any(
        "没有保存" in strip.label.text() for strip in form.findChildren(type(form.tell("", "info")))
    )


def test_enter_walks_through_the_cells_and_adds_a_line_at_the_end(at: Ground) -> None:
    form = at.form(at.saved())
    grid = form.grids["items"]
    grid.table.open_cell(0, grid.lines.column_of("quantity"))
    for expected in ("price", "deliver_on"):
        assert grid.table.keys.editor is not None
        press(grid.table.keys.editor, Qt.Key.Key_Return)
        at.qtbot.wait(10)
        assert grid.lines.columns[grid.table.currentIndex().column()].key == expected
    assert grid.table.keys.editor is not None
    press(grid.table.keys.editor, Qt.Key.Key_Return)
    at.qtbot.wait(10)
    assert grid.lines.rowCount() == 2
    assert grid.table.currentIndex().row() == 1
    press(grid.table, Qt.Key.Key_Delete, ctrl=True)
    assert grid.lines.rowCount() == 1


def test_a_block_from_excel_becomes_lines_and_one_undo_takes_it_back(at: Ground) -> None:
    form = at.form()
    grid = form.grids["items"]
    form.item_lines.version = "2013"
    text = 'A0201020201\t\t"24 口\n万兆"\t\t１０\t"1,200.50"\nA02010201\t路由器\t\t台\t2\t800\n'
    QGuiApplication.clipboard().setText(text)
    grid.table.setFocus()
    press(grid.table, Qt.Key.Key_V, ctrl=True)
    lines = grid.lines.lines()
    assert [each["name"] for each in lines] == ["以太网交换机", "路由器"]
    assert lines[0]["spec"] == "24 口\n万兆"
    assert _sums(form)[3] == "13,605.00"
    assert "已粘贴" in grid.note.text()
    press(grid.table, Qt.Key.Key_Z, ctrl=True)
    assert grid.lines.rowCount() == 0
    assert _sums(form)[3] == "0.00"


def test_initials_find_a_category_of_the_chosen_version_only(at: Ground) -> None:
    form = at.form()
    grid = form.grids["items"]
    form.item_lines.version = "2013"
    grid.table.add_line()
    editor = grid.table.keys.editor
    assert editor is not None
    keys(editor, "bxsjsj")
    assert [each.key for each in editor.suggestions()] == ["A02010105"]
    press(editor, Qt.Key.Key_Return)
    at.qtbot.wait(10)
    assert grid.lines.line(0)["name"] == "便携式计算机"
    form.item_lines.version = "2022"
    grid.table.add_line()
    assert grid.table.keys.editor is not None
    keys(grid.table.keys.editor, "A02010105")
    names = [each.text for each in grid.table.keys.editor.suggestions()]
    assert names == ["台式计算机"]


def test_a_missing_chip_leads_to_its_field(at: Ground) -> None:
    form = at.form(at.saved(phone=""))
    chip = next(each for each in form.bar.chips() if each.missing.go == "phone")
    form.activateWindow()
    chip.click()
    at.qtbot.wait(10)
    assert form.focusWidget() is form.pages["basics"].inputs["phone"].widget


def test_r9_the_mall_is_forced_shown_locked_and_released_above_the_limit(at: Ground) -> None:
    form = at.form(at.saved(items=(line("500000", code="A02010104", choice=choose("XJ")),)))
    typed_in(form, "items", 0, "quantity", "1")
    typed_in(form, "items", 0, "price", "499999")
    at.settle(form)
    row = form.item_lines.model.line(0)
    assert (row["method"], row["organisation"], row["agency_kind"]) == ("WSSC", "ZFJZ", "JCJG")
    editor = form.method.editor
    assert not editor.lock_cells["method"].isHidden()
    assert editor.locks["method"].text() == "网上商城采购"
    assert "499,999.00" in editor.lock_cells["method"].toolTip()
    assert editor.combos["method"].isHidden() or editor.cells["method"].isHidden()
    typed_in(form, "items", 0, "price", "1000000.01")
    at.settle(form)
    assert form.item_lines.model.line(0)["method"] == ""
    assert not editor.cells["method"].isHidden()


def test_r10_the_exception_switch_releases_the_agency(at: Ground) -> None:
    choice = choose("JZTP", organisation="ZFJZ", agency_kind="JCJG")
    form = at.form(at.saved(items=(line("2000000", code="A02010104", choice=choice),)))
    editor = form.method.editor
    assert not editor.lock_cells["agency_kind"].isHidden()
    editor.switch.click()
    keys(editor.exception, "2026-8")
    at.settle(form)
    assert form.item_lines.model.line(0)["exception_no"] == "2026-8"
    assert editor.lock_cells["agency_kind"].isHidden()
    assert not editor.cells["agency_kind"].isHidden()


def test_r8_changing_the_method_clears_its_condition(at: Ground) -> None:
    form = at.form(at.saved())
    assert form.item_lines.model.line(0)["condition"] == "XJ-1"
    combo = form.method.editor.combos["method"]
    combo.set_value("JZTP")
    combo.picked.emit("JZTP")
    at.settle(form)
    assert form.item_lines.model.line(0)["condition"] == ""
    shown = form.method.editor.combos["condition"]
    offered = [shown.itemData(at_) for at_ in range(shown.count())]
    assert offered
    assert all(code.startswith("JZTP-") for code in offered)


def test_r6_inquiry_is_not_offered_for_services(at: Ground) -> None:
    form = at.form(at.saved(items=(line("500000", code="C0810", choice=choose("GKZB")),)))
    combo = form.method.editor.combos["method"]
    offered = {combo.itemData(row) for row in range(combo.count())}
    assert "XJ" not in offered
    assert "GKZB" in offered


def test_own_money_counts_and_needs_no_fund_plan(at: Ground) -> None:
    form = at.form(at.saved(own=""))
    form.picking.add_own(FundKind.PUBLIC)
    row = form.fund_lines.model.rowCount() - 1
    typed_in(form, "funds", row, "amount", "12000")
    assert form.content().content.own == Decimal("12000.00")
    assert form.bar.sums._box[0] == "两边相等"


def test_the_folded_fields_open_when_something_leads_there(at: Ground) -> None:
    form = at.form(at.saved())
    page = form.pages["basics"]
    assert page.cells["approval_no"].isHidden()
    form.jump("approval_no")
    assert not page.cells["approval_no"].isHidden()
    assert FIRST in form.grids["funds"].lines.index(0, 0).data()


def test_what_is_not_typed_yet_is_quiet_until_submitting_is_tried(at: Ground) -> None:
    form = at.form(at.saved())
    page = form.pages["basics"]
    combo = page.inputs["sme_mode"].widget
    combo.set_value("reserved")
    at.settle(form)
    assert not page.cells["sme_percent"].isHidden()
    assert page.cells["sme_percent"].error == ""
    keys(page.inputs["sme_percent"].widget, "20")
    at.settle(form)
    assert "20%" in page.cells["sme_percent"].error
    assert page.cells["sme_how"].error == ""
    form.why_not()
    assert page.cells["sme_how"].error
    for window in QApplication.topLevelWidgets():
        if isinstance(window, Popover):
            window.close()


def test_the_merge_takes_added_and_removed_lines_whole() -> None:
    opened = FormState({}, {"items": [{"uid": "a", "name": "甲"}, {"uid": "b", "name": "乙"}]})
    theirs = FormState({}, {"items": [{"uid": "a", "name": "甲"}, {"uid": "c", "name": "丙"}]})
    mine = FormState({}, {"items": [{"uid": "a", "name": "甲二"}, {"uid": "b", "name": "乙"}]})
    found = differences(opened, theirs, mine, titles=lambda part, key, row: f"{part}{row}{key}")
    assert [(each.uid, each.key, each.side) for each in found] == [
        ("a", "name", "mine"),
        ("b", "", "theirs"),
        ("c", "", "theirs"),
    ]
    made = merged(theirs, mine, [(each, each.side) for each in found])
    assert [line["name"] for line in made.lines["items"]] == ["甲二", "丙"]
