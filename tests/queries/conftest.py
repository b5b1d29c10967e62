"""An office with fund plans and plans to list, on both engines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from govproc_desktop.models.engine import Database
from govproc_desktop.queries.listing import reading
from govproc_desktop.queries.registry import Reader
from tests.office import Office, make_office


@pytest.fixture
def office(database: Database) -> Office:
    return make_office(database)


@pytest.fixture
def reader_for(office: Office) -> Callable[[str], Reader]:
    return lambda login: Reader(office.database, office.actor(login), office.clock())


@pytest.fixture
def list_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement a list sends, in order."""
    sent: list[str] = []
    real = reading.fetch

    def fetch(database: Database, sql: str, values: Sequence[Any]) -> list[reading.Row]:
        sent.append(sql)
        return real(database, sql, values)

    monkeypatch.setattr(reading, "fetch", fetch)
    return sent
