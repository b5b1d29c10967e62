"""xlsx out: typed cells, no formulas, nothing lost unseen, read back the same."""

from __future__ import annotations

import json
import tempfile
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.exchange import xlsx_writer
from govproc_desktop.exchange.safety import Cancelled
from govproc_desktop.exchange.tables import read_table
from govproc_desktop.exchange.xlsx_writer import Notes, XlsxColumn, XlsxValue, write_xlsx

NAUGHTY = json.loads((Path(__file__).parent / "corpus/naughty.json").read_text())
COLUMNS = [XlsxColumn("名称", 30), XlsxColumn("金额"), XlsxColumn("数量"), XlsxColumn("日期")]
ROWS: list[list[XlsxValue]] = [
    ["=1+1", Decimal("-1234.5"), 7, date(2026, 3, 2)],
    ["办公桌", Decimal("999999999999.99"), -3, None],
]


def sheet_xml(path: Path, number: int = 1) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_cells_keep_their_types(tmp_path: Path) -> None:
    path = tmp_path / "出.xlsx"
    totals: list[XlsxValue] = ["合计", Decimal("1.10"), 4, None]
    notes = Notes("说明", ("已筛选 2 条", "=2+2"))
    assert write_xlsx(path, COLUMNS, ROWS, title="合同", totals=totals, notes=notes) == 2
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["合同", "说明"]
    assert book.get_sheet_by_name("合同").to_python() == [
        ["名称", "金额", "数量", "日期"],
        ["=1+1", -1234.5, 7.0, date(2026, 3, 2)],
        ["办公桌", 999999999999.99, -3.0, ""],
        ["合计", 1.1, 4.0, ""],
    ]
    assert book.get_sheet_by_name("说明").to_python() == [["已筛选 2 条"], ["=2+2"]]


def test_looks_as_promised(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, COLUMNS, ROWS, title="合同", totals=["合计", Decimal(1), None, None])
    xml = sheet_xml(path)
    assert "<f>" not in xml
    assert 'ySplit="1"' in xml
    assert '<autoFilter ref="A1:D3"/>' in xml
    assert '<col min="1" max="1" width="32"' in xml
    assert "<v>-1234.50</v>" in xml
    with zipfile.ZipFile(path) as archive:
        styles = archive.read("xl/styles.xml").decode()
        assert "'合同'!$A$1:$D$3" in archive.read("xl/workbook.xml").decode()
    money = int(xml.split('<c r="B2" s="')[1].split('"')[0])
    assert 'numFmtId="4"' in styles.split("<cellXfs")[1].split("<xf ")[money + 1]


def test_equal_lists_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_xlsx(tmp_path / name, COLUMNS, ROWS, title="合同")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_reading_gives_back_money_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, COLUMNS, ROWS, title="合同")
    found = [[cell.value() for cell in row.cells] for row in read_table(path).rows]
    assert found == [
        ["=1+1", "-1234.50", "7", "2026-03-02"],
        ["办公桌", "999999999999.99", "-3", ""],
    ]


def test_long_numbers_and_old_dates_become_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, COLUMNS, [[None, None, 123456789012345678, date(1899, 1, 1)]], title="a")
    assert [cell.value() for cell in read_table(path).rows[0].cells] == [
        "",
        "",
        "123456789012345678",
        "1899-01-01",
    ]


def test_lost_characters_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    texts = ["a\x00b\x0bc\ud800d\uffff", "x" * 40_000]
    write_xlsx(path, [XlsxColumn("文")], [[text] for text in texts], title="a")
    first, second = (row.cell(0).value() for row in read_table(path).rows)
    assert first == "a\ufffdb\ufffdc\ufffdd\ufffd"
    assert len(second) == 32_767
    assert second.endswith("x…（已截断）")


def test_naughty_texts_come_back_letter_by_letter(tmp_path: Path) -> None:
    path = tmp_path / "n.xlsx"
    write_xlsx(path, [XlsxColumn("文"), XlsxColumn("尾")], [[t, "x"] for t in NAUGHTY], title="n")
    found = [row.cell(0).value() for row in read_table(path).rows]
    assert found == [xlsx_writer._ILLEGAL.sub("\ufffd", text) for text in NAUGHTY]


@given(
    st.lists(
        st.tuples(
            st.text(),
            st.decimals(-(10**11), 10**11, places=2),
            st.integers(-(10**14), 10**14),
            st.dates(date(1900, 3, 1)),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_random_cells_come_back(rows: list[tuple[str, Decimal, int, date]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.xlsx"
        write_xlsx(path, COLUMNS, rows, title="r")
        table = read_table(path)
    for row, (text, amount, number, day) in zip(table.rows, rows, strict=True):
        cells = row.cells
        assert cells[0].value() == xlsx_writer._ILLEGAL.sub("\ufffd", text)
        assert Decimal(cells[1].value()) == amount
        assert int(cells[2].value()) == number
        assert cells[3].value() == day.isoformat()


@pytest.mark.parametrize("title", ["", "a/b:c*[d]?", "历史记录" * 20, "'x'", "\x00"])
def test_any_title_makes_a_sheet_that_opens(tmp_path: Path, title: str) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, COLUMNS, ROWS, title=title, notes=Notes(title, ("a",)))
    names = CalamineWorkbook.from_path(path).sheet_names
    assert len(set(names)) == 2
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_stops_when_asked_and_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    seen: list[tuple[int, int]] = []

    def stop() -> bool:
        return len(seen) >= 2

    with pytest.raises(Cancelled, match="已取消"):
        write_xlsx(
            path,
            [XlsxColumn("n")],
            ([n] for n in range(5_000)),
            title="a",
            expected=5_000,
            progress=lambda done, total: seen.append((done, total)),
            cancelled=stop,
        )
    assert seen == [(500, 5_000), (1_000, 5_000)]
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["a.xlsx"]


def test_refuses_more_rows_than_a_sheet_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_writer, "MAX_ROWS", 10)
    write_xlsx(tmp_path / "a.xlsx", [XlsxColumn("n")], [[n] for n in range(9)], title="a")
    with pytest.raises(xlsx_writer.BadInput, match="E3010"):
        write_xlsx(tmp_path / "b.xlsx", [XlsxColumn("n")], [[n] for n in range(10)], title="a")
    assert not (tmp_path / "b.xlsx").exists()


def test_says_when_the_folder_is_gone(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"E1004 “b\.xlsx”没有写成"):
        write_xlsx(tmp_path / "none" / "b.xlsx", COLUMNS, ROWS, title="a")


def test_refuses_values_it_has_no_cell_for(tmp_path: Path) -> None:
    rows: list[list[XlsxValue]] = [["a", Decimal(1), True, None]]
    with pytest.raises(TypeError, match="bool"):
        write_xlsx(tmp_path / "a.xlsx", COLUMNS, rows, title="a")
    assert list(tmp_path.iterdir()) == []
