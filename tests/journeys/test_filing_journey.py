"""A plan from an empty office to a printed sheet, by keyboard, through the real windows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import func, select

from govproc_desktop.app import program as program_module
from govproc_desktop.exchange.ykjh import YkjhRow, write_ykjh_csv
from govproc_desktop.models import (
    Draft,
    FundPlan,
    LedgerEntry,
    NumberIssued,
    PrintLog,
    StepTaken,
    Task,
)
from govproc_desktop.models.engine import Database
from govproc_desktop.printing import raster
from govproc_desktop.services import maintenance
from govproc_desktop.views.home import HomeWindow
from govproc_desktop.views.home.rows import TodoLine
from govproc_desktop.views.inbox.return_dialog import ReturnDialog
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.list_window import ListPage
from govproc_desktop.views.kit.preview import PreviewWindow
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.plan_management.fund_import import FundImportWindow
from govproc_desktop.views.plan_management.fund_import.frame import REPORT
from govproc_desktop.views.plan_management.fund_picker import FundPicker
from govproc_desktop.views.plan_management.fund_plans import FundPlansWindow
from govproc_desktop.views.plan_management.method_dialog import MethodDialog
from govproc_desktop.views.plan_management.plan_form import PlanForm
from tests.journeys.steps import Seat, copy, labels, make_program, press, sums, write
from tests.office import Office, make_office

TITLE = "实验室网络与办公设备购置"
OPINION = "报价依据不足，请补充后再报"
FIRST, SECOND = "JH2026410000101", "JH2026410000102"
ROW = YkjhRow(
    plan_no=FIRST,
    fiscal_year=2026,
    mof_div_code="410000",
    agency_code="101001",
    agency_name="河南省青禾农业科学研究院",
    manage_mof_dep="农业农村处",
    cor_bgt_doc_no="豫财预〔2026〕12号",
    pro_code="410000261010001",
    pro_name="实验室网络改造",
    fund_type_code="11",
    exp_func_code="2010699",
    gov_bgt_eco_code="50306",
    dep_bgt_eco_code="31002",
    pay_type_code="1",
    is_gov_pur="1",
    pur_catalog_ver="2013",
    pur_catalog_code="A0201020201",
    amount=Decimal("300000.00"),
    month=3,
    approve_date=date(2026, 3, 2),
    version=1,
)
ROWS = (
    ROW,
    replace(ROW, plan_no=SECOND, pro_name="办公设备购置", amount=Decimal("120000.50")),
    replace(ROW, plan_no="JH2026410000103", agency_code="999"),
)
BLOCK = (
    "A0201020201\t核心交换机\t48 口万兆\t台\t2\t90,000.00\n"
    "A0201020201\t接入交换机\t24 口千兆\t台\t１０\t15000\n"
    "A02010301\t防火墙\t\t台\t1\t53999.50\n"
)

NUMBER = "豫财询价采购-2026-1"
MOVED = [
    ("import", "amount", "300000.00"),
    ("import", "amount", "120000.50"),
    ("plan.submit", "in_transit", "300000.00"),
    ("plan.submit", "in_transit", "100000.50"),
    ("plan.return", "in_transit", "-300000.00"),
    ("plan.return", "in_transit", "-100000.50"),
    ("plan.submit", "in_transit", "290000.00"),
    ("plan.submit", "in_transit", "100000.50"),
    ("plan.file", "in_transit", "-290000.00"),
    ("plan.file", "in_transit", "-100000.50"),
    ("plan.file", "filed", "290000.00"),
    ("plan.file", "filed", "100000.50"),
]


@dataclass
class Story:
    """What the people of the story share: a seat, an office, a folder, the plan's uid."""

    seat: Seat
    office: Office
    folder: Path
    uid: UUID = field(default_factory=uuid4)

    def fund(self, number: str) -> UUID:
        with self.office.database.sessions() as session:
            return session.scalars(select(FundPlan.uid).where(FundPlan.plan_no == number)).one()

    def money(self, number: str) -> tuple[str, str]:
        """Return what is in transit and what is filed on a fund plan."""
        balance = self.office.balance(self.fund(number))
        return f"{balance.in_transit:.2f}", f"{balance.filed:.2f}"

    def rows(self, kind: type[Any]) -> int:
        with self.office.database.sessions() as session:
            return session.scalar(select(func.count()).select_from(kind)) or 0


