"""The calendar waiting times are counted with, for windows that count many rows themselves."""

from __future__ import annotations

from govproc_desktop.domain.workdays import Calendar
from govproc_desktop.models.reference import Reference
from govproc_desktop.queries.registry import Reader


def calendar(reader: Reader) -> Calendar:
    """Return the published holidays as the reference tables have them now."""
    with reader.database.reading() as connection:
        return Reference.current(connection).calendar
