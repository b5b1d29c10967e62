"""What the import window does with files, off the GUI thread: read, list what was refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from govproc_desktop.domain.errors import AppError, BadInput
from govproc_desktop.exchange.fund_import import command_of
from govproc_desktop.exchange.xlsx_writer import Notes, XlsxColumn, XlsxValue, write_xlsx
from govproc_desktop.exchange.ykjh import FileRejected, read_ykjh
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.imports import (
    ImportReport,
    PastImport,
    RefusedCell,
    SameFileParams,
    report_of,
    same_file,
)
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.command import run
from govproc_desktop.services.context import Context
from govproc_desktop.services.fund_plans import ImportFundPlans

SUFFIXES = (".xlsx", ".csv", ".json")
PATTERNS = N_("用款计划文件 (*.xlsx *.csv *.json)")

_OTHER = N_(
    "“{name}”不是 .xlsx、.csv 或 .json 文件，没有读。请选预算系统导出的文件，或用模板填写。"
)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A file read and tried: the command that would write it, its report, earlier imports of it."""

    command: ImportFundPlans
    report: ImportReport
    before: tuple[PastImport, ...]


def read(path: Path, *, told: Callable[[int, int], None], stop: Event) -> ImportFundPlans:
    """Read a file and return the command that would take it in; nothing is written.

    Raises:
        BadInput: the file is refused whole.
        Cancelled: the person stopped it.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise BadInput(_OTHER, {"name": path.name[:60]}, "E3002")
    return command_of(read_ykjh(path, progress=told, cancelled=stop.is_set), path.name)


def attempt(command: ImportFundPlans, context: Context, reader: Reader) -> Trial:
    """Do everything the import would do and keep nothing of it."""
    before = same_file(reader, SameFileParams(file_hash=command.file_hash))
    outcome = run(command, context, dry_run=True)
    return Trial(command=command, report=report_of(outcome.result), before=tuple(before))


def cells_of(fault: AppError) -> tuple[RefusedCell, ...]:
    """Return the cells a file refused whole names, if it names any."""
    if not isinstance(fault, FileRejected):
        return ()
    return tuple(
        RefusedCell(row=each.row, cell=each.cell, column=each.column, reason=each.reason)
        for each in fault.refused
    )


def write_refused(path: Path, cells: Sequence[RefusedCell], *, notes: tuple[str, ...]) -> int:
    """Write the list of what was not taken as .xlsx and return its rows.

    Raises:
        Unavailable: E1004, disk full or no right to write.
    """
    columns = [
        XlsxColumn(_("行"), 8),
        XlsxColumn(_("单元格"), 14, as_text=True),
        XlsxColumn(_("列"), 20, as_text=True),
        XlsxColumn(_("种类"), 8, as_text=True),
        XlsxColumn(_("原因"), 80, as_text=True),
    ]
    rows: list[list[XlsxValue]] = [
        [each.row, each.cell, each.column, kind_of(each), each.reason] for each in cells
    ]
    return write_xlsx(path, columns, rows, title=_("问题清单"), notes=Notes(_("说明"), notes))


def kind_of(cell: RefusedCell) -> str:
    """Return 冲突 or 拒绝."""
    return _("冲突") if cell.conflict else _("拒绝")
