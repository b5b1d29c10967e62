"""Short ways a clerk takes by keyboard alone, each from one window to the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication

from govproc_desktop.models.engine import Database
from govproc_desktop.services.approvals import ReturnPlan
from govproc_desktop.services.plans import SavePlan, SubmitPlan
from govproc_desktop.settings_store import Store
from govproc_desktop.views.home import HomeWindow
from govproc_desktop.views.home.rows import TodoLine
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_window import ListPage
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.preview import PreviewWindow
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.main_window import MainWindow
from govproc_desktop.views.main_window.window import Frame
from govproc_desktop.views.plan_management.fund_picker import FundPicker
from govproc_desktop.views.plan_management.fund_plans import FundPlansWindow
from tests.journeys.steps import Guest, copy, drop_unsaved, labels, press, put_away, receiver, write
from tests.office import Office, make_office

FIRST, SECOND = "JH2026410000101", "JH2026410000202"


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    made = make_office(sqlite_database)
    made.fund(FIRST, "100000.00", pro_name="甲")
    made.fund(SECOND, "200000.00", pro_name="乙")
    return made


@pytest.fixture
def clerk(office: Office, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Guest]:
    theme().apply(qapp, "light")
    desk = Desk(office.context("zhoumin"), Tasks(), Notices(), CannedAsker())
    window = MainWindow(desk, Frame(store=Store(tmp_path / "settings.json")))
    qtbot.addWidget(window, before_close_func=drop_unsaved)
    window.show()
    made = Guest(qtbot, CannedAsker(), window)
    desk.asker = made.asker
    made.turn_to()
    made.rest()
    yield made
    put_away(window)
    desk.tasks.close()


def saved(office: Office, title: str) -> Any:
    uid = uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content(own="12000.00", title=title)))
    return uid


def test_ctrl_p_in_a_plan_shows_its_paper(clerk: Guest, office: Office) -> None:
    saved(office, "switches")
    clerk.find("switches", "switches")
    clerk.form()
    press("Ctrl+P")
    clerk.rest()
    assert any(isinstance(each, PreviewWindow) for each in QApplication.topLevelWidgets())
    press("Escape")


def test_tab_comes_to_an_empty_grid_where_lines_are_pasted(clerk: Guest) -> None:
    press("Ctrl+N")
    form = clerk.form()
    clerk.tab_to(form.grids["items"].table)
    copy("A02010301\t防火墙\t\t台\t1\t5\nA02010201\t路由器\t\t台\t1\t5\n")
    press("Ctrl+V")
    assert form.grids["items"].lines.rowCount() == 2


def test_tab_goes_on_from_an_empty_grid_and_ins_begins_it(clerk: Guest) -> None:
    press("Ctrl+N")
    form = clerk.form()
    table = form.grids["items"].table
    clerk.tab_to(table)
    press("Tab")
    assert receiver() is not table
    clerk.tab_to(table, back=True)
    press("Ins")
    clerk.until(lambda: table.keys.editor is not None)
    assert form.grids["items"].lines.rowCount() == 1


def test_tab_out_of_the_last_line_leaves_no_empty_line_behind(clerk: Guest, office: Office) -> None:
    saved(office, "switches")
    clerk.find("switches", "switches")
    form = clerk.form()
    clerk.tab_to_cell(form, "items", "price")
    clerk.tab_to(form.attachments)
    clerk.judged(form)
    assert form.grids["items"].lines.rowCount() == 1
    assert form.problems == ()


def test_a_line_made_by_enter_and_left_untouched_goes_away(clerk: Guest, office: Office) -> None:
    saved(office, "switches")
    clerk.find("switches", "switches")
    form = clerk.form()
    grid = form.grids["items"]
    clerk.tab_to_cell(form, "items", "deliver_on")
    press("Return")
    clerk.until(lambda: grid.lines.rowCount() == 2)
    clerk.tab_to(form.attachments)
    clerk.judged(form)
    assert grid.lines.rowCount() == 1
    assert not form.unsaved


def test_a_line_made_by_enter_and_typed_into_stays(clerk: Guest, office: Office) -> None:
    saved(office, "switches")
    clerk.find("switches", "switches")
    form = clerk.form()
    grid = form.grids["items"]
    clerk.tab_to_cell(form, "items", "deliver_on")
    press("Return")
    clerk.until(lambda: grid.lines.rowCount() == 2)
    write("zz")
    clerk.tab_to(form.attachments)
    assert grid.lines.rowCount() == 2
    assert form.unsaved


def test_enter_walks_through_every_field_of_the_head(clerk: Guest) -> None:
    press("Ctrl+N")
    form = clerk.form()
    inputs = form.pages["basics"].inputs
    clerk.tab_to(inputs["title"].widget)
    met = []
    for _ in range(12):
        met.append(receiver())
        press("Return")
    keys = ("year", "contact", "phone", "applied_on", "expected_on", "sme_mode")
    for key in (*keys, "department_review"):
        assert any(each is inputs[key].widget for each in met), key
    assert any(inputs["is_import"].widget.isAncestorOf(each) for each in met)
    for key in ("unit", "superior"):
        assert not any(each is inputs[key].widget for each in met), key
    assert inputs["department_review"].value() == "", "Enter only steps on"


def test_enter_in_the_picker_goes_to_what_was_searched_not_to_what_was_ticked(
    clerk: Guest, office: Office
) -> None:
    press("Ctrl+N")
    clerk.form()
    press("F2")
    picker = clerk.active(FundPicker)
    write("0101")
    press("Return", "Return")
    clerk.until(lambda: picker.table.keys.editor is not None)
    write("100")
    press("Ctrl+F", "Ctrl+A")
    write("0202")
    press("Return")
    line = picker.lines.model.line(picker.table.currentIndex().row())
    assert picker.lines.fund(line).plan_no == SECOND
    press("Ctrl+F", "Ctrl+A")
    write("nowhere")
    press("Down")
    assert receiver() is picker.search, "nothing fits, so there is nowhere to go"
    press("Escape", "Escape")


def test_a_list_opened_by_ctrl_k_takes_the_arrow_keys(clerk: Guest) -> None:
    clerk.find("ykjhcx", "用款计划查询")
    page = clerk.page(FundPlansWindow)
    clerk.until(lambda: page.list.table.model.rowCount() == 2)
    assert page.list.isAncestorOf(receiver()) or receiver() is page.list
    press("Down", "Return")
    clerk.until(lambda: page.record is not None)


def test_the_home_page_leads_to_the_returned_plans_only(clerk: Guest, office: Office) -> None:
    saved(office, "still a draft")
    uid = saved(office, "returned")
    office.do("zhoumin", SubmitPlan(plan=uid, seen_version=office.plan(uid).row_version))
    version = office.plan(uid).row_version
    office.do("zhengjianguo", ReturnPlan(plan=uid, seen_version=version, opinion="太贵"))
    press("F5")
    clerk.rest()
    home = clerk.page(HomeWindow)

    def returned() -> list[TodoLine]:
        lines = [each for each in home.findChildren(TodoLine) if each.isVisible()]
        return [each for each in lines if "被退回" in each.accessibleName()]

    clerk.until(returned)
    clerk.tab_to(returned()[0])
    press("Space")
    clerk.rest()
    page = clerk.page(ListPage)
    clerk.until(lambda: page.table.model.rowCount() == 1)


def test_the_home_page_tells_of_kept_drafts_in_plain_words(clerk: Guest) -> None:
    press("Ctrl+N")
    form = clerk.form()
    clerk.tab_to(form.pages["basics"].inputs["title"].widget)
    write("switches")
    form.autosave.keep_now()
    clerk.rest()
    press("Ctrl+1")
    home = clerk.page(HomeWindow)
    clerk.rest()
    assert not [each for each in labels(home) if "(" in each]
