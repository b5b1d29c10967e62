"""Actions over the chosen rows of a list: what they need, why they are off, what they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from govproc_desktop.domain.permissions import PERMISSIONS, Actor
from govproc_desktop.domain.rules import Check, failed
from govproc_desktop.domain.workflow import Workflow
from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit.spec import Values

if TYPE_CHECKING:
    from govproc_desktop.views.kit.list_window import ListPage

Rows = Sequence[Values]
Judge = Callable[[Rows, Actor], Sequence[Check]]


class Needs(Enum):
    """How many rows an action works on."""

    NONE = "none"
    ONE = "one"
    SOME = "some"


@dataclass(frozen=True, kw_only=True)
class RowAction:
    """One action of a list window; ``judge`` says from the rows alone why it is off.

    ``quiet`` actions live at the right, without a frame; ``primary`` is the one main action.
    """

    id: str
    title: str
    icon: str
    run: Callable[[ListPage, Rows], None]
    needs: Needs = Needs.SOME
    permission: str | None = None
    judge: Judge | None = None
    shortcut: str = ""
    quiet: bool = False
    primary: bool = False

    def why_not(self, rows: Rows, actor: Actor) -> tuple[Check, ...]:
        """Return the checks that keep the action off; none means it may be used."""
        if self.permission is not None and not actor.may(self.permission):
            return (no_permission(self.permission),)
        if self.needs is not Needs.NONE and not rows:
            return (failed(N_("现在一条也没有选。"), title=N_("先选一条"), mend=N_("点一行。")),)
        if self.needs is Needs.ONE and len(rows) > 1:
            return (
                failed(
                    N_("选了 {count} 条，这个操作一次只办一条。"),
                    title=N_("只选一条"),
                    count=len(rows),
                    mend=N_("只留一条。"),
                ),
            )
        checks = self.judge(rows, actor) if self.judge is not None else ()
        return tuple(check for check in checks if check.refuses)


def no_permission(permission: str) -> Check:
    """Return the check for a right the person lacks."""
    known = PERMISSIONS.get(permission)
    return failed(
        N_("您没有「{name}」权限。"),
        title=N_("权限"),
        mend=N_("请单位管理员在「操作权限」里授权。"),
        name=_(known.title) if known else permission,
    )


def flow_judge(flow: Workflow, action: str) -> Judge:
    """Return a judge that asks the state table: the step must leave every chosen row's state."""

    def judge(rows: Rows, actor: Actor) -> Sequence[Check]:
        made = []
        for row in rows:
            steps = [step for step in flow.steps_from(row["state"]) if step.action == action]
            if not steps:
                made.append(_no_step(flow, action, row))
            elif not any(actor.may(step.permission) for step in steps):
                made.append(no_permission(steps[0].permission))
        return made

    return judge


def _no_step(flow: Workflow, action: str, row: Values) -> Check:
    sources = dict.fromkeys(step.source for step in flow.steps if step.action == action)
    return failed(
        N_("《{name}》现在是「{state}」；「{verb}」只能从 {sources} 办理。"),
        title=N_("单据状态"),
        name=str(row.get("title") or "")[:30],
        state=_(flow.states[row["state"]].title),
        verb=_(flow.verbs.get(action, action)),
        sources="、".join(f"「{_(flow.states[each].title)}」" for each in sources),
    )


def state_judge(flow: Workflow, states: Sequence[str], verb: str) -> Judge:
    """Return a judge for an action that is no step: every row must stand in one of the states."""

    def judge(rows: Rows, _actor: Actor) -> Sequence[Check]:
        return [
            failed(
                N_("《{name}》现在是「{state}」；「{verb}」只能在 {sources} 时办理。"),
                title=N_("单据状态"),
                name=str(row.get("title") or "")[:30],
                state=_(flow.states[row["state"]].title),
                verb=_(verb),
                sources="、".join(f"「{_(flow.states[each].title)}」" for each in states),
            )
            for row in rows
            if row["state"] not in states
        ]

    return judge


def uid_of(row: Values) -> UUID:
    """Return a row's record uid."""
    return UUID(str(row["uid"]))


def send_each(page: ListPage, rows: Rows, make: Callable[[Values], Any]) -> None:
    """Send one command a row, in order; each refusal is told with the row's name."""
    for row in rows:
        page.send(make(row), name=str(row.get("title") or ""))
