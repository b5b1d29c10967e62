"""One 用款计划: facts, where its money is on a chosen day, and every movement behind it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.fund_plan import Balances
from govproc_desktop.domain.money import money_text
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.fund_plans import (
    LEDGER_LIST,
    DetailParams,
    FundPlanRecord,
    fund_plan_detail,
)
from govproc_desktop.queries.listing import Criterion, ListSpec
from govproc_desktop.queries.lookups import CodeParams, codes
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.context import Changes
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.chart_data import MoneyStep
from govproc_desktop.views.kit.charts import MoneyCascade
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_window.table import ListTable
from govproc_desktop.views.kit.roles import Kind
from govproc_desktop.views.kit.spec import Column, ListWindow, Values
from govproc_desktop.views.kit.widgets import Button, Card, DateField, Label, Pill

_CODES = ("fund_kinds", "func_classes", "dep_econ_classes", "gov_econ_classes")
_ACCOUNTS = {
    "amount": N_("计划金额"),
    "in_transit": N_("在途"),
    "filed": N_("已备案占用"),
    "contracted": N_("合同"),
    "requested": N_("已申请支付"),
    "paid": N_("已支付"),
}
_KINDS = {
    "plan.submit": N_("提交占用"),
    "plan.file": N_("备案"),
    "plan.withdraw": N_("撤回释放"),
    "plan.return": N_("退回释放"),
    "plan.void": N_("作废释放"),
}


def deed(values: Values) -> str:
    """Return what a movement was, in words: 备案 · 在途."""
    account = _(_ACCOUNTS.get(values["account"]) or str(values["account"]))
    if values["account"] == "amount":
        return _("下达") if values["amount"] > 0 else _("调整")
    kind = _KINDS.get(values["kind"])
    verb = _(kind) if kind else (_("增加") if values["amount"] > 0 else _("减少"))
    return f"{verb} · {account}"


def signed(fen: int) -> str:
    """Return a movement with its sign."""
    return f"+{fmt.fen(fen)}" if fen > 0 else fmt.fen(fen)


LEDGER = ListWindow(
    id="fund_plan.ledger",
    title=N_("资金台账"),
    query=LEDGER_LIST,
    row_height=46,
    columns=(
        Column("at", N_("时间"), width=140, show=fmt.moment),
        Column("account", N_("事项"), width=190, words=deed, sortable=False),
        Column(
            "doc_title",
            N_("单据"),
            kind=Kind.TWO_LINE,
            stretch=True,
            second="doc_number",
            second_title=N_("编号"),
        ),
        Column("amount", N_("金额(元)"), kind=Kind.MONEY, width=150, show=signed),
        Column("person", N_("经办"), width=90),
    ),
)


class FundRecord(QWidget):
    """The record of one fund plan; choosing a day shows everything as of that evening."""

    def __init__(self, desk: Desk, uid: UUID, *, as_of: date | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._uid = uid
        self._as_of = as_of
        self._documents: dict[str, tuple[str, str]] = {}
        self.back = Button(_("返回列表"), "ghost", icon="back", keycap="Esc")
        self.title = Label("", "heading")
        self.sub = Label("", "note", "text3")
        self.mark = Pill("", "waiting")
        self.day = DateField(as_of)
        self.today = Button(_("回到今天"), "link")
        self.cascade = MoneyCascade()
        self.plannable = Label("", "title")
        self.spendable = Label("", "title")
        self.note = Label("", "note", "text2", wrap=True)
        self._facts: dict[str, Label] = {}
        self.ledger = ListTable(desk, LEDGER, parent=self)
        self.ledger.set_columns(LEDGER.columns)
        self.ledger.totals.hide()
        self.ledger.view.setColumnHidden(0, True)
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        cards = QHBoxLayout()
        cards.setContentsMargins(24, 4, 24, 16)
        cards.setSpacing(16)
        cards.addWidget(self._money_card(), 3)
        cards.addWidget(self._facts_card(), 2)
        column.addLayout(cards)
        words = QHBoxLayout()
        words.setContentsMargins(24, 0, 24, 8)
        words.setSpacing(10)
        words.addWidget(Label(_("资金台账"), "section"))
        words.addWidget(Label(_("每一笔都能追到单据；双击打开单据。"), "note", "text3"))
        words.addStretch(1)
        column.addLayout(words)
        column.addWidget(self.ledger, 1)
        self.setFocusProxy(self.ledger)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 24, 10)
        head.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.title)
        line.addWidget(self.mark)
        line.addStretch(1)
        words.addLayout(line)
        words.addWidget(self.sub)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        head.addWidget(self.today)
        head.addWidget(Label(_("截至"), "body", "text2"))
        self.day.setFixedWidth(140)
        self.day.setAccessibleName(_("截至某日"))
        self.day.setPlaceholderText(_("今天"))
        head.addWidget(self.day)
        return head

    def _money_card(self) -> Card:
        card = Card(_("钱在哪里"), _("金额单位：元"))
        card.body.addWidget(self.cascade)
        foot = QHBoxLayout()
        foot.setSpacing(24)
        for title, label in ((N_("拟可用"), self.plannable), (N_("实际可用"), self.spendable)):
            part = QVBoxLayout()
            part.setSpacing(0)
            part.addWidget(Label(_(title), "note", "text2"))
            part.addWidget(label)
            foot.addLayout(part)
        foot.addWidget(self.note, 1)
        card.body.addLayout(foot)
        return card

    def _facts_card(self) -> Card:
        card = Card(_("基本情况"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        titles = {
            "unit": N_("单位"),
            "project": N_("预算项目"),
            "doc_no": N_("指标文号"),
            "fund_type": N_("资金性质"),
            "func_class": N_("功能分类"),
            "econ_class": N_("部门经济"),
            "office": N_("业务处室"),
            "approved": N_("下达"),
            "region": N_("区划 / 版本"),
        }
        for row, (key, title) in enumerate(titles.items()):
            self._facts[key] = Label("", "body", wrap=True)
            grid.addWidget(Label(_(title), "body", "text2"), row, 0)
            grid.addWidget(self._facts[key], row, 1)
        card.body.addLayout(grid)
        card.body.addStretch(1)
        return card

    def _connect(self) -> None:
        self.day.picked.connect(self._day_picked)
        self.day.editingFinished.connect(self._day_picked)
        self.today.clicked.connect(lambda: self.show_day(None))
        self.ledger.opened.connect(self._open_document)
        self._desk.notices.changed.connect(self._noticed)

    def show_day(self, day: date | None) -> None:
        """Show the money and the ledger as of the evening of a day, or as they stand now."""
        self._as_of = day
        self.day.set_day(day)
        self.refresh()

    def refresh(self) -> None:
        """Read the record and its ledger again."""
        params = DetailParams(uid=self._uid, as_of=self._as_of)

        def read(reader: Reader) -> tuple[FundPlanRecord, dict[str, dict[str, str]]]:
            names = {kind: codes(reader, CodeParams(kind=kind)) for kind in _CODES}
            return fund_plan_detail(reader, params), names

        self._desk.read(read, lambda answer: self._show(*answer), owner=self, era="record")
        filters = [Criterion(name="fund_plan", values=(str(self._uid),))]
        if self._as_of is not None:
            filters.append(Criterion(name="on_day", high=self._as_of.isoformat()))
        self.ledger.model.load(ListSpec(filters=tuple(filters)))

    def _show(self, record: FundPlanRecord, names: dict[str, dict[str, str]]) -> None:
        self.title.setText(record.plan_no)
        self.sub.setText(f"{record.year} 年 · {record.project} · {record.unit}")
        marked = _("政府采购") if record.is_gov_pur else _("没标政府采购")
        self.mark.set_state(marked, "filed" if record.is_gov_pur else "warning")
        self.today.setVisible(record.as_of is not None)
        self._show_money(record.balances, record.as_of)
        fact = {
            "unit": f"{record.unit_code} {record.unit}",
            "project": f"{record.project_code} {record.project}".strip(),
            "doc_no": record.doc_no,
            "fund_type": fmt.coded(names["fund_kinds"], record.fund_type),
            "func_class": fmt.coded(names["func_classes"], record.func_class),
            "econ_class": fmt.coded(names["dep_econ_classes"], record.econ_class),
            "office": record.office,
            "approved": fmt.day(record.approved_on),
            "region": f"{record.region_code} / {record.version}",
        }
        for key, text in fact.items():
            self._facts[key].setText(fmt.text(text))
        self._documents = {str(row.uid): (row.doc_kind, str(row.doc_uid)) for row in record.ledger}

    def _show_money(self, money: Balances, as_of: date | None) -> None:
        held = money.filed + money.in_transit
        self.cascade.set_steps(
            (
                MoneyStep(_("计划"), money.amount),
                MoneyStep(_("占用"), held, _("拟可用")),
                MoneyStep(_("合同"), money.contracted, _("已占用未签合同")),
                MoneyStep(_("申请"), money.requested, _("已签未申请")),
                MoneyStep(_("支付"), money.paid, _("已申请未到账")),
            )
        )
        self.plannable.setText(money_text(money.available))
        self.spendable.setText(money_text(money.spendable))
        day = _("{day} 当天结束时").format(day=as_of.isoformat()) if as_of else _("现在")
        self.note.setText(
            _(
                "{day}：计划 {amount} − 已备案 {filed} − 在途 {transit} = 拟可用 {free}；"
                "计划 − 已支付 {paid} = 实际可用 {left}。"
            ).format(
                day=day,
                amount=money_text(money.amount),
                filed=money_text(money.filed),
                transit=money_text(money.in_transit),
                free=money_text(money.available),
                paid=money_text(money.paid),
                left=money_text(money.spendable),
            )
        )

    def _day_picked(self) -> None:
        typed = self.day.text().strip()
        day = self.day.day()
        if day != self._as_of and (day is not None or not typed):
            self.show_day(day)

    def _open_document(self, uid: str) -> None:
        kind, document = self._documents.get(uid, ("", ""))
        if kind == "plan":
            self._desk.open("plan.form", uid=document)

    def _noticed(self, changes: Changes, _origin: QObject | None) -> None:
        if changes.kinds & {"fund_plan", "plan"} and self.isVisible():
            self.refresh()
