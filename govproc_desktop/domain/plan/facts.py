"""What the rules of a plan look at: the content beside every number that limits it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from govproc_desktop.domain.catalog import (
    Catalog,
    CatalogueEntry,
    CatalogVersion,
    Category,
    CategoryCode,
    ObjectType,
    find_entry,
    open_claims,
)
from govproc_desktop.domain.errors import AppError, NotFound
from govproc_desktop.domain.methods import (
    PUBLIC_TENDER,
    SINGLE_SOURCE,
    Condition,
    Forced,
    Method,
    MethodTable,
    forced_agency,
    forced_method,
    forced_organisation,
)
from govproc_desktop.domain.money import ZERO
from govproc_desktop.domain.plan.content import FundKind, Item, PlanContent, SmeMode
from govproc_desktop.domain.plan.flow import DRAFT
from govproc_desktop.domain.plan.totals import PlanTotals, line_total, totals
from govproc_desktop.domain.reference_files import AttachmentKind
from govproc_desktop.domain.regulation import BudgetLevel, Threshold, ThresholdKind, Thresholds

GUARD_SERVICE = "保安服务"
"""The narrowing words of C0810 in the 集中采购目录, affirmed by a tick on the line."""


@dataclass(frozen=True, kw_only=True)
class Tables:
    """The reference tables as they hold for one unit on one day."""

    catalog: Catalog
    central: tuple[CatalogueEntry, ...]
    mall: tuple[CatalogueEntry, ...]
    thresholds: Thresholds
    methods: MethodTable
    attachment_kinds: tuple[AttachmentKind, ...]
    region: str
    level: BudgetLevel
    on: date

    def limit(self, object_type: ObjectType, kind: ThresholdKind) -> Threshold | None:
        """Return the limit in force, or nothing when the table has none for this unit and day."""
        try:
            return self.thresholds.find(
                self.region, self.level, object_type=object_type, kind=kind, on=self.on
            )
        except NotFound:
            return None

    def tender_limit(self, object_type: ObjectType) -> Threshold | None:
        """Return 公开招标数额; for works 工程必须招标数额 where no other is set."""
        found = self.limit(object_type, ThresholdKind.PUBLIC_TENDER)
        if found is None and object_type is ObjectType.WORKS:
            found = self.limit(object_type, ThresholdKind.MUST_BID)
        return found


@dataclass(frozen=True, kw_only=True)
class FundSource:
    """The fund plan behind a draw: whose, of which year, and its balances (元).

    ``held`` is what this very document already holds 在途 on it.
    """

    uid: UUID
    plan_no: str
    name: str
    pro_code: str
    year: int
    unit_id: int
    is_gov_pur: bool
    planned: Decimal
    filed: Decimal
    in_transit: Decimal
    held: Decimal = ZERO

    @property
    def available(self) -> Decimal:
        """拟可用 for this document: P − F − 在途 + what it holds itself (R1)."""
        return self.planned - self.filed - self.in_transit + self.held


@dataclass(frozen=True, kw_only=True)
class TakenMeanwhile:
    """Who drew on a fund plan since this document was saved, and how much (元)."""

    person: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """One content line with its category and everything that forces or limits its choices."""

    at: int
    item: Item
    subtotal: Decimal
    category: Category | None
    object_type: ObjectType | None
    central: CatalogueEntry | None
    claims: tuple[str, ...]
    mall: CatalogueEntry | None
    mall_limit: Threshold | None
    method: Method | None
    condition: Condition | None
    allowed_methods: tuple[Method, ...]
    conditions: tuple[Condition, ...]
    forced_method: Forced | None
    forced_organisation: Forced | None
    forced_agency: Forced | None

    def key(self, name: str) -> str:
        """Return the field key of one cell of this line."""
        return f"items.{self.at}.{name}"

    @property
    def is_open(self) -> bool:
        """Whether this line goes by public tender."""
        return self.item.choice.method == PUBLIC_TENDER


@dataclass(frozen=True, kw_only=True)
class TenderLimit:
    """What a plan buys of one kind without public tender, beside 公开招标数额 (R12)."""

    object_type: ObjectType
    amount: Decimal
    limit: Threshold | None
    at: int

    @property
    def reached(self) -> bool:
        """Whether finance has to approve; a missing limit counts as reached, never as none."""
        return self.limit is None or self.amount >= self.limit.amount


@dataclass(frozen=True)
class SimilarKey:
    """What counts as 同一预算项目、同一品目 within a year (R13)."""

    pro_code: str
    version: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class SimilarSpending:
    """Non-tender purchases of one project and category this year: before, now, limit (元)."""

    key: SimilarKey
    name: str
    earlier: Decimal
    now: Decimal
    limit: Threshold | None


@dataclass(frozen=True, kw_only=True)
class RequiredFile:
    """A file some rule asks for: its kind, who asks, and whether it is there."""

    kind: str
    name: str
    rule: str
    source: str
    present: bool


@dataclass(frozen=True, kw_only=True)
class PlanFacts:
    """Everything a rule of a plan may look at; made fresh for each question."""

    content: PlanContent
    unit_id: int
    state: str = DRAFT
    parent_name: str = ""
    has_finance: bool = True
    filing_mode: str = "at_once"
    funds: Mapping[UUID, FundSource] = field(default_factory=dict)
    meanwhile: Mapping[UUID, TakenMeanwhile] = field(default_factory=dict)
    contracted: Mapping[UUID, Decimal] = field(default_factory=dict)
    items: tuple[ItemFacts, ...] = ()
    tender: tuple[TenderLimit, ...] = ()
    similar: tuple[SimilarSpending, ...] = ()
    files: tuple[RequiredFile, ...] = ()
    codes: Mapping[str, Container[str]] = field(default_factory=dict)
    """The codes of each code table, by its name (``fund_kinds``); a table not loaded is absent."""

    @property
    def totals(self) -> PlanTotals:
        """The three sums of the content."""
        return totals(self.content)

    @property
    def over_tender(self) -> tuple[TenderLimit, ...]:
        """The kinds bought without public tender at or above the limit (R12)."""
        return tuple(each for each in self.tender if each.reached)


def item_facts(tables: Tables, at: int, *, item: Item) -> ItemFacts:
    """Look up everything the tables say about one content line."""
    code = _code(item)
    kind = code.object_type if code else None
    claims = _claims(tables, item)
    total = line_total(item)
    central = find_entry(tables.central, code, claims=claims) if code else None
    mall = find_entry(tables.mall, code, claims=claims) if code else None
    mall_limit = tables.limit(kind, ThresholdKind.MALL) if kind and mall else None
    excepted = bool(item.choice.exception_no)
    conditions = tables.methods.conditions_of(item.choice.method, kind)
    return ItemFacts(
        at=at,
        item=item,
        subtotal=total,
        category=_category(tables.catalog, code),
        object_type=kind,
        central=central,
        claims=open_claims(tables.central, code) if code else (),
        mall=mall,
        mall_limit=mall_limit,
        method=_method(tables.methods, item.choice.method),
        condition=next((c for c in conditions if c.code == item.choice.condition), None),
        allowed_methods=tables.methods.allowed(kind) if kind else tables.methods.methods,
        conditions=conditions,
        forced_method=forced_method(total, mall_limit, in_mall=True) if mall_limit else None,
        forced_organisation=forced_organisation(central, excepted=excepted),
        forced_agency=forced_agency(central, excepted=excepted),
    )


def tender_limits(tables: Tables, items: tuple[ItemFacts, ...]) -> tuple[TenderLimit, ...]:
    """Add up what is bought without public tender, by goods, works and services."""
    made = []
    for kind in ObjectType:
        lines = [each for each in items if each.object_type is kind and not each.is_open]
        if lines:
            made.append(
                TenderLimit(
                    object_type=kind,
                    amount=sum((each.subtotal for each in lines), ZERO),
                    limit=tables.tender_limit(kind),
                    at=lines[0].at,
                )
            )
    return tuple(made)


def similar_keys(
    content: PlanContent, items: tuple[ItemFacts, ...], *, funds: Mapping[UUID, FundSource]
) -> dict[SimilarKey, tuple[ItemFacts, ...]]:
    """Group the lines without public tender by budget project and category (R13)."""
    projects = {
        funds[line.fund_plan].pro_code
        for line in content.funds
        if line.fund_plan is not None and line.fund_plan in funds
    } - {""}
    made: dict[SimilarKey, tuple[ItemFacts, ...]] = {}
    for each in items:
        if each.is_open or each.object_type is None:
            continue
        for project in sorted(projects):
            key = SimilarKey(project, each.item.catalog_version, each.item.code[:7])
            made[key] = (*made.get(key, ()), each)
    return made


def similar_spending(
    tables: Tables,
    groups: Mapping[SimilarKey, tuple[ItemFacts, ...]],
    *,
    earlier: Mapping[SimilarKey, Decimal],
) -> tuple[SimilarSpending, ...]:
    """Put what this plan buys beside what was bought this year under the same key."""
    made = []
    for key, lines in groups.items():
        kind = ObjectType(key.kind[0])
        first = lines[0]
        made.append(
            SimilarSpending(
                key=key,
                name=first.category.name if first.category else key.kind,
                earlier=earlier.get(key, ZERO),
                now=sum((each.subtotal for each in lines), ZERO),
                limit=tables.tender_limit(kind),
            )
        )
    return tuple(made)


def required_files(
    tables: Tables, facts: PlanFacts, *, present: frozenset[str]
) -> tuple[RequiredFile, ...]:
    """Return the files the rules ask for in this plan's situation, present or not."""
    asked = dict(_situations(facts))
    return tuple(
        RequiredFile(
            kind=each.code,
            name=each.name,
            rule=asked[each.required_when],
            source=each.source,
            present=each.code in present,
        )
        for each in tables.attachment_kinds
        if each.required_when in asked
    )


