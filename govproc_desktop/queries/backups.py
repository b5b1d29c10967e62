"""Where the backups of the opened database lie, and when the last good one was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from govproc_desktop.i18n import N_
from govproc_desktop.models import OfficeFact
from govproc_desktop.models.opening import backup_folder
from govproc_desktop.paths import data_folder
from govproc_desktop.queries.lookups import NoParams
from govproc_desktop.queries.registry import Reader, query


@dataclass(frozen=True, kw_only=True)
class BackupPlace:
    """The folder backups go to by default, the database in words, and the last backup."""

    folder: str
    database: str
    is_file: bool
    last_at: datetime | None = None
    last_path: str = ""


@query("backup.place", N_("备份位置"), NoParams, permission="backup.make")
def backup_place(reader: Reader, params: NoParams) -> BackupPlace:
    """Return where backups go and when the last one was made (one statement)."""
    del params
    database = reader.database
    path = database.path
    fact = select(OfficeFact.value).where(OfficeFact.name == "backup.last")
    with database.reading() as connection:
        last = connection.execute(fact).scalar_one_or_none()
    at, _space, where = str(last or "").partition(" ")
    return BackupPlace(
        folder=str(backup_folder(path) if path is not None else data_folder() / "backups"),
        database=str(path)
        if path is not None
        else database.url.render_as_string(hide_password=True),
        is_file=path is not None,
        last_at=datetime.fromisoformat(at) if at else None,
        last_path=where,
    )
