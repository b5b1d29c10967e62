from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select

from govproc_desktop.domain.errors import BadInput, Refused
from govproc_desktop.models import Person, Plan
from govproc_desktop.queries import listing
from govproc_desktop.queries.listing import Criterion, ListSpec, Order
from govproc_desktop.queries.plans import PLAN_LIST, PLAN_QUERY
from govproc_desktop.queries.registry import QUERIES, Reader
from tests.office import FIRST_MORNING, Office

ReaderFor = Callable[[str], Reader]
NAMES = (
    "办公设备购置",
    "100%达标仪器",
    "a_b 采购",
    "A采购",
    "土壤检测试剂",
    "种质资源库改造",
    "智慧温室",
    "办公桌椅",
)


@pytest.fixture
def plans(office: Office) -> Office:
    """200 drafts of the institute, 20 of the station; days and numbers with gaps and ties."""
    with office.database.writing() as session:
        person = session.scalars(select(Person.id).where(Person.name == "周敏")).one()
        rows = []
        for at in range(220):
            unit = office.unit_id("institute" if at < 200 else "station")
            name = NAMES[at % len(NAMES)]
            rows.append(
                {
                    "uid": UUID(int=at + 1),
                    "unit_id": unit,
                    "state_since": FIRST_MORNING,
                    "author_person": person,
                    "editor_person": person,
                    "author_name": "周敏",
                    "created_at": FIRST_MORNING,
                    "saved_at": FIRST_MORNING,
                    "title": f"{name}{at:03d}",
                    "number": None if at % 3 else f"豫财询价采购-2026-{at}",
                    "year": 2026 if at % 2 else 2025,
                    "applied_on": None if at % 7 == 0 else date(2026, 1, 1 + at % 20),
                    "total": Decimal(at * 100) / 100,
                    "method": ("XJ", "GKZB", "JZCS")[at % 3],
                    "search_text": f"{name}{at:03d} bgsb{at:03d}".lower(),
                }
            )
        session.execute(insert(Plan), rows)
        session.commit()
    return office


def titles(rows: list[listing.Row]) -> list[str]:
    return [row[PLAN_QUERY.places["title"]] for row in rows]


def everything(reader: Reader, spec: ListSpec, *, limit: int = 37) -> list[listing.Row]:
    made: list[listing.Row] = []
    while block := listing.page(reader, PLAN_QUERY, spec, offset=len(made), limit=limit):
        made += block
    return made


def test_first_page_is_one_statement(
    plans: Office, reader_for: ReaderFor, list_statements: list[str]
) -> None:
    rows = listing.page(reader_for("zhoumin"), PLAN_LIST, ListSpec())
    assert len(list_statements) == 1
    assert len(rows) == listing.PAGE
    assert titles(rows)[0] == f"{NAMES[199 % 8]}199"
    record = PLAN_LIST.record(rows[0])
    assert record["total"] == Decimal("199.00")
    assert record["applied_on"] == date(2026, 1, 1 + 199 % 20)
    assert record["uid"] == str(UUID(int=200))


@pytest.mark.parametrize(
    "order",
    [
        (),
        (Order(field="applied_on", descending=True),),
        (Order(field="applied_on"),),
        (Order(field="title"),),
        (Order(field="unit"), Order(field="total", descending=True)),
        (Order(field="number"),),
    ],
)
def test_pages_from_both_ends_agree(
    plans: Office, reader_for: ReaderFor, order: tuple[Order, ...]
) -> None:
    reader, spec = reader_for("linlan"), ListSpec(order=order)
    whole = listing.page(reader, PLAN_QUERY, spec, limit=1000)
    assert len(whole) == 220
    assert everything(reader, spec) == whole
    for offset in (0, 1, 64, 110, 111, 130, 200, 219, 220):
        far = listing.page(reader, PLAN_QUERY, spec, offset=offset, limit=50, known=220)
        assert far == whole[offset : offset + 50]
    assert list(listing.ids(reader, PLAN_QUERY, spec)) == [row[0] for row in whole]


@pytest.mark.parametrize("descending", [True, False])
def test_missing_values_come_last(plans: Office, reader_for: ReaderFor, descending: bool) -> None:
    spec = ListSpec(order=(Order(field="applied_on", descending=descending),))
    days = [
        row[PLAN_QUERY.places["applied_on"]]
        for row in listing.page(reader_for("linlan"), PLAN_QUERY, spec, limit=500)
    ]
    gaps = sum(1 for each in days if each is None)
    assert gaps == 32
    assert days[-gaps:] == [None] * gaps
    known = days[:-gaps]
    assert known == sorted(known, reverse=descending)


def test_data_scope_always_applies(
    plans: Office, reader_for: ReaderFor, list_statements: list[str]
) -> None:
    assert listing.count(reader_for("zhoumin"), PLAN_QUERY, ListSpec()) == 200
    assert listing.count(reader_for("liuyang"), PLAN_QUERY, ListSpec()) == 20
    assert listing.count(reader_for("sunli"), PLAN_QUERY, ListSpec()) == 220
    assert len(list_statements) == 3
    keys = list(listing.ids(reader_for("linlan"), PLAN_QUERY, ListSpec()))
    assert len(listing.rows_for(reader_for("liuyang"), PLAN_QUERY, keys)) == 20


