"""Every file that must not be opened is refused with its sentence and left as it was."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import text

from govproc_desktop.domain.errors import AppError, BadInput, Unavailable
from govproc_desktop.models import schema
from govproc_desktop.models.engine import Database, sqlite_url
from govproc_desktop.models.opening import Opened, open_database
from govproc_desktop.models.opening import place as places
from govproc_desktop.models.opening.place import Mount, check_place, check_writable


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "数据 1" / "office.sqlite3"
    path.parent.mkdir()
    path.write_bytes(sqlite_template.read_bytes())
    return path


@pytest.fixture
def opened() -> Iterator[list[Opened]]:
    made: list[Opened] = []
    yield made
    for each in made:
        each.close()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refusal(path: Path, *, lock: bool = True) -> AppError:
    """The error of an opening that fails; the file's bytes are as they were."""
    before = digest(path)
    with pytest.raises(Unavailable) as caught:
        open_database(path, lock=lock, holder="李四", create=False)
    assert digest(path) == before
    sentence = caught.value.sentence()
    assert "{" not in sentence
    assert "SELECT" not in sentence
    return caught.value


def sql(path: Path, *statements: str) -> None:
    connection = dbapi2.connect(str(path), isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_sound_file_opens_without_a_note(file: Path, opened: list[Opened]) -> None:
    opened.append(open_database(file, lock=True, holder="张三"))
    assert opened[0].notes == ()
    assert opened[0].database.path == file


def test_a_missing_file_is_made_whole(tmp_path: Path, opened: list[Opened]) -> None:
    path = tmp_path / "新" / "office.sqlite3"
    opened.append(open_database(path, lock=True, holder="张三"))
    with opened[0].database.reading() as connection:
        assert schema.revision(connection) == schema.HEAD
    assert sorted(each.name for each in path.parent.iterdir() if each.suffix == ".new") == []


def test_a_missing_file_is_not_made_when_it_should_be_there(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="没有数据文件"):
        open_database(tmp_path / "x.sqlite3", lock=True, holder="张三", create=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    [
        r"\\server\share\office.sqlite3",
        "//server/share/office.sqlite3",
        "/home/zm/OneDrive/office.sqlite3",
        "/home/zm/OneDrive - 单位/office.sqlite3",
        "/home/zm/坚果云/office.sqlite3",
        "/home/zm/Nutstore Files/office.sqlite3",
        "/home/zm/百度同步盘/office.sqlite3",
        "/home/zm/BaiduSyncdisk/office.sqlite3",
        "/home/zm/WPS云盘/office.sqlite3",
        "/run/user/1000/gvfs/smb-share:server=a/office.sqlite3",
    ],
)
def test_e1001_shares_and_synced_folders(path: str) -> None:
    with pytest.raises(Unavailable, match="E1001 数据文件在网络盘或同步盘上"):
        check_place(Path(path), mounts=[Mount("/", "ext4")])


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.gvfsd-fuse"])
def test_e1001_network_mounts(tmp_path: Path, kind: str) -> None:
    mounts = [Mount("/", "ext4"), Mount(str(tmp_path), kind)]
    with pytest.raises(Unavailable, match="E1001"):
        check_place(tmp_path / "office.sqlite3", mounts=mounts)
    check_place(tmp_path.parent / "office.sqlite3", mounts=mounts)  # beside it is fine


def test_e1001_is_asked_by_open_database(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_mounted", lambda: [Mount("/", "nfs4")])
    assert refusal(file).code == "E1001"
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_mounts_are_read_with_their_blanks() -> None:
    assert any(mount.point == "/" for mount in places._mounted())


def test_e1001_symbolic_and_hard_links(file: Path, tmp_path: Path) -> None:
    soft = tmp_path / "soft.sqlite3"
    soft.symlink_to(file)
    assert "链接" in str(refusal(soft))
    hard = tmp_path / "hard.sqlite3"
    os.link(file, hard)
    assert refusal(file).code == refusal(hard).code == "E1001"


def test_e1002_names_who_has_the_file(file: Path, opened: list[Opened]) -> None:
    opened.append(open_database(file, lock=True, holder="张三"))
    fault = refusal(file)
    assert fault.code == "E1002"
    assert f"正由 张三@{os.uname().nodename}" in fault.sentence()
    opened.append(open_database(file, lock=False, holder="李四"))  # reading beside it is allowed


def test_e1002_a_program_without_our_lock(file: Path) -> None:
    other = dbapi2.connect(str(file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.MonkeyPatch.context() as patch:
            from govproc_desktop.models import engine

            patch.setitem(engine.PRAGMAS, "busy_timeout", 50)
            assert refusal(file).code == "E1002"
    finally:
        other.close()


def test_a_lock_ends_with_close(file: Path) -> None:
    for _again in range(3):
        made = open_database(file, lock=True, holder="张三")
        made.close()
        assert made.notes == ()


HOLD = """
import sys
from govproc_desktop.models.opening import open_database
made = open_database(sys.argv[1], lock=True, holder="张三")
print("open", flush=True)
sys.stdin.read()
"""


def test_a_killed_holder_never_locks_anyone_out(file: Path, opened: list[Opened]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        assert refusal(file).code == "E1002"
        holder.send_signal(signal.SIGKILL)
    sql(
        file,
        "INSERT INTO draft (operator_id, form, doc_uid, body, seen_version, at)"
        " VALUES (1, 'plan', 'x', '{}', 0, '2026-11-23T09:00:00')",
    )
    opened.append(open_database(file, lock=True, holder="李四"))
    (note,) = opened[0].notes
    assert note.sentence() == "上次未正常退出，已检查数据：完好。草稿 1 份待恢复。"
    opened.pop().close()
    opened.append(open_database(file, lock=True, holder="李四"))
    assert opened[0].notes == ()


def test_e1003_no_right_to_write(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # root may write anywhere, so the answer of the system is given here
    monkeypatch.setattr(places.os, "access", lambda path, _mode: Path(path) != file)
    assert refusal(file).code == "E1003"
    monkeypatch.setattr(places.os, "access", lambda path, _mode: Path(path) != file.parent)
    with pytest.raises(Unavailable, match=f"E1003 没有写入权限：{file.parent}"):
        check_writable(file)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\0" * 8192, b"PK\x03\x04" + b"x" * 5000, b"SQLite format 3\0"],
    ids=["empty", "short", "zeros", "zip", "only the magic"],
)
def test_e1006_not_a_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "office.sqlite3"
    path.write_bytes(content)
    assert refusal(path).code == "E1006"


def test_e1006_cut_at_any_page(file: Path) -> None:
    whole = file.read_bytes()
    for at in (100, 4096, 4097, len(whole) // 8192 * 4096, len(whole) - 4096, len(whole) - 1):
        file.write_bytes(whole[:at])
        assert refusal(file).code == "E1006", at


def test_e1006_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    sql(path, "CREATE TABLE card (id INTEGER)")
    assert refusal(path).code == "E1006"


def test_e1006_names_the_newest_backup(tmp_path: Path) -> None:
    path = tmp_path / "office.sqlite3"
    path.write_bytes(b"")
    (tmp_path / "backups").mkdir()
    for day in ("20261120", "20261122"):
        (tmp_path / "backups" / f"backup-{day}-173000.sqlite3").touch()
    assert "最近可用备份：backup-20261122-173000.sqlite3" in refusal(path).sentence()


def test_e1007_pages_are_only_checked_after_an_unclean_stop(
    file: Path, opened: list[Opened]
) -> None:
    _break_an_index(file)
    opened.append(open_database(file, lock=True, holder="张三"))
    opened.pop().close()
    file.with_name(file.name + ".lock").write_text("张三@pc")  # what a killed program leaves
    fault = refusal(file)
    assert fault.code == "E1007"
    assert "从备份恢复" in fault.sentence()
    assert refusal(file).code == "E1007"  # and again: the unclean mark stays


def _break_an_index(file: Path) -> None:
    sql(file, "INSERT INTO office_fact (name, value) VALUES ('a', '1'), ('b', '2')")
    connection = dbapi2.connect(str(file))
    root = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_office_fact_1'"
    ).fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    data = bytearray(file.read_bytes())
    data[(root - 1) * size + 3 : (root - 1) * size + 5] = b"\0\0"  # the index says: no rows
    file.write_bytes(data)


def test_e1010_a_newer_programs_file(file: Path) -> None:
    sql(file, "UPDATE alembic_version SET version_num = '0999'")
    fault = refusal(file)
    assert fault.code == "E1010"
    assert "v999" in fault.sentence()


HOSTILE = {
    "view": "CREATE VIEW cheap AS SELECT 1",
    "trigger": "CREATE TRIGGER more AFTER INSERT ON plan BEGIN DELETE FROM draft; END",
    "kernel trigger missing": "DROP TRIGGER ledger_entry_moves",
    "append-only missing": "DROP TRIGGER journal_no_update",
    "table": "CREATE TABLE mine (id INTEGER)",
    "table missing": "DROP TABLE saved_view",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_e1011_a_foreign_structure(file: Path, name: str) -> None:
    sql(file, HOSTILE[name])
    assert refusal(file).code == "E1011"


def test_e1011_a_kernel_trigger_that_does_nothing(file: Path) -> None:
    sql(
        file,
        "DROP TRIGGER ledger_entry_moves",
        "CREATE TRIGGER ledger_entry_moves AFTER INSERT ON ledger_entry BEGIN SELECT 1; END",
    )
    assert "ledger_entry_moves" in refusal(file).sentence()


def test_e1011_a_check_taken_out(file: Path) -> None:
    sql(
        file,
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'filed + in_transit <= amount', '1')"
        " WHERE name = 'fund_balance'",
    )
    assert "fund_balance" in refusal(file).sentence()


def test_e1012_a_log_that_belongs_elsewhere(file: Path) -> None:
    wal = file.with_name(file.name + "-wal")
    wal.write_bytes(b"x" * 100)
    assert refusal(file).code == "E1012"
    wal.unlink()
    journal = file.with_name(file.name + "-journal")
    head = bytes.fromhex("d9d505f920a163d7") + b"\0" * 12
    journal.write_bytes(head + (512).to_bytes(4, "big") + (1024).to_bytes(4, "big") + b"\0" * 600)
    fault = refusal(file)
    assert fault.code == "E1012"
    assert journal.name in fault.sentence()


def test_an_interrupted_write_is_rolled_back_and_said(file: Path, opened: list[Opened]) -> None:
    code = (
        "import os, sys\nfrom pysqlite3 import dbapi2\n"
        "c = dbapi2.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size=1'); c.execute('BEGIN')\n"
        "c.executemany('INSERT INTO office_fact VALUES (?, ?)',"
        " [(str(n), 'x' * 3000) for n in range(500)])\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=False)
    assert file.with_name(file.name + "-journal").stat().st_size > 0
    opened.append(open_database(file, lock=True, holder="张三"))
    assert opened[0].notes[0].sentence() == "上次未正常退出，已检查数据：完好。"
    with opened[0].database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM office_fact")).scalar() == 0


def test_an_older_file_is_backed_up_upgraded_and_judged(
    file: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Opened]
) -> None:
    sql(file, "UPDATE alembic_version SET version_num = '0000'")
    before = digest(file)
    judged: list[Database] = []

    def upgrade(database: Database) -> bool:
        (kept,) = (file.parent / "backups").iterdir()
        connection = dbapi2.connect(str(kept))
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0000",)
        connection.close()
        assert digest(file) == before  # the copy is there before anything changes
        sql(file, f"UPDATE alembic_version SET version_num = '{schema.HEAD}'")
        return True

    monkeypatch.setattr(schema, "upgrade", upgrade)
    opened.append(open_database(file, lock=True, holder="张三", judge=judged.append))
    assert judged == [opened[0].database]
    assert [each.name for each in (file.parent / "backups").iterdir()] == [
        "before-v0-to-v1.sqlite3"
    ]


def test_a_failed_upgrade_leaves_the_file_for_the_next_try(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sql(file, "UPDATE alembic_version SET version_num = '0000'")

    def upgrade(database: Database) -> bool:
        raise BadInput("升级没有完成")

    monkeypatch.setattr(schema, "upgrade", upgrade)
    before = digest(file)
    for _again in range(2):  # the second try must not stumble over the first one's backup
        with pytest.raises(BadInput):
            open_database(file, lock=True, holder="张三")
        assert digest(file) == before


def test_a_url_is_understood(file: Path, opened: list[Opened]) -> None:
    opened.append(open_database(f"sqlite:///{file}", lock=True, holder="张三"))
    assert opened[0].database.path == file
    opened.pop().close()
    opened.append(open_database(sqlite_url(file), lock=True, holder="张三"))
    assert opened[0].database.path == file
