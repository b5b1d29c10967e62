"""The home page itself: greeting, money, waiting work, sent documents, notes and tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.domain.plan.flow import PLAN_FLOW
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.home import Home, HomePage, MoneyPicture, SentRow, TodoRow, home_page
from govproc_desktop.services.context import Changes
from govproc_desktop.services.plans import UrgePlan
from govproc_desktop.views.home.keeping import KeptCard, NotesCard, clear
from govproc_desktop.views.home.rows import (
    Empty,
    SentLine,
    Tile,
    TodoHead,
    TodoLine,
    TodoLook,
)
from govproc_desktop.views.kit.chart_data import MoneyStep
from govproc_desktop.views.kit.charts import MoneyCascade
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.widgets import (
    Button,
    Card,
    IconLabel,
    Label,
    Segmented,
    scroll_area,
)

_WEEKDAYS = (N_("一"), N_("二"), N_("三"), N_("四"), N_("五"), N_("六"), N_("日"))
_REFRESH_ON = frozenset({"plan", "task", "fund_plan", "fund_conflict", "draft", "reference"})
_SIDE = 356

_TODO = {
    "plan.returned": TodoLook(
        title=N_("被退回，等您改"), icon="back", tone="danger", go="window:plans"
    ),
    "plan.draft": TodoLook(
        title=N_("草稿，还没提交"),
        icon="edit",
        tone="text2",
        go="window:plans",
        note=N_("草稿未占用资金"),
    ),
    "fund_conflict": TodoLook(
        title=N_("用款计划导入冲突"),
        icon="warn",
        tone="warn",
        go="window:fund_plans",
        note=N_("新金额小于已用金额"),
    ),
}
_TASK = TodoLook(title=N_("等您{step}"), icon="inbox", tone="accent", go="window:inbox")


@dataclass(frozen=True, kw_only=True)
class Shortcut:
    """A window that may stand among the tiles."""

    id: str
    title: str
    icon: str
    tile: bool = True


def greeting(name: str, now: datetime) -> str:
    """Greet by the time of the day."""
    parts = ((5, N_("夜深了")), (11, N_("早上好")), (13, N_("中午好")), (18, N_("下午好")))
    words = next((words for hour, words in parts if now.hour < hour), N_("晚上好"))
    return f"{name}，{_(words)}"


def cascade(picture: MoneyPicture) -> tuple[MoneyStep, ...]:
    """Return the bars there is something to say about; contracts show once there are any."""
    steps = [
        MoneyStep(_("计划"), picture.planned),
        MoneyStep(_("占用"), picture.reserved, _("拟可用")),
        MoneyStep(_("备案"), picture.filed, _("在途，正在审核")),
    ]
    if picture.contracted:
        steps += [
            MoneyStep(_("合同"), picture.contracted, _("还没签合同")),
            MoneyStep(_("申请"), picture.requested, _("还没申请支付")),
            MoneyStep(_("支付"), picture.paid, _("还没到账")),
        ]
    return tuple(steps)


class HomeWindow(QWidget):
    """The first page; reads once, again when something it shows has changed."""

    def __init__(self, desk: Desk, shortcuts: Sequence[Shortcut] = ()) -> None:
        super().__init__()
        self._desk = desk
        self._home: Home | None = None
        self._shortcuts = tuple(shortcuts)
        self._known = frozenset(each.id for each in shortcuts)
        self.setWindowTitle(_("首页"))
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(24, 16, 16, 20)
        self._column.setSpacing(16)
        self._column.addLayout(self._head())
        body = QHBoxLayout()
        body.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(16)
        actor = desk.context.actor
        money = self._money_card()
        # "no money yet" would be a lie to somebody who may not see it
        if not (actor.may("fund_plan.view") or actor.may("plan.view")):
            money.hide()
        left.addWidget(money)
        left.addWidget(self._todo_card())
        self._kept_card = KeptCard(desk)
        left.addWidget(self._kept_card)
        left.addStretch(1)
        body.addLayout(left, 1)
        body.addLayout(self._side())
        self._column.addLayout(body, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll_area(content))
        desk.notices.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the page again."""
        self._desk.read(
            lambda reader: home_page(reader, HomePage()), self._show, owner=self, era="home"
        )

    def _changed(self, changes: Changes, _origin: object) -> None:
        if changes.kinds & _REFRESH_ON:
            self.refresh()

    def _head(self) -> QHBoxLayout:
        now = self._desk.context.clock()
        actor = self._desk.context.actor
        row = QHBoxLayout()
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(4)
        self._greeting = Label(greeting(actor.person_name, now), "title")
        self._facts = Label("", "body", "text2")
        words.addWidget(self._greeting)
        words.addWidget(self._facts)
        row.addLayout(words, 1)
        if "fund_plans" in self._known:
            look = Button(_("用款计划查询"), icon="yen", height=34)
            look.clicked.connect(lambda: self._desk.open("window:fund_plans"))
            row.addWidget(look)
        if actor.may("plan.edit") and "plan.form" in self._known:
            new = Button(_("新建计划备案"), "primary", icon="plan", keycap="Ctrl N", height=34)
            new.clicked.connect(lambda: self._desk.open("plan.form"))
            row.addWidget(new)
        elif "inbox" in self._known:
            go = Button(_("去审核"), "primary", icon="inbox", height=34)
            go.clicked.connect(lambda: self._desk.open("window:inbox"))
            row.addWidget(go)
        return row

    def _money_card(self) -> Card:
        self._segment = Segmented(
            [("all", _("全部")), ("fiscal", _("财政资金")), ("own", _("自有资金"))]
        )
        self._segment.changed.connect(lambda _key: self._show_money())
        whose = self._desk.context.actor.scope.everything
        title = _("各单位的钱走到哪一步") if whose else _("本单位的钱走到哪一步")
        card = Card(
            title, _("金额单位：元 · 颜色越浓离付出去越近，斜线是停下来的钱"), right=self._segment
        )
        self._cascade = MoneyCascade()
        self._cascade.gapClicked.connect(lambda _place: self._desk.open("window:fund_plans"))
        self._no_money = Empty(
            _("今年还没有用款计划。导入预算系统的文件后，这里显示钱走到哪一步"), "yen"
        )
        card.body.addWidget(self._cascade)
        card.body.addWidget(self._no_money)
        self._no_money.hide()
        return card

    def _todo_card(self) -> Card:
        self._todo_link = Button("", "link")
        self._todo_link.clicked.connect(lambda: self._desk.open("window:inbox"))
        self._todo_link.hide()
        card = Card(_("待办"), _("按类别，等得最久的先办；等待按工作日算"), right=self._todo_link)
        self._todo_head = TodoHead()
        card.body.addWidget(self._todo_head)
        self._todo = QVBoxLayout()
        self._todo.setSpacing(0)
        card.body.addLayout(self._todo)
        card.body.setSpacing(0)
        foot = QHBoxLayout()
        foot.setContentsMargins(4, 10, 0, 0)
        foot.setSpacing(10)
        foot.addWidget(IconLabel("clock", "text3", size=16))
        self._done = Label("", "note", "text2")
        foot.addWidget(self._done, 1)
        card.body.addLayout(foot)
        return card

    def _side(self) -> QVBoxLayout:
        actor = self._desk.context.actor
        side = QVBoxLayout()
        side.setSpacing(16)
        may_mend = "reference" in self._known and actor.may("reference.edit")
        self._notes_card = NotesCard(self._desk, may_mend=may_mend)
        self._sent_card = Card(_("我送出去的，在谁手里"))
        self._sent = QVBoxLayout()
        self._sent.setSpacing(0)
        self._sent_card.body.addLayout(self._sent)
        for card in (self._notes_card, self._sent_card):
            card.setFixedWidth(_SIDE)
            card.hide()
            side.addWidget(card)
        if self._tiles():
            side.addWidget(self._tile_card())
        side.addStretch(1)
        return side

    def _tiles(self) -> tuple[Shortcut, ...]:
        return tuple(each for each in self._shortcuts if each.icon and each.tile)[:6]

    def _tile_card(self) -> Card:
        card = Card(_("常用"))
        card.setFixedWidth(_SIDE)
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for place, each in enumerate(self._tiles()):
            tile = Tile(_(each.title), each.icon)
            tile.clicked.connect(lambda _on=False, id_=each.id: self._desk.open(f"window:{id_}"))
            grid.addWidget(tile, place // 2, place % 2)
        card.body.addLayout(grid)
        return card

    def _show(self, home: Home) -> None:
        self._home = home
        now = self._desk.context.clock()
        self._show_facts(home, now)
        self._show_money()
        self._show_todo(home)
        self._show_sent(home, now)
        self._kept_card.put(home.kept_drafts, now)
        self._notes_card.put(home.notes)

    def _show_facts(self, home: Home, now: datetime) -> None:
        day = _("{month} 月 {day} 日 星期{weekday}").format(
            month=now.month, day=now.day, weekday=_(_WEEKDAYS[now.weekday()])
        )
        facts = [day]
        if home.workdays_left is not None:
            left = _("{year} 年度还剩 {days} 个工作日")
            facts.append(left.format(year=now.year, days=home.workdays_left))
        waiting = sum(row.count for row in home.todo)
        facts.append(
            _("有 {count} 件事等您办").format(count=waiting) if waiting else _("没有等您办的事")
        )
        self._facts.setText(" · ".join(facts))

    def _show_money(self) -> None:
        if self._home is None:
            return
        key = self._segment.value()
        fiscal, own = self._home.fiscal, self._home.own
        picture = {"fiscal": fiscal, "own": own}.get(key) or fiscal.plus(own)
        self._cascade.set_steps(cascade(picture))
        empty = picture.planned == Decimal(0)
        self._cascade.setVisible(not empty)
        self._no_money.setVisible(empty)

    def _show_todo(self, home: Home) -> None:
        clear(self._todo)
        rows = sorted(home.todo, key=lambda row: row.since)
        for row in rows:
            look = _look_of(row)
            line = TodoLine(
                look,
                count=row.count,
                days=row.days,
                amount=row.amount,
                note=_note_of(row, look),
            )
            line.clicked.connect(lambda _on=False, row=row: self._go(row))
            self._todo.addWidget(line)
        if not rows:
            self._todo.addWidget(Empty(_("没有等您办的事")))
        self._todo_head.setVisible(bool(rows))
        tasks = sum(row.count for row in rows if row.kind.startswith("task."))
        self._todo_link.setText(_("全部 {count} 件").format(count=tasks))
        self._todo_link.setVisible(tasks > 0)
        done = _("本月已办 {count} 件").format(count=home.done_this_month)
        self._done.setText(done)

    def _go(self, row: TodoRow) -> None:
        target = _look_of(row).go
        if row.kind.startswith("plan."):
            self._desk.open(target, view=row.kind.removeprefix("plan."))
        else:
            self._desk.open(target)

    def _show_sent(self, home: Home, now: datetime) -> None:
        clear(self._sent)
        for row in home.sent:
            line = SentLine(row.title, _where(row), days=row.days)
            line.clicked.connect(
                lambda _on=False, row=row: self._desk.open(f"{row.doc_kind}.form", uid=row.uid)
            )
            self._sent.addWidget(self._with_urge(line, row, now))
        self._sent_card.set_sub(_("共 {count} 件").format(count=home.sent_count))
        self._sent_card.setVisible(bool(home.sent))

    def _with_urge(self, line: SentLine, row: SentRow, now: datetime) -> QWidget:
        holder = QWidget()
        pair = QHBoxLayout(holder)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(6)
        pair.addWidget(line, 1)
        urge = Button(_("催办"), "link")
        urge.setAccessibleName(_("催办 {title}").format(title=row.title))
        if row.urged_at is not None and row.urged_at.date() == now.date():
            urge.set_reason(_("今天已经催过，明天可以再催"))
        urge.clicked.connect(lambda: self._urge(row))
        pair.addWidget(urge)
        return holder

    def _urge(self, row: SentRow) -> None:
        self._desk.send(UrgePlan(plan=row.uid), lambda _outcome: self.refresh(), owner=self)


def _look_of(row: TodoRow) -> TodoLook:
    if not row.kind.startswith("task."):
        return _TODO[row.kind]
    _task, _kind, state = row.kind.split(".", 2)
    title = _(_TASK.title).format(step=_(PLAN_FLOW.states[state].title))
    return TodoLook(title=title, icon=_TASK.icon, tone=_TASK.tone, go=_TASK.go)


def _note_of(row: TodoRow, look: TodoLook) -> str:
    if row.urged:
        return _("{count} 件催过").format(count=row.urged)
    if row.fresh and row.fresh < row.count:
        return _("{count} 件今天刚到").format(count=row.fresh)
    return _(look.note)


def _where(row: SentRow) -> str:
    step = _(PLAN_FLOW.states[row.state].title)
    who = "、".join(row.holders[:2]) + (_("等") if len(row.holders) > 2 else "")
    words = _("计划备案 · 在{step} · {who}").format(step=step, who=who or _("还没有人有这项权限"))
    if row.urged_at is not None:
        words += " · " + _("{day} 催过").format(day=f"{row.urged_at:%m-%d}")
    return words
