"""Compose official numbers from a template; issuing the next one is the database's work (R21)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.i18n import N_

_TOKEN = re.compile(r"\{([^{}]*)\}")
_SEQUENCE = re.compile(r"SEQ(?::([1-9]))?")
_PLAIN_TOKENS = frozenset({"区划简称", "方式简称", "计划编号", "YYYY", "包"})

_UNKNOWN_TOKEN = N_(
    "编号模板里的“{token}”不认识。可用：{{区划简称}} {{方式简称}} {{YYYY}} {{SEQ}} {{SEQ:4}} "
    "{{包}} {{计划编号}}。"
)
_ONE_SEQUENCE = N_("编号模板须有且只有一个 {{SEQ}}，现有 {count} 个。")
_NO_YEAR = N_("编号模板须含 {YYYY} 或 {计划编号}，否则各年的编号会重复。")
_BRACE = N_("编号模板的大括号不成对：“{template}”。")


@dataclass(frozen=True, kw_only=True)
class NumberParts:
    """What a template may quote; ``method`` is the short name such as 招标."""

    region: str
    method: str
    year: int
    sequence: int
    package: int = 1
    plan_no: str = ""


@dataclass(frozen=True)
class SequenceKey:
    """What one gap-free run of numbers belongs to; a new year starts again at 1."""

    region: str
    method: str
    year: int


def check_template(template: str) -> str:
    """Return a template that can be used.

    Raises:
        BadInput: unknown token, stray brace, no year, or not exactly one ``{SEQ}``.
    """
    tokens = _TOKEN.findall(template)
    if any(brace in _TOKEN.sub("", template) for brace in "{}"):
        raise BadInput(_BRACE, {"template": template[:60]})
    for token in tokens:
        if token not in _PLAIN_TOKENS and not _SEQUENCE.fullmatch(token):
            raise BadInput(_UNKNOWN_TOKEN, {"token": token[:30]})
    sequences = [token for token in tokens if _SEQUENCE.fullmatch(token)]
    if len(sequences) != 1:
        raise BadInput(_ONE_SEQUENCE, {"count": len(sequences)})
    if not {"YYYY", "计划编号"} & set(tokens):
        raise BadInput(_NO_YEAR)
    return template


def format_number(template: str, parts: NumberParts) -> str:
    """Return the official number; ``{SEQ:4}`` pads with zeros, a longer number stays whole.

    Raises:
        BadInput: the template is not usable (see ``check_template``).
    """
    check_template(template)
    values = {
        "区划简称": parts.region,
        "方式简称": parts.method,
        "计划编号": parts.plan_no,
        "YYYY": f"{parts.year:04d}",
        "包": str(parts.package),
    }

    def value(found: re.Match[str]) -> str:
        if sequence := _SEQUENCE.fullmatch(found[1]):
            return str(parts.sequence).zfill(int(sequence[1] or 1))
        return values[found[1]]

    return _TOKEN.sub(value, template)


def sequence_key(template: str, *, region: str, method: str, year: int) -> SequenceKey:
    """Return the run a template counts in: (region, method, year).

    ``method`` is the code. It falls away when the template doesn't show the method; otherwise
    two methods would each issue the same number.
    """
    return SequenceKey(region, method if "{方式简称}" in template else "", year)
