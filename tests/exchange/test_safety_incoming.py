"""Incoming archives: what is hostile or locked is refused in one sentence, nothing is unpacked."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from govproc_desktop.domain.errors import AppError, BadInput
from govproc_desktop.exchange.safety import Limits, SafeZip, check_xlsx, read_bytes
from govproc_desktop.exchange.xlsx_writer import XlsxColumn, write_xlsx


@pytest.fixture
def book(tmp_path: Path) -> bytes:
    path = tmp_path / "book.xlsx"
    write_xlsx(path, [XlsxColumn("名称"), XlsxColumn("金额")], [["桌", 1], ["椅", 2]], title="表")
    return path.read_bytes()


def edited(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(BadInput) as caught:
        check_xlsx(data, limits or Limits())
    return str(caught.value)


def test_accepts_a_plain_workbook(book: bytes) -> None:
    assert "xl/worksheets/sheet1.xml" in check_xlsx(book).names


def test_names_the_cell_of_an_external_link(book: bytes) -> None:
    def link(parts: dict[str, bytes]) -> None:
        sheet = parts["xl/worksheets/sheet1.xml"]
        cell = b'<row r="9"><c r="B9"><f>[1]Sheet1!A1</f><v>3</v></c></row></sheetData>'
        parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", cell)
        parts["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"

    assert refusal(edited(book, link)).startswith(
        "E3001 文件含不允许的内容：外部链接（sheet1!B9）。未导入。"
    )


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("xl/vbaProject.bin", b"x", "宏"),
        ("xl/macrosheets/sheet1.xml", b"<a/>", "宏"),
        ("xl/connections.xml", b"<connections/>", "外部数据连接"),
        ("inner.zip", b"PK", "程序或压缩包"),
        ("xl/evil.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "XML 实体"),
        ("xl/evil.xml", b'<?xml version="1.0" encoding="UTF-7"?><a/>', "非 UTF-8"),
        ("xl/evil.xml", '<?xml version="1.0"?><!DOCTYPE a>'.encode("utf-16"), "非 UTF-8"),
    ],
)
def test_refuses_what_a_table_may_not_carry(
    book: bytes, name: str, content: bytes, word: str
) -> None:
    sentence = refusal(edited(book, lambda parts: parts.update({name: content})))
    assert sentence.startswith("E3001")
    assert word in sentence


def test_refuses_an_entity_that_straddles_two_pieces(book: bytes) -> None:
    def hide(parts: dict[str, bytes]) -> None:
        parts["xl/evil.xml"] = b"<a>" + b" " * ((1 << 20) - 8) + b'<!ENTITY b "c"></a>'

    assert "XML 实体" in refusal(edited(book, hide))


def test_refuses_a_link_to_another_file_but_not_a_web_link(book: bytes) -> None:
    relation = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://x/%s" Target="file:///c:/x" TargetMode="External"/>'
        b"</Relationships>"
    )
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    plain = edited(book, lambda parts: parts.update({name: relation % b"hyperlink"}))
    assert name in check_xlsx(plain).names
    assert "外部链接" in refusal(
        edited(book, lambda parts: parts.update({name: relation % b"oleObject"}))
    )


def test_refuses_a_zip_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "不是 Excel 表格" in refusal(out.getvalue())


def test_refuses_a_bomb_by_ratio_and_by_size(book: bytes) -> None:
    bomb = edited(book, lambda parts: parts.update({"xl/big.bin": b"\0" * (30 << 20)}))
    assert len(bomb) < 100_000
    assert "超过原来的 200 倍" in refusal(bomb)
    assert "解开后超过 8 MB" in refusal(bomb, Limits(unpacked_bytes=8 << 20, ratio=10**6))


def test_refuses_a_bomb_that_lies_about_its_size(book: bytes) -> None:
    bomb = bytearray(edited(book, lambda parts: parts.update({"xl/big.bin": b"\0" * (4 << 20)})))
    true_size = struct.pack("<I", 4 << 20)
    assert bomb.count(true_size) == 2
    bomb = bytearray(bytes(bomb).replace(true_size, struct.pack("<I", 10)))
    assert refusal(bytes(bomb)).startswith("E3002")


@pytest.mark.parametrize(
    "name", ["../x.xml", "/etc/x", "C:/x", "a\\b", "CON", "xl/nul.xml", "a/../../b"]
)
def test_refuses_paths_that_lead_elsewhere(book: bytes, name: str) -> None:
    assert "不允许的文件名" in refusal(edited(book, lambda parts: parts.update({name: b"x"})))


def test_refuses_links_twins_crowds_and_passwords(book: bytes) -> None:
    assert "重名" in refusal(edited(book, lambda p: p.update({"XL/Workbook.xml": b"<a/>"})))
    crowd = edited(book, lambda p: p.update({f"m{n}": b"" for n in range(40)}))
    assert "文件过多" in refusal(crowd, Limits(members=30))

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert "快捷链接" in refusal(out.getvalue())

    locked = bytearray(book)
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert "设了密码" in refusal(bytes(locked))


def test_refuses_members_that_overlap(book: bytes) -> None:
    data = bytearray(book)
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert refusal(bytes(data)).startswith("E3002")


def test_a_cut_archive_never_gets_through(book: bytes) -> None:
    for length in range(0, len(book), 7):
        with pytest.raises(AppError):
            check_xlsx(book[:length])


def test_every_flipped_bit_is_refused_or_harmless(book: bytes) -> None:
    whole = dict(SafeZip(book, unpacked_bytes=1 << 20, ratio=200, members=50).verify())
    for at in range(0, len(book), 11):
        flipped = bytearray(book)
        flipped[at] ^= 0x10
        try:
            archive = check_xlsx(bytes(flipped))
        except AppError:
            continue
        # Only bytes that nobody reads (dates, attributes) may differ unnoticed.
        found = {name: archive.read(name) for name in archive.names}
        assert sorted(found.values()) == sorted(whole.values())


def test_says_what_is_wrong_with_the_file_itself(tmp_path: Path) -> None:
    def sentence(path: Path, limits: Limits | None = None) -> str:
        with pytest.raises(AppError) as caught:
            read_bytes(path, limits or Limits())
        return str(caught.value)

    empty = tmp_path / "空 表.xlsx"
    empty.touch()
    assert "“空 表.xlsx”是空的（0 字节）" in sentence(empty)
    assert "找不到文件“没有.csv”" in sentence(tmp_path / "没有.csv")
    assert "找不到文件" in sentence(tmp_path / "a\0b.csv")
    assert "不是文件" in sentence(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "不是文件" in sentence(tmp_path / "pipe")
    (tmp_path / "big.csv").write_bytes(b"x" * ((1 << 20) + 1))
    assert "有 2 MB，超过 1 MB" in sentence(tmp_path / "big.csv", Limits(file_bytes=1 << 20))
