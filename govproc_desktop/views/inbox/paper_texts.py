"""What a plan under review shows, as plain rows: facts, fund lines, content lines, changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from govproc_desktop.domain.money import money_text, quantity_text
from govproc_desktop.domain.plan.compare import Change, body_changes
from govproc_desktop.domain.plan.content import (
    FUND_KIND_TITLES,
    FundKind,
    Item,
    SmeMode,
)
from govproc_desktop.domain.plan.flow import NODES
from govproc_desktop.i18n import _
from govproc_desktop.queries.histories import Paper
from govproc_desktop.queries.plans import DrawnFund
from govproc_desktop.views.inbox.grid import Fact, GridCell, GridColumn

_NOTHING = "—"


def one_or_count(values: Iterable[str]) -> str:
    """Return the value all lines share, or how many different ones there are."""
    found = [each for each in dict.fromkeys(values) if each]
    if not found:
        return _NOTHING
    return found[0] if len(found) == 1 else _("{count} 种，见采购内容").format(count=len(found))


def facts_of(paper: Paper) -> tuple[Fact, ...]:
    """Return the facts of the head, in the order of the paper form."""
    content, names = paper.record.content, paper.names
    choices = [item.choice for item in content.items]

    def shared(table: str, attribute: str) -> str:
        codes = (getattr(choice, attribute) for choice in choices)
        return one_or_count(names.get(f"{table}:{code}", code) for code in codes)

    made = [
        Fact(_("采购年度"), str(content.year)),
        Fact(_("申请日期"), _day(content.applied_on)),
        Fact(_("期望完成"), _day(content.expected_on)),
        Fact(_("组织形式"), shared("organisation_forms", "organisation")),
        Fact(_("采购方式"), shared("method", "method")),
        Fact(_("采购机构"), shared("agency_kinds", "agency_kind")),
        Fact(_("适用条件"), shared("condition", "condition")),
        Fact(_("中小企业"), sme_text(paper)),
        Fact(_("业务处室"), content.business_office or _NOTHING),
        Fact(_("进口产品"), _("是") if content.is_import else _("否")),
        Fact(_("审核流程"), _("送主管部门") if content.department_review else _("不送主管部门")),
    ]
    return (*made, *_seldom(paper))


def _seldom(paper: Paper) -> list[Fact]:
    content = paper.record.content
    agency = one_or_count(item.choice.agency for item in content.items)
    exception = one_or_count(item.choice.exception_no for item in content.items)
    return [
        Fact(label, value, token)
        for label, value, token in (
            (_("代理机构"), agency if agency != _NOTHING else "", "text"),
            (_("批准文号"), content.approval_no, "text"),
            (_("自行采购"), exception if exception != _NOTHING else "", "text"),
            (_("中期规划"), _("是") if content.midterm else "", "text"),
            (_("紧急采购"), content.urgent_basis if content.urgent else "", "warn"),
            (_("不预留理由"), content.sme_reason, "text"),
            (_("超限说明"), content.split_reason, "warn"),
            (_("备注"), content.remark, "text"),
        )
        if value
    ]


def sme_text(paper: Paper) -> str:
    """Return how much is reserved for small firms, in a few words."""
    content = paper.record.content
    if content.sme_mode == SmeMode.RESERVED:
        return _("预留 {percent}%").format(percent=content.sme_percent)
    words = {SmeMode.WHOLE: _("整体专门面向"), SmeMode.NONE: _("不预留")}
    return words.get(content.sme_mode, _NOTHING)


def fund_note(paper: Paper) -> str:
    """Return how many fund plans and whether own money, for the section's line."""
    lines = paper.record.content.funds
    plans = sum(line.kind == FundKind.FUND_PLAN for line in lines)
    parts = [_("{count} 条用款计划").format(count=plans)] if plans else []
    if plans < len(lines):
        parts.append(_("自有资金"))
    return " + ".join(parts)


def fund_grid(
    paper: Paper, *, narrow: bool
) -> tuple[tuple[GridColumn, ...], tuple[tuple[GridCell, ...], ...]]:
    """Return the fund lines; when narrow, the document number stands under the plan number."""
    by_uid = {fund.uid: fund for fund in paper.record.funds}
    rows = []
    for line in paper.record.content.funds:
        fund = by_uid.get(line.fund_plan) if line.fund_plan else None
        if fund is not None:
            free = money_text(available(paper, fund, line.amount or Decimal(0)))
            number, doc = fund.plan_no, fund.doc_no
            kind = paper.names.get(f"fund_kinds:{fund.fund_type}", fund.fund_type)
            tip = f"{fund.plan_no}\n{fund.project}"
        else:
            number, doc, free = _(FUND_KIND_TITLES[line.kind]), "", _NOTHING
            kind = paper.names.get(f"fund_kinds:{line.own_kind}", line.own_kind) or _NOTHING
            tip = number
        amount = GridCell(_money(line.amount))
        if narrow:
            first: tuple[GridCell, ...] = (GridCell(number, doc or _("不占用款计划"), tip),)
        else:
            first = (GridCell(number, "", tip), GridCell(doc or _NOTHING))
        rows.append((*first, GridCell(kind), GridCell(free), amount))
    return _fund_columns(narrow=narrow), tuple(rows)


