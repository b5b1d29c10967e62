"""A filed plan written fact by fact, for tests of the kernel, the verifier and the backup."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, text

from govproc_desktop.domain.plan.flow import PLAN_FLOW
from govproc_desktop.models import (
    Base,
    DocumentVersion,
    FundPlan,
    NumberCounter,
    NumberIssued,
    Operator,
    Plan,
    PlanFund,
    PlanItem,
    Task,
)
from govproc_desktop.models.engine import Database
from govproc_desktop.models.facts import digest
from govproc_desktop.services import journal, wire
from govproc_desktop.services.plan_facts import content_of
from govproc_desktop.services.transaction import Movement, Tx
from tests.office import PEOPLE, UNITS, Office

AMOUNT = Decimal("1000.00")


def small_office(database: Database) -> Office:
    """The people of the test office without its reference tables: the kernel needs none."""
    office = Office(database)
    for key in UNITS:
        office.set_unit(key)
    for login, (name, unit, post_, permissions, mark) in PEOPLE.items():
        office.operator(login, name, unit, permissions, post=post_, internal_mark=mark)
    return office


def through_the_journal(office: Office, login: str, name: str, work: Callable[[Tx], Any]) -> Any:
    """Run work as the door would: facts first, the journal row last, then commit."""
    context = office.context(login)
    with office.database.writing() as session:
        tx = Tx(session=session, context=context, actor=context.actor, uid=uuid4())
        made = work(tx)
        session.flush()
        journal.append(tx, name, journal.Body("{}", digest(name)), {})
        session.commit()
    return made


def draft(office: Office, fund: UUID, amount: Decimal = AMOUNT) -> UUID:
    """A draft that draws on the fund plan."""

    def work(tx: Tx) -> UUID:
        person = tx.actor.person_id
        found = tx.session.scalars(select(FundPlan).where(FundPlan.uid == fund)).one()
        plan = Plan(
            uid=uuid4(),
            unit_id=tx.actor.unit_id,
            state_since=tx.now,
            author_person=person,
            editor_person=person,
            author_name=tx.actor.person_name,
            created_at=tx.now,
            saved_at=tx.now,
            title="交换机采购",
            year=2026,
            total=amount,
            fiscal=amount,
        )
        plan.funds.append(
            PlanFund(
                uid=uuid4(), position=0, kind="fund_plan", fund_plan_id=found.id, amount=amount
            )
        )
        plan.items.append(
            PlanItem(uid=uuid4(), position=0, catalog_version="2013", subtotal=amount)
        )
        tx.session.add(plan)
        return plan.uid

    uid: UUID = through_the_journal(office, "zhoumin", "plan.save", work)
    return uid


def submitted(office: Office, fund: UUID, amount: Decimal = AMOUNT) -> UUID:
    """A plan under internal review, its money in transit."""
    uid = draft(office, fund, amount)

    def work(tx: Tx) -> None:
        plan = tx.get(Plan, uid)
        post(tx, plan, ("in_transit", "submit", amount))
        plan.submitted_version = 1
        body = wire.canonical({"content": content_of(tx.session, plan)})
        tx.fact(
            DocumentVersion(
                doc_kind="plan", doc_uid=uid, version=1, body=body, hash=digest(body), at=tx.now,
                command_uid=tx.uid,
            )
        )  # fmt: skip
        take(tx, plan, "submit", "internal_review")
        tx.session.add(
            Task(
                uid=uuid4(), doc_kind="plan", doc_uid=uid, state="internal_review",
                actor_unit_id=plan.unit_id, unit_id=plan.unit_id, title=plan.title, amount=amount,
                opened_at=tx.now,
            )
        )  # fmt: skip

    through_the_journal(office, "zhoumin", "plan.submit", work)
    return uid


def filed(office: Office, fund: UUID, amount: Decimal = AMOUNT) -> UUID:
    """A plan that internal review filed, with its number."""
    uid = submitted(office, fund, amount)

    def work(tx: Tx) -> None:
        plan = tx.get(Plan, uid)
        post(tx, plan, ("in_transit", "file", -amount), ("filed", "file", amount))
        counter = tx.session.get(NumberCounter, "410000-XJ-2026")
        if counter is None:
            counter = NumberCounter(series="410000-XJ-2026", last=0)
            tx.session.add(counter)
        counter.last += 1
        plan.number = f"豫财询价采购-2026-{counter.last}"
        plan.filed_on = tx.today
        tx.fact(
            NumberIssued(
                number=plan.number, series=counter.series, seq=counter.last, doc_kind="plan",
                doc_uid=uid, at=tx.now, command_uid=tx.uid,
            )
        )  # fmt: skip
        take(tx, plan, "approve", "filed")
        task = tx.session.scalars(select(Task).where(Task.doc_uid == uid)).one()
        task.closed_at, task.closed_by = tx.now, tx.actor.person_name

    through_the_journal(office, "zhengjianguo", "plan.approve", work)
    return uid


def post(tx: Tx, plan: Plan, *moves: tuple[str, str, Decimal]) -> None:
    fund_id = plan.funds[0].fund_plan_id
    assert fund_id is not None
    tx.lock_funds([fund_id])
    tx.post(
        [Movement(fund_plan_id=fund_id, account=a, kind=k, amount=much) for a, k, much in moves],
        doc_kind="plan",
        doc_uid=plan.uid,
    )


def take(tx: Tx, plan: Plan, action: str, target: str) -> None:
    step = PLAN_FLOW.find(action, source=plan.state, target=target)
    assert step is not None
    tx.step(PLAN_FLOW, plan, step)


def content_digest(database: Database) -> str:
    """One hash over every row of every table: equal before and after means nothing happened."""
    made = hashlib.sha256()
    with database.reading() as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(text(f"SELECT * FROM {table.name}")).all()
            for row in sorted(map(repr, rows)):
                made.update(f"{table.name} {row}\n".encode())
    return made.hexdigest()


def person_id(office: Office, login: str) -> int:
    with office.database.sessions() as session:
        return session.scalars(select(Operator.person_id).where(Operator.login == login)).one()


def behind_the_back(database: Database, *statements: str) -> None:
    """Change rows as somebody with a database tool would: triggers, keys and CHECKs off."""
    if database.path is not None:
        _in_the_file(database.path, statements)
        return
    with database.engine.connect() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for statement in statements:
            done = connection.execute(text(statement))
            assert done.rowcount, f"changed nothing: {statement}"
        connection.commit()


def _in_the_file(path: Path, statements: tuple[str, ...]) -> None:
    from pysqlite3 import dbapi2

    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("BEGIN")
    kept = connection.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'").fetchall()
    for name, _sql in kept:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount, f"changed nothing: {statement}"
    for _name, sql in kept:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()
