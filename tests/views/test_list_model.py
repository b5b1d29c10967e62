from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from govproc_desktop.models.engine import Database
from govproc_desktop.queries.listing import PAGE, ListSpec, Order, Totals
from govproc_desktop.queries.plans import PLAN_QUERY
from govproc_desktop.views.kit import fmt, list_model
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.list_model import SqlListModel
from govproc_desktop.views.kit.roles import Kind, Role
from govproc_desktop.views.kit.spec import Column
from tests.views.list_ground import desk_for, office_with_plans

TITLE = Column("title", "名称", kind=Kind.TWO_LINE, second="number")
TOTAL = Column("total", "金额", kind=Kind.MONEY, show=fmt.fen, total=True)
METHOD = Column("method", "方式", codes="methods")
UP = ListSpec(order=(Order(field="total"),))


@pytest.fixture
def desk(sqlite_database: Database, qapp: object) -> Iterator[Desk]:
    made = desk_for(office_with_plans(sqlite_database), late=True)
    yield made
    made.tasks.close()


@pytest.fixture
def model(desk: Desk) -> SqlListModel:
    made = SqlListModel(desk, PLAN_QUERY)
    made.set_columns((TITLE, TOTAL, METHOD))
    return made


def text(model: SqlListModel, row: int, column: int) -> str:
    return str(model.index(row, column).data())


def settle(desk: Desk, model: SqlListModel) -> None:
    assert desk.tasks.wait()
    for _turn in range(5):
        desk.tasks.wait(50)


def test_first_page_then_count_then_any_page(desk: Desk, model: SqlListModel, qtbot: QtBot) -> None:
    seen: list[Totals] = []
    model.summed.connect(seen.append)
    with qtbot.waitSignal(model.loaded):
        model.load(UP)
    assert model.rowCount() == PAGE
    assert text(model, 0, 1) == "计划000"
    settle(desk, model)
    assert model.rowCount() == 300
    assert fmt.money(seen[-1].sums["total"]) == "44,850.00"
    assert text(model, 250, 1) == list_model.WAITING
    assert model.index(250, 2).data() is None
    qtbot.waitUntil(lambda: text(model, 250, 1) == "计划250")
    assert text(model, 250, 2) == "250.00"
    assert model.index(250, 2).data(Role.RAW) == 25_000
    assert model.index(250, 1).data(Role.KEY) == "00000000-0000-0000-0000-0000000000fb"


def test_answers_of_an_older_question_are_dropped(desk: Desk, model: SqlListModel) -> None:
    model.load(UP)
    model.load(ListSpec(search="jh007"))
    settle(desk, model)
    assert (model.rowCount(), text(model, 0, 1)) == (1, "计划007")


def test_columns_and_names_that_arrive_late_rewrite_the_rows(
    desk: Desk, model: SqlListModel
) -> None:
    model.load(UP)
    model.set_columns((METHOD,))
    model.set_names({"methods": {"GKZB": "公开招标"}})
    settle(desk, model)
    assert model.columnCount() == 2
    assert [text(model, row, 1) for row in (0, 1)] == ["公开招标", "XJ"]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "方式"


def test_a_dragged_scroll_bar_reads_only_where_it_stops(
    desk: Desk, model: SqlListModel, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    model.load(UP)
    settle(desk, model)
    read: list[int] = []
    real = list_model.listing.page

    def page(*args: object, **more: int) -> object:
        read.append(more.get("offset", 0) // PAGE)
        return real(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(list_model.listing, "page", page)
    for row in (70, 130, 200, 260):
        model.line(row)
    qtbot.waitUntil(lambda: model.line(260) is not None)
    settle(desk, model)
    assert read[0] == 4
    assert 1 not in read


def test_few_pages_are_kept(
    desk: Desk, model: SqlListModel, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(list_model, "CACHE", 2)
    model.load(UP)
    settle(desk, model)
    for row in (70, 140, 210):
        model.line(row)
        qtbot.waitUntil(lambda row=row: model.line(row) is not None)
    assert len(model._pages) == 2


def test_refresh_keeps_rows_and_follows_the_count(desk: Desk, model: SqlListModel) -> None:
    model.load(UP)
    settle(desk, model)
    with desk.context.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM plan WHERE total < 1000")
        session.commit()
    model.refresh([0, 280])
    settle(desk, model)
    assert model.rowCount() == 290
    assert text(model, 0, 1) == "计划010"
    assert text(model, 280, 1) == "计划290"
    assert model.rows_of({"00000000-0000-0000-0000-00000000000b"}) == [0]


def test_model_keeps_qts_rules(desk: Desk, model: SqlListModel, qtmodeltester: ModelTester) -> None:
    model.load(UP)
    settle(desk, model)
    qtmodeltester.check(model)
