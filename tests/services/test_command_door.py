"""The one door: rights first, one effect a command uid, nothing half done, on both engines."""

from __future__ import annotations

import importlib
import pkgutil
import threading
from dataclasses import MISSING, fields
from datetime import date
from enum import StrEnum
from typing import Any, get_origin, get_type_hints
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

import govproc_desktop.services
from govproc_desktop.domain.errors import AppError, BadInput, Refused
from govproc_desktop.domain.permissions import PERMISSIONS, SYSTEM
from govproc_desktop.models.engine import Database
from govproc_desktop.services.accounts import SaveOperator, SaveRole, SaveUnit
from govproc_desktop.services.command import COMMANDS, CommandSpec, run
from govproc_desktop.services.context import Outcome
from govproc_desktop.services.maintenance import verify
from tests.models.kernel_ground import content_digest, small_office
from tests.office import PASSWORD, Office

for found in pkgutil.walk_packages(
    govproc_desktop.services.__path__, f"{govproc_desktop.services.__name__}."
):
    importlib.import_module(found.name)


@pytest.fixture
def office(database: Database) -> Office:
    return small_office(database)


def count(database: Database, table: str) -> int:
    with database.reading() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0)


def save_unit(code: str = "7", name: str = "单位") -> SaveUnit:
    return SaveUnit(unit=uuid4(), code=code, name=name)


def sample(kind: Any) -> Any:
    """A command of a kind with every required field filled in somehow."""
    hints = get_type_hints(kind)
    given = {}
    for each in fields(kind):
        if each.default is MISSING and each.default_factory is MISSING:
            given[each.name] = _value(hints[each.name])
    return kind(**given)


