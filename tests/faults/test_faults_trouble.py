"""P3, P4: a locked, read-only, full or cut database in mid-work: said so, and nothing half."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import event

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.models import engine as engine_module
from govproc_desktop.models.engine import Database, sqlite_url
from govproc_desktop.services import maintenance
from govproc_desktop.services.command import run
from tests.faults.acts import Desk
from tests.faults.nursery_client import Nursery

pytestmark = pytest.mark.faults


@pytest.fixture
def office(ground_file: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "office.sqlite3"
    shutil.copy(ground_file, path)
    database = Database(sqlite_url(path))
    yield database
    database.close()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refuse(desk: Desk, code: str) -> str:
    """Save a plan, which must be refused with the code; return the sentence."""
    with pytest.raises(Unavailable) as caught:
        run(desk.save(uuid4(), ((0, 1_000_000),)), desk.people["zhoumin"])
    assert caught.value.code == code
    return caught.value.sentence()


def works(database: Database) -> None:
    """Assert that the file is whole and takes the next command."""
    assert maintenance.verify(database).findings == ()
    desk = Desk(database)
    plan = uuid4()
    run(desk.save(plan, ((0, 1_000_000),)), desk.people["zhoumin"])
    login, cmd = desk.act("submit", plan, 1, "draft")
    assert run(cmd, desk.people[login]).result["state"] == "internal_review"
    assert maintenance.verify(database).findings == ()


def test_a_lock_that_never_ends_is_said(
    ground_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engine_module.PRAGMAS, "busy_timeout", 20)
    path = tmp_path / "office.sqlite3"
    shutil.copy(ground_file, path)
    database = Database(sqlite_url(path))
    desk = Desk(database)
    other = dbapi2.connect(str(path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = digest(path)
    assert "占用" in refuse(desk, "E1002")
    assert digest(path) == before
    other.execute("ROLLBACK")
    other.close()
    works(database)
    database.close()


def test_a_lock_that_ends_is_waited_for(office: Database) -> None:
    """The busy timeout covers what another command takes."""
    desk = Desk(office)
    other = dbapi2.connect(str(office.path), isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.3, other.execute, ("ROLLBACK",))
    timer.start()
    outcome = run(desk.save(uuid4(), ((0, 1_000_000),)), desk.people["zhoumin"])
    timer.join()
    other.close()
    assert outcome.result["version"] == 1


def test_p4_a_full_disk_is_said_and_work_goes_on_when_there_is_room(office: Database) -> None:
    """SQLite's own page limit gives the very error of a full disk, in the middle of a command."""
    limit: dict[str, int] = {}

    @event.listens_for(office.engine, "checkout")
    def fill(connection: Any, _record: object, _proxy: object) -> None:
        if limit:
            connection.execute(f"PRAGMA max_page_count={limit['pages']}")

    desk = Desk(office)
    with office.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    limit["pages"] = int(pages or 0)
    said = []
    for _round in range(60):
        try:
            run(desk.save(uuid4(), ((0, 1_000_000), (1, 1))), desk.people["zhoumin"])
        except Unavailable as fault:
            said.append(str(fault))
    assert len(said) > 5
    assert all(each.startswith("E1004 磁盘已满") for each in said)
    limit["pages"] = 1_000_000
    works(office)


def small_disk(folder: Path) -> bool:
    """Mount a disk of 3 MB on the folder; only root can, and not everywhere."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def test_p4_a_disk_that_really_fills_loses_nothing(
    ground_file: Path, tmp_path: Path, nursery: Nursery
) -> None:
    """A small disk if one can be mounted; else a file that may not grow, which reads as E1005."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = small_disk(folder)
    try:
        path = folder / "office.sqlite3"
        shutil.copy(ground_file, path)
        args = {"report": str(tmp_path / "report.json"), "mounted": mounted}
        url = sqlite_url(path).render_as_string()
        assert nursery.run("tests.faults.fillers:fill", url, args) == [0]
        report = json.loads((tmp_path / "report.json").read_text())
        assert set(report["codes"]) == {"E1004" if mounted else "E1005"}, "said otherwise, or never"
        (folder / "ballast").unlink(missing_ok=True)
        database = Database(sqlite_url(path))
        assert journal_uids(database) >= set(report["acked"])
        works(database)
        database.close()
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def journal_uids(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(connection.exec_driver_sql("SELECT command_uid FROM journal").scalars().all())


@pytest.mark.parametrize("file_mode", [0o444, 0o666])
def test_a_file_without_the_right_to_write_is_said(
    file_mode: int, ground_file: Path, nursery: Nursery
) -> None:
    """Root may write anywhere, so the child gives up being root first."""
    folder = Path(tempfile.mkdtemp(prefix="readonly"))
    try:
        path = folder / "office.sqlite3"
        shutil.copy(ground_file, path)
        path.chmod(file_mode)
        folder.chmod(0o555)
        before = digest(path)
        report = folder.parent / f"{folder.name}.json"
        report.touch(mode=0o666)
        report.chmod(0o666)
        url = sqlite_url(path).render_as_string()
        assert nursery.run("tests.faults.fillers:read_only", url, {"report": str(report)}) == [0]
        codes = json.loads(report.read_text())
        assert codes == ["E1003"]
        assert digest(path) == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
        report.unlink(missing_ok=True)


@pytest.mark.parametrize("share", [0.9, 0.5, 0.02])
def test_a_file_cut_under_the_running_program_is_said(office: Database, share: float) -> None:
    desk = Desk(office)
    office.close()
    path = Path(str(office.path))
    os.truncate(path, int(path.stat().st_size * share))
    before = digest(path)
    sentence = refuse(desk, "E1007")
    assert "损坏" in sentence
    assert digest(path) == before
