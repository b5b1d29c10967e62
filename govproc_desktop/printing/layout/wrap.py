"""Break text into lines by the width of its glyphs, with the Chinese rules for line ends."""

from __future__ import annotations

from govproc_desktop.printing.fonts import advances

# 避头: marks that may not start a line (reportlab's own list lacks the full-width ones).
NO_START = frozenset("，．：；！？”’》〉」』】〗〕…～·％℃、。）］｝—‰,.:;!?)]}%>")
# 避尾: marks that may not end a line.
NO_END = frozenset("“‘《〈「『【〖〔（［｛([{<¥￥＄$")


def text_width(text: str, face: str, size: float) -> float:
    """Return the width of one line of text in points."""
    table = advances(face)
    try:
        return sum(map(table.__getitem__, map(ord, text))) * size / 1000
    except KeyError:  # not in this face; face_for has refused or will refuse it
        return sum(table.get(ord(c), 1000) for c in text) * size / 1000


def wrap(text: str, face: str, *, size: float, width: float) -> list[str]:
    """Return the lines of ``text`` that fit ``width`` points; at least one, perhaps empty.

    Latin words and numbers stay whole unless one alone is wider than the line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if text_width(paragraph, face, size) <= width:
            lines.append(paragraph)
        else:
            lines.extend(_broken(paragraph, face, width * 1000 / size))
    return lines


def _broken(text: str, face: str, room: float) -> list[str]:
    table = advances(face)
    lines: list[str] = []
    start, used, index = 0, 0.0, 0
    while index < len(text):
        used += table.get(ord(text[index]), 1000)
        if used > room and index > start:
            cut = _cut(text, start, index)
            lines.append(text[start:cut].rstrip(" "))
            while cut < len(text) and text[cut] == " ":
                cut += 1
            start = index = cut
            used = 0.0
        else:
            index += 1
    lines.append(text[start:])
    return lines


def _cut(text: str, start: int, index: int) -> int:
    """Return the last place at or before ``index`` where the line may end."""
    for place in range(index, start, -1):
        if _may_break(text[place - 1], text[place]):
            return place
    return index


def _may_break(before: str, after: str) -> bool:
    if after in NO_START or before in NO_END:
        return False
    return not (_is_latin(before) and _is_latin(after)) or before == "-"


def _is_latin(char: str) -> bool:
    return "!" <= char <= "\u024f"
