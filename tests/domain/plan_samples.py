"""Facts of made-up plans, with the shipped reference tables and no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from govproc_desktop.domain.plan.content import (
    FundDraw,
    FundKind,
    Item,
    MethodChoice,
    PlanContent,
    SmeMode,
)
from govproc_desktop.domain.plan.facts import (
    FundSource,
    PlanFacts,
    SimilarKey,
    Tables,
    item_facts,
    required_files,
    similar_keys,
    similar_spending,
    tender_limits,
)
from govproc_desktop.domain.reference_files import (
    Sheet,
    load_attachment_kinds,
    load_catalog,
    load_catalogue_entries,
    load_methods,
    load_thresholds,
)
from govproc_desktop.domain.regulation import BudgetLevel, Thresholds
from govproc_desktop.domain.rules import Check, Rule
from govproc_desktop.paths import resource

OWN_UNIT = 7
DAY = date(2026, 11, 23)


def _sheet(kind: str) -> Sheet:
    return Sheet(f"{kind}.csv", resource(f"data/{kind}.csv").read_text("utf-8-sig"))


@cache
def tables() -> Tables:
    return Tables(
        catalog=load_catalog(_sheet("catalog_2013"), _sheet("catalog_2022")),
        central=load_catalogue_entries(_sheet("central_catalog")),
        mall=load_catalogue_entries(_sheet("mall_catalog")),
        thresholds=load_thresholds(_sheet("thresholds")),
        methods=load_methods(_sheet("methods"), _sheet("method_conditions")),
        attachment_kinds=load_attachment_kinds(_sheet("attachment_kinds")),
        region="410000",
        level=BudgetLevel.PROVINCE,
        on=DAY,
    )


def without_limits() -> Tables:
    return replace(tables(), thresholds=Thresholds(()))


def source(planned: str, **changes: Any) -> FundSource:
    """Return a fund plan of the own unit with money on it."""
    given: dict[str, Any] = {
        "uid": uuid4(),
        "plan_no": "JH2026410000051",
        "name": "办公设备购置",
        "pro_code": "P1",
        "year": 2026,
        "unit_id": OWN_UNIT,
        "is_gov_pur": True,
        "filed": Decimal("0.00"),
        "in_transit": Decimal("0.00"),
        **changes,
    }
    return FundSource(planned=Decimal(planned), **given)


def draw(fund: FundSource, amount: str) -> FundDraw:
    return FundDraw(uid=uuid4(), fund_plan=fund.uid, amount=Decimal(amount))


def own(amount: str, kind: FundKind = FundKind.OTHER) -> FundDraw:
    return FundDraw(uid=uuid4(), kind=kind, amount=Decimal(amount), own_kind="31")


def line(price: str, code: str = "A0201020201", **changes: Any) -> Item:
    """Return a content line; names of :class:`MethodChoice` go into its choice."""
    names = set(MethodChoice.__dataclass_fields__)
    chosen = {
        "method": "XJ",
        "condition": "XJ-1",
        "organisation": "FSCG",
        "agency_kind": "SHDL",
        "purchase_form": "Z01",
        **{name: value for name, value in changes.items() if name in names},
    }
    rest = {name: value for name, value in changes.items() if name not in names}
    given = {"catalog_version": "2013", "quantity": Decimal(1), **rest}
    return Item(
        uid=uuid4(), code=code, price=Decimal(price), choice=MethodChoice(**chosen), **given
    )


def content(
    *, funds: Sequence[FundDraw] = (), items: Sequence[Item] = (), **changes: Any
) -> PlanContent:
    given: dict[str, Any] = {
        "title": "智慧温室控制系统采购",
        "year": 2026,
        "contact": "周敏",
        "phone": "0371-65852210",
        "applied_on": DAY,
        "expected_on": date(2027, 3, 31),
        "sme_mode": SmeMode.WHOLE,
        **changes,
    }
    return PlanContent(funds=tuple(funds), items=tuple(items), **given)


def facts(
    said: PlanContent,
    *sources: FundSource,
    files: frozenset[str] = frozenset(),
    earlier: Mapping[SimilarKey, Decimal] | None = None,
    used: Tables | None = None,
    **changes: Any,
) -> PlanFacts:
    """Return the facts of a content the way the service gathers them, without a database."""
    rows = used or tables()
    funds: dict[UUID, FundSource] = {each.uid: each for each in sources}
    items = tuple(item_facts(rows, at, item=item) for at, item in enumerate(said.items))
    groups = similar_keys(said, items, funds=funds)
    made = PlanFacts(
        content=said,
        unit_id=OWN_UNIT,
        funds=funds,
        items=items,
        tender=tender_limits(rows, items),
        similar=similar_spending(rows, groups, earlier=earlier or {}),
        **changes,
    )
    return replace(made, files=required_files(rows, made, present=files))


def failing(rule: Rule, of: PlanFacts) -> list[Check]:
    return [check for check in rule(of) if not check.ok]


def only(rule: Rule, of: PlanFacts) -> Check:
    """Return the one check a rule yields."""
    (check,) = rule(of)
    return check
