"""Note each printed copy: who, when, the nth, of which version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import func, select

from govproc_desktop.domain.errors import BadInput, NotFound
from govproc_desktop.domain.fields import Code, TextMark
from govproc_desktop.i18n import N_
from govproc_desktop.models import FundPlan, Plan, PrintLog, Unit
from govproc_desktop.services.command import command, refusal
from govproc_desktop.services.transaction import Tx

_PRINTED: dict[str, tuple[str, dict[Any, Any]]] = {
    # form: (the permission to read it, the column of the unit by what it is printed of)
    "F-01": ("plan.view", {Plan: Plan.unit_id}),
    "F-08": ("fund_plan.view", {FundPlan: FundPlan.unit_id, Unit: Unit.id}),
}
_MEDIA = ("paper", "file")
MOST_COPIES = 999


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
    """Number the copies of this form of this document, starting where the last print ended.

    Raises:
        BadInput: E4005, no such form or medium, or not 1 to 999 copies.
        NotFound: E1306, no such document in the person's data scope.
        Refused: E1305, the person may not read the form.
    """
    _demand_printable(cmd, tx)
    last = tx.session.scalar(
        select(func.max(PrintLog.copy_no)).where(
            PrintLog.form == cmd.form, PrintLog.doc_uid == cmd.document
        )
    )
    first = (last or 0) + 1
    for copy_no in range(first, first + cmd.copies):
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


def _demand_printable(cmd: NotePrint, tx: Tx) -> None:
    if cmd.form not in _PRINTED or cmd.medium not in _MEDIA:
        raise BadInput(
            N_("没有编号为「{code}」的打印表单，或介质不是纸或文件。没有登记。"),
            {"code": cmd.form},
            "E4005",
        )
    if not 1 <= cmd.copies <= MOST_COPIES:
        raise BadInput(
            N_("份数 {copies} 不行，一次打印 1 到 {most} 份。没有登记。"),
            {"copies": cmd.copies, "most": MOST_COPIES},
            "E4005",
        )
    permission, sources = _PRINTED[cmd.form]
    if not tx.actor.may(permission):
        raise refusal(permission)
    units = [
        tx.session.scalar(select(unit).where(model.uid == cmd.document))
        for model, unit in sources.items()
    ]
    if not any(each is not None and tx.actor.scope.covers(each) for each in units):
        raise NotFound(N_("没有这份单据，或不在您单位的数据范围内。没有登记打印。"), {}, "E1306")
