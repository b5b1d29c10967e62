"""Turn stored list values into the texts that cells show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from govproc_desktop.domain.money import from_fen, money_text
from govproc_desktop.domain.workflow import Workflow
from govproc_desktop.i18n import _

NOTHING = "—"

PILLS = {
    "neutral": "draft",
    "info": "review",
    "danger": "returned",
    "accent": "filed",
    "warn": "correct",
}
"""The pill drawn for the tone of a state."""


def text(value: Any) -> str:
    """Return a text as it is; nothing shows as a dash."""
    return str(value) if value not in (None, "") else NOTHING


def fen(value: Any) -> str:
    """Return whole fen as an amount in 元 with thousands separators."""
    if value is None:
        return NOTHING
    whole = int(value)
    return f"{'−' if whole < 0 else ''}{abs(whole) // 100:,}.{abs(whole) % 100:02d}"


def money(value: Decimal | int) -> str:
    """Return an amount in 元 (Decimal) or a plain count (int)."""
    return money_text(value) if isinstance(value, Decimal) else f"{value:,}"


def day(value: Any) -> str:
    """Return the day of ISO text, a date or a moment."""
    if not value:
        return NOTHING
    return value.isoformat()[:10] if isinstance(value, (date, datetime)) else str(value)[:10]


def moment(value: Any) -> str:
    """Return a moment to the minute."""
    if not value:
        return NOTHING
    shown = value.isoformat() if isinstance(value, datetime) else str(value)
    return shown[:16].replace("T", " ")


def number(value: Any) -> str:
    """Return a whole number with thousands separators."""
    return NOTHING if value is None else f"{int(value):,}"


def yes_no(value: Any) -> str:
    """Return 是 or 否."""
    return _("是") if value else _("否")


def coded(names: Mapping[str, str], value: Any, *, with_code: bool = True) -> str:
    """Return a code in words; a code the table lacks shows as itself."""
    if value in (None, ""):
        return NOTHING
    name = names.get(str(value))
    if name is None:
        return str(value)
    return f"{value} {name}" if with_code else name


def state(flow: Workflow) -> Callable[[Any], str]:
    """Return a reader of a process's states."""
    return lambda value: _(flow.states[value].title) if value in flow.states else text(value)


def state_pill(flow: Workflow) -> Callable[[Any], str]:
    """Return a reader of the pill each state is drawn as."""
    pills = {
        name: "stopped" if info.icon == "x" else PILLS.get(info.tone, "draft")
        for name, info in flow.states.items()
    }
    return lambda value: pills.get(value, "draft")


def yuan(value: Any) -> Decimal:
    """Return whole fen as Decimal 元."""
    return from_fen(int(value or 0))


def clock(value: datetime) -> str:
    """Return the time of day as ``09:41``."""
    return value.strftime("%H:%M")


def size(count: int) -> str:
    """Return a file's size in kB or MB, never 0."""
    if count < 1_000_000:
        return f"{max(1, (count + 500) // 1000)} kB"
    return f"{(count + 50_000) // 100_000 / 10:.1f} MB"
