"""The process of a plan: 经办 → 内部审核 → 主管部门 → 财政审核 → 财政审批 → 已备案."""

from __future__ import annotations

from govproc_desktop.domain.workflow import StateInfo, Step, Workflow
from govproc_desktop.i18n import N_

DRAFT = "draft"
INTERNAL = "internal_review"
DEPARTMENT = "department_review"
FINANCE = "finance_review"
APPROVAL = "finance_approval"
RETURNED = "returned"
FILED = "filed"
VOID = "void"

NODES = (INTERNAL, DEPARTMENT, FINANCE, APPROVAL)
"""The review steps in their fixed order; a route is a selection of them."""

STATES = {
    DRAFT: StateInfo(title=N_("草稿"), tone="neutral", icon="ring", watermark=N_("草稿")),
    INTERNAL: StateInfo(
        title=N_("内部审核"),
        tone="info",
        icon="half",
        watermark=N_("审核中"),
        review="plan.review_internal",
    ),
    DEPARTMENT: StateInfo(
        title=N_("主管部门审核"),
        tone="info",
        icon="half",
        watermark=N_("审核中"),
        review="plan.review_department",
    ),
    FINANCE: StateInfo(
        title=N_("财政审核"),
        tone="info",
        icon="half",
        watermark=N_("审核中"),
        review="plan.review_finance",
    ),
    APPROVAL: StateInfo(
        title=N_("财政审批"),
        tone="info",
        icon="half",
        watermark=N_("审核中"),
        review="plan.approve_finance",
    ),
    RETURNED: StateInfo(title=N_("退回"), tone="danger", icon="back", watermark=N_("退回")),
    FILED: StateInfo(title=N_("已备案"), tone="accent", icon="check"),
    VOID: StateInfo(title=N_("作废"), tone="neutral", icon="x", watermark=N_("作废")),
}

VERBS = {
    "submit": N_("提交"),
    "approve": N_("同意"),
    "return": N_("退回"),
    "withdraw": N_("撤回"),
    "void": N_("作废"),
}


def _review(state: str) -> str:
    return STATES[state].review


def _steps() -> tuple[Step, ...]:
    made = [
        Step(action="submit", source=source, target=target, permission="plan.edit")
        for source in (DRAFT, RETURNED)
        for target in (*NODES, FILED)
        if not (source == DRAFT and target == APPROVAL)
    ]
    for at, node in enumerate(NODES):
        made += _review_steps(at, node)
    made.append(
        Step(
            action="void",
            source=FILED,
            target=VOID,
            permission="plan.void",
            opinion_required=True,
        )
    )
    made += [
        Step(action="void", source=source, target=VOID, permission="plan.edit")
        for source in (DRAFT, RETURNED)
    ]
    return tuple(made)


def _review_steps(at: int, node: str) -> list[Step]:
    made = [
        Step(action="approve", source=node, target=target, permission=_review(node), review=True)
        for target in (*NODES[at + 1 :], FILED)
        if not (node == FINANCE and target == FILED)
    ]
    made += [
        Step(
            action="return",
            source=node,
            target=target,
            permission=_review(node),
            review=True,
            opinion_required=True,
        )
        for target in (RETURNED, *NODES[:at])
    ]
    made.append(Step(action="withdraw", source=node, target=DRAFT, permission="plan.edit"))
    return made


PLAN_FLOW = Workflow(
    name="plan",
    title=N_("采购实施计划"),
    states=STATES,
    start=DRAFT,
    ends=frozenset({VOID}),
    steps=_steps(),
    verbs=VERBS,
)
