"""A PostgreSQL office is judged before use: reachable, safe, with its kernel in place."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url, text

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.models import engine, schema
from govproc_desktop.models.engine import Database
from govproc_desktop.models.opening import open_database, server

pytestmark = pytest.mark.pg


@pytest.fixture
def url(pg_database: Database) -> str:
    return pg_database.url.render_as_string(hide_password=False)


def refusal(url: str) -> str:
    with pytest.raises(Unavailable) as caught:
        open_database(url, lock=True, holder="张三")
    return str(caught.value)


def test_a_sound_server_opens(url: str) -> None:
    made = open_database(url, lock=True, holder="张三")
    with made.database.reading() as connection:
        assert schema.revision(connection) == schema.HEAD
    made.close()


def test_e2001_nobody_answers() -> None:
    said = refusal("postgresql://nobody@127.0.0.1:1/none")
    assert said.startswith("E2001 连不上数据库服务器 127.0.0.1")
    assert "nobody@" not in said


def test_e2004_a_superuser_over_the_network(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "is_local", lambda _url: False)
    assert "E2004 不安全的连接或账号（账号是超级用户）" in refusal(url)


def test_e2005_unsafe_settings(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engine._PG_MUST, "fsync", "never")
    assert "E2005 服务器设置不安全" in refusal(url)


def test_e2005_an_old_server(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_OLDEST", 990000)
    assert "E2005 服务器版本过低" in refusal(url)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER ledger_entry_moves ON ledger_entry",
        "ALTER TABLE journal DISABLE TRIGGER journal_append_only",
        "CREATE OR REPLACE FUNCTION kernel_append_only() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RETURN NEW; END $$",
    ],
    ids=["dropped", "disabled", "replaced"],
)
def test_e1011_a_kernel_that_was_taken_out(pg_database: Database, url: str, statement: str) -> None:
    with pg_database.engine.begin() as connection:
        connection.execute(text(statement))
    assert "E1011" in refusal(url)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("postgresql:///a?host=/tmp/pg", True),
        ("postgresql://a@localhost/a", True),
        ("postgresql://a@10.0.0.5/a", False),
        ("postgresql:///a?host=10.0.0.5", False),
    ],
)
def test_what_is_on_this_machine(url: str, local: bool) -> None:
    assert server.is_local(make_url(url)) is local
