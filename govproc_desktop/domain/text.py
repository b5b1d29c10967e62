"""Clean typed text: refuse what cannot be seen, keep every character that can be printed."""

from __future__ import annotations

import unicodedata

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.i18n import N_

_SPACES = " \t\n\r\u00a0\u3000"
_JOINER = "\u200d"
# Letters by Unicode's book, but drawn as nothing: they make two equal-looking names differ.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

_INVISIBLE = N_("含不可见字符（第 {position} 位 {character}）。请删去这个字符，或重新输入。")
_TOO_LONG = N_("太长：最多 {limit} 个字，现有 {length} 个字。请删去 {excess} 个字。")


def clean_text(text: str, limit: int, *, multiline: bool = False) -> str:
    """Return typed text without outer spaces; otherwise letter by letter as it was typed.

    Rare characters, emoji and variation selectors are kept. Line breaks inside are allowed
    only with ``multiline`` and come back as line feeds.

    Raises:
        BadInput: E1502 an invisible character (position counted from 1), E1503 too long.
    """
    if multiline:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = text.strip(_SPACES)
    offset = len(text) - len(text.lstrip(_SPACES)) if kept else 0
    allowed = "\n\t" if multiline else ""
    for index, char in enumerate(kept):
        if char not in allowed and _is_hidden(char) and not _joins_emoji(kept, index):
            params = {"position": offset + index + 1, "character": f"U+{ord(char):04X}"}
            raise BadInput(_INVISIBLE, params, "E1502")
    if len(kept) > limit:
        params = {"limit": limit, "length": len(kept), "excess": len(kept) - limit}
        raise BadInput(_TOO_LONG, params, "E1503")
    return kept


def is_plain(text: str) -> bool:
    """Say quickly whether a text surely has no invisible character and no line break."""
    return text.isprintable() and _BLANKS.isdisjoint(text)


def _is_hidden(char: str) -> bool:
    if char in _BLANKS or unicodedata.category(char) in _HIDDEN:
        return True
    # Unassigned is not hidden: newer ideographs are unknown to this Python and must save.
    return ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF


def _joins_emoji(text: str, index: int) -> bool:
    """Tell the joiner inside a family or flag emoji from one hidden in a name."""
    if text[index] != _JOINER or not 0 < index < len(text) - 1:
        return False
    before = unicodedata.category(text[index - 1])
    return before in ("So", "Sk", "Mn") and unicodedata.category(text[index + 1]) == "So"
