"""What the pictures show, as plain frozen records; ready-made texts, amounts as Decimal in 元."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

NodeState = Literal["done", "now", "skip", "todo", "returned"]
Tone = Literal["text3", "ok", "danger", "warn"]


@dataclass(frozen=True)
class MoneyStep:
    """One bar of the cascade; ``gap`` names the money that has not come this far (拟可用 …)."""

    name: str
    amount: Decimal
    gap: str = ""


@dataclass(frozen=True, kw_only=True)
class ProcessNode:
    """One step of a document's way: who has or had it, and how long (``days`` is ready text)."""

    name: str
    who: str = ""
    days: str = ""
    state: NodeState = "todo"
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """One entry of the opinion timeline."""

    who: str
    deed: str
    when: str
    text: str = ""
    tone: Tone = "text3"


@dataclass(frozen=True)
class LegendItem:
    """A token (or ``hatch``) and what it stands for."""

    token: str
    text: str


def share(part: Decimal, whole: Decimal) -> float:
    """Return part of whole as 0 to 1 for drawing only; never use it to count money."""
    if whole <= 0:
        return 0.0
    return min(1.0, max(0.0, float(part / whole)))
