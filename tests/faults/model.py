"""The office in eighty lines: what plans and money should do, with no database at all."""

from __future__ import annotations

from dataclasses import dataclass, field

INTERNAL, DEPARTMENT = "internal_review", "department_review"
NODES = (INTERNAL, DEPARTMENT)
OPEN = ("draft", "returned")
DESKS = {INTERNAL: "zhengjianguo", DEPARTMENT: "sunli"}

Answer = tuple[str, ...]
"""``("done", …what became of it…)`` or the class of the refusal with its code or rules."""

STALE: Answer = ("StaleRecord", "E1302")
NOT_NOW: Answer = ("Refused", "E1303")
MISSING: Answer = ("NotFound", "E1306")


@dataclass
class Fund:
    """One fund plan, in fen."""

    amount: int
    version: int = 1
    in_transit: int = 0
    filed: int = 0

    @property
    def free(self) -> int:
        return self.amount - self.in_transit - self.filed


@dataclass
class Paper:
    """One plan."""

    draws: tuple[tuple[int, int], ...]
    items: int
    department: bool
    version: int = 1
    state: str = "draft"
    route: tuple[str, ...] = ()
    returned_from: str = ""
    steps: int = 0
    last: str = ""
    urged: bool = False


@dataclass
class Model:
    """All papers and funds, and what each command should answer."""

    funds: list[Fund]
    papers: dict[int, Paper] = field(default_factory=dict)

    def save(
        self, at: int, seen: int, draws: tuple[tuple[int, int], ...], items: int, department: bool
    ) -> Answer:
        paper = self.papers.get(at)
        if seen and paper is None:
            return MISSING
        if paper is not None and seen != paper.version:
            return STALE
        if paper is not None and paper.state not in OPEN:
            return NOT_NOW
        if any(fen <= 0 for _fund, fen in draws):
            return ("RulesBroken", "R4")
        if paper is None:
            self.papers[at] = Paper(draws, items, department)
            return ("done", "1")
        paper.draws, paper.items, paper.department = draws, items, department
        paper.version += 1
        return ("done", str(paper.version))

    def _look(self, at: int, seen: int, states: tuple[str, ...]) -> Paper | Answer:
        paper = self.papers.get(at)
        if paper is None:
            return MISSING
        if seen != paper.version:
            return STALE
        return paper if paper.state in states else NOT_NOW

    def delete(self, at: int, seen: int) -> Answer:
        paper = self._look(at, seen, ("draft",))
        if isinstance(paper, tuple):
            return paper
        if paper.steps:
            return ("RulesBroken", "R58")
        del self.papers[at]
        return ("done",)

    def submit(self, at: int, seen: int) -> Answer:
        paper = self._look(at, seen, OPEN)
        if isinstance(paper, tuple):
            return paper
        wanted: dict[int, int] = {}
        for fund, fen in paper.draws:
            wanted[fund] = wanted.get(fund, 0) + fen
        broken = {"R1" for fund, fen in wanted.items() if fen > self.funds[fund].free}
        if sum(wanted.values()) != paper.items:
            broken.add("R3")
        if broken:
            return ("RulesBroken", *sorted(broken))
        before, paper.route = paper.route, NODES if paper.department else (INTERNAL,)
        target = paper.route[0]
        if paper.returned_from in paper.route:
            ahead = paper.route[: paper.route.index(paper.returned_from)]
            target = next((node for node in ahead if node not in before), paper.returned_from)
        paper.returned_from = ""
        paper.version += 1
        for fund, fen in paper.draws:
            self.funds[fund].in_transit += fen
        return self._step(paper, "submit", target)

    def _step(self, paper: Paper, action: str, target: str) -> Answer:
        paper.steps, paper.last, paper.state, paper.urged = paper.steps + 1, action, target, False
        return ("done", paper.state, str(paper.version))

    def _release(self, paper: Paper) -> None:
        for fund, fen in paper.draws:
            self.funds[fund].in_transit -= fen

    def _review(self, at: int, seen: int, who: str) -> Paper | Answer:
        paper = self._look(at, seen, NODES)
        if isinstance(paper, tuple):
            return paper
        if who == "zhoumin":
            return ("Refused", "E1301")
        return paper if DESKS[paper.state] == who else ("Refused", "E1305")

    def approve(self, at: int, seen: int, who: str) -> Answer:
        paper = self._review(at, seen, who)
        if isinstance(paper, tuple):
            return paper
        later = NODES[NODES.index(paper.state) + 1 :]
        target = next((node for node in later if node in paper.route), "filed")
        if target == "filed":
            self._release(paper)
            for fund, fen in paper.draws:
                self.funds[fund].filed += fen
        return self._step(paper, "approve", target)

    def send_back(self, at: int, seen: int, who: str, target: str) -> Answer:
        paper = self._review(at, seen, who)
        if isinstance(paper, tuple):
            return paper
        earlier = [each for each in paper.route if each in NODES[: NODES.index(paper.state)]]
        if target not in ("returned", *earlier):
            return ("RulesBroken", "R58")
        if target == "returned":
            paper.returned_from = paper.state
            self._release(paper)
        return self._step(paper, "return", target)

    def withdraw(self, at: int, seen: int) -> Answer:
        paper = self._look(at, seen, NODES)
        if isinstance(paper, tuple):
            return paper
        if paper.last != "submit":
            return NOT_NOW
        self._release(paper)
        return self._step(paper, "withdraw", "draft")

    def void(self, at: int, seen: int) -> Answer:
        paper = self._look(at, seen, (*OPEN, "filed"))
        if isinstance(paper, tuple):
            return paper
        if paper.state == "filed":
            for fund, fen in paper.draws:
                self.funds[fund].filed -= fen
        return self._step(paper, "void", "void")

    def urge(self, at: int) -> Answer:
        paper = self.papers.get(at)
        if paper is None:
            return MISSING
        if paper.state not in NODES or paper.urged:
            return NOT_NOW
        paper.urged = True
        return ("done",)

    def bring(self, at: int, amount: int, version: int) -> Answer:
        fund = self.funds[at]
        if version <= fund.version:
            same = version < fund.version or amount == fund.amount
            return ("done", "unchanged" if same else "refused")
        if amount < fund.in_transit + fund.filed:
            return ("done", "conflict")
        fund.amount, fund.version = amount, version
        return ("done", "updated")
