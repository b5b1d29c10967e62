"""Files put to documents: stored once by hash, never under the sender's path."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.domain.errors import BadInput, Refused
from govproc_desktop.domain.fields import Code, Name
from govproc_desktop.domain.files import inspect_attachment
from govproc_desktop.i18n import N_
from govproc_desktop.models import Attachment, FileBody, Plan
from govproc_desktop.services.command import command
from govproc_desktop.services.transaction import Tx

_HEADS = {"plan": Plan}
_OPEN_STATES = {"draft", "returned"}


@dataclass(frozen=True, kw_only=True)
class AddAttachment:
    """Put a file to a document that is still open; ``mime`` is only what the sender believes."""

    attachment: UUID
    doc_kind: Code
    document: UUID
    kind_code: Code
    name: Name
    mime: Name
    data: bytes


@command("attachment.add", N_("添加附件"), permission="plan.edit")
def add_attachment(cmd: AddAttachment, tx: Tx) -> dict[str, object]:
    """Judge the bytes, store them once by hash, and name them on the document.

    Raises:
        BadInput: E3101 to E3104 or E3002, the file is not one that is taken in.
        Refused: E1303 the document is under review or filed, E1305 another unit's.
    """
    _require_open(tx, cmd.doc_kind, cmd.document)
    facts = inspect_attachment(cmd.name, cmd.data)
    if tx.session.get(FileBody, facts.sha256) is None:
        tx.session.add(FileBody(sha256=facts.sha256, size=facts.size, body=cmd.data))
        tx.session.flush()
    tx.session.add(
        Attachment(
            uid=cmd.attachment,
            doc_kind=cmd.doc_kind,
            doc_uid=cmd.document,
            kind_code=cmd.kind_code,
            name=facts.safe_name,
            mime=facts.mime,
            size=facts.size,
            sha256=facts.sha256,
            person_name=tx.actor.person_name,
            at=tx.now,
        )
    )
    tx.changed("attachment", cmd.document)
    return {"sha256": facts.sha256}


@dataclass(frozen=True, kw_only=True)
class RemoveAttachment:
    """Take a file off a document that is still open."""

    attachment: UUID


@command("attachment.remove", N_("删除附件"), permission="plan.edit")
def remove_attachment(cmd: RemoveAttachment, tx: Tx) -> None:
    """Remove the name from the document; bytes another document names stay.

    Raises:
        Refused: E1303 the document is under review or filed, E1305 another unit's.
    """
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
    if record.unit_id != tx.actor.unit_id:
        raise Refused(N_("这份单据不是您单位的，附件只能查看。没有改动。"), {}, "E1305")
    if record.state not in _OPEN_STATES:
        raise Refused(N_("单据已提交，附件不能再改。请先撤回或退回。"), {}, "E1303")
