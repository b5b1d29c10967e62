"""Write the journal: one chained row for each command that changed something, last of all."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import Any

from sqlalchemy import select

from govproc_desktop.models import JournalEntry, JournalHead
from govproc_desktop.models.facts import (
    ALG,
    GENESIS,
    digest,
    fact_line,
    facts_hash,
    journal_parts,
    link,
)
from govproc_desktop.services import wire
from govproc_desktop.services.transaction import Tx


def journalable(value: Any) -> Any:
    """Return a command as plain values; files become their hash, secrets become a mark."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: "***" if f.metadata.get("secret") else journalable(getattr(value, f.name))
            for f in dataclasses.fields(value)
        }
    if isinstance(value, bytes):
        return {"sha256": hashlib.sha256(value).hexdigest(), "size": len(value)}
    if isinstance(value, tuple):
        return [journalable(each) for each in value]
    return wire.dump(value)


@dataclasses.dataclass(frozen=True)
class Body:
    """A command as the journal keeps it: canonical text and the hash that tells repeats."""

    text: str
    hash: str


def body_of(command_id: str, cmd: object) -> Body:
    """Return the journal's form of a command, made once for repeats and for the row."""
    text = wire.canonical(journalable(cmd))
    return Body(text, digest(f"{command_id}\x1f{text}"))


def append(tx: Tx, command_id: str, body: Body, result: dict[str, Any]) -> None:
    """Lock the chain's head and add the command's row, bound to the facts it wrote."""
    tx.touch("journal", 1)
    head = tx.session.scalars(
        select(JournalHead).where(JournalHead.id == 1).with_for_update()
    ).one()
    entry = JournalEntry(
        seq=head.seq + 1,
        command_uid=tx.uid,
        command=command_id,
        at=tx.now,
        login=tx.actor.login,
        person_id=tx.actor.person_id,
        person_name=tx.actor.person_name,
        unit_code=tx.actor.unit_code,
        targets=wire.canonical(sorted(str(uid) for uid in tx.changes().uids)),
        payload=body.text,
        result=wire.canonical(result),
        body_hash=body.hash,
        facts_hash=facts_hash(fact_line(fact) for fact in tx.facts),
        alg=ALG,
        prev_hash=head.hash or GENESIS,
        hash="",
    )
    entry.hash = link(entry.prev_hash, journal_parts(entry))
    tx.session.add(entry)
    head.seq = entry.seq
    head.hash = entry.hash
    tx.session.flush()
