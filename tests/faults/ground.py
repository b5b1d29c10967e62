"""The office that fault runs stand on: people, four fund plans, actors by login."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.models import FundPlan
from govproc_desktop.models.engine import Database
from govproc_desktop.services import accounts
from govproc_desktop.services.context import Context
from tests.office import FIRST_MORNING, Office, make_office

FUNDS = tuple(f"JH202641000000{at}" for at in range(1, 5))
AMOUNT = Decimal("100000.00")
LOGINS = ("zhoumin", "zhengjianguo", "sunli", "linlan", "xuzhiyuan", "admin")


def make_ground(database: Database) -> Office:
    """Build the test office with four fund plans of 100,000 元 each."""
    office = make_office(database)
    for plan_no in FUNDS:
        office.fund(plan_no, f"{AMOUNT:f}")
    return office


def contexts(database: Database) -> dict[str, Context]:
    """Return a context for everyone of the office; the clock stands still."""
    with database.sessions() as session:
        return {
            login: Context(
                database=database,
                actor=accounts.actor_for_login(session, login),
                clock=lambda: FIRST_MORNING,
            )
            for login in LOGINS
        }


def fund_uids(database: Database) -> list[UUID]:
    """Return the uids of the fund plans in the order of :data:`FUNDS`."""
    with database.sessions() as session:
        rows = session.execute(select(FundPlan.plan_no, FundPlan.uid))
        found = dict(rows.all())
    return [found[plan_no] for plan_no in FUNDS]
