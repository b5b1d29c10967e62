"""Rules about limits and the files they ask for: R7, R12, R13 and required attachments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govproc_desktop.domain.plan.facts import PlanFacts, TenderLimit
from govproc_desktop.domain.plan.flow import APPROVAL, FINANCE
from govproc_desktop.domain.plan.rules_choice import short_note
from govproc_desktop.domain.regulation import Threshold
from govproc_desktop.domain.rules import Check, Level, failed, passed, rule
from govproc_desktop.i18n import N_, _

_TENDER_LAW = N_("政府采购法第27条；条例第23条；财政部令第74号第4、5条")


@rule("R7", N_("进口产品论证材料齐全"), source=N_("财库〔2007〕119号"))
def import_papers(facts: PlanFacts) -> Iterator[Check]:
    """An import is submitted only with the files that prove it is needed."""
    yield from _files(facts, "R7", code="E1403")


@rule("R66", N_("要求的附件齐全"), source=N_("各附件的依据见附件清单"))
def other_papers(facts: PlanFacts) -> Iterator[Check]:
    """Every other file that a rule asks for is there; the line names the rule that asks."""
    for asker in ("R10", "R64", "R65"):
        yield from _files(facts, asker)


def _files(facts: PlanFacts, asker: str, *, code: str = "") -> Iterator[Check]:
    for each in facts.files:
        if each.rule != asker:
            continue
        where = f"attachments.{each.kind}"
        if each.present:
            yield passed(N_("附件“{name}”已有"), name=_(each.name), field=where)
        else:
            yield failed(
                N_("缺附件“{name}”。依据：{basis}。请添加后再提交。"),
                name=_(each.name),
                basis=each.source,
                field=where,
                mend=N_("添加附件"),
                go=where,
                code=code,
            )


@rule("R12", N_("未达公开招标数额"), source=_TENDER_LAW)
def tender_or_approval(facts: PlanFacts) -> Iterator[Check]:
    """At 公开招标数额 another method needs the finance office's approval on paper.

    Before the finance office acts the missing approval is only shown; there it refuses.
    """
    for each in facts.tender:
        if each.limit is not None:
            yield _beside_limit(facts, each, limit=each.limit)
        else:
            yield failed(
                N_("没有查到{kind}的公开招标数额标准，须送财政审核。请管理员在限额标准里补上。"),
                kind=_(each.object_type.label),
                level=Level.EXPLAIN,
                title=N_("公开招标数额未登记"),
            )


def _beside_limit(facts: PlanFacts, each: TenderLimit, *, limit: Threshold) -> Check:
    numbers: dict[str, Any] = {
        "value": each.amount,
        "limit": limit.amount,
        "kind": _(each.object_type.label),
        "name": _(limit.kind.label),
        "note": short_note(limit.note()),
        "why": limit.note(),
        "field": f"items.{each.at}.choice.method",
    }
    if not each.reached:
        return passed(N_("{kind} {value} < {name} {limit}{note}"), **numbers)
    missing = _missing_approval(facts)
    if not missing:
        return passed(
            N_("{kind} {value} ≥ {name} {limit}{note}，批准文号 {number}，批准文件已附"),
            number=facts.content.approval_no,
            title=N_("已批准不采用公开招标"),
            **numbers,
        )
    at_finance = facts.state in (FINANCE, APPROVAL)
    return failed(
        N_("{kind} {value} ≥ {name} {limit}{note}，缺{missing}"),
        missing="、".join(missing),
        title=N_("达到公开招标数额，却不是公开招标"),
        mend=N_("先附财政部门批准文件，看附件要求"),
        go="approval_no" if not facts.content.approval_no else "attachments",
        level=Level.REFUSE if at_finance else Level.EXPLAIN,
        **numbers,
    )


def _missing_approval(facts: PlanFacts) -> list[str]:
    made = [] if facts.content.approval_no else [_(N_("批准文号"))]
    return made + [
        _(N_("附件“{name}”")).format(name=_(each.name))
        for each in facts.files
        if each.rule == "R12" and not each.present
    ]


@rule("R13", N_("同类累计不超限"), source=N_("政府采购法实施条例第28条"))
def no_splitting(facts: PlanFacts) -> Iterator[Check]:
    """Non-tender purchases of one project and category stay within the limit, or say why not.

    Without a written reason the plan is refused; with one the reviewer sees it.
    """
    for each in facts.similar:
        if each.limit is None:
            continue
        limit = each.limit.amount
        numbers = {
            "name": each.name,
            "earlier": each.earlier,
            "now": each.now,
            "value": each.earlier + each.now,
            "limit": limit,
            "note": short_note(each.limit.note()),
            "why": each.limit.note(),
            "field": "split_reason",
        }
        if each.earlier + each.now <= limit:
            yield passed("{earlier} + {now} ≤ {limit}{note}", **numbers)
        elif not each.earlier:
            # 条例 28 speaks of buying several times; one large purchase is the affair of R12.
            yield passed(N_("{now}，本年度没有其他同类采购，不是多次采购"), **numbers)
        elif facts.content.split_reason:
            yield failed(
                N_("“{name}” {earlier} + {now} > {limit}{note}。说明：{reason}"),
                reason=facts.content.split_reason,
                level=Level.EXPLAIN,
                title=N_("同类累计超限，已写说明"),
                **numbers,
            )
        else:
            yield failed(
                N_(
                    "“{name}”本年度同一预算项目非公开招标已有 {earlier} 元，加本次 {now} 元，"
                    "共 {value} 元，超过 {limit} 元{note}，可能是化整为零。"
                    "请改为公开招标，或写明理由。"
                ),
                mend=N_("写明理由"),
                go="split_reason",
                title=N_("同类累计超限"),
                **numbers,
            )
