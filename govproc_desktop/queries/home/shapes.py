"""What the home page and the navigation's counts are made of, as plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class MoneyPicture:
    """How far the year's money has come (元); each amount contains those after it."""

    planned: Decimal = Decimal("0.00")
    reserved: Decimal = Decimal("0.00")
    filed: Decimal = Decimal("0.00")
    contracted: Decimal = Decimal("0.00")
    requested: Decimal = Decimal("0.00")
    paid: Decimal = Decimal("0.00")

    def plus(self, other: MoneyPicture) -> MoneyPicture:
        """Return both pictures in one."""
        names = self.__dataclass_fields__
        return MoneyPicture(**{n: getattr(self, n) + getattr(other, n) for n in names})


@dataclass(frozen=True, kw_only=True)
class TodoRow:
    """One kind of thing that waits for this person; ``since`` is the longest wait's start.

    ``days`` are working days where the holidays are known, else calendar days.
    """

    kind: str
    count: int
    since: datetime
    days: int
    amount: Decimal
    fresh: int = 0
    """How many of them came in today."""
    urged: int = 0


@dataclass(frozen=True, kw_only=True)
class SentRow:
    """One document of this person that lies with somebody else."""

    uid: UUID
    doc_kind: str
    title: str
    state: str
    since: datetime
    days: int
    holders: tuple[str, ...]
    urged_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class KeptDraft:
    """Something this person typed and did not save; ``saved`` says a record of it exists."""

    form: str
    document: UUID
    title: str
    at: datetime
    saved: bool


@dataclass(frozen=True, kw_only=True)
class Home:
    """Everything the home page shows that comes from the records."""

    year: int
    fiscal: MoneyPicture
    own: MoneyPicture
    todo: tuple[TodoRow, ...]
    sent: tuple[SentRow, ...]
    sent_count: int
    done_this_month: int
    kept_drafts: tuple[KeptDraft, ...]
    workdays_left: int | None
    """Working days left in the year, or nothing when its holidays are unknown (R57)."""
    notes: tuple[str, ...]
    """What the reference tables warn of: a missing holiday year, limits that are placeholders."""


@dataclass(frozen=True, kw_only=True)
class HomePage:
    """Ask for a person's home page; ``year`` 0 is the current one."""

    year: int = 0


@dataclass(frozen=True, kw_only=True)
class Badges:
    """The counts beside the navigation's entries."""

    inbox: int
    drafts: int
    conflicts: int


@dataclass(frozen=True, kw_only=True)
class AskBadges:
    """Ask for the navigation's counts."""
