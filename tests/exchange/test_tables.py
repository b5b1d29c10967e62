"""Tables in: any file gives a table or one clear sentence; no figure changes on the way."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.domain.errors import AppError, BadInput
from govproc_desktop.exchange.safety import Cancelled, Limits
from govproc_desktop.exchange.tables import CellKind, Table, column_letters, read_table
from govproc_desktop.exchange.tables.xlsx_scan import scan_sheet
from govproc_desktop.exchange.xlsx_writer import XlsxColumn, write_xlsx

Fill = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]


def table_of(folder: Path, data: bytes | str, name: str = "t.csv") -> Table:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_table(path)


def refusal(folder: Path, data: bytes | str, name: str = "t.csv") -> str:
    with pytest.raises(AppError) as caught:
        table_of(folder, data, name)
    return str(caught.value)


def texts(table: Table) -> list[list[str]]:
    return [[cell.value() for cell in row.cells] for row in table.rows]


@pytest.fixture
def book(tmp_path: Path) -> Callable[[Fill], Path]:
    def make(fill: Fill) -> Path:
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(path) as workbook:
            fill(workbook, workbook.add_worksheet("Sheet1"))
        return path

    return make


def changed(path: Path, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    parts[sheet] = parts[sheet].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


# --- csv


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8-sig", "UTF-8"), ("utf-8", "UTF-8"), ("gb18030", "GBK"), ("gbk", "GBK")],
)
def test_csv_encodings_are_told_apart_and_said(tmp_path: Path, encoding: str, said: str) -> None:
    table = table_of(tmp_path, "名称,金额\r\n联通大厦,1234.50\r\n".encode(encoding))
    assert (table.source, table.kind) == (f"CSV 文件（{said}）", "csv")
    assert table.header == ("名称", "金额")
    assert texts(table) == [["联通大厦", "1234.50"]]
    assert table.rows[0].cell(1).address == "B2"


def test_csv_keeps_row_numbers_across_blank_and_broken_lines(tmp_path: Path) -> None:
    table = table_of(tmp_path, '\n\na,b\n1,"x\ny"\n,\n \n2,"say ""hi"""\n')
    assert texts(table) == [["1", "x\ny"], ["2", 'say "hi"']]
    assert [row.number for row in table.rows] == [4, 7]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n1,\x00\n", "第 2 行含有空字节"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        ("名称合计\n".encode() + "金额\n".encode("gbk"), "第 2 行的编码与别处不同"),
        (b"\xef\xbb\xbf\xe5\x90", "第 1 行的编码与别处不同，或文件被截断"),
        (b"a\n\xff\xff\xff\n", "第 2 行既不是 UTF-8 也不是 GBK"),
        (b'a,b\n1,"2\n3,4\n', "双引号没有成对"),
        (b'a,b\n1,"2"x\n', "双引号没有成对"),
        (b"a,,b\n1,2,3\n", "表头 B1 是空的"),
        (b"a,b,a\n", "“a”出现了两次（C1）"),
        (b"a,b\n1,2,3\n", "C2 在表头之外还有内容“3”"),
        (b"\n , \n", "里没有内容"),
        (b"=A1,b\n", "“=A1”是公式"),
        (b"<html><table>", "其实是网页"),
        (b"%PDF-1.7", "不是表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "设了密码，或是旧格式（.xls）"),
        (b"PK\x03\x04 broken", "残缺或已损坏"),
    ],
)
def test_bad_text_files_get_one_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    sentence = refusal(tmp_path, data)
    assert words in sentence
    assert sentence.count("Traceback") == 0


def test_csv_formula_is_refused_where_it_is_used(tmp_path: Path) -> None:
    cell = table_of(tmp_path, b"a,b\n1,=1+1\n").rows[0].cell(1)
    with pytest.raises(BadInput, match="“=1\\+1”是公式，不是值"):
        cell.value()


def test_limits_on_rows_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a\n" + "1\n" * 20)
    with pytest.raises(BadInput, match="超过 10 行"):
        read_table(path, limits=Limits(rows=10))
    path.write_text(",".join("abcdef"))
    with pytest.raises(BadInput, match="有 6 列，超过 5 列"):
        read_table(path, limits=Limits(columns=5))


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a\n" + "1\n" * 1_200)
    seen: list[int] = []
    read_table(path, progress=lambda done, _total: seen.append(done))
    assert seen == [500, 1_000]
    with pytest.raises(Cancelled):
        read_table(path, cancelled=lambda: True)


# --- json


