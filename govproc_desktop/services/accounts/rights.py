"""The rights a person has today: permissions, data scope, and whether they changed meanwhile."""

from __future__ import annotations

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from govproc_desktop.domain.errors import Refused
from govproc_desktop.domain.permissions import Actor, Scope
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
