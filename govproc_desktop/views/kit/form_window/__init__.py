"""Form windows: declared fields, grids, sums, drafts, errors."""

from govproc_desktop.views.kit.form_window.grid import LinesGrid, LinesTable
from govproc_desktop.views.kit.form_window.head import ElidedLine, FormHead
from govproc_desktop.views.kit.form_window.page import FieldsPage
from govproc_desktop.views.kit.form_window.rail import SectionRail, SectionState
from govproc_desktop.views.kit.form_window.state import FormState, Problem
from govproc_desktop.views.kit.form_window.sum_bar import Missing, SumBar, SumPart
from govproc_desktop.views.kit.form_window.window import FormWindow, bind_keys

__all__ = [
    "ElidedLine",
    "FieldsPage",
    "FormHead",
    "FormState",
    "FormWindow",
    "LinesGrid",
    "LinesTable",
    "Missing",
    "Problem",
    "SectionRail",
    "SectionState",
    "SumBar",
    "SumPart",
    "bind_keys",
]
