"""Say when the 集中采购目录 cannot be held against a line, since it is coded in another version."""

from __future__ import annotations

from collections.abc import Sequence

from govproc_desktop.domain.plan.facts import ItemFacts, Tables
from govproc_desktop.i18n import _

_MOST = 3


def catalogue_note(tables: Tables, facts: Sequence[ItemFacts]) -> tuple[str, str]:
    """Return a sentence and its tone; ("", "") when every line can be judged by its code (R11).

    A code means another thing in another version, so such lines are never forced silently; a
    line whose name stands in the 目录 is named, since there the clerk most likely has to act.
    """
    coded = {entry.key.version for entry in tables.central if entry.key is not None}
    open_lines = [
        each
        for each in facts
        if each.category is not None and each.category.key.version not in coded
    ]
    if not coded or not open_lines:
        return "", ""
    listed = {entry.name for entry in tables.central}
    names = {line.item.name for line in open_lines}
    names |= {line.category.name for line in open_lines if line.category is not None}
    found = sorted(names & listed)
    version = "、".join(str(int(each)) for each in sorted(coded))
    if found:
        told = _(
            "“{names}”在集中采购目录里。目录用 {version} 版编码，这里用的是另一版，不会自动定为"
            "集中采购：请换成 {version} 版品目，或自己选“政府集中采购”。"
        )
        return told.format(names="、".join(found[:_MOST]), version=version), "warn"
    told = _("集中采购目录用 {version} 版编码；这 {count} 行用另一版，请对照目录核对是否在内。")
    return told.format(version=version, count=len(open_lines)), "text2"
