"""备份与恢复: verified copies, a verdict in sentences, never over anything that is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Office, make_office
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from govproc_desktop.domain.errors import Cancelled, Refused
from govproc_desktop.models.engine import Database, sqlite_url
from govproc_desktop.services import maintenance
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.system import backup_work
from govproc_desktop.views.system.backups import BackupsWindow


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    made = make_office(sqlite_database)
    made.fund("JH1", "500000.00")
    return made


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def desk(office: Office, tasks: Tasks) -> Desk:
    return Desk(
        context=office.context("admin"), tasks=tasks, notices=Notices(), asker=CannedAsker()
    )


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> BackupsWindow:
    made = BackupsWindow(desk, {})
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    assert desk.tasks.wait()
    return made


def asker(desk: Desk) -> CannedAsker:
    assert isinstance(desk.asker, CannedAsker)
    return desk.asker


def folder(office: Office) -> Path:
    path = office.database.path
    assert path is not None
    return path.parent / "backups"


def test_a_backup_appears_verified_in_the_list(
    office: Office, desk: Desk, window: BackupsWindow
) -> None:
    assert window.place.text().startswith("还没有备份过 · 存到 ")
    assert window.restore.reason == "文件夹里还没有备份"
    window.make.click()
    assert not window.make.isEnabled()
    assert desk.tasks.wait(20000)
    assert desk.tasks.wait()
    (row,) = window.files.texts()
    assert row[0] == "2026-11-23 09:00"
    assert row[2:] == ["已核对", "backup-20261123-090000.sqlite3"]
    assert window.told.label.text().startswith(f"已备份到 {folder(office)}")
    assert window.place.text().startswith("上次备份 2026-11-23 09:00")
    assert window.make.isEnabled()
    window.make.click()
    assert desk.tasks.wait(20000)
    assert desk.tasks.wait()
    names = [each[3] for each in window.files.texts()]
    assert names == ["backup-20261123-090000-2.sqlite3", "backup-20261123-090000.sqlite3"]
    copy = Database(sqlite_url(folder(office) / row[3]))
    assert maintenance.verify(copy).sound
    copy.close()


def test_verifying_says_what_was_counted_in_sentences(desk: Desk, window: BackupsWindow) -> None:
    window.verify.click()
    assert desk.tasks.wait(20000)
    first, second = window.words.text().split("\n")
    assert "1 条用款计划的余额" in first
    assert second.startswith("余额与台账")
    assert window.seal.text().startswith("封条 ")


def test_a_changed_balance_is_named_with_its_fund_plan(
    office: Office, desk: Desk, window: BackupsWindow
) -> None:
    with office.database.engine.connect() as connection:
        connection.execute(text("UPDATE fund_balance SET amount = amount + 100"))
        connection.commit()
    window.verify.click()
    assert desk.tasks.wait(20000)
    assert "JH1" in window.words.text()
    assert "1.00" in window.words.text()
    assert window.words.text().startswith("用款计划余额：")
    assert "请先不要办理业务" in window.seal.text()


def test_a_backup_is_restored_to_a_new_file_and_never_over_another(
    office: Office, desk: Desk, window: BackupsWindow, tmp_path: Path
) -> None:
    window.make.click()
    assert desk.tasks.wait(20000)
    assert desk.tasks.wait()
    target = tmp_path / "恢复.sqlite3"
    asker(desk).files = [target]
    window.restore.click()
    assert desk.tasks.wait(20000)
    assert window.told.label.text().startswith(f"已恢复成 {target}")
    copy = Database(sqlite_url(target))
    assert maintenance.verify(copy).counted["fund_plan"] == 1
    copy.close()
    before = target.read_bytes()
    window.restore.click()
    assert desk.tasks.wait(20000)
    assert window.told.label.text().startswith(f"已有文件 {target}，没有覆盖")
    assert target.read_bytes() == before


def test_the_opened_database_is_never_the_target(
    office: Office, desk: Desk, window: BackupsWindow
) -> None:
    window.make.click()
    assert desk.tasks.wait(20000)
    assert desk.tasks.wait()
    path = office.database.path
    assert path is not None
    asker(desk).files = [path]
    window.restore.click()
    assert desk.tasks.wait(20000)
    assert "是正在用的数据文件，不能覆盖" in window.told.label.text()


def test_cancelling_a_backup_leaves_no_file(
    office: Office, desk: Desk, window: BackupsWindow
) -> None:
    window.make.click()
    window.progress.stop.click()
    assert desk.tasks.wait(20000)
    assert window.told.label.text() == Cancelled().sentence()
    assert list(folder(office).iterdir()) == []
    assert window.make.isEnabled()


def test_without_the_permission_nothing_is_told(office: Office, desk: Desk) -> None:
    from dataclasses import replace

    reader = replace(desk.reader(), actor=office.actor("zhoumin"))
    with pytest.raises(Refused):
        backup_work.shelf(reader)
