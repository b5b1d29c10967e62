"""P5, P6: Σ committed ≤ available whatever many clerks do at once, and nothing happens twice."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from govproc_desktop.models.engine import Database
from govproc_desktop.services import maintenance
from govproc_desktop.services.command import run
from tests.faults.acts import desk_of, uid_of
from tests.faults.conftest import MakeUrl, Size
from tests.faults.nursery_client import Nursery

pytestmark = [pytest.mark.faults, pytest.mark.slow]

TRIES = 10_000
"""On each engine: 20,000 in all."""

RIVALS = {"sqlite": 6, "postgresql": 32}
ENGINES = pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)]
)


def sound(database: Database) -> None:
    """Assert that heads are the sums of the facts, R53 holds, and the chain is whole."""
    report = maintenance.verify(database)
    assert [finding.sentence() for finding in report.findings] == []


def over(database: Database) -> int:
    """Return the fen that are committed beyond what fund plans have, from the facts alone."""
    with database.reading() as connection:
        found = connection.execute(
            text(
                "SELECT COALESCE(SUM(o), 0) FROM (SELECT SUM(CASE WHEN account = 'amount' THEN -fen"
                " WHEN account IN ('in_transit', 'filed') THEN fen ELSE 0 END) AS o"
                " FROM ledger_entry GROUP BY fund_plan_id) s WHERE o > 0"
            )
        ).scalar()
    return int(found or 0)


@ENGINES
@pytest.mark.timeout(0)
def test_p5_racing_clerks_never_commit_more_than_there_is(
    engine: str, nursery: Nursery, fresh: MakeUrl, tmp_path: Path, size: Size
) -> None:
    url, rivals = fresh(engine), RIVALS[engine]
    tries = -(-size.of(TRIES) // rivals)
    args: dict[str, Any] = {"seed": 5, "rivals": rivals, "tries": tries, "folder": str(tmp_path)}
    assert nursery.run("tests.faults.rivals:save_plans", url, args) == [0]
    args["start"] = time.time() + 0.3
    started = time.monotonic()
    codes = nursery.run(
        "tests.faults.rivals:race", url, args, children=rivals, timeout=3600 * size.factor + 120
    )
    took = time.monotonic() - started
    assert codes == [0] * rivals
    seen = [json.loads(each.read_text()) for each in tmp_path.glob("rival-*.json")]
    counts: Counter[str] = sum((Counter(each["codes"]) for each in seen), Counter())
    done = sum(count for name, count in counts.items() if name.endswith("done"))
    print(f"\n{engine}: {rivals} rivals, {counts.total()} tries, {done} done, {took:.0f} s")  # noqa: T201
    print(dict(counts.most_common()))  # noqa: T201
    database = Database(url)
    try:
        assert [bug for each in seen for bug in each["bugs"]] == []
        assert counts.total() == tries * rivals
        assert over(database) == 0
        sound(database)
    finally:
        database.close()
    assert counts["submit R1"] > counts.total() // 100, "nobody lost: that was no race"
    assert counts["submit done"] > counts.total() // 20, "nobody won"
    assert any(each["sentences"] for each in seen)


@pytest.mark.pg
def test_p5_the_harness_sees_sum_check_insert_over_commit(pg_server: str) -> None:
    """The control: what peers do, on a scratch table, takes more than there is."""
    with psycopg.connect(pg_server, autocommit=True) as admin:
        admin.execute("CREATE TABLE IF NOT EXISTS scratch_naive (fen bigint NOT NULL)")
        spent = 0
        for _round in range(40):
            admin.execute("TRUNCATE scratch_naive")
            _naive_round(pg_server)
            row = admin.execute("SELECT SUM(fen) FROM scratch_naive").fetchone()
            assert row is not None
            spent = int(row[0])
            if spent > 10_000:
                break
        admin.execute("DROP TABLE scratch_naive")
    assert spent > 10_000, "40 rounds of 16 clerks never over-committed: the race is no race"


def _naive_round(server: str) -> None:
    ready = threading.Barrier(16)

    def clerk() -> None:
        with psycopg.connect(server, autocommit=True) as connection:
            ready.wait()
            for _try in range(20):
                with connection.transaction():
                    row = connection.execute(
                        "SELECT COALESCE(SUM(fen), 0) FROM scratch_naive"
                    ).fetchone()
                    if row is not None and row[0] + 700 <= 10_000:
                        connection.execute("INSERT INTO scratch_naive VALUES (700)")

    clerks = [threading.Thread(target=clerk) for _at in range(16)]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join()


@ENGINES
@pytest.mark.timeout(0)
def test_p6_the_same_command_from_two_processes_has_one_effect(
    engine: str, nursery: Nursery, fresh: MakeUrl, tmp_path: Path, size: Size
) -> None:
    url = fresh(engine)
    database = Database(url)
    desk = desk_of(database)
    pairs = max(6, size.of(60))
    plans = [uid_of("twice", at) for at in range(pairs)]
    for plan in plans:
        run(desk.save(plan, ((0, 12_345),)), desk.people["zhoumin"])
    before = _journal(database)
    start = time.time() + 0.3
    args = {
        "plans": [str(plan) for plan in plans],
        "moments": [start + at * 0.1 for at in range(pairs)],
        "folder": str(tmp_path),
    }
    assert nursery.run("tests.faults.rivals:same_uid", url, args, children=2) == [0, 0]
    one, two = (json.loads((tmp_path / f"same-{at}.json").read_text()) for at in (0, 1))
    for (result, duplicate, fault), (other, again, late) in zip(one, two, strict=True):
        assert (fault, late) == ("", "")
        assert result == other
        assert result["state"] == "internal_review"
        assert duplicate != again
    assert _journal(database) == before + pairs
    with database.reading() as connection:
        held = connection.execute(text("SELECT SUM(in_transit) FROM fund_balance")).scalar()
    assert int(held or 0) == pairs * 12_345
    sound(database)
    database.close()


@pytest.mark.pg
@pytest.mark.timeout(0)
def test_p6_cut_connections_double_and_lose_nothing(
    nursery: Nursery, fresh: MakeUrl, tmp_path: Path, size: Size
) -> None:
    """Backends are ended under four clerks, who send the same command again until answered."""
    url = fresh("postgresql")
    stop, cuts = threading.Event(), [0]

    def cutter() -> None:
        with psycopg.connect(url, autocommit=True, application_name="cutter") as admin:
            while not stop.wait(0.05):
                row = admin.execute(
                    "SELECT COUNT(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity"
                    " WHERE datname = current_database() AND application_name = 'govproc-desktop'"
                    " ORDER BY random() LIMIT 1) victims"
                ).fetchone()
                cuts[0] += int(row[0]) if row else 0

    thread = threading.Thread(target=cutter)
    args: dict[str, Any] = {"seed": 6, "tries": size.of(200), "folder": str(tmp_path)}
    database = Database(url)
    before = _journal(database)
    database.close()
    nursery.run("tests.faults.rivals:idle", url, {})
    thread.start()
    try:
        codes = nursery.run("tests.faults.rivals:stubborn", url, args, children=4)
    finally:
        stop.set()
        thread.join()
    assert codes == [0, 0, 0, 0]
    said = [json.loads(each.read_text()) for each in tmp_path.glob("stubborn-*.json")]
    uids = [uid for each in said for uid in each["uids"]]
    lost = sum(each["lost"] for each in said)
    print(f"\n{cuts[0]} cuts, {len(uids)} commands, {lost} answers lost")  # noqa: T201
    assert [bug for each in said for bug in each["bugs"]] == []
    assert len(uids) == 4 * size.of(200)
    assert cuts[0] > 0
    database = Database(url)
    with database.reading() as connection:
        found = connection.execute(text("SELECT command_uid FROM journal")).scalars().all()
    assert len(found) == before + len(uids)
    assert set(uids) <= set(found)
    sound(database)
    database.close()


def _journal(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(text("SELECT COUNT(*) FROM journal")).scalar() or 0)
