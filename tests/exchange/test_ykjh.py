"""用款计划 files: whole or not at all (R43), every refusal with cell, column and reason."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.domain.errors import AppError, BadInput
from govproc_desktop.exchange.csv_writer import write_csv
from govproc_desktop.exchange.safety import Cancelled
from govproc_desktop.exchange.xlsx_writer import XlsxColumn, XlsxValue, write_xlsx
from govproc_desktop.exchange.ykjh import (
    YKJH_COLUMNS,
    FileRejected,
    RefusedRow,
    Trailer,
    YkjhFile,
    YkjhRow,
    read_ykjh,
    write_ykjh_csv,
    write_ykjh_template,
)
from govproc_desktop.exchange.ykjh_columns import SAMPLE

KEYS = [column.key for column in YKJH_COLUMNS]
TITLES = [column.title for column in YKJH_COLUMNS]
ROW = YkjhRow(
    plan_no="JH2026410000001",
    fiscal_year=2026,
    mof_div_code="410000",
    agency_code="101001",
    agency_name="河南省某厅",
    manage_mof_dep="行政政法处",
    cor_bgt_doc_no="豫财预〔2026〕12号",
    pro_code="410000261010001",
    pro_name="办公设备购置",
    fund_type_code="11",
    exp_func_code="2010699",
    gov_bgt_eco_code="50306",
    dep_bgt_eco_code="31002",
    pay_type_code="1",
    is_gov_pur="1",
    pur_catalog_ver="2013",
    pur_catalog_code="A02010104",
    amount=Decimal("500000.00"),
    month=3,
    approve_date=date(2026, 3, 2),
    version=1,
)


def line(**changes: str) -> list[str]:
    values = dict(zip(KEYS, SAMPLE, strict=True)) | changes
    return [values[key] for key in KEYS]


def csv_file(folder: Path, *rows: list[str], trailer: tuple[str, str] | None = None) -> Path:
    path = folder / "YKJH_410000_101001_20260302_001.csv"
    lines = list(rows)
    if trailer is not None:
        lines.append(["#TRAILER", *trailer])
    write_csv(path, KEYS, lines)
    return path


def xlsx_file(folder: Path, *rows: list[XlsxValue] | list[str]) -> Path:
    path = folder / "计划.xlsx"
    columns = [XlsxColumn(title) for title in TITLES]
    write_xlsx(path, columns, [[*row, *[""] * (21 - len(row))] for row in rows], title="计划")
    return path


def rejection(path: Path) -> FileRejected:
    with pytest.raises(FileRejected) as caught:
        read_ykjh(path)
    assert "整个文件未导入" in caught.value.sentence()
    return caught.value


def only_refusal(found: YkjhFile) -> RefusedRow:
    assert found.rows_read == len(found.rows) + len({row.row for row in found.refused})
    (refused,) = found.refused
    return refused


def test_reads_the_sample_of_the_standard(tmp_path: Path) -> None:
    found = read_ykjh(csv_file(tmp_path, list(SAMPLE), trailer=("1", "500000.00")))
    assert found.rows == (ROW,)
    assert (found.refused, found.rows_read, found.total) == ((), 1, Decimal("500000.00"))
    assert found.trailer == Trailer(1, Decimal("500000.00"))
    assert found.source == "CSV 文件（UTF-8）"
    assert (found.rows[0].row, found.rows[0].cell) == (2, "A2")
    assert found.rows[0].key == (2026, "410000", "JH2026410000001")


def test_reads_gbk_with_chinese_titles_in_any_order(tmp_path: Path) -> None:
    order = list(reversed(range(21)))
    lines = [[TITLES[n] for n in order], [SAMPLE[n] for n in order], ["#TRAILER", "1", "500,000"]]
    path = tmp_path / "a.csv"
    text = "\n".join(",".join(f'"{cell}"' for cell in cells) for cells in lines)
    path.write_bytes(text.encode("gbk"))
    found = read_ykjh(path)
    assert found.rows == (ROW,)
    assert found.source == "CSV 文件（GBK）"


def test_reads_json_with_trailer(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    record = dict(zip(KEYS, SAMPLE, strict=True))
    path.write_text(json.dumps({"rows": [record], "trailer": {"rows": 1, "sum": "500000.00"}}))
    assert read_ykjh(path).rows == (ROW,)
    path.write_text(json.dumps([record]))
    assert "没有结尾的合计行" in rejection(path).sentence()
    path.write_text(json.dumps({"rows": [record], "trailer": {"rows": 1, "sum": "500000.01"}}))
    assert "差 0.01 元" in rejection(path).sentence()


def test_json_float_amounts_reject_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    record = dict(zip(KEYS, SAMPLE, strict=True)) | {"amount": 500000.0}
    path.write_text(json.dumps({"rows": [record], "trailer": {"rows": 1, "sum": "500000.00"}}))
    error = rejection(path)
    assert "第 1 条 amount 的金额读不出来" in error.sentence()
    assert "没有引号的小数" in error.refused[0].reason


def test_reads_typed_xlsx_with_and_without_trailer(tmp_path: Path) -> None:
    typed: list[XlsxValue] = list(SAMPLE)
    typed[KEYS.index("amount")] = Decimal("500000")
    typed[KEYS.index("approve_date")] = date(2026, 3, 2)
    for key in ("fiscal_year", "mof_div_code", "month", "version"):
        typed[KEYS.index(key)] = int(SAMPLE[KEYS.index(key)])
    assert read_ykjh(xlsx_file(tmp_path, typed)).rows == (ROW,)
    found = read_ykjh(xlsx_file(tmp_path, typed, ["#TRAILER", "1", "500000.00"]))
    assert (found.rows, found.trailer) == ((ROW,), Trailer(1, Decimal("500000.00")))
    assert "差 1 行" in rejection(xlsx_file(tmp_path, typed, ["#TRAILER", "2", "1"])).sentence()


def test_bare_serial_dates_become_dates(tmp_path: Path) -> None:
    typed: list[XlsxValue] = list(SAMPLE)
    typed[KEYS.index("approve_date")] = 46083
    assert read_ykjh(xlsx_file(tmp_path, typed)).rows[0].approve_date == date(2026, 3, 2)
    text = csv_file(tmp_path, line(approve_date="46083"), trailer=("1", "500000"))
    assert "“46083”不是日期" in only_refusal(read_ykjh(text)).reason


@pytest.mark.parametrize(
    ("key", "typed", "reason"),
    [
        ("plan_no", "", "必须填写，不能空着。"),
        ("plan_no", "JH\u202e1", "含不可见字符（第 3 位 U+202E）"),
        ("agency_name", "厅" * 201, "太长：最多 200 个字"),
        ("fiscal_year", "26", "“26”不对：须是 2000 到 2100 的整数"),
        ("mof_div_code", "41000", "“41000”不对：须是 6 位数字"),
        ("exp_func_code", "20106O9", "“20106O9”不对：须是 7 位数字"),
        ("pay_type_code", "3", "只能填 1、2"),
        ("is_gov_pur", "是", "只能填 1、2"),
        ("pur_catalog_ver", "2020", "只能填 2013、2022"),
        ("pur_catalog_ver", "", "须同时填写或同时空着"),
        ("pur_catalog_code", "02010104", "“02010104”不是品目代码"),
        ("month", "13", "须是 1 到 12 的整数"),
        ("version", "0", "须是 1 到 9999 的整数"),
        ("approve_date", "2026/2/30", "“2026/2/30”这一天不存在"),
        ("approve_date", "二〇二六", "“二〇二六”不是日期"),
        ("approve_date", "0001-01-01", "不是日期"),
        ("approve_date", "=TODAY()", "是公式，不是值"),
    ],
)
def test_every_refusal_names_cell_column_and_reason(
    tmp_path: Path, key: str, typed: str, reason: str
) -> None:
    rows = [line(plan_no="A1"), line(**{"plan_no": "A2", key: typed}), line(plan_no="A3")]
    path = csv_file(tmp_path, *rows, trailer=("3", "1500000.00"))
    # Written without the guard, as another program would.
    path.write_text(path.read_text("utf-8").replace("'=TODAY", "=TODAY"), "utf-8")
    found = read_ykjh(path)
    assert [row.plan_no for row in found.rows] == ["A1", "A3"]
    refused = only_refusal(found)
    letter = chr(65 + KEYS.index(key)) if reason[0] != "须" or key != "pur_catalog_ver" else "Q"
    if "同时" in reason:
        assert refused.cell == "Q3"
    else:
        assert (refused.cell, refused.column) == (f"{letter}3", TITLES[KEYS.index(key)])
    assert refused.row == 3
    assert reason in refused.reason
    assert found.total == Decimal("1000000.00")


@pytest.mark.parametrize(
    ("typed", "counts", "reason"),
    [
        ("1e5", "100000", "“1e5”不是金额"),
        ("-1", "-1", "金额须大于 0"),
        ("0", "0", "金额须大于 0"),
        ("", "0", "必须填写"),
        ("1000000000000.00", "1000000000000", "太大"),
    ],
)
def test_amounts_that_can_be_counted_refuse_the_row(
    tmp_path: Path, typed: str, counts: str, reason: str
) -> None:
    total = f"{Decimal(counts) + 500000:.2f}"
    path = csv_file(tmp_path, line(), line(plan_no="B", amount=typed), trailer=("2", total))
    path.write_text(path.read_text("utf-8").replace("'-1", "-1"), "utf-8")
    refused = only_refusal(read_ykjh(path))
    assert (refused.cell, refused.column) == ("R3", "金额（元）")
    assert reason in refused.reason


@pytest.mark.parametrize("typed", ["12万", "壹万元", "1_000", "NaN", "12.345", "1e-5"])
def test_amounts_that_cannot_be_counted_reject_the_file(tmp_path: Path, typed: str) -> None:
    path = csv_file(tmp_path, line(), line(plan_no="B", amount=typed), trailer=("2", "620000"))
    error = rejection(path)
    assert error.sentence().startswith(f"R3 的金额读不出来，无法核对合计：“{typed}”")
    assert [(row.row, row.cell) for row in error.refused] == [(3, "R3")]


def test_the_same_amounts_in_xlsx_without_trailer_refuse_rows_only(tmp_path: Path) -> None:
    found = read_ykjh(xlsx_file(tmp_path, line(), line(plan_no="B", amount="12万")))
    assert only_refusal(found).cell == "计划!R3"
    assert found.rows == (ROW,)


@pytest.mark.parametrize("typed", ["１２３．４５", '"1,234.50"', "¥1,234.50", " 1234.5 "])
def test_amounts_as_people_write_them(tmp_path: Path, typed: str) -> None:
    amount = Decimal("123.45") if "１" in typed else Decimal("1234.50")
    path = csv_file(tmp_path, line(amount=typed.strip('"')), trailer=("1", str(amount)))
    assert read_ykjh(path).rows[0].amount == amount


def test_a_row_lists_all_its_faults(tmp_path: Path) -> None:
    found = read_ykjh(
        csv_file(tmp_path, line(month="13", version="x", plan_no=""), trailer=("1", "500000"))
    )
    assert [row.column for row in found.refused] == ["用款计划编号", "月份", "版本"]
    assert (found.rows, found.rows_read, found.total) == ((), 1, Decimal("0.00"))


def test_the_same_plan_twice(tmp_path: Path) -> None:
    rows = [line(), line(version="2", amount="400000.00"), line(amount="1.00")]
    found = read_ykjh(csv_file(tmp_path, *rows, trailer=("3", "900001.00")))
    assert [(row.version, row.amount) for row in found.rows] == [
        (1, Decimal("500000.00")),
        (2, Decimal("400000.00")),
    ]
    refused = only_refusal(found)
    assert (refused.cell, refused.column) == ("A4", "用款计划编号")
    assert "与第 2 行是同一用款计划的同一版本（JH2026410000001，版本 1）" in refused.reason


def test_a_trailer_that_does_not_hold_rejects_the_file(tmp_path: Path) -> None:
    def sentence(*rows: list[str], trailer: tuple[str, str] | None) -> str:
        error = rejection(csv_file(tmp_path, *rows, trailer=trailer))
        assert error.code == "E3003"
        return error.sentence()

    assert "没有结尾的合计行" in sentence(line(), trailer=None)
    assert "写明 2 行，实际 1 行，差 1 行" in sentence(line(), trailer=("2", "500000"))
    assert "写明 500,000.01 元，各行相加 500,000.00 元，差 0.01 元" in sentence(
        line(), trailer=("1", "500000.01")
    )
    assert "现在是“一，5e5”" in sentence(line(), trailer=("一", "5e5"))
    assert "A2 的合计行（#TRAILER）后面还有内容" in sentence(
        ["#TRAILER", "1", "500000"], line(), trailer=None
    )


def test_a_file_cut_anywhere_is_rejected_whole(tmp_path: Path) -> None:
    rows = [line(plan_no=f"P{n}") for n in range(3)]
    whole = csv_file(tmp_path, *rows, trailer=("3", "1500000.00")).read_bytes()
    cut = tmp_path / "cut.csv"
    for length in range(1, len(whole) - 2, 5):
        cut.write_bytes(whole[:length])
        # The last two digits and the line end may go: 1500000. and 1500000.0 say the same.
        if whole[:length].rstrip().endswith((b"1500000", b"1500000.0")):
            continue
        with pytest.raises(AppError):
            read_ykjh(cut)


def test_wrong_headers_are_said_by_title(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_csv(path, KEYS[:-2], [])
    assert "CSV 文件（UTF-8）的表头缺少：批复日期、版本" in rejection(path).sentence()
    write_csv(path, [*KEYS, "备注"], [])
    assert "有不认识的列：备注" in rejection(path).sentence()
    write_csv(path, [*KEYS, "版本"], [])
    assert "“版本”出现了两次" in rejection(path).sentence()
    write_csv(path, ["合同编号"], [])
    assert "等 21 列" in rejection(path).sentence()
    write_csv(path, KEYS, [["#TRAILER", 0, "0.00"]])
    with pytest.raises(FileRejected, match="只有表头"):
        read_ykjh(path)


def test_wrong_sheet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_ykjh_template(path)
    with pytest.raises(BadInput, match="没有工作表“七月”，只有：用款计划、填写说明"):
        read_ykjh(path, sheet="七月")
    with pytest.raises(FileRejected, match="工作表“填写说明”的表头缺少"):
        read_ykjh(path, sheet="填写说明")


def test_the_sheet_with_the_right_header_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("封面").write(0, 0, "2026 年用款计划")
        sheet = book.add_worksheet("下达")
        for number, cells in enumerate((KEYS, SAMPLE)):
            sheet.write_row(number, 0, cells)
    found = read_ykjh(path)
    assert (found.rows, found.source) == ((ROW,), "工作表“下达”")
    with pytest.raises(FileRejected, match="工作表“封面”的表头缺少"):
        read_ykjh(path, sheet="封面")


def test_the_template_reads_as_its_sample(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_ykjh_template(path)
    found = read_ykjh(path)
    assert found.rows == (ROW,)
    assert found.rows[0].cell == "用款计划!A2"


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    rows = [dataclasses.replace(ROW, plan_no=f"P{n}") for n in range(1_200)]
    path = tmp_path / "a.csv"
    assert write_ykjh_csv(path, rows) == 1_200
    assert read_ykjh(path).rows == tuple(rows)
    calls: list[int] = []

    def stop() -> bool:
        calls.append(1)
        return len(calls) > 3

    with pytest.raises(Cancelled):
        read_ykjh(path, cancelled=stop)


TEXT = st.text(
    st.characters(categories=["L", "N", "P", "S"], codec="gb18030"), min_size=1, max_size=20
)


@given(
    st.lists(
        st.builds(
            lambda no, name, amount, month, version: dataclasses.replace(
                ROW, plan_no=no, pro_name=name, amount=amount, month=month, version=version
            ),
            TEXT,
            TEXT,
            st.decimals(Decimal("0.01"), Decimal("999999999999.99"), places=2),
            st.integers(1, 12),
            st.integers(1, 9999),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda row: row.plan_no.strip(),
    )
)
def test_what_is_written_is_read_again(rows: list[YkjhRow]) -> None:

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        write_ykjh_csv(path, rows)
        found = read_ykjh(path)
    assert found.refused == ()
    assert found.rows == tuple(rows)
    assert found.total == sum(row.amount for row in rows)