def test_json_list_and_trailer(tmp_path: Path) -> None:
    rows = [{"a": "x", "b": 3}, {"a": None, "b": True, "c": "1.50"}]
    table = table_of(tmp_path, json.dumps({"rows": rows, "trailer": {"rows": 2, "sum": "1.50"}}))
    assert table.header == ("a", "b", "c")
    assert texts(table) == [["x", "3", ""], ["", "TRUE", "1.50"]]
    assert table.trailer == {"rows": "2", "sum": "1.50"}
    assert table.rows[1].cell(2).address == "第 2 条 c"
    assert table_of(tmp_path, json.dumps(rows)).trailer is None


def test_json_float_money_is_refused_where_it_is_used(tmp_path: Path) -> None:
    for number in ("1234.10", "1e400"):
        cell = table_of(tmp_path, f'[{{"amount": {number}}}]').rows[0].cell(0)
        with pytest.raises(BadInput, match=f"“{number}”是没有引号的小数"):
            cell.value()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ('[{"a": 1, "a": 2}]', "“a”出现了两次"),
        ('[{"a": NaN}]', "有“NaN”"),
        ('[{"a": -Infinity}]', "“-Infinity”"),
        ("[" * 100_000, "嵌套太深"),
        ('{"a":' * 100_000, "嵌套太深"),
        (f'[{{"a": {"9" * 5_000}}}]', "太长的数字（5000 位）"),
        ('[{"a": [1]}]', "第 1 条的“a”里还有列表"),
        ("[1]", "第 1 条不是"),
        ("[{}]", "第 1 条不是"),
        ("[]", "一条记录也没有"),
        ("3", "须是若干条记录"),
        ('{"rows": 3}', '{"rows": [...], "trailer": {...}}'),
        ('{"rows": [], "more": 1}', "须是若干条记录"),
        ('[{"a": 1}', "格式不对（第 1 行第 10 列附近）"),
        (b'[{"a": "\xff"}]', "不是 UTF-8"),
    ],
)
def test_bad_json_gets_one_sentence(tmp_path: Path, data: str | bytes, words: str) -> None:
    assert words in refusal(tmp_path, data, "t.json")


def test_json_lone_surrogate_is_refused_where_it_is_used(tmp_path: Path) -> None:
    cell = table_of(tmp_path, '[{"a": "x\\ud800"}]', "t.json").rows[0].cell(0)
    with pytest.raises(BadInput, match="含残缺的字符"):
        cell.value()


# --- xlsx


def test_xlsx_keeps_addresses_types_and_exact_figures(book: Callable[[Fill], Path]) -> None:
    def fill(workbook: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(2, 0, ["文", "数", "日", "是"])
        sheet.write_string(5, 0, "=1+1")
        sheet.write_number(5, 1, 1234.1)
        sheet.write_datetime(5, 2, date(2026, 3, 2), day)
        sheet.write_boolean(5, 3, True)

    table = read_table(book(fill))
    assert table.source == "工作表“Sheet1”"
    assert texts(table) == [["=1+1", "1234.10", "2026-03-02", "TRUE"]]
    assert [cell.address for cell in table.rows[0].cells][-1] == "Sheet1!D6"
    assert [cell.kind for cell in table.rows[0].cells] == [
        CellKind.TEXT,
        CellKind.NUMBER,
        CellKind.DATE,
        CellKind.BOOL,
    ]


def test_xlsx_header_must_start_at_the_left(book: Callable[[Fill], Path]) -> None:
    path = book(lambda _book, sheet: sheet.write_row(2, 1, ["文", "数"]) and None)
    with pytest.raises(BadInput, match="表头 Sheet1!A3 是空的"):
        read_table(path)


def test_xlsx_far_empty_rows_cost_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [XlsxColumn("a"), XlsxColumn("b")], [["x", "y"]], title="Sheet1")
    empty = b"".join(b'<row r="%d" ht="15"/>' % row for row in range(3, 1_048_577))
    table = read_table(changed(path, b"</sheetData>", empty + b"</sheetData>"))
    assert texts(table) == [["x", "y"]]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (b'<c r="XFD2"><v>1</v></c>', "列，超过 200 列"),
        (b'<c r="A1048576"><v>1</v></c>', "行以上，超过 200000 行"),
        (b'<c r="GA190000"><v>1</v></c>', "格，超过 3000000 格"),
    ],
)
def test_xlsx_far_cells_are_refused_before_they_take_memory(
    tmp_path: Path, cell: bytes, words: str
) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [XlsxColumn("a")], [["x"]], title="Sheet1")
    row = b'<row r="1048576">' + cell + b"</row></sheetData>"
    with pytest.raises(BadInput, match=words):
        read_table(changed(path, b"</sheetData>", row))


