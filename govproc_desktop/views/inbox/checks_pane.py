"""What the rules say, where the document stands, and who said what: the right side of the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.plan.flow import PLAN_FLOW
from govproc_desktop.domain.rules import Check
from govproc_desktop.i18n import _
from govproc_desktop.queries.histories import AUTHOR, Paper, WayNode
from govproc_desktop.queries.plans import StepRow
from govproc_desktop.views.inbox.pins import pin_text, pins_of
from govproc_desktop.views.kit.chart_data import Opinion, ProcessNode
from govproc_desktop.views.kit.charts import Gauge, OpinionTimeline, ProcessPicture, draw_gauge
from govproc_desktop.views.kit.paint import draw_symbol_disc, draw_text
from govproc_desktop.views.kit.widgets import Button, HLine, Label, Panel, scroll_area

_LONG_NAME = 5
_OPEN = 4
"""Passed checks shown before the rest is folded; those with numbers come first."""


class PassedLine(QWidget):
    """A passed rule: tick, title, its numbers, and a small gauge where there is a limit."""

    def __init__(self, check: Check) -> None:
        super().__init__()
        self._title = _(check.title)
        self._detail = check.detail()
        self._value = check.value
        self._limit = check.limit
        self.setFixedHeight(46 if self._detail else 30)
        self.setAccessibleName(f"{self._title} {self._detail}")
        self.setToolTip("\n".join(filter(None, (self._title, self._detail, _(check.source)))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_symbol_disc(painter, 1, 5, "ok")
        room = QRectF(30, 3, self.width() - 30, 22)
        title = room
        if self._value is not None and self._limit is not None and self._limit > Decimal(0):
            bar = QRectF(self.width() - 70, 11, 70, 5)
            draw_gauge(painter, bar, self._value, self._limit)
            title = room.adjusted(0, 0, -80, 0)
        draw_text(painter, title, self._title, "body")
        if self._detail:
            draw_text(painter, room.translated(0, 19), self._detail, "note", "text3")


class FailedBox(Panel):
    """A failed rule: why it applies, its number against its limit, a gauge, the way to mend it."""

    mendRequested = Signal(str)

    def __init__(self, check: Check) -> None:
        tone = "danger" if check.refuses else "warn"
        super().__init__(fill=f"{tone}_soft", line=f"{tone}_line", radius=6)
        self.setAccessibleName(f"{_(check.title)} {check.detail()}")
        self.setToolTip(_(check.source))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 12, 9)
        row.setSpacing(9)
        row.addWidget(_Disc(tone, strong=check.refuses), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(3)
        row.addLayout(column, 1)
        head = QHBoxLayout()
        head.addWidget(Label(_(check.title), "strong", wrap=True), 1)
        head.addWidget(Label(check.rule, "note", "text2"), 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(Label(check.detail(), "note", tone, wrap=True))
        if check.value is not None and check.limit is not None:
            column.addWidget(Gauge(check.value, check.limit))
        if check.why:
            column.addWidget(Label(_(check.why), "note", "text2", wrap=True))
        self._mend(column, check)

    def _mend(self, column: QVBoxLayout, check: Check) -> None:
        if not check.mend:
            return
        if not check.go:
            column.addWidget(Label(_(check.mend), "note", "text2", wrap=True))
            return
        link = Button(_(check.mend), "link", trail="right", height=22)
        link.clicked.connect(lambda: self.mendRequested.emit(check.go))
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


class _Disc(QWidget):
    def __init__(self, kind: str, *, strong: bool) -> None:
        super().__init__()
        self._kind = kind
        self._strong = strong
        self.setFixedSize(18, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the round sign."""
        draw_symbol_disc(QPainter(self), 0, 0, self._kind, strong=self._strong)


