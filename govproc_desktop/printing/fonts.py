"""Register the embedded Chinese fonts with reportlab, once, and tell which characters they lack.

The shipped Song face is whole in regular weight; the bold one holds the standard characters only,
so a bold text with a rarer one is set in regular (:func:`face_for`). docs/adr/0006 has the why.
"""

from __future__ import annotations

import functools
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_
from govproc_desktop.paths import resource

_REGULAR = "fonts/NotoSerifSC-Regular.ttf"
_BOLD = "fonts/NotoSerifSC-Bold.ttf"
_CMAP_BLOCK = 100
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})
_SELECTORS = frozenset(chr(c) for c in range(0xFE00, 0xFE10))
_lock = threading.Lock()
_office_file: list[Path] = []
# reportlab keeps the first face it gets under a name, so each change of faces makes new names.
_generation = [0]
_regular: list[str] = []  # best first; empty until registered
_bold: list[str] = []
_reportlab_cmap = ttfonts.makeToUnicodeCMap


def use_office_font(path: Path | None) -> None:
    """Set form text in the office's own TrueType file (仿宋, 宋体); None returns to the shipped.

    Characters it lacks are set in the shipped face. Call it between prints, not during one.

    Raises:
        Unavailable: the file cannot be read or has no TrueType outlines.
    """
    if path is not None:
        _open("Try", path)
    with _lock:
        _office_file[:] = [] if path is None else [path]
        _regular.clear()
        _generation[0] += 1


def generation() -> int:
    """Return a number that changes whenever the faces do; typeset text is kept under it."""
    return _generation[0]


def face_for(text: str, *, bold: bool) -> str:
    """Return the registered face that has every character of ``text``: bold if it can be.

    Raises:
        Unavailable: a character is in no shipped font; the sentence names it.
    """
    _ready()
    lacking = ""
    for face in (*_bold, *_regular) if bold else _regular:
        if not (lacking := _lacking(text, face)):
            return face
    char = lacking[0]
    raise Unavailable(
        N_("打印字库里没有「{char}」（U+{point}）这个字，不能打印。请换一种写法再打印。"),
        {"char": char, "point": f"{ord(char):04X}"},
    )


def missing_glyphs(text: str) -> str:
    """Return the distinct characters of ``text`` that no form can print, in reading order."""
    _ready()
    return "".join(dict.fromkeys(_lacking(printable(text), _regular[-1])))


def printable(text: str) -> str:
    """Return ``text`` without the invisible characters that paste brings along; line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        c
        for c in clean
        if c == "\n" or (unicodedata.category(c) not in _INVISIBLE and c not in _SELECTORS)
    )


def body_face() -> str:
    """Return the regular face, for a document that needs a face before its first text."""
    _ready()
    return _regular[0]


@functools.cache
def advances(face: str) -> dict[int, float]:
    """Return the advance of every character of a face, in thousandths of the font size."""
    _ready()
    widths: dict[int, float] = _font(face).face.charWidths
    return widths


def _lacking(text: str, face: str) -> str:
    known = _font(face).face.charToGlyph
    return "".join(c for c in text if ord(c) not in known and c != "\n")


def _font(face: str) -> TTFont:
    font = pdfmetrics.getFont(face)
    assert isinstance(font, TTFont)
    return font


def _ready() -> None:
    """Patch reportlab and register the faces, unless this process has done so already."""
    if _regular:
        return
    with _lock:
        if _regular:
            return
        ttfonts.makeToUnicodeCMap = cast("Any", _to_unicode)
        suffix = f"-{_generation[0]}"
        shipped = resource(_REGULAR)
        bold, *regular = (
            (_office_file[0], _office_file[0], shipped)
            if _office_file
            else (resource(_BOLD), shipped)
        )
        _bold[:] = [_register("SongBold" + suffix, bold)]
        _regular[:] = [_register(f"Song{n}{suffix}", path) for n, path in enumerate(regular)]


def _register(face: str, path: Path) -> str:
    pdfmetrics.registerFont(_open(face, path))
    return face


def _open(face: str, path: Path) -> TTFont:
    try:
        return TTFont(face, str(path), shapable=False)
    except (TTFError, OSError) as error:
        raise Unavailable(
            N_("字库文件 {name} 不能用于打印：打不开，或不是 TrueType 字形。请另选一个字库。"),
            {"name": path.name},
        ) from error


def _to_unicode(fontname: str, subset: Sequence[int]) -> str:
    """Write code points above U+FFFF as UTF-16 pairs, in blocks of at most 100.

    reportlab 5.1 writes five hex digits, so 𬭚 copies out of the PDF as "ⲵ".
    """
    head, rest = _reportlab_cmap(fontname, subset).split(f"{len(subset)} beginbfchar\n", 1)
    tail = rest.split("endbfchar\n", 1)[1]
    pairs = [
        f"<{i:02X}> <{chr(v).encode('utf-16-be').hex().upper()}>" for i, v in enumerate(subset)
    ]
    blocks = (pairs[i : i + _CMAP_BLOCK] for i in range(0, len(pairs), _CMAP_BLOCK))
    body = "".join(f"{len(b)} beginbfchar\n{chr(10).join(b)}\nendbfchar\n" for b in blocks)
    return head + body + tail
