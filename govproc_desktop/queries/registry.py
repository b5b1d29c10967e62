"""The named reads: one registry serves the command line, the windows and the tests.

To add a query: a frozen dataclass of parameters and a function decorated with :func:`query` that
takes ``(reader, params)`` and returns plain JSON-able rows or frozen records, never mapped objects.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from govproc_desktop.domain.errors import Refused
from govproc_desktop.domain.permissions import PERMISSIONS, Actor
from govproc_desktop.i18n import N_, _
from govproc_desktop.models.engine import Database

P = TypeVar("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Reader:
    """For whom and when something is read; the database is only read through it."""

    database: Database
    actor: Actor
    now: datetime


@dataclass(frozen=True, kw_only=True)
class QuerySpec:
    """A registered query: id, title, parameters' dataclass, permission, function."""

    id: str
    title: str
    params: type[Any]
    permission: str | None
    run: Callable[[Reader, Any], Any]


QUERIES: dict[str, QuerySpec] = {}


def query(
    query_id: str, title: str, params: type[P], *, permission: str | None
) -> Callable[[Callable[[Reader, P], R]], Callable[[Reader, P], R]]:
    """Register a read under an id such as ``plan.list``; the permission is asked at every call."""

    def register(run: Callable[[Reader, P], R]) -> Callable[[Reader, P], R]:
        def asked(reader: Reader, values: P) -> R:
            permit(reader.actor, permission)
            return run(reader, values)

        asked.__doc__ = run.__doc__
        asked.__name__ = run.__name__
        QUERIES[query_id] = QuerySpec(
            id=query_id, title=title, params=params, permission=permission, run=asked
        )
        return asked

    return register


def permit(actor: Actor, permission: str | None) -> None:
    """Refuse a read whose permission the person lacks.

    Raises:
        Refused: E1305.
    """
    if permission is not None and not actor.may(permission):
        title = PERMISSIONS[permission].title if permission in PERMISSIONS else permission
        raise Refused(N_("您没有「{title}」权限。"), {"title": _(title)}, "E1305")
