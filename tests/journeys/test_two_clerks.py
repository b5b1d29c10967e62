"""Two clerks on one server want the same money: one gets it, the other is told what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QApplication

from govproc_desktop.domain.money import money_text
from govproc_desktop.models.engine import Database
from govproc_desktop.services import maintenance
from govproc_desktop.services.context import Context
from govproc_desktop.services.plans import SavePlan
from govproc_desktop.settings_store import Store
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.main_window import MainWindow
from govproc_desktop.views.main_window.window import Frame
from govproc_desktop.views.plan_management.plan_form import PlanForm
from tests.journeys.steps import Guest, drop_unsaved, labels, press, put_away, write
from tests.office import CLERK, Office, make_office

FUND = "JH2026410000001"
WISHES = {"zhoumin": "60000.00", "liqiang": "70000.00"}
NAMES = {"zhoumin": "周敏", "liqiang": "李强"}
ON_SERVER = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.pg)], indirect=True
)


@dataclass
class Room:
    """Two clerks of one unit, each with a window, a connection and a background of their own."""

    office: Office
    fund: UUID
    guests: dict[str, Guest] = field(default_factory=dict)
    plans: dict[str, UUID] = field(default_factory=dict)

    def state(self, login: str) -> str:
        return self.office.plan(self.plans[login]).state


@pytest.fixture
def room(database: Database, tmp_path: Path, qapp: QApplication, qtbot: Any) -> Iterator[Room]:
    theme().apply(qapp, "light")
    office = make_office(database)
    office.operator("liqiang", NAMES["liqiang"], "institute", CLERK, post="经办岗")
    made = Room(office, office.fund(FUND, "100000.00"))
    own: list[Database] = []
    for login, amount in WISHES.items():
        uid = made.plans[login] = uuid4()
        content = office.content(funds=((made.fund, amount),), title=f"{login} 的交换机")
        office.do(login, SavePlan(plan=uid, content=content))
        connected = Database(database.engine.url)
        own.append(connected)
        made.guests[login] = open_window(office, login, connected, tmp_path, qtbot)
    yield made
    for guest, connected in zip(made.guests.values(), own, strict=True):
        put_away(guest.window)
        guest.window.desk.tasks.close()
        connected.close()


def open_window(office: Office, login: str, database: Database, folder: Path, qtbot: Any) -> Guest:
    asker = CannedAsker()
    context = Context(database=database, actor=office.actor(login), clock=office.clock)
    desk = Desk(context=context, tasks=Tasks(), notices=Notices(), asker=asker)
    window = MainWindow(desk, Frame(store=Store(folder / f"{login}.json")))
    qtbot.addWidget(window, before_close_func=drop_unsaved)
    window.show()
    return Guest(qtbot, asker, window)


def open_plan(room: Room, login: str) -> PlanForm:
    guest = room.guests[login]
    guest.turn_to()
    guest.find(login, f"{login} 的交换机")
    form = guest.form()
    assert form.uid == room.plans[login]
    assert form.problems == ()
    return form


@ON_SERVER
def test_the_loser_of_a_race_sees_the_fresh_balance_and_keeps_the_draft(room: Room) -> None:
    forms = {login: open_plan(room, login) for login in WISHES}
    for login in WISHES:
        room.guests[login].turn_to()
        press("Ctrl+Return")
    for guest in room.guests.values():
        guest.rest()
    for login, form in forms.items():
        room.guests[login].judged(form)
    winner = next(login for login in WISHES if room.state(login) == "internal_review")
    loser = next(login for login in WISHES if login != winner)
    assert room.state(loser) == "draft"
    taken = Decimal(WISHES[winner])
    left = Decimal("100000.00") - taken
    said = (
        f"刚才 {NAMES[winner]} 已占用 {money_text(taken)} 元，用款计划 {FUND} 现可用 "
        f"{money_text(left)} 元，不够本次申请的 {money_text(Decimal(WISHES[loser]))} 元。"
        "您的内容已留作草稿。"
    )
    form = forms[loser]
    assert f"没有办理，1 处不符：{said}" in labels(form)
    assert [(each.field, each.sentence) for each in form.problems] == [("funds.0.amount", said)]
    assert room.office.balance(room.fund).in_transit == taken
    assert not form.read_only
    assert [each.amount for each in form.content().content.funds] == [Decimal(WISHES[loser])]
    mend(room.guests[loser], form, f"{left:f}")
    assert room.state(loser) == "internal_review"
    assert room.office.balance(room.fund).in_transit == Decimal("100000.00")
    assert maintenance.verify(room.office.database).findings == ()


def mend(guest: Guest, form: PlanForm, amount: str) -> None:
    """Lower draw and price to what is left, and submit again."""
    guest.turn_to()
    for part, key in (("funds", "amount"), ("items", "price")):
        guest.tab_to_cell(form, part, key)
        press("Ctrl+A")
        write(amount)
        press("Escape")
    guest.judged(form)
    assert form.problems == ()
    press("Ctrl+Return")
    guest.until(lambda: form.plan_state == "internal_review")
    guest.judged(form)
