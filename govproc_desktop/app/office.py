"""The opened office: database, accounts, notes; imported by the worker while the person types."""

from __future__ import annotations

import getpass
import socket
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from govproc_desktop.domain.permissions import SYSTEM, Actor
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import Operator, Person, Unit
from govproc_desktop.models.engine import Database
from govproc_desktop.models.opening import Opened, default_path, open_database
from govproc_desktop.paths import data_folder
from govproc_desktop.services import accounts
from govproc_desktop.services.context import Clock, Context
from govproc_desktop.services.maintenance import demand_sound
from govproc_desktop.settings_store import Store
from govproc_desktop.views.first_use import FirstAdministrator
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.dialogs import DialogAsker
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.login import DemoAccount
from govproc_desktop.views.main_window import MainWindow
from govproc_desktop.views.main_window.window import Frame

DEMO_SAYS = N_("演示办公室：单位、人员和金额都是编的，可以随便办，不影响真实业务。")


@dataclass
class OpenOffice:
    """One opened database and what the login window needs to know of it."""

    opened: Opened
    clock: Clock
    demo: bool = False
    empty: bool = False
    accounts: tuple[DemoAccount, ...] = ()
    notes: list[str] = field(default_factory=list)

    @property
    def database(self) -> Database:
        """The database everything is read from and written to."""
        return self.opened.database

    def log_in(self, login: str, password: str) -> Actor:
        """Check the password and return the person with today's rights.

        Raises:
            Refused: E1601 wrong account or password, E1602 locked, E1604 stopped.
        """
        context = Context(database=self.database, actor=SYSTEM, clock=self.clock)
        return accounts.log_in(context, login, password)

    def set_up(self, asked: FirstAdministrator) -> None:
        """Fill the empty database with its first unit, administrator and reference tables.

        Raises:
            Refused: E1603, somebody has been set up meanwhile.
            BadInput: E1601 a weak password, or what the commands say of code and account.
        """
        from govproc_desktop.exchange.reference_files import load_shipped
        from govproc_desktop.services.maintenance.first_use import FirstUse, set_up

        context = Context(database=self.database, actor=SYSTEM, clock=self.clock)
        given = {each.name: getattr(asked, each.name) for each in fields(asked)}
        set_up(FirstUse(**given), context)
        load_shipped(context)
        self.empty = False

    @property
    def place(self) -> str:
        """Where the data lies, in words a person can look for."""
        path = self.database.path
        return str(path) if path is not None else _("办公室服务器")

    def demo_clerk(self) -> Actor:
        """Return the demo's clerk without asking for a password."""
        from govproc_desktop.exchange import demo

        with self.database.sessions() as session:
            return accounts.actor_for_login(session, demo.CLERK)

    def take_notes(self) -> list[str]:
        """Return what there is to tell about the opening, once."""
        told, self.notes = self.notes, []
        return told

    def close(self) -> None:
        """Close the connections and let the next program in."""
        self.opened.close()


def open_office(named: str, *, demo: bool, clock: Callable[[], datetime]) -> OpenOffice:
    """Open what was named, or this person's own file; ``demo`` fills an empty one first.

    Raises:
        Unavailable: the file or server cannot be opened safely; nothing was changed.
    """
    where = named or (data_folder() / "demo" / "office.sqlite3" if demo else default_path())
    holder = f"{getpass.getuser()}@{socket.gethostname()}"
    if not named:
        Path(where).parent.mkdir(parents=True, exist_ok=True)
    opened = open_database(where, lock=True, holder=holder, judge=demand_sound)
    office = OpenOffice(opened, clock, demo)
    office.notes += [note.sentence() for note in opened.notes]
    if demo:
        _fill(office)
    with opened.database.reading() as connection:
        office.empty = not connection.execute(select(func.count(Operator.id))).scalar_one()
    return office


def _fill(office: OpenOffice) -> None:
    from govproc_desktop.exchange import demo

    database = office.database
    with database.reading() as connection:
        made = connection.execute(select(func.count(Operator.id))).scalar_one()
    if not made:
        demo.build(database, now=office.clock())
    with database.reading() as connection:
        rows = connection.execute(
            select(Operator.login, Person.name, Operator.post, Unit.name.label("unit"))
            .join(Person, Person.id == Operator.person_id)
            .join(Unit, Unit.id == Operator.unit_id)
            .where(Operator.stopped == False)  # noqa: E712 - a stored 0 or 1
            .order_by(Operator.login != demo.CLERK, Operator.id)
        ).all()
    office.accounts = tuple(
        DemoAccount(
            login=row.login,
            words=_("{name} · {post} · {unit}").format(name=row.name, post=row.post, unit=row.unit),
            password=demo.PASSWORD,
        )
        for row in rows
    )


def demo_clock() -> datetime:
    """Return the moment the demo's pictures are taken at."""
    from govproc_desktop.exchange import demo

    return demo.NOW


def make_main_window(
    office: OpenOffice,
    actor: Actor,
    *,
    store: Store,
    tasks: Tasks,
    log_out: Callable[[], None] = lambda: None,
    restart: Callable[[], None] = lambda: None,
) -> MainWindow:
    """Build one person's main window on an opened office; GUI thread only."""
    context = Context(database=office.database, actor=actor, clock=office.clock)
    made: list[MainWindow] = []
    asker = DialogAsker(lambda: made[0] if made else None)
    desk = Desk(context=context, tasks=tasks, notices=Notices(), asker=asker)
    frame = Frame(
        store=store,
        demo=_(DEMO_SAYS) if office.demo else "",
        log_out=log_out,
        restart=restart,
    )
    made.append(MainWindow(desk, frame))
    return made[0]
