"""A plan's content as the raw texts of the form, and the raw texts read back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from govproc_desktop.domain.plan.content import (
    FundDraw,
    FundKind,
    Item,
    MethodChoice,
    PlanContent,
)
from govproc_desktop.views.kit.form_window.reading import (
    read_record,
    tidy_number,
    tidy_price,
    write_record,
)
from govproc_desktop.views.kit.form_window.state import FormState
from govproc_desktop.views.kit.lines_model import Line

CHOICE_KEYS = (
    "method",
    "condition",
    "organisation",
    "agency_kind",
    "agency",
    "purchase_form",
    "exception_no",
)


@dataclass(frozen=True)
class Typed:
    """What was typed, as far as it can be read, and a sentence for every field that cannot."""

    content: PlanContent
    errors: dict[str, str] = field(default_factory=dict)


def state_of(content: PlanContent) -> FormState:
    """Return the raw texts of a content."""
    return FormState(
        write_record(content),
        {
            "funds": [write_record(line) for line in content.funds],
            "items": [item_line(item) for item in content.items],
        },
    )


def item_line(item: Item) -> Line:
    """Return the raw texts of one content line, its choices beside."""
    line = write_record(item)
    line.pop("subtotal", None)
    line["quantity"] = tidy_number(line["quantity"])
    line["price"] = tidy_price(line["price"])
    return {**line, **write_record(item.choice)}


def blank_item(version: str) -> Line:
    """Return an empty content line of a catalogue version."""
    return item_line(Item(uid=uuid4(), catalog_version=version))


def own_line(kind: FundKind) -> Line:
    """Return an empty line of 公用经费 or 其它资金."""
    return write_record(FundDraw(uid=uuid4(), kind=kind))


def drawn_line(fund_plan: UUID, amount: str) -> Line:
    """Return a line that draws on a fund plan."""
    return {**write_record(FundDraw(uid=uuid4(), fund_plan=fund_plan)), "amount": amount}


def read_state(state: FormState) -> Typed:
    """Read the raw texts; unreadable fields stand empty in the content and have a sentence."""
    values, errors = read_record(PlanContent, state.fields)
    funds = []
    for at, line in enumerate(state.lines.get("funds", [])):
        found, wrong = read_record(FundDraw, line)
        funds.append(FundDraw(**found))
        errors.update({f"funds.{at}.{key}": sentence for key, sentence in wrong.items()})
    items = []
    for at, line in enumerate(state.lines.get("items", [])):
        made, wrong = read_item(line)
        items.append(made)
        errors.update({f"items.{at}.{key}": sentence for key, sentence in wrong.items()})
    content = PlanContent(**values)
    return Typed(replace(content, funds=tuple(funds), items=tuple(items)), errors)


def read_item(line: Line) -> tuple[Item, dict[str, str]]:
    """Read one content line."""
    found, errors = read_record(Item, line)
    choice, wrong = read_record(MethodChoice, line)
    return Item(**found, choice=MethodChoice(**choice)), {**errors, **wrong}
