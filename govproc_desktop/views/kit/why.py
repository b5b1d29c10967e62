"""为什么不能: the popover that shows every rule an action was judged by, the failed ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.money import money_text
from govproc_desktop.domain.rules import Check, Level
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.charts import Gauge
from govproc_desktop.views.kit.paint import draw_symbol_disc
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.widgets import (
    Button,
    HLine,
    IconLabel,
    Label,
    Panel,
    Popover,
    icon_button,
    scroll_area,
)

WIDTH = 468
_MAX_HEIGHT = 560


def why_text(title: str, checks: Sequence[Check]) -> str:
    """Return the whole explanation as plain text, for the clipboard and the help desk."""
    lines = [title]
    for check in _ordered(checks):
        sign = "✓" if check.ok else ("✗" if check.refuses else "!")
        parts = [_(check.title), check.detail(), _(check.mend) if not check.ok else ""]
        rule = f"[{check.rule}] " if check.rule else ""
        lines.append(f"{sign} {rule}" + "：".join(part for part in parts[:2] if part))
        if parts[2]:
            lines.append("  → " + parts[2])
        if check.source and not check.ok:
            lines.append("  " + _("依据：{source}").format(source=_(check.source)))
    return "\n".join(lines)


def _ordered(checks: Iterable[Check]) -> list[Check]:
    rank = {Level.REFUSE: 0, Level.EXPLAIN: 1, Level.NOTE: 2}
    return sorted(checks, key=lambda each: (each.ok, rank[each.level]))


class _Disc(QWidget):
    def __init__(self, kind: str, *, strong: bool = False) -> None:
        super().__init__()
        self._kind = kind
        self._strong = strong
        self.setFixedSize(18, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the round sign."""
        draw_symbol_disc(QPainter(self), 0, 0, self._kind, strong=self._strong)


class FailedCheck(Panel):
    """One failed rule: its number against its limit, the difference, a gauge, the way to mend."""

    mendRequested = Signal(str)

    def __init__(self, check: Check, parent: QWidget | None = None) -> None:
        self._tone = "danger" if check.refuses else "warn"
        super().__init__(
            fill=f"{self._tone}_soft", line=f"{self._tone}_line", radius=6, parent=parent
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 14, 10)
        row.setSpacing(9)
        disc = _Disc(self._tone, strong=check.refuses)
        row.addWidget(disc, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(3)
        row.addLayout(self._column, 1)
        self._head(check)
        self._numbers(check)
        self._mend(check)
        self.setAccessibleName(f"{_(check.title)} {check.detail()}")

    def _head(self, check: Check) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        title = Label(_(check.title), "strong", wrap=True)
        line.addWidget(title, 1)
        rule = Label(check.rule, "note", "text2")
        rule.setToolTip(_(check.source))
        line.addWidget(rule, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(line)
        if check.why:
            self._column.addWidget(Label(_(check.why), "note", "text2", wrap=True))

    def _numbers(self, check: Check) -> None:
        if check.value is None or check.limit is None:
            if check.template:
                self._column.addWidget(Label(check.detail(), "body", self._tone, wrap=True))
            return
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(Label(money_text(check.value), "figure", self._tone))
        limit = _("上限 {limit}").format(limit=money_text(check.limit))
        line.addWidget(Label(limit, "body", "text2"))
        line.addStretch(1)
        if check.value > check.limit:
            over = _("差 {over}").format(over=money_text(check.value - check.limit))
            line.addWidget(Label(over, "strong", self._tone))
        self._column.addLayout(line)
        self._column.addWidget(Gauge(check.value, check.limit))
        self._column.addWidget(Label(check.detail(), "note", "text2", wrap=True))

    def _mend(self, check: Check) -> None:
        if not check.mend:
            return
        if not check.go:
            self._column.addWidget(Label(_(check.mend), "note", "text2", wrap=True))
            return
        link = Button(_(check.mend), "link", trail="right", height=24)
        link.clicked.connect(lambda: self.mendRequested.emit(check.go))
        self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


class _PassedCheck(QWidget):
    def __init__(self, check: Check) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 14, 6)
        row.setSpacing(9)
        row.addWidget(_Disc("ok"))
        row.addWidget(Label(_(check.title), "body"))
        detail = Label(check.detail(), "note", "text2", wrap=True)
        detail.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(detail, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line above."""
        QPainter(self).fillRect(QRectF(0, 0, self.width(), 1), color("line"))


class WhyPanel(QWidget):
    """The list of checks with its head and foot; ``mendRequested`` carries where to go."""

    mendRequested = Signal(str)
    closed = Signal()

    def __init__(
        self,
        title: str,
        checks: Sequence[Check],
        *,
        sub: str = "",
        foot: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = why_text(title, checks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head(title, sub))
        self._content = self._rules(_ordered(checks))
        self._area = scroll_area(self._content)
        column.addWidget(self._area, 1)
        column.addWidget(HLine())
        column.addWidget(self._foot(foot or _foot_words(checks)))

    def _head(self, title: str, sub: str) -> QWidget:
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 12, 8, 10)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(title, "lead_bold", wrap=True))
        if sub:
            words.addWidget(Label(sub, "note", "text2", wrap=True))
        row.addLayout(words, 1)
        close = icon_button("x", _("关闭"), height=28)
        close.clicked.connect(self.closed)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _rules(self, checks: Sequence[Check]) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 0, 16, 8)
        column.setSpacing(0)
        for check in checks:
            if check.ok:
                continue
            box = FailedCheck(check)
            box.mendRequested.connect(self.mendRequested)
            column.addWidget(box)
            column.addSpacing(8)
        passed = [check for check in checks if check.ok]
        if passed:
            count = _("已满足 {count} 项").format(count=len(passed))
            column.addWidget(Label(count, "column", "text2"))
            column.addSpacing(6)
        for check in passed:
            column.addWidget(_PassedCheck(check))
        column.addStretch(1)
        return content

    def _foot(self, words: str) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(8)
        row.addWidget(IconLabel("info", "text3", size=16))
        row.addWidget(Label(words, "note", "text3", wrap=True), 1)
        self.copy = Button(_("复制说明"), "ghost", icon="copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._text))
        row.addWidget(self.copy)
        return foot

    def fit(self, width: int) -> None:
        """Take the height the rules need at this width, up to what a screen holds."""
        layout = self._content.layout()
        wanted = layout.heightForWidth(width) if layout is not None else 200
        self._area.setFixedHeight(min(_MAX_HEIGHT, max(60, wanted)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _foot_words(checks: Sequence[Check]) -> str:
    if any(not check.ok for check in checks):
        return _("办理时执行的就是这几条，不会另有别的。")
    return _("现在可以办，没有拦着的规则。")


def show_why(
    anchor: QWidget,
    title: str,
    *,
    checks: Sequence[Check],
    sub: str = "",
    foot: str = "",
    go: Callable[[str], None] | None = None,
) -> Popover:
    """Show the checks under the button that asked; ``go`` is told where a mending link leads.

    ``foot`` says what the checks are where they do not guard a deed.
    """
    popover = Popover(parent=anchor.window(), width=WIDTH)
    panel = WhyPanel(title, checks, sub=sub, foot=foot)
    panel.fit(WIDTH)
    panel.closed.connect(popover.close)

    def mend(target: str) -> None:
        popover.close()
        if go is not None:
            go(target)

    panel.mendRequested.connect(mend)
    popover.body.addWidget(panel)
    popover.show_at(anchor)
    return popover
