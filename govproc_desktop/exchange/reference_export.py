"""Write an edition of a reference table as the very CSV it came as."""

from __future__ import annotations

from pathlib import Path

from govproc_desktop.exchange.csv_writer import whole_file

_MARK = "\ufeff"
"""Excel and WPS only take a CSV for UTF-8 when it begins with this mark."""


def write_reference(path: Path, text: str) -> None:
    """Write a table's text with the mark Excel wants; the file appears whole or not at all.

    Raises:
        Unavailable: E1004, disk full or no right to write.
    """
    with whole_file(path) as file:
        file.write((_MARK + text.removeprefix(_MARK)).encode("utf-8"))
