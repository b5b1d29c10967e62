"""Rules about how a line is procured: R6 and R8 to R11."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govproc_desktop.domain.plan.content import title_of
from govproc_desktop.domain.plan.facts import ItemFacts, PlanFacts
from govproc_desktop.domain.rules import Check, failed, passed, rule
from govproc_desktop.i18n import N_, _


@rule("R6", N_("采购方式适用于采购对象"), source=N_("政府采购法第32条：询价只用于货物"))
def method_fits(facts: PlanFacts) -> Iterator[Check]:
    """Works and services are never bought by 询价; an unknown or unfit method is refused."""
    seen, bad = 0, False
    for each in facts.items:
        code = each.item.choice.method
        if not code:
            continue
        seen += 1
        where = each.key("choice.method")
        if each.method is None:
            bad = True
            text = N_("第 {no} 行的采购方式“{typed}”不在采购方式表中。请重新选择。")
            yield failed(text, no=each.at + 1, typed=code, field=where, go=where)
        elif each.object_type is not None and each.object_type not in each.method.objects:
            bad = True
            yield failed(
                N_("第 {no} 行是{object}，不能用{method}。依据：{source}。请改选采购方式。"),
                no=each.at + 1,
                object=_(each.object_type.label),
                method=each.method.name,
                source=each.method.source,
                field=where,
                go=where,
                code="E1402",
            )
    if seen and not bad:
        yield passed(N_("{count} 行的采购方式都适用"), count=seen)


@rule("R8", N_("适用条件属于所选采购方式"), source=N_("政府采购法第29至32条；财库〔2014〕214号"))
def condition_belongs(facts: PlanFacts) -> Iterator[Check]:
    """A condition is one of the chosen method's own; changing the method clears it."""
    for each in facts.items:
        if each.item.choice.condition and each.condition is None:
            where = each.key("choice.condition")
            yield failed(
                N_("第 {no} 行的适用条件“{typed}”不属于{method}。请重新选择适用条件。"),
                no=each.at + 1,
                typed=each.item.choice.condition,
                method=each.method.name if each.method else _(N_("所选采购方式")),
                field=where,
                go=where,
            )


@rule("R8", N_("非公开招标选了适用条件"), source=N_("政府采购法第29至32条；财库〔2014〕214号"))
def condition_chosen(facts: PlanFacts) -> Iterator[Check]:
    """Every line that is not by public tender names the 适用条件 it rests on."""
    seen, bad = 0, False
    for each in facts.items:
        if each.method is None or not each.method.needs_condition:
            continue
        seen += 1
        if not each.item.choice.condition:
            bad = True
            where = each.key("choice.condition")
            yield failed(
                N_("第 {no} 行采用{method}，还没有选适用条件。"),
                no=each.at + 1,
                method=each.method.name,
                field=where,
                mend=N_("选适用条件"),
                go=where,
            )
    if seen and not bad:
        yield passed(N_("{count} 行都选了适用条件"), count=seen)


@rule("R9", N_("商城目录内限额以下用网上商城"), source=N_("集中采购目录及标准：零星采购"))
def mall_forced(facts: PlanFacts) -> Iterator[Check]:
    """A line of the 网上商城目录 within the mall limit is bought in the mall."""
    for each in facts.items:
        if each.mall is None or each.mall_limit is None:
            continue
        where = each.key("choice.method")
        numbers: dict[str, Any] = {
            "no": each.at + 1,
            "name": each.mall.name,
            "value": each.subtotal,
            "limit": each.mall_limit.amount,
            "note": short_note(each.mall_limit.note()),
            "field": where,
        }
        forced = each.forced_method
        if forced is None:
            text = N_("第 {no} 行 {value} > 网上商城限额 {limit}{note}，可选其他方式")
            yield passed(text, why=each.mall_limit.note(), **numbers)
        elif each.item.choice.method in forced.values:
            text = N_("第 {no} 行 {value} ≤ 网上商城限额 {limit}{note}，已用网上商城采购")
            yield passed(text, why=forced.reason(), **numbers)
        else:
            yield failed(
                N_(
                    "第 {no} 行“{name}”在网上商城目录内，{value} 元未超过网上商城限额 "
                    "{limit} 元{note}，只能用网上商城采购。"
                ),
                mend=N_("改为网上商城采购"),
                go=where,
                why=forced.reason(),
                code="E1401",
                **numbers,
            )


