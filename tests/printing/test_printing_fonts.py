"""Every face is embedded and cut down, and text copies out of the file as it went in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from printing_samples import fund_usage_sheet, plan_sheet

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.paths import resource
from govproc_desktop.printing import fonts
from govproc_desktop.printing.raster import page_text
from govproc_desktop.printing.registry import render


@pytest.mark.parametrize(
    "pdf", [render("F-01", plan_sheet()), render("F-08", fund_usage_sheet())], ids=["F-01", "F-08"]
)
def test_every_face_is_embedded_as_a_subset(pdf: bytes) -> None:
    faces = [o for o in pdf.split(b"endobj") if re.search(rb"/Type /Font\s", o)]
    bases = [re.search(rb"/BaseFont /(\S+)", face) for face in faces]
    assert len(faces) >= 2
    for face, base in zip(faces, bases, strict=True):
        assert base is not None
        assert re.match(rb"[A-Z]{6}\+NotoSerifSC", base[1])
        assert b"/ToUnicode" in face
    assert pdf.count(b"/FontFile2 ") == pdf.count(b"/Type /FontDescriptor")
    assert b"Helvetica" not in pdf


def test_a_form_stays_small() -> None:
    assert len(render("F-01", plan_sheet())) < 150_000


def test_title_and_language_are_in_the_file() -> None:
    document = pypdfium2.PdfDocument(render("F-01", plan_sheet()))
    try:
        about = document.get_metadata_dict()
    finally:
        document.close()
    assert about["Title"] == "政府采购实施计划备案表"
    assert about["Author"] == "河南省青禾农业科学研究院"
    assert b"/Lang (zh-CN)" in render("F-01", plan_sheet())


def test_more_than_a_hundred_rare_names_copy_out() -> None:
    names = "".join(chr(c) for c in fonts.advances(fonts.body_face()) if 0x20000 <= c < 0x2A6E0)
    assert len(names) > 20
    text = "".join(page_text(render("F-01", plan_sheet(remark=names)), 0).split())
    assert names in text


def test_missing_glyphs_are_listed_once_in_order() -> None:
    assert fonts.missing_glyphs("甲😀乙🏢😀\n䶮𬭚㑇") == "😀🏢"
    assert fonts.missing_glyphs("￥¥—…“”①㎡→★") == ""


@pytest.mark.parametrize(
    "name", ["NotoSansSC-Medium", "NotoSansSC-Bold", "NotoSerifSC-Bold", "NotoSansSC-Regular"]
)
def test_shipped_faces_have_the_standard_characters(name: str) -> None:
    face = fonts.TTFont(f"Try-{name}", str(resource(f"fonts/{name}.ttf"))).face
    wanted = "䶮㛃𬭚㑇䜣𫖮𬱖𬀩𫍽𬤇㻬𨱏䲟喆堃淼，。（）〔〕①⑩→□✓￥ＡÀ"
    assert [c for c in wanted if ord(c) not in face.charToGlyph] == []


@pytest.fixture
def shipped_afterwards() -> Iterator[None]:
    yield
    fonts.use_office_font(None)


@pytest.mark.usefixtures("shipped_afterwards")
def test_office_font_is_used_and_the_shipped_one_fills_its_gaps() -> None:
    fonts.use_office_font(resource("fonts/NotoSansSC-Medium.ttf"))
    pdf = render("F-01", plan_sheet(project="㙓工作室"))
    assert b"+NotoSansSC-Medium" in pdf
    assert b"+NotoSerifSC-Regular" in pdf
    assert "㙓工作室" in page_text(pdf, 0)
    fonts.use_office_font(None)
    assert b"NotoSansSC" not in render("F-01", plan_sheet(project="㙓工作室"))


def test_office_font_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "simfang.ttf"
    broken.write_bytes(b"OTTO" + bytes(200))
    with pytest.raises(Unavailable, match=r"simfang\.ttf"):
        fonts.use_office_font(broken)
    with pytest.raises(Unavailable, match=r"nowhere\.ttf"):
        fonts.use_office_font(tmp_path / "nowhere.ttf")
    assert b"NotoSerifSC" in render("F-01", plan_sheet())
