"""Describe command fields once: type marks the codec obeys, and labels that forms show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any


@dataclass(frozen=True)
class MoneyMark:
    """An amount in 元 with at most two places, greater than zero, written as a string in JSON."""


@dataclass(frozen=True)
class NumberMark:
    """A quantity or unit price: greater than zero, at most ``places`` decimals."""

    places: int = 4


@dataclass(frozen=True)
class TextMark:
    """Text without invisible characters, at most ``limit`` characters."""

    limit: int = 200
    lines: bool = False


Money = Annotated[Decimal, MoneyMark()]
Quantity = Annotated[Decimal, NumberMark(4)]
Price = Annotated[Decimal, NumberMark(4)]
Code = Annotated[str, TextMark(40)]
Name = Annotated[str, TextMark(200)]
Note = Annotated[str, TextMark(2000, lines=True)]


def label(title: str, *, help: str = "", required: bool = False) -> dict[str, Any]:
    """Return dataclass field metadata: the label, its one-sentence help, and the red star."""
    return {"title": title, "help": help, "required": required}
