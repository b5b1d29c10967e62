"""Draw the main window of the demo office into a file, where there is no display."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from govproc_desktop.app.office import demo_clock, make_main_window, open_office
from govproc_desktop.i18n import _
from govproc_desktop.settings_store import Store
from govproc_desktop.views.kit.tasks import Tasks


def draw_main_window(app: QApplication, target: Path) -> int:
    """Log the demo clerk in, draw the main window into a PNG and say where it lies."""
    with tempfile.TemporaryDirectory(prefix="govproc") as folder:
        path = Path(folder) / "office.sqlite3"
        office = open_office(str(path), demo=True, clock=demo_clock)
        tasks = Tasks()
        store = Store(Path(folder) / "settings.json")
        window = make_main_window(office, office.demo_clerk(), store=store, tasks=tasks)
        window.resize(1440, 900)
        window.show()
        tasks.wait(60_000)
        app.processEvents()
        drawn = window.grab().save(str(target))
        window.close()
        tasks.close()
        office.close()
    if not drawn:
        sys.stderr.write(_("没有显示器，也写不了 {path}。").format(path=target) + "\n")
        return 2
    told = _("没有显示器，已把演示办公室的主窗口画到 {path}")
    sys.stdout.write(told.format(path=target) + "\n")
    return 0
