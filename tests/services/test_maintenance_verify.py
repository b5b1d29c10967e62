"""Whatever is changed behind the program's back, ``verify`` says what and where."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.models.engine import Database
from govproc_desktop.services.maintenance import KINDS, Seal, demand_sound, verify
from tests.models.kernel_ground import (
    behind_the_back,
    content_digest,
    draft,
    filed,
    small_office,
    submitted,
)
from tests.office import Office


@pytest.fixture
def office(database: Database) -> Office:
    made = small_office(database)
    fund = made.fund("JH-1", "5000.00")
    filed(made, fund)
    filed(made, fund)
    submitted(made, fund)
    draft(made, fund)
    return made


def broken(office: Office) -> dict[str, str]:
    return {each.kind: each.sentence() for each in verify(office.database).findings}


def test_a_sound_database_verifies_and_is_not_touched(office: Office) -> None:
    before = content_digest(office.database)
    told: list[tuple[int, int]] = []
    report = verify(office.database, progress=lambda done, of: told.append((done, of)))
    assert [each.sentence() for each in report.findings] == []
    assert report.sound
    assert report.counted["ledger_entry"] == 8  # amount, 3 submits, 2 × (release + file)
    assert report.counted["step_taken"] == 5
    assert report.counted["number_issued"] == 2
    assert told[-1] == (report.counted["journal"], report.counted["journal"])
    assert report.seal.seq == report.counted["journal"]
    assert content_digest(office.database) == before


ONE_LEDGER_ROW = "(SELECT min(id) FROM ledger_entry WHERE account = 'filed')"
ONE_STEP = "(SELECT min(id) FROM step_taken WHERE action = 'approve')"

TAMPERING = {
    "ledger amount": (
        f"UPDATE ledger_entry SET fen = fen + 1 WHERE id = {ONE_LEDGER_ROW}",
        {"facts", "balance", "document_money"},
    ),
    "ledger day": (
        f"UPDATE ledger_entry SET on_day = '2020-01-01' WHERE id = {ONE_LEDGER_ROW}",
        {"facts"},
    ),
    "ledger row removed": (
        f"DELETE FROM ledger_entry WHERE id = {ONE_LEDGER_ROW}",
        {"facts", "balance", "document_money"},
    ),
    "balance": ("UPDATE fund_balance SET filed = filed + 1", {"balance"}),
    "journal payload": (
        "UPDATE journal SET payload = '{}' WHERE seq = 3",
        {"chain"},
    ),
    "journal person": ("UPDATE journal SET person_name = '别人' WHERE seq = 3", {"chain"}),
    "journal row removed": (
        "DELETE FROM journal WHERE command = 'plan.approve' AND seq ="
        " (SELECT max(seq) FROM journal WHERE command = 'plan.approve')",
        {"chain", "orphan"},
    ),
    "journal head": ("UPDATE journal_head SET seq = seq + 1", {"chain"}),
    "step opinion": (f"UPDATE step_taken SET opinion = '同意' WHERE id = {ONE_STEP}", {"facts"}),
    "step person": (f"UPDATE step_taken SET person_name = '李四' WHERE id = {ONE_STEP}", {"facts"}),
    "step removed": (f"DELETE FROM step_taken WHERE id = {ONE_STEP}", {"facts", "state"}),
    "title of a filed plan": (
        "UPDATE plan SET title = '打印机采购' WHERE id = (SELECT min(id) FROM plan)",
        {"content"},
    ),
    "name of a line": (
        "UPDATE plan_item SET name = '打印机' WHERE id = (SELECT min(id) FROM plan_item)",
        {"content"},
    ),
    "version text": (
        "UPDATE document_version SET body = '{}' WHERE id = (SELECT min(id) FROM document_version)",
        {"facts", "version", "content"},
    ),
    "state": (
        "UPDATE plan SET state = 'returned' WHERE id = (SELECT max(id) FROM plan)",
        {"state"},
    ),
    "state of a filed plan": (
        "UPDATE plan SET state = 'void' WHERE id = (SELECT min(id) FROM plan)",
        {"state", "document_money"},
    ),
    "number": (
        "UPDATE plan SET number = 'X-1' WHERE id = (SELECT min(id) FROM plan)",
        {"number"},
    ),
    "number removed": (
        "DELETE FROM number_issued WHERE seq = 1",
        {"facts", "number"},
    ),
    "counter": ("UPDATE number_counter SET last = 9", {"number"}),
    "task closed": (
        "UPDATE task SET closed_at = '2026-11-23T10:00:00' WHERE closed_at IS NULL",
        {"task"},
    ),
    "task reopened": (
        "UPDATE task SET closed_at = NULL WHERE id = (SELECT min(id) FROM task)",
        {"task"},
    ),
    "total": (
        "UPDATE plan SET total = total + 1 WHERE id = (SELECT min(id) FROM plan)",
        {"sums"},
    ),
    "item": (
        "UPDATE plan_item SET subtotal = subtotal - 1 WHERE id = (SELECT min(id) FROM plan_item)",
        {"sums", "content"},
    ),
    "draw": (
        "UPDATE plan_fund SET amount = amount - 1 WHERE id = (SELECT min(id) FROM plan_fund)",
        {"sums", "document_money", "content"},
    ),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_found_and_named(office: Office, name: str) -> None:
    statement, kinds = TAMPERING[name]
    behind_the_back(office.database, statement)
    found = broken(office)
    # SQLite's own look at the keys may notice too; PostgreSQL has none to ask.
    assert set(found) - {"reference"} == kinds, found
    assert all(len(sentence) > 8 and "{" not in sentence for sentence in found.values())
    with pytest.raises(Unavailable, match="没有通过核对"):
        demand_sound(office.database)


def test_the_sentence_names_the_fund_plan_and_the_gap(office: Office) -> None:
    behind_the_back(office.database, "UPDATE fund_balance SET filed = filed + 1")
    report = verify(office.database)
    assert report.findings[0].code == "E1008"
    assert (
        report.findings[0].sentence()
        == "用款计划 JH-1 的已备案占用与明细不符（差 0.01 元）。请联系审计管理员。"
    )


def test_r53_a_balance_over_its_limit_is_found(sqlite_database: Database) -> None:
    office = small_office(sqlite_database)
    filed(office, office.fund("JH-1", "5000.00"))
    behind_the_back(sqlite_database, "UPDATE fund_balance SET in_transit = amount")
    assert set(broken(office)) == {"balance", "limits"}


def test_each_kind_is_told_once_with_its_count(office: Office) -> None:
    behind_the_back(office.database, "UPDATE journal SET unit_code = 'x' WHERE seq IN (2, 4, 6)")
    (finding,) = verify(office.database).findings
    assert finding.count == 3
    assert "第 2 条" in finding.sentence()


def test_a_seal_kept_outside_finds_a_cut_tail(office: Office) -> None:
    seal = verify(office.database).seal
    assert verify(office.database, seal=seal).sound
    last = f"(SELECT max(seq) FROM journal) AND {seal.seq} > 0"
    behind_the_back(
        office.database,
        # The draft wrote no fact, so cutting its row leaves no orphan: only a seal can tell.
        f"DELETE FROM journal WHERE seq = {last}",
        "UPDATE journal_head SET seq = seq - 1,"
        " hash = (SELECT j.hash FROM journal j ORDER BY j.seq DESC LIMIT 1)",
    )
    assert verify(office.database).sound
    (finding,) = verify(office.database, seal=seal).findings
    assert finding.kind == "seal"
    assert "少 1 条" in finding.sentence()


def test_a_seal_finds_a_rewritten_chain(office: Office) -> None:
    seal = verify(office.database).seal
    (finding,) = verify(office.database, seal=Seal(seal.seq, "f" * 16)).findings
    assert finding.kind == "seal"
    assert "被改写" in finding.sentence()


def test_a_fact_without_a_journal_row_is_found(office: Office) -> None:
    with office.database.reading() as connection:
        head = connection.execute(text("SELECT min(command_uid) FROM step_taken")).scalar()
    assert head
    behind_the_back(
        office.database,
        f"UPDATE step_taken SET command_uid = 'nobody' WHERE command_uid = '{head}'",
    )
    assert "orphan" in broken(office)


def test_a_changed_attachment_is_found(office: Office) -> None:
    behind_the_back(
        office.database,
        "INSERT INTO file_body (sha256, size, body) VALUES ('" + "0" * 64 + "', 3, CAST('abc' AS "
        + ("BLOB" if office.database.is_sqlite else "bytea")
        + "))",
    )  # fmt: skip
    assert set(broken(office)) == {"file"}


def test_a_reference_to_nothing_is_found(sqlite_database: Database) -> None:
    office = small_office(sqlite_database)
    draft(office, office.fund("JH-1", "5000.00"))
    behind_the_back(sqlite_database, "UPDATE plan_item SET plan_id = 999")
    assert "plan_item" in broken(office)["reference"]


def test_every_kind_has_a_title() -> None:
    assert all(title for title in KINDS.values())
