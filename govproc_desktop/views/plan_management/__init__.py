"""计划管理: the windows of this menu, in the order of the navigation."""

from dataclasses import replace

from govproc_desktop.i18n import N_
from govproc_desktop.views.kit.spec import WindowSpec
from govproc_desktop.views.plan_management.fund_conflicts import make_fund_conflicts
from govproc_desktop.views.plan_management.fund_import import FundImportWindow, make_import_logs
from govproc_desktop.views.plan_management.fund_plans import FundPlansWindow
from govproc_desktop.views.plan_management.plan_form import PLAN_FORM
from govproc_desktop.views.plan_management.plan_query import make_plan_query
from govproc_desktop.views.plan_management.plans import make_plans

WINDOWS = (
    WindowSpec(
        id="fund_plans",
        title=N_("用款计划查询"),
        menu=N_("计划管理"),
        permission="fund_plan.view",
        make=FundPlansWindow,
        icon="yen",
    ),
    WindowSpec(
        id="fund_plan.import",
        title=N_("导入用款计划"),
        menu=N_("计划管理"),
        permission="fund_plan.import",
        make=FundImportWindow,
        icon="upload",
    ),
    WindowSpec(
        id="fund_conflicts",
        title=N_("冲突清单"),
        menu=N_("计划管理"),
        permission="fund_plan.view",
        make=make_fund_conflicts,
        icon="warn",
    ),
    WindowSpec(
        id="import_logs",
        title=N_("导入记录"),
        menu=N_("计划管理"),
        permission="fund_plan.import",
        make=make_import_logs,
        icon="history",
    ),
    WindowSpec(
        id="plans",
        title=N_("计划备案"),
        menu=N_("计划管理"),
        permission="plan.edit",
        make=make_plans,
        icon="plan",
    ),
    WindowSpec(
        id="plan_query",
        title=N_("计划备案查询"),
        menu=N_("计划管理"),
        permission="plan.view",
        make=make_plan_query,
        icon="search",
    ),
    replace(PLAN_FORM, under=("plans", "plan_query")),
)
