"""What the eye sees: ink inside the margins only, lines of the table, watermark, QR code."""

from __future__ import annotations

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from printing_samples import HASH, UID, fund_usage_sheet, item, plan_sheet
from reportlab.graphics.barcode import qrencoder

from govproc_desktop.domain.documents import qr_payload
from govproc_desktop.printing.layout.marks import qr_bars
from govproc_desktop.printing.raster import page_count, page_png, page_rgba
from govproc_desktop.printing.registry import render

SCALE = 2.0
MM = SCALE * 72 / 25.4


class Picture:
    """A page with millimetre access, the origin at the upper left."""

    def __init__(self, pdf: bytes, index: int = 0) -> None:
        self.pixels, self.width, self.height = page_rgba(pdf, index, scale=SCALE)

    def dark(self, left: float, top: float, right: float, bottom: float, below: int = 128) -> int:
        """Count pixels darker than ``below`` in a rectangle of millimetres."""
        x0, x1 = max(0, round(left * MM)), min(self.width, round(right * MM))
        y0, y1 = max(0, round(top * MM)), min(self.height, round(bottom * MM))
        return sum(
            value < below
            for y in range(y0, y1)
            for value in self.pixels[(y * self.width + x0) * 4 : (y * self.width + x1) * 4 : 4]
        )


@pytest.mark.parametrize(
    ("pdf", "width", "height"),
    [
        (render("F-01", plan_sheet()), 210, 297),
        (render("F-01", plan_sheet(items=(item(1, "长" * 5000),))), 210, 297),
        (render("F-08", fund_usage_sheet(40)), 297, 210),
    ],
    ids=["F-01", "F-01 long", "F-08"],
)
def test_nothing_is_printed_outside_the_margins(pdf: bytes, width: int, height: int) -> None:
    for index in range(page_count(pdf)):
        page = Picture(pdf, index)
        assert page.width == pytest.approx(width * MM, abs=2)
        assert page.dark(0, 0, 17, height, below=250) == 0
        assert page.dark(width - 17, 0, width, height, below=250) == 0
        assert page.dark(0, 0, width, 14, below=250) == 0
        assert page.dark(0, height - 11, width, height, below=250) == 0


def test_title_table_and_code_have_ink() -> None:
    page = Picture(render("F-01", plan_sheet()))
    assert page.dark(65, 14, 145, 23) > 1_000
    left_edge = page.dark(17.5, 32, 18.5, 250, below=200)
    assert left_edge > 210 * MM
    assert page.dark(18, 268, 34, 286) > 0.25 * (16 * MM) ** 2


def test_watermark_is_pale_and_only_where_asked() -> None:
    pending = Picture(render("F-01", plan_sheet(watermark="审核中")))
    filed = Picture(render("F-01", plan_sheet(watermark="")))

    def pale(page: Picture) -> int:
        return sum(page.pixels[i : i + 3] == b"\xe9\xef\xf7" for i in range(0, len(page.pixels), 4))

    assert pale(pending) > 10_000
    assert pale(filed) == 0
    assert filed.dark(17, 14, 193, 286) == pytest.approx(pending.dark(17, 14, 193, 286), rel=0.02)


def test_amounts_never_leave_their_cell() -> None:
    page = Picture(render("F-01", plan_sheet(items=(item(1, price="99999999999.99", quantity=1),))))
    assert page.dark(192.4, 30, 196, 250, below=200) == 0


def test_png_is_the_page() -> None:
    pdf = render("F-01", plan_sheet())
    png = page_png(pdf, 0, scale=1.0)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (596, 842)
    start = png.index(b"IDAT") + 4
    raw = zlib.decompress(png[start : png.index(b"IEND") - 8])
    pixels, _width, _height = page_rgba(pdf, 0, scale=1.0)
    rows = [raw[y * (width * 4 + 1) + 1 : (y + 1) * (width * 4 + 1)] for y in range(height)]
    assert b"".join(rows) == pixels


def test_threads_may_draw_at_the_same_time() -> None:
    pdf = render("F-01", plan_sheet())
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _n: page_rgba(pdf, 0, scale=0.5), range(8)))
        forms = list(pool.map(lambda _n: render("F-01", plan_sheet()), range(4)))
    assert len(set(pictures)) == 1
    assert set(forms) == {pdf}


def test_qr_code_holds_the_payload_in_the_modules() -> None:
    payload = qr_payload(UID, 3, HASH)
    count, bars = qr_bars(payload)
    assert count == 33
    drawn = [[False] * count for _ in range(count)]
    for x, y, length in bars:
        assert not drawn[y][x]
        drawn[y][x : x + length] = [True] * length
    expected = qrencoder.QRCode(None, 0)
    expected.addData(payload)
    expected.version = 4
    expected.makeImpl(False, 3)
    assert drawn == [[bool(module) for module in row] for row in expected.modules]