@pytest.fixture
def story(
    sqlite_database: Database,
    tmp_path: Path,
    qapp: QApplication,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Story]:
    monkeypatch.setenv("GOVPROC_HOME", str(tmp_path))
    office = make_office(sqlite_database)
    monkeypatch.setattr(program_module, "office_clock", office.clock)
    theme().apply(qapp, "light")
    seat = Seat(qtbot, CannedAsker(), make_program(qapp, tmp_path, str(sqlite_database.path)))
    monkeypatch.setattr(seat.program, "_quit_if_alone", lambda: None)
    yield Story(seat, office, tmp_path)
    seat.leave()


def test_a_plan_goes_from_an_empty_office_to_paper(story: Story) -> None:
    seat, clock = story.seat, story.office.clock
    seat.sit_down("zhoumin")
    import_fund_plans(story)
    type_a_plan(story)
    reopen_and_submit(story)
    seat.get_up()
    clock.move(hours=2)
    seat.sit_down("zhengjianguo")
    return_it(story)
    seat.get_up()
    clock.move(hours=1)
    seat.sit_down("zhoumin")
    mend_and_resubmit(story)
    seat.get_up()
    clock.move(days=1)
    seat.sit_down("zhengjianguo")
    see_what_changed(story)
    pass_it(story, "finance_review")
    seat.get_up()
    clock.move(hours=1)
    seat.sit_down("linlan")
    pass_it(story, "finance_approval")
    seat.get_up()
    clock.move(hours=1)
    seat.sit_down("xuzhiyuan")
    pass_it(story, "filed")
    seat.get_up()
    check_filed(story)
    seat.sit_down("zhoumin")
    code = print_it(story)
    find_by_code(story, code)
    check_database(story)


# --- 周敏 brings the money in -------------------------------------------------------------------


def import_fund_plans(story: Story) -> None:
    seat = story.seat
    file = story.folder / "YKJH.csv"
    write_ykjh_csv(file, ROWS)
    seat.asker.files = [file]
    seat.find("drykjh", "导入用款计划")
    window = seat.page(FundImportWindow)
    press("Ctrl+O")
    seat.until(lambda: window.frame.stack.currentIndex() == REPORT)
    shown = window.frame.report.counts
    figures = (shown.read, shown.written, shown.unchanged, shown.refused)
    assert [each.number.text() for each in figures] == ["3", "2", "0", "1"]
    assert shown.written.note.text() == "新增 2 · 更新 0"
    (refused,) = window.frame.report.refused.table.texts()
    assert refused[2] == "单位代码"
    assert "999" in refused[-1]
    assert story.rows(FundPlan) == 0, "trying writes nothing"
    press("Ctrl+Return")
    seat.until(lambda: window.frame.ok.isHidden())
    seat.rest()
    assert story.rows(FundPlan) == 2
    seat.find("ykjhcx", "用款计划查询")
    assert listed(seat.page(FundPlansWindow).list, "用款计划号", "计划金额(元)", "拟可用(元)") == [
        (FIRST, "300,000.00", "300,000.00"),
        (SECOND, "120,000.50", "120,000.50"),
    ]


def listed(page: ListPage, *titles: str) -> list[tuple[str, ...]]:
    """Return what a list shows in some columns; the first column is the tick."""
    model = page.table.model
    known = [str(each.title) for each in model.columns]
    places = [known.index(title) + 1 for title in titles]
    return [
        tuple(model.index(row, place).data() for place in places) for row in range(model.rowCount())
    ]


# --- and types a plan ---------------------------------------------------------------------------


def type_a_plan(story: Story) -> None:
    seat = story.seat
    press("Ctrl+N")
    form = seat.form()
    story.uid = form.uid
    fill_the_basics(seat, form)
    pick_funds(seat, form)
    type_lines(seat, form)
    press("Escape")
    seat.tab_to(form.method.split)
    choose_method(seat, form, (0, 1), "XJ")
    seat.tab_to(form.method.split)
    choose_method(seat, form, (2, 3), "JZTP")
    seat.judged(form)
    assert [each.words for each in form.problems] == ["附件 缺 2 份"]
    add_files(story, form)
    assert form.problems == ()
    press("Ctrl+S")
    seat.judged(form)
    assert "全部已保存" in form.head.line.text()


def fill_the_basics(seat: Seat, form: PlanForm) -> None:
    inputs = form.pages["basics"].inputs
    seat.tab_to(inputs["title"].widget)
    write(TITLE)
    seat.tab_to(inputs["contact"].widget)
    assert inputs["contact"].value() == "周敏", "who types is proposed"
    seat.tab_to(inputs["phone"].widget)
    write("0371-65852210")
    seat.tab_to(inputs["expected_on"].widget)
    write("20261220")
    seat.tab_to(inputs["is_import"].widget)
    press("Right")
    assert inputs["is_import"].value() == "1"
    assert inputs["expected_on"].value() == "2026-12-20"
    seat.choose(inputs["sme_mode"].widget, "whole")


