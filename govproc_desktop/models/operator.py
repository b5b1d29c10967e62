"""People, their login accounts, roles and what each may do."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from govproc_desktop.models.base import Base


class Person(Base):
    """A human being; separation of duties is judged on the person, not on the account (R15)."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str]
    initials: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")


class Operator(Base):
    """A 操作人员: one login account of one person at one unit."""

    __tablename__ = "operator"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    row_version: Mapped[int] = mapped_column(default=1)
    login: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    post: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    internal_mark: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str]
    failed_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    last_login: Mapped[datetime | None]
    stopped: Mapped[bool] = mapped_column(default=False)


class Role(Base):
    """A role (类别) that gives permissions to those who hold it."""

    __tablename__ = "role"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    row_version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    stopped: Mapped[bool] = mapped_column(default=False)


class RolePermission(Base):
    """One permission of one role."""

    __tablename__ = "role_permission"
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), primary_key=True)
    permission: Mapped[str] = mapped_column(primary_key=True)


class OperatorRole(Base):
    """One role held by one operator."""

    __tablename__ = "operator_role"
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"), primary_key=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("role.id"), primary_key=True)


class OperatorPermission(Base):
    """One permission given to one operator on top of the roles."""

    __tablename__ = "operator_permission"
    operator_id: Mapped[int] = mapped_column(ForeignKey("operator.id"), primary_key=True)
    permission: Mapped[str] = mapped_column(primary_key=True)