def _situations(facts: PlanFacts) -> Iterator[tuple[str, str]]:
    """Yield the situations of the plan as the table of attachment kinds names them."""
    content = facts.content
    if content.is_import:
        yield "import", "R7"
    if content.sme_mode is SmeMode.NONE:
        yield "sme_not_reserved", "R64"
    if content.urgent:
        yield "urgent", "R65"
    if any(each.central and each.item.choice.exception_no for each in facts.items):
        yield "central_exception", "R10"
    over = {each.object_type for each in facts.over_tender if each.limit is not None}
    if over:
        yield "method_approval", "R12"
    if any(
        each.object_type in over and each.item.choice.condition == f"{SINGLE_SOURCE}-1"
        for each in facts.items
    ):
        yield "single_source_public", "R12"


def _code(item: Item) -> CategoryCode | None:
    try:
        return CategoryCode(CatalogVersion(int(item.catalog_version)), item.code)
    except (AppError, ValueError):
        return None


def _category(catalog: Catalog, code: CategoryCode | None) -> Category | None:
    try:
        return catalog.resolve(code.version, code.code) if code else None
    except NotFound:
        return None


def _method(methods: MethodTable, code: str) -> Method | None:
    try:
        return methods.get(code)
    except NotFound:
        return None


def _claims(tables: Tables, item: Item) -> frozenset[str]:
    by_name = {each.name for each in tables.central if each.key is None} & {item.name}
    return frozenset(by_name | ({GUARD_SERVICE} if item.guard_service else set()))


def draws(content: PlanContent) -> dict[UUID, tuple[int, Decimal]]:
    """Add up the draws by fund plan: the place of the first line and the sum (元)."""
    made: dict[UUID, tuple[int, Decimal]] = {}
    for at, line in enumerate(content.funds):
        if line.kind is FundKind.FUND_PLAN and line.fund_plan is not None:
            first, so_far = made.get(line.fund_plan, (at, ZERO))
            made[line.fund_plan] = (first, so_far + (line.amount or ZERO))
    return made
