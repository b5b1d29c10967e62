"""Import files by kind: read the file safely, then send it through the door, or try it dry."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from uuid import uuid4

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.fund_plan import FundPlanRow, RowRefused
from govproc_desktop.exchange.ykjh import YkjhFile, read_ykjh
from govproc_desktop.i18n import N_
from govproc_desktop.services.command import run
from govproc_desktop.services.context import Context, Outcome
from govproc_desktop.services.fund_plans import ImportFundPlans

KINDS = {"fund_plan": N_("用款计划（YKJH）")}
_NAME_LIMIT = 180
_SAME = tuple(f.name for f in fields(FundPlanRow) if f.name not in {"is_gov_pur", "amount", "cell"})


def command_of(read: YkjhFile, file_name: str) -> ImportFundPlans:
    """Return the import command for a file that was read; each call makes a new import."""
    return ImportFundPlans(
        import_uid=uuid4(),
        file_name=file_name[-_NAME_LIMIT:],
        file_hash=read.sha256,
        rows_read=read.rows_read,
        rows=tuple(
            FundPlanRow(
                **{name: getattr(row, name) for name in _SAME},
                is_gov_pur=row.is_gov_pur == "1",
                amount=row.amount,
                cell=row.cell,
            )
            for row in read.rows
        ),
        refused=tuple(
            RowRefused(row=each.row, cell=each.cell, column=each.column, reason=each.reason[:200])
            for each in read.refused
        ),
    )


def import_file(
    path: Path, context: Context, *, kind: str = "fund_plan", dry_run: bool = False
) -> Outcome:
    """Take a file in, or with ``dry_run`` only say what would happen; whole or not at all.

    Progress and cancel are the context's; may be called from any thread.

    Raises:
        BadInput: the file is refused whole (R43); nothing is written.
        Cancelled: the person stopped it; nothing is written.
    """
    if kind not in KINDS:
        known = "、".join(KINDS)
        raise BadInput(
            N_("没有这种导入：{kind}。可用的有：{known}。"), {"kind": kind, "known": known}, "E4005"
        )
    read = read_ykjh(path, progress=context.progress, cancelled=context.cancelled)
    return run(command_of(read, path.name), context, dry_run=dry_run)
