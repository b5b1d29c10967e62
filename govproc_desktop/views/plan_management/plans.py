"""计划备案: the unit's plans under way, and what a clerk may do with each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from govproc_desktop.domain.plan.flow import DRAFT, NODES, PLAN_FLOW, RETURNED
from govproc_desktop.domain.rules import Check, failed
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.listing import Criterion, ListSpec, Order, page
from govproc_desktop.queries.plans import PLAN_LIST, PLAN_QUERY
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.plans import DeletePlan, SubmitPlan, UrgePlan, WithdrawPlan
from govproc_desktop.views.kit.actions import (
    Needs,
    RowAction,
    Rows,
    flow_judge,
    send_each,
    state_judge,
    uid_of,
)
from govproc_desktop.views.kit.asking import Question
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_window import ListPage
from govproc_desktop.views.kit.spec import Column, ListWindow, NamedView
from govproc_desktop.views.plan_management import plan_columns as columns

_EDIT = "plan.edit"
_ELSEWHERE = 5


def _new(page: ListPage, _rows: Rows) -> None:
    page.desk.open("plan.form")


def _submit(page: ListPage, rows: Rows) -> None:
    send_each(page, rows, lambda row: SubmitPlan(plan=uid_of(row), seen_version=row["row_version"]))


def _withdraw(page: ListPage, rows: Rows) -> None:
    send_each(
        page, rows, lambda row: WithdrawPlan(plan=uid_of(row), seen_version=row["row_version"])
    )


def _urge(page: ListPage, rows: Rows) -> None:
    send_each(page, rows, lambda row: UrgePlan(plan=uid_of(row)))


def _delete(page: ListPage, rows: Rows) -> None:
    names = "、".join(f"《{row['title'] or _('未命名')}》" for row in rows[:3])
    more = _("等 {count} 份").format(count=len(rows)) if len(rows) > 3 else ""
    question = Question(
        title=_("删除草稿"),
        text=_("删除草稿 {names}{more}？删除后不能恢复。").format(names=names, more=more),
        answers=(("no", _("不删除")), ("yes", _("删除"))),
        danger=True,
    )
    if page.desk.asker.ask(question) == "yes":
        send_each(
            page, rows, lambda row: DeletePlan(plan=uid_of(row), seen_version=row["row_version"])
        )


def _may_delete(rows: Rows, _actor: object) -> list[Check]:
    return [
        failed(
            N_("《{name}》提交过 {times} 次，要留痕，不能删除。"),
            title=N_("从未提交过的草稿才能删除"),
            name=str(row["title"])[:30],
            times=row["submitted_version"],
            mend=N_("打开它，用“作废”。"),
        )
        for row in rows
        if row["state"] != DRAFT or row["submitted_version"]
    ]


def _elsewhere(reader: Reader, words: str) -> tuple[Check, ...]:
    """Say of plans this list does not hold in what state they are, and open them."""
    found = [
        PLAN_QUERY.record(row)
        for row in page(reader, PLAN_QUERY, ListSpec(search=words), offset=0, limit=_ELSEWHERE)
    ]
    return tuple(
        failed(
            N_("{unit}的计划，现在是「{state}」；这里只列本单位还在办的。"),
            title=str(row["title"] or _("（还没有名称）"))[:40],
            unit=row["unit"],
            state=_(PLAN_FLOW.states[row["state"]].title),
            mend=N_("打开它"),
            go=f"open:{row['uid']}",
        )
        for row in found
    )


def _own_unit(desk: Desk) -> tuple[Criterion, ...]:
    return (Criterion(name="unit", values=(str(desk.context.actor.unit_uid),)),)


def _views(desk: Desk) -> tuple[NamedView, ...]:
    def states(key: str, title: str, *wanted: str) -> NamedView:
        return NamedView(key=key, title=title, filters=(Criterion(name="state", values=wanted),))

    mine = Criterion(name="author", values=(desk.context.actor.person_name,))
    return (
        NamedView(key="open", title=N_("全部在办")),
        states("draft", N_("草稿"), DRAFT),
        states("returned", N_("被退回"), RETURNED),
        states("review", N_("审核中"), *NODES),
        NamedView(key="mine", title=N_("我经手的"), filters=(mine,)),
    )


ACTIONS = (
    RowAction(
        id="plan.submit",
        title=N_("提交"),
        icon="send",
        run=_submit,
        permission=_EDIT,
        judge=flow_judge(PLAN_FLOW, "submit"),
    ),
    RowAction(
        id="plan.withdraw",
        title=N_("撤回"),
        icon="undo",
        run=_withdraw,
        permission=_EDIT,
        judge=flow_judge(PLAN_FLOW, "withdraw"),
    ),
    RowAction(
        id="plan.urge",
        title=N_("催办"),
        icon="bell",
        run=_urge,
        permission=_EDIT,
        judge=state_judge(PLAN_FLOW, NODES, N_("催办")),
    ),
    RowAction(
        id="plan.delete",
        title=N_("删除"),
        icon="trash",
        run=_delete,
        permission=_EDIT,
        judge=_may_delete,
    ),
    columns.PRINT,
    RowAction(
        id="plan.new",
        title=N_("新建计划"),
        icon="plus",
        run=_new,
        needs=Needs.NONE,
        permission=_EDIT,
        shortcut="Ctrl+N",
        primary=True,
    ),
)


def _columns(desk: Desk) -> tuple[Column, ...]:
    return (
        columns.TITLE,
        columns.METHOD,
        columns.APPLIED,
        columns.TOTAL,
        columns.FISCAL,
        columns.OWN,
        columns.STATE,
        columns.waiting(desk),
        columns.AUTHOR,
        columns.ORGANISATION,
        columns.EXPECTED,
        columns.CONTACT,
        columns.IMPORT,
        columns.YEAR,
        columns.SAVED,
    )


def plans_window(desk: Desk) -> ListWindow:
    """Return the list of one's own unit's plans under way; filed ones are in 计划备案查询."""
    return ListWindow(
        id="plans",
        title=N_("计划备案"),
        query=PLAN_LIST,
        search_hint=N_("项目名称、编号、首字母"),
        empty=N_("没有在办的计划。按 Ctrl+N 新建一份。"),
        columns=_columns(desk),
        filters=(
            columns.STATE_FILTER,
            columns.YEAR_FILTER,
            columns.METHOD_FILTER,
            columns.TOTAL_FILTER,
            columns.APPLIED_FILTER,
            columns.AUTHOR_FILTER,
            columns.IMPORT_FILTER,
        ),
        views=_views(desk),
        actions=ACTIONS,
        fixed=_own_unit,
        elsewhere=_elsewhere,
        default_order=(Order(field="applied_on", descending=True),),
        opens="plan.form",
        preview_form="F-01",
        refresh_on=frozenset({"plan", "task"}),
    )


def make_plans(desk: Desk, params: Mapping[str, Any]) -> ListPage:
    """Build the window."""
    return ListPage(desk, plans_window(desk), params)
