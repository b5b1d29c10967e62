"""Compare a database's structure with what this program makes; refuse anything else (E1011)."""

from __future__ import annotations

import re
from functools import cache

from sqlalchemy import CheckConstraint, Connection, text

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_
from govproc_desktop.models import Base
from govproc_desktop.models.kernel import statements

_TRIGGER = re.compile(r"CREATE TRIGGER (\w+)")
_FUNCTION = re.compile(r"CREATE FUNCTION (\w+)\(\).*?\$kernel\$(.*)\$kernel\$", re.DOTALL)
_OWN_TABLES = frozenset({*Base.metadata.tables, "alembic_version"})


def check_structure(connection: Connection, *, exact: bool) -> None:
    """Refuse views, foreign triggers and, if ``exact``, anything missing or altered.

    ``exact`` is for a database at the newest revision; an older one is only searched for what
    no revision ever had.

    Raises:
        Unavailable: E1011 naming the first object that differs.
    """
    if connection.dialect.name == "sqlite":
        _check_sqlite(connection, exact=exact)
    else:
        _check_postgresql(connection, exact=exact)


def _check_sqlite(connection: Connection, *, exact: bool) -> None:
    triggers, tables = {}, {}
    for kind, name, sql in connection.execute(
        text("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
    ):
        if kind == "view":
            raise _differs(name)
        if kind == "trigger":
            triggers[name] = _squeeze(sql)
        elif kind == "table" and not name.startswith("sqlite_"):
            tables[name] = _squeeze(sql)
    _compare(triggers, _expected_triggers(), exact=exact)
    _compare(dict.fromkeys(tables, ""), dict.fromkeys(_OWN_TABLES, ""), exact=exact)
    if exact:
        for name, needed in _expected_checks():
            if needed not in tables[name]:
                raise _differs(name)


def _check_postgresql(connection: Connection, *, exact: bool) -> None:
    rows = connection.execute(
        text(
            "SELECT t.tgname, t.tgenabled FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE NOT t.tgisinternal AND n.nspname = current_schema()"
        )
    )
    found = {name: "on" if enabled in ("O", "A") else "off" for name, enabled in rows}
    expected = {
        made[1]: "on" for each in statements("postgresql") if (made := _TRIGGER.match(each))
    }
    _compare(found, expected, exact=exact)
    bodies = {
        name: _squeeze(body)
        for name, body in connection.execute(
            text("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'kernel\\_%'")
        )
    }
    functions = {
        made[1]: _squeeze(made[2])
        for each in statements("postgresql")
        if (made := _FUNCTION.match(each))
    }
    _compare(bodies, functions, exact=exact)


def _compare(found: dict[str, str], expected: dict[str, str], *, exact: bool) -> None:
    for name in sorted(found):
        if name not in expected:
            raise _differs(name)
        if exact and found[name] != expected[name]:
            raise _differs(name)
    if exact:
        for name in sorted(expected):
            if name not in found:
                raise _differs(name)


@cache
def _expected_triggers() -> dict[str, str]:
    return {
        made[1]: _squeeze(each) for each in statements("sqlite") if (made := _TRIGGER.match(each))
    }


@cache
def _expected_checks() -> tuple[tuple[str, str], ...]:
    return tuple(
        (table.name, _squeeze(f"CHECK ({each.sqltext})"))
        for table in Base.metadata.sorted_tables
        for each in table.constraints
        if isinstance(each, CheckConstraint)
    )


def _squeeze(sql: str) -> str:
    return " ".join(sql.split())


def _differs(name: str) -> Unavailable:
    return Unavailable(
        N_("数据文件结构与本系统不符（{name}），已拒绝打开，未作改动。请从备份恢复。"),
        {"name": name},
        "E1011",
    )
