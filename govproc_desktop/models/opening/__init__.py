"""Open a database safely: judge the place, the file, its structure and its version first.

Nothing is changed before every check has passed. A file that an older program made is backed up,
upgraded and judged again; a file whose last program died is checked and the person is told.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, make_url, text
from sqlalchemy.exc import DatabaseError, DBAPIError

from govproc_desktop.domain.errors import Unavailable, render
from govproc_desktop.i18n import N_
from govproc_desktop.models import schema
from govproc_desktop.models.copying import copy_file, sync_folder
from govproc_desktop.models.engine import Database, sqlite_url
from govproc_desktop.models.opening.lock import ProgramLock, in_use, no_right
from govproc_desktop.models.opening.place import check_place, check_writable
from govproc_desktop.models.opening.server import check_server
from govproc_desktop.models.opening.shape import check_shape, damaged, newest_backup
from govproc_desktop.models.opening.structure import check_structure
from govproc_desktop.paths import data_folder

__all__ = ["Note", "Opened", "backup_folder", "default_path", "open_database", "refuse_damage"]

Judge = Callable[[Database], object]


@dataclass(frozen=True)
class Note:
    """Something the person should know about the opening; nothing to be done."""

    template: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self) -> str:
        """Return the whole sentence in the interface language."""
        return render(self.template, self.params)


@dataclass(frozen=True)
class Opened:
    """An opened database, what there is to tell about it, and the lock that keeps it ours."""

    database: Database
    notes: tuple[Note, ...] = ()
    lock: ProgramLock | None = None

    def close(self) -> None:
        """Close the connections and let the next program in."""
        self.database.close()
        if self.lock is not None:
            self.lock.release()


def default_path() -> Path:
    """Return the file that is opened when none is named."""
    return data_folder() / "office.sqlite3"


def backup_folder(path: Path) -> Path:
    """Return the folder that holds a database file's backups."""
    return path.parent / "backups"


def open_database(
    url_or_path: str | Path | URL,
    *,
    lock: bool,
    holder: str,
    create: bool = True,
    judge: Judge | None = None,
) -> Opened:
    """Open a database file or a PostgreSQL URL; a missing file is made if ``create``.

    Args:
        url_or_path: a path, ``sqlite:///path`` or ``postgresql://…``.
        lock: hold the file for this program alone; reading beside it needs no lock.
        holder: the person's name, told to whoever comes second.
        create: make a missing file or fill an empty PostgreSQL database.
        judge: called after an upgrade (``maintenance.demand_sound``); what it raises refuses.

    Raises:
        Unavailable: E1001–E1013 for a file, E2001–E2005 for a server; nothing was changed.
    """
    url = _as_url(url_or_path)
    if url.get_backend_name() != "sqlite":
        return _open_server(url, create=create)
    path = Path(url.database or "")
    check_place(path)
    if not path.exists():
        if not create:
            raise Unavailable(N_("没有数据文件 {path}。请检查路径。"), {"path": str(path)}, "E1006")
        _make(path)
    check_writable(path)
    held = ProgramLock(path, holder) if lock else None
    try:
        database, notes = _open_file(path, judge, unclean=held is not None and held.unclean)
    except BaseException:
        if held is not None:
            held.abandon() if held.unclean else held.release()
        raise
    return Opened(database, notes, held)


def refuse_damage(database: Database) -> None:
    """Check every page of a SQLite file.

    Raises:
        Unavailable: E1007 with SQLite's first complaint.
    """
    path = database.path or Path()
    try:
        with database.reading() as connection:
            said = str(connection.execute(text("PRAGMA quick_check(1)")).scalar())
    except DatabaseError as fault:
        raise damaged(str(fault.orig), backup_folder(path)) from fault
    if said != "ok":
        raise damaged(said.splitlines()[-1][:120], backup_folder(path))


def _as_url(url_or_path: str | Path | URL) -> URL:
    if isinstance(url_or_path, URL):
        return url_or_path
    if isinstance(url_or_path, str) and "://" in url_or_path:
        return make_url(url_or_path)
    return sqlite_url(Path(url_or_path))


def _open_server(url: URL, *, create: bool) -> Opened:
    database = Database(url)
    try:
        check_server(database)
        stands_at = _revision(database)
        if stands_at is None and not create:
            raise Unavailable(
                N_("这个服务器上的数据库是空的，还没有建立单位。请先执行 init。"), {}, "E1006"
            )
        schema.upgrade(database)
        with database.reading() as connection:
            check_structure(connection, exact=True)
    except BaseException:
        database.close()
        raise
    return Opened(database)


def _make(path: Path) -> None:
    """Build a new file under another name: a half-made one never carries the real name."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise no_right(path.parent) from fault
    check_writable(path)
    half = path.with_name(path.name + ".new")
    half.unlink(missing_ok=True)
    database = Database(sqlite_url(half))
    try:
        schema.upgrade(database)
    finally:
        database.close()
    Path(f"{half}-journal").unlink(missing_ok=True)
    os.replace(half, path)  # noqa: PTH105 - the name says that a leftover is replaced
    sync_folder(path.parent)


def _open_file(
    path: Path, judge: Judge | None, *, unclean: bool
) -> tuple[Database, tuple[Note, ...]]:
    hot = check_shape(path, backup_folder(path))
    database = Database(sqlite_url(path))
    try:
        _probe(database, path)
        if unclean or hot:
            refuse_damage(database)
        _bring_up(database, path, judge)
        notes = (_unclean_note(database),) if unclean or hot else ()
    except BaseException:
        database.close()
        raise
    return database, notes


def _probe(database: Database, path: Path) -> None:
    """Take and drop the write lock once: someone without our lock file may hold the database."""
    try:
        with database.writing() as session:
            session.rollback()
    except DBAPIError as fault:
        words = str(fault.orig)
        if "locked" in words:
            raise in_use(N_("另一个程序"), N_("刚才")) from fault
        if "readonly" in words or "unable to open" in words:
            raise no_right(path.parent) from fault
        raise damaged(words[:120], backup_folder(path)) from fault


def _bring_up(database: Database, path: Path, judge: Judge | None) -> None:
    stands_at = _revision(database)
    if stands_at is None:
        raise Unavailable(
            N_("不是本系统数据文件或已残缺，未打开，未作改动。最近可用备份：{backup}。"),
            {"backup": newest_backup(backup_folder(path))},
            "E1006",
        )
    with database.reading() as connection:
        check_structure(connection, exact=stands_at == schema.HEAD)
    if stands_at < schema.HEAD:
        folder = backup_folder(path)
        folder.mkdir(exist_ok=True)
        copy_file(path, folder / f"before-v{int(stands_at)}-to-v{int(schema.HEAD)}.sqlite3")
    if schema.upgrade(database):
        refuse_damage(database)
        with database.reading() as connection:
            check_structure(connection, exact=True)
        if judge is not None:
            judge(database)


def _revision(database: Database) -> str | None:
    try:
        with database.reading() as connection:
            return schema.revision(connection)
    except DatabaseError as fault:
        if database.path is None:
            raise
        raise damaged(str(fault.orig)[:120], backup_folder(database.path)) from fault


def _unclean_note(database: Database) -> Note:
    with database.reading() as connection:
        drafts = connection.execute(text("SELECT count(*) FROM draft")).scalar() or 0
    if drafts:
        return Note(
            N_("上次未正常退出，已检查数据：完好。草稿 {drafts} 份待恢复。"), {"drafts": drafts}
        )
    return Note(N_("上次未正常退出，已检查数据：完好。"))
