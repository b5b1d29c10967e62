"""Read a block of cells from the clipboard as Excel and WPS put it there."""

from __future__ import annotations

from collections.abc import Iterator

MOST_ROWS = 2000
Cells = tuple[tuple[str, ...], ...]


def parse_cells(text: str) -> Cells:
    """Return rows of cells; quoted cells may hold tabs, line breaks and doubled quotes.

    Rows beyond ``MOST_ROWS`` are left out and wholly empty rows at the end are dropped.
    """
    rows: list[tuple[str, ...]] = []
    for row in _rows(text.replace("\r\n", "\n").replace("\r", "\n")):
        rows.append(row)
        if len(rows) >= MOST_ROWS:
            break
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return tuple(rows)


def _rows(text: str) -> Iterator[tuple[str, ...]]:
    row: list[str] = []
    at = 0
    while at <= len(text):
        cell, at = _cell(text, at)
        row.append(cell)
        ended = at >= len(text)
        if ended or text[at] == "\n":
            yield tuple(row)
            row = []
            if ended:
                return
        at += 1


def _cell(text: str, at: int) -> tuple[str, int]:
    """Return one cell and the place of the tab, line break or end behind it."""
    if at < len(text) and text[at] == '"' and (closed := _quoted(text, at + 1)) is not None:
        return closed
    end = at
    while end < len(text) and text[end] not in "\t\n":
        end += 1
    return text[at:end], end


def _quoted(text: str, at: int) -> tuple[str, int] | None:
    """Read a quoted cell; None when the quote never closes before a tab, line break or end."""
    parts: list[str] = []
    while True:
        end = text.find('"', at)
        if end < 0:
            return None
        parts.append(text[at:end])
        if text[end + 1 : end + 2] == '"':
            parts.append('"')
            at = end + 2
            continue
        behind = text[end + 1 : end + 2]
        return ("".join(parts), end + 1) if behind in ("", "\t", "\n") else None
