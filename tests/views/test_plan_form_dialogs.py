"""The dialogs of the plan form by keyboard, files dropped on it, and files looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.plan_management.catalog_dialog import CatalogDialog
from govproc_desktop.views.plan_management.method_dialog import MethodDialog
from tests.views.form_ground import Ground, ground, keys, line, press

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def at(sqlite_database: Any, qtbot: Any) -> Iterator[Ground]:
    with ground(sqlite_database, qtbot) as made:
        yield made


def _dialog(at: Ground, form: Any, kind: type[QWidget]) -> Any:
    at.qtbot.waitUntil(lambda: any(each.isVisible() for each in form.window().findChildren(kind)))
    made = next(each for each in form.window().findChildren(kind) if each.isVisible())
    at.qtbot.waitUntil(made.isActiveWindow)
    return made


def _drop(target: QWidget, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, PLAIN)
    enter.ignore()
    target.dragEnterEvent(enter)  # type: ignore[attr-defined]
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(5, 5), COPY, data, LEFT, PLAIN)
    target.dropEvent(drop)  # type: ignore[attr-defined]
    return True


def _pdf(path: Path, pages: int = 1) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    for page in range(pages):
        canvas.drawString(40, 700, f"page {page + 1}")
        canvas.showPage()
    canvas.save()
    return path


def test_the_catalogue_is_searched_and_ticked_by_keyboard(at: Ground) -> None:
    form = at.form(at.saved())
    form.versions.set_value("2013")
    form.item_lines.version = "2013"
    form.catalog_button.click()
    dialog = _dialog(at, form, CatalogDialog)
    keys(dialog.search, "A02010104")
    assert dialog.take.reason == "先勾选品目。"
    press(dialog.search, Qt.Key.Key_Return)
    press(dialog.tree, Qt.Key.Key_Space)
    assert [each.name for each in dialog.ticked()] == ["台式计算机"]
    press(dialog.tree, Qt.Key.Key_Space)
    assert dialog.ticked() == ()
    press(dialog.tree, Qt.Key.Key_Space)
    dialog.search.setText("")
    keys(dialog.search, "A02010105")
    press(dialog.search, Qt.Key.Key_Down)
    press(dialog.tree, Qt.Key.Key_Return)
    assert dialog.told.text() == "台式计算机、便携式计算机"
    press(dialog, Qt.Key.Key_Return, ctrl=True)
    at.settle(form)
    rows = form.item_lines.model.lines()
    assert [row["code"] for row in rows[1:]] == ["A02010104", "A02010105"]
    assert rows[1]["catalog_version"] == "2013"


def test_the_catalogue_lets_go_with_escape(at: Ground) -> None:
    form = at.form(at.saved())
    form.catalog_button.click()
    dialog = _dialog(at, form, CatalogDialog)
    keys(dialog.search, "A02010104")
    press(dialog.search, Qt.Key.Key_Return)
    press(dialog.tree, Qt.Key.Key_Space)
    press(dialog.tree, Qt.Key.Key_Escape)
    at.qtbot.waitUntil(lambda: not dialog.isVisible())
    assert form.item_lines.model.rowCount() == 1


def test_lines_are_set_apart_by_keyboard_in_the_method_dialog(at: Ground) -> None:
    lines = (line("5000", quantity="40"), line("5000", quantity="60", name="路由器"))
    form = at.form(at.saved(items=lines))
    form.method.split.click()
    dialog = _dialog(at, form, MethodDialog)
    assert dialog.rows() == [0, 1]
    press(dialog.ticks[0], Qt.Key.Key_Space)
    assert dialog.rows() == [1]
    assert dialog.apply.text() == "应用到这 1 行"
    combo = dialog.editor.combos["method"]
    at_tender = combo.findText("公开招标")
    combo.setFocus()
    combo.setCurrentIndex(at_tender)
    combo.activated.emit(at_tender)
    press(dialog, Qt.Key.Key_Return, ctrl=True)
    at.settle(form)
    chosen = [row["method"] for row in form.item_lines.model.lines()]
    assert chosen == ["XJ", "GKZB"]
    assert form.rail.state("method").words in ("询价、公开招标", "未选全", "1 处要改")


def test_no_line_ticked_is_said_and_nothing_happens(at: Ground) -> None:
    lines = (line("5000", quantity="40"), line("5000", quantity="60"))
    form = at.form(at.saved(items=lines))
    form.method.split.click()
    dialog = _dialog(at, form, MethodDialog)
    for tick in dialog.ticks:
        press(tick, Qt.Key.Key_Space)
    assert dialog.apply.reason == "先在左边勾选要设置的行。"
    press(dialog, Qt.Key.Key_Return, ctrl=True)
    assert dialog.isVisible()
    press(dialog, Qt.Key.Key_Escape)
    at.qtbot.waitUntil(lambda: not dialog.isVisible())


def test_files_dropped_on_a_line_take_its_kind_and_on_the_area_are_asked_for(
    at: Ground, tmp_path: Path
) -> None:
    desk = at.desk(answers=("import",))
    form = at.form(at.saved(is_import=True), desk=desk)
    first = form.attachments.lines()[0]
    assert not _drop(first, tmp_path), "a folder is no file"
    assert _drop(first, _pdf(tmp_path / "一.pdf"))
    at.settle(form)
    assert [(each.name, each.kind_code) for each in form.files] == [("一.pdf", first._kind)]
    assert _drop(form.attachments.area, _pdf(tmp_path / "二.pdf", 2))
    at.settle(form)
    assert {each.name for each in form.files} == {"一.pdf", "二.pdf"}


def test_the_kind_of_a_file_is_put_right_from_its_menu(at: Ground, tmp_path: Path) -> None:
    form = at.form(at.saved(is_import=True))
    wanted = form.attachments.lines()[0]._kind
    form.file_deeds.add("other", [_pdf(tmp_path / "论证.pdf")])
    at.settle(form)
    before = len(form.attachments.lines())
    shown = next(each for each in form.attachments.lines() if each._kind == "other")
    act = next(each for each in shown.kinds.actions() if "进口" in each.text())
    act.trigger()
    at.settle(form)
    assert [(each.name, each.kind_code) for each in form.files] == [("论证.pdf", wanted)]
    assert len(form.attachments.lines()) == before - 1


def test_a_file_is_looked_at_page_by_page_and_left_with_escape(at: Ground, tmp_path: Path) -> None:
    desk = at.desk()
    form = at.form(at.saved(), desk=desk)
    form.file_deeds.add("other", [_pdf(tmp_path / "两页.pdf", 2)])
    at.settle(form)
    form.file_deeds.open(form.files[0].uid)
    at.settle(form)
    dialog = form.file_deeds.dialog
    assert dialog is not None
    assert dialog.preview.count.text() == "第 1 页，共 2 页"
    assert not dialog.preview.outside.isVisible()
    dialog.preview.next.click()
    at.settle(form)
    assert dialog.preview.count.text() == "第 2 页，共 2 页"
    assert isinstance(desk.asker, CannedAsker)
    desk.asker.files.append(tmp_path / "out.pdf")
    dialog.turner.save()
    assert (tmp_path / "out.pdf").read_bytes()[:5] == b"%PDF-"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    at.qtbot.waitUntil(lambda: not form.window().findChildren(type(dialog)))


def test_a_picture_is_shown_in_its_colours(at: Ground, tmp_path: Path) -> None:
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    picture.save(str(tmp_path / "照片.png"))
    form = at.form(at.saved())
    form.file_deeds.add("other", [tmp_path / "照片.png"])
    at.settle(form)
    form.file_deeds.open(form.files[0].uid)
    at.settle(form)
    assert form.file_deeds.dialog is not None
    shown = form.file_deeds.dialog.preview.picture.grab().toImage()
    assert shown.pixelColor(shown.width() // 2, shown.height() // 2).name() == "#336699"
    form.file_deeds.dialog.reject()


def test_another_catalogue_version_is_said_to_be_unjudged(at: Ground) -> None:
    server = {"catalog_version": "2022", "code": "A02010104", "name": "服务器"}
    form = at.form(at.saved(items=(line("5000", quantity="100", **server),)))
    told = form.method.catalogue
    assert told.isVisibleTo(form)
    assert told.text().startswith("“服务器”在集中采购目录里。目录用 2013 版编码")
    other = {"catalog_version": "2022", "code": "A07000000", "name": "试剂"}
    form = at.form(at.saved(items=(line("5000", quantity="100", **other),)))
    assert form.method.catalogue.text() == (
        "集中采购目录用 2013 版编码；这 1 行用另一版，请对照目录核对是否在内。"
    )
    form = at.form(at.saved())
    assert not form.method.catalogue.isVisibleTo(form)
