"""What the sections of the plan form know: unit, codes, money, catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from govproc_desktop.domain.catalog import CatalogVersion
from govproc_desktop.domain.errors import AppError
from govproc_desktop.domain.money import ZERO
from govproc_desktop.domain.plan.facts import ItemFacts, Tables, item_facts
from govproc_desktop.domain.plan.flow import FILED, NODES
from govproc_desktop.domain.plan.totals import line_total
from govproc_desktop.queries.plan_form import FormStart, FundFacts, OpenParams, open_form
from govproc_desktop.queries.plans.record import PlanRecord
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.initials import initials
from govproc_desktop.views.kit.lines_model import Line, Suggestion
from govproc_desktop.views.plan_management.plan_form.content_text import read_item

_MOST = 9


@dataclass(frozen=True)
class Entry:
    """One searchable row of a code table or catalogue version."""

    code: str
    name: str
    initials: str
    note: str = ""
    unit: str = ""


class Finder:
    """Finds entries by code, name or initials; exact and leading matches first."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)

    def find(self, typed: str, *, most: int = _MOST) -> list[Entry]:
        """Return the best matches; for nothing typed, the first entries."""
        words = typed.strip().lower()
        if not words:
            return list(self.entries[:most])
        ranked = [
            (rank, at) for at, each in enumerate(self.entries) if (rank := _rank(each, words))
        ]
        return [self.entries[at] for _rank_of, at in sorted(ranked)[:most]]


def _rank(entry: Entry, words: str) -> int:
    code, name = entry.code.lower(), entry.name.lower()
    if code == words:
        return 1
    if code.startswith(words):
        return 2
    if name.startswith(words):
        return 3
    if entry.initials.startswith(words):
        return 4
    if words in name:
        return 5
    return 6 if words in entry.initials else 0


@dataclass
class PlanData:
    """Everything read for one open form; empty until it has been read."""

    start: FormStart | None = None
    funds: dict[UUID, FundFacts] = field(default_factory=dict)
    held: dict[UUID, Decimal] = field(default_factory=dict)
    catalog: Mapping[str, Finder] = field(default_factory=dict)
    fund_kinds: Finder = field(default_factory=lambda: Finder(()))
    econ_classes: Finder = field(default_factory=lambda: Finder(()))

    @property
    def rules(self) -> Tables:
        """The tables that limit and force choices; only after reading."""
        assert self.start is not None
        return self.start.tables.rules

    def name_of(self, finder: Finder, code: str) -> str:
        """Return the name of a code, or the code."""
        return next((each.name for each in finder.entries if each.code == code), code)

    def available(self, fund: FundFacts) -> Decimal:
        """Return 拟可用 for this document: what it holds itself counts as available to it (R1)."""
        return fund.balances.available + self.held.get(fund.uid, ZERO)

    def hold(self, record: PlanRecord | None) -> None:
        """Note what a submitted or filed plan holds on its fund plans."""
        self.held.clear()
        if record is None or record.head.state not in (*NODES, FILED):
            return
        for line in record.content.funds:
            if line.fund_plan is not None:
                so_far = self.held.get(line.fund_plan, ZERO)
                self.held[line.fund_plan] = so_far + (line.amount or ZERO)

    def fund(self, line: Line) -> FundFacts | None:
        """Return the fund plan a line draws on."""
        uid = line.get("fund_plan", "")
        return self.funds.get(UUID(uid)) if uid else None

    def knows(self, version: str, code: str) -> bool:
        """Whether a catalogue version holds a code."""
        try:
            self.rules.catalog.resolve(CatalogVersion(int(version)), code)
        except (AppError, ValueError):
            return False
        return True

    def suggest(self, line: Line, typed: str) -> list[Suggestion]:
        """Return categories of the line's own catalogue version (R11)."""
        finder = self.catalog.get(line.get("catalog_version", ""))
        if finder is None:
            return []
        known = {each.name for each in finder.entries if each.code == line.get("code")}
        keeps_name = bool(line.get("name")) and line["name"] not in known
        return [
            Suggestion(
                each.code,
                each.name,
                each.note,
                {
                    "code": each.code,
                    "name": line["name"] if keeps_name else each.name,
                    "unit": line.get("unit") or each.unit,
                },
            )
            for each in finder.find(typed)
        ]

    def facts(self, at: int, line: Line) -> ItemFacts:
        """Return what the tables say about one content line as typed."""
        item, _errors = read_item(line)
        return item_facts(self.rules, at, item=item)


def subtotal_of(line: Line) -> Decimal:
    """Return 数量×单价 of a line as typed, 0.00 while it cannot be read (R5)."""
    item, _errors = read_item(line)
    return line_total(item)


def total_of(lines: Iterable[Line]) -> Decimal:
    """Return Σ小计 of content lines."""
    return sum((subtotal_of(line) for line in lines), ZERO)


def read_data(reader: Reader, uid: UUID | None) -> PlanData:
    """Read everything a form opens with; runs in the database lane (initials are made there)."""
    start = open_form(reader, OpenParams(uid=uid))
    tables = start.tables
    own_kinds = [row for row in tables.fund_kinds if row[2] and row[0].startswith("3")]
    return PlanData(
        start=start,
        funds={each.uid: each for each in start.funds},
        catalog={
            str(int(version)): Finder(
                Entry(
                    each.key.code,
                    each.name,
                    initials(each.name),
                    each.key.object_type.label,
                    each.unit,
                )
                for each in tables.rules.catalog
                if each.key.version is version and each.is_leaf
            )
            for version in CatalogVersion
        },
        fund_kinds=_codes(
            [*own_kinds, *(row for row in tables.fund_kinds if row not in own_kinds)]
        ),
        econ_classes=_codes(row for row in tables.econ_classes if row[2]),
    )


def _codes(rows: Iterable[tuple[str, str, bool]]) -> Finder:
    return Finder(Entry(code, name, initials(name)) for code, name, _leaf in rows)
