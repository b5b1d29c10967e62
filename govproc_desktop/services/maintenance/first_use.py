"""Set up an empty database: the first unit and its administrator, nobody by default."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import select

from govproc_desktop.domain.errors import Refused
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import Operator, Role, Unit
from govproc_desktop.services import accounts
from govproc_desktop.services.command import run
from govproc_desktop.services.context import Context
from govproc_desktop.services.passwords import check_password_strength

ADMIN_PERMISSIONS = ("unit.edit", "operator.edit", "reference.edit", "backup.make", "journal.view")
"""The first administrator sets others up; the account may neither file nor approve (T6)."""


@dataclass(frozen=True, kw_only=True)
class FirstUse:
    """Who uses the program first: one unit and its administrator."""

    unit_code: str
    unit_name: str
    login: str
    name: str
    password: str = field(repr=False)
    kind: str = "budget"
    region_code: str = "410000"


def set_up(asked: FirstUse, context: Context) -> None:
    """Fill an empty database through the one door; ``context`` acts as the system.

    A second try after a refusal goes on with the unit and the role the first one left.

    Raises:
        Refused: E1603, somebody has been set up already.
        BadInput: E1601 a weak password, or what the commands say.
    """
    check_password_strength(asked.password, asked.login, asked.name)
    with context.database.sessions() as session:
        if session.scalar(select(Operator.id).limit(1)) is not None:
            raise Refused(N_("这个数据库已经建立过账号，不能再次初始化。未作改动。"), {}, "E1603")
        # nobody can log in yet, so what is there was left by a try that was refused half way
        unit = session.scalar(select(Unit.uid).limit(1)) or uuid4()
        role = session.scalar(select(Role.uid).limit(1)) or uuid4()
    run(
        accounts.SaveUnit(
            unit=unit,
            code=asked.unit_code,
            name=asked.unit_name,
            kind=asked.kind,
            region_code=asked.region_code,
        ),
        context,
    )
    run(accounts.SaveRole(role=role, name=_("系统管理员"), permissions=ADMIN_PERMISSIONS), context)
    run(
        accounts.SaveOperator(
            operator=uuid4(),
            person=uuid4(),
            login=asked.login,
            name=asked.name,
            unit=unit,
            post=_("系统管理员"),
            password=asked.password,
            roles=(role,),
        ),
        context,
    )
