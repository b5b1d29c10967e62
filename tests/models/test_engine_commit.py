"""A commit that fails must not leave its transaction open on the pooled connection."""

from __future__ import annotations

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from govproc_desktop.models import engine
from govproc_desktop.models.engine import Database


def note(database: Database, name: str) -> None:
    with database.writing() as session:
        session.execute(text("INSERT INTO office_fact VALUES (:name, '1')"), {"name": name})
        session.commit()


def test_after_a_busy_commit_the_next_command_works(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(engine.PRAGMAS, "busy_timeout", 50)
    assert sqlite_database.path is not None
    reader = dbapi2.connect(str(sqlite_database.path), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM plan").fetchone()  # a long read: nobody may commit
    with pytest.raises(DBAPIError, match="locked"):
        note(sqlite_database, "lost")
    reader.close()
    note(sqlite_database, "kept")
    with sqlite_database.reading() as connection:
        names = list(connection.execute(text("SELECT name FROM office_fact")).scalars())
    assert names == ["kept"]
