"""Fork children from one warm process: ``python -m tests.faults.nursery``, jobs on stdin.

A job is one JSON line ``{"work": "module:function", "url", "children", "args", "kill_after"}``;
the nursery opens the database once, so that every child starts with compiled statements, forks,
kills after ``kill_after`` seconds if asked, and answers with the exit codes (−9: killed).
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import time
import traceback
from typing import Any

os.environ.setdefault("GOVPROC_CHEAP_HASH", "1")

from govproc_desktop.models.engine import Database
from tests.faults import warming

_open: dict[str, Database] = {}


def _database(url: str) -> Database:
    if url not in _open:
        while len(_open) > 4:
            _open.pop(next(iter(_open))).close()
        _open[url] = Database(url)
        warming.warm(_open[url])
    _open[url].engine.dispose()
    return _open[url]


def _child(job: dict[str, Any], database: Database, at: int) -> int:
    try:
        module, name = job["work"].split(":")
        work = getattr(importlib.import_module(module), name)
        work(database, {**job["args"], "at": at})
    except BaseException:  # noqa: BLE001 - the child's whole life ends here
        sys.stderr.write(traceback.format_exc())
        sys.stderr.flush()
        return 1
    return 0


def _wait(pids: list[int], deadline: float) -> list[int]:
    codes: dict[int, int] = {}
    while len(codes) < len(pids):
        for pid in pids:
            if pid in codes:
                continue
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                codes[pid] = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
        if len(codes) < len(pids):
            time.sleep(0.001)
    return [codes[pid] for pid in pids]


def _run(job: dict[str, Any]) -> list[int]:
    database = _database(job["url"])
    pids = []
    for at in range(job["children"]):
        pid = os.fork()
        if pid == 0:
            os._exit(_child(job, database, at))
        pids.append(pid)
    if job["kill_after"] is not None:
        time.sleep(job["kill_after"])
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
    return _wait(pids, time.monotonic() + job["timeout"])


def main() -> None:
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_run(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
