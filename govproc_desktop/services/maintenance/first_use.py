"""Set up an empty database: the first unit and its administrator, nobody by default."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import select

from govproc_desktop.domain.errors import BadInput, Refused
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import Operator
from govproc_desktop.services import accounts
from govproc_desktop.services.command import run
from govproc_desktop.services.context import Context

ADMIN_PERMISSIONS = ("unit.edit", "operator.edit", "reference.edit", "backup.make", "journal.view")
"""The first administrator sets others up; the account may neither file nor approve (T6)."""

_SHORTEST = 8


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

    Raises:
        Refused: E1603, somebody has been set up already.
        BadInput: E1601 a weak password, or what the commands say.
    """
    check_password_strength(asked.password, asked.login, asked.name)
    with context.database.sessions() as session:
        if session.scalar(select(Operator.id).limit(1)) is not None:
            raise Refused(N_("这个数据库已经建立过账号，不能再次初始化。未作改动。"), {}, "E1603")
    unit, role = uuid4(), uuid4()
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


def check_password_strength(password: str, login: str, name: str) -> None:
    """Refuse a password that is short, of one kind of character, or holds the account or name.

    Raises:
        BadInput: E1601 saying what is missing.
    """
    kinds = (str.isdigit, str.isalpha, lambda text: not text.isalnum())
    used = sum(any(test(each) for each in password) for test in kinds)
    if len(password) < _SHORTEST or used < 2:
        raise BadInput(
            N_("密码太弱：至少 {least} 位，并且字母、数字、符号至少用两种。"),
            {"least": _SHORTEST},
            "E1601",
        )
    if any(each and each.lower() in password.lower() for each in (login, name)):
        raise BadInput(N_("密码太弱：不能含有账号或姓名。"), {}, "E1601")