def pick_funds(seat: Seat, form: PlanForm) -> None:
    press("F2")
    picker = seat.active(FundPicker)
    write("sysw")
    assert picker.count.text() == "已筛选 1 条，共 2 条"
    press("Return", "Return")
    seat.until(lambda: picker.table.keys.editor is not None)
    press("Ctrl+A")
    write("300000.01")
    assert picker.note.text() == f"{FIRST} 最多可填 300,000.00，填多了 0.01。"
    press("Ctrl+Return")
    assert picker.isVisible(), "an overdraw is not taken"
    seat.until(lambda: picker.table.keys.editor is not None)
    press("Ctrl+A")
    write("300000")
    assert picker.note.text() == f"{FIRST} 最多可填 300,000.00，填 300,000.00 后还剩 0.00"
    press("Ctrl+F", "Ctrl+A")
    write("0102")
    press("Down", "Down", "Return")
    seat.until(lambda: picker.table.keys.editor is not None)
    assert picker.table.currentIndex().row() == 1
    press("Ctrl+A")
    write("100000.50")
    assert picker.sums._parts[0].text == "2 条"
    press("Ctrl+Return")
    seat.judged(form)
    assert not picker.isVisible()
    assert sums(form) == ["400,000.50", "0.00", "400,000.50", "0.00"]


def type_lines(seat: Seat, form: PlanForm) -> None:
    """Paste three lines, look a fourth up by its initials, find the 0.50 that is missing."""
    grid = form.grids["items"]
    seat.tab_to(form.versions)
    press("Right")
    assert form.item_lines.version == "2013"
    seat.tab_to(form.add_button)
    press("Space")
    seat.until(lambda: grid.table.keys.editor is not None)
    copy(BLOCK)
    press("Ctrl+V")
    assert grid.note.text() == "已粘贴：改了 1 行，加了 2 行。按 Ctrl+Z 撤销。"
    press("Insert")
    write("lyq")
    press("Return")
    seat.until(lambda: grid.table.currentIndex().column() == grid.lines.column_of("name"))
    assert grid.lines.line(3)["name"] == "路由器"
    for key in ("spec", "unit", "quantity"):
        press("Tab")
        seat.until(lambda key=key: grid.table.currentIndex().column() == grid.lines.column_of(key))
    write("2")
    press("Return")
    seat.until(lambda: grid.table.currentIndex().column() == grid.lines.column_of("price"))
    write("8000.25")
    assert sums(form) == ["400,000.50", "0.00", "400,000.50", "400,000.00"]
    assert form.bar.sums._box[:2] == ("资金多", "0.50 元")
    press("Up")
    seat.until(lambda: grid.table.currentIndex().row() == 2)
    press("Ctrl+A")
    write("54000")
    assert sums(form) == ["400,000.50", "0.00", "400,000.50", "400,000.50"]
    assert form.bar.sums._box[0] == "两边相等"


def choose_method(seat: Seat, form: PlanForm, rows: tuple[int, ...], method: str) -> None:
    press("Space")
    dialog = seat.active(MethodDialog)
    for at, tick in enumerate(dialog.ticks):
        if tick.isChecked() != (at in rows):
            seat.tab_to(tick)
            press("Space")
    assert dialog.apply.text() == "应用到这 2 行"
    combos = dialog.editor.combos
    seat.choose(combos["organisation"], "FSCG")
    seat.choose(combos["method"], method)
    seat.choose(combos["condition"], f"{method}-1")
    seat.choose(combos["agency_kind"], "SHDL")
    seat.tab_to(dialog.editor.agency)
    write("河南诚信招标代理有限公司")
    seat.choose(combos["purchase_form"], "Z01")
    press("Ctrl+Return")
    seat.until(lambda: not dialog.isVisible())


def add_files(story: Story, form: PlanForm) -> None:
    """Add the two files that importing asks for, from their own lines of the checklist."""
    seat = story.seat
    for count, name in enumerate(("进口论证.pdf", "专家意见.pdf"), 1):
        path = story.folder / name
        canvas = Canvas(str(path))
        canvas.drawString(40, 700, "proof")
        canvas.save()
        seat.asker.files = [path]
        seat.until(lambda: len(form.attachments.lines()) == 2)
        seat.tab_to(form.attachments.lines()[0])
        press("Space")
        seat.until(lambda count=count: len(form.files) == count)
        seat.judged(form)
    assert {each.kind_code for each in form.files} == {"import", "import_expert"}


