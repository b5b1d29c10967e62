"""计划备案查询: every plan in one's data scope, in any state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from govproc_desktop.domain.plan.flow import FILED, NODES, PLAN_FLOW, VOID
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.listing import Criterion, Order
from govproc_desktop.queries.plans import PLAN_QUERY
from govproc_desktop.services.plans import VoidPlan
from govproc_desktop.views.kit.actions import (
    Needs,
    RowAction,
    Rows,
    flow_judge,
    send_each,
    uid_of,
)
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_window import ListPage
from govproc_desktop.views.kit.spec import Column, ListWindow, NamedView
from govproc_desktop.views.plan_management import plan_columns as columns


def _open(page: ListPage, rows: Rows) -> None:
    page.desk.open("plan.form", uid=str(rows[0]["uid"]))


def _void(page: ListPage, rows: Rows) -> None:
    reason = page.desk.asker.text(
        title=_("作废《{name}》").format(name=str(rows[0]["title"])[:40]),
        prompt=_("作废的理由（会留痕）。已占用的资金会退回用款计划。"),
        required=True,
    )
    if reason:
        send_each(
            page,
            rows,
            lambda row: VoidPlan(plan=uid_of(row), seen_version=row["row_version"], opinion=reason),
        )


def _views(desk: Desk) -> tuple[NamedView, ...]:
    year = Criterion(name="year", values=(str(desk.context.clock().year),))
    filed = Criterion(name="state", values=(FILED,))
    return (
        NamedView(key="all", title=N_("全部")),
        NamedView(key="year", title=N_("本年"), filters=(year,)),
        NamedView(
            key="filed",
            title=N_("本年已备案"),
            filters=(year, filed),
            order=(Order(field="filed_on", descending=True),),
        ),
        NamedView(
            key="review",
            title=N_("审核中"),
            filters=(Criterion(name="state", values=NODES),),
            order=(Order(field="state_since"),),
        ),
        NamedView(key="void", title=N_("作废"), filters=(Criterion(name="state", values=(VOID,)),)),
    )


ACTIONS = (
    RowAction(id="open", title=N_("打开"), icon="eye", run=_open, needs=Needs.ONE),
    RowAction(
        id="plan.void",
        title=N_("作废"),
        icon="x",
        run=_void,
        needs=Needs.ONE,
        judge=flow_judge(PLAN_FLOW, "void"),
    ),
    columns.PRINT,
)


def _columns(desk: Desk) -> tuple[Column, ...]:
    return (
        columns.TITLE,
        columns.UNIT,
        columns.METHOD,
        columns.APPLIED,
        columns.TOTAL,
        columns.STATE,
        columns.FILED,
        columns.waiting(desk),
        columns.AUTHOR,
        replace(columns.FISCAL, hidden=True),
        replace(columns.OWN, hidden=True),
        columns.ORGANISATION,
        columns.EXPECTED,
        columns.CONTACT,
        columns.IMPORT,
        columns.YEAR,
        columns.SAVED,
    )


def plan_query_window(desk: Desk) -> ListWindow:
    """Return the list of every plan one may see."""
    return ListWindow(
        id="plan_query",
        title=N_("计划备案查询"),
        query=PLAN_QUERY,
        search_hint=N_("项目名称、编号、首字母"),
        empty=N_("还没有计划。经办人在「计划备案」里新建后，这里能查到。"),
        columns=_columns(desk),
        filters=(
            columns.STATE_FILTER,
            columns.YEAR_FILTER,
            columns.METHOD_FILTER,
            columns.UNIT_FILTER,
            columns.TOTAL_FILTER,
            columns.APPLIED_FILTER,
            columns.FILED_FILTER,
            columns.AUTHOR_FILTER,
            columns.IMPORT_FILTER,
        ),
        views=_views(desk),
        actions=ACTIONS,
        default_order=(Order(field="applied_on", descending=True),),
        opens="plan.form",
        preview_form="F-01",
        refresh_on=frozenset({"plan", "task"}),
    )


def make_plan_query(desk: Desk, params: Mapping[str, Any]) -> ListPage:
    """Build the window."""
    return ListPage(desk, plan_query_window(desk), params)
