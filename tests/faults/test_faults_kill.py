"""P1: what the program said is saved survives a kill -9 at any moment inside a command."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from govproc_desktop.models.engine import Database, sqlite_url
from govproc_desktop.services.context import Context
from tests.faults.conftest import Size
from tests.faults.ground import contexts
from tests.faults.nursery_client import Nursery
from tests.faults.promises import Promises

pytestmark = [pytest.mark.faults, pytest.mark.slow]

KILLS = 500
A_FILE_LIVES = 40
"""Kills before a new file is taken, so that checking stays cheap."""


@dataclass
class Run:
    """What a run of kills came to."""

    kills: int = 0
    acks: int = 0
    landed: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def strike(rng: random.Random) -> tuple[list[object] | None, float | None, str]:
    """Choose how this child dies: (self-inflicted point, seconds until the kill, name)."""
    kind = rng.choice(("clock", "clock", "statement", "opcode", "growth"))
    if kind == "clock":
        return None, rng.uniform(0.001, 0.12), kind
    if kind == "statement":
        return [kind, rng.randrange(1, 240)], None, kind
    if kind == "opcode":
        return [kind, rng.randrange(1, 3000)], None, kind
    return [kind, rng.randrange(0, 8) * 4096 + rng.choice((0, 1, 2048))], None, kind


def kill_run(
    nursery: Nursery, ground: Path, folder: Path, *, kills: int, work: str, seed: str = "kill"
) -> Run:
    """Kill children of a clerk at seeded moments and check every promise after each kill."""
    made = Run()
    rng = random.Random(seed)
    while made.kills < kills and not made.broken:
        home = folder / f"file-{made.kills}"
        home.mkdir()
        path = home / "office.sqlite3"
        shutil.copy(ground, path)
        lives = min(A_FILE_LIVES, kills - made.kills)
        made.broken += _one_file(nursery, path, made, rng, work, lives)
        shutil.rmtree(home)
    return made


def _one_file(
    nursery: Nursery, path: Path, made: Run, rng: random.Random, work: str, lives: int
) -> Iterator[str]:
    backups = path.parent / "backups"
    backups.mkdir()
    database = Database(sqlite_url(path))
    promises = Promises(path.with_suffix(".log"), _seq(database))
    people = contexts(database)
    for _life in range(lives):
        point, after, kind = strike(rng)
        args = {
            "seed": rng.getrandbits(48),
            "commands": 400,
            "strike": point,
            "log": str(promises.log),
            "folder": str(backups),
        }
        url = sqlite_url(path).render_as_string()
        (code,) = nursery.run(work, url, args, kill_after=after, timeout=60)
        assert code in (-9, -25), f"the child ended by itself: {code}"
        made.kills += 1
        made.kinds[kind] += 1
        before = len(promises.acks)
        promises.read_on()
        made.acks += len(promises.acks) - before
        found = list(_check(database, promises, made, people))
        if found:
            yield from found
            return
    yield from promises.bad_backups(backups)


def _check(
    database: Database, promises: Promises, made: Run, people: dict[str, Context]
) -> Iterator[str]:
    try:
        yield from promises.broken(database)
        made.landed += promises.flying is not None
        yield from promises.repeat(database, people)
    except DatabaseError as fault:
        yield f"the file does not even open: {fault}"
    finally:
        promises.flying = None
        database.close()  # the next clerk opens the file as the first one


def _seq(database: Database) -> int:
    with database.reading() as connection:
        found = connection.execute(text("SELECT seq FROM journal_head")).scalar()
    database.close()
    return int(found or 0)


@pytest.mark.timeout(0)
def test_p1_nothing_acknowledged_is_lost_by_kill_9(
    nursery: Nursery, ground_file: Path, tmp_path: Path, size: Size
) -> None:
    kills = size.of(KILLS)
    made = kill_run(nursery, ground_file, tmp_path, kills=kills, work="tests.faults.clerk:work")
    print(f"\n{made.kills} kills, {made.acks} acknowledged, {dict(made.kinds)}")  # noqa: T201
    assert made.broken == []
    assert made.kills == kills
    assert made.acks > 2 * kills, "the kills came before the work"
    assert made.landed > kills // 2, "the kills did not come inside commands"


@pytest.mark.parametrize("work", ["careless", "unsafe"])
def test_p1_the_checker_sees_a_program_that_loses_work(
    nursery: Nursery, ground_file: Path, tmp_path: Path, work: str
) -> None:
    """A program that answers before the commit, and one without a rollback journal."""
    made = kill_run(nursery, ground_file, tmp_path, kills=60, work=f"tests.faults.clerk:{work}")
    assert made.broken, f"{made.kills} kills of a careless program went unnoticed"
