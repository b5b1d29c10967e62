"""已办事项 and 我发起的, declared: what a person decided, and what they sent and who has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from govproc_desktop.domain.plan.flow import FILED, NODES, PLAN_FLOW, RETURNED, STATES, VERBS, VOID
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.histories import DONE_LIST, STARTED_LIST
from govproc_desktop.queries.listing import Criterion, Order
from govproc_desktop.queries.lookups import SearchParams, units
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.plans import UrgePlan, WithdrawPlan
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.actions import (
    RowAction,
    Rows,
    flow_judge,
    send_each,
    state_judge,
    uid_of,
)
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_window import ListPage
from govproc_desktop.views.kit.roles import Kind
from govproc_desktop.views.kit.spec import (
    AmountFilter,
    ChoiceFilter,
    Column,
    DayFilter,
    ListWindow,
    NamedView,
    Values,
)

_LATE_DAYS = 7


def _mine(desk: Desk) -> tuple[Criterion, ...]:
    return (Criterion(name="person", values=(str(desk.context.actor.person_id),)),)


def _states(_reader: Reader) -> list[tuple[str, str]]:
    return [(name, _(info.title)) for name, info in STATES.items()]


def _units(reader: Reader) -> list[tuple[str, str]]:
    return [(str(each.uid), each.name) for each in units(reader, SearchParams())]


def _verbs(_reader: Reader) -> list[tuple[str, str]]:
    return [(name, _(VERBS[name])) for name in ("approve", "return")]


def _number(value: object) -> str:
    return str(value) if value else _("审批通过时产生编号")


def _verb(value: object) -> str:
    return _(VERBS.get(str(value), str(value)))


def _verb_tone(values: Values) -> str:
    return "passed" if values["action"] == "approve" else "returned"


def _state_tone(values: Values) -> str:
    return fmt.state_pill(PLAN_FLOW)(values["state"])


def _place(value: object) -> str:
    return _(STATES[str(value)].title) if value in STATES else fmt.NOTHING


TITLE = Column(
    "title",
    N_("项目名称"),
    kind=Kind.TWO_LINE,
    width=240,
    stretch=True,
    second="number",
    second_title=N_("备案编号"),
    second_show=_number,
)
STATE = Column(
    "state", N_("现在"), kind=Kind.PILL, width=128, show=fmt.state(PLAN_FLOW), tone=_state_tone
)
TOTAL = Column("total", N_("金额(元)"), kind=Kind.MONEY, width=128, show=fmt.fen)
_AMOUNT = AmountFilter(name="total", title=N_("金额"))
_STATE = ChoiceFilter(name="state", title=N_("现在的状态"), options=_states)


def done_window(desk: Desk) -> ListWindow:
    """Return the steps this person took as a reviewer, newest first."""
    del desk
    return ListWindow(
        id="inbox_done",
        title=N_("已办事项"),
        query=DONE_LIST,
        search_hint=N_("项目名称、编号、首字母"),
        empty=N_("您还没有审核过单据。"),
        columns=(
            TITLE,
            Column("unit", N_("单位"), width=180),
            TOTAL,
            Column("source", N_("办理环节"), width=104, show=_place, sortable=False, hidden=True),
            Column("action", N_("我的决定"), kind=Kind.PILL, width=96, show=_verb, tone=_verb_tone),
            Column("opinion", N_("意见"), width=190, sortable=False),
            Column("at", N_("办理时间"), width=136, show=fmt.moment),
            STATE,
            Column("state_since", N_("到这一步"), width=136, show=fmt.moment, hidden=True),
        ),
        filters=(
            ChoiceFilter(name="action", title=N_("我的决定"), options=_verbs),
            _STATE,
            DayFilter(name="at", title=N_("办理时间")),
            ChoiceFilter(name="unit", title=N_("单位"), options=_units),
            _AMOUNT,
        ),
        views=(
            NamedView(key="all", title=N_("全部")),
            _view("action", "approve", N_("我同意的"), "approve"),
            _view("action", "return", N_("我退回的"), "return"),
        ),
        fixed=_mine,
        opens="plan.form",
        refresh_on=frozenset({"plan", "task"}),
    )


def _view(name: str, key: str, title: str, *values: str) -> NamedView:
    return NamedView(key=key, title=title, filters=(Criterion(name=name, values=values),))


def _urge(page: ListPage, rows: Rows) -> None:
    send_each(page, rows, lambda row: UrgePlan(plan=uid_of(row)))


def _withdraw(page: ListPage, rows: Rows) -> None:
    send_each(
        page, rows, lambda row: WithdrawPlan(plan=uid_of(row), seen_version=row["row_version"])
    )


ACTIONS = (
    RowAction(
        id="plan.urge",
        title=N_("催办"),
        icon="bell",
        run=_urge,
        permission="plan.edit",
        judge=state_judge(PLAN_FLOW, NODES, N_("催办")),
    ),
    RowAction(
        id="plan.withdraw",
        title=N_("撤回"),
        icon="undo",
        run=_withdraw,
        permission="plan.edit",
        judge=flow_judge(PLAN_FLOW, "withdraw"),
    ),
)


def _holder(values: Values) -> str:
    if values["holder"]:
        return f"{values['holder']}（{_place(values['state'])}）"
    if values["state"] == RETURNED:
        return _("在您手里，请修改后再报")
    return _("已办结") if values["state"] in (FILED, VOID) else _("在您手里")


def _urged(values: Values) -> str:
    at = values["urged_at"]
    return _("{day} 已催").format(day=str(at)[5:10]) if at else fmt.NOTHING


def _waiting(today: Callable[[], date]) -> Column:
    def days(values: Values) -> int:
        return max(0, (today() - datetime.fromisoformat(values["since"]).date()).days)

    def words(values: Values) -> str:
        if values["state"] in (FILED, VOID):
            return fmt.NOTHING
        count = days(values)
        return _("今天") if count == 0 else _("{count} 天").format(count=count)

    def tone(values: Values) -> str:
        late = values["state"] in NODES and days(values) > _LATE_DAYS
        return "danger" if late else "text"

    return Column("since", N_("已停"), width=84, words=words, tone=tone)


def started_window(desk: Desk) -> ListWindow:
    """Return what this person submitted: where it is, with whom, how long, urged or not."""
    return ListWindow(
        id="inbox_started",
        title=N_("我发起的"),
        query=STARTED_LIST,
        search_hint=N_("项目名称、编号、首字母"),
        empty=N_("您还没有提交过单据。"),
        columns=(
            TITLE,
            Column("total", N_("金额(元)"), kind=Kind.MONEY, width=128, show=fmt.fen, total=True),
            STATE,
            Column("holder", N_("在谁手里"), width=260, words=_holder, sortable=False),
            _waiting(lambda: desk.context.clock().date()),
            Column("urged_at", N_("催办"), width=104, words=_urged, sortable=False),
            Column("applied_on", N_("申请日期"), width=104, show=fmt.day),
        ),
        filters=(_STATE, _AMOUNT),
        views=(
            NamedView(
                key="under_way",
                title=N_("在办"),
                filters=(Criterion(name="state", values=NODES),),
            ),
            _view("state", "returned", N_("被退回"), RETURNED),
            _view("state", "filed", N_("已备案"), FILED),
            NamedView(key="all", title=N_("全部")),
        ),
        actions=ACTIONS,
        fixed=_mine,
        default_order=(Order(field="since", descending=True),),
        opens="plan.form",
        refresh_on=frozenset({"plan", "task"}),
    )


def make_done(desk: Desk, params: Mapping[str, Any]) -> ListPage:
    """Build 已办事项."""
    return ListPage(desk, done_window(desk), params)


def make_started(desk: Desk, params: Mapping[str, Any]) -> ListPage:
    """Build 我发起的."""
    return ListPage(desk, started_window(desk), params)
