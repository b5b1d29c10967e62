"""The lines of the picker: what each fund plan had, what is left, what is drawn now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from govproc_desktop.domain.money import ZERO, money_text
from govproc_desktop.domain.plan.content import FundDraw
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.fund_plans.choices import (
    FundChoice,
)
from govproc_desktop.views.kit.chart_data import share
from govproc_desktop.views.kit.form_window.reading import read_error, tidy_money
from govproc_desktop.views.kit.lines_model import Line, LineColumn, LinesModel
from govproc_desktop.views.kit.roles import HATCH, ColumnLook, Kind, Segment
from govproc_desktop.views.plan_management.plan_form.funds_section import amount_of


@dataclass(frozen=True, kw_only=True)
class PickerNeed:
    """What the picker opens with: the plan's year, what is drawn already, own money, the goal."""

    year: int
    midterm: bool
    drawn: Mapping[UUID, str]
    own: Decimal
    items: Decimal


class PickLines:
    """The picker's lines and columns over the fund plans offered."""

    def __init__(
        self,
        choices: Sequence[FundChoice],
        need: PickerNeed,
        *,
        names: Mapping[str, str],
    ) -> None:
        self.by_uid = {str(each.uid): each for each in choices}
        self._need = need
        self._names = names
        self.model = LinesModel(self._columns())
        ordered = sorted(choices, key=lambda each: (each.uid not in need.drawn, each.plan_no))
        self.model.set_lines(
            {
                "uid": str(each.uid),
                "on": "1" if each.uid in need.drawn else "",
                "amount": need.drawn.get(each.uid, ""),
            }
            for each in ordered
        )

    def fund(self, line: Line) -> FundChoice:
        """Return the fund plan of a line."""
        return self.by_uid[line["uid"]]

    def ticked(self) -> list[Line]:
        """Return the ticked lines."""
        return [line for line in self.model.lines() if line.get("on")]

    def drawn(self) -> Decimal:
        """Return what is drawn on all ticked lines."""
        return sum((amount_of(line) for line in self.ticked()), ZERO)

    def needed(self, but: str = "") -> Decimal:
        """Return what is still to be found, leaving one line's own draw out."""
        others = sum((amount_of(line) for line in self.ticked() if line["uid"] != but), ZERO)
        return max(ZERO, self._need.items - self._need.own - others)

    def _money(self, key: str, title: str, *, strong: bool = False) -> LineColumn:
        return LineColumn(
            key=key,
            title=title,
            look=ColumnLook(kind=Kind.MONEY, width=126, strong=strong),
            show=lambda line, _row: money_text(self._amount(line, key)),
        )

    def _columns(self) -> tuple[LineColumn, ...]:
        return (
            *self._name_columns(),
            self._money("amount_planned", N_("计划金额(元)")),
            self._money("available", N_("拟可用(元)"), strong=True),
            self._money("requested", N_("已申请支付(元)")),
            self._money("spendable", N_("实际可用(元)")),
            *self._draw_columns(),
        )

    def _name_columns(self) -> tuple[LineColumn, ...]:
        look = ColumnLook
        return (
            LineColumn(key="on", title="", look=look(kind=Kind.TICK, width=44), edit="tick"),
            LineColumn(
                key="no",
                title=N_("用款计划号 / 指标文号"),
                look=look(kind=Kind.TWO_LINE, width=172, strong=True),
                show=lambda line, _row: self.fund(line).plan_no,
                second=lambda line: self.fund(line).doc_no,
            ),
            LineColumn(
                key="project",
                title=N_("预算项目 / 部门经济分类"),
                look=look(kind=Kind.TWO_LINE, width=180, stretch=True),
                show=lambda line, _row: self.fund(line).project,
                second=self._econ,
            ),
        )

    def _draw_columns(self) -> tuple[LineColumn, ...]:
        look = ColumnLook
        return (
            LineColumn(
                key="use",
                title=N_("使用情况"),
                look=look(kind=Kind.BAR, width=136),
                show=self._percent,
                bar=self._bar,
            ),
            LineColumn(
                key="amount",
                title=N_("本次申请使用(元)"),
                look=look(kind=Kind.EDIT, width=166, right=True),
                edit="number",
                framed=lambda line: bool(line.get("on")),
                hint=lambda line: _("最多 {limit}").format(
                    limit=money_text(self.fund(line).plannable)
                ),
                check=self._wrong,
                tidy=tidy_money,
                limit=self._limit,
            ),
            LineColumn(key="end", title="", look=look(width=14, padding=0)),
        )

    def _amount(self, line: Line, key: str) -> Decimal:
        balances = self.fund(line).balances
        return {
            "amount_planned": balances.amount,
            "available": balances.available,
            "requested": balances.requested,
            "spendable": balances.spendable,
        }[key]

    def _econ(self, line: Line) -> str:
        code = self.fund(line).econ_class
        return f"{code} {self._names.get(code, '')}".strip()

    def _draw(self, line: Line) -> Decimal:
        return amount_of(line) if line.get("on") else ZERO

    def _percent(self, line: Line, _row: int) -> str:
        held = self.fund(line).balances
        used = held.filed + held.in_transit + self._draw(line)
        return f"{int(used * 100 / held.amount)}%" if held.amount else ""

    def _bar(self, line: Line) -> tuple[Segment, ...]:
        held = self.fund(line).balances
        parts = (
            (held.paid, "ramp4"),
            (held.requested - held.paid, "ramp3"),
            (held.filed + held.in_transit - held.requested, "ramp2"),
            (self._draw(line), HATCH),
        )
        return tuple(Segment(share(part, held.amount), token) for part, token in parts if part > 0)

    def _wrong(self, line: Line) -> str:
        if not line.get("on"):
            return ""
        if sentence := read_error(FundDraw, "amount", text=line.get("amount", "")):
            return sentence
        limit, amount = self.fund(line).plannable, amount_of(line)
        if amount <= limit:
            return ""
        over = money_text(amount - limit)
        return _("{no} 最多可填 {limit}，填多了 {over}。").format(
            no=self.fund(line).plan_no, limit=money_text(limit), over=over
        )

    def _limit(self, line: Line) -> tuple[str, str]:
        fund = self.fund(line)
        told = _("{no} 最多可填 {limit}，填 {amount} 后还剩 {left}").format(
            no=fund.plan_no,
            limit=money_text(fund.plannable),
            amount=money_text(amount_of(line)),
            left=money_text(fund.plannable - amount_of(line)),
        )
        return told, "accent"
