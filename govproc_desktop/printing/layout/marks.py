"""Marks on every page: the QR code that names the record, and the state across the sheet."""

from __future__ import annotations

import functools
import math

from reportlab.graphics.barcode import qrencoder
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from govproc_desktop.printing.fonts import face_for
from govproc_desktop.printing.layout.wrap import text_width

WATERMARK_INK = Color(0.915, 0.938, 0.968)
# Readers take any of the eight masks; looking for the prettiest costs four times the drawing.
_QR_MASK = 3
_QR_LEVEL_M = 0

Bar = tuple[int, int, int]


@functools.lru_cache(maxsize=64)
def qr_bars(payload: str) -> tuple[int, tuple[Bar, ...]]:
    """Return the side of the code in modules and its dark runs as (column, row, length)."""
    code = qrencoder.QRCode(None, _QR_LEVEL_M)
    code.addData(payload)
    code.version = code.calculate_version()  # type: ignore[no-untyped-call]
    code.makeImpl(False, _QR_MASK)
    bars: list[Bar] = []
    for y, modules in enumerate(code.modules):
        x = 0
        while x < len(modules):
            start = x
            while x < len(modules) and modules[x]:
                x += 1
            if x > start:
                bars.append((start, y, x - start))
            x += 1
    return code.moduleCount, tuple(bars)


def draw_qr(
    canvas: Canvas, bars: tuple[int, tuple[Bar, ...]], *, box: tuple[float, float, float]
) -> None:
    """Fill the code into a square given by left, bottom and side in points."""
    left, bottom, side = box
    count, runs = bars
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.scale(side / count, side / count)
    path = canvas.beginPath()
    for x, y, length in runs:
        path.rect(x, count - 1 - y, length, 1)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def draw_watermark(canvas: Canvas, word: str, *, paper: tuple[float, float]) -> None:
    """Set a state word large and pale along the diagonal; draw it before the text."""
    width, height = paper
    face = face_for(word, bold=True)
    angle = math.degrees(math.atan2(height, width)) * 0.62
    gap = 0.35
    room = 0.72 * min(width / math.cos(math.radians(angle)), height / math.sin(math.radians(angle)))
    size = min(130.0, room / (text_width(word, face, 1) + gap * (len(word) - 1)))
    length = text_width(word, face, size) + gap * size * (len(word) - 1)
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(angle)
    canvas.setFillColor(WATERMARK_INK)
    text = canvas.beginText(-length / 2, -size * 0.36)
    text.setFont(face, size)
    text.setCharSpace(gap * size)
    text.textOut(word)
    canvas.drawText(text)
    canvas.restoreState()
