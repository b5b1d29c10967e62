"""The one door: permission → data scope → rules → facts → journal → commit → changes.

To add a command: a frozen keyword-only dataclass named verb + noun, and a handler decorated with
:func:`command`. The handler takes ``(cmd, tx)``, raises :class:`AppError`, returns a JSON-able
dict, never commits, never reads the clock (``tx.now``), calls no other command.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from govproc_desktop.domain.errors import AppError, BadInput, Refused, Unavailable
from govproc_desktop.domain.permissions import PERMISSIONS, SYSTEM
from govproc_desktop.domain.rules import Check
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import JournalEntry
from govproc_desktop.services import faults, journal, wire
from govproc_desktop.services.context import Context, Outcome
from govproc_desktop.services.proper import demand_proper
from govproc_desktop.services.transaction import Tx

C = TypeVar("C")
Handler = Callable[[Any, Tx], "dict[str, Any] | None"]
CheckMaker = Callable[[Any, Tx], Iterable[Check]]

_TRIES = 5


@dataclass(frozen=True, kw_only=True)
class CommandSpec:
    """A registered command: id, title, dataclass, handler, permission and its checks."""

    id: str
    title: str
    kind: type[Any]
    handler: Handler
    permission: str | None
    checks: CheckMaker | None
    journaled: bool


COMMANDS: dict[str, CommandSpec] = {}
_BY_KIND: dict[type[Any], CommandSpec] = {}


def command(
    command_id: str,
    title: str,
    *,
    permission: str | None,
    checks: CheckMaker | None = None,
    journaled: bool = True,
) -> Callable[[Callable[[C, Tx], dict[str, Any] | None]], Callable[[C, Tx], dict[str, Any] | None]]:
    """Register a handler; ``permission=None`` means the handler's process step decides it.

    ``checks`` makes the list of checks that the handler demands, for 为什么不能; ``journaled``
    is off only for what is not a record (drafts, saved views, failed logins).
    """

    def register(
        handler: Callable[[C, Tx], dict[str, Any] | None],
    ) -> Callable[[C, Tx], dict[str, Any] | None]:
        kind = next(iter(handler.__annotations__.values()))
        if isinstance(kind, str):
            kind = handler.__globals__[kind]
        spec = CommandSpec(
            id=command_id,
            title=title,
            kind=kind,
            handler=handler,
            permission=permission,
            checks=checks,
            journaled=journaled,
        )
        COMMANDS[command_id] = spec
        _BY_KIND[kind] = spec
        return handler

    return register


def spec_of(cmd: object) -> CommandSpec:
    """Return the registration of a command object."""
    return _BY_KIND[type(cmd)]


def run(
    cmd: object,
    context: Context,
    *,
    command_uid: UUID | None = None,
    confirmed: frozenset[str] = frozenset(),
    dry_run: bool = False,
) -> Outcome:
    """Run a command in one transaction; the same ``command_uid`` twice has one effect.

    ``dry_run`` does everything and commits nothing. May be called from any thread.

    Raises:
        AppError: Refused, RulesBroken, NeedsConfirmation, StaleRecord, NotFound, BadInput
            or Unavailable; nothing has been changed then.
    """
    spec = spec_of(cmd)
    uid = command_uid or uuid4()
    if spec.journaled:
        # A draft keeps whatever is in the fields: refusing it would lose what was typed.
        demand_proper(cmd)
    body = journal.body_of(spec.id, cmd)
    for attempt in range(_TRIES):
        try:
            return _once(spec, cmd, context, uid, body, confirmed, dry_run=dry_run)
        except DBAPIError as fault:
            if attempt + 1 < _TRIES and faults.is_transient(fault, tried=attempt):
                time.sleep(0.05 * 2**attempt)
                continue
            raise faults.translate(fault) from fault
    raise Unavailable(N_("数据库正忙，没有保存。请稍后再试。"), {}, "E2003")


def _once(
    spec: CommandSpec,
    cmd: object,
    context: Context,
    uid: UUID,
    body: journal.Body,
    confirmed: frozenset[str],
    *,
    dry_run: bool,
) -> Outcome:
    with context.database.writing() as session:
        if not context.database.is_sqlite:
            # Two senders of one command queue here, so that the second reads the first's answer.
            lock = func.pg_advisory_xact_lock(func.hashtextextended(str(uid), 0))
            session.execute(select(lock))
        if (known := _known(session, uid, body.hash, context.actor.login)) is not None:
            return known
        actor = current_actor(session, context)
        permit(spec, actor)
        tx = Tx(session=session, context=context, actor=actor, uid=uid, confirmed=confirmed)
        result = spec.handler(cmd, tx) or {}
        session.flush()
        if dry_run:
            session.rollback()
            return Outcome(command_uid=uid, result=result)
        if spec.journaled:
            journal.append(tx, spec.id, body, result)
        session.commit()
        return Outcome(command_uid=uid, result=result, changes=tx.changes())


def _known(session: Session, uid: UUID, body_hash: str, login: str) -> Outcome | None:
    found = session.scalar(select(JournalEntry).where(JournalEntry.command_uid == uid))
    if found is None:
        return None
    if found.login != login:
        # The first answer is the first sender's: it may tell of what others may not see.
        raise BadInput(N_("这个命令编号已由别的账号用过，已拒绝。请换一个编号。"), {}, "E4008")
    if found.body_hash != body_hash:
        raise BadInput(N_("这个命令编号已用于不同内容，已拒绝。"), {}, "E4008")
    return Outcome(command_uid=uid, result=wire.parse_json(found.result), duplicate=True)


def current_actor(session: Session, context: Context) -> Any:
    """Return the person with today's rights: a stopped account or revoked role counts at once."""
    from govproc_desktop.services import accounts

    if context.actor is SYSTEM:
        return SYSTEM
    return accounts.refresh(session, context.actor)


def permit(spec: CommandSpec, actor: Any) -> None:
    """Refuse a command whose permission the person lacks (R15: at the door, not by hiding).

    Raises:
        Refused: E1305, naming the permission and who can give it.
    """
    if spec.permission is None or actor.may(spec.permission):
        return
    raise refusal(spec.permission)


def refusal(permission: str) -> AppError:
    """Return the sentence for a missing permission."""
    known = PERMISSIONS.get(permission)
    return Refused(
        N_("您没有「{title}」权限，没有办理。请单位管理员在「操作权限」里授权。"),
        {"title": _(known.title) if known else permission},
        "E1305",
    )
