"""Load an edition of a reference table: whole or not at all, dated, the older ones kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import func, select

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.fields import Code, TextMark
from govproc_desktop.domain.reference_files import Sheet, check_sheet
from govproc_desktop.i18n import N_
from govproc_desktop.models import ReferenceSet
from govproc_desktop.models.facts import digest
from govproc_desktop.models.reference import KINDS, Reference
from govproc_desktop.services.command import command
from govproc_desktop.services.transaction import Tx

__all__ = ["LoadReference", "Reference", "load_reference"]


@dataclass(frozen=True, kw_only=True)
class LoadReference:
    """Put a new edition of a reference table in force; ``text`` is the whole CSV."""

    kind: Code
    text: Annotated[str, TextMark(20_000_000, lines=True)]


@command("reference.load", N_("更新基础数据"), permission="reference.edit")
def load_reference(cmd: LoadReference, tx: Tx) -> dict[str, object]:
    """Check the whole table first (R60: no overlapping periods), then add it as an edition.

    Raises:
        BadInput: E3003 with every cell to mend; nothing is loaded then.
    """
    if cmd.kind not in KINDS:
        raise BadInput(N_("没有这种基础数据：{kind}。"), {"kind": cmd.kind}, "E4005")
    check_sheet(cmd.kind, Sheet(f"{cmd.kind}.csv", cmd.text))
    last = tx.session.scalar(
        select(func.max(ReferenceSet.edition)).where(ReferenceSet.kind == cmd.kind)
    )
    mark = digest(cmd.text)
    current = tx.session.scalar(
        select(ReferenceSet.hash).where(
            ReferenceSet.kind == cmd.kind, ReferenceSet.edition == (last or 0)
        )
    )
    if current == mark:
        return {"kind": cmd.kind, "edition": last, "changed": False}
    tx.session.add(
        ReferenceSet(
            kind=cmd.kind,
            edition=(last or 0) + 1,
            text=cmd.text,
            hash=mark,
            at=tx.now,
            person_name=tx.actor.person_name,
        )
    )
    tx.changed("reference", tx.uid)
    return {"kind": cmd.kind, "edition": (last or 0) + 1, "changed": True}
