"""Permissions and the person who acts; decided here, below the windows.

To add a permission: one row in :data:`PERMISSIONS`, named like the commands it covers.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from govproc_desktop.i18n import N_


@dataclass(frozen=True)
class Permission:
    """A right that can be given to a role or a person, with its menu for the tick tree."""

    id: str
    title: str
    menu: str


PERMISSIONS: dict[str, Permission] = {
    each.id: each
    for each in (
        Permission("fund_plan.view", N_("查看用款计划"), N_("计划管理")),
        Permission("fund_plan.import", N_("导入用款计划"), N_("计划管理")),
        Permission("plan.view", N_("查看采购实施计划"), N_("计划管理")),
        Permission("plan.edit", N_("编制和提交采购实施计划"), N_("计划管理")),
        Permission("plan.void", N_("作废已备案的采购实施计划"), N_("计划管理")),
        Permission("plan.review_internal", N_("内部审核"), N_("待办事项")),
        Permission("plan.review_department", N_("主管部门审核"), N_("待办事项")),
        Permission("plan.review_finance", N_("财政审核"), N_("待办事项")),
        Permission("plan.approve_finance", N_("财政审批"), N_("待办事项")),
        Permission("unit.edit", N_("维护单位资料"), N_("系统")),
        Permission("operator.edit", N_("维护操作人员和角色"), N_("操作权限")),
        Permission("reference.edit", N_("维护基础数据"), N_("系统")),
        Permission("backup.make", N_("备份与恢复"), N_("系统")),
        Permission("journal.view", N_("查看审计日志"), N_("系统")),
    )
}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which units' data a person may see: all, or those listed (own and subordinate)."""

    everything: bool = False
    unit_ids: tuple[int, ...] = ()

    def covers(self, unit_id: int | None) -> bool:
        """Say whether a record of this unit may be seen."""
        return self.everything or unit_id in self.unit_ids


@dataclass(frozen=True, kw_only=True)
class Actor:
    """The person on whose behalf a command or query runs, with rights resolved at login."""

    operator_id: int
    operator_uid: UUID
    login: str
    person_id: int
    person_name: str
    post: str
    unit_id: int
    unit_uid: UUID
    unit_code: str
    unit_name: str
    unit_kind: str
    region_code: str
    internal_mark: bool
    permissions: frozenset[str]
    scope: Scope
    stamp: str = ""
    """Changes whenever the account, its unit or one of its roles is saved."""

    def may(self, permission: str) -> bool:
        """Say whether the person holds a permission (for 内部审核 both marks are needed: R16)."""
        if permission == "plan.review_internal" and not self.internal_mark:
            return False
        return permission in self.permissions


SYSTEM = Actor(
    operator_id=0,
    operator_uid=UUID(int=0),
    login="系统",
    person_id=0,
    person_name="系统",
    post="",
    unit_id=0,
    unit_uid=UUID(int=0),
    unit_code="",
    unit_name="",
    unit_kind="system",
    region_code="",
    internal_mark=False,
    permissions=frozenset({"unit.edit", "operator.edit", "reference.edit"}),
    scope=Scope(everything=True),
)
"""Sets up an empty database: units, operators, reference data; may neither file nor approve."""
