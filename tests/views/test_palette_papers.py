from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from govproc_desktop.domain.documents import qr_payload, short_code
from govproc_desktop.domain.errors import BadInput
from govproc_desktop.models.engine import Database
from govproc_desktop.queries.documents import sheet
from govproc_desktop.queries.home import FindPaper, find_paper
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.approvals import ReturnPlan
from govproc_desktop.services.plans import SavePlan, SubmitPlan
from govproc_desktop.services.print_log import NotePrint
from govproc_desktop.settings_store import Store
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.dialogs import MessageDialog
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.kit.widgets import Notice
from govproc_desktop.views.main_window import MainWindow
from govproc_desktop.views.main_window.window import Frame
from govproc_desktop.views.palette.entries import looks_like_code, paper_entries
from govproc_desktop.views.palette.papers import hold_against_record
from tests.office import Office, make_office


def test_a_code_leads_to_its_version_and_says_whether_paper_agrees(database: Database) -> None:
    office = make_office(database)
    uid = uuid4()
    content = office.content(own="12000.00", title="办公设备购置")
    office.do("zhoumin", SavePlan(plan=uid, content=content))
    reader = Reader(database, office.actor("zhoumin"), office.clock())
    paper = sheet(reader, "F-01", uid)
    note = NotePrint(
        form="F-01",
        document=uid,
        version=paper.version,
        record_hash=paper.record_hash,
        short_code=paper.short_code,
    )
    office.do("zhoumin", note)
    (hit,) = find_paper(reader, FindPaper(code=paper.short_code.lower()))
    assert (hit.document, hit.version, hit.current) == (uid, paper.version, True)
    office.clock.move(minutes=5)
    saved = SavePlan(plan=uid, content=office.content(own="13000.00"), seen_version=1)
    office.do("zhoumin", saved)
    (hit,) = find_paper(reader, FindPaper(code=paper.short_code))
    assert not hit.current
    (entry,) = paper_entries((hit,))
    assert "纸面不是最新" in entry.note
    assert entry.params == {"uid": uid}
    assert entry.paper == hit
    other = Reader(database, office.actor("liuyang"), office.clock())
    assert find_paper(other, FindPaper(code=paper.short_code)) == ()


def test_a_slip_in_a_code_is_said(database: Database) -> None:
    office = make_office(database)
    reader = Reader(database, office.actor("zhoumin"), office.clock())
    with pytest.raises(BadInput):
        find_paper(reader, FindPaper(code="JH00-0000-01"))


def printed(office: Office, uid: UUID) -> tuple[str, str]:
    """Print a plan as the preview does; return its short code and what its QR code says."""
    paper = sheet(Reader(office.database, office.actor("zhoumin"), office.clock()), "F-01", uid)
    note = NotePrint(
        form="F-01",
        document=uid,
        version=paper.version,
        record_hash=paper.record_hash,
        short_code=paper.short_code,
    )
    office.do("zhoumin", note)
    return paper.short_code, qr_payload(uid, paper.version, paper.record_hash)


def returned_and_changed(office: Office) -> tuple[UUID, str, str]:
    """Print a submitted plan, have it returned and change it."""
    uid = uuid4()
    content = office.content(own="12000.00", title="办公设备购置")
    office.do("zhoumin", SavePlan(plan=uid, content=content))
    office.do("zhoumin", SubmitPlan(plan=uid, seen_version=1))
    code, scanned = printed(office, uid)
    version = office.plan(uid).row_version
    office.do("zhengjianguo", ReturnPlan(plan=uid, seen_version=version, opinion="改金额"))
    office.clock.move(minutes=5)
    (draw,), (item,) = content.funds, content.items
    cheaper = replace(
        content,
        title="办公设备购置（改）",
        funds=(replace(draw, amount=Decimal("9000.00")),),
        items=(replace(item, price=Decimal("9000.00"), quantity=Decimal(1), subtotal=None),),
    )
    version = office.plan(uid).row_version
    office.do("zhoumin", SavePlan(plan=uid, content=cheaper, seen_version=version))
    return uid, code, scanned


def test_a_paper_is_held_against_its_record(database: Database) -> None:
    office = make_office(database)
    uid, code, scanned = returned_and_changed(office)
    reader = Reader(database, office.actor("zhoumin"), office.clock())
    (hit,) = find_paper(reader, FindPaper(code=code))
    assert find_paper(reader, FindPaper(code=scanned)) == (hit,)
    report = hold_against_record(reader, hit)
    assert (report.agrees, report.known, report.version) == (False, True, 2)
    told = report.sentence()
    assert told.startswith(
        "纸上是第 1 版，记录现在是第 2 版（还没提交），改了：总金额 12,000.00 → 9,000.00；"
    )
    assert "项目名称 办公设备购置 → 办公设备购置（改）" in told
    again, _scanned = printed(office, uid)
    (fresh,) = find_paper(reader, FindPaper(code=again))
    agreeing = hold_against_record(reader, fresh)
    assert agreeing.agrees
    assert agreeing.sentence() == "纸面与记录一致：第 2 版，周敏 2026-11-23 09:05 打印。"


def test_a_draft_on_paper_cannot_be_compared_and_says_so(database: Database) -> None:
    office = make_office(database)
    uid = uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content(own="12000.00")))
    code, _scanned = printed(office, uid)
    office.clock.move(minutes=5)
    changed = SavePlan(plan=uid, content=office.content(own="13000.00"), seen_version=1)
    office.do("zhoumin", changed)
    reader = Reader(database, office.actor("zhoumin"), office.clock())
    (hit,) = find_paper(reader, FindPaper(code=code))
    report = hold_against_record(reader, hit)
    assert (report.agrees, report.known, report.changes) == (False, False, ())
    assert "没提交的内容不留底" in report.sentence()


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("JH7K-2M4Q", False),
        ("ZC1/JH/00000000000000000000000000/1/ABCD", True),
        ("计划", False),
        ("JH20264100", False),
    ],
)
def test_what_looks_like_a_code(typed: str, whole: bool) -> None:
    assert looks_like_code(typed) is whole
    code = short_code(UUID(int=7), 1)
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in code)
    assert looks_like_code(f" {wide} ")
    assert looks_like_code(code.lower().replace("-", ""))


def test_a_typed_code_opens_the_record_and_says_what_differs(
    sqlite_database: Database, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    theme().apply(qapp, "light")
    office = make_office(sqlite_database)
    uid, code, _scanned = returned_and_changed(office)
    tasks = Tasks()
    desk = Desk(office.context("zhoumin"), tasks, Notices(), CannedAsker())
    window = MainWindow(desk, Frame(store=Store(tmp_path / "settings.json")))
    qtbot.addWidget(window)
    window.show()
    assert tasks.wait()
    window.search()
    palette = window.palette_of_commands
    qtbot.keyClicks(palette.search, code)
    qtbot.waitUntil(lambda: bool(palette.results.entries and palette.results.entries[0].paper))
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert tasks.wait()
    form = window.shell.page(window.shell.current_id())
    assert getattr(form, "uid", None) == uid
    # the entry of 计划备案 stays marked, wherever the record was opened from
    assert window.shell.current_id() == f"plans/plan.form/{uid}"
    assert tasks.wait()
    (strip,) = [
        each for each in window.findChildren(Notice) if "纸上是第 1 版" in each.label.text()
    ]
    assert strip.isVisible()
    strip.acted.emit()
    (dialog,) = window.findChildren(MessageDialog)
    words = [each.text() for each in dialog.findChildren(QLabel)]
    assert "总金额 12,000.00 → 9,000.00" in words
    dialog.accept()
    tasks.close()
