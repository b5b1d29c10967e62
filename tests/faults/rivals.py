"""The children of the racing run: clerks and reviewers who all want the same few fund plans."""

from __future__ import annotations

import json
import random
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from govproc_desktop.domain.errors import AppError, RulesBroken, StaleRecord
from govproc_desktop.models.engine import Database
from govproc_desktop.services.command import run
from tests.faults.acts import desk_of, uid_of

SHARED = 6
"""Plans that every rival works on, so that two act on one paper at once."""

_SAVED_PLANS = 3
_BALANCE = re.compile(r"(?:拟可用|现可用) (-?[\d,]+\.\d\d)")
_ACTS = {
    "draft": ("submit",),
    "returned": ("submit", "submit", "save"),
    "filed": ("void",),
}
_REVIEW = ("withdraw", "return", "approve", "withdraw")


def save_plans(database: Database, args: dict[str, Any]) -> None:
    """Save the drafts the rivals will submit: some of each rival's own, some of everyone's."""
    desk = desk_of(database)
    rng = random.Random(args["seed"])
    for name in plan_names(args["rivals"]):
        run(desk.save(uid_of(*name), _draws(rng)), desk.people["zhoumin"])


def plan_names(rivals: int) -> list[tuple[object, ...]]:
    """Return the names of all plans of a race."""
    own = [("own", rival, at) for rival in range(rivals) for at in range(_SAVED_PLANS)]
    return [*own, *(("shared", at) for at in range(SHARED))]


def race(database: Database, args: dict[str, Any]) -> None:
    """Try ``args["tries"]`` commands and write down what became of each."""
    rival = _Rival(database, args)
    _wait_for(args["start"])
    for _at in range(args["tries"]):
        rival.try_one()
    Path(args["folder"], f"rival-{args['at']}.json").write_text(json.dumps(rival.seen))


def _wait_for(moment: float) -> None:
    time.sleep(max(0.0, moment - time.time()))


def _draws(rng: random.Random) -> list[tuple[int, int]]:
    funds = sorted(rng.sample(range(3), rng.randint(1, 3)))
    return [(fund, rng.randrange(1, 1_500_000)) for fund in funds]


class _Rival:
    def __init__(self, database: Database, args: dict[str, Any]) -> None:
        self.desk = desk_of(database)
        self.at = args["at"]
        self.rng = random.Random(f"{args['seed']}:{self.at}")
        mine = [name for name in plan_names(args["rivals"]) if name[0] == "shared"]
        mine += [("own", self.at, at) for at in range(_SAVED_PLANS)]
        self.plans = [uid_of(*name) for name in mine]
        self.seen: dict[str, Any] = {"codes": Counter(), "bugs": [], "sentences": []}

    def try_one(self) -> None:
        if self.rng.random() < 0.03:
            self._bring()
            return
        plan = self.rng.choice(self.plans[SHARED:] if self.rng.random() < 0.8 else self.plans)
        version, state = self._read(plan)
        action = self.rng.choice(_ACTS.get(state, _REVIEW))
        if state == "void" or action == "save":
            seen = version if action == "save" else 0
            plan = plan if action == "save" else self._another(plan)
            self._do("save", "zhoumin", self.desk.save(plan, _draws(self.rng), seen=seen))
            return
        login, cmd = self.desk.act(action, plan, version, state)
        self._do(action, login, cmd)

    def _another(self, plan: UUID) -> UUID:
        made = uid_of(self.at, self.rng.random())
        self.plans[self.plans.index(plan)] = made
        return made

    def _bring(self) -> None:
        version = self.rng.randrange(2, 1_000_000)
        amount = self.rng.randrange(2_000_000, 10_000_000)
        self._do("import", "linlan", self.desk.bring(self.rng.randrange(3), amount, version))

    def _read(self, plan: UUID) -> tuple[int, str]:
        with self.desk.database.reading() as connection:
            row = connection.execute(
                text("SELECT row_version, state FROM plan WHERE uid = :uid"), {"uid": str(plan)}
            ).one()
            return row[0], row[1]

    def _do(self, action: str, login: str, cmd: object) -> None:
        codes = self.seen["codes"]
        try:
            outcome = run(cmd, self.desk.people[login])
        except RulesBroken as fault:
            codes[f"{action} {'+'.join(sorted({each.rule for each in fault.violations}))}"] += 1
            self._judge(fault)
        except StaleRecord as fault:
            codes[f"{action} {fault.code}"] += 1
        except AppError as fault:
            codes[f"{action} {fault.code}"] += 1
            if fault.code not in ("E1303", "E1306"):
                self.seen["bugs"].append(str(fault))
        else:
            refused = outcome.result.get("refused") if action == "import" else 0
            codes[f"{action} {'refused row' if refused else 'done'}"] += 1

    def _judge(self, fault: RulesBroken) -> None:
        """A loser is told the fresh balance, and it is indeed below what was asked."""
        for each in fault.violations:
            sentence = each.sentence()
            found = _BALANCE.search(sentence)
            if each.rule != "R1" or found is None:
                self.seen["bugs"].append(f"{each.rule} {sentence}")
                return
            left = found[1].replace(",", "")
            if each.params["value"] <= each.params["limit"]:
                self.seen["bugs"].append(f"refused though it fits: {sentence}")
            if f"{each.params['limit']:.2f}" != left:
                self.seen["bugs"].append(f"another balance: {sentence}")
        if len(self.seen["sentences"]) < 2:
            self.seen["sentences"].append(str(fault))


def idle(_database: Database, _args: dict[str, Any]) -> None:
    """Do nothing: the nursery has opened the database for the children to come."""


def same_uid(database: Database, args: dict[str, Any]) -> None:
    """Send the very same commands as another process at the very same moments (P6)."""
    desk = desk_of(database)
    answers = []
    for plan, moment in zip(args["plans"], args["moments"], strict=True):
        login, cmd = desk.act("submit", UUID(plan), 1, "draft")
        uid = uid_of("twice", plan)
        _wait_for(moment)
        try:
            outcome, fault = run(cmd, desk.people[login], command_uid=uid), ""
        except AppError as late:
            outcome, fault = run(cmd, desk.people[login], command_uid=uid), late.code
        answers.append([outcome.result, outcome.duplicate, fault])
    Path(args["folder"], f"same-{args['at']}.json").write_text(json.dumps(answers))


def stubborn(database: Database, args: dict[str, Any]) -> None:
    """Save plans and send the same command again for as long as the server is lost (P6)."""
    desk = desk_of(database)
    rng = random.Random(f"{args['seed']}:{args['at']}")
    said: dict[str, Any] = {"uids": [], "lost": 0, "landed": 0, "bugs": []}
    for at in range(args["tries"]):
        plan = uid_of("stubborn", args["at"], at)
        cmd = desk.save(plan, _draws(rng))
        for _again in range(50):
            try:
                outcome = run(cmd, desk.people["zhoumin"], command_uid=uid_of("c", plan))
            except AppError as fault:
                said["lost"] += 1
                if fault.code not in ("E2001", "E2003"):
                    said["bugs"].append(str(fault))
                time.sleep(0.01)
                continue
            said["landed"] += outcome.duplicate
            said["uids"].append(str(uid_of("c", plan)))
            break
    Path(args["folder"], f"stubborn-{args['at']}.json").write_text(json.dumps(said))
