"""What a clerk does with 采购实施计划: save, delete, submit, withdraw, urge, void."""

from govproc_desktop.services.plans.moving import (
    SubmitPlan,
    UrgePlan,
    VoidPlan,
    WithdrawPlan,
    submit,
    urge,
    void,
    withdraw,
)
from govproc_desktop.services.plans.saving import DeletePlan, SavePlan, delete, save

__all__ = [
    "DeletePlan",
    "SavePlan",
    "SubmitPlan",
    "UrgePlan",
    "VoidPlan",
    "WithdrawPlan",
    "delete",
    "save",
    "submit",
    "urge",
    "void",
    "withdraw",
]
