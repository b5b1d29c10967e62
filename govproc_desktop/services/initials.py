"""Pinyin initials for searching: 办公设备 → bgsb; stored beside the text, never shown."""

from __future__ import annotations

_LIMIT = 200


def initials(text: str) -> str:
    """Return the lower-case pinyin initials of a text; other letters and digits are kept."""
    from pypinyin import Style, lazy_pinyin  # 250 ms to import: only writers pay

    parts = lazy_pinyin(text[:_LIMIT], style=Style.FIRST_LETTER)
    return "".join(part for part in parts if part.isalnum()).lower()


def search_text(*parts: str) -> str:
    """Return the lower-case text that a list is searched in: the words, then their initials."""
    words = " ".join(part for part in parts if part).lower()
    return f"{words} {initials(words)}"
