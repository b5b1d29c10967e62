"""Verify that a plan under review or filed still says what was submitted, line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from govproc_desktop.domain.plan.flow import DRAFT, RETURNED, VOID
from govproc_desktop.i18n import N_
from govproc_desktop.models import DocumentVersion, Plan
from govproc_desktop.services import wire
from govproc_desktop.services.maintenance.report import Findings
from govproc_desktop.services.plan_facts import content_of

_CHUNK = 200
_OPEN_TO_CHANGE = (DRAFT, RETURNED, VOID)
"""A clerk may change these (and a plan voided from them), so they may differ."""


def check_contents(connection: Connection, findings: Findings) -> int:
    """Compare each bound plan with its last submitted version; returns how many."""
    count = 0
    with Session(bind=connection, autoflush=False) as session:
        for plans in _plans(session):
            bodies = _last_bodies(session, plans)
            for plan in plans:
                count += 1
                said = bodies.get(str(plan.uid))
                if said is None or said != wire.dump(content_of(session, plan)):
                    findings.add(
                        "content",
                        "E1302",
                        N_("「{title}」的内容与提交的第 {version} 版不一致，提交后被改动过。"),
                        title=plan.title or str(plan.uid),
                        version=plan.submitted_version,
                    )
            session.expunge_all()
    return count


def _plans(session: Session) -> Iterator[Sequence[Plan]]:
    after = 0
    while True:
        found = session.scalars(
            select(Plan)
            .where(Plan.id > after, Plan.state.not_in(_OPEN_TO_CHANGE))
            .order_by(Plan.id)
            .limit(_CHUNK)
        ).all()
        if not found:
            return
        after = found[-1].id
        yield found


def _last_bodies(session: Session, plans: Sequence[Plan]) -> dict[str, Any]:
    rows = session.execute(
        select(DocumentVersion.doc_uid, DocumentVersion.body)
        .join(Plan, Plan.uid == DocumentVersion.doc_uid)
        .where(DocumentVersion.version == Plan.submitted_version)
        .where(Plan.id.in_([plan.id for plan in plans]))
    )
    return {str(uid): _content(body) for uid, body in rows}


def _content(body: str) -> Any:
    try:
        return json.loads(body).get("content")
    except (ValueError, AttributeError):
        return None
