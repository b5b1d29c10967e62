"""Verify the journal: its links, and the facts that each of its rows is bound to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

from govproc_desktop.i18n import N_
from govproc_desktop.models.facts import (
    FACT_CLASSES,
    GENESIS,
    JOURNAL_FIELDS,
    fact_fields,
    facts_hash,
    link,
)
from govproc_desktop.services.maintenance.report import Findings, Seal

_CHUNK = 500
_SEPARATOR = "\x1f"

Progress = Callable[[int, int], None]


def check_journal(
    connection: Connection, findings: Findings, *, progress: Progress | None = None
) -> dict[str, int]:
    """Walk the chain from its first row; returns how many rows and facts were read."""
    counted = {"journal": 0, **{each.__tablename__: 0 for each in FACT_CLASSES}}
    total = connection.execute(text("SELECT count(*) FROM journal")).scalar() or 0
    seq, prev = 0, GENESIS
    for rows in _journal_chunks(connection):
        lines = _fact_lines(connection, [row.command_uid for row in rows], counted)
        for row in rows:
            _check_row(row, findings, seq=seq, prev=prev)
            _check_facts(row, lines.get(row.command_uid, []), findings)
            seq, prev = row.seq, row.hash
        counted["journal"] += len(rows)
        if progress is not None:
            progress(counted["journal"], total)
    _check_head(connection, findings, seq=seq, last=prev)
    _check_orphans(connection, findings, counted)
    return counted


def read_seal(connection: Connection) -> Seal:
    """Return the journal's head as it stands."""
    row = connection.execute(text("SELECT seq, hash FROM journal_head")).one_or_none()
    return Seal(int(row.seq), str(row.hash)) if row else Seal(0, "")


def check_seal(connection: Connection, findings: Findings, seal: Seal) -> None:
    """Compare the chain with a seal that was kept elsewhere."""
    found = connection.execute(
        text("SELECT hash FROM journal WHERE seq = :seq"), {"seq": seal.seq}
    ).scalar()
    newest = connection.execute(text("SELECT max(seq) FROM journal")).scalar() or 0
    if newest < seal.seq:
        findings.add(
            "seal",
            "E1009",
            N_("审计记录比封条少 {missing} 条（封条 {sealed}，现有 {newest}）。"),
            missing=seal.seq - newest,
            sealed=seal.seq,
            newest=newest,
        )
    elif not seal.hash or not str(found or "").startswith(seal.hash):
        findings.add("seal", "E1009", N_("审计记录第 {seq} 条与封条不符，已被改写。"), seq=seal.seq)


def _journal_chunks(connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    statement = text(
        f"SELECT {', '.join(JOURNAL_FIELDS)}, prev_hash, hash FROM journal"
        " WHERE seq > :after ORDER BY seq LIMIT :size"
    )
    after = -(1 << 62)
    while rows := connection.execute(statement, {"after": after, "size": _CHUNK}).all():
        yield rows
        after = rows[-1].seq


def _check_row(row: Row[Any], findings: Findings, *, seq: int, prev: str) -> None:
    if row.seq != seq + 1:
        findings.add(
            "chain", "E1009", N_("审计记录第 {seq} 条之前缺少 {missing} 条。"),
            seq=row.seq, missing=row.seq - seq - 1,
        )  # fmt: skip
        return
    made = link(row.prev_hash, (str(getattr(row, name)) for name in JOURNAL_FIELDS))
    if row.prev_hash != prev or row.hash != made:
        findings.add(
            "chain", "E1009", N_("审计记录自第 {seq} 条起被改动（{command}，{at}，{who}）。"),
            seq=row.seq, command=row.command, at=row.at, who=row.person_name,
        )  # fmt: skip


def _check_facts(row: Row[Any], lines: list[str], findings: Findings) -> None:
    if facts_hash(lines) != row.facts_hash:
        findings.add(
            "facts",
            "E1009",
            N_(
                "审计记录第 {seq} 条（{command}，{who}）所登记的 {count} 条明细被改动、增加或删除。"
            ),
            seq=row.seq,
            command=row.command,
            who=row.person_name,
            count=len(lines),
        )


def _fact_lines(
    connection: Connection, uids: list[str], counted: dict[str, int]
) -> dict[str, list[str]]:
    made: dict[str, list[str]] = defaultdict(list)
    for kind in FACT_CLASSES:
        table = kind.__tablename__
        statement = text(
            f"SELECT command_uid, {', '.join(fact_fields(kind))} FROM {table}"
            " WHERE command_uid IN :uids"
        ).bindparams(bindparam("uids", expanding=True))
        for uid, *values in connection.execute(statement, {"uids": uids}):
            # Stored values are already the text that was hashed: no types to convert.
            parts = [table, *("" if each is None else str(each) for each in values)]
            made[uid].append(_SEPARATOR.join(parts))
            counted[table] += 1
    return made


def _check_head(connection: Connection, findings: Findings, *, seq: int, last: str) -> None:
    head = read_seal(connection)
    if (head.seq, head.hash or GENESIS) != (seq, last):
        findings.add(
            "chain",
            "E1009",
            N_("审计链末尾是第 {seq} 条，而链头登记的是第 {head} 条，末尾被截断或改动。"),
            seq=seq,
            head=head.seq,
        )


def _check_orphans(connection: Connection, findings: Findings, counted: dict[str, int]) -> None:
    for kind in FACT_CLASSES:
        table = kind.__tablename__
        total = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0
        if total == counted[table]:
            continue
        first = connection.execute(
            text(
                f"SELECT min(f.id) FROM {table} f WHERE NOT EXISTS"
                " (SELECT 1 FROM journal j WHERE j.command_uid = f.command_uid)"
            )
        ).scalar()
        findings.add(
            "orphan",
            "E1009",
            N_("{table} 中有 {count} 行没有审计记录，第一行 id={first}。"),
            table=table,
            count=total - counted[table],
            first=first,
        )
