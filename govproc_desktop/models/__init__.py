"""Remember: SQLAlchemy mapped classes and the kernel in the database."""

from govproc_desktop.models.approval import DocumentVersion, ProcessStep, StepTaken, Task
from govproc_desktop.models.attachment import (
    Attachment,
    Draft,
    FileBody,
    NumberCounter,
    NumberIssued,
    OfficeFact,
    PrintLog,
    ReferenceSet,
    SavedView,
)
from govproc_desktop.models.base import Base
from govproc_desktop.models.fund_plan import FundConflict, FundPlan, ImportLog
from govproc_desktop.models.journal import JournalEntry, JournalHead
from govproc_desktop.models.ledger import ACCOUNTS, FundBalance, LedgerEntry
from govproc_desktop.models.operator import (
    Operator,
    OperatorPermission,
    OperatorRole,
    Person,
    Role,
    RolePermission,
)
from govproc_desktop.models.plan import Plan, PlanFund, PlanItem
from govproc_desktop.models.unit import Unit

__all__ = [
    "ACCOUNTS",
    "Attachment",
    "Base",
    "DocumentVersion",
    "Draft",
    "FileBody",
    "FundBalance",
    "FundConflict",
    "FundPlan",
    "ImportLog",
    "JournalEntry",
    "JournalHead",
    "LedgerEntry",
    "NumberCounter",
    "NumberIssued",
    "OfficeFact",
    "Operator",
    "OperatorPermission",
    "OperatorRole",
    "Person",
    "Plan",
    "PlanFund",
    "PlanItem",
    "PrintLog",
    "ProcessStep",
    "ReferenceSet",
    "Role",
    "RolePermission",
    "SavedView",
    "StepTaken",
    "Task",
    "Unit",
]
