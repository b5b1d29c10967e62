"""Hold a printed sheet against its record as it stands now, and say in words what differs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from govproc_desktop.domain.plan.compare import Change, body_changes
from govproc_desktop.domain.plan.flow import DRAFT, RETURNED
from govproc_desktop.i18n import _
from govproc_desktop.queries.home import PaperHit
from govproc_desktop.queries.plans.record import PlanParams, PlanRecord, plan_detail
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services import wire

_OPEN = (DRAFT, RETURNED)
_SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class PaperReport:
    """What holding a paper against its record says.

    ``known`` tells whether the very text of the paper is kept, so that ``changes`` are complete:
    a sheet printed before it was submitted is bound to a text nobody keeps.
    """

    paper: PaperHit
    version: int
    submitted: bool
    known: bool
    changes: tuple[Change, ...]

    @property
    def agrees(self) -> bool:
        """Whether the paper says what the record says."""
        return self.paper.current

    def sentence(self) -> str:
        """Return the verdict as one sentence, with the first differences."""
        words = {
            "paper": self.paper.version,
            "now": self._now(),
            "day": f"{self.paper.printed_at:%Y-%m-%d %H:%M}",
            "person": self.paper.person_name,
        }
        if self.agrees:
            told = _("纸面与记录一致：第 {paper} 版，{person} {day} 打印。")
        elif not self.known:
            told = _(
                "纸上是第 {paper} 版，{person} {day} 在提交前打印；之后记录又保存过。"
                "没提交的内容不留底，不能逐项对照，请以记录为准，重新打印。"
            )
        elif not self.changes:
            told = _("纸上是第 {paper} 版，记录现在是{now}，内容没有改动。")
        else:
            told = _("纸上是第 {paper} 版，记录现在是{now}，改了：")
        return told.format(**words) + self._differences()

    def _now(self) -> str:
        words = _("第 {now} 版") if self.submitted else _("第 {now} 版（还没提交）")
        return words.format(now=self.version)

    def _differences(self) -> str:
        if self.agrees or not self.known or not self.changes:
            return ""
        shown = "；".join(change_words(self.changes[:_SHOWN]))
        more = len(self.changes) - _SHOWN
        return shown + (_("；另有 {count} 处。").format(count=more) if more > 0 else "。")


def change_words(changes: Sequence[Change]) -> list[str]:
    """Return each difference as 名称 纸上 → 现在."""
    nothing = _("（空）")
    return [f"{each.title} {each.old or nothing} → {each.new or nothing}" for each in changes]


def hold_against_record(reader: Reader, paper: PaperHit) -> PaperReport:
    """Compare what was printed with what the record says now; runs in the database lane.

    Raises:
        NotFound: E1306, no such plan in the person's data scope.
    """
    record = plan_detail(reader, PlanParams(uid=paper.document))
    is_open = record.head.state in _OPEN
    printed = next((each.body for each in record.versions if each.hash == paper.record_hash), None)
    changes: tuple[Change, ...] = ()
    if printed is not None and not paper.current:
        now = _body(record) if is_open or not record.versions else record.versions[0].body
        changes = body_changes(json.loads(printed), json.loads(now))
    return PaperReport(
        paper=paper,
        version=record.head.submitted_version + (1 if is_open else 0),
        submitted=not is_open,
        known=printed is not None,
        changes=changes,
    )


def _body(record: PlanRecord) -> str:
    """Return what the record says now in the shape a stored version has."""
    body = {
        "content": wire.dump(record.content),
        "names": {str(fund.uid): fund.plan_no for fund in record.funds},
        "attachments": [
            {"kind": each.kind_code, "name": each.name, "sha256": each.sha256}
            for each in record.attachments
        ],
    }
    return json.dumps(body, ensure_ascii=False)
