"""Open a database: SQLite with the settings that survive a power cut, or PostgreSQL by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session, sessionmaker

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_

PRAGMAS = {
    "journal_mode": "truncate",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "busy_timeout": 5000,
    "mmap_size": 0,
    "temp_store": 2,
}
"""Read back at every connect; WAL is refused because a full disk kills its next open (ADR 0008)."""

_PG_MUST = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


def sqlite_url(path: Path) -> URL:
    """Return the URL of an embedded database file."""
    return URL.create("sqlite", database=str(path))


class Database:
    """One opened database: sessions that write, connections that read.

    Any thread may use it; each session and connection belongs to the thread that asked for it.
    """

    def __init__(self, url: URL | str) -> None:
        self.url = make_url(url) if isinstance(url, str) else url
        self.engine = _sqlite(self.url) if self.is_sqlite else _postgresql(self.url)
        self.sessions = sessionmaker(self.engine, expire_on_commit=False, autoflush=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded engine."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def path(self) -> Path | None:
        """The file of an embedded database."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session whose transaction takes the write lock at once (SQLite: IMMEDIATE)."""
        with self.sessions() as session:
            if self.is_sqlite:
                session.connection(execution_options={"govproc_begin": "IMMEDIATE"})
            yield session

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection for reads only; nothing done on it is ever committed."""
        with self.engine.connect() as connection:
            yield connection
            connection.rollback()

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def _sqlite(url: URL) -> Engine:
    from pysqlite3 import dbapi2  # its own SQLite 3.53: Debian's 3.40 has known faults

    engine = create_engine(url, module=dbapi2, connect_args={"timeout": 5.0})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for name, value in PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")
        for name, value in PRAGMAS.items():
            read = connection.execute(f"PRAGMA {name}").fetchone()
            if read and read[0] != value:
                raise Unavailable(
                    N_("数据库设置 {name} 应为 {value}，读回却是 {read}，已拒绝打开。"),
                    {"name": name, "value": value, "read": read[0]},
                    "E1013",
                )

    @event.listens_for(engine, "checkin")
    def settle(connection: Any, _record: object) -> None:
        # A COMMIT that failed (busy, full disk) leaves SQLite's transaction open; the pool's own
        # rollback does nothing for a driver in autocommit mode, so the next BEGIN would fail.
        if connection is not None and connection.in_transaction:
            connection.execute("ROLLBACK")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("govproc_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def _postgresql(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        connect_args={"application_name": "govproc-desktop", "connect_timeout": 10},
    )

    @event.listens_for(engine, "first_connect")
    def check(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            for name, must in _PG_MUST.items():
                cursor.execute(f"SHOW {name}")
                read = cursor.fetchone()[0]
                if read != must:
                    raise Unavailable(
                        N_(
                            "服务器设置不安全（{name}={read}），拒绝写入。请联系管理员改为 {must}。"
                        ),
                        {"name": name, "read": read, "must": must},
                        "E2005",
                    )
        connection.rollback()

    return engine


def scalar(connection: Connection, sql: str, **params: Any) -> Any:
    """Return the first column of the first row of a textual query."""
    return connection.execute(text(sql), params).scalar()
