"""P7: the same commands give the same answers in the model, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import text

from govproc_desktop.domain.errors import AppError, RulesBroken
from govproc_desktop.models.engine import Database, sqlite_url
from govproc_desktop.services import maintenance
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.command import run
from govproc_desktop.services.plans import (
    DeletePlan,
    SubmitPlan,
    UrgePlan,
    VoidPlan,
    WithdrawPlan,
)
from tests.conftest import _admin, _named
from tests.faults.acts import Desk, uid_of
from tests.faults.conftest import Size
from tests.faults.ground import AMOUNT, FUNDS
from tests.faults.model import DESKS, Answer, Fund, Model
from tests.faults.seeded import seeded

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.pg]

RUNS, STEPS = 200, 30
Draws = tuple[tuple[int, int], ...]
WHOLE = int(AMOUNT * 100)
SUMS = (1, 2_999_999, 3_000_000, 3_000_000, 5_000_000, 5_000_000, 7_000_000, WHOLE, WHOLE + 1, 0)
DRAWS = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(SUMS)), min_size=1, max_size=2).map(
    tuple
)
ALL = ("save", "submit", "approve", "send_back", "withdraw", "void", "delete", "urge")
REVIEW = ("approve", "approve", "approve", "send_back", "send_back", "withdraw", "withdraw", "urge")
LIKELY = {
    "": ("save",),
    "draft": ("submit", "submit", "submit", "save", "void", "delete"),
    "internal_review": REVIEW,
    "department_review": REVIEW,
    "returned": ("submit", "submit", "submit", "save", "void", "delete"),
    "filed": ("void", "approve", "save", "withdraw"),
    "void": ("save", "save", "submit", "void"),
}
"""What people do in each state; one time in six they do anything at all."""


class Twins(RuleBasedStateMachine):
    """Three offices driven at once; after each step they must agree."""

    make: Callable[[], tuple[list[Database], Callable[[], None]]]
    tally: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.databases, self.close = type(self).make()
        self.desks = [Desk(each) for each in self.databases]
        self.model = Model([Fund(WHOLE) for _fund in FUNDS])
        self.numbers = count()
        self.names: dict[int, UUID] = {}
        self.sent: tuple[str, list[object], UUID, list[Any]] | None = None

    def send(self, login: str, make: Callable[[Desk], object], expected: Answer) -> None:
        """Run a command on both engines under one uid and compare all three answers."""
        number = next(self.numbers)
        uid = uid_of("twins", number)
        commands = [make(desk) for desk in self.desks]
        type(self).tally[f"{type(commands[0]).__name__} {' '.join(expected)}"] += 1
        answers, results = [], []
        for desk, cmd in zip(self.desks, commands, strict=True):
            with seeded("twins", number):
                answer, result = attempt(desk, login, cmd, uid)
            answers.append(answer)
            results.append(result)
        assert answers[0] == answers[1]
        assert results[0] == results[1]
        assert answers[0] == expected
        self.sent = (login, commands, uid, results) if expected[0] == "done" else None
        self.agree()

    def agree(self) -> None:
        """Compare heads and states three ways, and the journal's chain between the engines."""
        seen = [picture(each) for each in self.databases]
        assert seen[0] == seen[1]
        plans = {
            str(self.names[at]): (paper.state, paper.version)
            for at, paper in self.model.papers.items()
        }
        assert seen[0]["plans"] == plans
        funds = [(each.amount, each.in_transit, each.filed) for each in self.model.funds]
        assert seen[0]["funds"] == funds

    @initialize(draws=st.tuples(DRAWS, DRAWS, DRAWS), ticks=st.tuples(*[st.booleans()] * 3))
    def start(self, draws: tuple[Draws, ...], ticks: tuple[bool, ...]) -> None:
        for at in range(3):
            sums = tuple((fund, fen or 1) for fund, fen in draws[at])
            self.save(at, 0, draws=sums, gap=0, tick=ticks[at])

    @rule(
        at=st.integers(0, 2),
        wild=st.sampled_from((False,) * 5 + (True,)),
        choice=st.sampled_from(range(24)),
        late=st.sampled_from((0, 0, 0, 0, 0, 0, 0, 1)),
        who=st.sampled_from(("",) * 6 + ("zhoumin", "zhengjianguo", "sunli")),
        draws=DRAWS,
        gap=st.sampled_from((0, 0, 0, 0, 0, 1)),
        flag=st.booleans(),
        kind=st.sampled_from(("act",) * 9 + ("bring", "bring", "repeat")),
    )
    def step(self, at: int, wild: bool, choice: int, late: int, kind: str, **how: Any) -> None:
        """One deed of somebody: a single rule, so that every run has all of them."""
        if kind == "bring":
            self.bring(at % 2, choice)
            return
        if kind == "repeat":
            self.repeat(other=how["flag"])
            return
        at = max((each for each in self.model.papers if each % 3 == at), default=at)
        paper = self.model.papers.get(at)
        likely = ALL if wild else LIKELY[paper.state if paper else ""]
        action = likely[choice % len(likely)]
        seen = paper.version - late if paper else 1
        if action == "save":
            if paper is None or (paper.state == "void" and not wild):
                at, seen = at + 3 * (paper is not None), 0
            self.save(at, seen, draws=how["draws"], gap=how["gap"], tick=how["flag"])
            return
        login = how["who"] or DESKS.get(paper.state if paper else "", "zhengjianguo")
        target = "returned" if how["flag"] else "internal_review"
        self.act(action, at, seen=seen, login=login, target=target)

    def save(self, at: int, seen: int, *, draws: Draws, gap: int, tick: bool) -> None:
        if at not in self.model.papers:
            self.names[at] = uid_of("paper", at, next(self.numbers))
        plan, items = self.names[at], max(1, sum(fen for _fund, fen in draws) + gap)
        expected = self.model.save(at, seen, draws, items, tick)
        self.send(
            "zhoumin",
            lambda desk: desk.save(plan, draws, seen=seen, own=items, department_review=tick),
            expected,
        )

    def act(self, action: str, at: int, *, seen: int, login: str, target: str) -> None:
        plan, model = self.names[at], self.model
        made: dict[str, tuple[str, object, Callable[[], Answer]]] = {
            "submit": (
                "zhoumin",
                SubmitPlan(plan=plan, seen_version=seen),
                lambda: model.submit(at, seen),
            ),
            "approve": (
                login,
                ApprovePlan(plan=plan, seen_version=seen),
                lambda: model.approve(at, seen, login),
            ),
            "send_back": (
                login,
                ReturnPlan(plan=plan, seen_version=seen, opinion="请核实", target=target),
                lambda: model.send_back(at, seen, login, target),
            ),
            "withdraw": (
                "zhoumin",
                WithdrawPlan(plan=plan, seen_version=seen),
                lambda: model.withdraw(at, seen),
            ),
            "void": (
                "zhoumin",
                VoidPlan(plan=plan, seen_version=seen, opinion="不再采购"),
                lambda: model.void(at, seen),
            ),
            "delete": (
                "zhoumin",
                DeletePlan(plan=plan, seen_version=seen),
                lambda: model.delete(at, seen),
            ),
            "urge": ("zhoumin", UrgePlan(plan=plan), lambda: model.urge(at)),
        }
        who, cmd, expected = made[action]
        self.send(who, lambda _desk: cmd, expected())

    def bring(self, at: int, choice: int) -> None:
        """Import a fund plan anew: higher, lower or the same version, more or less money."""
        version = max(1, self.model.funds[at].version + (1, 1, 1, 1, 0, -1)[choice % 6])
        amount = (2_999_999, WHOLE, 5_000_000, 2 * WHOLE)[choice // 6]
        expected = self.model.bring(at, amount, version)
        uid = uid_of("import", next(self.numbers))
        self.send("linlan", lambda desk: desk.bring(at, amount, version, uid=uid), expected)

    def repeat(self, *, other: bool) -> None:
        """Send the last command again: the same answer; with another body it is refused."""
        if self.sent is None:
            return
        login, commands, uid, results = self.sent
        type(self).tally[f"repeat {'other' if other else 'same'}"] += 1
        for desk, cmd, result in zip(self.desks, commands, results, strict=True):
            if other:
                stranger = UrgePlan(plan=uid)
                assert attempt(desk, login, stranger, uid)[0] == ("BadInput", "E4008")
                continue
            outcome = run(cmd, desk.people[login], command_uid=uid)
            assert outcome.duplicate
            assert outcome.result == result
        self.agree()

    def teardown(self) -> None:
        try:
            for each in self.databases:
                assert [found.sentence() for found in maintenance.verify(each).findings] == []
        finally:
            self.close()


def attempt(desk: Desk, login: str, cmd: object, uid: UUID) -> tuple[Answer, Any]:
    """Run a command; return its answer in the model's words, and its whole result."""
    try:
        outcome = run(cmd, desk.people[login], command_uid=uid)
    except RulesBroken as fault:
        rules = sorted({each.rule for each in fault.violations})
        return ("RulesBroken", *rules), [each.sentence() for each in fault.violations]
    except AppError as fault:
        return (type(fault).__name__, fault.code), fault.sentence()
    result = outcome.result
    if "rows_refused" in result:
        kinds = ("updated", "unchanged") if not result["refused"] else ("conflicts",)
        word = next((each for each in kinds if result[each]), "refused")
        return ("done", word.removesuffix("s")), result
    if "route" in result:
        return ("done", result["state"], str(result["version"])), result
    return ("done", *([str(result["version"])] if "version" in result else [])), result


def picture(database: Database) -> dict[str, Any]:
    """Return states, balances and the journal's head: the chain binds every fact behind them."""
    with database.reading() as connection:
        plans = connection.execute(text("SELECT uid, state, row_version FROM plan"))
        funds = connection.execute(
            text("SELECT amount, in_transit, filed FROM fund_balance ORDER BY fund_plan_id")
        )
        head = connection.execute(text("SELECT seq, hash FROM journal_head")).one()
        numbers = connection.execute(text("SELECT number FROM number_issued ORDER BY seq"))
        return {
            "plans": {row[0]: (row[1], row[2]) for row in plans},
            "funds": [tuple(int(each) for each in row) for row in funds],
            "head": tuple(head),
            "numbers": list(numbers.scalars()),
        }


@pytest.fixture
def machine(
    ground_file: Path, ground_pg: str, pg_server: str, tmp_path: Path
) -> Iterator[type[Twins]]:
    """The state machine over fresh copies of the office, which each run takes anew."""
    path, name = tmp_path / "twin.sqlite3", f"twin_{uuid4().hex[:12]}"

    def make() -> tuple[list[Database], Callable[[], None]]:
        shutil.copy(ground_file, path)
        _admin(pg_server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        _admin(pg_server, f"CREATE DATABASE {name} TEMPLATE {ground_pg}")
        databases = [Database(sqlite_url(path)), Database(_named(pg_server, name))]

        def close() -> None:
            for each in databases:
                each.close()

        return databases, close

    yield type("TwinsHere", (Twins,), {"make": staticmethod(make), "tally": Counter()})
    _admin(pg_server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def play(machine: type[Twins], runs: int, *, phases: tuple[Phase, ...] = tuple(Phase)) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=STEPS,
            derandomize=True,
            deadline=None,
            database=None,
            phases=phases,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.timeout(0)
def test_p7_model_sqlite_and_postgresql_agree(machine: type[Twins], size: Size) -> None:
    play(machine, size.of(RUNS))
    print("", *(f"{count} {name}" for name, count in sorted(machine.tally.items())), sep="\n")  # noqa: T201
    for must in (
        "SubmitPlan done internal_review",
        "SubmitPlan RulesBroken R1",
        "SubmitPlan StaleRecord E1302",
        "ApprovePlan done filed",
        "ReturnPlan done returned",
        "WithdrawPlan done draft",
        "VoidPlan done void",
        "ImportFundPlans done updated",
        "ImportFundPlans done conflict",
    ):
        assert any(name.startswith(must) for name in machine.tally), f"never came to: {must}"


def test_p7_a_planted_fault_is_seen(machine: type[Twins], monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that forgets to give money back when a plan is withdrawn or returned."""
    monkeypatch.setattr(Model, "_release", lambda _self, _paper: None)
    with pytest.raises(AssertionError):
        play(machine, 60, phases=(Phase.generate,))
