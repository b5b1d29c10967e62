"""Reads of 用款计划: lists, one record with its ledger, balances on a day, choices for a plan."""

from govproc_desktop.queries.fund_plans.choices import (
    ChoicesParams,
    FundChoice,
    WhyNot,
    conditions,
    fund_plan_choices,
    why_not_listed,
)
from govproc_desktop.queries.fund_plans.lists import (
    FUND_CONFLICT_LIST,
    FUND_PLAN_LIST,
    IMPORT_LOG_LIST,
    LEDGER_LIST,
)
from govproc_desktop.queries.fund_plans.record import (
    BalancesParams,
    BalancesRow,
    DetailParams,
    FundPlanRecord,
    LedgerRow,
    balances_at,
    fund_plan_detail,
)

__all__ = [
    "FUND_CONFLICT_LIST",
    "FUND_PLAN_LIST",
    "IMPORT_LOG_LIST",
    "LEDGER_LIST",
    "BalancesParams",
    "BalancesRow",
    "ChoicesParams",
    "DetailParams",
    "FundChoice",
    "FundPlanRecord",
    "LedgerRow",
    "WhyNot",
    "balances_at",
    "conditions",
    "fund_plan_choices",
    "fund_plan_detail",
    "why_not_listed",
]
