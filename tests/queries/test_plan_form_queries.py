"""What the plan form reads: codes, money, drafts and files, inside the data scope only."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from govproc_desktop.domain.errors import NotFound, Unavailable
from govproc_desktop.queries.attachments import (
    FileParams,
    FilesParams,
    attachment_bytes,
    attachments,
)
from govproc_desktop.queries.drafts import DraftParams, drafts
from govproc_desktop.queries.plan_form import FORM, FundsParams, OpenParams, form_funds, open_form
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.attachments import AddAttachment
from govproc_desktop.services.drafts import KeepDraft
from govproc_desktop.services.plans import SavePlan
from tests.office import make_office


def _reader(office: Any, login: str) -> Reader:
    return Reader(office.database, office.actor(login), office.clock())


def test_a_new_plan_starts_from_its_unit(database: Any) -> None:
    office = make_office(database)
    start = open_form(_reader(office, "zhoumin"), OpenParams())
    assert (start.unit.name, start.unit.superior) == (
        "河南省青禾农业科学研究院",
        "河南省农业农村厅",
    )
    assert start.record is None
    assert {each.code for each in start.tables.organisations} == {"ZFJZ", "BMJZ", "FSCG"}
    assert start.tables.rules.methods.get("XJ").name == "询价"
    assert ("31002", "办公设备购置", True) in start.tables.econ_classes


def test_an_open_plan_brings_its_money_and_only_ones_own_draft(database: Any) -> None:
    office = make_office(database)
    fund = office.fund("JH2026410000001", "500000.00")
    uid = uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content(funds=((fund, "1000"),))))
    keep = KeepDraft(form=FORM, document=uid, seen_version=1, body='{"fields":{}}')
    office.do("zhengjianguo", keep)
    start = open_form(_reader(office, "zhoumin"), OpenParams(uid=uid))
    assert start.draft is None
    assert [(each.plan_no, each.balances.available) for each in start.funds] == [
        ("JH2026410000001", 500000)
    ]
    office.do("zhoumin", keep)
    found = drafts(_reader(office, "zhoumin"), DraftParams(form=FORM, document=uid))
    assert [each.body for each in found] == ['{"fields":{}}']


def test_another_units_plan_and_money_are_not_there(database: Any) -> None:
    office = make_office(database)
    fund = office.fund("JH2026410000001", "500000.00")
    uid = uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content(funds=((fund, "1000"),))))
    stranger = _reader(office, "liuyang")
    with pytest.raises(NotFound):
        open_form(stranger, OpenParams(uid=uid))
    assert form_funds(stranger, FundsParams(uids=(fund,))) == []


def test_files_are_listed_read_and_guarded(database: Any) -> None:
    office = make_office(database)
    uid, file = uuid4(), uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content()))
    command = AddAttachment(
        attachment=file,
        doc_kind="plan",
        document=uid,
        kind_code="other",
        name="其他.pdf",
        mime="application/pdf",
        data=b"%PDF-1.7 x %%EOF",
    )
    office.do("zhoumin", command)
    reader = _reader(office, "zhoumin")
    listed = attachments(reader, FilesParams(document=uid))
    assert [(each.name, each.size, each.person) for each in listed] == [("其他.pdf", 16, "周敏")]
    assert attachment_bytes(reader, FileParams(attachment=file)).data == b"%PDF-1.7 x %%EOF"
    stranger = _reader(office, "liuyang")
    assert attachments(stranger, FilesParams(document=uid)) == []
    with pytest.raises(NotFound):
        attachment_bytes(stranger, FileParams(attachment=file))


def test_bytes_that_changed_in_the_store_are_refused(sqlite_database: Any) -> None:
    from sqlalchemy import text

    office = make_office(sqlite_database)
    uid, file = uuid4(), uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content()))
    command = AddAttachment(
        attachment=file,
        doc_kind="plan",
        document=uid,
        kind_code="other",
        name="其他.pdf",
        mime="application/pdf",
        data=b"%PDF-1.7 x %%EOF",
    )
    office.do("zhoumin", command)
    with sqlite_database.engine.begin() as connection:
        connection.execute(text("UPDATE file_body SET body = x'00'"))
    with pytest.raises(Unavailable, match="摘要不符"):
        attachment_bytes(_reader(office, "zhoumin"), FileParams(attachment=file))
