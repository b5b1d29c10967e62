"""The way to the import, offered by every list that a file can fill."""

from __future__ import annotations

from govproc_desktop.i18n import N_
from govproc_desktop.views.kit.actions import Needs, RowAction, Rows
from govproc_desktop.views.kit.list_window import ListPage


def _open(page: ListPage, _rows: Rows) -> None:
    page.desk.open("fund_plan.import")


IMPORT_FUND_PLANS = RowAction(
    id="fund_plan.import",
    title=N_("导入用款计划"),
    icon="upload",
    run=_open,
    needs=Needs.NONE,
    permission="fund_plan.import",
    primary=True,
    shortcut="Ctrl+N",
)
