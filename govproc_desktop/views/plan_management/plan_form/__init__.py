"""计划备案: the form of a plan with its sections, dialogs and live review."""

from govproc_desktop.i18n import N_
from govproc_desktop.views.kit.spec import WindowSpec
from govproc_desktop.views.plan_management.plan_form.window import PlanForm

PLAN_FORM = WindowSpec(
    id="plan.form",
    title=N_("计划备案"),
    menu="",
    permission="plan.view",
    make=PlanForm,
    icon="plan",
)

__all__ = ["PLAN_FORM", "PlanForm"]
