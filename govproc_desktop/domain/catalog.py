"""Categories of goods, works and services (品目), always named by catalogue version and code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from govproc_desktop.domain.errors import BadInput, NotFound
from govproc_desktop.i18n import N_

_CODE = re.compile(r"[ABC](?:[0-9]{2})*")

_BAD_CODE = N_(
    "“{code}”不是品目编码：应为一个字母 A（货物）、B（工程）或 C（服务），后接成对的数字，"
    "例如 A02010104。"
)
_UNKNOWN = N_("{version} 版品目目录里没有“{code}”。请先核对目录版本，再核对编码。")
_TWICE = N_("{version} 版品目目录里“{code}”出现了两次。请删去一行。")


class CatalogVersion(IntEnum):
    """The generation of codes; the same string names other things in each (R11)."""

    V2013 = 2013
    V2022 = 2022


class ObjectType(StrEnum):
    """What is bought, by the first letter of its category code."""

    GOODS = "A"
    WORKS = "B"
    SERVICES = "C"

    @property
    def label(self) -> str:
        """Return the marked name: 货物, 工程 or 服务."""
        return _OBJECT_TITLES[self]


_OBJECT_TITLES = {
    ObjectType.GOODS: N_("货物"),
    ObjectType.WORKS: N_("工程"),
    ObjectType.SERVICES: N_("服务"),
}


@dataclass(frozen=True, order=True)
class CategoryCode:
    """A category code together with the catalogue it belongs to; never one without the other.

    Raises:
        BadInput: not a letter A, B or C followed by pairs of digits.
    """

    version: CatalogVersion
    code: str

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code):
            raise BadInput(_BAD_CODE, {"code": self.code[:30]})

    @property
    def object_type(self) -> ObjectType:
        """Return goods, works or services."""
        return ObjectType(self.code[0])

    @property
    def parent(self) -> CategoryCode | None:
        """Return the category one level up by the rule of the version, or None at the top.

        2013 drops the last two digits; 2022 sets the last pair that isn't 00 to 00.
        """
        stem = self._stem()[:-2]
        if len(stem) < 3:
            return None
        if self.version is CatalogVersion.V2022:
            stem = stem.ljust(len(self.code), "0")
        return CategoryCode(self.version, stem)

    def is_within(self, other: CategoryCode) -> bool:
        """Tell whether this is ``other`` or lies below it, in the same catalogue."""
        return self.version is other.version and self.code.startswith(other._stem())

    def same_kind_as(self, other: CategoryCode) -> bool:
        """Tell whether both agree in letter and first six digits: 同一品目 of R13."""
        return self.version is other.version and self.code[:7] == other.code[:7]

    def _stem(self) -> str:
        """Return the code without the padding of 2022."""
        if self.version is CatalogVersion.V2013:
            return self.code
        stem = self.code
        while len(stem) > 3 and stem.endswith("00"):
            stem = stem[:-2]
        return stem


@dataclass(frozen=True, kw_only=True)
class Category:
    """One row of a catalogue; ``unit`` is the usual 计量单位, only proposed to the clerk."""

    key: CategoryCode
    name: str
    unit: str = ""
    is_leaf: bool = True


class Catalog:
    """All categories of all versions; every question names the version (R11)."""

    def __init__(self, categories: Iterable[Category]) -> None:
        self._rows: dict[CategoryCode, Category] = {}
        for row in categories:
            if row.key in self._rows:
                params = {"version": int(row.key.version), "code": row.key.code}
                raise BadInput(_TWICE, params)
            self._rows[row.key] = row

    def __iter__(self) -> Iterator[Category]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def resolve(self, version: CatalogVersion, code: str) -> Category:
        """Return the category a code means in one version.

        Raises:
            NotFound: the version has no such code, whatever another version says.
        """
        key = CategoryCode(version, code)
        if key not in self._rows:
            raise NotFound(_UNKNOWN, {"version": int(version), "code": code})
        return self._rows[key]

    def parent_of(self, category: Category) -> Category | None:
        """Return the nearest category above that the catalogue holds; levels may be missing."""
        above = category.key.parent
        while above is not None and above not in self._rows:
            above = above.parent
        return None if above is None else self._rows[above]


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """One line of a 集中采购目录 or 网上商城目录: a category with everything below it.

    ``narrowed_to`` keeps only that part of the category (C0810 仅保安服务). A line without code
    (云计算服务) covers nothing by itself: it is claimed by its name.
    """

    number: int
    name: str
    key: CategoryCode | None
    narrowed_to: str = ""
    remark: str = ""

    @property
    def claim(self) -> str:
        """Return the words the clerk must affirm for this line to apply, or ""."""
        return self.name if self.key is None else self.narrowed_to


def covers(
    entry: CatalogueEntry, code: CategoryCode, *, claims: frozenset[str] = frozenset()
) -> bool:
    """Tell whether a catalogue line applies to a category (R10).

    ``claims`` are the narrowing words affirmed for the item, such as 保安服务.
    """
    if entry.claim and entry.claim not in claims:
        return False
    return entry.key is None or code.is_within(entry.key)


def find_entry(
    entries: Iterable[CatalogueEntry],
    code: CategoryCode,
    *,
    claims: frozenset[str] = frozenset(),
) -> CatalogueEntry | None:
    """Return the first catalogue line that covers a category, or None."""
    return next((e for e in entries if covers(e, code, claims=claims)), None)


def open_claims(entries: Iterable[CatalogueEntry], code: CategoryCode) -> tuple[str, ...]:
    """Return the narrowing words the clerk has to be asked about for a category (保安服务)."""
    return tuple(
        e.narrowed_to
        for e in entries
        if e.narrowed_to and e.key is not None and code.is_within(e.key)
    )
