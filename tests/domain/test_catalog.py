"""Categories by version and code, and what a catalogue line covers."""

from __future__ import annotations

import pytest

from govproc_desktop.domain.catalog import (
    Catalog,
    CatalogueEntry,
    CatalogVersion,
    Category,
    CategoryCode,
    ObjectType,
    covers,
    find_entry,
    open_claims,
)
from govproc_desktop.domain.errors import BadInput, NotFound

OLD, NEW = CatalogVersion.V2013, CatalogVersion.V2022


def category(version: CatalogVersion, code: str, name: str = "某") -> Category:
    return Category(key=CategoryCode(version, code), name=name)


def test_r11_the_same_code_means_other_things_in_other_versions() -> None:
    catalog = Catalog(
        [
            category(OLD, "A02010105", "便携式计算机"),
            category(NEW, "A02010105", "台式计算机"),
            category(OLD, "A02010104", "台式计算机"),
        ]
    )
    assert catalog.resolve(OLD, "A02010105").name == "便携式计算机"
    assert catalog.resolve(NEW, "A02010105").name == "台式计算机"
    with pytest.raises(NotFound, match="2022 版品目目录里没有“A02010104”"):
        catalog.resolve(NEW, "A02010104")
    with pytest.raises(BadInput, match="出现了两次"):
        Catalog([category(OLD, "A06"), category(OLD, "A06")])


@pytest.mark.parametrize(
    ("version", "code", "parent"),
    [
        (OLD, "A0201060102", "A02010601"),
        (OLD, "A020201", "A0202"),
        (OLD, "A06", None),
        (NEW, "A02010105", "A02010100"),
        (NEW, "A02010100", "A02010000"),
        (NEW, "A02020100", "A02020000"),
        (NEW, "A02010000", "A02000000"),
        (NEW, "A02000000", None),
        (NEW, "B10000000", None),
    ],
)
def test_parents_by_version(version: CatalogVersion, code: str, parent: str | None) -> None:
    above = CategoryCode(version, code).parent
    assert (above and above.code) == parent


def test_missing_levels_are_jumped() -> None:
    top, leaf = category(OLD, "A06"), category(OLD, "A060205")
    catalog = Catalog([leaf, top])
    assert catalog.parent_of(leaf) == top
    assert catalog.parent_of(top) is None
    assert len(catalog) == 2
    assert set(catalog) == {top, leaf}


@pytest.mark.parametrize("code", ["", "D01", "a02", "A0", "A020", "A02 01", "A０２", "A02\n"])
def test_other_texts_are_not_codes(code: str) -> None:
    with pytest.raises(BadInput, match="不是品目编码"):
        CategoryCode(OLD, code)


def test_objects_by_first_letter() -> None:
    assert CategoryCode(NEW, "B07000000").object_type is ObjectType.WORKS
    assert CategoryCode(OLD, "C0810").object_type.label == "服务"


FURNITURE = CatalogueEntry(number=29, name="家具用具", key=CategoryCode(OLD, "A06"))
GUARDS = CatalogueEntry(
    number=32, name="安全服务", key=CategoryCode(OLD, "C0810"), narrowed_to="保安服务"
)
CLOUD = CatalogueEntry(number=31, name="云计算服务", key=None)


def test_r10_a_line_covers_its_descendants_in_its_own_version() -> None:
    assert covers(FURNITURE, CategoryCode(OLD, "A060205"))
    assert covers(FURNITURE, CategoryCode(OLD, "A06"))
    assert not covers(FURNITURE, CategoryCode(OLD, "A0201"))
    assert not covers(FURNITURE, CategoryCode(NEW, "A06020500"))


def test_r10_a_remark_narrows_a_line() -> None:
    code = CategoryCode(OLD, "C081001")
    assert not covers(GUARDS, code)
    assert covers(GUARDS, code, claims=frozenset({"保安服务"}))
    assert open_claims([FURNITURE, GUARDS, CLOUD], code) == ("保安服务",)
    assert open_claims([FURNITURE, GUARDS, CLOUD], CategoryCode(OLD, "A06")) == ()


def test_r10_a_line_without_code_is_claimed_by_name() -> None:
    code = CategoryCode(OLD, "C02")
    assert find_entry([FURNITURE, GUARDS, CLOUD], code) is None
    assert find_entry([GUARDS, CLOUD], code, claims=frozenset({"云计算服务"})) is CLOUD


def test_padded_lines_cover_their_branch() -> None:
    line = CatalogueEntry(number=1, name="设备", key=CategoryCode(NEW, "A02000000"))
    assert covers(line, CategoryCode(NEW, "A02010105"))
    assert not covers(line, CategoryCode(NEW, "A05010000"))


def test_r13_same_kind_is_six_digits() -> None:
    one = CategoryCode(OLD, "A02010104")
    assert one.same_kind_as(CategoryCode(OLD, "A02010105"))
    assert not one.same_kind_as(CategoryCode(OLD, "A02010201"))
    assert not one.same_kind_as(CategoryCode(NEW, "A02010104"))
