"""Attachments by hash, drafts, saved views, print log, official numbers, reference sets."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from govproc_desktop.models.base import Base


class FileBody(Base):
    """The bytes of an attachment, stored once per content."""

    __tablename__ = "file_body"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    body: Mapped[bytes]


class Attachment(Base):
    """A file somebody put to a document, under the kind a rule may require."""

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    doc_kind: Mapped[str]
    doc_uid: Mapped[UUID]
    kind_code: Mapped[str]
    name: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("file_body.sha256"))
    person_name: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (Index("ix_attachment_doc_uid", "doc_uid", "id"), {"sqlite_strict": True})


class Draft(Base):
    """What a person typed and has not saved, kept as typed; offered after a crash."""

    __tablename__ = "draft"
    id: Mapped[int] = mapped_column(primary_key=True)
    operator_id: Mapped[int]
    form: Mapped[str]
    doc_uid: Mapped[UUID]
    body: Mapped[str]
    seen_version: Mapped[int]
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("operator_id", "form", "doc_uid"), {"sqlite_strict": True})


class SavedView(Base):
    """A named set of filters, columns and order of one list."""

    __tablename__ = "saved_view"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    operator_id: Mapped[int]
    list_id: Mapped[str]
    name: Mapped[str]
    body: Mapped[str]
    position: Mapped[int]

    __table_args__ = (
        UniqueConstraint("operator_id", "list_id", "name"),
        {"sqlite_strict": True},
    )


class PrintLog(Base):
    """One copy of one form on paper or as a file: who, when, the nth."""

    __tablename__ = "print_log"
    id: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[str]
    doc_uid: Mapped[UUID]
    doc_version: Mapped[int]
    record_hash: Mapped[str]
    short_code: Mapped[str]
    copy_no: Mapped[int]
    medium: Mapped[str]
    person_name: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("form", "doc_uid", "copy_no"),
        Index("ix_print_log_short_code", "short_code"),
        {"sqlite_strict": True},
    )


class NumberCounter(Base):
    """The last number given in one sequence (region, method, year); locked before the journal."""

    __tablename__ = "number_counter"
    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class NumberIssued(Base):
    """An official number, given once and never reused (R21)."""

    __tablename__ = "number_issued"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    series: Mapped[str]
    seq: Mapped[int]
    doc_kind: Mapped[str]
    doc_uid: Mapped[UUID]
    at: Mapped[datetime]
    command_uid: Mapped[UUID] = mapped_column(
        ForeignKey("journal.command_uid", deferrable=True, initially="DEFERRED")
    )

    __table_args__ = (UniqueConstraint("series", "seq"), {"sqlite_strict": True})


class ReferenceSet(Base):
    """One loaded edition of one reference table, kept as the CSV text it came as."""

    __tablename__ = "reference_set"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    edition: Mapped[int]
    text: Mapped[str]
    hash: Mapped[str]
    at: Mapped[datetime]
    person_name: Mapped[str]

    __table_args__ = (UniqueConstraint("kind", "edition"), {"sqlite_strict": True})


class OfficeFact(Base):
    """One fact about this database itself: its identity, its sandbox mark, its schema."""

    __tablename__ = "office_fact"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
