"""The power goes while a clerk types: the next start has what was typed, to the last letter."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select

from govproc_desktop.app import program as program_module
from govproc_desktop.models import Draft
from govproc_desktop.models.engine import Database
from govproc_desktop.services import maintenance
from govproc_desktop.views.kit.asking import CannedAsker
from govproc_desktop.views.kit.theme import theme
from govproc_desktop.views.kit.widgets import Notice
from govproc_desktop.views.plan_management.plan_form import PlanForm
from tests.journeys.half_a_plan import HALF, TITLE
from tests.journeys.steps import Seat, labels, make_program, press, write
from tests.office import Office, make_office

ROOT = Path(__file__).parents[2]
KEPT_AFTER = 2.5
"""What is typed is promised to be on disk two seconds after the last key."""


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return make_office(sqlite_database)


@pytest.fixture
def seat(
    office: Office, tmp_path: Path, qapp: QApplication, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Seat]:
    monkeypatch.setenv("GOVPROC_HOME", str(tmp_path))
    monkeypatch.setattr(program_module, "office_clock", office.clock)
    theme().apply(qapp, "light")
    program = make_program(qapp, tmp_path, str(office.database.path))
    monkeypatch.setattr(program, "_quit_if_alone", lambda: None)
    made = Seat(qtbot, CannedAsker(), program)
    yield made
    made.leave()


def type_half_a_plan_and_die(office: Office, folder: Path) -> None:
    """Let a program of its own type, wait as long as is promised, and kill it with signal 9."""
    given = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GOVPROC_HOME": str(folder)}
    given["PYTHONPATH"] = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    command = [sys.executable, "-m", "tests.journeys.half_a_plan"]
    child = subprocess.Popen(
        [*command, str(office.database.path), str(folder)],
        env=given,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "typed\n"
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(KEPT_AFTER)
    finally:
        child.kill()
        child.communicate()
    assert child.returncode == -9


def drafts(office: Office) -> int:
    with office.database.sessions() as session:
        return session.scalar(select(func.count()).select_from(Draft)) or 0


@pytest.mark.slow
def test_half_a_plan_survives_the_kill(seat: Seat, office: Office, tmp_path: Path) -> None:
    office.database.close()
    type_half_a_plan_and_die(office, tmp_path)
    assert drafts(office) == 1
    office.database.close()
    seat.sit_down("zhoumin")
    assert "上次未正常退出，已检查数据：完好。草稿 1 份待恢复。" in labels(seat.window)
    press("Ctrl+N")
    fresh = seat.form()
    strip = next(each for each in fresh.findChildren(Notice) if TITLE in each.label.text())
    seat.tab_to(strip)
    press("Space")
    seat.until(lambda: seat.page(PlanForm) is not fresh)
    form = seat.form()
    offer = form.saving.draft_strip
    assert offer is not None
    seat.tab_to(offer.take)
    press("Space")
    seat.judged(form)
    grid = form.grids["items"]
    assert form.pages["basics"].inputs["title"].value() == TITLE
    assert grid.lines.line(0)["price"] == HALF, "half-typed, not tidied, not lost"
    seat.tab_to_cell(form, "items", "price")
    press("End")
    write("56")
    press("Ctrl+S")
    seat.judged(form)
    (line,) = office.plan(form.uid).items
    assert line.price == Decimal("1234.56")
    assert drafts(office) == 0
    assert maintenance.verify(office.database).findings == ()
