"""Units: the 预算单位 and finance offices, and which of them an administrator looks after."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.domain.errors import BadInput, NotFound
from govproc_desktop.domain.fields import Code, Name, label
from govproc_desktop.domain.regulation import BudgetLevel
from govproc_desktop.i18n import N_
from govproc_desktop.models import Unit
from govproc_desktop.services.command import command
from govproc_desktop.services.initials import initials
from govproc_desktop.services.required import demand_filled
from govproc_desktop.services.transaction import Tx

_KINDS = ("budget", "finance")
_FILING_MODES = ("at_once", "internal")
_REGION_DIGITS = 6


@dataclass(frozen=True, kw_only=True)
class SaveUnit:
    """Create or change a unit; ``parent`` is the 主管单位."""

    unit: UUID
    code: Code = field(metadata=label(N_("单位编码"), required=True))
    name: Name = field(metadata=label(N_("单位名称"), required=True))
    kind: Code = "budget"
    region_code: Code = "410000"
    budget_level: int = 2
    parent: UUID | None = None
    business_office: Name = ""
    contact: Name = ""
    phone: Code = ""
    filing_mode: Code = "at_once"


@command("unit.save", N_("保存单位"), permission="unit.edit")
def save_unit(cmd: SaveUnit, tx: Tx) -> dict[str, object]:
    """Create the unit on first use of its uid, else change it.

    Raises:
        BadInput: E1503 a required field is empty, E4005 a code that is not one, E1303 the 单位编码
            is taken or the 主管单位 is the unit itself or one below it.
    """
    demand_filled(cmd)
    _check_codes(cmd)
    unit = tx.session.scalars(select(Unit).where(Unit.uid == cmd.unit)).one_or_none()
    _check_code_free(cmd, tx)
    parent = administered_unit(tx, cmd.parent) if cmd.parent else None
    if unit is None:
        unit = Unit(uid=cmd.unit, row_version=0)
        tx.session.add(unit)
    else:
        _check_no_circle(tx, unit, parent)
    former = tx.session.get(Unit, unit.parent_id) if unit.parent_id else None
    for each in {former, parent} - {None}:
        assert each is not None
        # The scope of its people has changed: their rights are resolved anew.
        each.row_version += 1
    unit.code, unit.name, unit.kind = cmd.code, cmd.name, cmd.kind
    unit.region_code, unit.budget_level = cmd.region_code, cmd.budget_level
    unit.parent_id = parent.id if parent else None
    unit.business_office, unit.contact, unit.phone = cmd.business_office, cmd.contact, cmd.phone
    unit.filing_mode = cmd.filing_mode
    unit.initials = initials(cmd.name)
    unit.row_version += 1
    tx.changed("unit", cmd.unit)
    return {"unit": str(cmd.unit)}


def administered_unit(tx: Tx, uid: UUID) -> Unit:
    """Return a unit that the person may set up: any with 维护单位资料, else those in scope.

    Raises:
        NotFound: E1306, no such unit, or another's.
    """
    found = tx.session.scalars(select(Unit).where(Unit.uid == uid)).one_or_none()
    if found is None or not administers(tx, found.id):
        raise NotFound(N_("没有这个单位，或不归您维护。没有保存。"), {}, "E1306")
    return found


def administers(tx: Tx, unit_id: int | None) -> bool:
    """Say whether the person may set up the people and roles of a unit."""
    return tx.actor.may("unit.edit") or tx.actor.scope.covers(unit_id)


def _check_codes(cmd: SaveUnit) -> None:
    region = cmd.region_code
    faults = (
        (cmd.kind not in _KINDS, N_("单位类型“{value}”不行，只能是 budget 或 finance。"), cmd.kind),
        (
            cmd.filing_mode not in _FILING_MODES,
            N_("备案方式“{value}”不行，只能是 at_once 或 internal。"),
            cmd.filing_mode,
        ),
        (
            cmd.budget_level not in tuple(BudgetLevel),
            N_("预算级次 {value} 不行，只能是 1（中央）到 5（乡镇）。"),
            cmd.budget_level,
        ),
        (
            not (region.isascii() and region.isdigit() and len(region) == _REGION_DIGITS),
            N_("行政区划“{value}”不行，须是 6 位数字，如 410000。"),
            region,
        ),
    )
    for wrong, template, value in faults:
        if wrong:
            raise BadInput(template, {"value": value}, "E4005")


def _check_code_free(cmd: SaveUnit, tx: Tx) -> None:
    taken = tx.session.scalar(select(Unit.name).where(Unit.code == cmd.code, Unit.uid != cmd.unit))
    if taken is not None:
        raise BadInput(
            N_("单位编码 {code} 已由“{name}”使用，没有保存。请核对编码。"),
            {"code": cmd.code, "name": taken},
            "E1303",
        )


def _check_no_circle(tx: Tx, unit: Unit, parent: Unit | None) -> None:
    above, seen = parent, set[int]()
    while above is not None and above.id not in seen:
        if above.id == unit.id:
            raise BadInput(
                N_("主管单位不能是本单位，也不能是本单位的下属单位。没有保存。"), {}, "E1303"
            )
        seen.add(above.id)
        above = tx.session.get(Unit, above.parent_id) if above.parent_id else None
