"""What changed between two texts of a plan: for the reviewer's strip and the merge dialog.

Works on the plain JSON values of a plan's content (or of a stored version's body), so that what
was saved, what another saved and what is being typed compare alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from govproc_desktop.domain.money import money_text
from govproc_desktop.domain.plan.content import (
    FUND_KIND_TITLES,
    SME_HOW,
    SME_TITLES,
    FundDraw,
    FundKind,
    Item,
    MethodChoice,
    PlanContent,
    SmeMode,
)
from govproc_desktop.i18n import N_, _

_MONEY = {"amount", "price", "subtotal", "total"}
_SKIPPED = {"uid", "subtotal", "funds", "items", "choice"}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference; ``old`` or ``new`` is "" for what was added or taken away.

    ``field`` is the field key, with a line named by its uid: ``items.<uid>.price``.
    """

    field: str
    title: str
    old: str
    new: str


def changes(
    old: Mapping[str, Any], new: Mapping[str, Any], *, names: Mapping[str, str] | None = None
) -> tuple[Change, ...]:
    """Return every difference between two contents, the total first.

    Args:
        old: plain values of the earlier content.
        new: plain values of the later content.
        names: what to call fund plans (by uid) and choices (by code).
    """
    return (
        *_total(old, new),
        *_head(old, new),
        *_lines(old, new, "funds", names or {}),
        *_lines(old, new, "items", names or {}),
    )


def body_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return what changed between two stored versions, attachments included."""
    names = {**old.get("names", {}), **new.get("names", {})}
    return (
        *changes(old["content"], new["content"], names=names),
        *_attachments(old.get("attachments", ()), new.get("attachments", ())),
    )


def _total(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = _sum(old), _sum(new)
    if before != after:
        yield Change(
            field="total",
            title=_(N_("总金额")),
            old=money_text(before),
            new=money_text(after),
        )


def _sum(content: Mapping[str, Any]) -> Decimal:
    found = (_number(line.get("amount")) for line in content.get("funds", ()))
    return sum((each for each in found if each is not None), Decimal(0))


def _number(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None


def _head(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    yield from _fields(PlanContent, old, new, key="", where="")


def _fields(
    kind: type[Any], old: Mapping[str, Any], new: Mapping[str, Any], *, key: str, where: str
) -> Iterator[Change]:
    for each in fields(kind):
        if each.name in _SKIPPED or old.get(each.name) == new.get(each.name):
            continue
        before, after = shown(each.name, old.get(each.name)), shown(each.name, new.get(each.name))
        if before != after:
            title = _(each.metadata.get("title", each.name))
            yield Change(field=key + each.name, title=where + title, old=before, new=after)


def shown(name: str, value: Any) -> str:
    """Return a plain value as a person reads it: amounts with commas, choices by their names."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _(N_("是")) if value else _(N_("否"))
    if name == "kind" and value in set(FundKind):
        return _(FUND_KIND_TITLES[FundKind(value)])
    if name == "sme_mode" and value in set(SmeMode):
        return _(SME_TITLES[SmeMode(value)])
    if name == "sme_how":
        return _(SME_HOW.get(value, value))
    number = _number(value) if name in _MONEY else None
    if number is not None and number == number.quantize(Decimal("0.01")):
        return money_text(number)
    return str(value)


def _lines(
    old: Mapping[str, Any], new: Mapping[str, Any], part: str, names: Mapping[str, str]
) -> Iterator[Change]:
    before = {line["uid"]: line for line in old.get(part, ())}
    after = {line["uid"]: line for line in new.get(part, ())}
    for uid in dict.fromkeys((*before, *after)):
        earlier, later = before.get(uid), after.get(uid)
        called = _called(part, later or earlier or {}, names)
        key = f"{part}.{uid}"
        if earlier is None or later is None:
            text = _summary(later or earlier or {})
            yield Change(
                field=key,
                title=called,
                old=text if earlier is not None else "",
                new=text if later is not None else "",
            )
            continue
        kind = FundDraw if part == "funds" else Item
        yield from _named(kind, earlier, later, key=key, where=f"{called} ", names=names)
        if part == "items":
            choices = earlier.get("choice", {}), later.get("choice", {})
            where = f"{called} "
            yield from _named(MethodChoice, *choices, key=f"{key}.choice", where=where, names=names)


def _named(
    kind: type[Any],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    *,
    key: str,
    where: str,
    names: Mapping[str, str],
) -> Iterator[Change]:
    for each in _fields(kind, old, new, key=f"{key}.", where=where):
        yield replace(each, old=names.get(each.old, each.old), new=names.get(each.new, each.new))


def _called(part: str, line: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if part == "items":
        return str(line.get("name") or line.get("code") or _(N_("采购内容")))
    fund_plan = str(line.get("fund_plan") or "")
    if fund_plan:
        return names.get(fund_plan, _(N_("用款计划")))
    return shown("kind", line.get("kind", ""))


def _summary(line: Mapping[str, Any]) -> str:
    if "amount" in line:
        return shown("amount", line.get("amount"))
    quantity, price = shown("quantity", line.get("quantity")), shown("price", line.get("price"))
    return f"{quantity} × {price}" if quantity and price else ""


def _attachments(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    before = {(each["kind"], each["sha256"]): each["name"] for each in old}
    after = {(each["kind"], each["sha256"]): each["name"] for each in new}
    title = _(N_("附件"))
    for key in dict.fromkeys((*before, *after)):
        if (key in before) != (key in after):
            yield Change(
                field=f"attachments.{key[0]}",
                title=title,
                old=before.get(key, ""),
                new=after.get(key, ""),
            )
