"""One document as a reviewer reads it: content, names of codes, way, what changed, its files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, func, select

from govproc_desktop.domain.catalog import CatalogVersion
from govproc_desktop.domain.errors import AppError, NotFound
from govproc_desktop.domain.plan.flow import PLAN_FLOW, RETURNED
from govproc_desktop.i18n import N_
from govproc_desktop.models import Attachment, FileBody, StepTaken, Task, Unit
from govproc_desktop.models.reference import Reference
from govproc_desktop.queries.histories.way import Way, holders, way_of
from govproc_desktop.queries.plans import PlanParams, PlanRecord, StepRow, VersionRow, plan_detail
from govproc_desktop.queries.registry import Reader, query

_OPINIONS = 6


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A plan with everything its reviewer sees.

    ``names`` holds the Chinese names of its codes by ``table:code``. ``before`` is the version
    that was returned, when it came back; ``new_files`` are those put to it since.
    """

    record: PlanRecord
    names: dict[str, str]
    way: Way
    holders: tuple[str, ...]
    place: str
    may_act: bool
    own: bool
    before: VersionRow | None
    returned: StepRow | None
    new_files: frozenset[UUID]


@query("inbox.paper", N_("待办单据"), PlanParams, permission="plan.view")
def paper(reader: Reader, params: PlanParams) -> Paper:
    """Return a plan for review.

    Raises:
        NotFound: E1306, no such plan in the person's data scope.
    """
    record = plan_detail(reader, params)
    head, actor = record.head, reader.actor
    with reader.database.reading() as connection:
        reference = Reference.current(connection)
        unit_id, place = _place(connection, params.uid)
        who = holders(connection, [(unit_id, head.state)]).get((unit_id, head.state), ())
    returned = next(
        (s for s in reversed(record.steps) if s.action == "return" and s.target == RETURNED), None
    )
    came_back = returned is not None and head.submitted_version > returned.version
    review = PLAN_FLOW.states[head.state].review
    before = _version(record, returned.version) if returned and came_back else None
    return Paper(
        record=record,
        names=_names(reference, record),
        way=way_of(head, record.steps, calendar=reference.calendar, now=reader.now, holders=who),
        holders=who,
        place=place,
        may_act=bool(review) and actor.may(review) and unit_id == actor.unit_id,
        own=actor.person_id in (head.author_person, head.editor_person),
        before=before,
        returned=returned if came_back else None,
        new_files=_new_files(record, before),
    )


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where a document is now: state, unit and people there, number, and the last step taken."""

    uid: UUID
    title: str
    state: str
    unit: str
    holders: tuple[str, ...]
    number: str
    last: StepRow | None


@query("document.where", N_("单据现在在谁手里"), PlanParams, permission="plan.view")
def whereabouts(reader: Reader, params: PlanParams) -> Whereabouts:
    """Return where a plan is now and who can act on it.

    Raises:
        NotFound: E1306, no such plan in the person's data scope.
    """
    record = plan_detail(reader, params)
    with reader.database.reading() as connection:
        unit_id, place = _place(connection, params.uid)
        at = (unit_id, record.head.state)
        who = holders(connection, [at]).get(at, ()) if unit_id else ()
    return Whereabouts(
        uid=params.uid,
        title=record.content.title,
        state=record.head.state,
        unit=place,
        holders=who,
        number=record.head.number or "",
        last=record.steps[-1] if record.steps else None,
    )


@dataclass(frozen=True, kw_only=True)
class FileParams:
    """Which attachment."""

    uid: UUID


@dataclass(frozen=True, kw_only=True)
class FileContent:
    """An attachment with its bytes."""

    name: str
    mime: str
    data: bytes


@query("attachment.content", N_("附件内容"), FileParams, permission="plan.view")
def file_content(reader: Reader, params: FileParams) -> FileContent:
    """Return a file of a document the person may see.

    Raises:
        NotFound: E1306, no such file, or its document is out of scope.
    """
    with reader.database.reading() as connection:
        found = connection.execute(
            select(Attachment.name, Attachment.mime, Attachment.doc_uid, FileBody.body)
            .join(FileBody, FileBody.sha256 == Attachment.sha256)
            .where(Attachment.uid == params.uid)
        ).one_or_none()
    if found is None:
        raise NotFound(N_("没有这个附件，可能已被删除。"), {}, "E1306")
    plan_detail(reader, PlanParams(uid=found.doc_uid))  # refuses what is out of scope
    return FileContent(name=found.name, mime=found.mime, data=found.body)


@dataclass(frozen=True, kw_only=True)
class PhraseParams:
    """For which decision: ``approve`` or ``return``."""

    action: str = "approve"


STANDARD_PHRASES = {
    "approve": (
        N_("同意。"),
        N_("依据齐全，同意上报。"),
        N_("金额、方式与用款计划相符，同意。"),
    ),
    "return": (
        N_("请补充价格依据（两家以上询价记录）。"),
        N_("采购需求不明确，请写清规格和技术参数。"),
        N_("采购方式的适用理由不足，请补充说明。"),
        N_("请上传缺少的附件后再报。"),
    ),
}


@query("inbox.phrases", N_("常用语"), PhraseParams, permission=None)
def phrases(reader: Reader, params: PhraseParams) -> list[str]:
    """Return the opinions this person gives most, newest first among equals, then the usual."""
    used = (
        select(StepTaken.opinion)
        .where(StepTaken.person_id == reader.actor.person_id, StepTaken.opinion != "")
        .where(StepTaken.action == params.action)
        .group_by(StepTaken.opinion)
        .order_by(func.count().desc(), func.max(StepTaken.id).desc())
        .limit(_OPINIONS)
    )
    with reader.database.reading() as connection:
        own = [str(text) for text in connection.execute(used).scalars()]
    usual = STANDARD_PHRASES.get(params.action, ())
    return [*own, *(text for text in usual if text not in own)]


def _place(connection: Connection, doc: UUID) -> tuple[int, str]:
    found = connection.execute(
        select(Unit.id, Unit.name)
        .join(Task, Task.actor_unit_id == Unit.id)
        .where(Task.doc_uid == doc, Task.closed_at.is_(None))
    ).first()
    return (int(found[0]), str(found[1])) if found else (0, "")


def _version(record: PlanRecord, number: int) -> VersionRow | None:
    return next((each for each in record.versions if each.version == number), None)


def _new_files(record: PlanRecord, before: VersionRow | None) -> frozenset[UUID]:
    if before is None:
        return frozenset()
    had = {(each["kind"], each["sha256"]) for each in json.loads(before.body)["attachments"]}
    return frozenset(
        each.uid for each in record.attachments if (each.kind_code, each.sha256) not in had
    )


def _names(reference: Reference, record: PlanRecord) -> dict[str, str]:
    """Collect the names of all codes the document shows, so that windows need no tables."""
    names: dict[str, str] = {}
    for method in reference.methods.methods:
        names[f"method:{method.code}"] = method.name
    for condition in reference.methods.conditions:
        names[f"condition:{condition.code}"] = condition.text
    for kind in ("organisation_forms", "agency_kinds", "purchase_forms"):
        names.update({f"{kind}:{each.code}": each.name for each in reference.choices(kind)})
    for each in reference.classes("fund_kinds"):
        names[f"fund_kinds:{each.code}"] = each.name
    for file_kind in reference.attachment_kinds:
        names[f"attachment:{file_kind.code}"] = file_kind.name
    for item in record.content.items:
        try:
            version = CatalogVersion(int(item.catalog_version))
            found = reference.catalog.resolve(version, item.code)
        except (AppError, ValueError):
            continue  # a code the tables no longer hold is shown bare
        names[f"category:{item.catalog_version}:{item.code}"] = found.name
    return names
