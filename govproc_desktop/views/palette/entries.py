"""What Ctrl+K can find: windows, deeds, records, printed papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from unicodedata import normalize

from govproc_desktop.domain.documents import parse_short_code
from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.money import money_text
from govproc_desktop.domain.permissions import Actor
from govproc_desktop.i18n import _
from govproc_desktop.queries.home import PaperHit
from govproc_desktop.queries.listing import LISTS, ListSpec, page
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.initials import initials
from govproc_desktop.views.kit.spec import WindowSpec

RECORDS = 6
"""The most records of one list."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that can be opened; ``words`` is what its search matches besides the title."""

    group: str
    title: str
    note: str = ""
    icon: str = "file"
    target: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    paper: PaperHit | None = None
    """The printed sheet behind the entry, to be held against the record once it is open."""

    def matches(self, typed: str) -> bool:
        """Tell whether the typed words are in the title, its initials or its other words."""
        return all(
            part in self.title.lower() or part in self.words.lower() for part in typed.split()
        )


@cache
def _initials(text: str) -> str:
    return initials(text)


def window_entries(specs: Mapping[str, WindowSpec], actor: Actor) -> tuple[Entry, ...]:
    """Return the windows and deeds one can go to; slow the first time (initials).

    A form is offered as 新建 to those who may edit its subject (``plan.form``: ``plan.edit``).
    """
    made = [Entry(group=_("窗口"), title=_("首页"), icon="home", target="window:home", words="sy")]
    for spec in specs.values():
        title = _(spec.title)
        if spec.menu:
            entry = Entry(
                group=_("窗口"),
                title=title,
                icon=spec.icon or "list",
                target=f"window:{spec.id}",
                words=f"{_initials(title)} {spec.id}",
            )
        elif spec.id.endswith(".form") and actor.may(spec.id.replace(".form", ".edit")):
            words = _("新建{title}").format(title=title)
            entry = Entry(
                group=_("操作"),
                title=words,
                icon="plus",
                target=spec.id,
                words=f"{_initials(words)} {_initials(title)}",
            )
        else:
            continue
        made.append(entry)
    return tuple(made)


def find_records(reader: Reader, typed: str) -> tuple[Entry, ...]:
    """Look in the lists the person may read; runs in the database lane."""
    from govproc_desktop.queries import fund_plans, plans  # noqa: F401 - they register their lists

    made: list[Entry] = []
    for name, describe in (("plan.query", _plan), ("fund_plan.list", _fund)):
        declared = LISTS.get(name)
        if declared is None or not _readable(reader, declared.permission):
            continue
        rows = page(reader, declared, ListSpec(search=typed), offset=0, limit=RECORDS)
        made += [describe(declared.record(row)) for row in rows]
    return tuple(made)


def _readable(reader: Reader, permission: str | None) -> bool:
    return permission is None or reader.actor.may(permission)


def _plan(row: Mapping[str, Any]) -> Entry:
    total = row.get("total")
    facts = (row.get("number") or _("还没有编号"), row.get("unit"), _money(total))
    return Entry(
        group=_("采购实施计划"),
        title=str(row.get("title") or _("（未命名）")),
        note=" · ".join(str(each) for each in facts if each),
        icon="plan",
        target="plan.form",
        params={"uid": row["uid"]},
    )


def _fund(row: Mapping[str, Any]) -> Entry:
    left = _("拟可用 {amount}").format(amount=_money(row.get("plannable")))
    return Entry(
        group=_("用款计划"),
        title=str(row.get("project") or row.get("plan_no")),
        note=f"{row.get('plan_no')} · {left}",
        icon="yen",
        target="window:fund_plans",
        params={"uid": row["uid"]},
    )


def _money(value: Any) -> str:
    return "" if value is None else money_text(value)


def paper_entries(hits: Sequence[PaperHit]) -> tuple[Entry, ...]:
    """Return what a 单据码 leads to, and whether paper and record still agree."""
    made = []
    for hit in hits:
        agrees = _("与记录一致") if hit.current else _("记录已不是这一版，纸面不是最新")
        note = _("第 {version} 版 · {day} 由 {person} 打印 · {agrees}").format(
            version=hit.version,
            day=f"{hit.printed_at:%m-%d %H:%M}",
            person=hit.person_name,
            agrees=agrees,
        )
        made.append(
            Entry(
                group=_("单据码"),
                title=hit.title,
                note=note,
                icon="qr" if hit.current else "warn",
                target="plan.form",
                params={"uid": hit.document},
                paper=hit,
            )
        )
    return tuple(made)


def looks_like_code(typed: str) -> bool:
    """Tell whether somebody is typing a whole 单据码, or a scanner has typed a QR code."""
    text = normalize("NFKC", typed).strip().upper()
    if text.startswith("ZC1/"):
        return True
    plain = "".join(c for c in text if c.isalnum())
    if not text.startswith("JH") or len(plain) != 10:
        return False
    try:
        parse_short_code(text)
    except BadInput:
        return "-" in text
    return True
