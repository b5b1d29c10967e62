from __future__ import annotations

import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from govproc_desktop.crash import CrashDialog, CrashKeeper, Fault, fault_of
from govproc_desktop.views.kit.theme import theme

NOON = datetime(2026, 11, 23, 12)  # noqa: DTZ001 - office time is local


def break_at(value: int) -> None:
    raise ValueError(f"secret {value}")


def caught(value: int) -> BaseException:
    try:
        break_at(value)
    except ValueError as error:
        return error
    raise AssertionError


@pytest.fixture
def shown() -> list[Fault]:
    return []


@pytest.fixture
def keeper(qapp: QApplication, tmp_path: Path, shown: list[Fault]) -> CrashKeeper:
    return CrashKeeper(tmp_path / "logs" / "faults.log", lambda: NOON, show=shown.append)


def test_the_id_depends_on_the_place_not_on_the_values() -> None:
    assert fault_of(caught(1)).id == fault_of(caught(2)).id
    with pytest.raises(ValueError, match="secret") as elsewhere:
        break_at(1)
    assert fault_of(elsewhere.value).id != fault_of(caught(1)).id


def test_each_distinct_fault_is_shown_once_and_logged_every_time(
    keeper: CrashKeeper, shown: list[Fault], tmp_path: Path, qapp: QApplication
) -> None:
    first = keeper.caught(caught(1))
    keeper.caught(caught(2))
    qapp.processEvents()
    assert [each.id for each in shown] == [first.id]
    log = (tmp_path / "logs" / "faults.log").read_text("utf-8")
    assert log.count(f"{first.id} ValueError") == 2
    assert "2026-11-23 12:00:00" in log
    assert "break_at" in log


def test_faults_of_threads_and_hooks_arrive_in_the_window(
    keeper: CrashKeeper, shown: list[Fault], qapp: QApplication, qtbot: Any
) -> None:
    before = sys.excepthook, threading.excepthook
    keeper.install()
    try:
        assert sys.excepthook != before[0]
        thread = threading.Thread(target=break_at, args=(3,))
        thread.start()
        thread.join()
        sys.excepthook(ValueError, caught(4), None)
        qtbot.waitUntil(lambda: len(shown) == 2)
    finally:
        keeper.uninstall()
        sys.excepthook, threading.excepthook = before
    assert {each.kind for each in shown} == {"ValueError"}


def test_a_full_disk_does_not_make_a_second_fault(
    tmp_path: Path, shown: list[Fault], qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    keeper = CrashKeeper(blocked / "log", lambda: NOON, show=shown.append)
    keeper.caught(caught(1))
    qapp.processEvents()
    assert len(shown) == 1
    assert "ValueError" in capsys.readouterr().err


def test_the_dialog_shows_no_traceback_until_asked(qtbot: Any, qapp: QApplication) -> None:
    theme().apply(qapp, "light")
    fault = fault_of(caught(1))
    dialog = CrashDialog(fault, Path("faults.log"))
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.details.isHidden()
    dialog.more.click()
    assert not dialog.details.isHidden()
    assert "break_at" in dialog.details.toPlainText()
    dialog.done(0)
