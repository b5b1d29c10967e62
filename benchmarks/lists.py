"""Lists at a million rows: pages against raw cursors, search, counts, and the list's memory.

Run: ``python -m benchmarks.lists [rows]``; prints ratios taken side by side in one run.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from govproc_desktop.domain.permissions import Actor, Scope
from govproc_desktop.models import schema
from govproc_desktop.models.engine import Database, sqlite_url
from govproc_desktop.queries import listing
from govproc_desktop.queries.listing import Criterion, ListSpec, Order, statements
from govproc_desktop.queries.plans import PLAN_QUERY
from govproc_desktop.queries.registry import Reader

ROUNDS = 200
SECONDS = 6.0
NAMES = (
    "办公设备",
    "科研仪器",
    "智慧温室",
    "核磁共振",
    "物业服务",
    "土壤检测",
    "种质资源",
    "信息系统",
)
STATES = (
    "draft",
    "internal_review",
    "filed",
    "filed",
    "filed",
    "returned",
    "filed",
    "finance_review",
)


def build(path: Path, rows: int) -> Database:
    database = Database(sqlite_url(path))
    schema.upgrade(database)
    connection = database.engine.raw_connection()
    cursor: Any = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.execute("BEGIN")
    unit = "INSERT INTO unit (id,uid,row_version,code,name,kind,region_code,budget_level,"
    unit += "business_office,contact,phone,filing_mode,initials,stopped)"
    unit += " VALUES (?,?,1,?,?,'budget','410000',2,'','','','at_once','',0)"
    cursor.executemany(
        unit, ((n, str(UUID(int=n)), f"{n:06d}", f"河南省第{n}研究所") for n in range(1, 2001))
    )
    columns = [column.name for column in PLAN_TABLE.columns]
    text = f"INSERT INTO plan ({','.join(columns)}) VALUES ({','.join('?' * len(columns))})"
    cursor.executemany(text, (plan(n, columns) for n in range(1, rows + 1)))
    cursor.execute("COMMIT")
    cursor.execute("ANALYZE")
    connection.close()
    return database


def plan(n: int, columns: list[str]) -> tuple[Any, ...]:
    name = f"{NAMES[n % 8]}采购{n}"
    state = STATES[n % 8]
    known: dict[str, Any] = {
        "id": n,
        "uid": str(UUID(int=n)),
        "row_version": 1,
        "unit_id": n % 2000 + 1,
        "state": state,
        "state_since": "2026-11-01T09:00:00",
        "author_person": 1,
        "editor_person": 1,
        "author_name": "周敏",
        "number": f"豫财招标采购-2026-{n}" if state == "filed" else None,
        "filed_on": "2026-10-01" if state == "filed" else None,
        "created_at": "2026-11-01T09:00:00",
        "saved_at": "2026-11-01T09:00:00",
        "title": name,
        "year": 2020 + n % 7,
        "applied_on": (date(2020, 1, 1) + timedelta(days=n * 7919 % 2500)).isoformat(),
        "expected_on": None,
        "total": n * 37 % 900_000_000,
        "method": ("XJ", "GKZB", "JZCS")[n % 3],
        "search_text": f"{name} cg{n}",
    }
    numbers = ("step_count", "submitted_version", "is_import", "department_review", "midterm")
    numbers += ("urgent", "sme_percent", "fiscal", "own")
    return tuple(known.get(each, 0 if each in numbers else "") for each in columns)


PLAN_TABLE: Any = None


def paired(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float, float]:
    """Return median milliseconds of both and the median of the paired ratios, A B A B."""
    first, second = [], []
    ends = time.perf_counter() + SECONDS
    for _round in range(ROUNDS):
        start = time.perf_counter()
        if start > ends:
            break
        one()
        middle = time.perf_counter()
        other()
        first.append(middle - start)
        second.append(time.perf_counter() - middle)
    ratios = [a / b for a, b in zip(first, second, strict=True)]
    middle_of = statistics.median
    return middle_of(first) * 1000, middle_of(second) * 1000, middle_of(ratios)


def once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def actor() -> Actor:
    return Actor(
        operator_id=1,
        operator_uid=UUID(int=1),
        login="bench",
        person_id=1,
        person_name="bench",
        post="",
        unit_id=1,
        unit_uid=UUID(int=1),
        unit_code="",
        unit_name="",
        unit_kind="finance",
        region_code="",
        internal_mark=False,
        permissions=frozenset({"plan.view"}),
        scope=Scope(everything=True),
    )


def raw_page(cursor: Any, spec: ListSpec, *, ids_first: bool) -> Callable[[int], list[Any]]:
    asked = statements.ask(PLAN_QUERY, spec, Scope(everything=True), sqlite=True)
    text = statements.page_sql(asked.shape, ids_first=ids_first, backwards=False)

    def read(offset: int) -> list[Any]:
        rows: list[Any] = cursor.execute(text, (*asked.values, 64, offset)).fetchall()
        return rows

    return read


def main() -> None:
    global PLAN_TABLE
    from govproc_desktop.models import Plan

    PLAN_TABLE = Plan.__table__
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        database = build(Path(folder) / "lists.sqlite3", rows)
        print(f"built {rows:,} plans in {time.perf_counter() - start:.0f} s")
        measure(database)
        memory(database, rows)
        database.close()


def measure(database: Database) -> None:
    from pysqlite3 import dbapi2

    reader = Reader(database, actor(), datetime(2026, 11, 23, 9, 0))
    cursor = dbapi2.connect(str(database.path)).cursor()
    filed = ListSpec(filters=(Criterion(name="state", values=("filed",)),))
    biggest = ListSpec(order=(Order(field="total", descending=True),))
    for title, spec in (
        ("all, newest application first", ListSpec()),
        ("state = filed, newest application first", filed),
        ("largest amount first", biggest),
    ):
        pages(reader, cursor, spec, title)
    for title, spec in (
        ("count all", ListSpec()),
        ("count filed", filed),
        ("count 核磁", ListSpec(search="核磁")),
        ("count cg77777", ListSpec(search="cg77777")),
    ):
        print(f"{title:18} {once(lambda s=spec: listing.count(reader, PLAN_QUERY, s)):8.1f} ms")
    by_title = ListSpec(order=(Order(field="title"),))
    for title, work in (
        ("sums of all", lambda: listing.totals(reader, PLAN_QUERY, ListSpec())),
        ("unindexed order", lambda: listing.page(reader, PLAN_QUERY, by_title)),
        ("search 核磁", lambda: listing.page(reader, PLAN_QUERY, ListSpec(search="核磁"))),
        ("search cg77777", lambda: listing.page(reader, PLAN_QUERY, ListSpec(search="cg77777"))),
        ("all keys", lambda: listing.ids(reader, PLAN_QUERY, ListSpec())),
    ):
        print(f"{title:18} {once(work):8.1f} ms")


def pages(reader: Reader, cursor: Any, spec: ListSpec, title: str) -> None:
    raw = raw_page(cursor, spec, ids_first=False)
    a, b, ratio = paired(lambda: listing.page(reader, PLAN_QUERY, spec), lambda: raw(0))
    print(f"first page   {a:7.3f} ms  raw {b:7.3f} ms  ratio {ratio:.2f}   {title}")
    count = listing.count(reader, PLAN_QUERY, spec)
    covering = raw_page(cursor, spec, ids_first=True)
    some = random.Random(7)
    offset = 0

    def ours() -> None:
        nonlocal offset
        offset = some.randrange(count - 64)
        listing.page(reader, PLAN_QUERY, spec, offset=offset, known=count)

    a, b, ratio = paired(ours, lambda: covering(offset))
    print(f"random page  {a:7.3f} ms  raw {b:7.3f} ms  ratio {ratio:.2f}   {title}", flush=True)


def memory(database: Database, rows: int) -> None:
    from PySide6.QtWidgets import QApplication

    from govproc_desktop.services.context import Context
    from govproc_desktop.views.kit.asking import CannedAsker
    from govproc_desktop.views.kit.desk import Desk
    from govproc_desktop.views.kit.list_model import SqlListModel
    from govproc_desktop.views.kit.notices import Notices
    from govproc_desktop.views.kit.tasks import Tasks
    from govproc_desktop.views.plan_management.plan_query import plan_query_window

    app = QApplication.instance() or QApplication([])
    tasks = Tasks()
    context = Context(database=database, actor=actor(), clock=lambda: datetime(2026, 11, 23, 9, 0))
    desk = Desk(context, tasks, Notices(), CannedAsker())
    window = plan_query_window(desk)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    model = SqlListModel(desk, window.query)
    model.set_columns(window.columns)
    start = time.perf_counter()
    model.load(ListSpec())
    tasks.wait(60_000)
    print(f"first rows + count + sums shown in {(time.perf_counter() - start) * 1000:.0f} ms")
    some = random.Random(11)
    for _each in range(400):
        model.line(some.randrange(rows))
        app.processEvents()
        tasks.wait(10_000)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory of the list after 400 random pages: {(after - before) / 1024:.1f} MB")
    tasks.close()


if __name__ == "__main__":
    main()
