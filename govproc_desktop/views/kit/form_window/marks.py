"""Put sentences on the fields and cells of a form by field key (``items.0.price``)."""

from __future__ import annotations

from collections.abc import Mapping

from govproc_desktop.views.kit.form_window.grid import LinesGrid
from govproc_desktop.views.kit.form_window.page import FieldsPage


def show_marks(
    pages: Mapping[str, FieldsPage], grids: Mapping[str, LinesGrid], *, marks: Mapping[str, str]
) -> None:
    """Mark fields and cells another asked to change; ``items.0`` marks all of a line."""
    for page in pages.values():
        for key, cell in page.cells.items():
            cell.set_mark(marks.get(key, ""))
            if key in marks:
                page.reveal(key)
    for name, grid in grids.items():
        grid.lines.set_marks(by_line(name, grid, told=marks))


def by_line(name: str, grid: LinesGrid, *, told: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Return what is told of fields such as ``items.0.price`` by line uid and column key."""
    found: dict[tuple[str, str], str] = {}
    for field, sentence in told.items():
        parts = field.split(".")
        if parts[0] == name and len(parts) > 1 and parts[1].isdigit():
            row = int(parts[1])
            if row < grid.lines.rowCount():
                found[(grid.lines.line(row)["uid"], ".".join(parts[2:]))] = sentence
    return found
