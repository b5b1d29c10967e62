"""Logging in: five wrong tries lock for a quarter of an hour, stored hashes are Argon2id."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from govproc_desktop.domain.errors import BadInput, Refused
from govproc_desktop.models.engine import Database
from govproc_desktop.services import passwords
from govproc_desktop.services.accounts import SaveRole, log_in
from tests.models.kernel_ground import small_office
from tests.office import PASSWORD, Office


@pytest.fixture
def office(database: Database) -> Office:
    return small_office(database)


def refused(office: Office, login: str, password: str) -> str:
    with pytest.raises(Refused) as caught:
        log_in(office.context(), login, password)
    return str(caught.value)


def test_the_right_password_lets_in_whatever_the_case_of_the_account(office: Office) -> None:
    actor = log_in(office.context(), " ZhouMin ", PASSWORD)
    assert (actor.person_name, actor.unit_code, actor.post) == ("周敏", "101001", "经办岗")
    assert actor.may("plan.edit")
    assert not actor.may("plan.approve_finance")


def test_p21_five_wrong_tries_lock_until_the_time_is_over(office: Office) -> None:
    for left in (4, 3, 2, 1):
        assert f"再错 {left} 次" in refused(office, "zhoumin", "wrong")
    assert "账号已锁定，请 15 分钟后" in refused(office, "zhoumin", "wrong")
    assert "E1602" in refused(office, "zhoumin", PASSWORD)
    office.clock.move(minutes=14, seconds=59)
    assert "请 1 分钟后" in refused(office, "zhoumin", PASSWORD)
    office.clock.move(seconds=1)
    assert log_in(office.context(), "zhoumin", PASSWORD).login == "zhoumin"


def test_the_lock_survives_a_restart(office: Office) -> None:
    for _try in range(5):
        refused(office, "zhoumin", "wrong")
    office.database.close()
    assert "E1602" in refused(office, "zhoumin", PASSWORD)


def test_a_right_password_starts_the_count_anew(office: Office) -> None:
    for _try in range(4):
        refused(office, "zhoumin", "wrong")
    log_in(office.context(), "zhoumin", PASSWORD)
    assert "再错 4 次" in refused(office, "zhoumin", "wrong")


def test_an_unknown_account_and_a_wrong_password_start_the_same_way(office: Office) -> None:
    assert refused(office, "nobody", "x").startswith("E1601 账号或密码不对")
    assert refused(office, "zhoumin", "x").startswith("E1601 账号或密码不对")


def test_p22_passwords_are_stored_as_argon2id(office: Office) -> None:
    with office.database.reading() as connection:
        hashes = list(connection.execute(text("SELECT password_hash FROM operator")).scalars())
    assert len(set(hashes)) == len(hashes)
    assert all(each.startswith("$argon2id$") and PASSWORD not in each for each in hashes)


def test_p22_the_shipped_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOVPROC_CHEAP_HASH")
    made = passwords.hash_password("x")
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert passwords.check_password(made, "x")
    assert not passwords.check_password(made, "y")


@pytest.mark.parametrize("stored", ["", "x", "$argon2id$", "$2b$12$abc"])
def test_a_damaged_hash_never_matches(stored: str) -> None:
    assert not passwords.check_password(stored, "")


def test_r16_internal_review_needs_both_the_right_and_the_mark(office: Office) -> None:
    office.operator("unmarked", "甲", "institute", ("plan.review_internal",))
    assert not office.actor("unmarked").may("plan.review_internal")
    assert office.actor("zhengjianguo").may("plan.review_internal")


def test_scope_is_own_and_subordinate_units_or_all_for_finance(office: Office) -> None:
    institute, station = office.unit_id("institute"), office.unit_id("station")
    assert office.actor("zhoumin").scope.unit_ids == (institute,)
    assert not office.actor("zhoumin").scope.covers(station)
    department = office.actor("sunli").scope
    assert department.covers(institute)
    assert department.covers(station)
    assert not department.covers(office.unit_id("finance"))
    assert office.actor("linlan").scope.everything


def test_an_unknown_permission_is_refused(office: Office) -> None:
    from uuid import uuid4

    with pytest.raises(BadInput, match="root"):
        office.do(None, SaveRole(role=uuid4(), name="r", permissions=("root",)))
