"""The demo's units, roles and operators."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from uuid import UUID, uuid5

from govproc_desktop.paths import resource
from govproc_desktop.services.accounts import SaveOperator, SaveRole, SaveUnit
from govproc_desktop.services.command import run
from govproc_desktop.services.context import Context

PASSWORD = "yanshi2026"
_SPACE = UUID("6f6a3f0e-7d0b-4e5e-9a55-2a1f5d0c1123")

ROLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "clerk": ("经办岗", ("plan.view", "plan.edit", "fund_plan.view", "fund_plan.import")),
    "internal": ("内部审核岗", ("plan.view", "fund_plan.view", "plan.review_internal")),
    "department": (
        "主管部门审核岗",
        ("plan.view", "plan.edit", "fund_plan.view", "plan.review_department"),
    ),
    "finance": (
        "财政审核岗",
        ("plan.view", "fund_plan.view", "fund_plan.import", "plan.review_finance"),
    ),
    "approval": (
        "财政审批岗",
        ("plan.view", "fund_plan.view", "plan.approve_finance", "plan.void"),
    ),
    "admin": (
        "系统管理员",
        ("unit.edit", "operator.edit", "reference.edit", "backup.make", "journal.view"),
    ),
}


def uid_of(kind: str, name: str) -> UUID:
    """Return the demo's fixed uid of a record, the same on every machine."""
    return uuid5(_SPACE, f"{kind}:{name}")


def rows_of(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the demo's CSV files."""
    with resource(f"demo/{name}").open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def make_people(context: Context) -> None:
    """Create units, roles and operators through the door, as the system."""
    for row in rows_of("units.csv"):
        parent = uid_of("unit", row["parent"]) if row["parent"] else None
        run(
            SaveUnit(
                unit=uid_of("unit", row["code"]),
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                parent=parent,
                business_office=row["business_office"],
                contact=row["contact"],
                phone=row["phone"],
                filing_mode=row["filing_mode"],
            ),
            context,
        )
    for role, (name, permissions) in ROLES.items():
        run(SaveRole(role=uid_of("role", role), name=name, permissions=permissions), context)
    for row in rows_of("people.csv"):
        run(
            SaveOperator(
                operator=uid_of("operator", row["login"]),
                person=uid_of("person", row["login"]),
                login=row["login"],
                name=row["name"],
                unit=uid_of("unit", row["unit"]),
                post=row["post"],
                department=row["department"],
                phone=row["phone"],
                internal_mark=row["internal_mark"] == "1",
                password=PASSWORD,
                roles=(uid_of("role", row["role"]),),
            ),
            context,
        )
