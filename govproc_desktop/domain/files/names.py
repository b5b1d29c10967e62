"""Turn a sender's file name into one that is harmless on every disk."""

from __future__ import annotations

import re
import unicodedata

_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE
)
_EDGES = re.compile(r"^[\s.]+|[\s.]+$")
_FORBIDDEN = frozenset('<>:"/\\|?*')
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_LONGEST = 150
"""Bytes in UTF-8; leaves room for the folder and for Windows' 260 characters."""

_LONGEST_SUFFIX = 10


def is_reserved(name: str) -> bool:
    """Tell whether Windows takes this name for a device (CON, nul.txt, COM1)."""
    return _RESERVED.fullmatch(name.split(".")[0].strip()) is not None


def safe_name(name: str) -> str:
    """Return the last part of a sender's file name, without anything that could mislead.

    The result is for showing and for saving a copy: attachments themselves are kept under
    their hash. Folders, hidden characters (RTLO, NUL), device names and overlong names go.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(
        "_" if char in _FORBIDDEN else char
        for char in last
        if unicodedata.category(char) not in _HIDDEN
    )
    kept = _EDGES.sub("", kept)
    if is_reserved(kept):
        kept = f"_{kept}"
    return _shortened(kept) or "附件"


def _shortened(name: str) -> str:
    if len(name.encode()) <= _LONGEST:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = name, "", ""
    room = _LONGEST - len(f"{dot}{suffix}".encode())
    # Cutting bytes can split a character; the halves are dropped.
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(". ") + dot + suffix
