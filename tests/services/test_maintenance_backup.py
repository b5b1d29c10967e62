"""A backup counts only when it was verified; it restores anywhere; nothing is overwritten."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from govproc_desktop.domain.errors import BadInput, Unavailable
from govproc_desktop.models.engine import Database, sqlite_url
from govproc_desktop.services.accounts import SaveUnit
from govproc_desktop.services.maintenance import Keep, backup, backups, restore, thin, verify
from tests.models.kernel_ground import (
    behind_the_back,
    content_digest,
    draft,
    filed,
    small_office,
    submitted,
)
from tests.office import FIRST_MORNING as NOW
from tests.office import Office


@pytest.fixture
def office(database: Database) -> Office:
    made = small_office(database)
    fund = made.fund("JH-1", "5000.00")
    filed(made, fund)
    submitted(made, fund)
    draft(made, fund)
    return made


def digest_of(path: Path) -> str:
    copy = Database(sqlite_url(path))
    try:
        return content_digest(copy)
    finally:
        copy.close()


def test_a_backup_holds_every_row_and_verifies(office: Office, tmp_path: Path) -> None:
    before = content_digest(office.database)
    made = backup(office.database, tmp_path / "备份", now=NOW)
    assert made.path.name == "backup-20261123-090000.sqlite3"
    assert digest_of(made.path) == before
    copy = Database(sqlite_url(made.path))
    report = verify(copy, seal=made.seal)
    copy.close()
    assert report.sound
    assert report.counted["step_taken"] == 3
    assert [each.name for each in made.path.parent.iterdir()] == [made.path.name]


def test_the_office_remembers_its_last_backup(office: Office, tmp_path: Path) -> None:
    for minute in (0, 1):
        made = backup(office.database, tmp_path, now=NOW + timedelta(minutes=minute))
    with office.database.reading() as connection:
        known = connection.execute(
            text("SELECT value FROM office_fact WHERE name = 'backup.last'")
        ).scalar()
    assert known == f"2026-11-23T09:01:00 {made.path}"


def test_two_backups_in_one_second_have_two_names(office: Office, tmp_path: Path) -> None:
    names = {backup(office.database, tmp_path, now=NOW).path.name for _again in range(3)}
    assert names == {
        "backup-20261123-090000.sqlite3",
        "backup-20261123-090000-2.sqlite3",
        "backup-20261123-090000-3.sqlite3",
    }
    assert len(backups(tmp_path)) == 3


def test_a_backup_never_overwrites(office: Office, tmp_path: Path) -> None:
    target = tmp_path / "mine.sqlite3"
    target.write_bytes(b"precious")
    with pytest.raises(BadInput, match="E1014 已有文件"):
        backup(office.database, target, now=NOW)
    assert target.read_bytes() == b"precious"


def test_an_unsound_office_yields_no_backup(office: Office, tmp_path: Path) -> None:
    behind_the_back(office.database, "UPDATE fund_balance SET filed = filed + 1")
    with pytest.raises(Unavailable, match=r"E1008.*差 0.01 元"):
        backup(office.database, tmp_path / "b", now=NOW)
    assert list((tmp_path / "b").iterdir()) == []


def test_a_backup_into_a_synced_folder_is_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="E1001"):
        backup(office.database, tmp_path / "OneDrive", now=NOW)


def test_restore_gives_the_same_office_that_works_on(office: Office, tmp_path: Path) -> None:
    before = content_digest(office.database)
    made = backup(office.database, tmp_path, now=NOW)
    target = tmp_path / "again.sqlite3"
    assert restore(made.path, target) == made.seal
    assert digest_of(target) == before
    copy = Database(sqlite_url(target))
    again = Office(copy, units=office.units, persons=office.persons)
    filed(again, again.fund("JH-2", "2000.00"))
    assert verify(copy).sound
    copy.close()


def test_restore_into_an_empty_server(
    office: Office, tmp_path: Path, pg_server: str, pg_template: str
) -> None:
    from uuid import uuid4

    from sqlalchemy import make_url

    from tests.conftest import _admin, _named

    before = content_digest(office.database)
    made = backup(office.database, tmp_path, now=NOW)
    name = f"r_{uuid4().hex[:12]}"
    _admin(pg_server, f"CREATE DATABASE {name}")
    url = make_url(_named(pg_server, name))
    try:
        assert restore(made.path, url) == made.seal
        target = Database(url)
        assert content_digest(target) == before
        again = Office(target, units=office.units, persons=office.persons)
        filed(again, again.fund("JH-2", "2000.00"))  # sequences go on after the copied ids
        assert verify(target).sound
        target.close()
        with pytest.raises(BadInput, match="E1014 目标数据库里已有数据"):
            restore(made.path, url)
    finally:
        _admin(pg_server, f"DROP DATABASE {name} WITH (FORCE)")


def test_restore_never_overwrites(office: Office, tmp_path: Path) -> None:
    made = backup(office.database, tmp_path, now=NOW)
    target = tmp_path / "office-of-today.sqlite3"
    target.write_bytes(b"precious")
    with pytest.raises(BadInput, match="E1014"):
        restore(made.path, target)
    assert target.read_bytes() == b"precious"


@pytest.mark.parametrize("damage", ["cut", "flipped", "tampered", "text"])
def test_a_damaged_backup_restores_nothing(
    sqlite_database: Database, tmp_path: Path, damage: str
) -> None:
    office = small_office(sqlite_database)
    filed(office, office.fund("JH-1", "5000.00"))
    made = backup(sqlite_database, tmp_path / "b", now=NOW)
    data = made.path.read_bytes()
    if damage == "cut":
        made.path.write_bytes(data[: len(data) // 2])
    elif damage == "flipped":
        submitted_text = '"title":"交换机采购"'.encode()
        assert submitted_text in data
        made.path.write_bytes(data.replace(submitted_text, '"title":"打印机采购"'.encode()))
    elif damage == "tampered":
        copy = Database(sqlite_url(made.path))
        behind_the_back(copy, "UPDATE journal SET person_name = '别人' WHERE seq = 2")
        copy.close()
    else:
        made.path.write_text("hello")
    target = tmp_path / "again.sqlite3"
    with pytest.raises(Unavailable) as caught:
        restore(made.path, target)
    assert caught.value.code in ("E1006", "E1007", "E1009")
    assert not target.exists()
    assert list(tmp_path.glob("again*")) == []


def test_restore_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="没有备份文件"):
        restore(tmp_path / "none.sqlite3", tmp_path / "x.sqlite3")


def test_backups_under_load_are_whole(database: Database, tmp_path: Path) -> None:
    from uuid import uuid4

    office = small_office(database)
    stop, done = threading.Event(), []

    def clerk() -> None:
        number = 0
        while not stop.is_set() and number < 200:
            number += 1
            unit = SaveUnit(unit=uuid4(), code=f"9{number:05}", name="单位")
            office.do(None, unit)
            done.append(number)

    worker = threading.Thread(target=clerk)
    worker.start()
    try:
        made = [backup(database, tmp_path, now=NOW) for _again in range(3)]
    finally:
        stop.set()
        worker.join()
    seqs = [each.seal.seq for each in made]
    assert seqs == sorted(seqs)
    assert done
    assert verify(database).sound


def test_thinning_keeps_days_weeks_and_months(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 23, 17, 30)  # noqa: DTZ001 - office time has no zone
    for back in range(400):
        for hour in (0, 5):
            at = moment - timedelta(days=back, hours=hour)
            (tmp_path / f"backup-{at:%Y%m%d-%H%M%S}.sqlite3").touch()
    (tmp_path / "mine.sqlite3").touch()
    (tmp_path / "backup-of-mine.sqlite3").touch()
    gone = thin(tmp_path)
    left = [each.name[7:22] for each in backups(tmp_path)]
    assert len(gone) == 800 - len(left)
    assert left[:3] == ["20261123-173000", "20261123-123000", "20261122-173000"]
    days = {name[:8] for name in left}
    assert {f"202611{day:02}" for day in range(12, 24)} <= days  # twelve days
    assert [name for name in left if name.startswith("202603")] == ["20260331-173000"]  # ninth
    assert not [name for name in left if name.startswith("202602")]
    assert len(left) <= 3 + 12 + 10 + 9
    assert (tmp_path / "mine.sqlite3").exists()
    assert (tmp_path / "backup-of-mine.sqlite3").exists()
    assert thin(tmp_path) == ()


def test_thinning_obeys_its_rule(tmp_path: Path) -> None:
    for day in range(1, 10):
        (tmp_path / f"backup-2026110{day}-120000.sqlite3").touch()
    thin(tmp_path, Keep(newest=1, daily=2, weekly=0, monthly=0))
    assert [each.name[7:15] for each in backups(tmp_path)] == ["20261109", "20261108"]
