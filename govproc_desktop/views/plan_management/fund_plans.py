"""用款计划查询: the list, and behind each row its money on any day and the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.fund_plans import FUND_PLAN_LIST
from govproc_desktop.queries.listing import Criterion
from govproc_desktop.queries.lookups import (
    CodeParams,
    NoParams,
    SearchParams,
    codes,
    units,
    years,
)
from govproc_desktop.queries.registry import Reader
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.actions import Needs, RowAction, Rows, uid_of
from govproc_desktop.views.kit.batch_print import print_many
from govproc_desktop.views.kit.chart_data import share
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_window import ListPage
from govproc_desktop.views.kit.roles import HATCH, Kind, Segment
from govproc_desktop.views.kit.spec import (
    AmountFilter,
    ChoiceFilter,
    Column,
    ListWindow,
    NamedView,
    TestFilter,
    Values,
)
from govproc_desktop.views.plan_management.fund_record import FundRecord
from govproc_desktop.views.plan_management.import_action import IMPORT_FUND_PLANS


def used(values: Values) -> tuple[Segment, ...]:
    """Return the bar of a fund plan: 已支付, 已申请未到账, 已占用未申请, 在途 hatched."""
    whole = fmt.yuan(values["amount"])
    parts = (
        (values["paid"], "ramp4"),
        (values["requested"] - values["paid"], "ramp3"),
        (values["filed"] - values["requested"], "ramp2"),
        (values["in_transit"], HATCH),
    )
    return tuple(Segment(share(fmt.yuan(fen), whole), token) for fen, token in parts if fen > 0)


def used_text(values: Values) -> str:
    """Return how much of a fund plan is spoken for, in whole per cent, rounded down."""
    whole, held = int(values["amount"]), int(values["filed"] + values["in_transit"])
    if not whole:
        return fmt.NOTHING
    return "<1%" if 0 < held * 100 < whole else f"{held * 100 // whole}%"


def _money(field: str, title: str, **more: Any) -> Column:
    return Column(field, title, kind=Kind.MONEY, width=116, show=fmt.fen, total=True, **more)


def _open(page: ListPage, rows: Rows) -> None:
    page.opened.emit(str(rows[0]["uid"]))


def _print(page: ListPage, rows: Rows) -> None:
    print_many(page.desk, form="F-08", documents=tuple(uid_of(row) for row in rows))


def _unit_options(reader: Reader) -> list[tuple[str, str]]:
    return [(str(each.uid), each.name) for each in units(reader, SearchParams())]


def _fund_types(reader: Reader) -> list[tuple[str, str]]:
    return list(codes(reader, CodeParams(kind="fund_kinds")).items())


def _year_options(reader: Reader) -> list[tuple[str, str]]:
    return [(str(each), str(each)) for each in years(reader, NoParams())]


FUND_PLANS = ListWindow(
    id="fund_plans",
    title=N_("用款计划查询"),
    query=FUND_PLAN_LIST,
    search_hint=N_("计划号、文号、项目、首字母"),
    empty=N_("还没有导入用款计划。导入预算一体化系统的文件后，这里会列出来。"),
    columns=(
        Column(
            "plan_no",
            N_("用款计划号"),
            kind=Kind.TWO_LINE,
            width=160,
            strong=True,
            second="doc_no",
            second_title=N_("指标文号"),
        ),
        Column(
            "project",
            N_("预算项目"),
            kind=Kind.TWO_LINE,
            stretch=True,
            width=180,
            second="econ_class",
            second_title=N_("部门经济分类"),
            second_codes="dep_econ_classes",
            with_code=True,
        ),
        _money("amount", N_("计划金额(元)")),
        _money("filed", N_("已备案占用(元)")),
        _money("in_transit", N_("在途(元)")),
        _money("plannable", N_("拟可用(元)"), strong=True),
        _money("requested", N_("已申请支付(元)")),
        _money("paid", N_("已支付(元)"), hidden=True),
        _money("spendable", N_("实际可用(元)")),
        Column(
            "contracted",
            N_("使用情况"),
            kind=Kind.BAR,
            width=132,
            bar=used,
            words=used_text,
            sortable=False,
            exported=False,
        ),
        Column(
            "unit",
            N_("单位"),
            width=200,
            hidden=True,
            kind=Kind.TWO_LINE,
            second="unit_code",
            second_title=N_("单位编码"),
        ),
        Column("year", N_("年度"), width=64, hidden=True, show=str),
        Column("fund_type", N_("资金性质"), width=130, hidden=True, codes="fund_kinds"),
        Column("func_class", N_("功能分类"), width=150, hidden=True, codes="func_classes"),
        Column("office", N_("业务处室"), width=110, hidden=True),
        Column("approved_on", N_("下达日期"), width=100, hidden=True, show=fmt.day),
        Column("is_gov_pur", N_("政府采购"), width=80, hidden=True, show=fmt.yes_no),
    ),
    filters=(
        ChoiceFilter(name="year", title=N_("年度"), options=_year_options),
        ChoiceFilter(name="unit", title=N_("单位"), options=_unit_options),
        ChoiceFilter(name="fund_type", title=N_("资金性质"), options=_fund_types),
        TestFilter(name="has_money", title=N_("拟可用大于 0")),
        AmountFilter(name="plannable", title=N_("拟可用")),
        AmountFilter(name="amount", title=N_("计划金额")),
        TestFilter(name="gov_pur", title=N_("标了政府采购")),
    ),
    views=(
        NamedView(key="all", title=N_("全部")),
        NamedView(
            key="free",
            title=N_("还有钱的"),
            filters=(
                Criterion(name="has_money", values=("yes",)),
                Criterion(name="gov_pur", values=("yes",)),
            ),
        ),
        NamedView(
            key="spent",
            title=N_("用完的"),
            filters=(Criterion(name="has_money", values=("no",)),),
        ),
        NamedView(
            key="unmarked",
            title=N_("没标政府采购"),
            filters=(Criterion(name="gov_pur", values=("no",)),),
        ),
    ),
    actions=(
        RowAction(id="open", title=N_("看台账"), icon="list", run=_open, needs=Needs.ONE),
        RowAction(
            id="print", title=N_("打印"), icon="print", run=_print, shortcut="Ctrl+P", quiet=True
        ),
        IMPORT_FUND_PLANS,
    ),
    refresh_on=frozenset({"fund_plan", "plan"}),
)


class FundPlansWindow(QWidget):
    """The list with the record of one fund plan over it; Esc or 返回 goes back to the list."""

    def __init__(self, desk: Desk, params: Mapping[str, Any]) -> None:
        super().__init__()
        self._desk = desk
        self.setWindowTitle(_(FUND_PLANS.title))
        uid = params.get("uid")
        self.list = ListPage(desk, FUND_PLANS, {k: v for k, v in params.items() if k != "uid"})
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.record: FundRecord | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.setFocusProxy(self.list)
        self.list.opened.connect(self.open_record)
        self.list.previewed.connect(self.open_record)
        if uid is not None:
            self.open_record(str(uid))

    def open_record(self, uid: str, as_of: date | None = None) -> None:
        """Show one fund plan's money and ledger."""
        self.close_record()
        self.record = FundRecord(self._desk, UUID(uid), as_of=as_of)
        self.record.back.clicked.connect(self.close_record)
        self.stack.addWidget(self.record)
        self.stack.setCurrentWidget(self.record)
        self.record.setFocus()

    def close_record(self) -> None:
        """Go back to the list, where one was."""
        if self.record is not None:
            self.stack.removeWidget(self.record)
            self.record.deleteLater()
            self.record = None
            self.list.table.view.setFocus()

    def take(self, params: Mapping[str, Any]) -> None:
        """Open the record or the list the window is called for again."""
        if params.get("uid") is not None:
            self.open_record(str(params["uid"]))
        else:
            self.close_record()
            self.list.take(params)

    def refresh(self) -> None:
        """Read again what is shown."""
        if self.record is not None:
            self.record.refresh()
        self.list.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the record with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.record is not None:
            self.close_record()
        else:
            super().keyPressEvent(event)
