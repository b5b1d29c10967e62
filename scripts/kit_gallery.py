"""Draw the kit's gallery page in both looks: python scripts/kit_gallery.py FOLDER."""

from __future__ import annotations

import os
import sys
from decimal import Decimal
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.views.kit.chart_data import LegendItem, MoneyStep, Opinion, ProcessNode
from govproc_desktop.views.kit.charts import (
    Gauge,
    Legend,
    MoneyCascade,
    OpinionTimeline,
    ProcessPicture,
)
from govproc_desktop.views.kit.icons import icon_names
from govproc_desktop.views.kit.paint import draw_text, hatch, round_rect
from govproc_desktop.views.kit.roles import ColumnLook, Kind, Role, Segment
from govproc_desktop.views.kit.shell import NavItem, NavSection, ShellFrame
from govproc_desktop.views.kit.tables import KitTableView, TotalsRow
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.kit.type_scale import install_qt_translation
from govproc_desktop.views.kit.widgets import (
    AmountField,
    Button,
    Card,
    Check,
    Chip,
    ComboField,
    DateField,
    FieldCell,
    IconLabel,
    Label,
    Notice,
    Pill,
    RadioGroup,
    ReadOnlyField,
    SearchField,
    Segmented,
    TextField,
)


def row(*widgets: QWidget) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return box


def posed(button: Button, pose: str) -> Button:
    button.setProperty("pose", pose)
    return button


NAMES = (
    "bg surface sunken raised line line2 edge sel text text2 text3 accent soft danger "
    "danger_soft seal warn warn_soft ok ok_soft info info_soft"
)


