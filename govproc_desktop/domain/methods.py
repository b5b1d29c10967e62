"""Purchase methods with the objects they suit, their 适用条件, and the choices the law forces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from govproc_desktop.domain.catalog import CatalogueEntry, ObjectType
from govproc_desktop.domain.errors import NotFound, render
from govproc_desktop.domain.regulation import Threshold
from govproc_desktop.i18n import N_

PUBLIC_TENDER = "GKZB"
INVITED_TENDER = "YQZB"
SINGLE_SOURCE = "DYLY"
INQUIRY = "XJ"
MALL = "WSSC"

_UNKNOWN = N_("没有代码为“{code}”的采购方式。请从列表中选择。")
_IN_MALL = N_(
    "本品目在网上商城目录内，金额 {amount} 元未超过网上商城限额 {limit} 元，"
    "只能用网上商城采购。{note}"
)
_IN_CATALOGUE = N_(
    "“{name}”在集中采购目录内（第 {number} 项），须由集中采购机构采购（政府采购法第 18 条）。"
)
_ONLY_CENTRAL = N_("集中采购目录内的项目，采购机构只能选集中采购机构（政府采购法第 18 条）。")


class Organisation(StrEnum):
    """组织形式."""

    CENTRAL = "ZFJZ"
    DEPARTMENT = "BMJZ"
    DECENTRALIZED = "FSCG"


class Agency(StrEnum):
    """采购机构: who runs the purchase."""

    CENTRAL = "JCJG"
    SOCIAL = "SHDL"
    SELF = "ZXCG"


@dataclass(frozen=True, kw_only=True)
class Method:
    """A 采购方式; ``short`` is the 方式简称 of official numbers.

    ``needs_condition`` says that a 适用条件 must be chosen before submitting (R8).
    """

    code: str
    name: str
    short: str
    objects: frozenset[ObjectType]
    needs_condition: bool
    source: str


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One selectable 适用条件 of a method, with the article it comes from."""

    code: str
    method: str
    text: str
    source: str
    objects: frozenset[ObjectType]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A row of a short code table: 组织形式, 采购机构 or 采购形式."""

    code: str
    name: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Forced:
    """A choice the law makes; ``values`` are what remains, ``reason()`` is shown beside it."""

    values: tuple[str, ...]
    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def reason(self) -> str:
        """Return why the other choices are off, in the interface language."""
        return render(self.template, self.params)


class MethodTable:
    """The methods and conditions of one office, as loaded from its reference data."""

    def __init__(self, methods: Iterable[Method], conditions: Iterable[Condition]) -> None:
        self.methods = tuple(methods)
        self.conditions = tuple(conditions)
        self._by_code = {method.code: method for method in self.methods}

    def get(self, code: str) -> Method:
        """Return a method.

        Raises:
            NotFound: the code is not in the table.
        """
        if code not in self._by_code:
            raise NotFound(_UNKNOWN, {"code": code[:30]})
        return self._by_code[code]

    def allowed(self, object_type: ObjectType) -> tuple[Method, ...]:
        """Return the methods that may buy goods, works or services (R6)."""
        return tuple(method for method in self.methods if object_type in method.objects)

    def conditions_of(
        self, method: str, object_type: ObjectType | None = None
    ) -> tuple[Condition, ...]:
        """Return the 适用条件 to choose from for a method, and for an object if given (R8)."""
        return tuple(
            row
            for row in self.conditions
            if row.method == method and (object_type is None or object_type in row.objects)
        )


def forced_method(amount: Decimal, limit: Threshold, *, in_mall: bool) -> Forced | None:
    """Return 网上商城采购 when an item of the mall stays within the mall limit, else None (R9).

    ``amount`` is in 元; exactly the limit is still within.
    """
    if not in_mall or amount > limit.amount:
        return None
    params = {"amount": amount, "limit": limit.amount, "note": limit.note()}
    return Forced(values=(MALL,), template=_IN_MALL, params=params)


def forced_organisation(entry: CatalogueEntry | None, *, excepted: bool = False) -> Forced | None:
    """Return 政府集中采购 for an item of the 集中采购目录, else None (R10).

    ``excepted`` is the switch for a 省级以上批准文号 (法 18): it releases the choice.
    """
    if entry is None or excepted:
        return None
    params = {"name": entry.name, "number": entry.number}
    return Forced(values=(Organisation.CENTRAL,), template=_IN_CATALOGUE, params=params)


def forced_agency(entry: CatalogueEntry | None, *, excepted: bool = False) -> Forced | None:
    """Return 集中采购机构 for an item of the 集中采购目录, else None (R10).

    For everything else nothing is preselected: nobody may name the agency for the purchaser
    (法 19).
    """
    if entry is None or excepted:
        return None
    return Forced(values=(Agency.CENTRAL,), template=_ONLY_CENTRAL)
