"""采购实施计划 as lists: the unit's working list and the query over everything in scope."""

from __future__ import annotations

from dataclasses import replace

from govproc_desktop.domain.plan.flow import FILED, VOID
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

_MONEY, _DAY = FieldKind.MONEY, FieldKind.DAY

PLAN_QUERY = register(
    ListQuery(
        name="plan.query",
        title=N_("采购实施计划查询"),
        permission="plan.view",
        table="plan p",
        key="p.id",
        uid="p.uid",
        joins={"u": "JOIN unit u ON u.id = p.unit_id"},
        fields={
            "title": Field(sql="p.title"),
            "number": Field(sql="p.number", nullable=True),
            "unit_code": Field(sql="u.code"),
            "unit": Field(sql="u.name"),
            "year": Field(sql="p.year", kind=FieldKind.INT),
            "state": Field(sql="p.state"),
            "state_since": Field(sql="p.state_since", kind=FieldKind.MOMENT),
            "method": Field(sql="p.method"),
            "organisation": Field(sql="p.organisation"),
            "total": Field(sql="p.total", kind=_MONEY, indexed=True),
            "fiscal": Field(sql="p.fiscal", kind=_MONEY),
            "own": Field(sql="p.own", kind=_MONEY),
            "applied_on": Field(sql="p.applied_on", kind=_DAY, nullable=True, indexed=True),
            "expected_on": Field(sql="p.expected_on", kind=_DAY, nullable=True),
            "filed_on": Field(sql="p.filed_on", kind=_DAY, nullable=True),
            "author": Field(sql="p.author_name"),
            "author_person": Field(sql="p.author_person", kind=FieldKind.INT),
            "contact": Field(sql="p.contact"),
            "phone": Field(sql="p.phone"),
            "is_import": Field(sql="p.is_import", kind=FieldKind.FLAG),
            "route": Field(sql="p.route"),
            "submitted_version": Field(sql="p.submitted_version", kind=FieldKind.INT),
            "row_version": Field(sql="p.row_version", kind=FieldKind.INT),
            "saved_at": Field(sql="p.saved_at", kind=FieldKind.MOMENT),
        },
        filters={
            "state": Filter(sql="p.state"),
            "year": Filter(sql="p.year", kind=FilterKind.INT),
            "method": Filter(sql="p.method"),
            "organisation": Filter(sql="p.organisation"),
            "unit": Filter(sql="u.uid"),
            "total": Filter(sql="p.total", kind=FilterKind.MONEY),
            "applied_on": Filter(sql="p.applied_on", kind=FilterKind.DAY),
            "filed_on": Filter(sql="p.filed_on", kind=FilterKind.DAY),
            "author": Filter(sql="p.author_name"),
            "author_person": Filter(sql="p.author_person", kind=FilterKind.INT),
            "import_goods": Filter(sql="p.is_import = 1", kind=FilterKind.TEST),
        },
        sums=("total", "fiscal", "own"),
        scope="p.unit_id",
        search="p.search_text",
        order=(Order(field="applied_on", descending=True),),
    )
)

PLAN_LIST = register(
    replace(
        PLAN_QUERY,
        name="plan.list",
        title=N_("办理中的采购实施计划"),
        where=(f"p.state NOT IN ('{FILED}', '{VOID}')",),
        order=(),
    )
)
