"""Ctrl+K: find any window, record or printed paper by words, initials, number or 单据码."""

from govproc_desktop.views.palette.entries import Entry
from govproc_desktop.views.palette.palette import Palette

__all__ = ["Entry", "Palette"]
