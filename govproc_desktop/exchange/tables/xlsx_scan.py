"""Look at a worksheet's XML before it is read: how far it reaches, what has no value."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

_CELL_FAR = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Za-z]{1,4})([0-9]{1,9})["'][^>]*(?<!/)>"""
)
_CELL_BARE = re.compile(rb"""<(?:\w+:)?c(?=[\s>/])(?![^>]*\sr\s*=)""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b(?:[^>]*?\br\s*=\s*["']([0-9]{1,9})["'])?""")
_NO_VALUE = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Za-z]{1,3}[0-9]{1,7})["'][^>]*>\s*"""
    rb"""<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v[^>]*>\s*</(?:\w+:)?v>)?\s*</"""
)
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b(?=[^>]*\bt\s*=\s*["']e["'])"""
    rb"""[^>]*?\br\s*=\s*["']([A-Za-z]{1,3}[0-9]{1,7})["']"""
)


@dataclass(frozen=True)
class SheetShape:
    """How large a worksheet is and which of its cells cannot give a value."""

    rows: int
    columns: int
    formulas: frozenset[tuple[int, int]]
    errors: frozenset[tuple[int, int]]


def scan_sheet(xml: bytes) -> SheetShape:
    """Measure a worksheet without building it; positions count from 0.

    A reader that lays cells out in a rectangle would take all memory for two far-off cells.
    """
    rows = 0
    letters: set[bytes] = set()
    for found in _CELL_FAR.finditer(xml):
        letters.add(found[1])
        row = int(found[2])
        if row > rows:  # max() would double the time of two million cells
            rows = row
    columns = max((_column(column) + 1 for column in letters), default=0)
    if _CELL_BARE.search(xml):
        # Cells without an address are counted on from their row; be on the safe side.
        reached = 0
        for found in _ROW.finditer(xml):
            reached = int(found[1]) if found[1] else reached + 1
            rows = max(rows, reached)
        columns = max(columns, _widest_bare_row(xml))
    has_formulas = b"<f" in xml or b":f" in xml
    formulas = frozenset(map(_position, _NO_VALUE.findall(xml))) if has_formulas else frozenset()
    has_errors = b't="e"' in xml or b"t='e'" in xml
    errors = frozenset(map(_position, _ERROR.findall(xml))) if has_errors else frozenset()
    return SheetShape(rows, columns, formulas, errors)


def is_well_formed(xml: bytes) -> bool:
    """Tell whether the XML goes on to its end: a lenient reader takes half a sheet for whole.

    Only for parts in which no document type was found before.
    """
    try:
        ParserCreate().Parse(xml, True)
    except (ExpatError, ValueError):
        return False
    return True


def _widest_bare_row(xml: bytes) -> int:
    starts = [found.start() for found in _ROW.finditer(xml)] + [len(xml)]
    pairs = itertools.pairwise(starts)
    return max((len(_CELL_BARE.findall(xml, *pair)) for pair in pairs), default=0)


def _position(address: bytes) -> tuple[int, int]:
    letters = address.rstrip(b"0123456789")
    return int(address[len(letters) :]) - 1, _column(letters)


def _column(letters: bytes) -> int:
    index = 0
    for letter in letters.upper():
        index = index * 26 + letter - 64
    return index - 1
