"""基础数据: what is in force, what has to be checked, and taking in a new edition."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Office, make_office
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from govproc_desktop.models.engine import Database
from govproc_desktop.paths import resource
from govproc_desktop.queries.reference import TableParams, reference_table
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.kit.widgets import Notice
from govproc_desktop.views.system import WINDOWS
from govproc_desktop.views.system.reference_import import FaultsDialog
from govproc_desktop.views.system.reference_tables import ReferenceWindow


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return make_office(sqlite_database)


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def desk_of(office: Office, tasks: Tasks, login: str) -> Desk:
    return Desk(context=office.context(login), tasks=tasks, notices=Notices(), asker=CannedAsker())


@pytest.fixture
def desk(office: Office, tasks: Tasks) -> Desk:
    return desk_of(office, tasks, "admin")


def opened(desk: Desk, qtbot: QtBot, **params: str) -> ReferenceWindow:
    made = ReferenceWindow(desk, params)
    qtbot.addWidget(made)
    made.resize(1180, 760)
    made.show()
    assert desk.tasks.wait()
    return made


def asker(desk: Desk) -> CannedAsker:
    assert isinstance(desk.asker, CannedAsker)
    return desk.asker


def shipped(kind: str) -> str:
    return resource(f"data/{kind}.csv").read_text("utf-8-sig")


def save(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8-sig")
    return path


def edition(desk: Desk, kind: str) -> int:
    return reference_table(desk.reader(), TableParams(kind=kind)).edition


def test_every_table_is_listed_with_its_rows_and_what_is_unchecked(
    desk: Desk, qtbot: QtBot
) -> None:
    window = opened(desk, qtbot)
    listed = {row[0]: row[1:] for row in window.tables.texts()}
    assert len(listed) == 19
    assert listed["采购限额标准"] == ["54", "21 条须核对"]
    assert listed["采购方式"] == ["12", "—"]
    assert window.title.text() == "采购限额标准"
    assert window.sub.text() == "第 1 版 · 2026-11-23 09:00 系统 导入"
    first = window.rows.texts()[0]
    assert first[:6] == ["已核对", "000000", "省级", "货物", "分散采购限额", "500,000.00"]


def test_r57_the_holiday_table_says_which_year_is_missing(desk: Desk, qtbot: QtBot) -> None:
    window = opened(desk, qtbot, kind="holidays")
    assert window.title.text() == "节假日和调休"
    assert "含 2024、2025、2026 年" in window.sub.text()
    wanted = "节假日表未更新：没有 2027 年的放假安排"

    def told() -> bool:
        notices = [each for each in window.findChildren(Notice) if each.isVisible()]
        return [each.label.text()[: len(wanted)] for each in notices] == [wanted]

    qtbot.waitUntil(told, timeout=3000)


def test_search_looks_at_what_is_shown(desk: Desk, qtbot: QtBot) -> None:
    window = opened(desk, qtbot, kind="central_catalog")
    window.search.setText("打印 激光")
    assert [row[3] for row in window.rows.texts()] == ["激光打印机"]
    assert window.count.text() == "找到 1 行，共 34 行"


def test_a_bad_file_names_every_cell_and_loads_nothing(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(desk, qtbot, kind="thresholds")
    bad = "000000,9,D,decentralized,5万,2020-1-1,,文号,1\n"
    asker(desk).files = [save(tmp_path / "限额.csv", shipped("thresholds") + bad)]
    window.load.click()
    assert desk.tasks.wait()
    (dialog,) = window.findChildren(FaultsDialog)
    rows = dialog.table.texts()
    assert {row[1] for row in rows} == {
        "级次（level）",
        "对象（object_type）",
        "金额（元）（amount）",
        "起（since）",
    }
    assert {row[0] for row in rows} == {"56"}
    dialog.accept()
    assert edition(desk, "thresholds") == 1


def test_a_new_edition_is_counted_asked_for_and_put_in_force(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(desk, qtbot, kind="purchase_forms")
    text = shipped("purchase_forms") + "X99,框架协议二次竞价,财政部令第110号\n"
    asker(desk).files = [save(tmp_path / "形式.csv", text)]
    asker(desk).answers = ["no", "yes"]
    window.load.click()
    assert desk.tasks.wait()
    assert "新增 1 行，去掉 0 行" in asker(desk).asked[0].text
    assert edition(desk, "purchase_forms") == 1
    window.load.click()
    assert desk.tasks.wait()
    assert desk.tasks.wait()
    assert edition(desk, "purchase_forms") == 2
    assert window.title.text() == "采购形式"
    assert "第 2 版" in window.sub.text()
    assert "何静 导入" in window.sub.text()
    assert window.rows.texts()[-1][1] == "框架协议二次竞价"
    assert asker(desk).told[0][1].startswith("现在用的是第 2 版")


def test_the_same_file_is_not_loaded_again(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(desk, qtbot, kind="regions")
    asker(desk).files = [save(tmp_path / "a.csv", shipped("regions"))]
    window.load.click()
    assert desk.tasks.wait()
    assert asker(desk).told == [("行政区划", "文件与正在用的第 1 版一样，没有要换的。")]
    assert asker(desk).asked == []


@pytest.mark.parametrize("kind", ["methods", "method_conditions"])
def test_methods_are_checked_together_with_their_conditions(
    desk: Desk, qtbot: QtBot, tmp_path: Path, kind: str
) -> None:
    window = opened(desk, qtbot, kind=kind)
    lines = shipped(kind).splitlines()
    if kind == "methods":
        del lines[2]  # a method that has conditions
    else:
        lines.append("XX-1,XX,没有这种方式,无,ABC")
    asker(desk).files = [save(tmp_path / "a.csv", "\n".join(lines) + "\n")]
    window.load.click()
    assert desk.tasks.wait()
    (dialog,) = window.findChildren(FaultsDialog)
    assert dialog.table.texts()
    dialog.accept()
    assert edition(desk, kind) == 1


def test_a_table_is_exported_as_the_csv_it_came_as(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(desk, qtbot, kind="deadlines")
    target = tmp_path / "期限.csv"
    asker(desk).files = [target]
    window.export.click()
    assert desk.tasks.wait()
    assert target.read_bytes()[:3] == b"\xef\xbb\xbf"
    assert target.read_text("utf-8-sig") == shipped("deadlines")


def test_without_the_permission_everything_is_readable_and_import_says_why(
    office: Office, tasks: Tasks, qtbot: QtBot
) -> None:
    desk = desk_of(office, tasks, "zhoumin")
    window = opened(desk, qtbot)
    assert window.rows.texts()
    assert window.load.reason is not None
    assert "维护基础数据" in window.load.reason
    window.load.click()
    assert asker(desk).asked == []
    assert {spec.id: spec.permission for spec in WINDOWS} == {
        "reference": None,
        "backups": "backup.make",
    }


def test_chosen_rows_are_copied_with_tabs(desk: Desk, qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt

    window = opened(desk, qtbot, kind="agency_kinds")
    window.rows.choose(0)
    qtbot.keyClick(window.rows, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied == "JCJG\t集中采购机构\t政府采购法第16、18条"
