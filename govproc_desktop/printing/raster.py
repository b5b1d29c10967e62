"""Turn pages of a PDF into pictures, for the preview and for printers that take pictures."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2

# PDFium is not thread-safe.
_lock = threading.Lock()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with _document(pdf) as document:
        return len(document)


def page_rgba(pdf: bytes, index: int, *, scale: float) -> tuple[bytes, int, int]:
    """Return a page as RGBA bytes without row padding, its width and its height in pixels.

    ``scale`` is dots per inch divided by 72 (times the screen's pixel ratio).
    """
    with _document(pdf) as document:
        page = document[index]
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        try:
            width, height, stride = bitmap.width, bitmap.height, bitmap.stride
            pixels = bytes(bitmap.buffer)
        finally:
            bitmap.close()
            page.close()
    row = width * 4
    if stride != row:
        pixels = b"".join(pixels[y * stride : y * stride + row] for y in range(height))
    return pixels, width, height


def page_png(pdf: bytes, index: int, *, scale: float) -> bytes:
    """Return a page as a PNG file, opaque, with its resolution recorded."""
    pixels, width, height = page_rgba(pdf, index, scale=scale)
    row = width * 4
    raw = b"".join(b"\0" + pixels[y * row : (y + 1) * row] for y in range(height))
    per_metre = round(scale * 72 / 0.0254)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
            _chunk(b"IDAT", zlib.compress(raw, 6)),
            _chunk(b"IEND", b""),
        )
    )


def page_text(pdf: bytes, index: int) -> str:
    """Return the text of a page as copying from a viewer gives it."""
    with _document(pdf) as document:
        page = document[index]
        text_page = page.get_textpage()
        try:
            text: str = text_page.get_text_bounded()
        finally:
            text_page.close()
            page.close()
    return text


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@contextmanager
def _document(pdf: bytes) -> Iterator[Any]:
    with _lock:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
