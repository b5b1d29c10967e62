"""Put in what the rules force and take it out again when they no longer do (R9, R10)."""

from __future__ import annotations

from govproc_desktop.domain.methods import MALL
from govproc_desktop.domain.plan.facts import ItemFacts
from govproc_desktop.views.kit.lines_model import Line

AUTO = "_auto"
"""Hidden key of a line: which of its choices the program put in."""


def forced_values(line: Line, facts: ItemFacts) -> Line:
    """Return what has to change in a line so that its choices are what the rules force.

    Nothing a person chose is overwritten with anything but the only lawful value; what the
    program had put in is taken out when the rule lets go.
    """
    put: Line = {}
    auto = set(filter(None, line.get(AUTO, "").split(",")))
    for key, forced in (
        ("method", facts.forced_method),
        ("organisation", facts.forced_organisation),
        ("agency_kind", facts.forced_agency),
    ):
        value = line.get(key, "")
        if forced is not None and value not in forced.values:
            put[key] = forced.values[0]
            auto.add(key)
        elif forced is None and key in auto:
            put[key] = ""
            auto.discard(key)
    if "method" in put:
        put["condition"] = ""
        if put["method"] == MALL:
            put["purchase_form"] = MALL
        elif line.get("purchase_form") == MALL:
            put["purchase_form"] = ""
    if put:
        put[AUTO] = ",".join(sorted(auto))
    return put


def only_condition(line: Line, facts: ItemFacts) -> Line:
    """Return the condition of a method that has just one, when none is chosen yet."""
    if line.get("condition") or not line.get("method") or len(facts.conditions) != 1:
        return {}
    return {"condition": facts.conditions[0].code}