class Swatches(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(430)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        for place, name in enumerate(NAMES.split()):
            x, y = place % 3 * 110, place // 3 * 42
            round_rect(painter, QRectF(x, y, 34, 34), 6, name, line="line2")
            draw_text(painter, QRectF(x + 42, y, 70, 17), name, "note")
            value = theme().tokens.value(name)
            draw_text(painter, QRectF(x + 42, y + 17, 70, 17), value, "key", "text3")
        for step, word in enumerate(["计划", "占用", "合同", "申请", "支付", "停下"]):
            box = QRectF(step * 54, 372, 50, 24)
            if step < 5:
                round_rect(painter, box, 3, f"ramp{step}")
            else:
                hatch(painter, box, step=7, line="ramp1")
            draw_text(painter, QRectF(step * 54, 400, 50, 18), word, "note", "text2")


def buttons() -> Card:
    card = Card("按钮")
    for kind, text, icon, key in (
        ("primary", "同意", "check", "A"),
        ("secondary", "保存草稿", "save", ""),
        ("danger", "退回", "back", "R"),
        ("ghost", "导出 Excel", "download", ""),
    ):
        made = [
            posed(Button(text, kind, icon=icon, keycap=key), pose)
            for pose in ("", "hover", "focus")
        ]
        card.body.addWidget(row(*made))
    off = Button("提交", "secondary", icon="send")
    off.set_reason("资金比采购内容少 8,000.00 元")
    why = Button("为什么不能？", "ghost", icon="help", icon_token="accent")
    card.body.addWidget(row(off, why, Button("去处理", "link", trail="right")))
    return card


def pills() -> Card:
    card = Card("状态")
    card.body.addWidget(
        row(
            Pill("草稿", "draft"),
            Pill("审核中", "review"),
            Pill("已备案", "filed"),
            Pill("退回", "returned"),
        )
    )
    card.body.addWidget(
        row(
            Pill("待更正", "correct"),
            Pill("部分支付", "partial"),
            Pill("已支付", "paid"),
            Pill("待支付", "waiting"),
        )
    )
    card.body.addWidget(
        row(Segmented([("all", "全部"), ("fiscal", "财政资金"), ("own", "自有资金")]))
    )
    card.body.addWidget(
        row(
            Chip("签订日期", "2026-07-01 至 2026-11-23"),
            Chip("加条件", icon="plus", removable=False, tone="accent"),
        )
    )
    return card


def fields() -> Card:
    card = Card("字段")
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    amount = AmountField("100,000.00")
    amount.setProperty("pose", "focus")
    cell = FieldCell("焦点", amount)
    amount.set_limit(Decimal("150000.00"))
    wrong = FieldCell("期望完成时间", DateField(), required=True)
    wrong.field.setText("2026-11-10")
    wrong.set_error("早于申请日期，请改到 11-23 之后")
    cells = [
        FieldCell("平常", TextField("周敏")),
        cell,
        wrong,
        FieldCell("只读", ReadOnlyField("河南省农业农村厅"), hint="由单位资料带出"),
        FieldCell("审核流程", Check("送主管部门审核", checked=True)),
        FieldCell("进口产品", RadioGroup([("no", "否"), ("yes", "是")], "no")),
        FieldCell(
            "采购方式", ComboField([("xj", "询价"), ("gk", "公开招标")], "xj"), required=True
        ),
        FieldCell("查找", SearchField("合同名称、编号、供应商")),
    ]
    for place, made in enumerate(cells):
        grid.addWidget(made, place // 2, place % 2)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    card.body.addLayout(grid)
    card.body.addWidget(
        Notice(
            "离线：能填、能查、能打印，回到办公室再送出。", "warn", icon="offline", action="看清单"
        )
    )
    return card


def type_card() -> Card:
    card = Card("字")
    for text, role in (
        ("4,860,000.00", "title"),
        ("单据名、问候 20 / 700", "title"),
        ("页面标题 18 / 700", "heading"),
        ("区块标题 15 / 500", "section"),
        ("正文、表格、控件 13 / 400 — 采购实施计划备案", "body"),
        ("强调 13 / 500 — 本次申请使用", "strong"),
        ("说明、列头 12 / 400–500 — 草稿未占用", "note"),
        ("键帽、角标 11 / 500", "key"),
    ):
        token = "text2" if role in ("note", "key") else "text"
        card.body.addWidget(Label(text, role, token))
    card.body.addStretch(1)
    return card


def icons_card() -> Card:
    card = Card("图标", "20 格，线宽 1.5，圆头")
    grid = QGridLayout()
    for place, name in enumerate(sorted(icon_names())):
        grid.addWidget(IconLabel(name), place // 10, place % 10)
    card.body.addLayout(grid)
    card.body.addStretch(1)
    return card


def page() -> QWidget:
    whole = QWidget()
    columns = QHBoxLayout(whole)
    columns.setContentsMargins(20, 20, 20, 20)
    columns.setSpacing(16)
    colours = Card("颜色")
    colours.body.addWidget(Swatches())
    for width, cards in (
        (364, [colours, icons_card()]),
        (384, [buttons(), pills(), type_card()]),
        (0, [fields(), *late_cards()]),
    ):
        column = QVBoxLayout()
        column.setSpacing(16)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        holder = QWidget()
        holder.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        if width:
            holder.setFixedWidth(width)
        columns.addWidget(holder, 0 if width else 1)
    return whole


LOOKS = (
    ColumnLook(kind=Kind.TICK, width=44),
    ColumnLook(kind=Kind.TWO_LINE, stretch=True, strong=True, width=130),
    ColumnLook(width=104),
    ColumnLook(kind=Kind.MONEY, width=116),
    ColumnLook(kind=Kind.BAR, width=118),
    ColumnLook(kind=Kind.PILL, width=100),
)
HEADS = ("", "合同名称 / 编号", "签订日期", "合同金额(元)", "支付进度", "状态")
ROWS = (
    ("平常的一行", "HT01", "2026-11-20", "136,000.00", 0, "草稿", "draft"),
    ("指着的一行", "HT02", "2026-10-28", "2,486,000.00", 50, "已备案", "filed"),
    ("选中的一行", "HT03", "2026-08-14", "480,000.00", 65, "审核中", "review"),
    ("负数用减号", "HT04", "2026-10-09", "−24,000.00", None, "待更正", "correct"),
    ("不能选的一行", "HT05", "2026-07-20", "0.00", 100, "已支付", "paid"),
)


class Contracts(QAbstractTableModel):
    def rowCount(self, _parent: object = None) -> int:
        return len(ROWS)

    def columnCount(self, _parent: object = None) -> int:
        return len(HEADS)

    def headerData(self, section: int, _way: Qt.Orientation, role: int = 0) -> object:
        return HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: QModelIndex, role: int = 0) -> object:
        name, number, day, amount, percent, state, tone = ROWS[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            bar = "—" if percent is None else f"{percent}%"
            return ("", name, day, amount, bar, state)[index.column()]
        if role == Role.SECOND:
            return number
        if role == Role.TONE and index.column() == 5:
            return tone
        if role == Role.BAR and percent:
            return (Segment(percent / 100, "ramp4" if percent == 100 else "ramp3"),)
        if role == Role.OFF:
            return index.row() == 4
        return None


def table_card() -> Card:
    card = Card("表格", flush=True)
    table = KitTableView(LOOKS, row_height=46)
    model = Contracts(table)
    table.setModel(model)
    table.head.setSortIndicator(2, Qt.SortOrder.DescendingOrder)
    table.head.setSortIndicatorShown(True)
    table.fit_height()
    table.selectRow(2)
    table._hover(1)  # noqa: SLF001 - posed for the picture
    totals = TotalsRow(table)
    totals.set_totals("合计 5 条（已选 1 条 480,000.00）", {3: "3,078,000.00"})
    card.body.setSpacing(0)
    card.body.addWidget(table)
    card.body.addWidget(totals)
    return card


def process_card() -> Card:
    card = Card("规则与流程")
    gauge = Gauge(Decimal("168000"), Decimal("150000"))
    picture = ProcessPicture(
        (
            ProcessNode(name="经办", who="周敏", days="0.5 天", state="done"),
            ProcessNode(name="内部审核", who="郑建国", days="1.3 天", state="done"),
            ProcessNode(name="主管部门", who="不经过", state="skip"),
            ProcessNode(name="财政审核", who="您", days="第 4 天", state="now", late=True),
            ProcessNode(name="财政审批", who="待定"),
        )
    )
    card.body.addWidget(gauge)
    card.body.addWidget(picture)
    return card


def home_page() -> QWidget:
    money = Card("本单位的钱走到哪一步", "金额单位：元 · 斜线是停下来的钱")
    steps = (
        MoneyStep("计划", Decimal("12860000.00")),
        MoneyStep("占用", Decimal("9774000.00"), "拟可用"),
        MoneyStep("合同", Decimal("7854600.00"), "还没签合同"),
        MoneyStep("申请", Decimal("6172300.00"), "还没申请支付"),
        MoneyStep("支付", Decimal("5284900.00"), "还没到账"),
    )
    money.body.addWidget(MoneyCascade(steps))
    money.body.addWidget(
        Legend(
            (
                LegendItem("ramp4", "已支付"),
                LegendItem("ramp3", "已申请未到账"),
                LegendItem("hatch", "本次申请（草稿，未占用）"),
            )
        )
    )
    opinions = Card("意见", "4 条")
    opinions.body.addWidget(
        OpinionTimeline(
            (
                Opinion(who="周敏", deed="经办 · 提交", when="11-17 09:12"),
                Opinion(
                    who="郑建国",
                    deed="内部审核 · 退回",
                    when="11-18 15:40",
                    text="报价依据只有一家，请补两家以上的询价记录。",
                    tone="danger",
                ),
                Opinion(
                    who="周敏",
                    deed="经办 · 重新提交",
                    when="11-19 10:05",
                    text="已补三家报价，总金额由 5,120,000.00 改为 4,860,000.00。",
                ),
                Opinion(
                    who="郑建国",
                    deed="内部审核 · 同意",
                    when="11-19 16:22",
                    text="依据齐全，同意上报。",
                    tone="ok",
                ),
            )
        )
    )
    opinions.setFixedWidth(360)
    opinions.body.addStretch(1)
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(24, 16, 24, 16)
    line.setSpacing(16)
    left = QVBoxLayout()
    left.addWidget(money)
    left.addStretch(1)
    line.addLayout(left, 1)
    line.addWidget(opinions, 0, Qt.AlignmentFlag.AlignTop)
    return whole


def shell() -> QWidget:
    def section(name: str, title: str, icon: str, *children: tuple[str, str]) -> NavSection:
        items = tuple(NavItem(f"{name}{place}", *child) for place, child in enumerate(children))
        return NavSection(name, title, icon, items)

    sections = (
        NavSection("home", "首页", "home"),
        NavSection("inbox", "待办事项", "inbox", badge="12"),
        section(
            "plan",
            "计划管理",
            "plan",
            ("用款计划查询", ""),
            ("计划备案", "3"),
            ("计划备案查询", ""),
        ),
        section("contract", "合同管理", "contract", ("合同备案", "1"), ("合同查询", "")),
        section("pay", "支付管理", "pay", ("支付申请", "2")),
        section("mall", "网上商城", "mall", ("电子商城", "")),
        NavSection("system", "系统", "system"),
    )
    frame = ShellFrame(sections, rail_pages=frozenset({"inbox"}))
    frame.side.set_sync("已同步 09:42", place="河南省本级")
    frame.side.set_person("周敏", "经办岗 · 采购科")
    frame.add_page("home", "首页", home_page(), closable=False)
    frame.add_page("plan1", "计划备案 · 办公设备购置", QWidget())
    frame.add_page("contract1", "合同查询", QWidget())
    frame.set_dirty("plan1")
    frame.show_page("home")
    return frame


def late_cards() -> list[QWidget]:
    return [table_card(), process_card()]


def main(folder: Path) -> None:
    app = QApplication.instance() or QApplication(sys.argv)
    assert isinstance(app, QApplication)
    install_qt_translation(app)
    folder.mkdir(parents=True, exist_ok=True)
    for mode in ("light", "dark"):
        theme().apply(app, mode)
        for name, build, width, height in (
            ("00-kit", page, 1480, 900),
            ("01-charts", home_page, 1180, 420),
            ("02-shell", shell, 1440, 700),
            ("03-rail", shell, 1280, 600),
        ):
            shown = build()
            shown.resize(width, height)
            shown.show()
            app.processEvents()
            shown.grab().save(str(folder / f"{name}-{mode}.png"))
            shown.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots"))
