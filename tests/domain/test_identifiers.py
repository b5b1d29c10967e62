"""统一社会信用代码, 组织机构代码 and 身份证 vectors."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.identifiers import (
    check_id_card,
    check_org_code,
    check_uscc,
    mask_id_card,
    organisation_part,
)

TODAY = date(2026, 11, 23)
USCC = {
    "91330100799655058B": "79965505-8",
    "9144030071526726XG": "71526726-X",
    "91110000802100433B": "80210043-3",
    "914403001922038216": "19220382-1",
    "11410000005181234C": "00518123-4",
    "12410000415800018L": "41580001-8",
    "91410100MA9X00011H": "MA9X0001-1",
}


@pytest.mark.parametrize("code", USCC)
def test_r32_credit_codes_pass(code: str) -> None:
    assert check_uscc(code) == code
    assert check_uscc(f" {code.lower()}\u3000") == code
    assert organisation_part(code) == USCC[code]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91330100799655058A", "第 18 位校验不符：按前面各位算应为“B”，现为“A”"),
        (
            "9133010079965505OB",
            "第 17 位是“O”（U+004F），此处只能是数字或大写字母（不用 I、O、S、V、Z）",
        ),
        ("9133010079965505B", "应为 18 位，现为 17 位"),
        ("", "应为 18 位，现为 0 位"),
        ("91330100799655058В", "第 18 位是“В”（U+0412）"),
        ("9133010079965505８B٣", "现为 19 位"),
        ("91330100799655058ß", "第 18 位是“ß”（U+00DF）"),
    ],
)
def test_r32_credit_codes_fail_with_place_and_reason(code: str, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_uscc(code)
    assert refused.value.code == "E1501"
    assert words in refused.value.sentence()
    assert refused.value.sentence().startswith("统一社会信用代码")


def test_r32_hidden_characters_are_named() -> None:
    with pytest.raises(BadInput, match=r"第 5 位 U\+202E") as refused:
        check_uscc("9133\u202e0100799655058B")
    assert refused.value.code == "E1502"


@given(st.sampled_from(sorted(USCC)), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGH"))
def test_r32_one_wrong_letter_is_always_caught(code: str, place: int, letter: str) -> None:
    wrong = code[:place] + letter + code[place + 1 :]
    if wrong != code:
        with pytest.raises(BadInput):
            check_uscc(wrong)


@pytest.mark.parametrize("code", USCC.values())
def test_r32_organisation_codes_pass_with_and_without_hyphen(code: str) -> None:
    assert check_org_code(code) == code
    assert check_org_code(code.replace("-", "").lower()) == code


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("79965505-9", "第 9 位校验不符：按前面各位算应为“8”"),
        ("7996550-8", "第 8 位是“-”（U+002D），此处只能是数字或大写字母"),
        ("7996550", "应为 9 位，现为 7 位"),
    ],
)
def test_r32_organisation_codes_fail(code: str, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_org_code(code)
    assert words in refused.value.sentence()


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_r32_id_cards_pass(number: str) -> None:
    assert check_id_card(number.lower(), TODAY) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("110105194912310021", "第 18 位校验不符：按前面各位算应为“X”，现为“1”"),
        ("11010519491331002X", "“19491331”不是真实的出生日期"),
        ("110105202612310020", "出生日期 2026-12-31 晚于今天"),
        ("1101051949123100XX", "第 17 位是“X”（U+0058），此处只能是数字"),
        ("11010519491231002A", "此处只能是数字或 X"),
        ("110105491231002", "应为 18 位，现为 15 位"),
    ],
)
def test_r32_id_cards_fail(number: str, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_id_card(number, TODAY)
    assert refused.value.code == "E1501"
    assert words in refused.value.sentence()


def test_id_cards_are_masked() -> None:
    assert mask_id_card("11010519491231002X") == "110105********002X"
    assert mask_id_card("12345") == "*****"
