"""Create and upgrade the schema; refuse a database that a newer program made."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_
from govproc_desktop.models.engine import Database

HEAD = "0001"
"""The newest revision this program knows; raised with every migration."""

_SCRIPTS = Path(__file__).parent / "migrations"


def revision(connection: Connection) -> str | None:
    """Return the revision the database stands at, or nothing for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return str(found) if found else None


def upgrade(database: Database) -> bool:
    """Bring the schema to :data:`HEAD`; say whether anything had to be done.

    Raises:
        Unavailable: E1010, the database was made by a newer program; nothing is changed.
    """
    with database.engine.connect() as connection:
        stands_at = revision(connection)
        connection.rollback()
    if stands_at == HEAD:
        return False
    if stands_at is not None and stands_at > HEAD:
        raise Unavailable(
            N_("数据由较新版本（v{made}）建立，本程序 v{own} 不能打开，未作改动。请先升级程序。"),
            {"made": int(stands_at), "own": int(HEAD)},
            "E1010",
        )
    _run(database)
    return True


def _run(database: Database) -> None:
    from alembic import command  # 40 ms that only a first start or an upgrade pays
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    with database.engine.connect() as connection:
        # A rebuilt table would delete the children of ON DELETE CASCADE; SQLite obeys this pragma
        # only outside a transaction, so it is set on the driver's own connection.
        _foreign_keys(connection, on=False)
        config.attributes["connection"] = connection
        command.upgrade(config, HEAD)
        connection.commit()
        _foreign_keys(connection, on=True)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    if connection.dialect.name != "sqlite":
        return
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
