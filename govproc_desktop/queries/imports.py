"""Imports that were made: whether a file came before, and the report each one left."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from govproc_desktop.domain.errors import NotFound
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import ImportLog
from govproc_desktop.queries.registry import Reader, query

_COLUMNS = {
    "agency_code": N_("单位代码"),
    "version": N_("版本"),
    "amount": N_("金额（元）"),
}
"""Columns the rules refuse by key; what the reader refuses carries its Chinese title already."""


@dataclass(frozen=True, kw_only=True)
class RefusedCell:
    """One reason a row was not taken; ``conflict`` when a person has to settle it (R45)."""

    row: int
    cell: str
    column: str
    reason: str
    conflict: bool = False


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What became of a file: read = written + unchanged + refused, written = added + updated."""

    read: int
    written: int
    added: int
    updated: int
    unchanged: int
    refused: int
    conflicts: int
    cells: tuple[RefusedCell, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SameFileParams:
    """The SHA-256 of a file."""

    file_hash: str


@dataclass(frozen=True, kw_only=True)
class PastImport:
    """An import made before."""

    uid: UUID
    file_name: str
    at: datetime
    person: str


@dataclass(frozen=True, kw_only=True)
class ImportParams:
    """Which import."""

    uid: UUID


@dataclass(frozen=True, kw_only=True)
class ImportRecord:
    """One import with its whole report."""

    uid: UUID
    file_name: str
    file_hash: str
    at: datetime
    person: str
    report: ImportReport


def report_of(values: Mapping[str, Any]) -> ImportReport:
    """Return the report of an import command's answer, or of its stored JSON."""
    counts = ("read", "written", "added", "updated", "unchanged", "refused", "conflicts")
    return ImportReport(
        **{name: int(values[name]) for name in counts},
        cells=tuple(_cell(each) for each in values["rows_refused"]),
    )


@query(
    "import_log.same_file",
    N_("导入过的同一文件"),
    SameFileParams,
    permission="fund_plan.import",
)
def same_file(reader: Reader, params: SameFileParams) -> list[PastImport]:
    """Return the imports of a file with the same content, newest first."""
    rows = (
        select(
            ImportLog.uid, ImportLog.file_name, ImportLog.at, ImportLog.person_name.label("person")
        )
        .where(ImportLog.file_hash == params.file_hash, *_in_scope(reader))
        .order_by(ImportLog.id.desc())
    )
    with reader.database.reading() as connection:
        return [PastImport(**row) for row in connection.execute(rows).mappings()]


@query("import_log.detail", N_("导入报告"), ImportParams, permission="fund_plan.import")
def import_record(reader: Reader, params: ImportParams) -> ImportRecord:
    """Return one import with its report.

    Raises:
        NotFound: E1306, no such import.
    """
    row = select(
        ImportLog.uid,
        ImportLog.file_name,
        ImportLog.file_hash,
        ImportLog.at,
        ImportLog.person_name.label("person"),
        ImportLog.report,
    ).where(ImportLog.uid == params.uid, *_in_scope(reader))
    with reader.database.reading() as connection:
        found = connection.execute(row).mappings().one_or_none()
    if found is None:
        raise NotFound(N_("没有这次导入的记录。"), {}, "E1306")
    return ImportRecord(**{**found, "report": report_of(json.loads(found["report"]))})


def _in_scope(reader: Reader) -> tuple[ColumnElement[bool], ...]:
    scope = reader.actor.scope
    return () if scope.everything else (ImportLog.unit_id.in_(scope.unit_ids),)


def _cell(values: Mapping[str, Any]) -> RefusedCell:
    column, cell = str(values["column"]), str(values["cell"])
    by_rule = column in _COLUMNS
    return RefusedCell(
        row=int(values["row"]),
        # a rule refuses the row, not one cell: the address is that of its first cell
        cell=_("{cell}（行首）").format(cell=cell) if by_rule and cell else cell,
        column=_(_COLUMNS[column]) if by_rule else column,
        reason=str(values["reason"]),
        conflict=column == "amount",
    )
