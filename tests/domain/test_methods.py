"""Methods, conditions and forced choices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from govproc_desktop.domain.catalog import CatalogueEntry, CatalogVersion, CategoryCode, ObjectType
from govproc_desktop.domain.errors import NotFound
from govproc_desktop.domain.methods import (
    Condition,
    Method,
    MethodTable,
    forced_agency,
    forced_method,
    forced_organisation,
)
from govproc_desktop.domain.regulation import BudgetLevel, Threshold, ThresholdKind

A, B, C = ObjectType


def method(code: str, *objects: ObjectType) -> Method:
    return Method(
        code=code,
        name=code,
        short=f"{code}简称",
        objects=frozenset(objects),
        needs_condition=True,
        source="",
    )


def condition(code: str, *objects: ObjectType) -> Condition:
    return Condition(
        code=code,
        method=code.partition("-")[0],
        text=code,
        source="",
        objects=frozenset(objects),
    )


TABLE = MethodTable(
    [method("JZCS", A, B, C), method("XJ", A)],
    [condition("JZCS-1", C), condition("JZCS-2", A, C), condition("XJ-1", A)],
)
MALL = Threshold(
    region="410000",
    level=BudgetLevel.PROVINCE,
    object_type=A,
    kind=ThresholdKind.MALL,
    amount=Decimal("1000000.00"),
    since=date(2020, 1, 1),
    doc_no="某号",
)
DESKTOP = CatalogueEntry(
    number=2, name="台式计算机", key=CategoryCode(CatalogVersion.V2013, "A02010104")
)


def codes(rows: tuple[Method, ...] | tuple[Condition, ...]) -> list[str]:
    return [row.code for row in rows]


def test_r6_inquiry_is_for_goods_only() -> None:
    assert codes(TABLE.allowed(A)) == ["JZCS", "XJ"]
    assert codes(TABLE.allowed(B)) == ["JZCS"]
    assert codes(TABLE.allowed(C)) == ["JZCS"]


def test_r8_only_the_conditions_of_the_method() -> None:
    assert codes(TABLE.conditions_of("JZCS")) == ["JZCS-1", "JZCS-2"]
    assert codes(TABLE.conditions_of("JZCS", A)) == ["JZCS-2"]
    assert TABLE.conditions_of("GKZB") == ()


def test_an_unknown_method_is_refused() -> None:
    assert TABLE.get("XJ").short == "XJ简称"
    with pytest.raises(NotFound, match="没有代码为“QT”的采购方式"):
        TABLE.get("QT")


def test_r9_the_mall_is_forced_up_to_its_limit() -> None:
    forced = forced_method(Decimal("1000000.00"), MALL, in_mall=True)
    assert forced is not None
    assert forced.values == ("WSSC",)
    assert "金额 1,000,000.00 元未超过网上商城限额 1,000,000.00 元" in forced.reason()
    assert "须核对" in forced.reason()
    assert forced_method(Decimal("1000000.01"), MALL, in_mall=True) is None
    assert forced_method(Decimal("1.00"), MALL, in_mall=False) is None


def test_r10_listed_items_go_to_the_central_agency() -> None:
    organisation, agency = forced_organisation(DESKTOP), forced_agency(DESKTOP)
    assert organisation is not None
    assert agency is not None
    assert organisation.values == ("ZFJZ",)
    assert organisation.reason().startswith("“台式计算机”在集中采购目录内（第 2 项）")
    assert agency.values == ("JCJG",)
    assert "采购机构只能选集中采购机构" in agency.reason()


def test_r10_the_exception_and_unlisted_items_are_free() -> None:
    assert forced_organisation(None) is None
    assert forced_agency(None) is None
    assert forced_organisation(DESKTOP, excepted=True) is None
    assert forced_agency(DESKTOP, excepted=True) is None
