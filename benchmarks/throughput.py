"""Commands a second when 1 and when 32 connections work at once on the same fund plans.

``python -m benchmarks.throughput``; each child saves a plan and submits it, over and over, so
that all of them queue for the same balances and for the head of the same journal.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

os.environ.setdefault("GOVPROC_CHEAP_HASH", "1")

from benchmarks.office import postgresql_office, sqlite_office
from govproc_desktop.models.engine import Database
from govproc_desktop.services.command import run
from tests.faults.acts import desk_of
from tests.faults.nursery_client import Nursery

SECONDS = 8.0


def main() -> None:
    for name, speed in measure(SECONDS).items():
        print(f"{name:30} {speed:7.1f} commands/s")


def measure(seconds: float) -> dict[str, float]:
    """Return commands a second by engine and number of connections."""
    nursery = Nursery()
    made = {}
    try:
        with sqlite_office() as url:
            for count in (1, 8):
                made[f"SQLite, {count} at once"] = _speed(nursery, url, count, seconds)
        with postgresql_office() as url:
            for count in (1, 32):
                made[f"PostgreSQL, {count} at once"] = _speed(nursery, url, count, seconds)
    finally:
        nursery.close()
    return made


def _speed(nursery: Nursery, url: str, count: int, seconds: float) -> float:
    with tempfile.TemporaryDirectory() as folder:
        start = time.time() + 0.3 + count * 0.05
        args = {"folder": folder, "start": start, "end": start + seconds}
        codes = nursery.run("benchmarks.throughput:work", url, args, children=count)
        if any(codes):
            raise SystemExit(f"a child failed: {codes}")
        done = sum(json.loads(each.read_text()) for each in Path(folder).iterdir())
    return float(done / seconds)


def work(database: Database, args: dict[str, Any]) -> None:
    """Save and submit plans until the end; write down how many commands that were."""
    desk = desk_of(database)
    clerk = desk.people["zhoumin"]
    time.sleep(max(0.0, args["start"] - time.time()))
    done = 0
    while time.time() < args["end"]:
        plan = uuid4()
        run(desk.save(plan, ((0, 100), (1, 100))), clerk)
        login, cmd = desk.act("submit", plan, 1, "draft")
        run(cmd, desk.people[login])
        done += 2
    Path(args["folder"], f"{args['at']}.json").write_text(json.dumps(done))


if __name__ == "__main__":
    main()
