"""The shipped reference files load, and a damaged file is refused whole, with addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from govproc_desktop.domain import reference_files as files
from govproc_desktop.domain.catalog import CatalogVersion, ObjectType, find_entry
from govproc_desktop.domain.errors import BadInput, Unavailable
from govproc_desktop.domain.reference_files import Sheet
from govproc_desktop.domain.regulation import BudgetLevel, ThresholdKind
from govproc_desktop.domain.workdays import CalendarMissing, DayKind
from govproc_desktop.exchange.reference_files import read_sheet
from govproc_desktop.paths import resource

WRITE = Callable[[str, str], Sheet]


def shipped(name: str) -> Sheet:
    return read_sheet(resource(f"data/{name}.csv"))


@pytest.fixture
def write(tmp_path: Path) -> WRITE:
    def save(name: str, text: str) -> Sheet:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8-sig")
        return read_sheet(path)

    return save


def faults(load: Callable[[Sheet], object], path: Sheet) -> list[str]:
    with pytest.raises(files.BadReferenceFile) as refused:
        load(path)
    assert refused.value.code == "E3003"
    return [fault.sentence() for fault in refused.value.faults]


def test_r11_shipped_catalogues_keep_versions_apart() -> None:
    catalog = files.load_catalog(shipped("catalog_2013"), shipped("catalog_2022"))
    assert catalog.resolve(CatalogVersion.V2013, "A02010105").name == "便携式计算机"
    assert catalog.resolve(CatalogVersion.V2022, "A02010105").name == "台式计算机"
    parents = {catalog.parent_of(row) for row in catalog} - {None}
    assert not [row.name for row in parents if row and row.is_leaf]


def test_r10_every_line_of_the_central_catalogue_is_a_known_category() -> None:
    entries = files.load_catalogue_entries(shipped("central_catalog"))
    catalog = files.load_catalog(shipped("catalog_2013"))
    assert [entry.number for entry in entries] == list(range(1, 35))
    assert [entry.name for entry in entries if entry.key is None] == ["云计算服务"]
    for entry in entries:
        if entry.key is not None:
            assert catalog.resolve(entry.key.version, entry.key.code).name == entry.name
    guards = catalog.resolve(CatalogVersion.V2013, "C0810").key
    assert find_entry(entries, guards) is None
    claimed = find_entry(entries, guards, claims=frozenset({"保安服务"}))
    assert claimed is not None
    assert claimed.number == 32


def test_the_mall_sells_goods_of_the_central_catalogue() -> None:
    central = {e.key for e in files.load_catalogue_entries(shipped("central_catalog"))}
    mall = files.load_catalogue_entries(shipped("mall_catalog"))
    assert {entry.key for entry in mall} < central
    assert {entry.key.object_type for entry in mall if entry.key} == {ObjectType.GOODS}


@pytest.mark.parametrize(
    ("region", "level", "object_type", "kind", "amount", "verified"),
    [
        ("411502", 4, "A", "public_tender", "2000000.00", False),
        ("410000", 2, "A", "decentralized", "1000000.00", False),
        ("410000", 2, "B", "must_bid", "4000000.00", True),
        ("410000", 3, "C", "mall", "500000.00", False),
        ("330000", 3, "A", "decentralized", "300000.00", True),
        ("330000", 2, "B", "decentralized", "600000.00", True),
        ("410100", 3, "B", "sme_reserve", "4000000.00", True),
    ],
)
def test_shipped_limits(
    region: str, level: int, object_type: str, kind: str, amount: str, verified: bool
) -> None:
    found = files.load_thresholds(shipped("thresholds")).find(
        region,
        BudgetLevel(level),
        object_type=ObjectType(object_type),
        kind=ThresholdKind(kind),
        on=date(2026, 11, 23),
    )
    assert found.amount == Decimal(amount)
    assert ("须核对" in found.note()) is not verified


def test_shipped_deadlines_cover_d1_to_d22() -> None:
    rows = files.load_deadlines(shipped("deadlines")).rows
    assert {row.code.rstrip("ABCDEF") for row in rows} == {f"D{n}" for n in range(1, 23)}


def test_r6_r8_shipped_methods() -> None:
    table = files.load_methods(shipped("methods"), shipped("method_conditions"))
    assert len(table.methods) == 12
    for method in table.methods:
        assert bool(table.conditions_of(method.code)) is method.needs_condition
        for object_type in method.objects if method.needs_condition else ():
            assert table.conditions_of(method.code, object_type), (method.code, object_type)
    assert table.get("XJ").objects == {ObjectType.GOODS}
    shorts = [method.short for method in table.methods]
    assert len(set(shorts)) == len(shorts), "two methods would issue the same number"


@pytest.mark.parametrize(
    ("start", "count", "kind", "due"),
    [
        ("2026-11-20", 2, DayKind.WORKDAY, "2026-11-24"),
        ("2026-11-20", 7, DayKind.WORKDAY, "2026-12-01"),
        ("2026-11-20", 30, DayKind.CALENDAR, "2026-12-21"),
        ("2026-09-30", 2, DayKind.WORKDAY, "2026-10-09"),
        ("2026-09-30", 7, DayKind.WORKDAY, "2026-10-15"),
        ("2026-02-13", 1, DayKind.WORKDAY, "2026-02-14"),
        ("2025-09-30", 1, DayKind.WORKDAY, "2025-10-09"),
        ("2024-02-09", 1, DayKind.WORKDAY, "2024-02-18"),
    ],
)
def test_r29_shipped_holidays(start: str, count: int, kind: DayKind, due: str) -> None:
    calendar = files.load_calendar(shipped("holidays"))
    assert calendar.due(date.fromisoformat(start), count, kind) == date.fromisoformat(due)


@pytest.mark.parametrize(("year", "workdays"), [(2024, 251), (2025, 248), (2026, 248)])
def test_shipped_years_have_the_published_number_of_workdays(year: int, workdays: int) -> None:
    calendar = files.load_calendar(shipped("holidays"))
    first, last = date(year, 1, 1), date(year, 12, 31)
    assert calendar.workdays_between(first, last) + calendar.is_workday(first) == workdays


def test_r57_2027_is_not_shipped_and_said() -> None:
    calendar = files.load_calendar(shipped("holidays"))
    assert calendar.years == {2024, 2025, 2026}
    with pytest.raises(CalendarMissing, match="节假日表未更新"):
        calendar.due(date(2026, 12, 30), 5, DayKind.WORKDAY)


def test_other_shipped_tables() -> None:
    for name in ("organisation_forms", "agency_kinds", "purchase_forms"):
        assert files.load_choices(shipped(name))
    leaves = {c.code: c.is_leaf for c in files.load_class_codes(shipped("dep_econ_classes"))}
    assert (leaves["31002"], leaves["310"]) == (True, False)
    for name in ("func_classes", "gov_econ_classes", "fund_kinds"):
        assert files.load_class_codes(shipped(name))
    assert {r.code: r.short for r in files.load_regions(shipped("regions"))}["410000"] == "豫"
    assert "豫财{方式简称}采购-{YYYY}-{SEQ}" in {
        n.template for n in files.load_number_templates(shipped("numbering"))
    }
    kinds = {
        a.code: a.required_when for a in files.load_attachment_kinds(shipped("attachment_kinds"))
    }
    assert kinds["import"] == "import"


def test_every_shipped_file_is_bom_utf8_and_listed_in_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "reference-data.md").read_text(encoding="utf-8")
    for path in resource("data").glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name
        assert f"`{path.name}`" in guide, path.name


LIMITS = "region,level,object_type,kind,amount,since,until,doc_no,verified\n"


def test_r60_every_bad_cell_is_named_at_once(write: WRITE) -> None:
    path = write(
        "limits.csv",
        LIMITS
        + "410000,2,A,mall,12万,2020-01-01,,某号,0\n"
        + "41,9,D,mall,100,2020-02-30,,,2\n"
        + "410000,2,A,mall,100,2020-01-01,2019-01-01,某号,0,多\n"
        + "410000,2,A,mall,100,2020-01-01,2019-01-01,某号,0\n",
    )
    found = faults(files.load_thresholds, path)
    assert found[0].startswith("limits.csv 第 2 行 amount 列：“12万”不是金额")
    assert "limits.csv 第 3 行 region 列：“41”不是 6 位区划代码，例如 410000。" in found
    assert "limits.csv 第 3 行 level 列：“9”不在可选值内。可选：1、2、3、4、5。" in found
    assert "limits.csv 第 3 行 since 列：“2020-02-30”不是日期，应写成 2026-01-31。" in found
    assert "limits.csv 第 3 行 doc_no 列：不能为空。" in found
    assert "limits.csv 第 3 行 verified 列：“2”不在可选值内。可选：0、1。" in found
    assert "limits.csv 第 4 行：应有 9 列，现有 10 列。" in found
    assert "limits.csv 第 5 行 until 列：止日早于起日 2020-01-01。" in found
    with pytest.raises(files.BadReferenceFile, match=f"共 {len(found)} 处错误，全部 4 行均未导入"):
        files.load_thresholds(path)


def test_r60_overlaps_and_duplicates_are_refused_at_the_later_row(write: WRITE) -> None:
    row = "410000,2,A,mall,100,{since},{until},某号,0\n"
    overlap = write(
        "limits.csv",
        LIMITS
        + row.format(since="2020-01-01", until="2024-12-31")
        + "\n"
        + row.format(since="2024-12-31", until=""),
    )
    assert faults(files.load_thresholds, overlap) == [
        "limits.csv 第 4 行 since 列：有效期与第 2 行重叠。请改起止日期，使一天只有一行有效。"
    ]
    twice = write("limits.csv", LIMITS + row.format(since="2020-01-01", until="") * 2)
    assert faults(files.load_thresholds, twice) == [
        "limits.csv 第 3 行：与第 2 行重复。请删去一行。"
    ]


def test_r60_a_looser_local_deadline_is_refused(write: WRITE) -> None:
    head = "region,code,title,days,day_type,bound,since,until,source,verified\n"
    path = write(
        "d.csv",
        head
        + "000000,D7,公告,2,workday,at_most,2015-03-01,,条例,1\n"
        + "411500,D7,公告,3,workday,at_most,2024-01-01,,某文,1\n",
    )
    assert faults(files.load_deadlines, path) == [
        "d.csv 第 3 行 days 列：比国家规定（第 2 行）宽。地方只能更严。"
    ]


def test_r57_half_a_year_of_holidays_is_refused(write: WRITE) -> None:
    path = write(
        "h.csv", "day,kind,name,doc_no\n2027-01-01,off,元旦,某号\n2027-01-04,worked,元旦,某号\n"
    )
    found = faults(files.load_calendar, path)
    assert found[0].startswith("h.csv 第 3 行 kind 列：这一天是周一至周五")
    assert found[1].startswith(
        "h.csv 第 3 行：2027 年缺 春节、清明节、劳动节、端午节、中秋节、国庆节"
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "表头应为 code,name,source，现为 。"),
        (b"code,title,source\nA,B,\n", "现为 code,title,source"),
        (b"code,name,source\n\n", "没有数据行"),
        (b'code,name,source\nA,"B,\n', "引号不成对"),
        (b"code,name,source\nA,B\x00,\n", "第 2 行 name 列"),
        ("code,name,source\nA,甲\u202e,\n".encode(), "含不可见字符（第 2 位 U+202E）"),
        (b"code,name,source\nA,B,\nA,C,\n", "与第 2 行重复"),
    ],
)
def test_damaged_files_are_refused(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(data)
    assert any(words in fault for fault in faults(files.load_choices, read_sheet(path)))


def test_trees_and_conditions_must_hang_together(write: WRITE) -> None:
    head = "code,name,parent,is_leaf\n"
    lost = write("c.csv", head + "30201,办公费,302,1\n5,自己,5,0\n")
    assert faults(files.load_class_codes, lost) == [
        "c.csv 第 2 行 parent 列：“302”在 c.csv 里没有。",
        "c.csv 第 3 行 parent 列：“5”在 c.csv 里没有。",
    ]
    leaf = write("c.csv", head + "302,商品,,1\n30201,办公费,302,1\nx,坏,,1\n")
    assert faults(files.load_class_codes, leaf) == [
        "c.csv 第 4 行 code 列：“x”不是编码：应全为数字。"
    ]
    leaf = write("c.csv", head + "302,商品,,1\n30201,办公费,302,1\n")
    assert "标为末级" in faults(files.load_class_codes, leaf)[0]
    regions = write(
        "r.csv", "code,name,short,parent,level\n410000,河南,豫,420000,2\n410100,郑州,豫,410000,3\n"
    )
    assert faults(files.load_regions, regions) == [
        "r.csv 第 2 行 parent 列：“420000”在 r.csv 里没有。",
        "r.csv 第 3 行 short 列：简称与第 2 行相同，两地的编号会重复。",
    ]
    methods = write("m.csv", "code,name,short,objects,needs_condition,source\nXJ,询价,询价,A,1,\n")
    conditions = write(
        "mc.csv", "code,method,text,source,objects\nX-1,XJ,甲,,AB\nQ-1,QT,乙,,A\nX-2,XJ,丙,,AD\n"
    )
    with pytest.raises(files.BadReferenceFile) as refused:
        files.load_methods(methods, conditions)
    assert [fault.column for fault in refused.value.faults] == ["objects", "method", "objects"]


def test_number_templates_are_checked(write: WRITE) -> None:
    path = write(
        "n.csv",
        "region,kind,template,since,until,source,verified\n410000,plan,豫-{SEQ},2020-01-01,,,1\n",
    )
    assert "须含 {YYYY}" in faults(files.load_number_templates, path)[0]


def test_missing_huge_and_gbk_files(tmp_path: Path) -> None:
    gbk = tmp_path / "gbk.csv"
    gbk.write_bytes("代码,名称\n".encode("gbk"))
    with pytest.raises(BadInput, match="不是 UTF-8 编码"):
        read_sheet(gbk)
    with pytest.raises(Unavailable, match="打不开"):
        files.load_choices(read_sheet(tmp_path / "none.csv"))
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(BadInput, match="超过 20 MB"):
        files.load_choices(read_sheet(huge))


def test_r60_numbers_and_periods_are_checked_cell_by_cell(write: WRITE) -> None:
    path = write(
        "e.csv",
        "number,version,code,name,narrowed_to,remark\n"
        "１,2013,A06,甲,,\n1.0,2013,A07,乙,,\n-1,2023,A08,丙,,\n4,2013,A0,丁,,\n",
    )
    assert faults(files.load_catalogue_entries, path) == [
        "e.csv 第 2 行 number 列：“１”不是整数，应为 0 到 99999。",
        "e.csv 第 3 行 number 列：“1.0”不是整数，应为 0 到 99999。",
        "e.csv 第 4 行 number 列：“-1”不是整数，应为 0 到 99999。",
        "e.csv 第 4 行 version 列：“2023”不在可选值内。可选：2013、2022。",
        "e.csv 第 5 行 code 列：“A0”不是品目编码：应为一个字母 A（货物）、B（工程）或 "
        "C（服务），后接成对的数字，例如 A02010104。",
    ]
    closed = write("limits.csv", LIMITS + "410000,2,A,mall,1,2020-01-01,2020-12-31,某号,1\n")
    assert files.load_thresholds(closed).rows[0].until == date(2020, 12, 31)
    wrong = write("limits.csv", LIMITS + "410000,2,A,mall,1,2020-01-01,2020/12/31,某号,1\n")
    assert faults(files.load_thresholds, wrong) == [
        "limits.csv 第 2 行 until 列：“2020/12/31”不是日期，应写成 2026-01-31。"
    ]
