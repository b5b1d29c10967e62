"""Note each printed copy: who, when, the nth, of which version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from sqlalchemy import func, select

from govproc_desktop.domain.fields import Code, TextMark
from govproc_desktop.i18n import N_
from govproc_desktop.models import PrintLog
from govproc_desktop.services.command import command
from govproc_desktop.services.transaction import Tx


@dataclass(frozen=True, kw_only=True)
class NotePrint:
    """Note one print-out or saved PDF; ``medium`` is ``paper`` or ``file``."""

    form: Code
    document: UUID
    version: int
    record_hash: Annotated[str, TextMark(64)] = ""
    short_code: Code = ""
    medium: Code = "paper"
    copies: int = 1


@command("print.note", N_("登记打印"), permission=None)
def note_print(cmd: NotePrint, tx: Tx) -> dict[str, object]:
    """Number the copies of this form of this document, starting where the last print ended."""
    last = tx.session.scalar(
        select(func.max(PrintLog.copy_no)).where(
            PrintLog.form == cmd.form, PrintLog.doc_uid == cmd.document
        )
    )
    first = (last or 0) + 1
    for copy_no in range(first, first + max(1, min(cmd.copies, 999))):
        tx.session.add(
            PrintLog(
                form=cmd.form,
                doc_uid=cmd.document,
                doc_version=cmd.version,
                record_hash=cmd.record_hash[:64],
                short_code=cmd.short_code,
                copy_no=copy_no,
                medium=cmd.medium,
                person_name=tx.actor.person_name,
                at=tx.now,
            )
        )
    tx.changed("print_log", cmd.document)
    return {"first_copy": first}
