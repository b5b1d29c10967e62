"""Read the first table of an .xlsx, .csv or .json file from outside, whole or not at all."""

from govproc_desktop.exchange.tables.reader import read_table
from govproc_desktop.exchange.tables.table import Cell, CellKind, Row, Table, column_letters

__all__ = ["Cell", "CellKind", "Row", "Table", "column_letters", "read_table"]
