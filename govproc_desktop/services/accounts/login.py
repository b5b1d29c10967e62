"""Log in: check the password, count wrong tries, lock for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.domain.errors import Refused
from govproc_desktop.domain.permissions import SYSTEM, Actor
from govproc_desktop.i18n import N_
from govproc_desktop.models import Operator
from govproc_desktop.services.accounts.rights import actor_of
from govproc_desktop.services.command import command, run
from govproc_desktop.services.context import Context
from govproc_desktop.services.passwords import check_password
from govproc_desktop.services.transaction import Tx

LOCK_TRIES = 5
LOCK_MINUTES = 15


@dataclass(frozen=True, kw_only=True)
class NoteLogin:
    """Note that an account tried to log in, with success or not."""

    operator: UUID
    success: bool


@command("login.note", N_("登记登录"), permission=None, journaled=False)
def note_login(cmd: NoteLogin, tx: Tx) -> None:
    """Count wrong tries in the database; five in a row lock the account for fifteen minutes.

    Raises:
        Refused: E1305, not the program itself: nobody locks or unlocks another's account so.
    """
    if tx.actor is not SYSTEM:
        raise Refused(N_("登录由程序自己登记，不能代为登记。没有办理。"), {}, "E1305")
    found = tx.session.scalars(select(Operator).where(Operator.uid == cmd.operator)).one()
    if cmd.success:
        found.failed_tries, found.locked_until, found.last_login = 0, None, tx.now
        return
    found.failed_tries += 1
    if found.failed_tries >= LOCK_TRIES:
        found.locked_until = tx.now + timedelta(minutes=LOCK_MINUTES)
        found.failed_tries = 0


def log_in(context: Context, login: str, password: str) -> Actor:
    """Check the password and return the person with today's rights.

    Args:
        context: runs as the system; its actor is not used.
        login: the account, case ignored.
        password: as typed.

    Raises:
        Refused: E1601 wrong account or password, E1602 locked, E1604 stopped.
    """
    with context.database.sessions() as session:
        found = session.scalars(
            select(Operator).where(Operator.login == login.strip().lower())
        ).one_or_none()
    if found is None:
        raise Refused(N_("账号或密码不对。请核对登录账号，不区分大小写。"), {}, "E1601")
    now = context.clock().replace(tzinfo=None)
    if found.locked_until is not None and now < found.locked_until:
        raise _locked(-int((now - found.locked_until).total_seconds() // 60))
    right = check_password(found.password_hash, password)
    run(NoteLogin(operator=found.uid, success=right), context)
    if not right:
        left = LOCK_TRIES - found.failed_tries - 1
        if left <= 0:
            raise _locked(LOCK_MINUTES)
        raise Refused(
            N_("账号或密码不对。再错 {left} 次将锁定 {minutes} 分钟。"),
            {"left": left, "minutes": LOCK_MINUTES},
            "E1601",
        )
    if found.stopped:
        raise Refused(N_("这个账号已停用，请联系单位管理员。"), {}, "E1604")
    with context.database.sessions() as session:
        return actor_of(session, session.get_one(Operator, found.id))


def _locked(minutes: int) -> Refused:
    return Refused(
        N_("密码连续输错 {tries} 次，账号已锁定，请 {minutes} 分钟后再试。"),
        {"tries": LOCK_TRIES, "minutes": minutes},
        "E1602",
    )
