"""Rules about the money of a plan: R1 to R5 and which fund plans may be drawn on."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from govproc_desktop.domain.errors import AppError
from govproc_desktop.domain.money import MAX_QUANTITY, ZERO, check_money, subtotal
from govproc_desktop.domain.plan.content import FundKind
from govproc_desktop.domain.plan.facts import FundSource, PlanFacts, TakenMeanwhile, draws
from govproc_desktop.domain.plan.flow import DRAFT
from govproc_desktop.domain.rules import Check, failed, passed, rule
from govproc_desktop.i18n import N_, _

_BUDGET = N_("预算法；本系统用款计划台账")
_NOT_OWN = N_("第 {no} 条资金没有选到本单位的用款计划。请重新选择。")
_OVER = N_("本次申请 {value} 元，超过拟可用 {limit} 元（多 {over} 元）。请调减或另选用款计划。")
_TAKEN = N_(
    "刚才 {person} 已占用 {taken} 元，用款计划 {plan_no} 现可用 {limit} 元，"
    "不够本次申请的 {value} 元。您的内容已留作草稿。"
)


@rule("R1", N_("用款计划够用"), source=_BUDGET)
def within_available(facts: PlanFacts) -> Iterator[Check]:
    """What is drawn on each fund plan, all lines together, stays within its 拟可用."""
    for uid, (at, amount) in draws(facts.content).items():
        source = facts.funds.get(uid)
        if source is None or amount <= 0:
            continue
        where = f"funds.{at}.amount"
        if amount <= source.available:
            title = _(N_("用款计划 …{tail} 够用")).format(tail=source.plan_no[-4:])
            yield passed(
                "{value} ≤ {limit}",
                value=amount,
                limit=source.available,
                field=where,
                title=title,
            )
        else:
            yield _short(facts.meanwhile.get(uid), source, amount=amount, where=where)


def _short(
    taken: TakenMeanwhile | None, source: FundSource, *, amount: Decimal, where: str
) -> Check:
    """Say what is missing, and who took it if that was after the document was saved."""
    text, code = _OVER, "E1203"
    if taken is not None:
        text, code = _TAKEN, "E1204"
    return failed(
        text,
        value=amount,
        limit=source.available,
        over=amount - source.available,
        plan_no=source.plan_no,
        person=taken.person if taken else "",
        taken=taken.amount if taken else ZERO,
        title=_(N_("用款计划 …{tail} 不够用")).format(tail=source.plan_no[-4:]),
        mend=N_("请调减本次申请使用，或另选用款计划"),
        field=where,
        go=where,
        code=code,
    )


@rule("R2", N_("草稿未占用"), source=N_("本系统：提交时才占用"))
def draft_holds_nothing(facts: PlanFacts) -> Iterator[Check]:
    """A draft draws on nothing yet; the money is taken when it is submitted."""
    if facts.state == DRAFT and facts.content.fiscal > 0:
        yield passed(N_("草稿未占用，提交时占用 {value} 元"), value=facts.content.fiscal)


@rule("R3", N_("资金等于内容"), source=N_("本系统：总金额 = 财政资金 + 自有资金 = Σ采购内容"))
def sums_agree(facts: PlanFacts) -> Iterator[Check]:
    """财政资金 + 自有资金 = Σ采购内容, to the fen; a refusal names both sums."""
    sums = facts.totals
    if not sums.difference:
        yield passed(
            "{fiscal} + {own} = {value}",
            fiscal=sums.fiscal,
            own=sums.own,
            value=sums.items,
            limit=sums.funds,
        )
        return
    short = sums.difference > 0
    yield failed(
        N_("资金合计 {value} 元 ≠ 采购内容合计 {limit} 元，资金{word} {gap} 元。"),
        value=sums.funds,
        limit=sums.items,
        word=_(N_("少")) if short else _(N_("多")),
        gap=abs(sums.difference),
        field="funds",
        title=N_("资金不等于内容"),
        mend=N_("补上资金来源，或改采购内容") if short else N_("调减资金，或补上采购内容"),
        go="funds",
        code="E1207",
    )


@rule("R4", N_("金额合格"), source=N_("本系统：金额大于 0，最多两位小数"))
def amounts_proper(facts: PlanFacts) -> Iterator[Check]:
    """Every typed amount is above 0 with two places, every quantity and price with four."""
    count, bad = 0, False
    for at, line in enumerate(facts.content.funds):
        if line.amount is None:
            continue
        count += 1
        if sentence := _money_fault(line.amount):
            bad = True
            yield _bad(sentence, f"funds.{at}.amount")
    for each in facts.items:
        for name in ("quantity", "price"):
            value = getattr(each.item, name)
            if value is None:
                continue
            count += 1
            if sentence := _number_fault(value):
                bad = True
                yield _bad(sentence, each.key(name))
        if sentence := _product_fault(each.item.quantity, each.item.price):
            bad = True
            yield _bad(sentence, each.key("price"))
    if count and not bad:
        yield passed(N_("{count} 个数都大于 0，小数位合格"), count=count)


def _bad(sentence: str, where: str) -> Check:
    return failed("{sentence}", sentence=sentence, field=where, go=where, code="E1201")


def _money_fault(value: Decimal) -> str:
    try:
        check_money(value)
    except AppError as fault:
        return fault.sentence()
    return ""


def _number_fault(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    if not value.is_finite() or not isinstance(exponent, int):
        return _(N_("“{typed}”不是数。")).format(typed=str(value)[:30])
    if not 0 < value <= MAX_QUANTITY or exponent < -4:
        text = N_("“{typed}”不行：数量和单价须大于 0、最多四位小数、不超过 999,999,999.9999。")
        return _(text).format(typed=f"{value:f}"[:30])
    return ""


def _product_fault(quantity: Decimal | None, price: Decimal | None) -> str:
    if quantity is None or price is None or _number_fault(quantity) or _number_fault(price):
        return ""
    try:
        total = subtotal(quantity, price)
    except AppError as fault:
        return fault.sentence()
    return "" if total > 0 else _(N_("数量×单价不到 1 分，请核对数量和单价。"))


@rule("R5", N_("小计等于数量×单价"), source=N_("本系统：四舍五入到分"))
def subtotals_computed(facts: PlanFacts) -> Iterator[Check]:
    """A subtotal that came with a line is what the program computes, else it is refused."""
    bad = False
    for each in facts.items:
        typed = each.item.subtotal
        if typed is not None and typed != each.subtotal:
            bad = True
            yield failed(
                N_("第 {no} 行小计 {value} 元 ≠ 数量×单价 {limit} 元。小计由系统计算，请勿改动。"),
                no=each.at + 1,
                value=typed,
                limit=each.subtotal,
                field=each.key("subtotal"),
                go=each.key("price"),
                code="E1207",
            )
    if facts.items and not bad:
        yield passed(N_("{count} 行小计相符"), count=len(facts.items))


@rule("R67", N_("用款计划能用于本单位采购"), source=_BUDGET)
def funds_usable(facts: PlanFacts) -> Iterator[Check]:
    """A fund plan is the unit's own, marked for government procurement, and not of a later year."""
    seen, bad = 0, False
    for at, line in enumerate(facts.content.funds):
        if line.kind is not FundKind.FUND_PLAN:
            continue
        seen += 1
        source = facts.funds.get(line.fund_plan) if line.fund_plan else None
        sentence = _unusable(facts, source)
        if sentence:
            bad = True
            where = f"funds.{at}.fund_plan"
            yield failed(
                sentence,
                no=at + 1,
                plan_no=source.plan_no if source else "",
                year=source.year if source else 0,
                plan_year=facts.content.year,
                field=where,
                go=where,
            )
    if seen and not bad:
        yield passed(N_("{count} 条用款计划都可用"), count=seen)


