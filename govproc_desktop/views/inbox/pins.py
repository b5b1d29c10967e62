"""The places a returning opinion is pinned to: in words, as picked, and as they stand now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from govproc_desktop.domain.plan.content import FundDraw, FundKind, Item, MethodChoice, PlanContent
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.histories import Paper
from govproc_desktop.queries.plans import PlanRecord, StepRow
from govproc_desktop.views.kit.form_window import ElidedLine
from govproc_desktop.views.kit.widgets import Check, Label, scroll_area

PIN_TITLES = {
    "title": N_("项目名称"),
    "funds": N_("资金来源"),
    "items": N_("采购内容"),
    "choice": N_("采购方式"),
    "expected_on": N_("期望完成时间"),
    "sme_mode": N_("面向中小企业"),
    "attachments": N_("附件"),
}
"""Where a returning opinion may be pinned to, by field key of the form."""

LINE_PARTS = {
    "funds": (("amount", N_("本次申请使用")),),
    "items": (
        ("code", N_("品目")),
        ("spec", N_("规格")),
        ("quantity", N_("数量")),
        ("price", N_("单价")),
    ),
}
"""What of a single line can be pinned: ``items.0.price``."""

_LINES: dict[str, type[Any]] = {"funds": FundDraw, "items": Item}
_ROW = 32
_MOST_SEEN = 3


def pin_text(pin: str) -> str:
    """Return a pinned field key in words: ``items.0.price`` is 采购内容第 1 行单价."""
    part, _dot, rest = pin.partition(".")
    words = _(PIN_TITLES[part]) if part in PIN_TITLES else _titles(PlanContent).get(part, pin)
    place, _dot, name = rest.partition(".")
    if place.isdigit():
        words += _("第 {line} 行").format(line=int(place) + 1)
    last = name.rpartition(".")[2]
    known = {**_titles(MethodChoice), **_titles(_LINES.get(part, PlanContent))}
    return words + known.get(last, "")


def _titles(kind: type[Any]) -> dict[str, str]:
    return {each.name: _(each.metadata["title"]) for each in fields(kind) if each.metadata}


def pins_of(step: StepRow) -> tuple[str, ...]:
    """Return the places a step's opinion is pinned to."""
    return tuple(str(pin) for pin in json.loads(step.pins or "[]"))


def pins_now(record: PlanRecord, step: StepRow) -> tuple[str, ...]:
    """Return a step's pins with the places its lines have now; lines taken away are left out.

    A pin counts the lines of the version that was judged; the clerk may have moved them since.
    """
    body = next((each.body for each in record.versions if each.version == step.version), "")
    judged = json.loads(body).get("content", {}) if body else {}
    found = []
    for pin in pins_of(step):
        parts = pin.split(".")
        if parts[0] not in _LINES or len(parts) < 2 or not parts[1].isdigit():
            found.append(pin)
            continue
        then = [str(line.get("uid", "")) for line in judged.get(parts[0], ())]
        now = [str(line.uid) for line in getattr(record.content, parts[0])]
        row = int(parts[1])
        if not then and row < len(now):
            found.append(pin)
        elif row < len(then) and then[row] in now:
            found.append(".".join((parts[0], str(now.index(then[row])), *parts[2:])))
    return tuple(found)


class LinePins(QWidget):
    """The lines of one section with their cells to tick, three in view; hidden until asked for."""

    changed = Signal()

    def __init__(self, part: str, names: Sequence[str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, Check] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        told = _("{part}：指到行和栏（可不选，不选就是整个部分）")
        column.addWidget(Label(told.format(part=_(PIN_TITLES[part])), "note", "text3"))
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        for row, name in enumerate(names):
            line = ElidedLine("body", "text2", height=_ROW)
            line.set_text(f"{row + 1}  {name}")
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.addWidget(line, row, 0)
            for at, (key, title) in enumerate(LINE_PARTS[part]):
                box = Check(_(title))
                box.setAccessibleName(pin_text(f"{part}.{row}.{key}"))
                box.toggled.connect(lambda _on: self.changed.emit())
                self.boxes[f"{part}.{row}.{key}"] = box
                grid.addWidget(box, row, at + 1)
        grid.setColumnStretch(0, 1)
        area = scroll_area(content)
        area.setFixedHeight(_ROW * min(len(names), _MOST_SEEN) + 2)
        column.addWidget(area)
        self.hide()

    def pins(self) -> tuple[str, ...]:
        """Return the ticked cells."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())


def line_names(paper: Paper) -> dict[str, tuple[str, ...]]:
    """Return what to call the lines of each section."""
    content = paper.record.content
    numbers = {fund.uid: fund.plan_no for fund in paper.record.funds}
    funds = (
        numbers.get(line.fund_plan, "")
        if line.kind == FundKind.FUND_PLAN and line.fund_plan
        else _("自有资金")
        for line in content.funds
    )
    return {"funds": tuple(funds), "items": tuple(item.name or item.code for item in content.items)}
