"""A program of its own in which a clerk types half a plan and then leaves it alone.

Run as ``python -m tests.journeys.half_a_plan DATABASE FOLDER``; says ``typed`` on standard output
right after the last key and goes on running until it is killed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from govproc_desktop.app import program as program_module
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.theme import theme
from tests.journeys.steps import Seat, make_program, press, write
from tests.office import FIRST_MORNING

TITLE = "网络设备购置"
HALF = "1234."


class Patience:
    """Waits as ``qtbot`` does, outside pytest."""

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int) -> None:
        deadline = QDeadlineTimer(timeout)
        while not callback():
            if deadline.hasExpired():
                raise TimeoutError
            QTest.qWait(10)

    def addWidget(self, widget: QWidget) -> None:
        """Nothing is taken down here: the process is killed."""


def main(database: str, folder: str) -> int:
    """Log in, type half a plan and stay."""
    program_module.office_clock = lambda: FIRST_MORNING
    app = QApplication([])
    theme().apply(app, "light")
    seat = Seat(Patience(), CannedAsker(), make_program(app, Path(folder), database))
    seat.sit_down("zhoumin")
    press("Ctrl+N")
    form = seat.form()
    seat.tab_to(form.pages["basics"].inputs["title"].widget)
    write(TITLE)
    seat.tab_to(form.add_button)
    press("Space")
    seat.tab_to_cell(form, "items", "price")
    write(HALF)
    sys.stdout.write("typed\n")
    sys.stdout.flush()
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2]))
