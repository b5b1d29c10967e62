"""Rules as data: one list of checks answers the command, the button and the 为什么不能 panel.

To add one: write a generator over a frozen facts record, decorate it with :func:`rule` (id of
the rule list, title, legal source), list it in a step or a command, add ``test_r63_…`` and run
``make docs``. A rule yields a :class:`Check` for everything it looked at, passed or failed, so
that the number always stands beside its limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from govproc_desktop.domain.errors import RulesBroken, Violation, render

F = TypeVar("F")


class Level(StrEnum):
    """What a failed check does: refuse, or ask for a written reason, or only tell."""

    REFUSE = "refuse"
    EXPLAIN = "explain"
    NOTE = "note"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One look at one thing: passed or failed, the numbers, and the way to mend it.

    ``template`` with ``params`` is the line of numbers (元); ``go`` names where the mending link
    leads: a field key such as ``funds.0.amount`` or ``window:fund_plans``.
    """

    rule: str = ""
    title: str = ""
    ok: bool = True
    level: Level = Level.REFUSE
    template: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""
    value: Decimal | None = None
    limit: Decimal | None = None
    mend: str = ""
    go: str = ""
    why: str = ""
    code: str = ""
    source: str = ""

    def detail(self) -> str:
        """Return the line of numbers in the interface language."""
        return render(self.template, self.params)

    @property
    def refuses(self) -> bool:
        """Whether this check alone stops the command."""
        return not self.ok and self.level is Level.REFUSE

    def violation(self) -> Violation:
        """Return the failed check as the violation a command raises."""
        return Violation(
            rule=self.rule,
            template=self.template,
            params=self.params,
            field=self.field,
            code=self.code,
        )


@dataclass(frozen=True)
class Rule:
    """A registered rule: its id, its title, its legal source and its generator."""

    id: str
    title: str
    source: str
    run: Callable[[Any], Iterator[Check]]

    def __call__(self, facts: Any) -> tuple[Check, ...]:
        """Return the rule's checks over the facts, stamped with id, title and source."""
        return tuple(
            replace(
                check,
                rule=check.rule or self.id,
                title=check.title or self.title,
                source=check.source or self.source,
            )
            for check in self.run(facts)
        )


RULES: dict[str, list[Rule]] = {}


def rule(
    rule_id: str, title: str, *, source: str
) -> Callable[[Callable[[Any], Iterator[Check]]], Rule]:
    """Register a generator of checks under the id of the rule list (``R1`` …)."""

    def register(run: Callable[[Any], Iterator[Check]]) -> Rule:
        made = Rule(id=rule_id, title=title, source=source, run=run)
        RULES.setdefault(rule_id, []).append(made)
        return made

    return register


def passed(template: str, **params: Any) -> Check:
    """Return a passed check; ``field``, ``value``, ``limit`` may be among the parameters."""
    return _check(ok=True, template=template, params=params)


def failed(template: str, **params: Any) -> Check:
    """Return a failed check; the special names of :class:`Check` are taken out of ``params``."""
    return _check(ok=False, template=template, params=params)


_SPECIAL = ("field", "value", "limit", "mend", "go", "why", "code", "level", "title")


def _check(*, ok: bool, template: str, params: dict[str, Any]) -> Check:
    special = {name: params[name] for name in _SPECIAL if name in params}
    rest = {name: value for name, value in params.items() if name not in _SPECIAL}
    for name in ("value", "limit"):
        if name in special:
            rest[name] = special[name]
    return Check(ok=ok, template=template, params=rest, **special)


def run_rules(rules: Iterable[Rule], facts: Any) -> tuple[Check, ...]:
    """Run every rule over the facts and return all checks, failed ones first."""
    checks = [check for each in rules for check in each(facts)]
    return tuple(sorted(checks, key=lambda check: check.ok))


def demand(checks: Iterable[Check]) -> None:
    """Raise one :class:`RulesBroken` with every refusing check; do nothing if none refuses."""
    broken = tuple(check.violation() for check in checks if check.refuses)
    if broken:
        raise RulesBroken(broken)
