"""The first start with an empty database: two ways on, no default password."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from govproc_desktop import settings
from govproc_desktop.app import program as program_module
from govproc_desktop.app.program import Program
from govproc_desktop.models import JournalEntry, Operator, Unit
from govproc_desktop.settings_store import Store
from govproc_desktop.views.first_use import FirstUsePage
from govproc_desktop.views.kit.theme import theme
from tests.office import Clock

TYPED = {
    "unit_name": "河南省青禾农业科学研究院",
    "unit_code": "１０１００１",
    "name": "何静",
    "login": "HeJing",
    "password": "qinghe2026",
    "again": "qinghe2026",
}


@pytest.fixture
def program(
    tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    monkeypatch.setenv("GOVPROC_HOME", str(tmp_path))
    monkeypatch.setattr(program_module, "office_clock", Clock())
    theme().apply(qapp, "light")
    store = Store(tmp_path / "settings.json")
    made = Program(qapp, store, demo=False, database="")
    monkeypatch.setattr(made, "_quit_if_alone", lambda: None)
    yield made
    if made.window is not None:
        made.window.close()
    made._end()


def first_page(program: Program, qtbot: Any) -> FirstUsePage:
    login = program._show_login()
    qtbot.addWidget(login)
    login.show()
    program._open()
    qtbot.waitUntil(lambda: program.first is not None, timeout=20_000)
    assert program.first is not None
    return program.first.page


def fill(page: FirstUsePage, **changes: str) -> None:
    for key, text in {**TYPED, **changes}.items():
        page.form.fields[key].setText(text)


def test_an_empty_database_says_what_to_do(program: Program, qtbot: Any, tmp_path: Path) -> None:
    page = first_page(program, qtbot)
    assert page.isVisible()
    assert program.login is not None
    assert not program.login.account.isVisible()
    assert page.ways.demo.text() == "打开演示办公室"
    assert page.ways.found.text() == "建立第一个管理员"
    assert str(tmp_path) in page.ways._place.text()


def test_the_administrator_is_set_up_by_keyboard_and_logged_in(
    program: Program, qtbot: Any
) -> None:
    page = first_page(program, qtbot)
    page.ways.found.setFocus()
    qtbot.keyClick(page.ways.found, Qt.Key.Key_Return)
    form = page.form
    assert form.isVisible()
    assert form.focusWidget() is form.fields["unit_name"]
    for key, text in TYPED.items():
        form.fields[key].setText(text)
        if key != "again":
            qtbot.keyClick(form.fields[key], Qt.Key.Key_Return)
    qtbot.keyClick(form.fields["again"], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None, timeout=30_000)
    assert program.window is not None
    actor = program.window.desk.context.actor
    assert (actor.login, actor.person_name) == ("hejing", "何静")
    assert actor.may("operator.edit")
    assert not actor.may("plan.edit")
    with program.window.desk.context.database.sessions() as session:
        unit = session.scalars(select(Unit)).one()
        assert (unit.code, unit.name, unit.kind) == ("101001", TYPED["unit_name"], "budget")
        assert all(
            "qinghe2026" not in each.payload for each in session.scalars(select(JournalEntry))
        )
    assert program._store.get(settings.LAST_LOGIN) == "hejing"
    strips = [each.accessibleName() for each in program.window.findChildren(main_notice())]
    assert any("管理员已建立" in each for each in strips)


def main_notice() -> type[Any]:
    from govproc_desktop.views.kit.widgets import Notice

    return Notice


def test_what_is_missing_or_weak_is_said_and_nothing_is_half_done(
    program: Program, qtbot: Any
) -> None:
    page = first_page(program, qtbot)
    page.ways.found.click()
    form = page.form
    form.done.click()
    assert form.said == "请填单位名称。"
    assert form.fields["unit_name"].invalid
    fill(page, again="other2026")
    form.done.click()
    assert form.said == "两次输入的密码不一样，请重新输入。"
    assert form.fields["again"].invalid
    fill(page, password="123", again="123")
    form.done.click()
    qtbot.waitUntil(lambda: "密码太弱" in form.said, timeout=20_000)
    assert form.done.isEnabled()
    # an account the commands refuse must not leave a unit behind that blocks the next try
    fill(page, login="x" * 200)
    form.done.click()
    qtbot.waitUntil(lambda: bool(form.said) and "密码" not in form.said, timeout=20_000)
    fill(page)
    form.done.click()
    qtbot.waitUntil(lambda: program.window is not None, timeout=30_000)
    assert program._office is not None
    with program._office.database.sessions() as session:
        assert len(session.scalars(select(Unit)).all()) == 1
        assert len(session.scalars(select(Operator)).all()) == 1


def test_escape_goes_back_to_the_two_ways(program: Program, qtbot: Any) -> None:
    page = first_page(program, qtbot)
    page.ways.found.click()
    qtbot.keyClick(page.form.fields["unit_name"], Qt.Key.Key_Escape)
    assert page.ways.isVisible()
    assert page.focusWidget() is page.ways.found


@pytest.mark.slow
def test_the_demo_opens_beside_the_empty_database(
    program: Program, qtbot: Any, tmp_path: Path
) -> None:
    page = first_page(program, qtbot)
    program._store.put(settings.DATABASE_URL, str(tmp_path / "shared.sqlite3"))
    page.ways.demo.click()
    assert program.login is not None
    login = program.login
    qtbot.waitUntil(lambda: bool(login._demo), timeout=60_000)
    assert login.account.text() == "zhoumin"
    assert login.enter.isEnabled()
    assert program._office is not None
    assert program._office.database.path == tmp_path / "demo" / "office.sqlite3"
    assert not (tmp_path / "shared.sqlite3").exists()
