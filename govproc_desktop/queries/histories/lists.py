"""已办事项 and 我发起的 as lists: what a person decided, and what they sent and who has it."""

from __future__ import annotations

from govproc_desktop.domain.plan.flow import DRAFT, RETURNED
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

_MOMENT = FieldKind.MOMENT

DONE_LIST = register(
    ListQuery(
        name="inbox.done",
        title=N_("已办事项"),
        permission="plan.view",
        table="step_taken s",
        key="s.id",
        uid="s.doc_uid",
        joins={
            "p": "JOIN plan p ON p.uid = s.doc_uid",
            "u": "JOIN unit u ON u.id = p.unit_id",
        },
        fields={
            "title": Field(sql="p.title"),
            "unit": Field(sql="u.name"),
            "total": Field(sql="p.total", kind=FieldKind.MONEY),
            "action": Field(sql="s.action"),
            "source": Field(sql="s.source"),
            "opinion": Field(sql="s.opinion"),
            "at": Field(sql="s.at", kind=_MOMENT, indexed=True),
            "person": Field(sql="s.person_name"),
            "person_id": Field(sql="s.person_id", kind=FieldKind.INT),
            "state": Field(sql="p.state"),
            "state_since": Field(sql="p.state_since", kind=_MOMENT),
            "number": Field(sql="p.number", nullable=True),
        },
        filters={
            "person": Filter(sql="s.person_id", kind=FilterKind.INT),
            "action": Filter(sql="s.action"),
            "source": Filter(sql="s.source"),
            "state": Filter(sql="p.state"),
            "at": Filter(sql="s.at", kind=FilterKind.DAY),
            "unit": Filter(sql="u.uid"),
            "total": Filter(sql="p.total", kind=FilterKind.MONEY),
        },
        scope="p.unit_id",
        search="p.search_text",
        where=("s.action IN ('approve', 'return')", "s.doc_kind = 'plan'"),
    )
)
"""Newest first: the default order is the key, and steps are only ever added."""

STARTED_LIST = register(
    ListQuery(
        name="inbox.started",
        title=N_("我发起的"),
        permission="plan.view",
        table="plan p",
        key="p.id",
        uid="p.uid",
        joins={
            "u": "JOIN unit u ON u.id = p.unit_id",
            "t": "LEFT JOIN task t ON t.doc_uid = p.uid AND t.closed_at IS NULL",
            "h": "LEFT JOIN unit h ON h.id = t.actor_unit_id",
        },
        fields={
            "title": Field(sql="p.title"),
            "number": Field(sql="p.number", nullable=True),
            "total": Field(sql="p.total", kind=FieldKind.MONEY, indexed=True),
            "state": Field(sql="p.state"),
            "since": Field(sql="p.state_since", kind=_MOMENT),
            "holder": Field(sql="h.name", nullable=True),
            "urged_at": Field(sql="t.urged_at", kind=_MOMENT, nullable=True),
            "applied_on": Field(sql="p.applied_on", kind=FieldKind.DAY, nullable=True),
            "unit": Field(sql="u.name"),
            "author_person": Field(sql="p.author_person", kind=FieldKind.INT),
            "submitted_version": Field(sql="p.submitted_version", kind=FieldKind.INT),
            "row_version": Field(sql="p.row_version", kind=FieldKind.INT),
        },
        filters={
            "person": Filter(sql="p.author_person", kind=FilterKind.INT),
            "state": Filter(sql="p.state"),
            "year": Filter(sql="p.year", kind=FilterKind.INT),
            "total": Filter(sql="p.total", kind=FilterKind.MONEY),
            "under_way": Filter(sql="t.id IS NOT NULL", kind=FilterKind.TEST),
            "returned": Filter(sql=f"p.state = '{RETURNED}'", kind=FilterKind.TEST),
        },
        sums=("total",),
        scope="p.unit_id",
        search="p.search_text",
        where=(f"p.state <> '{DRAFT}'",),
        order=(Order(field="since", descending=True),),
    )
)
