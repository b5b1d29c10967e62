"""Whatever is done in whatever order: R53 holds and the balances are the ledger's sums."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from govproc_desktop.domain.errors import AppError
from govproc_desktop.domain.plan.flow import NODES, PLAN_FLOW, RETURNED
from govproc_desktop.models import FundBalance, FundPlan, LedgerEntry, Plan, StepTaken, Task, schema
from govproc_desktop.models.engine import Database, sqlite_url
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.plans import (
    DeletePlan,
    SavePlan,
    SubmitPlan,
    VoidPlan,
    WithdrawPlan,
)
from tests.office import Office, make_office

LOGINS = {
    "internal_review": "zhengjianguo",
    "department_review": "sunli",
    "finance_review": "linlan",
    "finance_approval": "xuzhiyuan",
}
MOVES = ("new", "submit", "approve", "return", "step_back", "withdraw", "void", "delete", "wrong")
AMOUNTS = ("100.00", "250.00", "333.33", "600.01")


@pytest.fixture(scope="module")
def shared() -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "office.sqlite3"))
        schema.upgrade(database)
        yield make_office(database)
        database.close()


def act(office: Office, move: str, plan: Plan, login: str) -> None:
    seen = plan.row_version
    commands = {
        "submit": SubmitPlan(plan=plan.uid, seen_version=seen),
        "withdraw": WithdrawPlan(plan=plan.uid, seen_version=seen),
        "void": VoidPlan(plan=plan.uid, seen_version=seen, opinion="取消"),
        "delete": DeletePlan(plan=plan.uid, seen_version=seen),
        "approve": ApprovePlan(plan=plan.uid, seen_version=seen),
        "return": ReturnPlan(plan=plan.uid, seen_version=seen, opinion="改", target=RETURNED),
        "step_back": ReturnPlan(plan=plan.uid, seen_version=seen, opinion="改", target=NODES[0]),
        "wrong": ApprovePlan(plan=plan.uid, seen_version=seen),
    }
    who = login if move in ("approve", "return", "step_back") else "zhoumin"
    try:
        office.do(who, commands[move])
    except AppError:
        return
    assert move != "wrong", "the author decided on the own plan"


def check_r53(office: Office) -> None:
    with office.database.sessions() as session:
        sums: dict[tuple[int, str], Decimal] = {
            (fund, account): total
            for fund, account, total in session.execute(
                select(
                    LedgerEntry.fund_plan_id, LedgerEntry.account, func.sum(LedgerEntry.fen)
                ).group_by(LedgerEntry.fund_plan_id, LedgerEntry.account)
            )
        }
        for each in session.scalars(select(FundBalance)):
            for account in ("amount", "in_transit", "filed", "contracted", "requested", "paid"):
                expected = sums.get((each.fund_plan_id, account), Decimal(0))
                assert getattr(each, account) == expected, account
            assert 0 <= each.filed + each.in_transit <= each.amount
            assert 0 <= each.paid <= each.requested <= each.contracted <= each.filed
        held = {"in_transit": Decimal(0), "filed": Decimal(0)}
        for plan in session.scalars(select(Plan)):
            steps = session.scalars(
                select(StepTaken).where(StepTaken.doc_uid == plan.uid).order_by(StepTaken.seq)
            ).all()
            assert plan.state == (steps[-1].target if steps else PLAN_FLOW.start)
            waiting = session.scalars(
                select(Task.state).where(Task.doc_uid == plan.uid, Task.closed_at.is_(None))
            ).all()
            assert list(waiting) == ([plan.state] if plan.state in NODES else [])
            assert (plan.number is not None) == any(step.target == "filed" for step in steps)
            if plan.state in NODES:
                held["in_transit"] += plan.fiscal
            elif plan.state == "filed":
                held["filed"] += plan.fiscal
        for account, expected in held.items():
            total = sum(getattr(each, account) for each in session.scalars(select(FundBalance)))
            assert total == expected


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    moves=st.lists(
        st.tuples(
            st.sampled_from(MOVES), st.integers(0, 3), st.sampled_from(AMOUNTS), st.booleans()
        ),
        min_size=4,
        max_size=14,
    )
)
def test_r53_holds_after_any_sequence(
    shared: Office, moves: list[tuple[str, int, str, bool]]
) -> None:
    fund = shared.fund(f"JH{uuid4().hex[:12]}", "1000.00")
    plans: list[UUID] = []
    for move, which, amount, ticked in moves:
        if move == "new" or not plans:
            uid = uuid4()
            content = shared.content(funds=[(fund, amount)], department_review=ticked)
            shared.do("zhoumin", SavePlan(plan=uid, content=content))
            plans.append(uid)
            continue
        uid = plans[which % len(plans)]
        with shared.database.sessions() as session:
            plan = session.scalars(select(Plan).where(Plan.uid == uid)).one_or_none()
        if plan is not None:
            act(shared, move, plan, LOGINS.get(plan.state, "zhengjianguo"))
    check_r53(shared)


def test_r2_two_sessions_submit_and_exactly_one_gets_the_money(database: Database) -> None:
    office = make_office(database)
    fund = office.fund("JH2026410000001", "200000.00")
    plans = []
    for _ in range(4):
        uid = uuid4()
        content = office.content(funds=[(fund, "150000.00")])
        office.do("zhoumin", SavePlan(plan=uid, content=content))
        plans.append(uid)

    def submit(uid: UUID) -> str:
        try:
            office.do("zhoumin", SubmitPlan(plan=uid, seen_version=1))
        except AppError as fault:
            return str(fault)
        return "submitted"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(submit, plans))
    assert answers.count("submitted") == 1
    assert all("现可用 50,000.00 元" in each for each in answers if each != "submitted")
    assert str(office.balance(fund).in_transit) == "150000.00"
    with database.sessions() as session:
        assert session.scalar(select(func.count()).select_from(FundPlan)) == 1
    check_r53(office)


def test_r21_two_last_steps_at_once_get_two_numbers(database: Database) -> None:
    office = make_office(database)
    plans = []
    for _ in range(4):
        uid = uuid4()
        office.do("zhoumin", SavePlan(plan=uid, content=office.content(own="10.00")))
        office.do("zhoumin", SubmitPlan(plan=uid, seen_version=1))
        plans.append(uid)

    def approve(uid: UUID) -> str:
        return str(
            office.do("zhengjianguo", ApprovePlan(plan=uid, seen_version=2)).result["number"]
        )

    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(pool.map(approve, plans))
    assert numbers == [f"豫财询价采购-2026-{n}" for n in (1, 2, 3, 4)]
