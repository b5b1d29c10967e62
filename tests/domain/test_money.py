"""Amounts: grammar, fen, shown text and capital figures."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.domain import money
from govproc_desktop.domain.errors import BadInput

FEN = st.integers(min_value=0, max_value=99_999_999_999_999)
POSITIVE_FEN = st.integers(min_value=1, max_value=99_999_999_999_999)

READ = {
    "1": "1.00",
    "1234.5": "1234.50",
    "1,234.50": "1234.50",
    "12,345,678.90": "12345678.90",
    "  88.00 ": "88.00",
    "\u3000１２３．４５\u3000": "123.45",
    "１，２３４．５": "1234.50",
    "¥1,000": "1000.00",
    "￥ 20": "20.00",
    "0.01": "0.01",
    "007.50": "7.50",
    "999,999,999,999.99": "999999999999.99",
}

UNREADABLE = [
    "", " ", "¥", "abc", "1e400", "1E2", "NaN", "Infinity", "inf", "1_000", "壹万", "1,23,4",
    "1234,567", ",123", "1,234,", "1,2345", "1.2.3", ".5", "5.", "+5", "1 000", "100元", "٣",
    "1,234,567,89.00", "¥¥5", "--5", "9" * 5000, "\x00", "\ud800", "５e３", "1\u200b0",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "value"), READ.items())
def test_typed_amounts_are_read(typed: str, value: str) -> None:
    assert str(money.parse_money(typed)) == value


@pytest.mark.parametrize("typed", UNREADABLE)
def test_r4_other_texts_are_refused_with_the_way_to_write_it(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        money.parse_money(typed)
    sentence = refused.value.sentence()
    assert refused.value.code == "E1201"
    assert "1,234.50" in sentence
    assert "大于 0、最多两位小数、不超过 999,999,999,999.99" in sentence
    assert len(sentence) < 130
    sentence.encode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12.345", "最多两位小数"),
        ("12.340", "最多两位小数"),
        ("-1", "须大于 0"),
        ("−1", "须大于 0"),
        ("－1,000.00", "须大于 0"),
        ("-¥5", "须大于 0"),
        ("0", "须大于 0"),
        ("0.00", "须大于 0"),
        ("1000000000000", "不超过 999,999,999,999.99"),
    ],
)
def test_r4_each_refusal_says_its_own_reason(typed: str, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        money.parse_money(typed)
    assert words in refused.value.sentence()
    assert f"“{typed}”" in refused.value.sentence()


def test_a_long_text_is_shortened_to_thirty_characters() -> None:
    with pytest.raises(BadInput) as refused:
        money.parse_money("甲" * 31)
    assert refused.value.params["typed"] == "甲" * 30 + "…"


def test_zero_only_where_it_is_allowed() -> None:
    assert str(money.parse_money("0", allow_zero=True)) == "0.00"
    with pytest.raises(BadInput, match="不能小于 0"):
        money.parse_money("-1", allow_zero=True)
    assert str(money.check_money(Decimal("-0"), allow_zero=True)) == "0.00"


@pytest.mark.parametrize("value", ["1E+2", "100", "100.000"])
def test_typed_values_get_two_places(value: str) -> None:
    assert str(money.check_money(Decimal(value))) == "100.00"


@pytest.mark.parametrize("value", ["0", "-1", "1.001", "NaN", "sNaN", "Infinity", "1E400", "1E-9"])
def test_r4_typed_values_obey_the_same_limits(value: str) -> None:
    with pytest.raises(BadInput) as refused:
        money.check_money(Decimal(value))
    assert refused.value.code == "E1201"


@given(POSITIVE_FEN)
def test_shown_amounts_read_back(fen: int) -> None:
    amount = money.from_fen(fen)
    assert money.to_fen(amount) == fen
    assert money.parse_money(money.money_text(amount)) == amount
    assert money.check_money(amount) == amount


def test_fen_refuse_a_third_place() -> None:
    assert money.to_fen(Decimal("-12.30")) == -1230
    for value in ("0.001", "NaN", "1000000000000"):
        with pytest.raises(BadInput):
            money.to_fen(Decimal(value))


def test_a_small_decimal_context_changes_nothing() -> None:
    with localcontext() as context:
        context.prec = 3
        assert str(money.check_money(money.MAX)) == "999999999999.99"
        assert money.to_fen(money.MAX) == 99_999_999_999_999
        assert money.from_fen(99_999_999_999_999) == money.MAX
        assert money.subtotal(Decimal("2"), Decimal("123456.78")) == Decimal("246913.56")


def test_negative_amounts_are_shown_with_a_minus_sign() -> None:
    assert money.money_text(Decimal("-1234.5")) == "\u22121,234.50"
    assert money.money_text(Decimal("-0.05")) == "\u22120.05"
    assert money.money_text(Decimal("-0")) == "0.00"


@pytest.mark.parametrize(
    ("quantity", "price", "result"),
    [
        ("3", "0.335", "1.01"),
        ("1", "0.005", "0.01"),
        ("1", "0.0049", "0.00"),
        ("1.5", "3.33", "5.00"),
    ],
)
def test_r5_subtotals_round_half_up(quantity: str, price: str, result: str) -> None:
    assert str(money.subtotal(Decimal(quantity), Decimal(price))) == result


def test_r5_a_subtotal_above_the_limit_is_refused() -> None:
    with pytest.raises(BadInput, match="太大"):
        money.subtotal(Decimal("999999999"), Decimal("999999999"))


def test_quantities() -> None:
    assert money.parse_quantity("１２.5") == Decimal("12.5")
    assert money.quantity_text(Decimal("1200.5000")) == "1,200.5"
    assert money.quantity_text(Decimal("1E+3")) == "1,000"
    for typed in ("0", "-1", "1.23456", "1e3", "", "1000000000"):
        with pytest.raises(BadInput) as refused:
            money.parse_quantity(typed)
        assert "最多四位小数" in refused.value.sentence()


CAPITALS = {
    "1409.50": "壹仟肆佰零玖元伍角整",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "107000.53": "壹拾万零柒仟元伍角叁分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "0": "零元整",
    "0.05": "伍分",
    "0.50": "伍角整",
    "10": "壹拾元整",
    "15": "壹拾伍元整",
    "100000": "壹拾万元整",
    "105000": "壹拾万零伍仟元整",
    "1005000": "壹佰万零伍仟元整",
    "10010000": "壹仟零壹万元整",
    "100000000": "壹亿元整",
    "100010000": "壹亿零壹万元整",
    "1000000001": "壹拾亿零壹元整",
    "1010000000": "壹拾亿零壹仟万元整",
    "100200300": "壹亿零贰拾万零叁佰元整",
    "1003004.07": "壹佰万零叁仟零肆元零柒分",
    "300001": "叁拾万零壹元整",
    "99999999999.99": "玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
    "-500": "负伍佰元整",
}


@pytest.mark.parametrize(("amount", "words"), CAPITALS.items())
def test_r56_capital_figures(amount: str, words: str) -> None:
    assert money.rmb_upper(Decimal(amount)) == words


def test_r56_a_third_place_is_an_error() -> None:
    with pytest.raises(BadInput):
        money.rmb_upper(Decimal("0.001"))


def _read_capitals(words: str) -> int:
    """Read capital figures back to fen."""
    units = {"拾": 10, "佰": 100, "仟": 1000}
    total = group = digit = fen = 0
    for char in words.removeprefix("负").removesuffix("整"):
        if char in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(char)
        elif char in units:
            group, digit = group + digit * units[char], 0
        elif char in "万亿元":
            total += (group + digit) * {"万": 10**4, "亿": 10**8, "元": 1}[char]
            group = digit = 0
        else:
            fen, digit = fen + digit * (10 if char == "角" else 1), 0
    return (total * 100 + fen) * (-1 if words.startswith("负") else 1)


@given(FEN)
def test_r56_capital_figures_read_back(fen: int) -> None:
    words = money.rmb_upper(money.from_fen(fen))
    assert _read_capitals(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "分"))
    assert not (words.endswith("整") and "分" in words)
    if fen:
        assert _read_capitals(money.rmb_upper(money.from_fen(-fen))) == -fen