@pytest.mark.parametrize(
    ("value", "text", "problem"),
    [
        (b"<v>123456789012345678</v>", "1.234567890123457e+17", "16 位以上的数字"),
        (b"<v>1E+15</v>", "1.000000000000000e+15", "16 位以上的数字"),
        (b"<v>999999999999999</v>", "999999999999999", ""),
        (b"<v>12345.6</v>", "12345.60", ""),
        (b"<v>12.345</v>", "12.345", ""),
        (b"<v>1E-7</v>", "1e-07", ""),
        (b"<f>1+1</f><v>2</v>", "2", ""),
        (b"<f>1+1</f>", "", "公式没有算好的结果"),
        (b"<f>1+1</f><v></v>", "", "公式没有算好的结果"),
        (b'<f t="shared" si="0"/><v/>', "", "公式没有算好的结果"),
    ],
)
def test_xlsx_numbers_are_exact_or_refused(
    tmp_path: Path, value: bytes, text: str, problem: str
) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [XlsxColumn("a"), XlsxColumn("b")], [["x", 7]], title="Sheet1")
    cell = read_table(changed(path, b"<v>7</v>", value)).rows[0].cell(1)
    assert (cell.text, cell.address) == (text, "Sheet1!B2")
    if problem:
        with pytest.raises(BadInput, match=problem):
            cell.value()
    else:
        assert cell.value() == text
        assert cell.kind is CellKind.NUMBER


def test_xlsx_error_values_are_refused_where_they_are_used(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [XlsxColumn("a"), XlsxColumn("b")], [["x", 7]], title="Sheet1")
    old = read_table(path).rows[0]
    assert old.cell(1).value() == "7"
    changed(path, b'<c r="B2" s="3"><v>7</v>', b'<c r="B2" t="e"><v>#N/A</v>')
    with pytest.raises(BadInput, match="结果是错误值"):
        read_table(path).rows[0].cell(1).value()


def test_xlsx_merged_cells_are_named(book: Callable[[Fill], Path]) -> None:
    def header(_book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.merge_range(0, 0, 0, 1, "单位")

    def body(_book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_row(0, 0, ["a", "b"])
        sheet.merge_range(2, 1, 3, 1, "x")

    with pytest.raises(BadInput, match="表头 Sheet1!A1 是合并单元格"):
        read_table(book(header))
    with pytest.raises(BadInput, match="Sheet1!B3 是合并单元格"):
        read_table(book(body))


def test_xlsx_sheets_by_name_first_filled_and_hidden(book: Callable[[Fill], Path]) -> None:
    def fill(workbook: xlsxwriter.Workbook, _sheet: xlsxwriter.worksheet.Worksheet) -> None:
        hidden = workbook.add_worksheet("藏")
        hidden.write(0, 0, "h")
        hidden.hide()
        workbook.add_worksheet("计划").write_row(0, 0, ["a", "b"])

    path = book(fill)
    assert read_table(path).source == "工作表“计划”"
    assert read_table(path, sheet="计划").header == ("a", "b")
    with pytest.raises(BadInput, match="没有工作表“别的”，只有：Sheet1、计划"):
        read_table(path, sheet="别的")
    with pytest.raises(BadInput, match="没有工作表“藏”"):
        read_table(path, sheet="藏")
    with pytest.raises(BadInput, match="工作表“Sheet1”里没有内容"):
        read_table(path, sheet="Sheet1")


def test_xlsx_is_known_by_content_not_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_xlsx(path, [XlsxColumn("a")], [["x"]], title="Sheet1")
    assert read_table(path).kind == "xlsx"
    assert table_of(tmp_path, "a\nx\n", "b.xlsx").kind == "csv"


@given(st.decimals(-(10**12), 10**12, places=2))
def test_xlsx_amounts_come_back_to_the_fen(amount: Decimal) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        write_xlsx(path, [XlsxColumn("a")], [[amount]], title="a")
        assert Decimal(read_table(path).rows[0].cell(0).value()) == amount


def test_xlsx_cut_inside_a_whole_archive_is_not_half_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, [XlsxColumn("a")], [["x"], ["y"]], title="Sheet1")
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
    changed(path, xml[xml.index(b'<row r="3">') :], b"")
    with pytest.raises(BadInput, match="残缺或已损坏"):
        read_table(path)


def test_scan_counts_cells_without_addresses() -> None:
    row = b'<row r="70000"><c><v>1</v></c><c t="s"><v>1</v></c></row><row><c/></row>'
    shape = scan_sheet(b"<sheetData>" + row + b"</sheetData>")
    assert (shape.rows, shape.columns) == (70_001, 2)
    prefixed = scan_sheet(b"<x:row r='3'><x:c s='1' r='AB3'><x:v>1</x:v></x:c></x:row>")
    assert (prefixed.rows, prefixed.columns) == (3, 28)


def test_column_letters_as_on_screen() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
