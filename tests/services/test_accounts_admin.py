"""Who may set up whom: units, accounts and roles, and what is refused on the way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from govproc_desktop.domain.errors import AppError, BadInput, NotFound, Refused
from govproc_desktop.models.engine import Database
from govproc_desktop.services.accounts import NoteLogin, SaveOperator, SaveRole, SaveUnit
from tests.models.kernel_ground import small_office
from tests.office import PASSWORD, Office


@pytest.fixture
def office(database: Database) -> Office:
    made = small_office(database)
    made.operator("unitadmin", "钱勇", "institute", ("operator.edit",))
    made.operator("chief", "何静", "institute", ("operator.edit", "unit.edit"))
    return made


def account(office: Office, unit: str = "institute", **changes: Any) -> SaveOperator:
    given = {
        "operator": uuid4(), "person": uuid4(), "login": "wang", "name": "王五",
        "unit": office.units[unit], "password": PASSWORD, **changes,
    }  # fmt: skip
    return SaveOperator(**given)


def refusal(office: Office, login: str | None, cmd: object) -> str:
    with pytest.raises(AppError) as caught:
        office.do(login, cmd)
    return str(caught.value)


def test_a_budget_units_first_administrator_can_set_up_people_everywhere(office: Office) -> None:
    office.do("chief", account(office))
    office.do("chief", account(office, "finance", login="li"))
    assert office.actor("wang").unit_code == "101001"


def test_a_unit_administrator_looks_after_the_own_unit_only(office: Office) -> None:
    mine = account(office, permissions=("plan.edit",))
    office.do("unitadmin", mine)
    assert "E1306" in refusal(office, "unitadmin", account(office, "finance", login="li"))
    office.do(None, replace(mine, unit=office.units["finance"]))
    taken = replace(mine, password="Taken2026x", internal_mark=True)
    assert "不归您维护" in refusal(office, "unitadmin", taken)
    theirs = account(office, login="wang2", person=mine.person, name="假名")
    assert "别的单位有账号" in refusal(office, "unitadmin", theirs)
    assert office.actor("wang").person_name == "王五"


def test_nobody_hands_out_a_system_right_they_lack(office: Office) -> None:
    role = SaveRole(role=uuid4(), name="管理", permissions=("unit.edit",))
    office.do(None, role)
    assert "「维护单位资料」" in refusal(
        office, "unitadmin", account(office, permissions=("unit.edit",))
    )
    assert "「维护单位资料」" in refusal(office, "unitadmin", account(office, roles=(role.role,)))
    assert "E1306" in refusal(office, "unitadmin", replace(role, permissions=("plan.view",)))
    office.do("chief", account(office, roles=(role.role,)))
    assert office.actor("wang").may("unit.edit")


def test_a_role_nobody_knows_is_refused_not_left_out(office: Office) -> None:
    assert "E4005 有角色不存在" in refusal(office, "chief", account(office, roles=(uuid4(),)))
    assert "plan.everything" in refusal(
        office, "chief", account(office, permissions=("plan.everything",))
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"login": "", "name": ""}, "还没有填：登录账号、姓名"),
        ({"login": "ZhouMin"}, "登录账号 zhoumin 已有人使用"),
        ({"password": "short1"}, "至少 8 位"),
        ({"password": "xwang1234"}, "不能含有账号或姓名"),
        ({"password": "abcd1234\ud800"}, "看不见的字符"),
        ({"password": "a1" * 100}, "最多 128 位"),
        ({"password": ""}, "还没有密码"),
    ],
)
def test_a_bad_account_is_refused_in_words(
    office: Office, changes: dict[str, Any], words: str
) -> None:
    assert words in refusal(office, "chief", account(office, **changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "court"}, "单位类型“court”"),
        ({"filing_mode": "later"}, "备案方式“later”"),
        ({"budget_level": 9}, "预算级次 9"),
        ({"region_code": "４１００００"}, "须是 6 位数字"),
        ({"code": "", "name": ""}, "还没有填：单位编码、单位名称"),
        ({"code": "101001"}, "已由“河南省青禾农业科学研究院”使用"),
    ],
)
def test_a_bad_unit_is_refused_in_words(
    office: Office, changes: dict[str, Any], words: str
) -> None:
    unit = SaveUnit(**{"unit": uuid4(), "code": "7", "name": "单位", **changes})
    assert words in refusal(office, "chief", unit)


def test_a_unit_is_never_its_own_superior(office: Office) -> None:
    top, low = uuid4(), uuid4()
    office.do(None, SaveUnit(unit=top, code="8", name="上"))
    office.do(None, SaveUnit(unit=low, code="9", name="下", parent=top))
    for parent in (top, low):
        circle = SaveUnit(unit=top, code="8", name="上", parent=parent)
        assert "不能是本单位" in refusal(office, None, circle)


def test_a_unit_that_leaves_its_superior_leaves_that_scope_at_once(office: Office) -> None:
    top, low = uuid4(), uuid4()
    office.do(None, SaveUnit(unit=top, code="8", name="上"))
    office.do(None, SaveUnit(unit=low, code="9", name="下", parent=top))
    office.units |= {"top": top, "low": low}
    office.operator("boss", "孙立", "top", ("operator.edit",))
    context = office.context("boss")
    assert len(context.actor.scope.unit_ids) == 2
    office.do(None, SaveUnit(unit=low, code="9", name="下"))
    from govproc_desktop.services.command import run

    with pytest.raises(NotFound, match="E1306"):
        run(account(office, "low"), context)


def test_nobody_locks_or_unlocks_anothers_account_by_noting_a_login(office: Office) -> None:
    note = NoteLogin(operator=office.actor("zhoumin").operator_uid, success=False)
    assert "E1305" in refusal(office, "chief", note)


def test_errors_are_of_the_right_kind(office: Office) -> None:
    with pytest.raises(BadInput):
        office.do("chief", account(office, login=""))
    with pytest.raises(Refused):
        office.do("unitadmin", account(office, permissions=("backup.make",)))