# --- finds it whole again, and submits ----------------------------------------------------------


def reopen_and_submit(story: Story) -> None:
    seat = story.seat
    press("Ctrl+W")
    seat.find("jhba", "计划备案")
    open_the_row(seat, "草稿")
    form = seat.form()
    assert form.uid == story.uid
    check_all_is_there(form)
    assert sums(form) == ["400,000.50", "0.00", "400,000.50", "400,000.50"]
    assert story.money(FIRST) == ("0.00", "0.00"), "a draft takes no money"
    press("Ctrl+Return")
    seat.until(lambda: form.plan_state == "internal_review")
    seat.judged(form)
    plan = story.office.plan(story.uid)
    assert plan.route == "internal_review,finance_review,finance_approval"
    assert plan.total == Decimal("400000.50")
    assert story.money(FIRST) == ("300000.00", "0.00")
    assert story.money(SECOND) == ("100000.50", "0.00")
    assert tasks(story) == ["internal_review"]
    assert form.read_only


def open_the_row(seat: Seat, state: str) -> None:
    """Open the only row of the list in front with Enter."""
    page = seat.page(ListPage)
    seat.until(lambda: page.table.model.rowCount() == 1)
    seat.rest()
    assert listed(page, "项目名称", "状态") == [(TITLE, state)]
    press("Down", "Return")


def check_all_is_there(form: PlanForm) -> None:
    content = form.content().content
    assert (content.title, content.phone, content.is_import) == (TITLE, "0371-65852210", True)
    assert (content.expected_on, content.sme_mode) == (date(2026, 12, 20), "whole")
    assert [each.amount for each in content.funds] == [Decimal("300000.00"), Decimal("100000.50")]
    assert [
        (each.code, each.name, f"{each.quantity} × {each.price}", each.choice.condition)
        for each in content.items
    ] == [
        ("A0201020201", "核心交换机", "2 × 90000.00", "XJ-1"),
        ("A0201020201", "接入交换机", "10 × 15000.00", "XJ-1"),
        ("A02010301", "防火墙", "1 × 54000.00", "JZTP-1"),
        ("A02010201", "路由器", "2 × 8000.25", "JZTP-1"),
    ]
    assert {each.choice.agency for each in content.items} == {"河南诚信招标代理有限公司"}
    assert {each.name for each in form.files} == {"进口论证.pdf", "专家意见.pdf"}


def tasks(story: Story) -> list[str]:
    """Return the steps somebody is waited for at."""
    with story.office.database.sessions() as session:
        return list(session.scalars(select(Task.state).where(Task.closed_at.is_(None))))


# --- 郑建国 returns it, 周敏 mends it -------------------------------------------------------------


def return_it(story: Story) -> None:
    seat = story.seat
    seat.find("dbsx", "待办事项")
    inbox = seat.inbox()
    assert inbox.document.title.text() == TITLE
    press("R")
    dialog = seat.active(ReturnDialog)
    press("Ctrl+Return")
    assert dialog.isVisible(), "a return without an opinion is not sent"
    write(OPINION)
    seat.tab_to(dialog._boxes["items"])
    press("Space", "Ctrl+Return")
    seat.until(lambda: inbox.document.told() == f"《{TITLE}》已退回，已回到经办人手里。")
    assert story.office.plan(story.uid).state == "returned"
    assert story.money(FIRST) == story.money(SECOND) == ("0.00", "0.00")


def mend_and_resubmit(story: Story) -> None:
    seat = story.seat
    first = seat.page(HomeWindow).findChildren(TodoLine)[0]
    assert first.accessibleName().startswith("被退回，等您改，1 件")
    seat.tab_to(first)
    press("Space")
    open_the_row(seat, "退回")
    form = seat.form()
    (told,) = [each for each in labels(form) if OPINION in each]
    assert told.startswith("内部审核岗 郑建国 退回")
    seat.tab_to_cell(form, "funds", "amount")
    press("Ctrl+A")
    write("290000")
    press("Escape")
    seat.tab_to_cell(form, "items", "price")
    press("Ctrl+A")
    write("85000")
    assert sums(form) == ["390,000.50", "0.00", "390,000.50", "390,000.50"]
    seat.judged(form)
    press("Ctrl+Return")
    seat.until(lambda: form.plan_state == "internal_review")
    seat.judged(form)
    assert story.money(FIRST) == ("290000.00", "0.00")
    assert tasks(story) == ["internal_review"]


