"""Nothing typed is lost: autosave, a new desk, conflicts, attachments, submit and withdraw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from govproc_desktop.domain.plan.content import PlanContent
from govproc_desktop.queries.drafts import DraftParams, drafts
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.plans import SavePlan, SubmitPlan
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.roles import EditLook, Role
from govproc_desktop.views.kit.why import WhyPanel
from govproc_desktop.views.kit.widgets import Notice
from tests.views.form_ground import (
    FIRST,
    SECOND,
    Ground,
    ground,
    keys,
    line,
    press,
    typed_in,
)


@pytest.fixture
def at(sqlite_database: Any, qtbot: Any) -> Iterator[Ground]:
    with ground(sqlite_database, qtbot) as made:
        yield made


def _text(form: Any, key: str) -> Any:
    return form.pages["basics"].inputs[key].widget


def test_what_is_typed_is_kept_within_two_seconds_and_offered_by_a_new_desk(at: Ground) -> None:
    uid = at.saved()
    form = at.form(uid)
    typed_in(form, "items", 0, "price", "51.")
    keys(_text(form, "phone"), "99")
    at.qtbot.waitUntil(lambda: form._kept_at is not None, timeout=2000)
    assert "09:00 已自动保存，还有 2 处改动未存" in form.head.line.text()
    again = at.form(uid)
    strip = again.saving.draft_strip
    assert strip is not None
    assert again.item_lines.model.line(0)["price"] == "5,000.00", "never applied silently"
    assert again.read_only
    strip.take.click()
    at.settle(again)
    assert again.item_lines.model.line(0)["price"] == "51."
    assert _text(again, "phone").text().endswith("99")
    assert again.unsaved


def test_a_new_plan_typed_but_never_saved_comes_back(at: Ground) -> None:
    form = at.form()
    keys(_text(form, "title"), "switches")
    at.qtbot.waitUntil(lambda: form._kept_at is not None, timeout=2000)
    kept = drafts(form.desk.reader(), DraftParams(form="plan.form"))
    assert [each.document for each in kept] == [form.uid]
    again = at.form(form.uid)
    assert again.saving.draft_strip is not None
    again.saving.draft_strip.take.click()
    at.settle(again)
    assert _text(again, "title").text() == "switches"
    again.saving.save()
    at.settle(again)
    assert at.record(form.uid).content.title == "switches"
    assert drafts(form.desk.reader(), DraftParams(form="plan.form")) == []


def test_a_new_form_tells_of_the_new_plan_that_was_lost(at: Ground) -> None:
    form = at.form()
    keys(_text(form, "title"), "switches")
    form.autosave.keep_now()
    at.settle(form)
    desk = at.desk()
    opened: list[tuple[str, dict[str, Any]]] = []
    desk.opener = lambda target, params: opened.append((target, params))
    fresh = at.form(desk=desk)
    strip = next(each for each in fresh.findChildren(Notice) if "switches" in each.label.text())
    strip.acted.emit()
    assert opened == [("plan.form", {"uid": str(form.uid)})]


def test_a_draft_given_up_is_gone_and_the_saved_text_stays(at: Ground) -> None:
    uid = at.saved()
    form = at.form(uid)
    keys(_text(form, "phone"), "99")
    form.autosave.keep_now()
    at.settle(form)
    again = at.form(uid)
    assert again.saving.draft_strip is not None
    again.saving.draft_strip.drop.click()
    at.settle(again)
    assert not again.unsaved
    assert not again.read_only
    assert drafts(again.desk.reader(), DraftParams(form="plan.form", document=uid)) == []


def test_saving_writes_what_is_shown_and_drops_the_draft(at: Ground) -> None:
    uid = at.saved()
    form = at.form(uid)
    typed_in(form, "items", 0, "price", "4999.5")
    form.autosave.keep_now()
    at.settle(form)
    press(form, Qt.Key.Key_S, ctrl=True)
    at.settle(form)
    saved = at.record(uid)
    assert saved.content.items[0].price == Decimal("4999.5")
    assert not form.unsaved
    assert "全部已保存" in form.head.line.text()
    assert drafts(form.desk.reader(), DraftParams(form="plan.form", document=uid)) == []


def _someone_saves(at: Ground, form: Any, **changes: Any) -> None:
    record = at.record(form.uid)
    items = tuple(replace(item, subtotal=None) for item in record.content.items)
    content: PlanContent = replace(record.content, items=items, **changes)
    command = SavePlan(plan=form.uid, content=content, seen_version=record.head.row_version)
    at.office.do("zhoumin", command)


def test_a_conflict_shows_three_columns_and_loses_nothing(at: Ground) -> None:
    form = at.form(at.saved(phone="1"))
    _someone_saves(at, form, phone="2", contact="李四")
    keys(_text(form, "phone"), "9")
    typed_in(form, "funds", 1, "amount", "107000")
    form.saving.save()
    at.settle(form)
    dialog = form.saving.dialog
    assert dialog is not None
    rows = {each.title: (each.opened, each.theirs, each.mine, each.both) for each in dialog.found}
    assert rows["联系电话"] == ("1", "2", "19", True)
    assert rows["联系人"] == ("周敏", "李四", "周敏", False)
    assert rows["资金来源第 2 行 本次申请使用"][1:3] == ("108,000.00", "107,000.00")
    dialog.accept()
    at.settle(form)
    content = at.record(form.uid).content
    assert (content.phone, content.contact) == ("19", "李四")
    assert content.funds[1].amount == Decimal("107000.00")
    assert not form.unsaved


def test_choosing_theirs_takes_their_text(at: Ground) -> None:
    form = at.form(at.saved(phone="1"))
    _someone_saves(at, form, phone="2")
    keys(_text(form, "phone"), "9")
    form.saving.save()
    at.settle(form)
    dialog = form.saving.dialog
    assert dialog is not None
    dialog.radios[0].set_value("theirs")
    dialog.accept()
    at.settle(form)
    assert at.record(form.uid).content.phone == "2"
    assert _text(form, "phone").text() == "2"


def test_submitting_saves_takes_the_money_and_says_where_it_went(at: Ground) -> None:
    form = at.form(at.saved())
    keys(_text(form, "phone"), "9")
    at.settle(form)
    assert form.submit_button.reason is None, [each.words for each in form.problems]
    form.submit_button.click()
    at.settle(form)
    record = at.record(form.uid)
    assert record.head.state == "internal_review"
    assert record.content.phone.endswith("9")
    assert at.office.balance(at.funds[FIRST]).in_transit == Decimal("380000.00")
    assert form.read_only
    assert form.save_button.isHidden()
    assert not form.withdraw_button.isHidden()
    left = form.fund_lines.model.column_of("left")
    assert form.fund_lines.model.index(1, left).data() == "42,000.00"
    form.withdraw_button.click()
    at.settle(form)
    assert at.record(form.uid).head.state == "draft"
    assert at.office.balance(at.funds[SECOND]).in_transit == 0
    assert not form.read_only


def test_withdrawing_is_off_with_its_reason_once_the_first_reviewer_has_passed_it(
    at: Ground,
) -> None:
    uid = at.saved(department_review=True)
    at.office.do("zhoumin", SubmitPlan(plan=uid, seen_version=at.office.plan(uid).row_version))
    assert at.form(uid).withdraw_button.reason is None
    version = at.office.plan(uid).row_version
    at.office.do("zhengjianguo", ApprovePlan(plan=uid, seen_version=version))
    form = at.form(uid)
    assert not form.withdraw_button.isHidden()
    assert form.withdraw_button.reason is not None
    assert "已办理过，不能撤回。需要修改请联系审核人退回。" in form.withdraw_button.reason
    press(form.withdraw_button, Qt.Key.Key_Space)
    at.settle(form)
    assert at.record(uid).head.state == "department_review"
    panel = next(each for each in form.window().findChildren(WhyPanel) if each.isVisible())
    assert "需要修改请联系审核人退回" in panel._text
    panel.window().close()


def test_an_incomplete_plan_marks_every_field_at_once(at: Ground) -> None:
    form = at.form(at.saved(phone="", expected_on=date(2026, 11, 1)))
    cells = form.pages["basics"].cells
    assert cells["expected_on"].error == "早于申请日期，请改到 11-23 之后"
    assert cells["phone"].error == "", "not filled yet is not shouted at before submitting"
    form.saving.submit()
    at.settle(form)
    assert cells["phone"].error
    assert {each.field for each in form.problems} == {"phone", "expected_on"}
    assert at.record(form.uid).head.state == "draft"


def _pdf(path: Path) -> Path:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    canvas.drawString(40, 700, "proof")
    canvas.save()
    return path


def test_a_required_file_is_asked_for_added_and_counted(at: Ground, tmp_path: Path) -> None:
    form = at.form(at.saved(is_import=True))
    lines = form.attachments.lines()
    assert len(lines) == 2
    assert any("附件 缺 2 份" in each.words for each in form.problems)
    kind = lines[0]._kind
    form.file_deeds.add(kind, [_pdf(tmp_path / "论证.pdf")])
    at.settle(form)
    assert [each.name for each in form.files] == ["论证.pdf"]
    assert any("附件 缺 1 份" in each.words for each in form.problems)


def test_a_program_in_disguise_is_refused_and_named(at: Ground, tmp_path: Path) -> None:
    form = at.form(at.saved())
    path = tmp_path / "合同.pdf"
    path.write_bytes(b"MZ" + bytes(200))
    form.file_deeds.add("other", [path])
    at.settle(form)
    assert form.files == ()


def test_a_file_is_taken_away_only_after_a_question(at: Ground, tmp_path: Path) -> None:
    desk = at.desk(answers=("no", "yes"))
    form = at.form(at.saved(), desk=desk)
    form.file_deeds.add("other", [_pdf(tmp_path / "其他.pdf")])
    at.settle(form)
    uid = form.files[0].uid
    form.file_deeds.remove(uid)
    at.settle(form)
    assert len(form.files) == 1
    form.file_deeds.remove(uid)
    at.settle(form)
    assert form.files == ()
    assert isinstance(desk.asker, CannedAsker)
    assert "其他.pdf" in desk.asker.asked[0].text


def test_a_return_marks_the_very_fields_it_was_pinned_to(at: Ground) -> None:
    first, second = line("5000", quantity="40"), line("5000", quantity="60", name="路由器")
    uid = at.saved(items=(first, second))
    at.office.do("zhoumin", SubmitPlan(plan=uid, seen_version=at.office.plan(uid).row_version))
    at.office.do(
        "zhengjianguo",
        ReturnPlan(
            plan=uid,
            seen_version=at.office.plan(uid).row_version,
            opinion="单价偏高，请再询价",
            pins=("items.1.price", "expected_on"),
        ),
    )
    # the clerk has taken the first line away since: the pin stays with its line
    content = at.content(funds=((at.funds[FIRST], "288000"),), items=(second,))
    version = at.office.plan(uid).row_version
    at.office.do("zhoumin", SavePlan(plan=uid, content=content, seen_version=version))
    form = at.form(uid)
    grid = form.grids["items"]
    price, quantity = grid.lines.column_of("price"), grid.lines.column_of("quantity")
    assert grid.lines.index(0, price).data(Role.EDIT) is EditLook.MARKED
    assert grid.lines.index(0, quantity).data(Role.EDIT) is EditLook.FIELD
    assert grid.lines.index(0, price).data(Qt.ItemDataRole.ToolTipRole) == "郑建国 退回时指明改这里"
    assert form.pages["basics"].cells["expected_on"].note == "郑建国 退回时指明改这里"
    assert form.pages["basics"].cells["applied_on"].note == ""
    assert form.rail.state("items").words == "退回指明要改"
    strip = next(each for each in form.findChildren(Notice) if "退回" in each.label.text())
    assert strip.label.text() == (
        "内部审核岗 郑建国 退回：单价偏高，请再询价\n指明要改：采购内容第 1 行单价、期望完成时间"
    )
    strip.acted.emit()
    at.qtbot.wait(10)
    assert grid.table.currentIndex().column() == price
