"""A desk over a small office, and short ways to type into the plan form, for the form tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget

from govproc_desktop.domain.plan.content import Item, PlanContent
from govproc_desktop.queries.plans.record import PlanParams, PlanRecord, plan_detail
from govproc_desktop.services.plans import SavePlan
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.plan_management.plan_form import PlanForm
from tests.office import Office, choose, item, make_office

FIRST = "JH2026410000001"
SECOND = "JH2026410000037"


@dataclass
class Ground:
    office: Office
    qtbot: Any
    funds: dict[str, UUID] = field(default_factory=dict)
    desks: list[Desk] = field(default_factory=list)
    forms: list[PlanForm] = field(default_factory=list)
    hosts: list[QMainWindow] = field(default_factory=list)

    def desk(self, login: str = "zhoumin", *, answers: tuple[str, ...] = ()) -> Desk:
        desk = Desk(
            context=self.office.context(login),
            tasks=Tasks(),
            notices=Notices(),
            asker=CannedAsker(answers=list(answers)),
        )
        self.desks.append(desk)
        return desk

    def form(self, uid: UUID | None = None, *, desk: Desk | None = None) -> PlanForm:
        form = PlanForm(desk or self.desk(), {"uid": str(uid)} if uid else {})
        host = QMainWindow()
        host.setCentralWidget(form)
        self.qtbot.addWidget(host)
        host.resize(1208, 860)
        host.show()
        self.forms.append(form)
        self.hosts.append(host)
        self.settle(form)
        return form

    def settle(self, form: PlanForm) -> None:
        """Wait until the form has judged what is typed and the lanes are empty."""
        for _ in range(3):
            self.qtbot.wait(5)
            assert form.desk.tasks.wait(10_000)
            if form._look.isActive():
                form._look.stop()
                form.look_again()
        assert form.desk.tasks.wait(10_000)

    def saved(self, **changes: Any) -> UUID:
        """Save a plan of two draws, own money and one line of 500,000.00 and return its uid."""
        uid = uuid4()
        self.office.do("zhoumin", SavePlan(plan=uid, content=self.content(**changes)))
        return uid

    def content(self, **changes: Any) -> PlanContent:
        given: dict[str, Any] = {
            "funds": ((self.funds[FIRST], "380000"), (self.funds[SECOND], "108000")),
            "own": "12000",
            "items": (line("5000", quantity="100"),),
            "expected_on": date(2026, 12, 20),
            **changes,
        }
        return self.office.content(**given)

    def record(self, uid: UUID) -> PlanRecord:
        reader = self.desks[0].reader() if self.desks else self.desk().reader()
        return plan_detail(reader, PlanParams(uid=uid))


def line(price: str, *, quantity: str = "1", **changes: Any) -> Item:
    return item(price, quantity=quantity, **changes)


def inquiry() -> Any:
    return choose("XJ")


@contextmanager
def ground(database: Any, qtbot: Any) -> Iterator[Ground]:
    made = Ground(make_office(database), qtbot)
    made.funds[FIRST] = made.office.fund(FIRST, "380000.00")
    made.funds[SECOND] = made.office.fund(SECOND, "150000.00", pro_name="办公设备购置（追加）")
    yield made
    for form in made.forms:
        form.window().close()
        form._look.stop()
    for desk in made.desks:
        desk.tasks.wait(5000)
        desk.tasks.close()


def keys(widget: QWidget, text: str) -> None:
    """Type a text key by key (ASCII only)."""
    QTest.keyClicks(widget, text)


def press(widget: QWidget, key: Qt.Key, *, ctrl: bool = False, alt: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    if ctrl:
        modifiers |= Qt.KeyboardModifier.ControlModifier
    if alt:
        modifiers |= Qt.KeyboardModifier.AltModifier
    QTest.keyClick(widget, key, modifiers)


def typed_in(form: PlanForm, part: str, row: int, key: str, text: str) -> None:
    """Open a cell of a grid and replace what it holds, key by key."""
    grid = form.grids[part]
    grid.table.open_cell(row, grid.lines.column_of(key))
    editor = grid.table.keys.editor
    assert editor is not None, (part, row, key)
    editor.selectAll()
    if text:
        QTest.keyClicks(editor, text)
    else:
        QTest.keyClick(editor, Qt.Key.Key_Delete)