@rule("R10", N_("集采目录内由集采机构采购"), source=N_("政府采购法第18条"))
def catalogue_forced(facts: PlanFacts) -> Iterator[Check]:
    """A line of the 集中采购目录 is 政府集中采购 by a 集中采购机构, unless 省级以上 approved."""
    for each in facts.items:
        if each.central is None:
            continue
        exception = each.item.choice.exception_no
        if exception:
            yield passed(
                N_("第 {no} 行“{name}”在集采目录内，已填批准文号 {number}"),
                no=each.at + 1,
                name=each.central.name,
                number=exception,
            )
            continue
        fault = _catalogue_fault(each)
        if fault is None:
            yield passed(
                N_("第 {no} 行“{name}”是集采目录第 {number} 项，由集采机构采购"),
                no=each.at + 1,
                name=each.central.name,
                number=each.central.number,
            )
        else:
            yield fault


def _catalogue_fault(each: ItemFacts) -> Check | None:
    choice = each.item.choice
    for name, forced, title in (
        ("organisation", each.forced_organisation, N_("组织形式须为政府集中采购")),
        ("agency_kind", each.forced_agency, N_("采购机构须为集中采购机构")),
    ):
        if forced is not None and getattr(choice, name) not in forced.values:
            where = each.key(f"choice.{name}")
            return failed(
                N_("第 {no} 行{reason}"),
                no=each.at + 1,
                reason=forced.reason(),
                title=title,
                field=where,
                mend=N_("改选，或填省级以上批准文号"),
                go=where,
            )
    return None


@rule("R11", N_("品目在所选目录版本内"), source=N_("财库〔2013〕189号；财库〔2022〕31号"))
def code_known(facts: PlanFacts) -> Iterator[Check]:
    """A code is looked up in its own catalogue version only: elsewhere it means other things."""
    seen, bad = 0, False
    for each in facts.items:
        if not each.item.code:
            continue
        seen += 1
        if each.category is None:
            bad = True
            where = each.key("code")
            yield failed(
                N_(
                    "第 {no} 行：{version} 版品目目录里没有“{typed}”。"
                    "请先核对目录版本，再核对编码。"
                ),
                no=each.at + 1,
                version=each.item.catalog_version,
                typed=each.item.code,
                field=where,
                mend=N_("从品目目录选"),
                go=where,
            )
    if seen and not bad:
        yield passed(N_("{count} 行品目都在目录内"), count=seen)


_CHOICE_TABLES = {
    "organisation": "organisation_forms",
    "agency_kind": "agency_kinds",
    "purchase_form": "purchase_forms",
}
_FUND_TABLES = {"own_kind": "fund_kinds", "econ_code": "dep_econ_classes"}


@rule("R70", N_("代码都在代码表里"), source=N_("本系统：基础数据"))
def codes_known(facts: PlanFacts) -> Iterator[Check]:
    """Organisation, agency kind, purchase form, fund kind and economic class are known codes."""
    typed = [
        (each.item.choice, name, table, each.key(f"choice.{name}"), each.at)
        for each in facts.items
        for name, table in _CHOICE_TABLES.items()
    ] + [
        (line, name, table, f"funds.{at}.{name}", at)
        for at, line in enumerate(facts.content.funds)
        for name, table in _FUND_TABLES.items()
    ]
    for record, name, table, where, at in typed:
        code = getattr(record, name)
        if code and code not in facts.codes.get(table, (code,)):
            yield failed(
                N_("第 {no} 行的{name}“{typed}”不在代码表里。请重新选择。"),
                no=at + 1,
                name=_(title_of(record, name)),
                typed=code,
                field=where,
                go=where,
            )


def short_note(note: str) -> str:
    """Return the mark that stands right after a limit nobody has confirmed yet (R60)."""
    return _(N_("（须核对）")) if note else ""
