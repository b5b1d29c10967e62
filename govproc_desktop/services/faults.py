"""Turn database errors into sentences; nothing else in the program looks at driver errors."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.exc import DBAPIError

from govproc_desktop.domain.errors import AppError, Refused, RulesBroken, StaleRecord, Unavailable
from govproc_desktop.domain.errors import Violation as Broken
from govproc_desktop.i18n import N_

_TRANSIENT_STATES = {"40001", "40P01", "55P03"}


def is_transient(fault: DBAPIError, *, tried: int = 0) -> bool:
    """Say whether trying the very same command again may help (lock, serialisation, deadlock).

    A locked SQLite file has made the command wait five seconds each time already: four waits are
    enough, so that nobody sits for half a minute before being told.
    """
    state = getattr(fault.orig, "sqlstate", None)
    if state in _TRANSIENT_STATES:
        return True
    words = str(fault.orig)
    if "database is locked" in words or "database table is locked" in words:
        return tried < 3
    # Two callers with one command uid: the loser reads the winner's answer at the next try.
    return "command_uid" in words and ("UNIQUE" in words or state == "23505")


def translate(fault: DBAPIError) -> AppError:
    """Return the error a person can act on; the original is kept as its cause."""
    words = str(fault.orig)
    for sign, make in _SIGNS:
        if sign in words:
            return make()
    state = getattr(fault.orig, "sqlstate", None) or ""
    if fault.connection_invalidated or state.startswith(("08", "57")) or "connection" in words:
        return Unavailable(N_("连不上数据库服务器，没有保存。网络恢复后请再试。"), {}, "E2001")
    if state == "23505" or "UNIQUE constraint" in words:
        return StaleRecord(N_("已有相同的记录，没有保存。请刷新后再看。"), {}, "E1303")
    raise fault


def _short() -> AppError:
    return RulesBroken(
        (Broken("R53", N_("用款计划的钱不够，没有保存。请刷新后看拟可用金额。"), {}, "", "E1203"),)
    )


def _moved() -> AppError:
    return StaleRecord(N_("刚才已有人办理了这份单据，请刷新后再看。"), {}, "E1303")


def _self_review() -> AppError:
    return Refused(N_("经办人与审核人不能是同一人。未审核。"), {}, "E1301")


def _full() -> AppError:
    return Unavailable(
        N_("磁盘已满。本次操作没有保存，原数据完好。请腾出空间后再点“保存”。"), {}, "E1004"
    )


def _io() -> AppError:
    return Unavailable(
        N_("硬盘读写出错，已停止写入以保护数据。请立即备份并更换硬盘。"), {}, "E1005"
    )


def _read_only() -> AppError:
    return Unavailable(N_("没有写入权限，未作改动。请检查数据文件夹的权限。"), {}, "E1003")


def _damaged() -> AppError:
    return Unavailable(N_("数据文件损坏，已停止写入。请从备份恢复。"), {}, "E1007")


def _busy() -> AppError:
    return Unavailable(N_("数据库正被别的程序占用，没有保存。请稍后再试。"), {}, "E1002")


_SIGNS: tuple[tuple[str, Callable[[], AppError]], ...] = (
    ("ck_fund_balance", _short),
    ("E_STEP_STATE", _moved),
    ("E_SELF_REVIEW", _self_review),
    ("disk is full", _full),
    ("disk I/O error", _io),
    ("readonly database", _read_only),
    ("read-only", _read_only),
    ("malformed", _damaged),
    ("not a database", _damaged),
    ("is locked", _busy),
)
