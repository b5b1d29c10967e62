"""The declared form of a plan: its sections and fields, named like the content's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from govproc_desktop.domain.plan.content import SME_HOW, SME_TITLES, PlanContent, SmeMode
from govproc_desktop.i18n import N_
from govproc_desktop.queries.plan_form import FORM
from govproc_desktop.views.kit.form_spec import (
    Form,
    Section,
    choice,
    date_field,
    fixed,
    note,
    number,
    radio,
    text,
    tick,
)


def _sme_is(mode: SmeMode) -> Callable[[Mapping[str, str]], bool]:
    def shown(raw: Mapping[str, str]) -> bool:
        return raw.get("sme_mode") == mode.value

    return shown


def _urgent(raw: Mapping[str, str]) -> bool:
    return bool(raw.get("urgent"))


def _split(raw: Mapping[str, str]) -> bool:
    return bool(raw.get("split_reason"))


_SME = tuple((mode.value, title) for mode, title in SME_TITLES.items() if mode.value)

PLAN = Form(
    id=FORM,
    title=N_("计划备案"),
    content=PlanContent,
    sections=(
        Section(
            key="basics",
            title=N_("基本信息"),
            fields=(
                text("title", span=2),
                choice("year", ()),
                fixed("unit", N_("预算单位")),
                text("contact"),
                text("phone"),
                fixed("superior", N_("主管单位")),
                date_field("applied_on"),
                date_field("expected_on"),
                radio("is_import"),
                choice("sme_mode", _SME),
                tick("department_review", N_("送主管部门审核")),
                number("sme_percent", when=_sme_is(SmeMode.RESERVED)),
                choice("sme_how", tuple(SME_HOW.items()), span=2, when=_sme_is(SmeMode.RESERVED)),
                note("sme_reason", span=3, when=_sme_is(SmeMode.NONE)),
                note("split_reason", span=3, when=_split),
                text("business_office", fold=True),
                text("approval_no", fold=True),
                tick("midterm", N_("中期规划项目"), fold=True),
                tick("urgent", N_("紧急采购"), fold=True),
                note("remark", span=2, fold=True),
                note("urgent_basis", span=3, when=_urgent),
            ),
        ),
        Section(key="funds", title=N_("资金来源")),
        Section(key="items", title=N_("采购内容")),
        Section(key="method", title=N_("采购方式")),
        Section(key="attachments", title=N_("附件"), beside="method"),
    ),
)
