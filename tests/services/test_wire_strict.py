"""JSON from outside is taken strictly or not at all; a command survives the trip unchanged."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.domain.errors import AppError, BadInput
from govproc_desktop.domain.fields import Code, Money, Name, Note, Quantity
from govproc_desktop.domain.plan.content import FundKind
from govproc_desktop.services import wire
from govproc_desktop.services.proper import demand_proper

UID = UUID("58d0e462-03ec-5a46-998d-c9b83636a187")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the sample."""

    amount: Money | None = None
    count: Quantity | None = None


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A command with every kind of field."""

    uid: UUID
    name: Name
    code: Code = ""
    note: Note = ""
    kind: FundKind = FundKind.PUBLIC
    flag: bool = False
    number: int = 0
    day: date | None = None
    lines: tuple[Line, ...] = ()
    body: bytes = b""


FULL = Sample(
    uid=UID, name="河南䶮㛃研究院", code="X-1", note="甲\n乙", kind=FundKind.OTHER, flag=True,
    number=7, day=date(2026, 2, 28), body=b"\0\xff",
    lines=(Line(amount=Decimal("1234.50"), count=Decimal("0.0001")), Line()),
)  # fmt: skip


def load(**changes: Any) -> Sample:
    return wire.load(Sample, {"uid": str(UID), "name": "x", **changes})


def refusal(**changes: Any) -> str:
    with pytest.raises(BadInput) as caught:
        load(**changes)
    assert caught.value.code
    return str(caught.value)


def test_there_and_back_without_loss() -> None:
    text = wire.canonical(FULL)
    assert wire.load(Sample, wire.parse_json(text)) == FULL
    assert wire.canonical(wire.load(Sample, wire.parse_json(text))) == text
    assert '"amount":"1234.50"' in text


def test_canonical_text_does_not_depend_on_the_order_of_keys() -> None:
    assert wire.canonical({"b": 1, "a": 2}) == wire.canonical({"a": 2, "b": 1}) == '{"a":2,"b":1}'


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1.5}', '{"a": 1e3}', '{"a": NaN}', '{"a": Infinity}', '{"a": -Infinity}',
        '{"a": 1, "a": 2}', '{"x": {"a": 1, "a": 1}}', "{", "", "nul", '{"a": 1} x', "{'a': 1}",
        "[" * 18 + "]" * 18, "[" * 100_000 + "]" * 100_000, '{"a":' * 50 + "1" + "}" * 50,
        "9" * 5000,
    ],
)  # fmt: skip
def test_e4005_json_that_is_not_taken(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        wire.parse_json(text)
    assert caught.value.code == "E4005"


def test_sixteen_levels_inside_the_outermost_are_taken() -> None:
    assert wire.parse_json("[" * 17 + "]" * 17)


def test_unknown_and_missing_fields_are_named() -> None:
    assert "不认识的字段：sql" in refusal(sql="x")
    with pytest.raises(BadInput, match="缺少字段：uid、name"):
        wire.load(Sample, {})


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"uid": "7"}, "uid"),
        ({"uid": 7}, "uid"),
        ({"uid": None}, "uid"),
        ({"name": 7}, "name"),
        ({"name": None}, "name"),
        ({"name": ["x"]}, "name"),
        ({"flag": 1}, "flag"),
        ({"flag": "true"}, "flag"),
        ({"number": True}, "number"),
        ({"number": "7"}, "number"),
        ({"day": "2026-02-30"}, "day"),
        ({"day": "2026-2-3"}, "day"),
        ({"day": "20260203"}, "day"),
        ({"day": "二〇二六"}, "day"),
        ({"kind": "cash"}, "kind"),
        ({"lines": {}}, "lines"),
        ({"lines": [7]}, "lines.0"),
        ({"lines": [{}, {"amount": 5}]}, "lines.1.amount"),
        ({"lines": [{"amount": "-5"}]}, "lines.0.amount"),
        ({"lines": [{"amount": "0"}]}, "lines.0.amount"),
        ({"lines": [{"amount": "1e3"}]}, "lines.0.amount"),
        ({"lines": [{"amount": "NaN"}]}, "lines.0.amount"),
        ({"lines": [{"amount": "1_000"}]}, "lines.0.amount"),
        ({"lines": [{"amount": "1.234"}]}, "lines.0.amount"),
        ({"lines": [{"amount": "1,23,4"}]}, "lines.0.amount"),
        ({"lines": [{"amount": "9" * 5000}]}, "lines.0.amount"),
        ({"lines": [{"count": "0.00001"}]}, "lines.0.count"),
        ({"body": "§"}, "body"),
    ],
)
def test_wrong_values_name_their_path(changes: dict[str, Any], path: str) -> None:
    assert path in refusal(**changes)


@pytest.mark.parametrize("hidden", ["\u202e", "\u200b", "\0", "\ud800", "\u2066"])
def test_e1502_invisible_characters(hidden: str) -> None:
    assert "E1502" in refusal(name=f"单位{hidden}名")


def test_e1503_too_long() -> None:
    assert "E1503" in refusal(name="长" * 201)
    assert load(name="长" * 200).name == "长" * 200


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE--", "%", "_", "\\", "{{7*7}}", "%s", "<img src=file://x>", "𬭚", "{0}"]
)
def test_odd_but_honest_text_is_kept_letter_by_letter(text: str) -> None:
    assert load(name=text).name == text


def test_a_refusal_that_quotes_braces_still_reads() -> None:
    assert "{x}" in refusal(day="{x}")


def test_the_schema_says_what_is_taken() -> None:
    made = wire.schema(Sample)
    assert made["required"] == ["uid", "name"]
    assert made["additionalProperties"] is False
    assert made["properties"]["name"]["maxLength"] == 200
    assert made["properties"]["kind"]["enum"] == ["fund_plan", "public", "other"]
    amount = made["properties"]["lines"]["items"]["properties"]["amount"]
    assert amount["anyOf"][0]["type"] == "string"
    json.dumps(made)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*Sample.__dataclass_fields__, "x"]), JSON))
def test_whatever_comes_is_loaded_or_refused_never_a_crash(data: dict[str, Any]) -> None:
    try:
        made = wire.load(Sample, data)
    except AppError as fault:
        said = fault.sentence()
    else:
        said = ""
        assert wire.load(Sample, wire.dump(made)) == made
    assert "Traceback" not in said


@given(st.binary(max_size=200))
def test_any_bytes_as_json(data: bytes) -> None:
    code = "E4005"
    try:
        wire.parse_json(data.decode("utf-8", "replace"))
    except BadInput as fault:
        code = fault.code
    assert code == "E4005"


@pytest.mark.parametrize(
    "typed", ["2026-02-30", "2026-W01-1", "0001-01-01", "2200-01-01", "2026-1-2", "二〇二六"]
)
def test_e1504_what_is_no_day_is_said_with_the_way_to_write_it(typed: str) -> None:
    found = refusal(day=typed)
    assert found == (
        f"E1504 day 的“{typed}”不是日期。请写成 2026-11-23，年份在 1900 到 2199 之间。"
    )


def test_whole_numbers_no_column_holds_are_refused() -> None:
    assert load(number=2**31 - 1).number == 2**31 - 1
    for number in (2**31, -(2**31), 10**30):
        assert "number 的数太大" in refusal(number=number)


def test_broken_json_is_told_in_chinese() -> None:
    with pytest.raises(BadInput, match="E4005 不是合格的 JSON：第 2 行第 3 个字符处读不懂"):
        wire.parse_json('{"a":\n  x}')
    with pytest.raises(BadInput, match="整数太长"):
        wire.parse_json("9" * 5000)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "甲\u202e乙"}, "E1502"),
        ({"name": "甲\u3164"}, "E1502"),
        ({"note": "\ud800"}, "E1502"),
        ({"name": "甲\n乙"}, "E1502"),
        ({"name": "长" * 201}, "E1503"),
        ({"number": 10**30}, "E4005"),
        ({"day": date(1, 1, 1)}, "E1504"),
    ],
)
def test_a_command_built_in_the_program_is_judged_like_one_from_json(
    changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(BadInput) as caught:
        demand_proper(replace(FULL, **changes))
    assert caught.value.code == code


def test_what_is_rare_or_spaced_passes_the_door() -> None:
    demand_proper(replace(FULL, name="河南䶮㛃\u3000𠮷 😀", note="甲\n\t乙"))
    demand_proper(FULL)


@dataclass(frozen=True, kw_only=True)
class Loose:
    """A query's parameters: a text without a mark."""

    search: str = ""


@pytest.mark.parametrize("bad", ["甲\0", "甲\ud800"])
def test_e1502_no_text_reaches_the_database_that_it_cannot_hold(bad: str) -> None:
    with pytest.raises(BadInput, match="E1502 search：含不可见字符（第 2 位"):
        wire.load(Loose, {"search": bad})
    assert wire.load(Loose, {"search": "𠮷 %_\\\n"}).search == "𠮷 %_\\\n"
