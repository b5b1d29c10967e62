"""Refuse an office file (zip of XML) that carries macros, programs or XML entities."""

from __future__ import annotations

import re
from collections.abc import Iterable

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.files.zips import SafeZip
from govproc_desktop.i18n import N_, _

_FORBIDDEN = N_(
    "文件含不允许的内容：{what}（{where}）。未导入。请在 Excel 或 WPS 中删去后另存为 .xlsx。"
)
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_parts(archive: SafeZip) -> None:
    """Refuse macros, nested archives and XML that defines entities in any office file.

    Raises:
        BadInput: E3001 or E3002.
    """
    for name in archive.names:
        folded = name.casefold()
        if "vbaproject" in folded or "/macrosheets/" in folded:
            raise forbidden(N_("宏"), name)
        if folded.endswith((".zip", ".rar", ".7z", ".exe", ".dll", ".bat", ".js", ".vbs")):
            raise forbidden(N_("程序或压缩包"), name)
    _check_xml(archive.verify())
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise forbidden(N_("宏"), "[Content_Types].xml")


def forbidden(what: str, where: str) -> BadInput:
    """Return the refusal of content that an incoming file may not carry."""
    return BadInput(_FORBIDDEN, {"what": _(what), "where": where[:80]}, "E3001")


def _check_xml(pieces: Iterable[tuple[str, bytes]]) -> None:
    current, tail = "", b""
    for name, piece in pieces:
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        if name != current:
            current, tail = name, b""
            _check_encoding(name, piece)
        if (b"<!" in piece or b"<" in tail) and _ENTITIES.search(tail + piece):
            raise forbidden(N_("XML 实体"), name)
        tail = piece[-16:]


def _check_encoding(name: str, start: bytes) -> None:
    """Hold every part to UTF-8, so that a scan for markup cannot be dodged by UTF-16."""
    declared = _DECLARED.match(start.removeprefix(b"\xef\xbb\xbf").lstrip()[:200])
    odd = declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii", b"ascii")
    if odd or start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start[:64]:
        raise forbidden(N_("非 UTF-8 的 XML"), name)
