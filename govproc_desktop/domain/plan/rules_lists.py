"""Which rules judge a plan at which moment: saving, submitting and reviewing, voiding, acting."""

from __future__ import annotations

from govproc_desktop.domain.plan.rules_choice import (
    catalogue_forced,
    code_known,
    codes_known,
    condition_belongs,
    condition_chosen,
    mall_forced,
    method_fits,
)
from govproc_desktop.domain.plan.rules_form import (
    dates_in_order,
    department_exists,
    finance_exists,
    required_filled,
    sme_answered,
    urgency_based,
)
from govproc_desktop.domain.plan.rules_limits import (
    import_papers,
    no_splitting,
    other_papers,
    tender_or_approval,
)
from govproc_desktop.domain.plan.rules_money import (
    amounts_proper,
    draft_holds_nothing,
    funds_own,
    funds_usable,
    midterm_funds,
    nothing_contracted,
    subtotals_computed,
    sums_agree,
    within_available,
)
from govproc_desktop.domain.plan.rules_people import may_review, not_own_work
from govproc_desktop.domain.rules import Rule

SAVE_RULES: tuple[Rule, ...] = (
    amounts_proper,
    subtotals_computed,
    funds_own,
    method_fits,
    condition_belongs,
    codes_known,
)
"""What even a draft may not break: nothing of it could have been typed in the form."""

PLAN_RULES: tuple[Rule, ...] = (
    sums_agree,
    within_available,
    draft_holds_nothing,
    no_splitting,
    tender_or_approval,
    required_filled,
    dates_in_order,
    amounts_proper,
    subtotals_computed,
    funds_usable,
    midterm_funds,
    code_known,
    codes_known,
    method_fits,
    condition_belongs,
    condition_chosen,
    mall_forced,
    catalogue_forced,
    sme_answered,
    urgency_based,
    import_papers,
    other_papers,
    department_exists,
    finance_exists,
)
"""What a submitted plan obeys; the same list answers the form, the reviewer and 为什么不能."""

VOID_RULES: tuple[Rule, ...] = (nothing_contracted,)
REVIEWER_RULES: tuple[Rule, ...] = (may_review, not_own_work)