# --- and everybody passes it ----------------------------------------------------------------------


def see_what_changed(story: Story) -> None:
    seat = story.seat
    if "inbox" not in seat.window.shell.current_id():
        seat.find("dbsx", "待办事项")
    inbox = seat.inbox()
    assert inbox.document.changes.isVisible()
    shown = {(one.title, one.old, one.new) for one in inbox.document.changes.changes}
    assert shown == {
        ("总金额", "400,000.50", "390,000.50"),
        (f"{FIRST} 本次申请使用", "300,000.00", "290,000.00"),
        ("核心交换机 单价", "90,000.00", "85,000.00"),
    }


def pass_it(story: Story, state: str) -> None:
    seat = story.seat
    if "inbox" not in seat.window.shell.current_id():
        seat.find("dbsx", "待办事项")
    inbox = seat.inbox()
    assert inbox.document.title.text() == TITLE
    assert inbox.bar.approve.reason is None, inbox.bar.approve.reason
    press("A")
    seat.until(lambda: story.office.plan(story.uid).state == state)
    seat.rest()


def check_filed(story: Story) -> None:
    plan = story.office.plan(story.uid)
    assert (plan.number, plan.filed_on) == (NUMBER, date(2026, 11, 24))
    assert story.money(FIRST) == ("0.00", "290000.00")
    assert story.money(SECOND) == ("0.00", "100000.50")
    assert tasks(story) == []


# --- 周敏 prints it -------------------------------------------------------------------------------


def print_it(story: Story) -> str:
    seat = story.seat
    seat.find("jhbacx", "计划备案查询")
    page = seat.page(ListPage)
    seat.until(lambda: page.table.model.rowCount() == 1)
    seat.rest()
    press("Down", "Space")
    preview = seat.preview()
    assert preview.paper is not None
    seat.asker.files = [story.folder / "备案表"]
    press("Ctrl+S")
    seat.rest()
    pdf = (story.folder / "备案表.pdf").read_bytes()
    assert pdf == preview.paper.pdf
    check_paper(pdf)
    (record,) = preview.paper.records
    assert record.watermark == ""
    press("Escape")
    seat.until(lambda: not any(is_preview(each) for each in QApplication.topLevelWidgets()))
    return record.short_code


def is_preview(window: object) -> bool:
    return isinstance(window, PreviewWindow) and window.isVisible()


def check_paper(pdf: bytes) -> None:
    """See number, sum in words and everybody who signed, with the day; no state mark."""
    pages = range(raster.page_count(pdf))
    text = "\n".join(raster.page_text(pdf, page) for page in pages)
    assert f"计划编号 {NUMBER}" in text
    assert "¥390,000.50　人民币叁拾玖万元伍角整" in text
    for name, day in (
        ("周敏", "2026-11-23"),
        ("郑建国", "2026-11-24"),
        ("林岚", "2026-11-24"),
        ("徐志远", "2026-11-24"),
    ):
        assert f"签字（盖章）：{name}　{day}" in text
    assert "第 1 次打印" in text
    for mark in ("草稿", "审核中", "退回"):
        assert mark not in text


def find_by_code(story: Story, code: str) -> None:
    seat = story.seat
    press("Ctrl+W")
    seat.find(code, TITLE)
    assert seat.form().uid == story.uid


def check_database(story: Story) -> None:
    assert maintenance.verify(story.office.database).findings == ()
    with story.office.database.sessions() as session:
        steps = session.scalars(select(StepTaken).order_by(StepTaken.seq)).all()
        assert [(each.action, each.target, each.person_name, each.opinion) for each in steps] == [
            ("submit", "internal_review", "周敏", ""),
            ("return", "returned", "郑建国", OPINION),
            ("submit", "internal_review", "周敏", ""),
            ("approve", "finance_review", "郑建国", ""),
            ("approve", "finance_approval", "林岚", ""),
            ("approve", "filed", "徐志远", ""),
        ]
        assert steps[1].pins == '["items"]'
        entries = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id)).all()
        moved = [(each.kind, each.account, f"{each.fen:.2f}") for each in entries]
        assert sorted(moved) == sorted(MOVED)
        printed = session.scalars(select(PrintLog)).all()
        assert [(each.doc_uid, each.medium, each.copy_no) for each in printed] == [
            (story.uid, "file", 1)
        ]
        assert [each.number for each in session.scalars(select(NumberIssued))] == [NUMBER]
    assert story.rows(Draft) == 0
    assert tasks(story) == []
