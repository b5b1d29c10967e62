"""The database itself refuses what the program should never ask for, on both engines."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from govproc_desktop.models.engine import PRAGMAS, Database
from govproc_desktop.models.kernel import FACTS
from tests.models.kernel_ground import (
    content_digest,
    draft,
    filed,
    person_id,
    small_office,
    submitted,
)
from tests.office import Office


@pytest.fixture
def office(database: Database) -> Office:
    return small_office(database)


def write(database: Database, statement: str, **params: Any) -> None:
    with database.writing() as session:
        session.execute(text(statement), params)
        session.commit()


def refused(database: Database, statement: str, words: str, **params: Any) -> None:
    """The statement raises with these words and leaves every row as it was."""
    before = content_digest(database)
    with pytest.raises(DBAPIError, match=words):
        write(database, statement, **params)
    database.close()  # a commit that failed leaves its pooled connection inside the transaction
    assert content_digest(database) == before


def row_of(database: Database, sql: str) -> Any:
    with database.reading() as connection:
        return connection.execute(text(sql)).one()


@pytest.mark.parametrize("table", FACTS)
def test_facts_are_never_changed_or_deleted(office: Office, table: str) -> None:
    filed(office, office.fund("JH-1", "5000.00"))
    column = {"journal": "login", "number_issued": "number", "document_version": "body"}.get(
        table, "command_uid"
    )
    assert row_of(office.database, f"SELECT count(*) AS n FROM {table}").n > 0
    refused(office.database, f"UPDATE {table} SET {column} = {column}", "E_APPEND_ONLY")
    refused(office.database, f"DELETE FROM {table}", "E_APPEND_ONLY")
    if not office.database.is_sqlite:
        refused(office.database, f"TRUNCATE {table} CASCADE", "E_APPEND_ONLY")


def test_replacing_a_fact_does_not_slip_past_the_delete_trigger(sqlite_database: Database) -> None:
    office = small_office(sqlite_database)
    filed(office, office.fund("JH-1", "5000.00"))
    refused(
        sqlite_database,
        "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE id = 1",
        "E_APPEND_ONLY",
    )


def test_a_state_is_never_set_by_hand(office: Office) -> None:
    filed(office, office.fund("JH-1", "5000.00"))
    refused(office.database, "UPDATE plan SET state = 'draft'", "E_STATE_BY_HAND")
    refused(office.database, "UPDATE plan SET state = 'void', title = 'x'", "E_STATE_BY_HAND")


def test_a_document_with_steps_is_never_deleted(office: Office) -> None:
    submitted(office, office.fund("JH-1", "5000.00"))
    refused(office.database, "DELETE FROM plan", "E_KEEP|FOREIGN KEY|foreign key")


INSERT_STEP = (
    "INSERT INTO step_taken (uid, doc_kind, doc_uid, seq, action, source, target, person_id,"
    " person_name, login, post, unit_name, opinion, pins, doc_version, at, command_uid) VALUES"
    " (:uid, 'plan', :doc, :seq, :action, :source, :target, :person, 'x', 'x', '', '', '', '[]',"
    " 1, '2026-11-23T09:00:00', :command)"
)


def step(office: Office, doc: UUID, person: str, action: str, move: str) -> dict[str, Any]:
    source, _arrow, target = move.partition(">")
    known = row_of(office.database, "SELECT max(command_uid) AS uid FROM journal").uid
    return {
        "uid": str(uuid4()), "doc": str(doc), "seq": 9, "action": action, "source": source,
        "target": target, "person": person_id(office, person), "command": known,
    }  # fmt: skip


def test_r15_the_database_refuses_the_author_as_reviewer(office: Office) -> None:
    doc = submitted(office, office.fund("JH-1", "5000.00"))
    params = step(office, doc, "zhoumin", "approve", "internal_review>filed")
    refused(office.database, INSERT_STEP, "E_SELF_REVIEW", **params)
    params = step(office, doc, "zhoumin", "return", "internal_review>returned")
    refused(office.database, INSERT_STEP, "E_SELF_REVIEW", **params)


def test_r15_the_second_account_of_the_author_is_refused_too(office: Office) -> None:
    doc = submitted(office, office.fund("JH-1", "5000.00"))
    office.operator(
        "zhoumin2", "周敏", "institute", ("plan.review_internal",), internal_mark=True,
        person="zhoumin",
    )  # fmt: skip
    params = step(office, doc, "zhoumin2", "approve", "internal_review>filed")
    refused(office.database, INSERT_STEP, "E_SELF_REVIEW", **params)


def test_r15_the_last_editor_is_refused_too(office: Office) -> None:
    doc = submitted(office, office.fund("JH-1", "5000.00"))
    who = person_id(office, "zhengjianguo")
    write(office.database, "UPDATE plan SET editor_person = :who", who=who)
    params = step(office, doc, "zhengjianguo", "approve", "internal_review>filed")
    refused(office.database, INSERT_STEP, "E_SELF_REVIEW", **params)


@pytest.mark.parametrize(
    ("action", "move"),
    [
        ("approve", "draft>filed"),  # no such step
        ("submit", "draft>finance_approval"),  # skips the finance reviewer
        ("approve", "internal_review>void"),
        ("invent", "internal_review>filed"),
    ],
)
def test_a_step_that_the_table_lacks_is_refused(office: Office, action: str, move: str) -> None:
    doc = submitted(office, office.fund("JH-1", "5000.00"))
    params = step(office, doc, "zhengjianguo", action, move)
    refused(office.database, INSERT_STEP, "E_STEP_UNKNOWN", **params)


def test_a_step_from_a_state_the_document_is_not_in_is_refused(office: Office) -> None:
    doc = filed(office, office.fund("JH-1", "5000.00"))
    params = step(office, doc, "zhengjianguo", "approve", "internal_review>filed")
    refused(office.database, INSERT_STEP, "E_STEP_STATE", **params)
    params = step(office, uuid4(), "zhengjianguo", "approve", "internal_review>filed")
    refused(office.database, INSERT_STEP, "E_STEP_STATE", **params)


INSERT_MONEY = (
    "INSERT INTO ledger_entry (uid, fund_plan_id, account, kind, fen, on_day, at, doc_kind,"
    " doc_uid, person_name, command_uid) VALUES (:uid, :fund, :account, 'x', :fen, '2026-11-23',"
    " '2026-11-23T09:00:00', 'plan', :uid, 'x', :command)"
)


@pytest.mark.parametrize(
    ("account", "fen", "words"),
    [
        ("in_transit", 400_001, "ck_fund_balance_available"),  # 5,000 − 1,000 filed, one fen over
        ("filed", 400_001, "ck_fund_balance_available"),
        ("in_transit", -1, "ck_fund_balance_not_negative"),
        ("contracted", 100_001, "ck_fund_balance_contracted"),
        ("requested", 1, "ck_fund_balance_requested"),
        ("paid", 1, "ck_fund_balance_paid"),
        ("amount", -400_001, "ck_fund_balance_available"),  # 调减 below what is used
        ("in_transit", 0, "ck_ledger_entry_moves"),
        ("pocket", 1, "ck_ledger_entry_account"),
    ],
)
def test_r53_the_checks_refuse_an_over_draw(
    office: Office, account: str, fen: int, words: str
) -> None:
    filed(office, office.fund("JH-1", "5000.00"))
    known = row_of(office.database, "SELECT max(command_uid) AS uid FROM journal").uid
    fund = row_of(office.database, "SELECT id FROM fund_plan").id
    refused(
        office.database, INSERT_MONEY, words,
        uid=str(uuid4()), fund=fund, account=account, fen=fen, command=known,
    )  # fmt: skip


def test_the_last_fen_may_be_drawn(office: Office) -> None:
    fund = office.fund("JH-1", "5000.00")
    filed(office, fund)
    known = row_of(office.database, "SELECT max(command_uid) AS uid FROM journal").uid
    write(
        office.database, INSERT_MONEY,
        uid=str(uuid4()), fund=row_of(office.database, "SELECT id FROM fund_plan").id,
        account="in_transit", fen=400_000, command=known,
    )  # fmt: skip
    balance = office.balance(fund)
    assert balance.filed + balance.in_transit == balance.amount


def test_a_fact_needs_a_journal_row_at_commit(office: Office) -> None:
    filed(office, office.fund("JH-1", "5000.00"))
    refused(
        office.database, INSERT_MONEY, "(?i)foreign key",
        uid=str(uuid4()), fund=row_of(office.database, "SELECT id FROM fund_plan").id,
        account="in_transit", fen=1, command=str(uuid4()),
    )  # fmt: skip


def test_foreign_keys_hold(office: Office) -> None:
    draft(office, office.fund("JH-1", "5000.00"))
    refused(office.database, "UPDATE plan SET unit_id = 999", "(?i)foreign key")
    refused(office.database, "DELETE FROM unit WHERE code = '101001'", "(?i)foreign key")


def test_a_filed_plan_must_carry_a_number(office: Office) -> None:
    filed(office, office.fund("JH-1", "5000.00"))
    refused(office.database, "UPDATE plan SET number = NULL", "ck_plan_numbered")


def test_pragmas_are_read_back(sqlite_database: Database) -> None:
    with sqlite_database.reading() as connection:
        for name, value in PRAGMAS.items():
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value
        version = connection.exec_driver_sql("SELECT sqlite_version()").scalar()
    assert tuple(map(int, str(version).split("."))) >= (3, 51, 3)


def test_tables_are_strict(sqlite_database: Database) -> None:
    with sqlite_database.reading() as connection:
        loose = connection.execute(
            text(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0"
                " AND name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'"
            )
        ).scalars()
        assert list(loose) == []


def test_a_moment_reads_back_to_the_second(office: Office) -> None:
    doc = draft(office, office.fund("JH-1", "5000.00"))
    assert office.plan(doc).created_at == office.clock.now
