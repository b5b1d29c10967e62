"""Submitting, withdrawing, urging, voiding and deleting plans through the door, on both engines."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from govproc_desktop.domain.errors import AppError, Refused, RulesBroken, StaleRecord
from govproc_desktop.models import (
    DocumentVersion,
    JournalEntry,
    LedgerEntry,
    NumberIssued,
    Plan,
    StepTaken,
    Task,
)
from govproc_desktop.models.engine import Database
from govproc_desktop.models.facts import digest
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.plans import (
    DeletePlan,
    SavePlan,
    SubmitPlan,
    UrgePlan,
    VoidPlan,
    WithdrawPlan,
)
from tests.office import Office, choose, item, make_office


@pytest.fixture
def office(database: Database) -> Office:
    return make_office(database)


def saved(office: Office, **content: object) -> UUID:
    uid = uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content(**content)))
    return uid


def submit(office: Office, uid: UUID, login: str = "zhoumin") -> dict[str, object]:
    seen = office.plan(uid).row_version
    return office.do(login, SubmitPlan(plan=uid, seen_version=seen)).result


def approve(office: Office, uid: UUID, login: str) -> dict[str, object]:
    seen = office.plan(uid).row_version
    return office.do(login, ApprovePlan(plan=uid, seen_version=seen, opinion="同意")).result


def state_of(office: Office, fund: UUID) -> tuple[str, str]:
    balance = office.balance(fund)
    return str(balance.in_transit), str(balance.filed)


def rows(office: Office) -> tuple[int, ...]:
    """Count everything a refused command might have left behind."""
    kinds = (Plan, LedgerEntry, StepTaken, Task, DocumentVersion, NumberIssued, JournalEntry)
    with office.database.sessions() as session:
        return tuple(session.scalar(select(func.count()).select_from(kind)) or 0 for kind in kinds)


def refused(office: Office, login: str, cmd: object, kind: type[AppError] = Refused) -> AppError:
    """Run a command that must be refused, and prove it left no row."""
    before = rows(office)
    with pytest.raises(kind) as caught:
        office.do(login, cmd)
    assert rows(office) == before
    return caught.value


def test_r12_internal_filing_takes_transit_then_files(office: Office) -> None:
    fund = office.fund("JH2026410000001", "500000.00")
    uid = saved(office, funds=[(fund, "300000.00")])
    assert state_of(office, fund) == ("0.00", "0.00")
    made = submit(office, uid)
    assert (made["state"], made["route"]) == ("internal_review", ["internal_review"])
    assert state_of(office, fund) == ("300000.00", "0.00")
    made = approve(office, uid, "zhengjianguo")
    assert (made["state"], made["number"]) == ("filed", "豫财询价采购-2026-1")
    assert state_of(office, fund) == ("0.00", "300000.00")
    plan = office.plan(uid)
    assert (str(plan.filed_on), plan.submitted_version) == ("2026-11-23", 1)


def test_r12_at_once_when_nothing_needs_review(database: Database) -> None:
    office = make_office(database, filing_mode="at_once")
    fund = office.fund("JH2026410000001", "500000.00")
    made = submit(office, saved(office, funds=[(fund, "500000.00")]))
    assert (made["state"], made["route"]) == ("filed", [])
    assert made["number"] == "豫财询价采购-2026-1"
    assert state_of(office, fund) == ("0.00", "500000.00")
