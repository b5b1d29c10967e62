"""Rules about what a plan must say before it is submitted: required fields, SME, urgency, route."""

from __future__ import annotations

from collections.abc import Iterator

from govproc_desktop.domain.catalog import ObjectType
from govproc_desktop.domain.plan.content import (
    SME_HOW,
    FundKind,
    PlanContent,
    SmeMode,
    title_of,
)
from govproc_desktop.domain.plan.facts import PlanFacts
from govproc_desktop.domain.plan.route import needs_finance
from govproc_desktop.domain.rules import Check, Level, failed, passed, rule
from govproc_desktop.i18n import N_, _

_OURS = N_("本系统")
FIRST_YEAR, LAST_YEAR = 2000, 2099
_HEAD = ("title", "year", "contact", "phone", "applied_on", "expected_on")
_ITEM = ("code", "quantity", "price")
_CHOICE = ("method", "organisation", "agency_kind", "purchase_form")
_LEAST = {ObjectType.GOODS: 30, ObjectType.SERVICES: 30, ObjectType.WORKS: 40}


@rule("R63", N_("必填项已填"), source=_OURS)
def required_filled(facts: PlanFacts) -> Iterator[Check]:
    """Every required field is filled; each empty one is named with its place."""
    missing = list(_missing(facts.content))
    for title, where, no in missing:
        text = N_("第 {no} 行“{name}”还没有填。") if no else N_("“{name}”还没有填。")
        yield failed(text, name=_(title), no=no, field=where, mend=N_("去填写"), go=where)
    if not missing:
        yield passed(N_("项目名称、联系人、日期、资金和采购内容都已填"))


def _missing(content: PlanContent) -> Iterator[tuple[str, str, int]]:
    for name in _HEAD:
        if not getattr(content, name):
            yield title_of(content, name), name, 0
    if not content.funds:
        yield N_("资金来源"), "funds", 0
    if not content.items:
        yield N_("采购内容"), "items", 0
    for at, line in enumerate(content.funds):
        if line.amount is None:
            yield title_of(line, "amount"), f"funds.{at}.amount", at + 1
        if line.kind is not FundKind.FUND_PLAN and not line.own_kind:
            yield title_of(line, "own_kind"), f"funds.{at}.own_kind", at + 1
    for at, item in enumerate(content.items):
        for name in _ITEM:
            if not getattr(item, name):
                yield title_of(item, name), f"items.{at}.{name}", at + 1
        for name in _CHOICE:
            if not getattr(item.choice, name):
                yield title_of(item.choice, name), f"items.{at}.choice.{name}", at + 1


@rule("R68", N_("日期先后合理"), source=_OURS)
def dates_in_order(facts: PlanFacts) -> Iterator[Check]:
    """采购年度 is a year; 期望完成时间 is not before 申请日期."""
    year = facts.content.year
    if year and not FIRST_YEAR <= year <= LAST_YEAR:
        yield failed(
            N_("采购年度 {year} 不行，应是 {first} 到 {last} 之间的年份，如 2026。"),
            year=year,
            first=FIRST_YEAR,
            last=LAST_YEAR,
            field="year",
            mend=N_("改采购年度"),
            go="year",
        )
    applied, expected = facts.content.applied_on, facts.content.expected_on
    if applied is None or expected is None:
        return
    if expected >= applied:
        yield passed("{applied} ≤ {expected}", applied=applied, expected=expected)
    else:
        yield failed(
            N_("期望完成时间 {expected} 早于申请日期，请改到 {applied} 之后。"),
            expected=expected,
            applied=applied,
            field="expected_on",
            mend=N_("改期望完成时间"),
            go="expected_on",
        )


@rule("R64", N_("中小企业政策已落实"), source=N_("财库〔2020〕46号"))
def sme_answered(facts: PlanFacts) -> Iterator[Check]:
    """The SME block is answered: the whole, a share of at least 30/40 %, or none with a reason."""
    content = facts.content
    if content.sme_mode is SmeMode.EMPTY:
        yield _sme(N_("“面向中小企业”还没有选。请选择整体专门面向、预留份额或不预留。"), "sme_mode")
    elif content.sme_mode is SmeMode.WHOLE:
        yield passed(N_("整体专门面向中小企业（100%）"))
    elif content.sme_mode is SmeMode.NONE:
        if content.sme_reason:
            yield passed(N_("不预留，已写理由"))
        else:
            yield _sme(N_("选了不预留，还没有写理由。请写明不预留的理由。"), "sme_reason")
    else:
        yield from _reserved(facts)


def _reserved(facts: PlanFacts) -> Iterator[Check]:
    content = facts.content
    kinds = {each.object_type for each in facts.items if each.object_type is not None}
    least = max((_LEAST[kind] for kind in kinds), default=30)
    if not least <= content.sme_percent <= 100:
        yield _sme(
            N_("预留 {percent}% 不行：货物、服务不低于 30%，工程不低于 40%，不超过 100%。"),
            "sme_percent",
            percent=content.sme_percent,
        )
    if content.sme_how not in SME_HOW:
        yield _sme(N_("预留份额须选预留方式：整体或采购包、联合体、分包。"), "sme_how")
    if least <= content.sme_percent <= 100 and content.sme_how in SME_HOW:
        text = N_("预留 {percent}% ≥ {least}%，{how}")
        how = _(SME_HOW[content.sme_how])
        yield passed(text, percent=content.sme_percent, least=least, how=how)


def _sme(text: str, where: str, **params: object) -> Check:
    return failed(text, field=where, mend=N_("去填写"), go=where, **params)


@rule("R65", N_("紧急采购有依据"), source=N_("财库〔2026〕12号"))
def urgency_based(facts: PlanFacts) -> Iterator[Check]:
    """An urgent purchase says what it rests on."""
    if not facts.content.urgent:
        return
    if facts.content.urgent_basis:
        yield passed(N_("已写紧急采购依据"))
    else:
        yield failed(
            N_("勾选了紧急采购，还没有写依据。请写明依据，或取消勾选。"),
            field="urgent_basis",
            mend=N_("去填写"),
            go="urgent_basis",
        )


@rule("R14", N_("主管部门审核有人办"), source=N_("用户手册：审核流程"))
def department_exists(facts: PlanFacts) -> Iterator[Check]:
    """审核流程 is ticked only by a unit that has a 主管单位."""
    if not facts.content.department_review:
        return
    if facts.parent_name:
        yield passed(N_("送 {name} 审核"), name=facts.parent_name)
    else:
        yield failed(
            N_("本单位没有登记主管单位，不能送主管部门审核。请取消“审核流程”，或请管理员登记。"),
            field="department_review",
            go="department_review",
        )


@rule("R69", N_("财政审核有人办"), source=_OURS)
def finance_exists(facts: PlanFacts) -> Iterator[Check]:
    """A plan that has to go to finance needs a finance office in the system."""
    if needs_finance(facts) and not facts.has_finance:
        yield failed(
            N_("这份计划须送财政审核，但系统里没有登记财政部门。请管理员先登记。"),
            level=Level.REFUSE,
        )
