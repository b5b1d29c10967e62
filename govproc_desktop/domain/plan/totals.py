"""The three sums of a plan that must agree: 财政资金 + 自有资金 = Σ采购内容 (R3)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.money import ZERO, subtotal
from govproc_desktop.domain.plan.content import Item, PlanContent


@dataclass(frozen=True, kw_only=True)
class PlanTotals:
    """What a plan adds up to, in 元; ``difference`` is what the funds lack (negative: too much)."""

    fiscal: Decimal = ZERO
    own: Decimal = ZERO
    items: Decimal = ZERO

    @property
    def funds(self) -> Decimal:
        """资金合计 = 财政资金 + 自有资金."""
        return self.fiscal + self.own

    @property
    def difference(self) -> Decimal:
        """采购内容合计 − 资金合计."""
        return self.items - self.funds


def line_total(item: Item) -> Decimal:
    """Return 数量×单价 of a line to the fen; 0.00 while it is incomplete or beyond the limit."""
    if item.quantity is None or item.price is None:
        return ZERO
    if not (item.quantity.is_finite() and item.price.is_finite()):
        return ZERO
    try:
        return subtotal(item.quantity, item.price)
    except BadInput:
        return ZERO


def totals(content: PlanContent) -> PlanTotals:
    """Add up a plan as it stands, complete or not."""
    return PlanTotals(
        fiscal=content.fiscal,
        own=content.own,
        items=sum((line_total(item) for item in content.items), ZERO),
    )
