"""Lead a person from an empty database to a login: into the demo, or as first administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from govproc_desktop.app.office import OpenOffice
from govproc_desktop.views.first_use import FirstAdministrator, FirstUsePage
from govproc_desktop.views.kit.errors import told
from govproc_desktop.views.login import LoginWindow

if TYPE_CHECKING:
    from govproc_desktop.app.program import Program


class FirstSteps(QObject):
    """The page of first use in the login window, and what its two buttons do."""

    def __init__(self, program: Program, login: LoginWindow, office: OpenOffice) -> None:
        super().__init__(login)
        self._program = program
        self._office = office
        self.page = FirstUsePage(office.place)
        self.page.demoRequested.connect(program.open_demo)
        self.page.settingsRequested.connect(program.open_settings)
        self.page.submitted.connect(self._set_up)
        login.show_instead(self.page)
        self.page.ways.demo.setFocus()

    def _set_up(self, asked: FirstAdministrator) -> None:
        self.page.form.set_busy(busy=True)
        self._program.tasks.run(
            lambda: self._office.set_up(asked),
            lambda _done: self._program.enter_first(asked.login, asked.password),
            lambda fault: self.page.refuse(told(fault)),
            owner=self.page,
        )
