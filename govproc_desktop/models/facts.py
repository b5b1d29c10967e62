"""The exact text of each fact that the journal's ``facts_hash`` is taken over.

The writer hashes what it is about to insert, the verifier hashes what it finds: a ledger row or
step changed, added or removed behind the program's back breaks the hash of its command.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from govproc_desktop.domain.money import to_fen
from govproc_desktop.models.approval import DocumentVersion, StepTaken
from govproc_desktop.models.attachment import NumberIssued
from govproc_desktop.models.ledger import LedgerEntry

ALG = "sha256"
GENESIS = "0" * 64

_FIELDS: dict[type[Any], tuple[str, ...]] = {
    LedgerEntry: (
        "uid",
        "fund_plan_id",
        "account",
        "kind",
        "fen",
        "on_day",
        "at",
        "doc_kind",
        "doc_uid",
        "line_uid",
        "person_name",
    ),
    StepTaken: (
        "uid",
        "doc_kind",
        "doc_uid",
        "seq",
        "action",
        "source",
        "target",
        "person_id",
        "person_name",
        "login",
        "post",
        "unit_name",
        "opinion",
        "pins",
        "doc_version",
        "at",
    ),
    DocumentVersion: ("doc_kind", "doc_uid", "version", "body", "hash", "at"),
    NumberIssued: ("number", "series", "seq", "doc_kind", "doc_uid", "at"),
}
FACT_CLASSES: tuple[type[Any], ...] = tuple(_FIELDS)


def fact_fields(kind: type[Any]) -> tuple[str, ...]:
    """Return the columns of a fact that its line is made of, in order."""
    return _FIELDS[kind]


def fact_line(fact: Any) -> str:
    """Return the one-line text of a fact: table and fields, joined by a unit separator."""
    parts = [type(fact).__tablename__]
    for name in _FIELDS[type(fact)]:
        value = getattr(fact, name)
        if name == "fen":
            value = to_fen(value)
        elif hasattr(value, "isoformat"):
            value = value.isoformat()[:19]
        parts.append("" if value is None else str(value))
    return "\x1f".join(parts)


def facts_hash(lines: Iterable[str]) -> str:
    """Return the hash over the facts of one command, whatever order they are read in."""
    return digest("\x1e".join(sorted(lines)))


def digest(text: str) -> str:
    """Return the hex digest of a text with the journal's algorithm."""
    return hashlib.new(ALG, text.encode("utf-8", "surrogatepass")).hexdigest()


def link(prev_hash: str, parts: Iterable[str]) -> str:
    """Return a journal row's hash: over the previous hash and the row's own fields."""
    return digest("\x1f".join((prev_hash, *parts)))


JOURNAL_FIELDS = (
    "seq",
    "command_uid",
    "command",
    "at",
    "login",
    "person_id",
    "person_name",
    "unit_code",
    "targets",
    "payload",
    "result",
    "body_hash",
    "facts_hash",
    "alg",
)


def journal_parts(row: Any) -> tuple[str, ...]:
    """Return the journal fields as text, in the order the hash is taken over."""
    made = []
    for name in JOURNAL_FIELDS:
        value = getattr(row, name)
        made.append(value.isoformat()[:19] if hasattr(value, "isoformat") else str(value))
    return tuple(made)
