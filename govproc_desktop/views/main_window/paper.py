"""Say in an opened record whether the paper one holds still agrees with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from govproc_desktop.i18n import _
from govproc_desktop.queries.home import PaperHit
from govproc_desktop.views.kit.dialogs import MessageDialog
from govproc_desktop.views.palette.papers import PaperReport, change_words, hold_against_record

if TYPE_CHECKING:
    from govproc_desktop.views.main_window.window import MainWindow


def show_paper(window: MainWindow, paper: PaperHit) -> None:
    """Read what differs and put it over the page just opened, as a strip that stays."""
    page = window.shell.page(window.shell.current_id())
    if page is None:
        return

    def show(report: PaperReport) -> None:
        tell = getattr(page, "tell", window.tell)
        action = _("看全部改动") if report.changes else ""
        strip = tell(report.sentence(), "ok" if report.agrees else "warn", action=action)
        strip.acted.connect(lambda: show_changes(window, report))

    window.desk.read(lambda reader: hold_against_record(reader, paper), show, owner=page)


def show_changes(window: MainWindow, report: PaperReport) -> MessageDialog:
    """List every difference between paper and record; the list can be copied."""
    title = _("纸上第 {paper} 版 → 记录第 {now} 版").format(
        paper=report.paper.version, now=report.version
    )
    lines = change_words(report.changes)
    dialog = MessageDialog(title, lines, icon="swap", tone="accent", parent=window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
