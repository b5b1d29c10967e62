"""Lay out print forms: what a form is declared from, and the drawing of its pages."""

from govproc_desktop.printing.layout.blocks import (
    Block,
    Column,
    Field,
    Grid,
    Kind,
    Lines,
    Note,
    Opinions,
    Signatures,
    shown,
)
from govproc_desktop.printing.layout.form import Job, PrintForm, draw

__all__ = [
    "Block",
    "Column",
    "Field",
    "Grid",
    "Job",
    "Kind",
    "Lines",
    "Note",
    "Opinions",
    "PrintForm",
    "Signatures",
    "draw",
    "shown",
]
