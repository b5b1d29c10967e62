"""The program from the login window to the main window, and without a display."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from govproc_desktop import settings
from govproc_desktop.__main__ import window_options
from govproc_desktop.app import program as program_module
from govproc_desktop.app.program import Program
from govproc_desktop.models.engine import Database
from govproc_desktop.settings_store import Store
from govproc_desktop.views.kit.theme import theme
from tests.office import PASSWORD, make_office


@pytest.fixture
def program(
    sqlite_database: Database, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    monkeypatch.setenv("GOVPROC_HOME", str(tmp_path))
    office = make_office(sqlite_database)
    sqlite_database.close()
    monkeypatch.setattr(program_module, "office_clock", office.clock)
    theme().apply(qapp, "light")
    store = Store(tmp_path / "settings.json")
    made = Program(qapp, store, demo=False, database=str(sqlite_database.path))
    monkeypatch.setattr(made, "_quit_if_alone", lambda: None)
    yield made
    if made.window is not None:
        made.window.close()
    made._end()


def test_a_wrong_password_stays_the_right_one_opens_the_window(
    program: Program, qtbot: Any, qapp: QApplication
) -> None:
    login = program._show_login()
    qtbot.addWidget(login)
    program._open()
    login.submitted.emit("zhoumin", "wrong")
    assert not login.enter.isEnabled()
    qtbot.waitUntil(lambda: bool(login.said), timeout=20_000)
    assert login.said == "账号或密码不对。再错 4 次将锁定 15 分钟。（E1601）"
    login.submitted.emit("ZhouMin", PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    assert program.window is not None
    assert program.login is None
    assert "河南省青禾农业科学研究院" in program.window.windowTitle()
    assert program._store.get(settings.LAST_LOGIN) == "zhoumin"
    assert program._store.get(settings.LAST_LOGIN_NOTE) == "周敏 · 河南省青禾农业科学研究院"


def test_the_account_is_only_remembered_when_wished(program: Program, qtbot: Any) -> None:
    login = program._show_login()
    qtbot.addWidget(login)
    program._open()
    login.remember.setChecked(False)
    login.submitted.emit("zhoumin", PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    assert program._store.get(settings.LAST_LOGIN) == ""
    assert program._store.get(settings.REMEMBER_LOGIN) is False


def test_a_database_that_cannot_be_opened_is_said_in_the_window(
    program: Program, qtbot: Any, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.sqlite3"
    wrong.write_bytes(b"not a database at all" * 100)
    program._database = str(wrong)
    login = program._show_login()
    qtbot.addWidget(login)
    program._open()
    qtbot.waitUntil(lambda: "E1006" in login.said, timeout=20_000)
    assert wrong.read_bytes() == b"not a database at all" * 100


def test_logging_out_shows_the_login_again(program: Program, qtbot: Any) -> None:
    login = program._show_login()
    qtbot.addWidget(login)
    program._open()
    login.submitted.emit("zhoumin", PASSWORD)
    qtbot.waitUntil(lambda: program.window is not None, timeout=20_000)
    assert program.window is not None
    program.tasks.wait()
    program.window._log_out()
    assert program.login is not None
    qtbot.addWidget(program.login)
    assert program.login.account.text() == "zhoumin"


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        ([], {}),
        (["--demo"], {"demo": "1"}),
        (["--database", "x.sqlite3"], {"database": "x.sqlite3"}),
        (["--demo", "--database=x"], {"demo": "1", "database": "x"}),
        (["commands"], None),
        (["--database", "x", "verify"], None),
        (["--help"], None),
    ],
)
def test_which_words_mean_windows(argv: list[str], expected: dict[str, str] | None) -> None:
    assert window_options(argv) == expected


def test_the_login_is_painted_before_sqlalchemy_is_loaded(tmp_path: Path) -> None:
    from benchmarks.startup import LOGIN, once

    assert once(LOGIN, str(tmp_path)) > 0


@pytest.mark.slow
def test_without_a_display_the_main_window_is_drawn(tmp_path: Path) -> None:
    import os

    given = {
        name: text
        for name, text in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY")
    }
    given["GOVPROC_HOME"] = str(tmp_path / "home")
    done = subprocess.run(
        [sys.executable, "-m", "govproc_desktop", "--demo"],
        env=given,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    picture = QImage(str(tmp_path / "main-window.png"))
    assert (picture.width(), picture.height()) == (1440, 900)
    assert str(tmp_path / "main-window.png") in done.stdout
    colours = {picture.pixel(x, y) for x in range(0, 1440, 7) for y in range(0, 900, 7)}
    assert len(colours) > 50
