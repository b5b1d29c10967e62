"""How long it takes to save a plan with 3 funds and 10 lines, beside the same rows in raw SQL.

``python -m benchmarks.save`` prints the median of each and their ratio; both write durably
(TRUNCATE, FULL) to a file in a temporary folder.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

os.environ.setdefault("GOVPROC_CHEAP_HASH", "1")

from govproc_desktop.models import schema
from govproc_desktop.models.engine import PRAGMAS, Database, sqlite_url
from govproc_desktop.services.command import run
from govproc_desktop.services.plans import SavePlan
from tests.office import Office, item, make_office

ROUNDS = 200


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "office.sqlite3"))
        schema.upgrade(database)
        raw = Raw(Path(folder) / "raw.sqlite3")
        times = measure(make_office(database), raw)
        raw.connection.close()
        database.close()
    first, again, peer = (statistics.median(each) * 1000 for each in times)
    print(f"save a new plan     {first:6.2f} ms   ratio to raw SQL {first / peer:4.1f}")
    print(f"save it once more   {again:6.2f} ms   ratio to raw SQL {again / peer:4.1f}")
    print(f"raw SQL, same rows  {peer:6.2f} ms")


def measure(office: Office, raw: Raw) -> tuple[list[float], list[float], list[float]]:
    """Return the times of a first save, a save with one changed line, and the raw rows."""
    funds = [office.fund(f"JH202641000000{n}", "5000000.00") for n in range(3)]
    context = office.context("zhoumin")
    times: tuple[list[float], list[float], list[float]] = ([], [], [])
    for _ in range(ROUNDS):
        lines = [item("1000", name=f"交换机 {n}") for n in range(10)]
        content = office.content(funds=[(fund, "1000.00") for fund in funds], items=lines)
        uid = uuid4()
        changed = replace(content, items=(replace(lines[0], name="路由器"), *lines[1:]))
        save = SavePlan(plan=uid, content=content)
        again = SavePlan(plan=uid, content=changed, seen_version=1)
        # One of each in turn, so that all three meet the same disk.
        times[0].append(timed(lambda save=save: run(save, context)))
        times[1].append(timed(lambda again=again: run(again, context)))
        times[2].append(timed(raw.save))
    return times


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


class Raw:
    """The peer: one head, 13 lines and a journal row inserted by hand, just as durably."""

    def __init__(self, path: Path) -> None:
        from pysqlite3 import dbapi2

        self.connection = dbapi2.connect(str(path), isolation_level=None)
        for name, value in PRAGMAS.items():
            self.connection.execute(f"PRAGMA {name}={value}")
        columns = ", ".join(f"c{n} TEXT" for n in range(20))
        for table in ("plan", "fund", "item", "journal"):
            self.connection.execute(
                f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {columns}) STRICT"
            )

    def save(self) -> None:
        names = ", ".join(f"c{n}" for n in range(20))
        marks = ", ".join("?" * 20)
        row = ["一段不长的文字"] * 20
        self.connection.execute("BEGIN IMMEDIATE")
        for table, count in (("plan", 1), ("fund", 3), ("item", 10), ("journal", 1)):
            statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"
            self.connection.executemany(statement, [row] * count)
        self.connection.execute("COMMIT")


if __name__ == "__main__":
    main()