def _fund_columns(*, narrow: bool) -> tuple[GridColumn, ...]:
    first = (
        (GridColumn(title=_("用款计划号 / 指标文号")),)
        if narrow
        else (GridColumn(title=_("用款计划号")), GridColumn(title=_("指标文号")))
    )
    return (
        *first,
        GridColumn(title=_("资金性质"), stretch=True),
        GridColumn(title=_("拟可用(元)"), right=True),
        GridColumn(title=_("本次申请使用(元)"), right=True, strong=True),
    )


def available(paper: Paper, fund: DrawnFund, drawn: Decimal) -> Decimal:
    """Return what the fund plan has for this document: free money plus what it holds itself."""
    held = fund.balances
    free = held.amount - held.filed - held.in_transit
    state = paper.record.head.state
    return free + drawn if state in NODES or state == "filed" else free


def item_grid(paper: Paper) -> tuple[tuple[GridColumn, ...], tuple[tuple[GridCell, ...], ...]]:
    """Return the content lines; what differs from line to line stands in the second line."""
    items = paper.record.content.items
    mixed = len({item.choice.method for item in items}) > 1
    columns = (
        GridColumn(title=_("品目代码")),
        GridColumn(title=_("品目名称"), stretch=True),
        GridColumn(title=_("数量"), right=True),
        GridColumn(title=_("单价(元)"), right=True),
        GridColumn(title=_("小计(元)"), right=True, strong=True),
    )
    return columns, tuple(_item_row(paper, item, mixed=mixed) for item in items)


def _item_row(paper: Paper, item: Item, *, mixed: bool) -> tuple[GridCell, ...]:
    category = paper.names.get(f"category:{item.catalog_version}:{item.code}", "")
    name = item.name or category
    second = [category] if category and category != name else []
    if item.spec:
        second.append(item.spec.replace("\n", " "))
    if mixed:
        second.insert(0, paper.names.get(f"method:{item.choice.method}", item.choice.method))
    quantity = _NOTHING if item.quantity is None else quantity_text(item.quantity)
    return (
        GridCell(item.code, "", _("{version} 年版目录").format(version=item.catalog_version)),
        GridCell(name or _NOTHING, " · ".join(second), "\n".join((name, category, item.spec))),
        GridCell(f"{quantity} {item.unit}".strip()),
        GridCell(_price(item.price)),
        GridCell(_money(item.subtotal)),
    )


@dataclass(frozen=True)
class Changed:
    """One change since the return, ready to draw."""

    title: str
    old: str
    new: str


def changes_of(paper: Paper) -> tuple[Changed, ...]:
    """Return what changed since the document was returned; nothing when it never was."""
    if paper.before is None or not paper.record.versions:
        return ()
    now = paper.record.versions[0]
    found = body_changes(json.loads(paper.before.body), json.loads(now.body))
    return tuple(_changed(each) for each in found)


def _changed(change: Change) -> Changed:
    return Changed(change.title, change.old, change.new)


def file_note(paper: Paper) -> str:
    """Return how many files there are."""
    return _("{count} 份").format(count=len(paper.record.attachments))


def subtitle(paper: Paper, *, narrow: bool) -> str:
    """Return the line under the name: kind (when there is room), unit, contact, submission."""
    head, content = paper.record.head, paper.record.content
    parts = [
        "" if narrow else _("采购实施计划"),
        head.unit,
        f"{content.contact} {content.phone}".strip(),
    ]
    sent = [step for step in paper.record.steps if step.action == "submit"]
    if sent:
        times = _("第 {count} 次提交 {when}") if len(sent) > 1 else _("{when} 提交")
        parts.append(times.format(count=len(sent), when=f"{sent[-1].at:%m-%d %H:%M}"))
    if head.number:
        parts.append(head.number)
    # a part is never broken over two lines
    return " · ".join(part.replace(" ", "\u00a0") for part in parts if part)


def _money(value: Decimal | None) -> str:
    return _NOTHING if value is None else money_text(value)


def _price(value: Decimal | None) -> str:
    if value is None:
        return _NOTHING
    cents = value.quantize(Decimal("0.01"))
    return money_text(cents) if cents == value else quantity_text(value)


def _day(value: date | None) -> str:
    return _NOTHING if value is None else value.isoformat()
