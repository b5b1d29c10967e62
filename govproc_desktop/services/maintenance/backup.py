"""Back up and restore: a copy counts only after it was verified, and nothing is overwritten."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DatabaseError

from govproc_desktop.domain.errors import BadInput, Unavailable
from govproc_desktop.i18n import N_
from govproc_desktop.models import schema
from govproc_desktop.models.copying import (
    copy_file,
    copy_rows,
    publish,
    refuse_existing,
    triggers_off,
    triggers_on,
)
from govproc_desktop.models.engine import Database, sqlite_url
from govproc_desktop.models.opening import refuse_damage
from govproc_desktop.models.opening.place import check_place, check_writable
from govproc_desktop.models.opening.shape import check_shape
from govproc_desktop.models.opening.structure import check_structure
from govproc_desktop.services.maintenance.report import Seal
from govproc_desktop.services.maintenance.verify import demand_sound

Progress = Callable[[int, int], None]
_NAME = re.compile(r"backup-(\d{8}-\d{6})(?:-\d+)?\.sqlite3")
_STAMP = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, kw_only=True)
class BackupFile:
    """A verified backup: where it lies, of when it is, and the journal head it holds."""

    path: Path
    made_at: datetime
    size: int
    seal: Seal


@dataclass(frozen=True, kw_only=True)
class Keep:
    """How many backups thinning leaves: the newest of each day, week and month."""

    newest: int = 3
    daily: int = 12
    weekly: int = 10
    monthly: int = 9


def backup(
    database: Database, where: Path, *, now: datetime, progress: Progress | None = None
) -> BackupFile:
    """Write a verified copy into a folder, or under a file name that is not taken yet.

    A PostgreSQL office is copied row by row into the same SQLite format, so that any backup
    opens on any machine. The office remembers the last good one (``backup.last``).

    Raises:
        BadInput: E1014, the file exists.
        Unavailable: the place is refused (E1001, E1003), the disk is full (E1004), or the copy
            does not verify; then no backup is left behind.
    """
    target = _name(where, now)
    _make_folder(target.parent)
    check_place(target)
    check_writable(target)
    refuse_existing(target)
    half = target.with_name(target.name + ".copy")
    _remove(half)
    try:
        _copy(database, half, progress)
        seal = _judge(half)
        publish(half, target)
    except (OSError, DatabaseError) as fault:
        raise _failed(fault) from fault
    finally:
        _remove(half)
    _remember(database, target, now)
    return BackupFile(path=target, made_at=now, size=target.stat().st_size, seal=seal)


def restore(file: Path, target: Path | URL, *, progress: Progress | None = None) -> Seal:
    """Bring a backup back under a new file name, or into an empty PostgreSQL database.

    Raises:
        BadInput: E1014, the target exists or is not empty.
        Unavailable: the backup is damaged, foreign or does not verify; the target is untouched.
    """
    if not file.is_file():
        raise Unavailable(N_("没有备份文件 {path}。请检查路径。"), {"path": str(file)}, "E1006")
    check_shape(file, file.parent)
    if isinstance(target, URL):
        return _restore_to_server(file, target, progress)
    check_place(target)
    refuse_existing(target)
    check_writable(target)
    half = target.with_name(target.name + ".copy")
    _remove(half)
    try:
        copy_file(file, half, progress=progress)
        seal = _judge(half)
        publish(half, target)
    except (OSError, DatabaseError) as fault:
        raise _failed(fault) from fault
    finally:
        _remove(half)
    return seal


def backups(folder: Path) -> tuple[Path, ...]:
    """Return the verified backups of a folder, newest first."""
    found = [each for each in folder.glob("backup-*.sqlite3") if _NAME.fullmatch(each.name)]
    return tuple(sorted(found, key=lambda each: each.name, reverse=True))


def thin(folder: Path, keep: Keep | None = None) -> tuple[Path, ...]:
    """Remove backups beyond the newest few, one a day, one a week, one a month; say which went."""
    rule = keep or Keep()
    found = backups(folder)
    stay = set(found[: rule.newest])
    for limit, period in (
        (rule.daily, "%Y-%m-%d"),
        (rule.weekly, "%G-%V"),
        (rule.monthly, "%Y-%m"),
    ):
        by_period: dict[str, Path] = {}
        for each in found:  # newest first: the first of a period is its newest
            by_period.setdefault(_moment(each).strftime(period), each)
        stay |= set(list(by_period.values())[:limit])
    gone = tuple(each for each in found if each not in stay)
    for each in gone:
        each.unlink()
    return gone


def _moment(path: Path) -> datetime:
    made = _NAME.fullmatch(path.name)
    stamp = made[1] if made else "19700101-000000"
    return datetime.strptime(stamp, _STAMP)  # noqa: DTZ007 - office time has no zone


def _name(where: Path, now: datetime) -> Path:
    if where.suffix:
        return where
    base = where / f"backup-{now.strftime(_STAMP)}.sqlite3"
    again = 1
    path = base
    while path.exists():
        again += 1
        path = base.with_name(f"{base.stem}-{again}.sqlite3")
    return path


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _failed(fault) from fault


def _copy(database: Database, half: Path, progress: Progress | None) -> None:
    if database.path is not None:
        copy_file(database.path, half, progress=progress)
        return
    made = Database(sqlite_url(half))
    try:
        schema.upgrade(made)
        with database.engine.connect() as plain, made.engine.connect() as target:
            source = plain.execution_options(isolation_level="REPEATABLE READ")
            _copy_tables(source, target, progress)
            source.rollback()
    finally:
        made.close()


def _copy_tables(source: Connection, target: Connection, progress: Progress | None) -> None:
    if target.dialect.name == "sqlite":
        target.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    kept = triggers_off(target)
    copy_rows(source, target, progress=progress)
    triggers_on(target, kept)
    target.commit()


def _judge(half: Path) -> Seal:
    """Open the copy as if it were the office: pages, structure, every promise."""
    copy = Database(sqlite_url(half))
    try:
        refuse_damage(copy)
        schema.upgrade(copy)
        with copy.reading() as connection:
            check_structure(connection, exact=True)
        return demand_sound(copy)
    finally:
        copy.close()


def _restore_to_server(file: Path, url: URL, progress: Progress | None) -> Seal:
    source = Database(sqlite_url(file))
    target = Database(url)
    try:
        with source.reading() as connection:
            check_structure(connection, exact=schema.revision(connection) == schema.HEAD)
        demand_sound(source)
        schema.upgrade(target)
        with target.engine.connect() as write:
            if write.execute(text("SELECT count(*) FROM journal")).scalar():
                raise BadInput(
                    N_("目标数据库里已有数据，没有覆盖。请换一个空数据库。"), {}, "E1014"
                )
            with source.reading() as read:
                _copy_tables(read, write, progress)
        return demand_sound(target)
    finally:
        source.close()
        target.close()


def _remember(database: Database, path: Path, now: datetime) -> None:
    with database.writing() as session:
        session.execute(text("DELETE FROM office_fact WHERE name = 'backup.last'"))
        session.execute(
            text("INSERT INTO office_fact (name, value) VALUES ('backup.last', :value)"),
            {"value": f"{now.isoformat(timespec='seconds')} {path}"},
        )
        session.commit()


def _remove(half: Path) -> None:
    for tail in ("", "-journal", "-wal", "-shm", ".part"):
        Path(f"{half}{tail}").unlink(missing_ok=True)


def _failed(fault: Exception) -> Unavailable:
    words = str(fault)
    if "full" in words or getattr(fault, "errno", 0) == 28:
        return Unavailable(
            N_("磁盘已满，备份没有完成，已删除残件，原数据完好。请腾出空间后再试。"), {}, "E1004"
        )
    if isinstance(fault, PermissionError):
        return Unavailable(
            N_("没有写入权限：{folder}。未作改动。"), {"folder": fault.filename or ""}, "E1003"
        )
    return Unavailable(
        N_("备份或恢复没有完成（{fault}），已删除残件，原数据完好。"),
        {"fault": words.splitlines()[0][:120] if words else type(fault).__name__},
        "E1005",
    )
