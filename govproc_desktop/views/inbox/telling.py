"""The sentences of the inbox: why a button is off, who has a document now, who was first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from govproc_desktop.domain.plan.flow import FILED, NODES, PLAN_FLOW, RETURNED
from govproc_desktop.domain.rules import Check, Level
from govproc_desktop.i18n import _
from govproc_desktop.queries.histories import Whereabouts

_PERSONAL = ("R15", "R16")
"""Rules about the person, not the paper: they are said whole instead of being counted."""


def refusal_of(checks: Sequence[Check], *, opinion: str = "") -> str | None:
    """Return the one sentence that keeps 同意 off, or None when it may be pressed."""
    refusing = [check for check in checks if check.refuses]
    personal = next((check for check in refusing if check.rule in _PERSONAL), None)
    if personal is not None:
        return _first_sentence(personal.detail())
    if len(refusing) == 1 and not refusing[0].rule:
        return refusing[0].detail()
    if refusing:
        return _("{count} 项不符，不能同意").format(count=len(refusing))
    asking = sum(not check.ok and check.level is Level.EXPLAIN for check in checks)
    if asking and not opinion.strip():
        return _("{count} 项要说明，请先写意见再同意").format(count=asking)
    return None


def back_refusal_of(checks: Sequence[Check]) -> str | None:
    """Return the sentence that keeps 退回 off, or None."""
    found = next((check for check in checks if check.refuses), None)
    return _first_sentence(found.detail()) if found is not None else None


def _first_sentence(text: str) -> str:
    return text.partition("。")[0]


def where_sentence(where: Whereabouts) -> str:
    """Return where a document is now and who can act on it."""
    if where.state == FILED:
        return _("已备案，编号 {number}").format(number=where.number)
    if where.state == RETURNED:
        return _("已回到经办人手里")
    if where.state not in NODES:
        return _("现在是“{state}”").format(state=_(PLAN_FLOW.states[where.state].title))
    people = "、".join(where.holders) or where.unit
    state = _(PLAN_FLOW.states[where.state].title)
    return _("现在到{state}，由 {people} 办理").format(state=state, people=people)


def done_sentence(where: Whereabouts, verb: str) -> str:
    """Return what was just done and who has the document now; it can't be taken back."""
    words = _("《{title}》已{verb}，{where}。")
    return words.format(title=where.title, verb=verb, where=where_sentence(where))


def taken_sentence(where: Whereabouts, *, today: date) -> str:
    """Return who was first, when and with what, and where the document is now."""
    last = where.last
    if last is None:
        return _("《{title}》{where}，您这次没有办理。").format(
            title=where.title, where=where_sentence(where)
        )
    words = _("{person} 已于 {when} 先{verb}了《{title}》，您这次没有办理；{where}。")
    return words.format(
        person=last.person,
        when=_when(last.at, today),
        verb=_(PLAN_FLOW.verbs.get(last.action, last.action)),
        title=where.title,
        where=where_sentence(where),
    )


def _when(at: datetime, today: date) -> str:
    return f"{at:%H:%M}" if at.date() == today else f"{at:%m-%d %H:%M}"
