"""The import window through the real door: try, show each row's fate, write what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from office import Office, make_office
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from govproc_desktop.exchange.ykjh import YkjhRow, write_ykjh_csv
from govproc_desktop.models import FundConflict, FundPlan, ImportLog, LedgerEntry
from govproc_desktop.models.engine import Database
from govproc_desktop.services.plans import SavePlan, SubmitPlan
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.plan_management.fund_import import FundImportWindow, make_import_logs
from govproc_desktop.views.plan_management.fund_import.frame import (
    REFUSED,
    REPORT,
    START,
    WORK,
)

SAMPLE = YkjhRow(
    plan_no="JH2026410000901",
    fiscal_year=2026,
    mof_div_code="410000",
    agency_code="101001",
    agency_name="河南省青禾农业科学研究院",
    manage_mof_dep="农业农村处",
    cor_bgt_doc_no="豫财预〔2026〕12号",
    pro_code="410000261010001",
    pro_name="办公设备购置",
    fund_type_code="11",
    exp_func_code="2010699",
    gov_bgt_eco_code="50306",
    dep_bgt_eco_code="31002",
    pay_type_code="1",
    is_gov_pur="1",
    pur_catalog_ver="2013",
    pur_catalog_code="A02010104",
    amount=Decimal("500000.00"),
    month=3,
    approve_date=date(2026, 3, 2),
    version=1,
)


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return make_office(sqlite_database)


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def desk(office: Office, tasks: Tasks) -> Desk:
    opened: list[tuple[str, dict[str, Any]]] = []
    made = Desk(
        context=office.context("zhoumin"), tasks=tasks, notices=Notices(), asker=CannedAsker()
    )
    made.opener = lambda target, params: opened.append((target, params))
    made.opened = opened  # type: ignore[attr-defined]
    return made


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> FundImportWindow:
    made = FundImportWindow(desk, {})
    qtbot.addWidget(made)
    made.resize(1180, 760)
    made.show()
    desk.tasks.wait()
    return made


def asker(desk: Desk) -> CannedAsker:
    assert isinstance(desk.asker, CannedAsker)
    return desk.asker


def write(path: Path, *rows: YkjhRow) -> Path:
    write_ykjh_csv(path, rows)
    return path


def stored(office: Office, kind: type[Any]) -> int:
    with office.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def counts(window: FundImportWindow) -> list[str]:
    shown = window.frame.report.counts
    figures = (shown.read, shown.written, shown.unchanged, shown.refused)
    return [each.number.text() for each in figures]


def step(window: FundImportWindow) -> int:
    return window.frame.stack.currentIndex()


def test_trying_a_file_writes_nothing_and_confirming_writes_it_once(
    office: Office, desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    file = write(
        tmp_path / "YKJH.csv",
        SAMPLE,
        replace(SAMPLE, plan_no="JH2", amount=Decimal("0.01")),
        replace(SAMPLE, plan_no="JH3", agency_code="999"),
    )
    before = (stored(office, FundPlan), stored(office, LedgerEntry))
    window.begin(file)
    assert step(window) == WORK
    assert desk.tasks.wait()
    assert step(window) == REPORT
    assert counts(window) == ["3", "2", "0", "1"]
    assert window.frame.report.counts.written.note.text() == "新增 2 · 更新 0"
    assert (stored(office, FundPlan), stored(office, LedgerEntry)) == before
    assert stored(office, ImportLog) == 0
    assert window.frame.ok.text() == "确认写入 2 条"

    seen: list[frozenset[str]] = []
    desk.notices.changed.connect(lambda changes, _origin: seen.append(changes.kinds))
    window.frame.ok.click()
    assert desk.tasks.wait()
    assert counts(window) == ["3", "2", "0", "1"]
    assert stored(office, FundPlan) == before[0] + 2
    assert stored(office, ImportLog) == 1
    assert "fund_plan" in seen[0]
    assert not window.frame.ok.isVisible()
    window.confirm()
    assert desk.tasks.wait()
    assert stored(office, ImportLog) == 1


def test_what_is_written_is_what_was_shown_even_if_the_file_changes(
    office: Office, desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.csv", SAMPLE)
    window.begin(file)
    assert desk.tasks.wait()
    write(tmp_path / "a.csv", replace(SAMPLE, amount=Decimal("1.00")))
    window.frame.ok.click()
    assert desk.tasks.wait()
    with office.database.sessions() as session:
        fen = session.scalars(select(LedgerEntry.fen)).all()
    assert fen == [Decimal("500000.00")]


def test_each_refused_cell_has_row_address_column_and_reason(
    desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.csv", SAMPLE, replace(SAMPLE, plan_no="JH2", dep_bgt_eco_code="3x"))
    text = file.read_text("utf-8-sig")
    file.write_text(text.replace(",3x,", ",31O02,"), "utf-8-sig")
    window.begin(file)
    assert desk.tasks.wait()
    assert step(window) == REPORT
    (row,) = window.frame.report.refused.table.texts()
    assert row[:4] == ["3", "M3", "部门经济分类代码", "拒绝"]
    assert "“31O02”不对" in row[4]
    assert window.frame.report.refused.whole.text() == row[4]
    window.frame.report.refused.copy.click()
    copied = QGuiApplication.clipboard().text().splitlines()
    assert copied[0] == "行\t单元格\t列\t种类\t原因"
    assert copied[1].startswith("3\tM3\t部门经济分类代码\t拒绝\t")


def test_the_refused_rows_can_be_exported(
    desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    window.begin(write(tmp_path / "a.csv", SAMPLE, replace(SAMPLE, plan_no="J", agency_code="9")))
    assert desk.tasks.wait()
    target = tmp_path / "问题.xlsx"
    asker(desk).files = [target]
    window.frame.report.refused.export.click()
    assert desk.tasks.wait()
    with ZipFile(target) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
        notes = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "单位编码 9 在本系统中没有" in xml
    assert "文件：a.csv" in notes
    assert asker(desk).told[0][0] == "已存好"


def test_r45_an_amount_below_what_is_used_is_marked_as_a_conflict_and_kept(
    office: Office, desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    fund = office.fund("JH2026410000901", "500000.00")
    submit(office, fund)
    window.begin(write(tmp_path / "a.csv", replace(SAMPLE, amount=Decimal("200000.00"), version=2)))
    assert desk.tasks.wait()
    (row,) = window.frame.report.refused.table.texts()
    assert row[1] == "A2（行首）"
    assert row[2:4] == ["金额（元）", "冲突"]
    assert "300,000.00" in row[4]
    assert window.frame.report.counts.refused.note.text() == "其中冲突 1"
    assert stored(office, FundConflict) == 0
    assert window.frame.ok.text() == "记下 1 条冲突"
    window.frame.ok.click()
    assert desk.tasks.wait()
    assert stored(office, FundConflict) == 1
    assert window.frame.conflicts.isVisible()
    window.frame.conflicts.click()
    assert desk.opened == [("window:fund_conflicts", {})]  # type: ignore[attr-defined]

    window.begin(tmp_path / "a.csv")
    assert desk.tasks.wait()
    assert counts(window) == ["1", "0", "0", "1"]
    assert window.frame.ok.reason == "没有要写入的行"


def submit(office: Office, fund: UUID) -> None:
    plan = uuid4()
    content = office.content(funds=((fund, "300000.00"),))
    saved = office.do("zhoumin", SavePlan(plan=plan, content=content))
    version = int(saved.result["version"])
    office.do("zhoumin", SubmitPlan(plan=plan, seen_version=version))


def test_the_same_file_again_is_named_and_changes_nothing(
    office: Office, desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.csv", SAMPLE)
    window.begin(file)
    assert desk.tasks.wait()
    assert not window.frame.same.isVisible()
    window.frame.ok.click()
    assert desk.tasks.wait()
    again = tmp_path / "另存.csv"
    again.write_bytes(file.read_bytes())
    window.begin(again)
    assert desk.tasks.wait()
    assert counts(window) == ["1", "0", "1", "0"]
    assert "与 2026-11-23 09:00 周敏 导入的 a.csv 是同一个文件" in window.frame.same.label.text()
    assert window.frame.ok.reason == "没有要写入的行"
    window.confirm()
    assert desk.tasks.wait()
    assert stored(office, ImportLog) == 1


def test_r43_a_file_refused_whole_says_one_sentence_and_what_to_do(
    office: Office, desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.csv", SAMPLE)
    text = file.read_text("utf-8-sig")
    file.write_text(text.replace("#TRAILER,1,", "#TRAILER,7,"), "utf-8-sig")
    window.begin(file)
    assert desk.tasks.wait()
    assert step(window) == REFUSED
    told = window.frame.refusal.sentence.text()
    assert "7" in told
    assert told.endswith("（E3003）")
    assert not window.frame.ok.isVisible()
    assert stored(office, FundPlan) == 0


def test_a_file_of_another_kind_is_refused_before_it_is_read(
    desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    file = tmp_path / "指标.pdf"
    file.write_bytes(b"%PDF-1.4")
    window.begin(file)
    assert desk.tasks.wait()
    assert window.frame.refusal.sentence.text().startswith("“指标.pdf”不是 .xlsx、.csv 或 .json")


def test_cancelling_leaves_nothing_and_says_so(
    office: Office, desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    rows = [replace(SAMPLE, plan_no=f"JH{n:06}") for n in range(1500)]
    window.begin(write(tmp_path / "a.csv", *rows))
    window.frame.progress.stop.click()
    assert desk.tasks.wait(20000)
    assert step(window) == START
    assert window.frame.start.notice.label.text() == "已取消，什么也没有写入。"
    assert stored(office, FundPlan) == 0


def test_progress_is_shown_while_rows_are_read(
    desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    window.frame.progress.told.connect(lambda done, total: told.append((done, total)))
    rows = [replace(SAMPLE, plan_no=f"JH{n:06}") for n in range(1200)]
    window.begin(write(tmp_path / "a.csv", *rows))
    assert desk.tasks.wait(30000)
    assert (500, 1200) in told
    assert counts(window) == ["1,200", "1,200", "0", "0"]
    assert window.frame.report.stack.currentIndex() == 1


def test_dropping_one_file_begins_and_two_are_refused(
    desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    first = write(tmp_path / "a.csv", SAMPLE)
    second = write(tmp_path / "b.csv", SAMPLE)
    drop(window, first, second)
    assert window.frame.start.notice.label.text().startswith("拖进来了 2 个文件")
    drop(window, first)
    assert step(window) == WORK
    assert desk.tasks.wait()
    assert counts(window) == ["1", "1", "0", "0"]


def drop(window: FundImportWindow, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in files])
    window.frame.start.zone.dropEvent(
        QDropEvent(
            QPoint(10, 10).toPointF(),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_the_template_can_be_saved_and_read_back(
    desk: Desk, window: FundImportWindow, tmp_path: Path
) -> None:
    target = tmp_path / "模板.xlsx"
    asker(desk).files = [target]
    window.frame.template.click()
    assert desk.tasks.wait()
    window.begin(target)
    assert desk.tasks.wait()
    assert counts(window)[0] == "1"


def test_choosing_asks_for_a_file(desk: Desk, window: FundImportWindow, tmp_path: Path) -> None:
    asker(desk).files = [write(tmp_path / "a.csv", SAMPLE)]
    window.frame.start.zone.choose.click()
    assert desk.tasks.wait()
    assert window.frame.file.text() == "a.csv"


def test_the_log_shows_each_import_and_its_report(
    office: Office, desk: Desk, window: FundImportWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.begin(write(tmp_path / "a.csv", SAMPLE, replace(SAMPLE, plan_no="J", agency_code="9")))
    assert desk.tasks.wait()
    window.frame.ok.click()
    assert desk.tasks.wait()
    assert window.frame.start.recent.texts()[0][1:] == ["a.csv", "周敏", "2", "1", "0", "1"]
    page: Any = make_import_logs(desk, {})
    qtbot.addWidget(page)
    page.show()
    assert desk.tasks.wait()
    line = page.table.model.line(0)
    assert [cell[0] for cell in line.cells] == [
        "2026-11-23 09:00",
        "a.csv",
        "周敏",
        "2",
        "1",
        "0",
        "1",
    ]
    page.opened.emit(line.key)
    assert desk.tasks.wait()
    from govproc_desktop.views.plan_management.fund_import.log_window import ReportDialog

    (dialog,) = page.findChildren(ReportDialog)
    assert dialog.pane.counts.refused.number.text() == "1"
    assert dialog.pane.refused.table.texts()[0][2] == "单位代码"
    dialog.accept()
