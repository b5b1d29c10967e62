"""Reference tables, backup place and import reports as they are read, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from office import Office, make_office

from govproc_desktop.domain.errors import NotFound, Refused
from govproc_desktop.domain.fund_plan import RowRefused
from govproc_desktop.models.engine import Database
from govproc_desktop.queries.backups import backup_place
from govproc_desktop.queries.imports import (
    ImportParams,
    SameFileParams,
    import_record,
    report_of,
    same_file,
)
from govproc_desktop.queries.lookups import NoParams
from govproc_desktop.queries.reference import (
    TITLES,
    TableParams,
    is_unchecked,
    reference_table,
    reference_tables,
)
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services import maintenance
from govproc_desktop.services.fund_plans import ImportFundPlans
from govproc_desktop.services.reference import KINDS, LoadReference


@pytest.fixture
def office(database: Database) -> Office:
    return make_office(database)


def reader(office: Office, login: str = "admin") -> Reader:
    return Reader(office.database, office.actor(login), office.clock())


def test_every_table_has_a_title_and_is_listed(office: Office) -> None:
    assert set(TITLES) == set(KINDS)
    tables = {each.kind: each for each in reference_tables(reader(office), NoParams())}
    assert set(tables) == set(KINDS)
    assert (tables["numbering"].rows, tables["numbering"].unchecked) == (4, 3)
    assert tables["numbering"].warnings == ("有 3 条须按现行文件核对后再改为正式数。",)
    assert tables["methods"].warnings == ()


@pytest.mark.parametrize(
    ("now", "missing"),
    [
        (datetime(2026, 9, 30), []),  # noqa: DTZ001 - office time is local
        (datetime(2026, 10, 1), [2027]),  # noqa: DTZ001
        (datetime(2027, 1, 4), [2027]),  # noqa: DTZ001
        (datetime(2028, 11, 1), [2028, 2029]),  # noqa: DTZ001
    ],
)
def test_r57_missing_years_are_told_when_they_are_due(
    office: Office, now: datetime, missing: list[int]
) -> None:
    tables = reference_tables(replace(reader(office), now=now), NoParams())
    (holidays,) = [each for each in tables if each.kind == "holidays"]
    wanted = [f"节假日表未更新：没有 {year} 年的放假安排" for year in missing]
    assert [told.partition("，")[0] for told in holidays.warnings] == wanted
    assert holidays.note == "含 2024、2025、2026 年"


def test_the_newest_edition_is_in_force_and_older_ones_stay_readable(office: Office) -> None:
    first = reference_table(reader(office), TableParams(kind="agency_kinds"))
    text = first.text + "QTJG,其他机构,\n"
    office.do("admin", LoadReference(kind="agency_kinds", text=text))
    now = reference_table(reader(office), TableParams(kind="agency_kinds"))
    assert (now.edition, now.person, now.rows[-1]) == (2, "何静", ("QTJG", "其他机构", ""))
    old = reference_table(reader(office), TableParams(kind="agency_kinds", edition=1))
    assert (old.edition, old.rows) == (1, first.rows)
    with pytest.raises(NotFound):
        reference_table(reader(office), TableParams(kind="agency_kinds", edition=9))


def test_a_row_is_unchecked_by_its_mark_or_its_words() -> None:
    assert is_unchecked(("code", "verified"), ("A", "0"))
    assert not is_unchecked(("code", "verified"), ("A", "1"))
    assert is_unchecked(("code", "remark"), ("A", "须核对"))
    assert not is_unchecked(("code", "is_leaf"), ("A", "0"))


def refused_import(office: Office, file_hash: str) -> ImportFundPlans:
    refused = (
        RowRefused(row=2, cell="R2", column="金额（元）", reason="不是金额"),
        RowRefused(row=3, cell="A3", column="version", reason="版本 1 已导入过，但内容不同。"),
    )
    command = ImportFundPlans(
        import_uid=uuid4(),
        file_name="YKJH.csv",
        file_hash=file_hash,
        rows_read=2,
        rows=(),
        refused=refused,
    )
    office.do("linlan", command)
    return command


def test_the_same_content_is_found_under_any_name_newest_first(office: Office) -> None:
    first = refused_import(office, "f1")
    office.clock.move(days=1)
    second = refused_import(office, "f1")
    refused_import(office, "f2")
    found = same_file(reader(office, "linlan"), SameFileParams(file_hash="f1"))
    assert [each.uid for each in found] == [second.import_uid, first.import_uid]
    assert (found[0].person, found[0].at.day) == ("林岚", 24)
    with pytest.raises(Refused):
        same_file(reader(office, "sunli"), SameFileParams(file_hash="f1"))


def test_a_stored_report_reads_back_with_titles_and_addresses(office: Office) -> None:
    made = refused_import(office, "f1")
    record = import_record(reader(office, "linlan"), ImportParams(uid=made.import_uid))
    report = record.report
    assert (report.read, report.written, report.unchanged, report.refused) == (2, 0, 0, 2)
    cells = [(each.row, each.cell, each.column, each.conflict) for each in report.cells]
    assert cells == [(2, "R2", "金额（元）", False), (3, "A3（行首）", "版本", False)]
    with pytest.raises(NotFound):
        import_record(reader(office, "linlan"), ImportParams(uid=uuid4()))


def test_a_conflict_is_told_from_a_bad_amount() -> None:
    values = {
        "read": 1,
        "written": 0,
        "added": 0,
        "updated": 0,
        "unchanged": 0,
        "refused": 1,
        "conflicts": 1,
        "rows_refused": [{"row": 2, "cell": "A2", "column": "amount", "reason": "新金额小"}],
    }
    (cell,) = report_of(values).cells
    assert cell.conflict
    assert cell.column == "金额（元）"


def test_the_backup_place_remembers_the_last_good_one(office: Office, tmp_path: Path) -> None:
    before = backup_place(reader(office), NoParams())
    assert (before.last_at, before.last_path) == (None, "")
    assert before.is_file is office.database.is_sqlite
    assert Path(before.folder).name == "backups"
    made = maintenance.backup(office.database, tmp_path / "b", now=office.clock())
    after = backup_place(reader(office), NoParams())
    assert (after.last_at, after.last_path) == (office.clock(), str(made.path))
    with pytest.raises(Refused):
        backup_place(reader(office, "zhoumin"), NoParams())
