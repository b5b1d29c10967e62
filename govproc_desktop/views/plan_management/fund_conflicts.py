"""冲突清单: amounts of a file that fall short of what is already used (R45)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from govproc_desktop.i18n import N_
from govproc_desktop.queries.fund_plans import FUND_CONFLICT_LIST
from govproc_desktop.queries.listing import Order
from govproc_desktop.queries.lookups import SearchParams, units
from govproc_desktop.queries.registry import Reader
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.actions import Needs, RowAction, Rows
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_window import ListPage
from govproc_desktop.views.kit.roles import Kind
from govproc_desktop.views.kit.spec import ChoiceFilter, Column, ListWindow, Values


def _danger(_values: Values) -> str:
    return "danger"


def _money(field: str, title: str, **more: Any) -> Column:
    return Column(field, title, kind=Kind.MONEY, width=130, show=fmt.fen, **more)


def _units(reader: Reader) -> list[tuple[str, str]]:
    return [(str(each.uid), each.name) for each in units(reader, SearchParams())]


def _open_plan(page: ListPage, rows: Rows) -> None:
    page.desk.open("window:fund_plans", uid=str(rows[0]["fund_plan"]))


FUND_CONFLICTS = ListWindow(
    id="fund_conflicts",
    title=N_("冲突清单"),
    query=FUND_CONFLICT_LIST,
    search_hint=N_("计划号、文号、项目、首字母"),
    empty=N_("没有冲突：导入的新金额都不小于已用金额。"),
    columns=(
        Column(
            "plan_no",
            N_("用款计划号"),
            kind=Kind.TWO_LINE,
            width=170,
            second="project",
            second_title=N_("预算项目"),
            stretch=True,
            strong=True,
        ),
        _money("amount", N_("文件里的金额(元)")),
        _money("used", N_("已占用(元)")),
        _money("short", N_("差额(元)"), tone=_danger, total=True, strong=True),
        Column(
            "file_name",
            N_("文件"),
            kind=Kind.TWO_LINE,
            width=210,
            second="cell",
            second_title=N_("所在行"),
        ),
        Column("version", N_("版本"), width=64, show=str),
        Column("at", N_("导入时间"), width=140, show=fmt.moment),
        Column("unit", N_("单位"), width=200, hidden=True),
    ),
    filters=(ChoiceFilter(name="unit", title=N_("单位"), options=_units),),
    actions=(
        RowAction(
            id="open",
            title=N_("看这条用款计划"),
            icon="yen",
            run=_open_plan,
            needs=Needs.ONE,
            permission="fund_plan.view",
        ),
    ),
    default_order=(Order(field="at", descending=True),),
    refresh_on=frozenset({"fund_conflict", "fund_plan"}),
)


def make_fund_conflicts(desk: Desk, params: Mapping[str, Any]) -> QWidget:
    """Return the list; opening a row shows the fund plan the conflict is about."""
    page = ListPage(desk, FUND_CONFLICTS, params)

    def opened(uid: str) -> None:
        for row in page.table.model.rows_of({uid}):
            line = page.table.model.line(row)
            if line is not None:
                _open_plan(page, (line.values,))

    page.opened.connect(opened)
    page.previewed.connect(opened)
    return page
