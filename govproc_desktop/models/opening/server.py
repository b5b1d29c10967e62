"""Judge a PostgreSQL server and account before anything is read from it (E2001, E2004, E2005)."""

from __future__ import annotations

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import OperationalError

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_
from govproc_desktop.models.engine import Database

_LOCAL = frozenset({"", "localhost", "127.0.0.1", "::1"})
_OLDEST = 150000


def check_server(database: Database) -> None:
    """Refuse a server that is down, too old or unsafe, and an account that is too strong.

    Raises:
        Unavailable: E2001 no connection, E2004 plain text or a superuser over the network,
            E2005 unsafe settings or an old version.
    """
    try:
        with database.reading() as connection:
            _check_version(connection)
            if not is_local(database.url):
                _check_account(connection)
    except OperationalError as fault:
        raise Unavailable(
            N_("连不上数据库服务器 {host}。请检查网络和地址；账号和密码由管理员提供。"),
            {"host": database.url.host or N_("本机")},
            "E2001",
        ) from fault


def is_local(url: URL) -> bool:
    """Say whether the server is on this machine (a socket folder or the loop-back address)."""
    host = url.host or str(url.query.get("host", ""))
    return host in _LOCAL or host.startswith("/")


def _check_version(connection: Connection) -> None:
    number = int(str(connection.execute(text("SHOW server_version_num")).scalar()))
    if number < _OLDEST:
        raise Unavailable(
            N_("服务器版本过低（{found}），需要 PostgreSQL 15 或更高，拒绝写入。"),
            {"found": number // 10000},
            "E2005",
        )


def _check_account(connection: Connection) -> None:
    secure = connection.execute(
        text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    ).scalar()
    strong = connection.execute(
        text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
    ).scalar()
    if not secure or strong:
        what = N_("账号是超级用户") if strong else N_("连接没有加密")
        raise Unavailable(
            N_("不安全的连接或账号（{what}），已断开。请联系管理员。"), {"what": what}, "E2004"
        )
