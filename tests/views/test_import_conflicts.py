"""冲突清单: what fell short by how much, and the way to the fund plan it is about."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from office import Office, make_office
from pytestqt.qtbot import QtBot

from govproc_desktop.domain.fund_plan import FundPlanRow
from govproc_desktop.models.engine import Database
from govproc_desktop.services.fund_plans import ImportFundPlans
from govproc_desktop.services.plans import SavePlan, SubmitPlan
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.plan_management import WINDOWS


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return make_office(sqlite_database)


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def conflict(office: Office) -> UUID:
    """Use 300,000.00 of a fund plan, then import it again with 200,000.00."""
    fund = office.fund("JH1", "500000.00", pro_name="办公设备购置")
    plan = uuid4()
    content = office.content(funds=((fund, "300000.00"),))
    saved = office.do("zhoumin", SavePlan(plan=plan, content=content))
    office.do("zhoumin", SubmitPlan(plan=plan, seen_version=saved.result["version"]))
    row = FundPlanRow(
        fiscal_year=2026,
        mof_div_code="410000",
        plan_no="JH1",
        agency_code="101001",
        agency_name="河南省青禾农业科学研究院",
        pro_name="办公设备购置",
        amount=Decimal("200000.00"),
        version=2,
        row=7,
        cell="A7",
    )
    command = ImportFundPlans(
        import_uid=uuid4(), file_name="新指标.csv", file_hash="x", rows_read=1, rows=(row,)
    )
    assert office.do("linlan", command).result["conflicts"] == 1
    return fund


def test_r45_a_conflict_shows_both_amounts_their_difference_and_where_it_came_from(
    office: Office, tasks: Tasks, qtbot: QtBot
) -> None:
    fund = conflict(office)
    opened: list[tuple[str, dict[str, Any]]] = []
    desk = Desk(
        context=office.context("zhoumin"), tasks=tasks, notices=Notices(), asker=CannedAsker()
    )
    desk.opener = lambda target, params: opened.append((target, params))
    (spec,) = [each for each in WINDOWS if each.id == "fund_conflicts"]
    page: Any = spec.make(desk, {})
    qtbot.addWidget(page)
    page.show()
    assert tasks.wait()
    line = page.table.model.line(0)
    cells = [(cell[0], cell[1]) for cell in line.cells]
    assert cells == [
        ("JH1", "办公设备购置"),
        ("200,000.00", ""),
        ("300,000.00", ""),
        ("100,000.00", ""),
        ("新指标.csv", "A7"),
        ("2", ""),
        ("2026-11-23 09:00", ""),
    ]
    page.opened.emit(line.key)
    assert opened == [("window:fund_plans", {"uid": str(fund)})]


def test_another_units_conflict_is_not_listed(office: Office, tasks: Tasks, qtbot: QtBot) -> None:
    conflict(office)
    desk = Desk(
        context=office.context("liuyang"), tasks=tasks, notices=Notices(), asker=CannedAsker()
    )
    (spec,) = [each for each in WINDOWS if each.id == "fund_conflicts"]
    page: Any = spec.make(desk, {})
    qtbot.addWidget(page)
    page.show()
    assert tasks.wait()
    assert page.table.model.rowCount() == 0
