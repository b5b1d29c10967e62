"""Columns, filters and printing that both lists of plans share."""

from __future__ import annotations

from datetime import datetime

from govproc_desktop.domain.plan.flow import PLAN_FLOW, STATES
from govproc_desktop.domain.workdays import Calendar, CalendarMissing
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.calendar import calendar
from govproc_desktop.queries.lookups import (
    CodeParams,
    NoParams,
    SearchParams,
    codes,
    people,
    units,
    years,
)
from govproc_desktop.queries.registry import Reader
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.actions import RowAction, Rows, uid_of
from govproc_desktop.views.kit.batch_print import print_many
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_window import ListPage
from govproc_desktop.views.kit.roles import Kind
from govproc_desktop.views.kit.spec import (
    AmountFilter,
    ChoiceFilter,
    Column,
    DayFilter,
    TestFilter,
    Values,
)

_LATE_DAYS, _SLOW_DAYS = 5, 3


def _number(value: object) -> str:
    return str(value) if value else _("审批通过时产生编号")


def _state_tone(values: Values) -> str:
    return fmt.state_pill(PLAN_FLOW)(values["state"])


TITLE = Column(
    "title",
    N_("项目名称"),
    kind=Kind.TWO_LINE,
    width=240,
    stretch=True,
    strong=True,
    show=lambda value: str(value) if value else _("（还没有名称）"),
    second="number",
    second_title=N_("备案编号"),
    second_show=_number,
)
UNIT = Column(
    "unit",
    N_("单位"),
    kind=Kind.TWO_LINE,
    width=190,
    second="unit_code",
    second_title=N_("单位编码"),
)
METHOD = Column("method", N_("采购方式"), width=110, codes="methods")
ORGANISATION = Column(
    "organisation", N_("组织形式"), width=110, codes="organisation_forms", hidden=True
)
APPLIED = Column("applied_on", N_("申请日期"), width=104, show=fmt.day)
EXPECTED = Column("expected_on", N_("期望完成"), width=104, show=fmt.day, hidden=True)
FILED = Column("filed_on", N_("备案日期"), width=104, show=fmt.day)
TOTAL = Column("total", N_("金额(元)"), kind=Kind.MONEY, width=128, show=fmt.fen, total=True)
FISCAL = Column("fiscal", N_("财政资金(元)"), kind=Kind.MONEY, width=120, show=fmt.fen, total=True)
OWN = Column("own", N_("自有资金(元)"), kind=Kind.MONEY, width=112, show=fmt.fen, total=True)
STATE = Column(
    "state", N_("状态"), kind=Kind.PILL, width=126, show=fmt.state(PLAN_FLOW), tone=_state_tone
)
AUTHOR = Column("author", N_("经办人"), width=80)
CONTACT = Column(
    "contact", N_("联系人"), kind=Kind.TWO_LINE, width=120, second="phone", hidden=True
)
SAVED = Column("saved_at", N_("最后保存"), width=136, show=fmt.moment, hidden=True)
IMPORT = Column("is_import", N_("进口产品"), width=80, show=fmt.yes_no, hidden=True)
YEAR = Column("year", N_("年度"), width=64, show=str, hidden=True)


def waiting(desk: Desk) -> Column:
    """Return the column of the working days a plan has been where it is, as the home page counts.

    The holidays are read ahead of the rows; until then, and in years without a holiday table,
    calendar days are shown.
    """
    known: list[Calendar] = []
    desk.read(calendar, known.append, owner=desk.notices, failed=lambda _fault: None)

    def days(values: Values) -> int:
        since = datetime.fromisoformat(values["state_since"]).date()
        today = desk.context.clock().date()
        try:
            count = known[0].workdays_between(since, today) if known else (today - since).days
        except CalendarMissing:
            count = (today - since).days
        return max(0, count)

    def words(values: Values) -> str:
        count = days(values)
        if values["state"] in ("filed", "void"):
            return fmt.NOTHING
        return _("今天") if count == 0 else _("{count} 天").format(count=count)

    def tone(values: Values) -> str:
        if not STATES[values["state"]].review and values["state"] != "returned":
            return "text2"
        count = days(values)
        return "danger" if count >= _LATE_DAYS else "warn" if count >= _SLOW_DAYS else "text"

    def icon(values: Values) -> str:
        return "clock" if tone(values) in ("danger", "warn") else ""

    return Column(
        "state_since",
        N_("停留(工作日)"),
        width=116,
        words=words,
        tone=tone,
        icon=icon,
        sortable=True,
    )


def _states(_reader: Reader) -> list[tuple[str, str]]:
    return [(name, _(info.title)) for name, info in STATES.items()]


def _methods(reader: Reader) -> list[tuple[str, str]]:
    return list(codes(reader, CodeParams(kind="methods")).items())


def _years(reader: Reader) -> list[tuple[str, str]]:
    return [(str(each), str(each)) for each in years(reader, NoParams())]


def _units(reader: Reader) -> list[tuple[str, str]]:
    return [(str(each.uid), each.name) for each in units(reader, SearchParams())]


def _authors(reader: Reader) -> list[tuple[str, str]]:
    found = people(reader, SearchParams())
    return list({each.name: (each.name, f"{each.name}（{each.unit}）") for each in found}.values())


STATE_FILTER = ChoiceFilter(name="state", title=N_("状态"), options=_states)
YEAR_FILTER = ChoiceFilter(name="year", title=N_("年度"), options=_years)
METHOD_FILTER = ChoiceFilter(name="method", title=N_("采购方式"), options=_methods)
UNIT_FILTER = ChoiceFilter(name="unit", title=N_("单位"), options=_units)
AUTHOR_FILTER = ChoiceFilter(name="author", title=N_("经办人"), options=_authors)
TOTAL_FILTER = AmountFilter(name="total", title=N_("金额"))
APPLIED_FILTER = DayFilter(name="applied_on", title=N_("申请日期"))
FILED_FILTER = DayFilter(name="filed_on", title=N_("备案日期"))
IMPORT_FILTER = TestFilter(name="import_goods", title=N_("进口产品"))


def _print(page: ListPage, rows: Rows) -> None:
    print_many(page.desk, form="F-01", documents=tuple(uid_of(row) for row in rows))


PRINT = RowAction(
    id="print", title=N_("打印"), icon="print", run=_print, shortcut="Ctrl+P", quiet=True
)
