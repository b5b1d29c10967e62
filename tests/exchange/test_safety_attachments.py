"""Attachments: judged by content, named by us, active content refused."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.domain.errors import AppError, BadInput
from govproc_desktop.exchange.safety import inspect_attachment, safe_name

NAUGHTY = json.loads((Path(__file__).parent / "corpus/naughty.json").read_text())
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def png(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def jpeg(width: int, height: int) -> bytes:
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + bytes(20)
    return b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(10) + frame


def office(part: str, *more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<a/>")
    return out.getvalue()


def pdf_with(body: bytes) -> bytes:
    return PDF.replace(b"trailer", b"2 0 obj\n" + body + b"\nendobj\ntrailer")


def object_stream(text: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(text)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode %s/Length %d >>"
    return head % (extra, len(packed)) + b"\nstream\n" + packed + b"\nendstream"


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(BadInput) as caught:
        inspect_attachment(name, data)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("合同.pdf", PDF, "pdf"),
        ("照片.JPG", jpeg(4000, 3000), "jpeg"),
        ("图.png", png(800, 600), "png"),
        ("文.docx", office("word/document.xml"), "docx"),
        ("发票.ofd", office("OFD.xml"), "ofd"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ole"),
    ],
)
def test_accepts_the_files_clerks_have(name: str, data: bytes, kind: str) -> None:
    facts = inspect_attachment(name, data)
    assert (facts.kind, facts.safe_name, facts.size) == (kind, name, len(data))
    assert facts.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("标书.pdf", b"MZ\x90\x00" + bytes(100), "E3101 “标书.pdf”是程序"),
        ("run.pdf", b"\x7fELF" + bytes(100), "是程序"),
        ("a.pdf", b"Rar!\x1a\x07", "是压缩包"),
        ("a.zip", office("inner.txt"), "是压缩包"),
        ("a.svg", b"<svg onload='x()'/>", "网页或 SVG"),
        ("a.png", b"\xef\xbb\xbf<html>", "网页或 SVG"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(20), "HEIC 照片"),
        ("a.pdf", png(1, 1), "扩展名与内容不符：内容是 PNG"),
        ("a", PDF, "扩展名与内容不符：内容是 PDF"),
        ("a.txt", b"hello", "纯文本"),
        ("a.pdf", PDF[:-6], "已残缺"),
        ("a.png", png(5, 5)[:20], "已残缺"),
        ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "已残缺"),
        ("a.pdf", b"", "E3103 “a.pdf”是空文件"),
        ("a.pdf", PDF + bytes(20 << 20), "E3103 “a.pdf”有 21 MB，超过 20 MB"),
        ("a.png", png(50_000, 50_000), "E3104 “a.png”图片过大（50000×50000 像素）"),
        ("a.jpg", jpeg(60_000, 10), "E3104"),
        ("a.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "E3102 “a.xlsx”含可执行动作"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"),
            "E3102",
        ),
    ],
)
def test_refuses_with_what_and_how_to_mend(name: str, data: bytes, words: str) -> None:
    sentence = refusal(name, data)
    assert words in sentence
    assert "没有上传" in sentence


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"<< /S /JavaScript /JS (app.alert(1)) >>", "JavaScript"),
        (b"<< /S /J#61vaScript /JS (x) >>", "JavaScript"),
        (b"<< /S /Launch /F (cmd.exe) >>", "Launch"),
        (object_stream(b"3 0 << /S /JavaScript /JS (x) >>"), "JavaScript"),
    ],
)
def test_refuses_pdf_actions_however_spelt(body: bytes, what: str) -> None:
    assert f"E3102 “合同.pdf”含可执行动作（{what}）" in refusal("合同.pdf", pdf_with(body))


def test_keeps_pdfs_whose_object_streams_are_harmless_and_refuses_locked_ones() -> None:
    inspect_attachment("a.pdf", pdf_with(object_stream(b"3 0 << /Type /Page >>")))
    locked = b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n\x01\x02\x03\nendstream"
    assert "无法检查" in refusal("a.pdf", pdf_with(locked))
    tricky = object_stream(b"3 0 << /Type /Page >>", b"/DecodeParms << /Predictor 12 >> ")
    assert "无法检查" in refusal("a.pdf", pdf_with(tricky))


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("..\\..\\Windows\\合同.pdf", "合同.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("合同\u202efdp.exe", "合同fdp.exe"),
        ("a\0b.pdf", "ab.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("...", "附件"),
        ("", "附件"),
        ("a.pdf. . ", "a.pdf"),
    ],
)
def test_names_are_ours(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


def test_long_names_keep_their_suffix_and_whole_characters() -> None:
    kept = safe_name("政" * 300 + ".pdf")
    assert kept.endswith("政.pdf")
    assert len(kept.encode()) <= 150
    assert len(safe_name("x" * 300).encode()) <= 150


@pytest.mark.parametrize("name", NAUGHTY)
def test_naughty_names_become_plain_ones(name: str) -> None:
    kept = safe_name(name)
    assert kept
    assert kept not in (".", "..")
    assert not set(kept) & set('<>:"/\\|?*\0\u202e')
    assert safe_name(kept) == kept


@given(st.text(max_size=20), st.binary(max_size=300))
def test_random_bytes_are_refused_or_accepted_never_a_crash(name: str, data: bytes) -> None:
    for head in (b"", b"%PDF-", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        try:
            facts = inspect_attachment(name, head + data)
        except AppError:
            continue
        assert facts.size == len(head + data)
