"""What a returned plan shows its clerk: the opinion, and the very fields it was pinned to."""

from __future__ import annotations

from collections.abc import Mapping

from govproc_desktop.domain.plan.flow import RETURNED
from govproc_desktop.i18n import _
from govproc_desktop.queries.plans import PlanRecord, StepRow
from govproc_desktop.views.inbox.pins import pin_text, pins_now
from govproc_desktop.views.kit.form_window import SectionState
from govproc_desktop.views.plan_management.plan_form.review import section_of

_SECTIONS = {"choice": "method", "attachments": "attachments", "funds": "funds", "items": "items"}


def last_return(record: PlanRecord | None) -> StepRow | None:
    """Return the step that sent a plan back to its clerk, while it is there."""
    if record is None or record.head.state != RETURNED:
        return None
    return next((step for step in reversed(record.steps) if step.action == "return"), None)


def opinion_text(step: StepRow, pins: tuple[str, ...]) -> str:
    """Return who returned it and why, and which places are meant."""
    told = _("{post} {person} 退回：{opinion}").format(
        post=step.post, person=step.person, opinion=step.opinion
    )
    if pins:
        told += "\n" + _("指明要改：{places}").format(places="、".join(map(pin_text, pins)))
    return told


def pins_to_show(record: PlanRecord | None) -> tuple[str, ...]:
    """Return the places the last return is pinned to, as the lines stand now."""
    step = last_return(record)
    return pins_now(record, step) if record is not None and step is not None else ()


def marks_of(record: PlanRecord | None) -> dict[str, str]:
    """Return what stands beside every pinned field."""
    step = last_return(record)
    if step is None:
        return {}
    told = _("{person} 退回时指明改这里").format(person=step.person)
    return dict.fromkeys(pins_to_show(record), told)


def pinned_sections(pins: tuple[str, ...]) -> frozenset[str]:
    """Return the sections that hold a pinned place."""
    return frozenset(_SECTIONS.get(pin) or section_of(pin) for pin in pins)


def with_pins(states: Mapping[str, SectionState], pins: tuple[str, ...]) -> dict[str, SectionState]:
    """Let the rail point at pinned sections the rules find nothing wrong with."""
    pinned = pinned_sections(pins)
    asked = SectionState("warn", _("退回指明要改"))
    return {
        key: asked if key in pinned and state.tone in ("ok", "todo") else state
        for key, state in states.items()
    }
