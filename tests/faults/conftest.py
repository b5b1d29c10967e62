"""Fixtures of the fault runs: how long they are, a made office on both engines, a nursery."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from govproc_desktop.models.engine import Database, sqlite_url
from tests.conftest import _admin, _named
from tests.faults.ground import make_ground
from tests.faults.nursery_client import Nursery
from tests.faults.seeded import seeded

_LONG = int(os.environ.get("FAULTS_FACTOR", "10"))
_FACTOR = {"tenth": 0.1, "full": 1.0, "long": float(_LONG)}


@dataclass(frozen=True)
class Size:
    """How long a run is: CI size times a factor."""

    factor: float

    def of(self, full: int) -> int:
        return max(1, round(full * self.factor))


@pytest.fixture(scope="session")
def size(request: pytest.FixtureRequest) -> Size:
    return Size(_FACTOR[request.config.getoption("--faults")])


@pytest.fixture(scope="session")
def ground_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the office and its fund plans in it; copy it, never write to it."""
    path = tmp_path_factory.mktemp("ground") / "ground.sqlite3"
    shutil.copy(sqlite_template, path)
    database = Database(sqlite_url(path))
    with seeded("ground"):
        make_ground(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def ground_pg(pg_server: str, pg_template: str) -> str:
    """A PostgreSQL template database with the same office in it."""
    name = f"ground_{uuid4().hex[:12]}"
    _admin(pg_server, f"CREATE DATABASE {name} TEMPLATE {pg_template}")
    database = Database(_named(pg_server, name))
    with seeded("ground"):
        make_ground(database)
    database.close()
    return name


MakeUrl = Callable[[str], str]


@pytest.fixture
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeUrl]:
    """Return the URL of a new copy of the office: ``fresh("sqlite")``, ``fresh("postgresql")``."""
    made: list[str] = []

    def make(engine: str) -> str:
        name = f"f_{uuid4().hex[:12]}"
        if engine == "sqlite":
            path = tmp_path / f"{name}.sqlite3"
            shutil.copy(request.getfixturevalue("ground_file"), path)
            return sqlite_url(path).render_as_string(hide_password=False)
        server = request.getfixturevalue("pg_server")
        template = request.getfixturevalue("ground_pg")
        _admin(server, f"CREATE DATABASE {name} TEMPLATE {template}")
        made.append(name)
        return _named(server, name)

    yield make
    for name in made:
        _admin(request.getfixturevalue("pg_server"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """A small process without Qt or threads that forks the children of fault runs."""
    made = Nursery()
    yield made
    made.close()
