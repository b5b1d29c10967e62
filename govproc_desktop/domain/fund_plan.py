"""用款计划 as the budget system sends it, and the balances every window shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from govproc_desktop.domain.fields import Code, Money, Name

MOST_ROWS = 200_000


@dataclass(frozen=True, kw_only=True)
class FundPlanRow:
    """One YKJH row; ``cell`` is the address its amount was read from, for the report."""

    plan_no: Code
    fiscal_year: int
    mof_div_code: Code
    agency_code: Code
    agency_name: Name = ""
    manage_mof_dep: Name = ""
    cor_bgt_doc_no: Name = ""
    pro_code: Code = ""
    pro_name: Name = ""
    fund_type_code: Code = ""
    exp_func_code: Code = ""
    gov_bgt_eco_code: Code = ""
    dep_bgt_eco_code: Code = ""
    pay_type_code: Code = ""
    is_gov_pur: bool = True
    pur_catalog_ver: Code = ""
    pur_catalog_code: Code = ""
    amount: Money
    month: int = 0
    approve_date: date | None = None
    version: int = 1
    row: int = 0
    cell: Code = ""

    @property
    def key(self) -> tuple[int, str, str]:
        """The YKJH key: fiscal year, region code, plan number."""
        return (self.fiscal_year, self.mof_div_code, self.plan_no)


@dataclass(frozen=True, kw_only=True)
class RowRefused:
    """One row that was not taken: where, in which column, and why."""

    row: int
    cell: Code = ""
    column: Name = ""
    reason: Name = ""


@dataclass(frozen=True, kw_only=True)
class Balances:
    """The money of one fund plan, in 元; every figure any window shows comes from these six."""

    amount: Decimal = Decimal(0)
    in_transit: Decimal = Decimal(0)
    filed: Decimal = Decimal(0)
    contracted: Decimal = Decimal(0)
    requested: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)

    @property
    def available(self) -> Decimal:
        """拟可用 = P − F − 在途 (R1)."""
        return self.amount - self.filed - self.in_transit

    @property
    def spendable(self) -> Decimal:
        """实际可用 = P − Z."""
        return self.amount - self.paid
