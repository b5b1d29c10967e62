"""Roles and 操作人员: what a role gives, who holds it, and who may hand it out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.domain.errors import BadInput, NotFound, Refused
from govproc_desktop.domain.fields import Code, Name, label
from govproc_desktop.domain.permissions import PERMISSIONS
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import (
    Operator,
    OperatorPermission,
    OperatorRole,
    Person,
    Role,
    RolePermission,
)
from govproc_desktop.services.accounts.units import administered_unit, administers
from govproc_desktop.services.command import command
from govproc_desktop.services.initials import initials
from govproc_desktop.services.passwords import check_password_strength, hash_password
from govproc_desktop.services.required import demand_filled
from govproc_desktop.services.transaction import Tx

SYSTEM_MENU = PERMISSIONS["unit.edit"].menu


@dataclass(frozen=True, kw_only=True)
class SaveRole:
    """Create or change a role and the permissions it gives."""

    role: UUID
    name: Name = field(metadata=label(N_("角色名称"), required=True))
    permissions: tuple[Code, ...]
    unit: UUID | None = None


@command("role.save", N_("保存角色"), permission="operator.edit")
def save_role(cmd: SaveRole, tx: Tx) -> None:
    """Write the role; holders get their new rights with their next command.

    Raises:
        BadInput: E4005 no such permission, E1503 no name.
        NotFound: E1306, a role every unit shares, or another unit's.
        Refused: E1305, a 系统 permission the person does not hold.
    """
    demand_filled(cmd)
    _check_permissions(tx, cmd.permissions)
    unit_id = administered_unit(tx, cmd.unit).id if cmd.unit else None
    role = tx.session.scalars(select(Role).where(Role.uid == cmd.role)).one_or_none()
    for place in {unit_id, role.unit_id if role is not None else unit_id}:
        if not administers(tx, place):
            raise NotFound(N_("这个角色不是您单位的，没有保存。"), {}, "E1306")
    if role is None:
        role = Role(uid=cmd.role, row_version=0, name=cmd.name)
        tx.session.add(role)
    role.name, role.row_version = cmd.name, role.row_version + 1
    role.unit_id = unit_id
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
    """Write the person and the account; the login account is made by saving.

    Raises:
        BadInput: E1601 no or a weak password, E1503 a required field is empty, E1303 the account
            is taken, E4005 no such permission or role.
        NotFound: E1306, the account, person or unit is not the administrator's to look after.
        Refused: E1305, a 系统 permission the person does not hold.
    """
    demand_filled(cmd)
    unit_id = administered_unit(tx, cmd.unit).id
    roles = _roles(tx, cmd.roles)
    _check_permissions(tx, cmd.permissions)
    found = _account(tx, cmd)
    person = _person(tx, cmd)
    if found is None:
        if not cmd.password:
            raise BadInput(
                N_("新账号 {login} 还没有密码，请先设置。"), {"login": cmd.login}, "E1601"
            )
        found = Operator(uid=cmd.operator, row_version=0, password_hash="")
        tx.session.add(found)
    found.login, found.person_id = cmd.login.lower(), person.id
    found.unit_id = unit_id
    found.post, found.department = cmd.post, cmd.department
    found.internal_mark, found.stopped = cmd.internal_mark, cmd.stopped
    found.row_version += 1
    if cmd.password:
        check_password_strength(cmd.password, cmd.login, cmd.name)
        found.password_hash = hash_password(cmd.password)
    tx.session.flush()
    _give(tx, found.id, roles, cmd.permissions)
    tx.changed("operator", cmd.operator)
    return {"operator": str(cmd.operator), "login": found.login}


def _account(tx: Tx, cmd: SaveOperator) -> Operator | None:
    """Return the account that is changed, or nothing for a new one."""
    found = tx.session.scalars(select(Operator).where(Operator.uid == cmd.operator)).one_or_none()
    if found is not None and not administers(tx, found.unit_id):
        raise NotFound(N_("没有这个账号，或不归您维护。没有保存。"), {}, "E1306")
    taken = tx.session.scalar(
        select(Operator.id).where(Operator.login == cmd.login.lower(), Operator.uid != cmd.operator)
    )
    if taken is not None:
        raise BadInput(
            N_("登录账号 {login} 已有人使用，没有保存。请换一个账号。"),
            {"login": cmd.login.lower()},
            "E1303",
        )
    return found


def _person(tx: Tx, cmd: SaveOperator) -> Person:
    """Return the human being behind the account, made on first use of its uid."""
    person = tx.session.scalars(select(Person).where(Person.uid == cmd.person)).one_or_none()
    if person is None:
        person = Person(uid=cmd.person, name=cmd.name)
        tx.session.add(person)
    else:
        units = tx.session.scalars(select(Operator.unit_id).where(Operator.person_id == person.id))
        if not all(administers(tx, each) for each in units):
            raise NotFound(N_("这个人在别的单位有账号，不归您维护。没有保存。"), {}, "E1306")
    person.name, person.phone, person.initials = cmd.name, cmd.phone, initials(cmd.name)
    tx.session.flush()
    return person


def _roles(tx: Tx, uids: Collection[UUID]) -> list[Role]:
    """Return the roles to give: everybody's or the unit's own, with nothing above the giver."""
    found = list(tx.session.scalars(select(Role).where(Role.uid.in_(uids)))) if uids else []
    known = [each for each in found if each.unit_id is None or administers(tx, each.unit_id)]
    if len(known) != len(set(uids)):
        raise BadInput(N_("有角色不存在，或不是您单位的，没有保存。请重新选择角色。"), {}, "E4005")
    ids = [each.id for each in known]
    gives = select(RolePermission.permission).where(RolePermission.role_id.in_(ids))
    _check_permissions(tx, tx.session.scalars(gives).all() if ids else ())
    return known


def _check_permissions(tx: Tx, names: Collection[str]) -> None:
    """Refuse permissions that do not exist, and those of the 系统 menu that the giver lacks."""
    unknown = sorted(set(names) - set(PERMISSIONS))
    if unknown:
        raise BadInput(N_("没有这样的功能权限：{names}。"), {"names": "、".join(unknown)}, "E4005")
    if tx.actor.may("unit.edit"):
        return
    for name in sorted(set(names)):
        if PERMISSIONS[name].menu == SYSTEM_MENU and not tx.actor.may(name):
            raise Refused(
                N_("您没有「{title}」权限，不能给别人。没有保存。请系统管理员办理。"),
                {"title": _(PERMISSIONS[name].title)},
                "E1305",
            )


def _give(tx: Tx, operator_id: int, roles: list[Role], permissions: Collection[str]) -> None:
    for model in (OperatorRole, OperatorPermission):
        for each in tx.session.scalars(select(model).where(model.operator_id == operator_id)):
            tx.session.delete(each)
    tx.session.flush()
    tx.session.add_all(OperatorRole(operator_id=operator_id, role_id=each.id) for each in roles)
    tx.session.add_all(
        OperatorPermission(operator_id=operator_id, permission=each)
        for each in sorted(set(permissions))
    )
