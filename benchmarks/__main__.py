"""Run the benchmarks and print one table: ``python -m benchmarks [name…] [--quick]``.

To add one: a module with a ``measure`` function, and a function here that turns it into rows.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("GOVPROC_CHEAP_HASH", "1")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from benchmarks.report import Row, show

_PAGE = re.compile(
    r"^(first|random) page +([\d.]+) ms +raw +([\d.]+) ms +ratio ([\d.]+) +(.+)$", re.MULTILINE
)
_MOST = {"first": 1.5, "random": 2.0}
SAVE_MS = 10.0
LIST_MB = 60.0


def save_rows(quick: bool) -> list[Row]:
    """A plan of 3 funds and 10 lines through the door, beside the same rows in raw SQL."""
    from benchmarks import save
    from govproc_desktop.models import schema
    from govproc_desktop.models.engine import Database, sqlite_url
    from tests.office import make_office

    save.ROUNDS = 21 if quick else 101
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "office.sqlite3"))
        schema.upgrade(database)
        raw = save.Raw(Path(folder) / "raw.sqlite3")
        times = save.measure(make_office(database), raw)
        raw.connection.close()
        database.close()
    new, again, peer = times
    return [
        _save_row("save a new plan, 3 funds and 10 lines", new, peer),
        _save_row("save it again with one line changed", again, peer),
    ]


def _save_row(name: str, ours: list[float], peer: list[float]) -> Row:
    took = statistics.median(ours) * 1000
    return Row(
        name=name,
        ours=f"{took:.1f} ms",
        peer=f"raw SQL {statistics.median(peer) * 1000:.1f} ms",
        ratio=statistics.median(a / b for a, b in zip(ours, peer, strict=True)),
        promise=f"< {SAVE_MS:.0f} ms",
        kept=took < SAVE_MS,
    )


def throughput_rows(quick: bool) -> list[Row]:
    """Commands a second on one connection and on many."""
    from benchmarks import throughput

    found = throughput.measure(3.0 if quick else 10.0)
    rows = []
    for engine, many in (("SQLite", 8), ("PostgreSQL", 32)):
        one, all_ = found[f"{engine}, 1 at once"], found[f"{engine}, {many} at once"]
        rows.append(
            Row(
                name=f"save + submit, {engine}, {many} connections on the same 2 fund plans",
                ours=f"{all_:.0f} commands/s",
                peer=f"1 connection {one:.0f} commands/s",
                ratio=all_ / one,
            )
        )
    return rows


def startup_rows(quick: bool) -> list[Row]:
    """The login window's first paint beside a bare window's."""
    from benchmarks import startup

    found = startup.measure(11 if quick else 21)
    return [
        Row(
            name="login window painted, whole process",
            ours=f"{found['login_ms']:.0f} ms",
            peer=f"bare QMainWindow {found['bare_ms']:.0f} ms",
            ratio=found["ratio"],
            promise=f"≤ {startup.PROMISE} ×",
            kept=found["ratio"] <= startup.PROMISE,
        )
    ]


def lists_rows(quick: bool) -> list[Row]:
    """Pages of the big list beside raw cursors over the same statement."""
    from benchmarks import lists

    count = 100_000 if quick else 1_000_000
    said = io.StringIO()
    given, sys.argv = sys.argv, ["lists", str(count)]
    try:
        with contextlib.redirect_stdout(said):
            lists.main()
    finally:
        sys.argv = given
    print(said.getvalue())
    rows = [
        Row(
            name=f"{which} page of {count:,}: {title}",
            ours=f"{float(ours):.2f} ms",
            peer=f"raw cursor {float(raw):.2f} ms",
            ratio=float(ratio),
            promise=f"≤ {_MOST[which]} ×",
            kept=float(ratio) <= _MOST[which],
        )
        for which, ours, raw, ratio, title in _PAGE.findall(said.getvalue())
    ]
    if memory := re.search(r"random pages: ([\d.]+) MB", said.getvalue()):
        used = float(memory[1])
        kept = used <= LIST_MB
        name = f"memory of the list over {count:,} rows"
        promise = f"≤ {LIST_MB:.0f} MB"
        rows.append(Row(name=name, ours=f"{used:.1f} MB", peer="", promise=promise, kept=kept))
    return rows


ALL: dict[str, Callable[[bool], list[Row]]] = {
    "startup": startup_rows,
    "save": save_rows,
    "throughput": throughput_rows,
    "lists": lists_rows,
}


def main() -> int:
    """Run what was asked for; 1 if a promise is not kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*ALL, []], help="all of them if none is named")
    parser.add_argument("--quick", action="store_true", help="fewer rounds and rows")
    given = parser.parse_args()
    rows: list[Row] = []
    for name in given.names or ALL:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += ALL[name](given.quick)
    print(show(rows))
    return 0 if all(row.kept is not False for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
