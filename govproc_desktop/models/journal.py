"""The journal: append-only, hash-chained, one row per command that changed something."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from govproc_desktop.models.base import Base


class JournalEntry(Base):
    """Who did what, when, as which account, on what, with which result; chained by hash."""

    __tablename__ = "journal"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    command_uid: Mapped[UUID] = mapped_column(unique=True)
    command: Mapped[str]
    at: Mapped[datetime]
    login: Mapped[str]
    person_id: Mapped[int]
    person_name: Mapped[str]
    unit_code: Mapped[str]
    targets: Mapped[str]
    payload: Mapped[str]
    result: Mapped[str]
    body_hash: Mapped[str]
    facts_hash: Mapped[str]
    alg: Mapped[str]
    prev_hash: Mapped[str]
    hash: Mapped[str]

    __table_args__ = (Index("ix_journal_command_at", "command", "at"), {"sqlite_strict": True})


class JournalHead(Base):
    """The last link of the chain; locked last in every transaction."""

    __tablename__ = "journal_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str]

    __table_args__ = (CheckConstraint("id = 1", name="single"), {"sqlite_strict": True})
