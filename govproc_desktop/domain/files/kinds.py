"""Tell what a file really is from its first bytes, whatever its name says."""

from __future__ import annotations

import re
from enum import StrEnum

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC = re.compile(rb"....ftyp(?:heic|heix|hevc|mif1|msf1)", re.DOTALL)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|table|\?xml|svg|script|!--)", re.IGNORECASE)


class FileKind(StrEnum):
    """What the bytes are; only some of these are ever accepted."""

    ZIP = "zip"
    OLE = "ole"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    HEIC = "heic"
    PROGRAM = "program"
    ARCHIVE = "archive"
    MARKUP = "markup"
    TEXT = "text"
    UNKNOWN = "unknown"


_MAGIC = (
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (_OLE, FileKind.OLE),
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"MZ", FileKind.PROGRAM),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"\xca\xfe\xba\xbe", FileKind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", FileKind.PROGRAM),
    (b"#!", FileKind.PROGRAM),
    (b"Rar!", FileKind.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
    (b"BZh", FileKind.ARCHIVE),
    (b"\xfd7zXZ\x00", FileKind.ARCHIVE),
)


def sniff(data: bytes) -> FileKind:
    """Return the kind of a file by its content alone."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    if _HEIC.match(data[:16]):
        return FileKind.HEIC
    start = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(start):
        return FileKind.MARKUP
    return FileKind.UNKNOWN if b"\x00" in start else FileKind.TEXT
