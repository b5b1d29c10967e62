"""Copy a whole database so that what arrives is complete: page by page, or table by table."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, ForeignKeyConstraint, Table, text

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.i18n import N_
from govproc_desktop.models import Base
from govproc_desktop.models.kernel import DOCUMENT_HEADS, FACTS

Progress = Callable[[int, int], None]
_PAGES = 2000
_ROWS = 2000


def copy_file(source: Path, target: Path, *, progress: Progress | None = None) -> None:
    """Copy a SQLite file through the backup API; the finished copy appears under its name at once.

    Raises:
        BadInput: E1014, the target exists; nothing is ever overwritten.
        sqlite3.Error: the source is locked or damaged, or the disk is full.
    """
    refuse_existing(target)
    half = target.with_name(target.name + ".part")
    half.unlink(missing_ok=True)
    try:
        _copy_pages(source, half, progress)
        publish(half, target)
    finally:
        half.unlink(missing_ok=True)


def refuse_existing(target: Path) -> None:
    """Refuse a target that is already there.

    Raises:
        BadInput: E1014.
    """
    if target.exists() or target.is_symlink():
        raise BadInput(
            N_("已有文件 {path}，没有覆盖。请换一个文件名。"), {"path": str(target)}, "E1014"
        )


def publish(half: Path, target: Path) -> None:
    """Give a finished file its name, surviving a power cut, never over another file."""
    with half.open("rb+") as file:
        os.fsync(file.fileno())
    try:
        os.link(half, target)
    except FileExistsError:
        refuse_existing(target)
    except OSError:  # a file system without hard links
        refuse_existing(target)
        half.rename(target)
    else:
        half.unlink()
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder durable; a no-op where folders cannot be synced (Windows)."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def copy_rows(source: Connection, target: Connection, *, progress: Progress | None = None) -> int:
    """Copy every row of every table into a freshly made schema, on either engine, both ways.

    Both engines hold the same plain values, so rows travel unconverted. The target's triggers
    must be off (:func:`triggers_off`). Returns the number of rows.
    """
    tables = Base.metadata.sorted_tables
    total = 0
    for at, table in enumerate(tables):
        target.execute(table.delete())
        total += _copy_table(source, target, table)
        if progress is not None:
            progress(at + 1, len(tables))
    return total


def triggers_off(connection: Connection) -> list[str]:
    """Take the kernel's triggers away for a copy; returns what :func:`triggers_on` needs."""
    if connection.dialect.name != "sqlite":
        for name in _kernel_tables():
            connection.exec_driver_sql(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        return []
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    found = [(name, sql) for name, sql in rows]
    for name, _sql in found:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    return [sql for _name, sql in found]


def triggers_on(connection: Connection, kept: list[str]) -> None:
    """Put the kernel's triggers back."""
    for sql in kept:
        connection.exec_driver_sql(sql)
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")  # judge the copied keys now
        for name in _kernel_tables():
            connection.exec_driver_sql(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        _set_sequences(connection)


def _kernel_tables() -> list[str]:
    return [*FACTS, *DOCUMENT_HEADS.values()]


def _set_sequences(connection: Connection) -> None:
    for table in Base.metadata.sorted_tables:
        if "id" not in table.c:
            continue
        connection.execute(
            text(
                "SELECT setval(pg_get_serial_sequence(:name, 'id'), max(id)) FROM "
                + table.name
                + " HAVING max(id) IS NOT NULL AND pg_get_serial_sequence(:name, 'id') IS NOT NULL"
            ),
            {"name": table.name},
        )


def _copy_table(source: Connection, target: Connection, table: Table) -> int:
    names = [column.name for column in table.columns]
    later = _self_references(table)
    listed = ", ".join(f'"{name}"' for name in names)
    insert = text(
        f'INSERT INTO "{table.name}" ({listed}) VALUES ({", ".join(f":{n}" for n in names)})'
    )
    put_back: list[dict[str, Any]] = []
    count = 0
    found = source.execution_options(yield_per=_ROWS).execute(
        text(f'SELECT {listed} FROM "{table.name}"')
    )
    for part in found.mappings().partitions(_ROWS):
        rows = [dict(each) for each in part]
        count += len(rows)
        for row in rows:
            for name in later:
                if row[name] is not None:
                    put_back.append({"key": row["id"], name: row[name]})
                    row[name] = None
        target.execute(insert, rows)
    for each in put_back:
        name = next(key for key in each if key != "key")
        target.execute(text(f'UPDATE "{table.name}" SET {name} = :{name} WHERE id = :key'), each)
    return count


def _self_references(table: Table) -> list[str]:
    return [
        column.name
        for constraint in table.constraints
        if isinstance(constraint, ForeignKeyConstraint) and constraint.referred_table is table
        for column in constraint.columns
    ]


def _copy_pages(source: Path, target: Path, progress: Progress | None) -> None:
    from pysqlite3 import dbapi2

    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    read = dbapi2.connect(f"file:{_quoted(source)}?mode=rw", uri=True, timeout=5.0)
    try:
        write = dbapi2.connect(str(target), timeout=5.0)
        try:
            write.execute("PRAGMA synchronous=FULL")
            read.backup(write, pages=_PAGES, progress=tell)
        finally:
            write.close()
    finally:
        read.close()


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path))
