"""Steps taken, open tasks, document versions, and the process table mirrored for the kernel."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from govproc_desktop.models.base import Base, Fen


class ProcessStep(Base):
    """One allowed move of one process; the step trigger refuses everything else."""

    __tablename__ = "process_step"
    flow: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(primary_key=True)
    review: Mapped[bool]


class StepTaken(Base):
    """One step somebody took on a document, with the opinion; never changed or deleted."""

    __tablename__ = "step_taken"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    doc_kind: Mapped[str]
    doc_uid: Mapped[UUID]
    seq: Mapped[int]
    action: Mapped[str]
    source: Mapped[str]
    target: Mapped[str]
    person_id: Mapped[int]
    person_name: Mapped[str]
    login: Mapped[str]
    post: Mapped[str]
    unit_name: Mapped[str]
    opinion: Mapped[str] = mapped_column(default="")
    pins: Mapped[str] = mapped_column(default="[]")
    doc_version: Mapped[int]
    at: Mapped[datetime]
    command_uid: Mapped[UUID] = mapped_column(
        ForeignKey("journal.command_uid", deferrable=True, initially="DEFERRED")
    )

    __table_args__ = (
        UniqueConstraint("doc_uid", "seq"),
        Index("ix_step_taken_person_id", "person_id", "id"),
        Index("ix_step_taken_command_uid", "command_uid"),
        {"sqlite_strict": True},
    )


class Task(Base):
    """One document waiting at one review step for the people of one unit."""

    __tablename__ = "task"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    doc_kind: Mapped[str]
    doc_uid: Mapped[UUID]
    state: Mapped[str]
    actor_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(Fen)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(default="")
    green: Mapped[bool] = mapped_column(default=False)
    failing: Mapped[int] = mapped_column(default=0)
    explaining: Mapped[int] = mapped_column(default=0)
    urged_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_task_open", "closed_at", "actor_unit_id", "state", "opened_at", "id"),
        Index("ix_task_doc_uid", "doc_uid"),
        {"sqlite_strict": True},
    )


class DocumentVersion(Base):
    """What a document said when it was submitted: the text an approval or a paper is bound to."""

    __tablename__ = "document_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    doc_kind: Mapped[str]
    doc_uid: Mapped[UUID]
    version: Mapped[int]
    body: Mapped[str]
    hash: Mapped[str]
    at: Mapped[datetime]
    command_uid: Mapped[UUID] = mapped_column(
        ForeignKey("journal.command_uid", deferrable=True, initially="DEFERRED")
    )

    __table_args__ = (
        UniqueConstraint("doc_uid", "version"),
        Index("ix_document_version_command_uid", "command_uid"),
        {"sqlite_strict": True},
    )
