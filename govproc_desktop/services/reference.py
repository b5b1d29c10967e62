"""The reference tables in force: loaded editions, parsed once and shared until one changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from threading import Lock
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from govproc_desktop.models import ReferenceSet
from govproc_desktop.services import reference_parse


class Reference:
    """Parsed reference tables of one set of editions; immutable, shared between threads."""

    _cache: dict[tuple[tuple[str, str], ...], Reference] = {}  # noqa: RUF012 - process-wide cache
    _lock = Lock()

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts
        self._parsed: dict[str, Any] = {}

    @classmethod
    def current(cls, session: Session) -> Reference:
        """Return the tables in force, parsing only editions not seen before."""
        newest = (
            select(ReferenceSet.kind, func.max(ReferenceSet.edition).label("edition"))
            .group_by(ReferenceSet.kind)
            .subquery()
        )
        join = (ReferenceSet.kind == newest.c.kind) & (ReferenceSet.edition == newest.c.edition)
        key = tuple(
            sorted(
                (kind, digest)
                for kind, digest in session.execute(
                    select(ReferenceSet.kind, ReferenceSet.hash).join(newest, join)
                )
            )
        )
        with cls._lock:
            found = cls._cache.get(key)
        if found is None:
            rows = session.execute(select(ReferenceSet.kind, ReferenceSet.text).join(newest, join))
            found = cls({kind: text for kind, text in rows})
            with cls._lock:
                cls._cache = {key: found}
        return found

    def table(self, kind: str) -> Any:
        """Return one parsed table (see :data:`reference_parse.PARSERS`); empty if never loaded."""
        if kind not in self._parsed:
            parse: Callable[[str], Any] = reference_parse.PARSERS[kind]
            self._parsed[kind] = parse(self._texts.get(kind, ""))
        return self._parsed[kind]

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that have been loaded."""
        return tuple(sorted(self._texts))
