"""What the tests of lists stand on: an office with many plans, and a desk that answers at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import insert, select

from govproc_desktop.models import Person, Plan
from govproc_desktop.models.engine import Database
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.tasks import Tasks
from tests.office import FIRST_MORNING, Office, make_office


def office_with_plans(database: Database, count: int = 300) -> Office:
    """Return an office whose institute has so many drafts: 计划000 of 0.00, 计划001 of 1.00 …"""
    office = make_office(database)
    with database.writing() as session:
        person = session.scalars(select(Person.id).where(Person.name == "周敏")).one()
        rows = [
            {
                "uid": UUID(int=at + 1),
                "unit_id": office.unit_id("institute"),
                "state_since": FIRST_MORNING,
                "author_person": person,
                "editor_person": person,
                "author_name": "周敏",
                "created_at": FIRST_MORNING,
                "saved_at": FIRST_MORNING,
                "title": f"计划{at:03d}",
                "year": 2026 if at % 2 else 2025,
                "applied_on": date(2026, 1, 1),
                "total": Decimal(at),
                "fiscal": Decimal(at),
                "method": "XJ" if at % 3 else "GKZB",
                "search_text": f"计划{at:03d} jh{at:03d}",
            }
            for at in range(count)
        ]
        session.execute(insert(Plan), rows)
        session.commit()
    return office


def desk_for(
    office: Office,
    login: str = "zhoumin",
    *,
    answers: Sequence[str | None] = (),
    late: bool = False,
) -> Desk:
    """Return a person's desk; ``late`` answers arrive through the event loop as in real life."""
    asker = CannedAsker(answers=list(answers))
    return Desk(office.context(login), Tasks(immediate=not late), Notices(), asker)
