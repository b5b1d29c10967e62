from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import select

from govproc_desktop.models import PrintLog
from govproc_desktop.models.engine import Database
from govproc_desktop.printing import raster
from govproc_desktop.services.plans import SavePlan
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.batch_print import MOST, print_many
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.notices import Notices
from govproc_desktop.views.kit.preview import PreviewWindow, show_preview
from govproc_desktop.views.kit.preview.sending import PrintWish, Sender, dress_printer
from govproc_desktop.views.kit.tasks import Tasks
from govproc_desktop.views.kit.theme import theme
from tests.office import Office, make_office


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return make_office(sqlite_database)


@pytest.fixture
def desk(office: Office, qapp: QApplication) -> Iterator[Desk]:
    theme().apply(qapp, "light")
    tasks = Tasks()
    yield Desk(office.context("zhoumin"), tasks, Notices(), CannedAsker())
    tasks.close()


def save(office: Office, title: str) -> UUID:
    uid = uuid4()
    content = office.content(own="12000.00", title=title)
    office.do("zhoumin", SavePlan(plan=uid, content=content))
    return uid


def opened(desk: Desk, documents: list[UUID], qtbot: Any) -> PreviewWindow:
    window = show_preview(desk, form="F-01", documents=documents)
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.paper is not None, timeout=20_000)
    desk.tasks.wait(20_000)
    return window


def test_it_shows_the_pages_and_what_the_paper_carries(
    desk: Desk, office: Office, qtbot: Any
) -> None:
    uid = save(office, "办公设备购置")
    window = opened(desk, [uid], qtbot)
    assert window.paper is not None
    assert "办公设备购置" in raster.page_text(window.paper.pdf, 0)
    assert window.windowTitle() == "政府采购实施计划备案表 · 办公设备购置"
    texts = [each.text() for each in window.findChildren(QLabel)]
    assert "带「草稿」水印" in texts
    assert window.paper.records[0].short_code in texts
    assert f"页，共 {window.paper.pages} 页" in texts
    assert "还没有打印过" in texts


def test_the_saved_file_is_the_very_bytes_and_is_noted(
    desk: Desk, office: Office, qtbot: Any, tmp_path: Path
) -> None:
    uid = save(office, "办公设备购置")
    window = opened(desk, [uid], qtbot)
    asker = desk.asker
    assert isinstance(asker, CannedAsker)
    asker.files = [tmp_path / "表"]
    window.save_pdf()
    assert desk.tasks.wait()
    assert window.paper is not None
    assert (tmp_path / "表.pdf").read_bytes() == window.paper.pdf
    assert list(tmp_path.glob("*.part")) == []
    with office.database.sessions() as session:
        (row,) = session.scalars(select(PrintLog))
    assert (row.form, row.doc_uid, row.medium, row.copy_no) == ("F-01", uid, "file", 1)
    assert row.short_code == window.paper.records[0].short_code


def test_a_folder_that_cannot_be_written_is_said(
    desk: Desk, office: Office, qtbot: Any, tmp_path: Path
) -> None:
    window = opened(desk, [save(office, "甲")], qtbot)
    asker = desk.asker
    assert isinstance(asker, CannedAsker)
    asker.files = [tmp_path / "没有" / "表.pdf"]
    window.save_pdf()
    assert [fault.code for fault in asker.errors] == ["E1004"]
    with office.database.sessions() as session:
        assert session.scalars(select(PrintLog)).all() == []


def test_without_a_printer_the_button_says_so(desk: Desk, office: Office, qtbot: Any) -> None:
    window = opened(desk, [save(office, "甲")], qtbot)
    if window.side.has_printer:
        window.side.printer.set_options([])
        window._ready(ready=True)
    assert window.head.print.reason is not None
    assert "没有装打印机" in window.head.print.reason
    window.send()
    asker = desk.asker
    assert isinstance(asker, CannedAsker)
    assert asker.told[0][0] == "没有打印机"


def test_zoom_and_page_numbers(desk: Desk, office: Office, qtbot: Any) -> None:
    uids = [save(office, f"第 {number} 份") for number in range(3)]
    window = opened(desk, uids, qtbot)
    assert window.paper is not None
    assert window.paper.pages == 3
    width = window.pages.percent()
    window.pages.zoom(1.25)
    assert window.pages.percent() > width
    assert not window.pages.fits_width
    window.pages.zoom(0)
    assert window.pages.percent() == width
    window.head.page_field.setText("3")
    window.head.page_field.returnPressed.emit()
    assert window.pages.current() == 2
    window.small.picked.emit(0)
    assert window.pages.current() == 0


def test_a_batch_notes_every_document(
    desk: Desk, office: Office, qtbot: Any, tmp_path: Path
) -> None:
    uids = [save(office, f"第 {number} 份") for number in range(3)]
    window = opened(desk, uids, qtbot)
    asker = desk.asker
    assert isinstance(asker, CannedAsker)
    asker.files = [tmp_path / "批.pdf"]
    window.save_pdf()
    assert desk.tasks.wait()
    with office.database.sessions() as session:
        noted = {row.doc_uid for row in session.scalars(select(PrintLog))}
    assert noted == set(uids)


def test_a_stopped_batch_makes_nothing(desk: Desk, office: Office, qtbot: Any) -> None:
    uids = [save(office, f"第 {number} 份") for number in range(3)]
    window = PreviewWindow(desk, "F-01", uids)
    gone: list[int] = []
    window.destroyed.connect(lambda: gone.append(1))
    window._cancel()
    qtbot.waitUntil(lambda: gone == [1], timeout=20_000)


def test_too_many_and_none_are_said(desk: Desk) -> None:
    assert print_many(desk, form="F-01", documents=[]) is None
    assert print_many(desk, form="F-01", documents=[uuid4()] * (MOST + 1)) is None
    asker = desk.asker
    assert isinstance(asker, CannedAsker)
    assert "1001" in asker.errors[1].sentence()


def test_the_sender_puts_every_page_on_paper(
    desk: Desk, office: Office, qtbot: Any, tmp_path: Path
) -> None:
    window = opened(desk, [save(office, "甲"), save(office, "乙")], qtbot)
    assert window.paper is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    dress_printer(printer, PrintWish(printer="", copies=1))
    sender = Sender(desk.tasks, window.paper.pdf, printer, (0, 1))
    steps: list[tuple[int, int]] = []
    sender.progressed.connect(lambda done, of: steps.append((done, of)))
    with qtbot.waitSignal(sender.finished, timeout=20_000) as sent:
        sender.start()
    assert sent.args == [2]
    assert steps == [(1, 2), (2, 2)]
    body = (tmp_path / "paper.pdf").read_bytes()
    assert raster.page_count(body) == 2
    pixels, width, height = raster.page_rgba(body, 0, scale=0.5)
    dark = sum(pixels[at] < 128 for at in range(0, len(pixels), 4))
    assert Decimal(dark) / (width * height) > Decimal("0.005")
