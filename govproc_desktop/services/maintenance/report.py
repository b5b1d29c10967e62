"""What a verification found: one finding a kind, naming the first broken row in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govproc_desktop.domain.errors import render
from govproc_desktop.i18n import N_

KINDS = {
    "chain": N_("审计链"),
    "facts": N_("审计记录与明细"),
    "orphan": N_("没有审计记录的明细"),
    "seal": N_("封条"),
    "balance": N_("用款计划余额"),
    "limits": N_("用款计划上下限（R53）"),
    "state": N_("单据状态"),
    "steps": N_("办理步骤"),
    "task": N_("待办事项"),
    "version": N_("提交版本"),
    "content": N_("单据内容"),
    "number": N_("正式编号"),
    "sums": N_("三项合计"),
    "document_money": N_("单据占用"),
    "file": N_("附件内容"),
    "reference": N_("记录之间的引用"),
}
"""Every kind of check with its title, in the order of a report."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One kind of break: the first broken row in words, and how many rows are broken so."""

    kind: str
    code: str
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)
    count: int = 1

    def sentence(self) -> str:
        """Return the whole sentence in the interface language."""
        return render(self.template, self.params)


@dataclass(frozen=True)
class Seal:
    """The journal's head: print or keep it elsewhere, and a cut-off tail is found (T7)."""

    seq: int
    hash: str

    def text(self) -> str:
        """Return the short form that is printed: ``880:9f3c0a…`` with sixteen digits."""
        return f"{self.seq}:{self.hash[:16]}"


@dataclass(frozen=True, kw_only=True)
class VerifyReport:
    """The outcome of :func:`verify`: what was counted and what is broken."""

    findings: tuple[Finding, ...]
    counted: Mapping[str, int]
    seal: Seal

    @property
    def sound(self) -> bool:
        """Whether nothing is broken."""
        return not self.findings


class Findings:
    """Gathers findings: keeps the first of each kind and counts the rest."""

    def __init__(self) -> None:
        self._first: dict[str, Finding] = {}
        self._count: dict[str, int] = {}

    def add(self, kind: str, code: str, template: str, **params: Any) -> None:
        """Note one broken row."""
        self._count[kind] = self._count.get(kind, 0) + 1
        if kind not in self._first:
            self._first[kind] = Finding(kind=kind, code=code, template=template, params=params)

    def all(self) -> tuple[Finding, ...]:
        """Return one finding a kind, in the order of :data:`KINDS`, with its count."""
        return tuple(
            Finding(
                kind=kind,
                code=self._first[kind].code,
                template=self._first[kind].template,
                params=self._first[kind].params,
                count=self._count[kind],
            )
            for kind in KINDS
            if kind in self._first
        )
