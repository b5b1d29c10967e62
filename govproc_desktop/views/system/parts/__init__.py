"""Parts shared by windows that move files and whole tables in and out."""

from govproc_desktop.views.system.parts.progress import ProgressPane
from govproc_desktop.views.system.parts.rows_table import RowsCell, RowsColumn, RowsTable

__all__ = ["ProgressPane", "RowsCell", "RowsColumn", "RowsTable"]
