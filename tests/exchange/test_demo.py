"""The demo office is a year made through the door: whole, in every state, and it verifies."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from sqlalchemy import func, select

from govproc_desktop.exchange import demo
from govproc_desktop.models import FundBalance, NumberIssued, Plan, Task
from govproc_desktop.models.engine import Database
from govproc_desktop.services import maintenance


def test_r53_the_demo_office_holds_and_verifies(sqlite_database: Database) -> None:
    seen: list[tuple[int, int]] = []
    demo.build(sqlite_database, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] - 1
    assert maintenance.verify(sqlite_database).findings == ()
    with sqlite_database.sessions() as session:
        states = Counter(session.scalars(select(Plan.state)))
        assert states["filed"] >= 75
        assert {"draft", "returned", "internal_review", "finance_review", "void"} <= set(states)
        waiting = session.scalar(select(func.count()).where(Task.closed_at.is_(None)))
        assert (
            waiting
            == states["internal_review"]
            + states["finance_review"]
            + states["finance_approval"]
            + states["department_review"]
        )
        filed = session.scalar(select(func.sum(FundBalance.filed)))
        plans = session.scalar(select(func.sum(Plan.fiscal)).where(Plan.state == "filed"))
        assert filed == plans
        assert filed > Decimal(5_000_000)
        numbers = session.scalar(select(func.count()).select_from(NumberIssued))
        assert numbers == states["filed"] + states["void"]
