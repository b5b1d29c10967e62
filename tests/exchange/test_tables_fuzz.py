"""Tables in: bytes of any kind give a table or a refusal, never a crash."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.domain.errors import AppError
from govproc_desktop.exchange.tables import read_table
from govproc_desktop.exchange.xlsx_writer import XlsxColumn, write_xlsx


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


def only_refuses(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            table = read_table(path)
        except AppError:
            return
        for row in table.rows:
            assert len(row.cells) == len(table.header)


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.json", "a.xlsx"]))
def test_random_bytes_never_crash(data: bytes, name: str) -> None:
    only_refuses(data, name)
    only_refuses(b"PK\x03\x04" + data, name)


@given(st.text(alphabet='[]{}":,\\u0de1-.trueNaN \n', max_size=60))
def test_random_json_never_crashes(text: str) -> None:
    only_refuses(text.encode(), "a.json")


@given(st.text(alphabet="ab,\"\n\r\t='；政", max_size=60), st.sampled_from(["utf-8", "gb18030"]))
def test_random_csv_never_crashes(text: str, encoding: str) -> None:
    only_refuses(text.encode(encoding), "a.csv")


@given(
    st.lists(
        st.sampled_from(
            (
                *(b"<row r='2'>", b"<row>", b"</row>", b"<c r='A2'>", b"<c>", b"</c>"),
                *(b"<c r='B2' t='s'>", b"<v>99</v>", b"<c r='C3' t='d'>", b"<v>x</v>"),
                *(b"<c r='ZZ' t='b'>", b"<is><t>y</t></is>", b"<c t='inlineStr'>", b"<!--"),
                *(b"<mergeCell ref='A1:B9'/>", b"<c r='1A'>", b"<c s='99'>", b"<v>1e999</v>"),
                *(b"<v>1</v>", b"<f>1</f>", b"&amp;", b"]]>", b"<c r='A999999999'>"),
            )
        ),
        max_size=14,
    )
)
def test_random_sheets_never_crash(pieces: list[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        write_xlsx(path, [XlsxColumn("a"), XlsxColumn("b")], [], title="Sheet1")
        changed(path, b"</sheetData>", b"".join(pieces) + b"</sheetData>")
        data = path.read_bytes()
    only_refuses(data, "a.xlsx")