class ChecksPane(QWidget):
    """Checks, process and opinions; ``mendRequested`` carries where a mending link leads."""

    mendRequested = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.checks: tuple[Check, ...] = ()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        self._rules = QVBoxLayout()
        self._rules.setContentsMargins(18, 0, 18, 12)
        self._rules.setSpacing(0)
        self.passed, self.failed = Label("", "column", "ok"), Label("", "column", "danger")
        column.addLayout(self._heading(_("规则检查"), self.passed, self.failed))
        column.addLayout(self._rules)
        column.addWidget(HLine())
        self.walked = Label("", "note", "text3")
        column.addLayout(self._heading(_("流程"), self.walked))
        self.process = ProcessPicture()
        row = QHBoxLayout()
        row.setContentsMargins(6, 0, 6, 8)
        row.addWidget(self.process)
        column.addLayout(row)
        column.addWidget(HLine())
        self.said = Label("", "note", "text3")
        column.addLayout(self._heading(_("意见"), self.said))
        self.opinions = OpinionTimeline()
        row = QHBoxLayout()
        row.setContentsMargins(18, 0, 18, 0)
        row.addWidget(self.opinions)
        column.addLayout(row)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = scroll_area(content)
        outer.addWidget(self.area)

    def _heading(self, title: str, *right: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(18, 14, 18, 8)
        row.setSpacing(10)
        row.addWidget(Label(title, "section"))
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)
        return row

    def show_paper(self, paper: Paper, *, me: str) -> None:
        """Show where a document stands and what was said; its checks follow."""
        self.checks = ()
        self._empty()
        self.passed.setText(_("正在检查…"))
        self.passed.set_token("text3")
        self.passed.show()
        self.failed.hide()
        walked = paper.way.walked
        self.walked.setText("" if walked is None else _("已走 {days} 个工作日").format(days=walked))
        self.process.set_nodes(tuple(_node(n, paper, me=me) for n in paper.way.nodes))
        opinions = opinions_of(paper.record.steps)
        self.said.setText(_("{count} 条").format(count=len(opinions)))
        self.opinions.set_opinions(opinions)
        self.area.verticalScrollBar().setValue(0)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show what the rules said: failed in boxes, passed in lines, the rest folded."""
        self._empty()
        self.checks = tuple(checks)
        bad = sorted((c for c in checks if not c.ok), key=lambda check: not check.refuses)
        good = sorted((c for c in checks if c.ok), key=lambda check: check.value is None)
        self.passed.set_token("ok")
        self.passed.setText(_("{count} 项通过").format(count=len(good)) if good else "")
        refusing = sum(check.refuses for check in bad)
        words = _("{count} 项不符") if refusing else _("{count} 项要说明")
        self.failed.setText(words.format(count=refusing or len(bad)))
        self.failed.setVisible(bool(bad))
        self.failed.set_token("danger" if refusing else "warn")
        self.passed.setVisible(bool(good))
        for check in bad:
            box = FailedBox(check)
            box.mendRequested.connect(self.mendRequested)
            self._rules.addWidget(box)
            self._rules.addSpacing(8)
        for check in good[:_OPEN]:
            self._rules.addWidget(PassedLine(check))
        self._fold(good[_OPEN:])

    def _fold(self, rest: Sequence[Check]) -> None:
        if not rest:
            return
        more = _("另有 {count} 项通过").format(count=len(rest))
        link = Button(more, "ghost", trail="down", height=28)
        lines = [PassedLine(check) for check in rest]
        row = QHBoxLayout()
        row.setContentsMargins(20, 0, 0, 0)
        row.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self._rules.addLayout(row)
        for line in lines:
            line.hide()
            self._rules.addWidget(line)

        def unfold() -> None:
            for line in lines:
                line.show()
            link.hide()

        link.clicked.connect(unfold)

    def show_nothing(self) -> None:
        """Empty the pane."""
        self.checks = ()
        self._empty()
        for label in (self.passed, self.failed, self.walked, self.said):
            label.setText("")
        self.process.set_nodes(())
        self.opinions.set_opinions(())

    def _empty(self) -> None:
        while self._rules.count():
            taken = self._rules.takeAt(0)
            inner = taken.layout() if taken is not None else None
            widget = taken.widget() if taken is not None else None
            if inner is not None and (first := inner.takeAt(0)) is not None:
                widget = first.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def place_title(place: str) -> str:
    """Return the name of a place on the way, short enough for the picture."""
    return _("经办") if place == AUTHOR else _(PLAN_FLOW.states[place].title)


def _node(node: WayNode, paper: Paper, *, me: str) -> ProcessNode:
    name = place_title(node.place)
    who = "、".join(node.who[:2]) + (_("等") if len(node.who) > 2 else "")
    days = "" if node.days is None else _("{days} 天").format(days=node.days)
    if node.days == 0:
        days = _("当天")
    if node.state == "skip":
        who = _("不经过")
    elif node.state == "todo":
        who = _("待定")
    elif node.state == "now":
        who = _("您") if paper.may_act and me in node.who else who
        days = _("第 {days} 天").format(days=node.days) if node.days else days
    return ProcessNode(
        name=name.removesuffix(_("审核")) if len(name) > _LONG_NAME else name,
        who=who,
        days=days,
        state=node.state,
        late=node.late,
    )


def opinions_of(steps: Sequence[StepRow]) -> tuple[Opinion, ...]:
    """Return the steps taken as a timeline, with the places an opinion is pinned to."""
    made = []
    sent = 0
    for step in steps:
        sent += step.action == "submit"
        verb = _(PLAN_FLOW.verbs.get(step.action, step.action))
        if step.action == "submit" and sent > 1:
            verb = _("重新提交")
        where = PLAN_FLOW.states[step.source]
        at = _(where.title) if where.review else _("经办")
        tone = {"return": "danger", "approve": "ok"}.get(step.action, "text3")
        made.append(
            Opinion(
                who=step.person,
                deed=f"{at} · {verb}",
                when=f"{step.at:%m-%d %H:%M}",
                text=_with_pins(step),
                tone=tone,  # type: ignore[arg-type]
            )
        )
    return tuple(made)


def _with_pins(step: StepRow) -> str:
    pins = [pin_text(pin) for pin in pins_of(step)]
    marked = _("标在：{pins}").format(pins="、".join(pins)) if pins else ""
    return "\n".join(part for part in (step.opinion, marked) if part)
