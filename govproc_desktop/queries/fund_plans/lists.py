"""用款计划 as lists: what each had, what is spoken for, what is left; conflicts and imports."""

from __future__ import annotations

from govproc_desktop.i18n import N_
from govproc_desktop.queries.listing import (
    Field,
    FieldKind,
    Filter,
    FilterKind,
    ListQuery,
    Order,
    register,
)

PLANNABLE = "b.amount - b.filed - b.in_transit"
"""拟可用 in fen: the plan's amount less what is filed and what is under way (R1)."""
SPENDABLE = "b.amount - b.paid"
"""实际可用 in fen: the plan's amount less what has left the account."""

_MONEY = FieldKind.MONEY

FUND_PLAN_LIST = register(
    ListQuery(
        name="fund_plan.list",
        title=N_("用款计划"),
        permission="fund_plan.view",
        table="fund_plan f",
        key="f.id",
        uid="f.uid",
        joins={
            "b": "JOIN fund_balance b ON b.fund_plan_id = f.id",
            "u": "JOIN unit u ON u.id = f.unit_id",
        },
        fields={
            "plan_no": Field(sql="f.plan_no"),
            "doc_no": Field(sql="f.cor_bgt_doc_no"),
            "project_code": Field(sql="f.pro_code"),
            "project": Field(sql="f.pro_name"),
            "unit_code": Field(sql="u.code"),
            "unit": Field(sql="u.name"),
            "year": Field(sql="f.fiscal_year", kind=FieldKind.INT),
            "fund_type": Field(sql="f.fund_type_code"),
            "func_class": Field(sql="f.exp_func_code"),
            "econ_class": Field(sql="f.dep_bgt_eco_code"),
            "office": Field(sql="f.manage_mof_dep"),
            "is_gov_pur": Field(sql="f.is_gov_pur", kind=FieldKind.FLAG),
            "approved_on": Field(sql="f.approve_date", kind=FieldKind.DAY, nullable=True),
            "amount": Field(sql="b.amount", kind=_MONEY),
            "filed": Field(sql="b.filed", kind=_MONEY),
            "in_transit": Field(sql="b.in_transit", kind=_MONEY),
            "plannable": Field(sql=PLANNABLE, kind=_MONEY),
            "contracted": Field(sql="b.contracted", kind=_MONEY),
            "requested": Field(sql="b.requested", kind=_MONEY),
            "paid": Field(sql="b.paid", kind=_MONEY),
            "spendable": Field(sql=SPENDABLE, kind=_MONEY),
        },
        filters={
            "year": Filter(sql="f.fiscal_year", kind=FilterKind.INT),
            "unit": Filter(sql="u.uid"),
            "fund_type": Filter(sql="f.fund_type_code"),
            "econ_class": Filter(sql="f.dep_bgt_eco_code"),
            "office": Filter(sql="f.manage_mof_dep"),
            "amount": Filter(sql="b.amount", kind=FilterKind.MONEY),
            "plannable": Filter(sql=PLANNABLE, kind=FilterKind.MONEY),
            "has_money": Filter(sql=f"{PLANNABLE} > 0", kind=FilterKind.TEST),
            "gov_pur": Filter(sql="f.is_gov_pur = 1", kind=FilterKind.TEST),
        },
        sums=("amount", "filed", "in_transit", "plannable", "requested", "paid", "spendable"),
        scope="f.unit_id",
        search="f.search_text",
        order=(Order(field="plan_no"),),
    )
)

LEDGER_LIST = register(
    ListQuery(
        name="fund_plan.ledger",
        title=N_("资金台账"),
        permission="fund_plan.view",
        table="ledger_entry e",
        key="e.id",
        uid="e.uid",
        joins={
            "f": "JOIN fund_plan f ON f.id = e.fund_plan_id",
            "p": "LEFT JOIN plan p ON e.doc_kind = 'plan' AND p.uid = e.doc_uid",
            "i": "LEFT JOIN import_log i ON e.doc_kind = 'import' AND i.uid = e.doc_uid",
        },
        fields={
            "on_day": Field(sql="e.on_day", kind=FieldKind.DAY),
            "at": Field(sql="e.at", kind=FieldKind.MOMENT),
            "plan_no": Field(sql="f.plan_no"),
            "account": Field(sql="e.account"),
            "kind": Field(sql="e.kind"),
            "amount": Field(sql="e.fen", kind=_MONEY),
            "doc_kind": Field(sql="e.doc_kind"),
            "doc_uid": Field(sql="e.doc_uid", kind=FieldKind.UID),
            "doc_title": Field(sql="coalesce(p.title, i.file_name, '')"),
            "doc_number": Field(sql="coalesce(p.number, '')"),
            "person": Field(sql="e.person_name"),
        },
        filters={
            "fund_plan": Filter(sql="f.uid"),
            "on_day": Filter(sql="e.on_day", kind=FilterKind.DAY),
            "account": Filter(sql="e.account"),
        },
        scope="f.unit_id",
    )
)

FUND_CONFLICT_LIST = register(
    ListQuery(
        name="fund_conflict.list",
        title=N_("用款计划冲突"),
        permission="fund_plan.view",
        table="fund_conflict c",
        key="c.id",
        uid="c.uid",
        joins={
            "f": "JOIN fund_plan f ON f.id = c.fund_plan_id",
            "u": "JOIN unit u ON u.id = f.unit_id",
        },
        fields={
            "plan_no": Field(sql="f.plan_no"),
            "project": Field(sql="f.pro_name"),
            "unit": Field(sql="u.name"),
            "fund_plan": Field(sql="f.uid", kind=FieldKind.UID),
            "version": Field(sql="c.version", kind=FieldKind.INT),
            "amount": Field(sql="c.amount", kind=_MONEY),
            "used": Field(sql="c.used", kind=_MONEY),
            "short": Field(sql="c.used - c.amount", kind=_MONEY),
            "file_name": Field(sql="c.file_name"),
            "cell": Field(sql="c.cell"),
            "at": Field(sql="c.at", kind=FieldKind.MOMENT),
        },
        filters={"unit": Filter(sql="u.uid")},
        sums=("short",),
        scope="f.unit_id",
        search="f.search_text",
    )
)

IMPORT_LOG_LIST = register(
    ListQuery(
        name="import_log.list",
        title=N_("导入记录"),
        permission="fund_plan.import",
        table="import_log i",
        key="i.id",
        uid="i.uid",
        scope="i.unit_id",
        fields={
            "at": Field(sql="i.at", kind=FieldKind.MOMENT),
            "kind": Field(sql="i.kind"),
            "file_name": Field(sql="i.file_name"),
            "person": Field(sql="i.person_name"),
            "rows_read": Field(sql="i.rows_read", kind=FieldKind.INT),
            "written": Field(sql="i.written", kind=FieldKind.INT),
            "unchanged": Field(sql="i.unchanged", kind=FieldKind.INT),
            "refused": Field(sql="i.refused", kind=FieldKind.INT),
            "report": Field(sql="i.report"),
        },
        filters={
            "kind": Filter(sql="i.kind"),
            "at": Filter(sql="i.at", kind=FilterKind.DAY),
        },
        sums=("rows_read", "written", "unchanged", "refused"),
    )
)
