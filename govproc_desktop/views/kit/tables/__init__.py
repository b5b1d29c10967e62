"""Tables: head, delegate, view and totals row; models only answer roles."""

from govproc_desktop.views.kit.tables.delegate import CellDelegate, RowState, read_cell
from govproc_desktop.views.kit.tables.head import HeaderView
from govproc_desktop.views.kit.tables.totals import TotalsRow
from govproc_desktop.views.kit.tables.view import KitTableView

__all__ = ["CellDelegate", "HeaderView", "KitTableView", "RowState", "TotalsRow", "read_cell"]
