"""The parent's end of the nursery: start it, send it jobs, read exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]


class Nursery:
    """One warm process that forks the children of a fault run."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(_ROOT), "GOVPROC_CHEAP_HASH": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            cwd=_ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self,
        work: str,
        url: str,
        args: dict[str, Any],
        *,
        children: int = 1,
        kill_after: float | None = None,
        timeout: float = 600,
    ) -> list[int]:
        """Fork children that each do ``work(database, args | {"at": n})``; return exit codes."""
        job = {
            "work": work,
            "url": url,
            "args": args,
            "children": children,
            "kill_after": kill_after,
            "timeout": timeout,
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the nursery died"
        codes: list[int] = json.loads(answer)
        return codes

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        self._process.stdout.close()
