"""Files put to documents: stored once by hash, never under the sender's path."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.domain.errors import BadInput, Refused
from govproc_desktop.domain.fields import Code, Name
from govproc_desktop.i18n import N_
from govproc_desktop.models import Attachment, FileBody, Plan
from govproc_desktop.services.command import command
from govproc_desktop.services.transaction import Tx

MOST_BYTES = 20 * 1024 * 1024
_HEADS = {"plan": Plan}
_OPEN_STATES = {"draft", "returned"}


@dataclass(frozen=True, kw_only=True)
class AddAttachment:
    """Put a file to a document that is still open; the facts were judged by the safety check."""

    attachment: UUID
    doc_kind: Code
    document: UUID
    kind_code: Code
    name: Name
    mime: Code
    data: bytes


@command("attachment.add", N_("添加附件"), permission="plan.edit")
def add_attachment(cmd: AddAttachment, tx: Tx) -> dict[str, object]:
    """Store the bytes once by hash and name them on the document.

    Raises:
        BadInput: E3103, more than 20 MB or empty.
        Refused: E1303, the document is under review or filed.
    """
    if not 0 < len(cmd.data) <= MOST_BYTES:
        raise BadInput(
            N_("附件「{name}」为空或超过 20 MB，没有添加。"), {"name": cmd.name[:40]}, "E3103"
        )
    _require_open(tx, cmd.doc_kind, cmd.document)
    digest = hashlib.sha256(cmd.data).hexdigest()
    if tx.session.get(FileBody, digest) is None:
        tx.session.add(FileBody(sha256=digest, size=len(cmd.data), body=cmd.data))
        tx.session.flush()
    tx.session.add(
        Attachment(
            uid=cmd.attachment,
            doc_kind=cmd.doc_kind,
            doc_uid=cmd.document,
            kind_code=cmd.kind_code,
            name=cmd.name,
            mime=cmd.mime,
            size=len(cmd.data),
            sha256=digest,
            person_name=tx.actor.person_name,
            at=tx.now,
        )
    )
    tx.changed("attachment", cmd.document)
    return {"sha256": digest}


@dataclass(frozen=True, kw_only=True)
class RemoveAttachment:
    """Take a file off a document that is still open."""

    attachment: UUID


@command("attachment.remove", N_("删除附件"), permission="plan.edit")
def remove_attachment(cmd: RemoveAttachment, tx: Tx) -> None:
    """Remove the name from the document; bytes another document names stay."""
    found = tx.session.scalars(
        select(Attachment).where(Attachment.uid == cmd.attachment)
    ).one_or_none()
    if found is None:
        return
    _require_open(tx, found.doc_kind, found.doc_uid)
    tx.session.delete(found)
    tx.changed("attachment", found.doc_uid)


def _require_open(tx: Tx, doc_kind: str, document: UUID) -> None:
    head = _HEADS.get(doc_kind)
    if head is None:
        raise BadInput(N_("没有这种单据：{kind}。"), {"kind": doc_kind}, "E4005")
    record = tx.get(head, document)
    if record.state not in _OPEN_STATES:
        raise Refused(N_("单据已提交，附件不能再改。请先撤回或退回。"), {}, "E1303")
