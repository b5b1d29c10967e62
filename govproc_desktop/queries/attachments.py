"""The files put to a document, and the bytes of one of them, checked against their hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.domain.errors import NotFound, Unavailable
from govproc_desktop.i18n import N_
from govproc_desktop.models import Attachment, FileBody, Plan
from govproc_desktop.queries.registry import Reader, query

_NOT_THERE = N_("没有这个附件，或不在您单位的数据范围内。")


@dataclass(frozen=True, kw_only=True)
class FilesParams:
    """Which document."""

    document: UUID


@dataclass(frozen=True, kw_only=True)
class FileParams:
    """Which attachment."""

    attachment: UUID


@dataclass(frozen=True, kw_only=True)
class FileRow:
    """One attachment without its bytes."""

    uid: UUID
    kind_code: str
    name: str
    mime: str
    size: int
    person: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class FileBytes:
    """One attachment with its bytes."""

    name: str
    mime: str
    data: bytes


@query("attachment.list", N_("附件"), FilesParams, permission="plan.view")
def attachments(reader: Reader, params: FilesParams) -> list[FileRow]:
    """Return the files of a document in the person's data scope, oldest first (one statement)."""
    rows = (
        select(
            Attachment.uid,
            Attachment.kind_code,
            Attachment.name,
            Attachment.mime,
            Attachment.size,
            Attachment.person_name,
            Attachment.at,
            Plan.unit_id,
        )
        .join(Plan, Plan.uid == Attachment.doc_uid)
        .where(Attachment.doc_uid == params.document)
        .order_by(Attachment.id)
    )
    with reader.database.reading() as session:
        return [
            FileRow(uid=uid, kind_code=kind, name=name, mime=mime, size=size, person=person, at=at)
            for uid, kind, name, mime, size, person, at, unit in session.execute(rows)
            if reader.actor.scope.covers(unit)
        ]


@query("attachment.bytes", N_("附件内容"), FileParams, permission="plan.view")
def attachment_bytes(reader: Reader, params: FileParams) -> FileBytes:
    """Return one file whole.

    Raises:
        NotFound: E1306, no such file in the person's data scope.
        Unavailable: E3105, the stored bytes no longer match the registered hash.
    """
    row = (
        select(Attachment.name, Attachment.mime, Attachment.sha256, FileBody.body, Plan.unit_id)
        .join(FileBody, FileBody.sha256 == Attachment.sha256)
        .join(Plan, Plan.uid == Attachment.doc_uid)
        .where(Attachment.uid == params.attachment)
    )
    with reader.database.reading() as session:
        found = session.execute(row).one_or_none()
    if found is None or not reader.actor.scope.covers(found.unit_id):
        raise NotFound(_NOT_THERE, {}, "E1306")
    if hashlib.sha256(found.body).hexdigest() != found.sha256:
        raise Unavailable(N_("附件“{name}”与登记的摘要不符。"), {"name": found.name}, "E3105")
    return FileBytes(name=found.name, mime=found.mime, data=found.body)