def _value(hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return ()
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return next(iter(hint))
    plain = {UUID: uuid4(), int: 1, bool: False, bytes: b"x", date: date(2026, 11, 23), str: "x"}
    return plain[hint] if hint in plain else sample(hint)


def test_every_command_with_a_right_is_refused_without_it(office: Office) -> None:
    everything = set(PERMISSIONS)
    guarded = [spec for spec in COMMANDS.values() if spec.permission is not None]
    assert len(guarded) >= 8
    for at, right in enumerate(sorted({str(spec.permission) for spec in guarded})):
        office.operator(
            f"all-but-{at}", "甲", "institute", sorted(everything - {right}), internal_mark=True
        )
    before = content_digest(office.database)
    rights = sorted({str(spec.permission) for spec in guarded})
    for spec in guarded:
        login = f"all-but-{rights.index(str(spec.permission))}"
        with pytest.raises(Refused) as caught:
            office.do(login, sample(spec.kind))
        assert caught.value.code == "E1305", spec.id
        assert PERMISSIONS[str(spec.permission)].title in caught.value.sentence(), spec.id
    assert content_digest(office.database) == before


def test_every_permission_named_by_a_command_exists() -> None:
    named = {spec.permission for spec in COMMANDS.values()} - {None}
    assert named <= set(PERMISSIONS)


def test_the_system_account_may_neither_file_nor_approve() -> None:
    assert {p for p in PERMISSIONS if SYSTEM.may(p)} == {
        "unit.edit", "operator.edit", "reference.edit"
    }  # fmt: skip


def test_e4008_an_answer_is_given_again_to_its_own_sender_only(office: Office) -> None:
    uid, cmd = uuid4(), save_unit()
    office.do(None, cmd, command_uid=uid)
    with pytest.raises(BadInput, match="E4008 这个命令编号已由别的账号用过"):
        office.do("admin", cmd, command_uid=uid)


def test_the_same_uid_has_one_effect_and_one_answer(office: Office) -> None:
    uid, cmd = uuid4(), save_unit()
    first = office.do(None, cmd, command_uid=uid)
    before = content_digest(office.database)
    again = office.do(None, cmd, command_uid=uid)
    assert (first.duplicate, again.duplicate) == (False, True)
    assert again.result == first.result == {"unit": str(cmd.unit)}
    assert content_digest(office.database) == before


def test_e4008_the_same_uid_with_another_body_is_refused(office: Office) -> None:
    uid = uuid4()
    office.do(None, save_unit("7"), command_uid=uid)
    before = content_digest(office.database)
    with pytest.raises(BadInput) as caught:
        office.do(None, save_unit("8"), command_uid=uid)
    assert caught.value.code == "E4008"
    assert content_digest(office.database) == before


def twice_at_once(office: Office) -> list[Outcome | AppError]:
    uid, cmd = uuid4(), save_unit(code=uuid4().hex[:8])
    gate = threading.Barrier(2)
    answers: list[Outcome | AppError] = []

    def send() -> None:
        gate.wait()
        try:
            answers.append(office.do(None, cmd, command_uid=uid))
        except AppError as fault:
            answers.append(fault)

    senders = [threading.Thread(target=send) for _one in range(2)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    return answers


def test_one_command_sent_by_two_threads_has_one_effect(office: Office) -> None:
    for again in range(5):
        before = count(office.database, "unit")
        first, second = twice_at_once(office)
        assert count(office.database, "unit") == before + 1, again
        done = [each for each in (first, second) if isinstance(each, Outcome)]
        assert [each.duplicate for each in done].count(False) == 1
    assert verify(office.database).sound


def test_both_senders_of_one_command_get_the_same_answer(office: Office) -> None:
    for _again in range(5):
        first, second = twice_at_once(office)
        assert isinstance(first, Outcome), first
        assert isinstance(second, Outcome), second
        assert {first.duplicate, second.duplicate} == {True, False}
        assert first.result == second.result


def test_commands_at_once_leave_no_gap_in_the_chain(office: Office) -> None:
    before = count(office.database, "journal")

    def work(mark: int) -> None:
        for number in range(8):
            office.do(None, save_unit(code=f"{mark}-{number}"))

    workers = [threading.Thread(target=work, args=(mark,)) for mark in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert count(office.database, "journal") == before + 32
    report = verify(office.database)
    assert report.sound, report.findings


def test_a_refused_command_leaves_no_trace(office: Office) -> None:
    office.do(None, save_unit("7"))
    before = content_digest(office.database)
    with pytest.raises(BadInput, match="单位编码 7 已由“单位”使用"):
        office.do(None, save_unit("7"))
    assert content_digest(office.database) == before


def test_a_dry_run_answers_and_leaves_no_trace(office: Office) -> None:
    before = content_digest(office.database)
    cmd = save_unit()
    outcome = office.do(None, cmd, dry_run=True)
    assert outcome.result == {"unit": str(cmd.unit)}
    assert content_digest(office.database) == before


def test_a_right_taken_away_counts_with_the_next_command(office: Office) -> None:
    role, unit = uuid4(), office.units["institute"]
    office.do(None, SaveRole(role=role, name="r", permissions=("unit.edit",)))
    made = SaveOperator(
        operator=uuid4(), person=uuid4(), login="wang", name="王五", unit=unit, password=PASSWORD,
        roles=(role,),
    )  # fmt: skip
    office.do(None, made)
    context = office.context("wang")  # logged in while the right was there
    run(save_unit("7"), context)
    office.do(None, SaveRole(role=role, name="r", permissions=()))
    with pytest.raises(Refused, match="E1305"):
        run(save_unit("8"), context)


def test_a_stopped_account_counts_with_the_next_command(office: Office) -> None:
    unit = office.units["institute"]
    operator, person = uuid4(), uuid4()
    given = {
        "operator": operator, "person": person, "login": "wang", "name": "王五", "unit": unit,
        "permissions": ("unit.edit",),
    }  # fmt: skip
    office.do(None, SaveOperator(**given, password=PASSWORD))
    context = office.context("wang")
    office.do(None, SaveOperator(**given, stopped=True))
    with pytest.raises(Refused, match="E1604"):
        run(save_unit("8"), context)


def test_the_journal_row_says_who_what_when_and_hides_secrets(office: Office) -> None:
    operator = SaveOperator(
        operator=uuid4(), person=uuid4(), login="wang", name="王五",
        unit=office.units["institute"], password="very-secret-1",
    )  # fmt: skip
    office.do("admin", operator)
    with office.database.reading() as connection:
        row = connection.execute(text("SELECT * FROM journal ORDER BY seq DESC LIMIT 1")).one()
    assert (row.command, row.login, row.person_name) == ("operator.save", "admin", "何静")
    assert row.at == "2026-11-23T09:00:00"
    assert str(operator.operator) in row.targets
    assert '"login":"wang"' in row.payload
    assert '"password":"***"' in row.payload
    assert "very-secret" not in str(row)


def test_unjournaled_commands_write_no_row() -> None:
    loose = {spec.id for spec in COMMANDS.values() if not spec.journaled}
    assert loose <= {"draft.keep", "draft.drop", "view.save", "view.delete", "login.note"}


@pytest.mark.parametrize("spec", sorted(COMMANDS.values(), key=lambda each: each.id))
def test_every_command_has_an_id_a_title_and_a_frozen_body(spec: CommandSpec) -> None:
    assert spec.id.count(".") == 1
    assert spec.title
    assert spec.kind.__dataclass_params__.frozen
    assert spec.kind.__doc__
    assert not spec.kind.__doc__.startswith(f"{spec.kind.__name__}(")