def test_permission_is_asked(plans: Office, reader_for: ReaderFor) -> None:
    with pytest.raises(Refused, match="E1305"):
        listing.page(reader_for("admin"), PLAN_QUERY, ListSpec())


@pytest.mark.parametrize(
    ("search", "count"),
    [
        ("办公", 55),
        ("办公 设备", 28),
        ("%", 28),
        ("100%", 28),
        ("a_b", 28),
        ("_", 28),
        ("A采购", 28),
        ("a采购", 28),
        ("BGSB013", 1),
        ("\\", 0),
        ("没有的", 0),
        ("\0办公\ud800", 55),
    ],
)
def test_search_takes_signs_as_they_are(
    plans: Office, reader_for: ReaderFor, search: str, count: int
) -> None:
    reader, spec = reader_for("linlan"), ListSpec(search=search)
    assert listing.count(reader, PLAN_QUERY, spec) == count
    assert len(listing.page(reader, PLAN_QUERY, spec, limit=500)) == count


def test_filters_and_sums(plans: Office, reader_for: ReaderFor, list_statements: list[str]) -> None:
    spec = ListSpec(
        filters=(
            Criterion(name="year", values=("2026",)),
            Criterion(name="method", values=("XJ", "JZCS")),
            Criterion(name="total", low="10.00", high="50"),
            Criterion(name="unit", values=(str(plans.units["institute"]),)),
        )
    )
    wanted = [at for at in range(10, 51) if at % 2 and at % 3 != 1]
    found = listing.totals(reader_for("linlan"), PLAN_QUERY, spec)
    assert found.count == len(wanted)
    assert found.sums["total"] == Decimal(sum(wanted))
    assert len(list_statements) == 1
    days = Criterion(name="applied_on", low="2026-01-05", high="2026-01-06")
    rows = listing.page(reader_for("linlan"), PLAN_QUERY, ListSpec(filters=(days,)), limit=500)
    assert {row[PLAN_QUERY.places["applied_on"]] for row in rows} == {"2026-01-05", "2026-01-06"}
    one_sided = Criterion(name="total", low="219")
    assert listing.count(reader_for("linlan"), PLAN_QUERY, ListSpec(filters=(one_sided,))) == 1
    imports = Criterion(name="import_goods", values=("no",))
    assert listing.count(reader_for("linlan"), PLAN_QUERY, ListSpec(filters=(imports,))) == 220


@pytest.mark.parametrize(
    "spec",
    [
        ListSpec(order=(Order(field="id; DROP TABLE plan"),)),
        ListSpec(filters=(Criterion(name="1=1 --", values=("x",)),)),
        ListSpec(filters=(Criterion(name="year", values=("二〇二六",)),)),
        ListSpec(filters=(Criterion(name="total", low="1e5"),)),
    ],
)
def test_unknown_names_and_values_are_refused(
    plans: Office, reader_for: ReaderFor, spec: ListSpec
) -> None:
    with pytest.raises(BadInput):
        listing.page(reader_for("linlan"), PLAN_QUERY, spec)


def test_rows_for_keeps_the_order_asked(
    plans: Office, reader_for: ReaderFor, list_statements: list[str]
) -> None:
    reader = reader_for("linlan")
    keys = list(listing.ids(reader, PLAN_QUERY, ListSpec()))[::-1]
    rows = listing.rows_for(reader, PLAN_QUERY, [keys[5], 10**9, keys[1]])
    assert [row[0] for row in rows] == [keys[5], keys[1]]
    assert len(list_statements) == 1
    assert len(list(listing.stream(reader, PLAN_QUERY, ListSpec()))) == 220


def test_the_command_line_reads_the_same_list(plans: Office, reader_for: ReaderFor) -> None:
    spec = QUERIES["plan.query"]
    answer = spec.run(reader_for("liuyang"), spec.params(limit=3, search="办公"))
    assert answer["count"] == 5
    assert len(answer["rows"]) == 3
    assert answer["rows"][0]["unit"] == "河南省土壤肥料站"
    assert answer["sums"]["total"] == sum(Decimal(at) for at in range(200, 220) if at % 8 in (0, 7))


def test_a_statement_is_built_once_a_shape(plans: Office, reader_for: ReaderFor) -> None:
    from govproc_desktop.queries.listing import statements

    reader = reader_for("linlan")
    listing.page(reader, PLAN_QUERY, ListSpec(search=uuid4().hex))
    before = statements.page_sql.cache_info().misses
    for _each in range(5):
        listing.page(reader, PLAN_QUERY, ListSpec(search=uuid4().hex))
    assert statements.page_sql.cache_info().misses == before


def test_a_common_word_is_found_at_the_top_and_a_rare_one_everywhere(
    plans: Office, reader_for: ReaderFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from govproc_desktop.queries.listing import statements

    reader = reader_for("linlan")
    filters = (Criterion(name="year", values=("2026",)),)
    for order in ((), (Order(field="applied_on"),), (Order(field="unit"), Order(field="number"))):
        spec = ListSpec(search="办公 bgsb", filters=filters, order=order)
        whole = listing.page(reader, PLAN_QUERY, spec, limit=1000)
        assert len(whole) == 27
        for near in (3, 60, 500):
            monkeypatch.setattr(statements, "NEAR", near)
            assert listing.page(reader, PLAN_QUERY, spec, limit=10) == whole[:10]
        assert listing.page(reader, PLAN_QUERY, spec, offset=10, limit=50) == whole[10:]
