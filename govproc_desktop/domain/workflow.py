"""Processes as tables: states, steps, permissions; windows, inbox, picture and kernel read them.

To add a step: one :class:`Step` row in the subject's flow, one command, one permission, and a
migration that mirrors the row into ``process_step`` (the database refuses steps it lacks).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class StateInfo:
    """How a state is called and shown: Chinese title, pill tone, icon, watermark on paper."""

    title: str
    tone: str
    icon: str
    watermark: str = ""
    review: str = ""
    """The permission that acts here, when the state is a review step; empty otherwise."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One allowed move: the action, from where to where, and who may do it."""

    action: str
    source: str
    target: str
    permission: str
    review: bool = False
    """Whether the author and the last editor are barred from it (R15)."""
    opinion_required: bool = False


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """One process: its states with their looks, its start, its ends and every allowed step."""

    name: str
    title: str
    states: dict[str, StateInfo]
    start: str
    ends: frozenset[str]
    steps: tuple[Step, ...]
    verbs: dict[str, str]

    def steps_from(self, state: str) -> Iterator[Step]:
        """Yield the steps that leave a state."""
        return (step for step in self.steps if step.source == state)

    def find(self, action: str, *, source: str, target: str | None = None) -> Step | None:
        """Return the step with this action from this state, or nothing if the table lacks it."""
        for step in self.steps:
            if step.action == action and step.source == source and target in (None, step.target):
                return step
        return None

    def review_states(self) -> tuple[str, ...]:
        """Return the states in which someone has to decide, in the order of the route."""
        return tuple(name for name, info in self.states.items() if info.review)
