"""The 资金来源 grid: draws on fund plans, 公用经费 and 其它资金, each beside its limit."""

from __future__ import annotations

from decimal import Decimal

from govproc_desktop.domain.errors import AppError
from govproc_desktop.domain.money import ZERO, money_text, parse_money
from govproc_desktop.domain.plan.content import FUND_KIND_TITLES, FundDraw, FundKind
from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit.fmt import NOTHING
from govproc_desktop.views.kit.form_window.reading import read_error, tidy_money
from govproc_desktop.views.kit.lines_model import Line, LineColumn, LinesModel, Suggestion
from govproc_desktop.views.kit.roles import ColumnLook, Kind
from govproc_desktop.views.plan_management.plan_form.data import Finder, PlanData

OVER = N_("超过拟可用 {limit}，多了 {over}。请调减，或另选用款计划。")
LIMIT = N_("最多 {limit}，用后剩 {left}。填这个项目一共要用多少，不是某一次付款。")


def amount_of(line: Line) -> Decimal:
    """Return the amount of a line as typed; 0.00 while it is none."""
    try:
        return parse_money(line.get("amount", ""))
    except AppError:
        return ZERO


def is_own(line: Line) -> bool:
    """Whether a line is own money (公用经费 or 其它资金)."""
    return line.get("kind") != FundKind.FUND_PLAN


class FundLines:
    """Makes the grid's model and answers what its cells show; ``others`` sees all lines."""

    def __init__(self, data: PlanData) -> None:
        self._data = data
        self.model = LinesModel(self._columns())

    def limit(self, line: Line) -> Decimal | None:
        """Return what this line may draw: 拟可用 less what other lines draw on the same plan."""
        fund = self._data.fund(line)
        if fund is None:
            return None
        others = sum(
            (
                amount_of(each)
                for each in self.model.lines()
                if each["uid"] != line["uid"] and each.get("fund_plan") == line["fund_plan"]
            ),
            ZERO,
        )
        return self._data.available(fund) - others

    def _columns(self) -> tuple[LineColumn, ...]:
        return (*self._source_columns(), *self._amount_columns())

    def _source_columns(self) -> tuple[LineColumn, ...]:
        text = ColumnLook
        return (
            LineColumn(
                key="plan_no",
                title=N_("用款计划号"),
                look=text(width=134, padding=8),
                show=self._number,
            ),
            LineColumn(
                key="doc_no", title=N_("指标文号"), look=text(width=144, padding=8), show=self._doc
            ),
            LineColumn(
                key="own_kind",
                title=N_("资金性质"),
                look=text(kind=Kind.EDIT, width=112, padding=12),
                edit="lookup",
                hint=N_("资金性质"),
                editable=is_own,
                show=self._kind,
                lookup=lambda _line, typed: self._codes(self._data.fund_kinds, "own_kind", typed),
            ),
            LineColumn(
                key="econ_code",
                title=N_("部门经济分类"),
                look=text(kind=Kind.EDIT, stretch=True, width=150, padding=12),
                edit="lookup",
                hint=N_("编码或名称"),
                editable=is_own,
                show=self._econ,
                lookup=lambda _line, typed: self._codes(
                    self._data.econ_classes, "econ_code", typed
                ),
            ),
        )

    def _amount_columns(self) -> tuple[LineColumn, ...]:
        text = ColumnLook
        return (
            LineColumn(
                key="planned",
                title=N_("计划金额"),
                look=text(kind=Kind.MONEY, width=102, padding=10),
                show=self._planned,
            ),
            LineColumn(
                key="available",
                title=N_("拟可用"),
                look=text(kind=Kind.MONEY, width=102, padding=10),
                show=self._available,
            ),
            LineColumn(
                key="amount",
                title=N_("本次申请使用"),
                look=text(kind=Kind.EDIT, width=126, right=True, required=True),
                edit="number",
                framed=True,
                check=self._wrong,
                tidy=tidy_money,
                limit=self._limit_told,
            ),
            LineColumn(
                key="left",
                title=N_("用后剩余"),
                look=text(kind=Kind.MONEY, width=102, padding=10),
                show=self._left,
            ),
            LineColumn(key="x", title="", look=text(kind=Kind.ICONS, width=36, padding=8)),
        )

    def _codes(self, finder: Finder, key: str, typed: str) -> list[Suggestion]:
        return [
            Suggestion(each.code, each.name, fills={key: each.code}) for each in finder.find(typed)
        ]

    def _number(self, line: Line, _row: int) -> str:
        fund = self._data.fund(line)
        if fund is not None:
            return fund.plan_no
        return _(FUND_KIND_TITLES[FundKind(line.get("kind") or FundKind.OTHER)])

    def _doc(self, line: Line, _row: int) -> str:
        fund = self._data.fund(line)
        return fund.doc_no if fund is not None and fund.doc_no else NOTHING

    def _kind(self, line: Line, _row: int) -> str:
        fund = self._data.fund(line)
        code = fund.fund_type if fund is not None else line.get("own_kind", "")
        name = self._data.name_of(self._data.fund_kinds, code)
        return name.removesuffix("资金") if code else ""

    def _econ(self, line: Line, _row: int) -> str:
        fund = self._data.fund(line)
        code = fund.econ_class if fund is not None else line.get("econ_code", "")
        name = self._data.name_of(self._data.econ_classes, code)
        return f"{code} {name}" if name != code else code

    def _planned(self, line: Line, _row: int) -> str:
        fund = self._data.fund(line)
        return money_text(fund.balances.amount) if fund is not None else NOTHING

    def _available(self, line: Line, _row: int) -> str:
        fund = self._data.fund(line)
        return money_text(self._data.available(fund)) if fund is not None else NOTHING

    def _left(self, line: Line, _row: int) -> str:
        limit = self.limit(line)
        return money_text(limit - amount_of(line)) if limit is not None else NOTHING

    def _wrong(self, line: Line) -> str:
        typed = line.get("amount", "")
        if sentence := read_error(FundDraw, "amount", text=typed):
            return sentence
        limit, amount = self.limit(line), amount_of(line)
        if limit is None or amount <= limit or self.model.read_only:
            return ""
        return _(OVER).format(limit=money_text(limit), over=money_text(amount - limit))

    def _limit_told(self, line: Line) -> tuple[str, str]:
        limit = self.limit(line)
        if limit is None:
            return _("自有资金不占用用款计划，也不送预算系统。"), "text3"
        left = money_text(limit - amount_of(line))
        return _(LIMIT).format(limit=money_text(limit), left=left), "accent"
