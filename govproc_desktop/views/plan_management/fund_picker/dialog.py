"""Choose fund plans and how much of each: four amounts, the use of each, this draw hatched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govproc_desktop.domain.money import ZERO, money_text
from govproc_desktop.domain.rules import Check
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.fund_plans.choices import (
    ChoicesParams,
    FundChoice,
    WhyNot,
    why_not_listed,
)
from govproc_desktop.views.kit.chart_data import LegendItem
from govproc_desktop.views.kit.charts import Legend
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.form_window import SumPart
from govproc_desktop.views.kit.form_window.head import ElidedLine
from govproc_desktop.views.kit.form_window.sum_bar import SumLine
from govproc_desktop.views.kit.roles import HATCH
from govproc_desktop.views.kit.why import show_why
from govproc_desktop.views.kit.widgets import (
    Button,
    Chip,
    DialogFrame,
    HLine,
    Label,
    SearchField,
)
from govproc_desktop.views.kit.widgets.combos import Menu
from govproc_desktop.views.plan_management.fund_picker.lines import PickerNeed, PickLines
from govproc_desktop.views.plan_management.fund_picker.table import PickTable

WIDTH = 1232
_LISTED = N_(
    "只列本单位 {year} 年度、标了政府采购、拟可用大于 0 的用款计划；草稿不占用资金，提交时才占用"
)
_LISTED_MORE = N_(
    "只列本单位 {year} 年度及以前、标了政府采购、拟可用大于 0 的用款计划；"
    "草稿不占用资金，提交时才占用"
)


class FundPicker(DialogFrame):
    """The dialog; ``chosen`` carries amounts as typed by fund plan uid, in the order listed."""

    chosen = Signal(object)

    def __init__(
        self,
        desk: Desk,
        choices: Sequence[FundChoice],
        *,
        need: PickerNeed,
        names: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        listed = _LISTED if need.midterm else _LISTED_MORE
        super().__init__(
            _("选择用款计划"), _(listed).format(year=need.year), width=WIDTH, parent=parent
        )
        self._desk = desk
        self._need = need
        self._names = names
        self._choices = tuple(choices)
        self._filters: dict[str, tuple[str, Chip]] = {}
        self.lines = PickLines(choices, need, names=names)
        self.table = PickTable(self.lines.model)
        self._ticked = {line["uid"] for line in self.lines.ticked()}
        self._fitting: list[int] = []
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._add_tools()
        self.table.setMinimumHeight(34 + 50 * max(4, min(8, len(choices))))
        self.body.addWidget(self.table, 1)
        self._add_legend()
        self._add_foot()
        self.lines.model.edited.connect(self._edited)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.take.click)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.search.setFocus)
        self._filter()
        self._sum()
        self.search.setFocus()

    def _add_tools(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 24, 10)
        row.setSpacing(8)
        self.search = SearchField(_("计划号、文号、项目、拼音首字母"))
        self.search.setFixedWidth(344)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.search.leaveDown.connect(self._enter_table)
        self.search.returnPressed.connect(self._enter_table)
        row.addWidget(self.search)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        row.addLayout(self._chips)
        self.more = Button(_("加条件"), "link", icon="plus")
        self.more.clicked.connect(self._offer_filters)
        row.addWidget(self.more)
        row.addStretch(1)
        self.count = Label("", "note", "text2")
        row.addWidget(self.count)
        self.why = Button(_("找不到某一条？"), "link", icon="help")
        self.why.clicked.connect(self._ask_why)
        row.addWidget(self.why)
        self.body.addLayout(row)

    def _add_legend(self) -> None:
        self.body.addWidget(HLine())
        row = QHBoxLayout()
        row.setContentsMargins(24, 8, 24, 8)
        row.addWidget(
            Legend(
                (
                    LegendItem("ramp4", _("已支付")),
                    LegendItem("ramp3", _("已申请未到账")),
                    LegendItem("ramp2", _("已占用未申请")),
                    LegendItem(HATCH, _("本次申请（草稿，未占用）")),
                    LegendItem("ramp0", _("拟可用")),
                )
            )
        )
        row.addStretch(1)
        self.note = ElidedLine("column", "accent", height=24)
        self.table.told.connect(self.note.set_text)
        row.addWidget(self.note)
        self.body.addLayout(row)

    def _add_foot(self) -> None:
        self.sums = SumLine(height=62, gap=26)
        self.foot.addWidget(self.sums)
        self.foot.addStretch(1)
        cancel = Button(_("取消"), keycap="Esc")
        cancel.clicked.connect(self.reject)
        self.take = Button("", "primary", icon="check", keycap="Ctrl Enter")
        self.take.clicked.connect(self.accept)
        self.take.whyRequested.connect(self._go_wrong)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.take)

    def _enter_table(self) -> None:
        """Go to the first row that was searched for; ticked rows are merely kept in sight."""
        if self._fitting:
            amount = self.lines.model.column_of("amount")
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.setCurrentIndex(self.lines.model.index(self._fitting[0], amount))

    def _edited(self) -> None:
        """Tick what is typed into, propose an amount for what is ticked, and add up."""
        model = self.lines.model
        for row in range(model.rowCount()):
            line = model.line(row)
            uid, on = line["uid"], bool(line.get("on"))
            if on and uid not in self._ticked:
                self._ticked.add(uid)
                if not line.get("amount"):
                    proposed = min(self.lines.fund(line).plannable, self.lines.needed(uid))
                    model.put(row, {"amount": money_text(proposed) if proposed > 0 else ""})
                QTimer.singleShot(0, lambda row=row: self.table.stand_in(row))
            elif not on and uid in self._ticked:
                self._ticked.discard(uid)
                model.put(row, {"amount": ""})
            elif not on and line.get("amount"):
                self._ticked.add(uid)
                model.put(row, {"on": "1"})
        self._sum()

    def _sum(self) -> None:
        ticked = self.lines.ticked()
        drawn = self.lines.drawn()
        total = drawn + self._need.own
        gap = self._need.items - total
        available = sum((self.lines.fund(line).plannable for line in ticked), ZERO)
        parts = [
            SumPart(_("{count} 条").format(count=len(ticked)), _("已选")),
            SumPart(money_text(available), _("拟可用合计")),
            SumPart(money_text(drawn), _("本次申请使用合计"), strong=True),
            SumPart(money_text(self._need.own), _("加自有资金")),
        ]
        if not gap and total:
            parts.append(SumPart(f"{money_text(total)}  ✓", _("等于采购内容合计"), tone="ok"))
        elif gap > 0:
            parts.append(SumPart(money_text(gap), _("比采购内容合计还少"), tone="warn"))
        elif gap < 0:
            parts.append(SumPart(money_text(-gap), _("比采购内容合计多"), tone="danger"))
        self.sums.show_sums(parts)
        self.take.setText(_("选用这 {count} 条").format(count=len(ticked)))
        self.take.updateGeometry()
        self.take.set_reason(self._reason())

    def _reason(self) -> str | None:
        wrong = self.lines.model.first_error()
        if wrong is not None:
            return wrong[2]
        empty = [line for line in self.lines.ticked() if not line.get("amount", "").strip()]
        if empty:
            no = self.lines.fund(empty[0]).plan_no
            return _("{no} 还没有填本次申请使用金额。").format(no=no)
        return None

    def _go_wrong(self) -> None:
        self.note.set_text(self._reason() or "", "danger")
        wrong = self.lines.model.first_error()
        for row in range(self.lines.model.rowCount()):
            line = self.lines.model.line(row)
            if (wrong and wrong[0] == row) or (line.get("on") and not line.get("amount")):
                self.table.stand_in(row)
                return

    def _values(self, key: str) -> list[str]:
        return sorted({str(getattr(each, key)) for each in self._choices if getattr(each, key)})

    def _offer_filters(self) -> None:
        menu = Menu(self)
        for key, title in (("fund_type", _("资金性质")), ("office", _("业务处室"))):
            if key in self._filters:
                continue
            for value in self._values(key):
                name = self._names.get(value, value)
                action = menu.addAction(f"{title}：{name}")
                action.triggered.connect(
                    lambda _on=False, key=key, value=value, title=title, name=name: self.add_filter(
                        key, value, title=title, name=name
                    )
                )
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def add_filter(self, key: str, value: str, *, title: str, name: str) -> None:
        """Show only fund plans of one kind of money or one office."""
        chip = Chip(title, name)
        chip.removed.connect(lambda: self._drop_filter(key))
        self._filters[key] = (value, chip)
        self._chips.addWidget(chip)
        self._filter()

    def _drop_filter(self, key: str) -> None:
        _value, chip = self._filters.pop(key)
        chip.hide()
        chip.deleteLater()
        self._filter()

    def _filter(self) -> None:
        words = self.search.text().lower().split()
        self._fitting.clear()
        shown = 0
        for row in range(self.lines.model.rowCount()):
            fund = self.lines.fund(self.lines.model.line(row))
            text = f"{fund.search_text} {fund.plan_no} {fund.doc_no} {fund.project}".lower()
            fits = all(word in text for word in words) and all(
                str(getattr(fund, key)) == value for key, (value, _chip) in self._filters.items()
            )
            if fits:
                self._fitting.append(row)
            keep = fits or bool(self.lines.model.line(row).get("on"))
            self.table.setRowHidden(row, not keep)
            shown += keep
        total = self.lines.model.rowCount()
        if shown == total:
            self.count.setText(_("共 {total} 条").format(total=total))
        else:
            told = _("已筛选 {shown} 条，共 {total} 条").format(shown=shown, total=total)
            self.count.setText(told)

    def _ask_why(self) -> None:
        typed = self.search.text().strip()
        if not typed:
            self.note.set_text(_("先在左上角输入要找的计划号、文号或项目名，再点“找不到某一条？”"))
            self.search.setFocus()
            return
        params = ChoicesParams(year=self._need.year, midterm=self._need.midterm, search=typed)
        self._desk.read(
            lambda reader: why_not_listed(reader, params), self._show_why, owner=self, era="why"
        )

    def _show_why(self, found: list[WhyNot]) -> None:
        first = found[0]
        checks: list[Check] = list(first.checks)
        name = f"{first.plan_no} {first.project}".strip()
        title = _("{name} 为什么不在表里").format(name=name)
        if first.listed:
            title = _("{name} 在表里").format(name=name)
        show_why(self.why, title, checks=checks, sub=_("这些就是列出与否的全部条件。"))

    def accept(self) -> None:
        """Hand the amounts on; refused while one of them is wrong."""
        if self._reason() is not None:
            self._go_wrong()
            return
        picked = {UUID(line["uid"]): line["amount"] for line in self.lines.ticked()}
        self.chosen.emit(picked)
        super().accept()
