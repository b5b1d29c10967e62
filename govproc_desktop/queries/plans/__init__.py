"""Reads of 采购实施计划: the working list, the query, one plan whole."""

from govproc_desktop.queries.plans.lists import PLAN_LIST, PLAN_QUERY
from govproc_desktop.queries.plans.record import (
    AttachmentRow,
    DrawnFund,
    PlanHead,
    PlanParams,
    PlanRecord,
    StepRow,
    VersionRow,
    content_of,
    plan_detail,
)

__all__ = [
    "PLAN_LIST",
    "PLAN_QUERY",
    "AttachmentRow",
    "DrawnFund",
    "PlanHead",
    "PlanParams",
    "PlanRecord",
    "StepRow",
    "VersionRow",
    "content_of",
    "plan_detail",
]
