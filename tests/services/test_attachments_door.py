"""A file is judged by its bytes at the door, whoever sends it and whatever its name says."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from govproc_desktop.domain.errors import AppError
from govproc_desktop.models import Attachment, FileBody
from govproc_desktop.models.engine import Database
from govproc_desktop.services.attachments import AddAttachment, RemoveAttachment
from govproc_desktop.services.plans import SavePlan
from tests.office import Office, make_office

PDF = b"%PDF-1.4 hello %%EOF"


@pytest.fixture
def office(database: Database) -> Office:
    return make_office(database)


@pytest.fixture
def plan(office: Office) -> UUID:
    uid = uuid4()
    office.do("zhoumin", SavePlan(plan=uid, content=office.content()))
    return uid


def add(plan: UUID, name: str = "说明.pdf", data: bytes = PDF, **changes: Any) -> AddAttachment:
    given = {"attachment": uuid4(), "doc_kind": "plan", "kind_code": "other", **changes}
    return AddAttachment(document=plan, name=name, mime="application/pdf", data=data, **given)


def refusal(office: Office, login: str, cmd: object) -> str:
    with pytest.raises(AppError) as caught:
        office.do(login, cmd)
    with office.database.sessions() as session:
        assert session.scalars(select(FileBody.sha256)).all() == []
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("说明.pdf", b"MZ\x90\x00 program", "E3101 “说明.pdf”是程序"),
        ("说明.png", PDF, "E3101 “说明.png”的扩展名与内容不符"),
        ("说明.pdf", b"", "E3103 “说明.pdf”是空文件"),
        ("说明.pdf", PDF + b"x" * (20 << 20), "超过 20 MB"),
        ("说明.pdf", b"%PDF-1.4 /OpenAction /JavaScript %%EOF", "E3102 “说明.pdf”含可执行动作"),
        ("记录.txt", "三家".encode(), "E3101 “记录.txt”是纯文本"),
    ],
)
def test_p31_the_door_judges_the_bytes(
    office: Office, plan: UUID, name: str, data: bytes, words: str
) -> None:
    assert words in refusal(office, "zhoumin", add(plan, name, data))


def test_name_and_kind_are_the_programs_own_not_the_senders(office: Office, plan: UUID) -> None:
    office.do("zhoumin", add(plan, "C:\\temp\\..\\说明.pdf", PDF))
    with office.database.sessions() as session:
        kept = session.scalars(select(Attachment)).one()
    assert (kept.name, kept.mime, kept.size) == ("说明.pdf", "application/pdf", len(PDF))


def test_r15_a_superior_unit_looks_at_files_but_changes_none(office: Office, plan: UUID) -> None:
    office.operator("dept", "部门经办", "department", ("plan.view", "plan.edit"))
    assert "E1305 这份单据不是您单位的" in refusal(office, "dept", add(plan))
    mine = add(plan)
    office.do("zhoumin", mine)
    with pytest.raises(AppError, match="E1305"):
        office.do("dept", RemoveAttachment(attachment=mine.attachment))