@rule("R67", N_("用款计划属于本单位"), source=_BUDGET)
def funds_own(facts: PlanFacts) -> Iterator[Check]:
    """Even a draft names no fund plan but the unit's own."""
    for at, line in enumerate(facts.content.funds):
        if line.kind is not FundKind.FUND_PLAN:
            continue
        source = facts.funds.get(line.fund_plan) if line.fund_plan else None
        if source is None or source.unit_id != facts.unit_id:
            where = f"funds.{at}.fund_plan"
            yield failed(_NOT_OWN, no=at + 1, field=where, go=where)


def _unusable(facts: PlanFacts, source: FundSource | None) -> str:
    if source is None or source.unit_id != facts.unit_id:
        return _NOT_OWN
    if not source.is_gov_pur:
        return N_("用款计划 {plan_no} 没有政府采购标识，不能用于政府采购。请另选。")
    if facts.content.year and source.year > facts.content.year:
        return N_("用款计划 {plan_no} 是 {year} 年的，晚于采购年度 {plan_year}。请另选。")
    return ""


@rule("R17", N_("中期规划只用当年资金"), source=N_("用户手册：中期规划项目"))
def midterm_funds(facts: PlanFacts) -> Iterator[Check]:
    """A 中期规划 project draws on fund plans of its own year and 其它资金 only."""
    if not facts.content.midterm:
        return
    year, bad = facts.content.year, False
    for at, line in enumerate(facts.content.funds):
        source = facts.funds.get(line.fund_plan) if line.fund_plan else None
        where = f"funds.{at}.fund_plan"
        mend = N_("改用当年用款计划或其它资金，或取消“中期规划”")
        if line.kind is FundKind.PUBLIC:
            bad = True
            text = N_("中期规划项目只能用 {year} 年的用款计划和其它资金，不能用公用经费。")
            yield failed(text, year=year, field=f"funds.{at}.kind", mend=mend, go="midterm")
        elif source is not None and source.year != year:
            bad = True
            yield failed(
                N_("用款计划 {plan_no} 是 {found} 年的，中期规划项目只能用 {year} 年的。"),
                plan_no=source.plan_no,
                found=source.year,
                year=year,
                field=where,
                mend=mend,
                go=where,
            )
    if not bad:
        yield passed(N_("都是 {year} 年的用款计划或其它资金"), year=year)


@rule("R18", N_("作废后不影响合同"), source=N_("本系统：已签合同的备案不能作废"))
def nothing_contracted(facts: PlanFacts) -> Iterator[Check]:
    """Voiding a filed plan leaves enough filed money for the contracts on its fund plans."""
    contracted = facts.contracted
    for uid, (at, amount) in draws(facts.content).items():
        source = facts.funds[uid]
        left = source.filed - amount
        signed = contracted.get(uid, ZERO)
        where = f"funds.{at}.amount"
        if signed <= left:
            yield passed(
                N_("用款计划 {plan_no} 已签合同 {value} 元 ≤ 作废后备案占用 {limit} 元"),
                plan_no=source.plan_no,
                value=signed,
                limit=left,
            )
        else:
            yield failed(
                N_(
                    "用款计划 {plan_no} 上已签合同 {value} 元，作废后备案占用只剩 {limit} 元。"
                    "没有作废。请先办理节资处理。"
                ),
                plan_no=source.plan_no,
                value=signed,
                limit=left,
                field=where,
            )
