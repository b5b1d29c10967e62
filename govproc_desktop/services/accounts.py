"""Units, people, accounts and roles: set up, log in, and the rights a person has today."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from govproc_desktop.domain.errors import BadInput, Refused
from govproc_desktop.domain.fields import Code, Name, label
from govproc_desktop.domain.permissions import PERMISSIONS, Actor, Scope
from govproc_desktop.i18n import N_
from govproc_desktop.models import (
    Operator,
    OperatorPermission,
    OperatorRole,
    Person,
    Role,
    RolePermission,
    Unit,
)
from govproc_desktop.services.command import command
from govproc_desktop.services.context import Context
from govproc_desktop.services.initials import initials
from govproc_desktop.services.passwords import check_password, hash_password
from govproc_desktop.services.transaction import Tx

LOCK_TRIES = 5
LOCK_MINUTES = 15


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
    """Create the unit on first use of its uid, else change it."""
    unit = tx.session.scalars(select(Unit).where(Unit.uid == cmd.unit)).one_or_none()
    if unit is None:
        unit = Unit(uid=cmd.unit, row_version=0)
        tx.session.add(unit)
    unit.code, unit.name, unit.kind = cmd.code, cmd.name, cmd.kind
    unit.region_code, unit.budget_level = cmd.region_code, cmd.budget_level
    parent = tx.get(Unit, cmd.parent) if cmd.parent else None
    unit.parent_id = parent.id if parent else None
    if parent is not None:
        # The scope of the parent's people may have grown: their rights are resolved anew.
        parent.row_version += 1
    unit.business_office, unit.contact, unit.phone = cmd.business_office, cmd.contact, cmd.phone
    unit.filing_mode = cmd.filing_mode
    unit.initials = initials(cmd.name)
    unit.row_version += 1
    tx.changed("unit", cmd.unit)
    return {"unit": str(cmd.unit)}


@dataclass(frozen=True, kw_only=True)
class SaveRole:
    """Create or change a role and the permissions it gives."""

    role: UUID
    name: Name
    permissions: tuple[Code, ...]
    unit: UUID | None = None


@command("role.save", N_("保存角色"), permission="operator.edit")
def save_role(cmd: SaveRole, tx: Tx) -> None:
    """Write the role; holders get their new rights with their next command."""
    unknown = sorted(set(cmd.permissions) - set(PERMISSIONS))
    if unknown:
        raise BadInput(N_("没有这样的功能权限：{names}。"), {"names": "、".join(unknown)}, "E4005")
    role = tx.session.scalars(select(Role).where(Role.uid == cmd.role)).one_or_none()
    if role is None:
        role = Role(uid=cmd.role, row_version=0, name=cmd.name)
        tx.session.add(role)
    role.name, role.row_version = cmd.name, role.row_version + 1
    role.unit_id = tx.get(Unit, cmd.unit).id if cmd.unit else None
    tx.session.flush()
    held = tx.session.scalars(select(RolePermission).where(RolePermission.role_id == role.id))
    for each in held:
        tx.session.delete(each)
    tx.session.flush()
    tx.session.add_all(
        RolePermission(role_id=role.id, permission=each) for each in sorted(set(cmd.permissions))
    )
    tx.changed("role", cmd.role)


@dataclass(frozen=True, kw_only=True)
class SaveOperator:
    """Create or change a 操作人员; an empty password keeps the one there is."""

    operator: UUID
    person: UUID
    login: Code = field(metadata=label(N_("登录账号"), required=True))
    name: Name = field(metadata=label(N_("姓名"), required=True))
    unit: UUID
    post: Name = ""
    department: Name = ""
    phone: Code = ""
    internal_mark: bool = field(default=False, metadata=label(N_("内部审核标志")))
    password: str = field(default="", metadata={"secret": True})
    roles: tuple[UUID, ...] = ()
    permissions: tuple[Code, ...] = ()
    stopped: bool = False


@command("operator.save", N_("保存操作人员"), permission="operator.edit")
def save_operator(cmd: SaveOperator, tx: Tx) -> dict[str, object]:
    """Write the person and the account; the login account is made by saving."""
    person = tx.session.scalars(select(Person).where(Person.uid == cmd.person)).one_or_none()
    if person is None:
        person = Person(uid=cmd.person, name=cmd.name)
        tx.session.add(person)
    person.name, person.phone, person.initials = cmd.name, cmd.phone, initials(cmd.name)
    tx.session.flush()
    found = tx.session.scalars(select(Operator).where(Operator.uid == cmd.operator)).one_or_none()
    if found is None:
        if not cmd.password:
            raise BadInput(
                N_("新账号 {login} 还没有密码，请先设置。"), {"login": cmd.login}, "E1601"
            )
        found = Operator(uid=cmd.operator, row_version=0, password_hash="")
        tx.session.add(found)
    found.login, found.person_id = cmd.login.lower(), person.id
    found.unit_id = tx.get(Unit, cmd.unit).id
    found.post, found.department = cmd.post, cmd.department
    found.internal_mark, found.stopped = cmd.internal_mark, cmd.stopped
    found.row_version += 1
    if cmd.password:
        found.password_hash = hash_password(cmd.password)
    tx.session.flush()
    _give(tx.session, found.id, cmd)
    tx.changed("operator", cmd.operator)
    return {"operator": str(cmd.operator), "login": found.login}


def _give(session: Session, operator_id: int, cmd: SaveOperator) -> None:
    for model in (OperatorRole, OperatorPermission):
        for each in session.scalars(select(model).where(model.operator_id == operator_id)):
            session.delete(each)
    session.flush()
    role_ids = session.scalars(select(Role.id).where(Role.uid.in_(cmd.roles))) if cmd.roles else ()
    session.add_all(OperatorRole(operator_id=operator_id, role_id=each) for each in role_ids)
    session.add_all(
        OperatorPermission(operator_id=operator_id, permission=each)
        for each in sorted(set(cmd.permissions))
    )


@dataclass(frozen=True, kw_only=True)
class NoteLogin:
    """Note that an account tried to log in, with success or not."""

    operator: UUID
    success: bool


@command("login.note", N_("登记登录"), permission=None, journaled=False)
def note_login(cmd: NoteLogin, tx: Tx) -> None:
    """Count wrong tries in the database; five in a row lock the account for fifteen minutes."""
    found = tx.session.scalars(select(Operator).where(Operator.uid == cmd.operator)).one()
    if cmd.success:
        found.failed_tries, found.locked_until, found.last_login = 0, None, tx.now
        return
    found.failed_tries += 1
    if found.failed_tries >= LOCK_TRIES:
        found.locked_until = tx.now + timedelta(minutes=LOCK_MINUTES)
        found.failed_tries = 0


def log_in(context: Context, login: str, password: str) -> Actor:
    """Check the password and return the person with today's rights.

    Args:
        context: runs as the system; its actor is not used.
        login: the account, case ignored.
        password: as typed.

    Raises:
        Refused: E1601 wrong account or password, E1602 locked, E1604 stopped.
    """
    from govproc_desktop.services.command import run

    with context.database.sessions() as session:
        found = session.scalars(
            select(Operator).where(Operator.login == login.strip().lower())
        ).one_or_none()
    if found is None:
        raise Refused(N_("账号或密码不对。请核对登录账号，不区分大小写。"), {}, "E1601")
    now = context.clock().replace(tzinfo=None)
    if found.locked_until is not None and now < found.locked_until:
        minutes = int((found.locked_until - now).total_seconds() // 60) + 1
        raise Refused(
            N_("密码连续输错 {tries} 次，账号已锁定，请 {minutes} 分钟后再试。"),
            {"tries": LOCK_TRIES, "minutes": minutes},
            "E1602",
        )
    right = check_password(found.password_hash, password)
    run(NoteLogin(operator=found.uid, success=right), context)
    if not right:
        left = LOCK_TRIES - found.failed_tries - 1
        raise Refused(
            N_("账号或密码不对。再错 {left} 次将锁定 {minutes} 分钟。"),
            {"left": left, "minutes": LOCK_MINUTES},
            "E1601",
        )
    if found.stopped:
        raise Refused(N_("这个账号已停用，请联系单位管理员。"), {}, "E1604")
    with context.database.sessions() as session:
        return actor_of(session, session.get_one(Operator, found.id))


def actor_for_login(session: Session, login: str) -> Actor:
    """Return the person behind an account without a password: command line and tests only."""
    found = session.scalars(select(Operator).where(Operator.login == login.lower())).one_or_none()
    if found is None:
        raise Refused(N_("没有账号 {login}。"), {"login": login}, "E1601")
    return refresh(session, actor_of(session, found))


def refresh(session: Session, actor: Actor) -> Actor:
    """Return the person's rights as they stand now; one query while nothing has changed.

    Raises:
        Refused: E1604, the account was stopped meanwhile.
    """
    stamp = _stamp(session, actor.operator_id)
    if stamp is None:
        raise Refused(N_("您的账号已停用，没有办理。请联系单位管理员。"), {}, "E1604")
    if stamp == actor.stamp:
        return actor
    return actor_of(session, session.get_one(Operator, actor.operator_id))


def _stamp(session: Session, operator_id: int) -> str | None:
    """Return what changes whenever the account, its unit or one of its roles is saved."""
    roles = (
        select(func.coalesce(func.sum(Role.row_version), 0))
        .join(OperatorRole, OperatorRole.role_id == Role.id)
        .where(OperatorRole.operator_id == operator_id)
        .scalar_subquery()
    )
    found = session.execute(
        select(Operator.row_version, Unit.row_version, roles)
        .join(Unit, Unit.id == Operator.unit_id)
        .where(Operator.id == operator_id)
        .where(Operator.stopped == False)  # noqa: E712 - a stored 0 or 1, not SQL false
    ).one_or_none()
    return None if found is None else ".".join(str(each) for each in found)


def actor_of(session: Session, found: Operator) -> Actor:
    """Resolve an account into the person, permissions and data scope it acts with."""
    person = session.get_one(Person, found.person_id)
    unit = session.get_one(Unit, found.unit_id)
    by_role = (
        select(RolePermission.permission)
        .join(OperatorRole, OperatorRole.role_id == RolePermission.role_id)
        .join(Role, Role.id == RolePermission.role_id)
        .where(OperatorRole.operator_id == found.id)
        .where(Role.stopped == False)  # noqa: E712 - a stored 0 or 1, not SQL false
    )
    own = select(OperatorPermission.permission).where(OperatorPermission.operator_id == found.id)
    granted = frozenset(session.scalars(union(by_role, own)))
    if unit.kind == "finance":
        scope = Scope(everything=True)
    else:
        children = session.scalars(
            select(Unit.id).where(Unit.parent_id == unit.id).order_by(Unit.id)
        )
        scope = Scope(unit_ids=(unit.id, *children))
    return Actor(
        operator_id=found.id,
        operator_uid=found.uid,
        login=found.login,
        person_id=person.id,
        person_name=person.name,
        post=found.post,
        unit_id=unit.id,
        unit_uid=unit.uid,
        unit_code=unit.code,
        unit_name=unit.name,
        unit_kind=unit.kind,
        region_code=unit.region_code,
        internal_mark=found.internal_mark,
        permissions=granted,
        scope=scope,
        stamp=_stamp(session, found.id) or "",
    )
