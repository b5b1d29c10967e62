"""Typed text: outer spaces, hidden characters, length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.text import clean_text

KEPT = [
    "㐀𠮷𬎆\U0002b81d\U00031350",  # extension A, B, E, D, H
    "\U0002ebf0",  # extension I, unassigned for this Python
    "葛\U000e0100城",  # ideographic variation
    "😀👨‍👩‍👧❤️‍🔥",
    "'; DROP TABLE--%_\\{{7*7}}%s<img src=file://x>",
    "é",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_can_be_seen_is_kept_letter_by_letter(text: str) -> None:
    assert clean_text(text, 100) == text


def test_outer_spaces_go_inner_spaces_stay() -> None:
    assert clean_text("\u3000 某 局\u3000（本级）\t\r\n", 20) == "某 局\u3000（本级）"
    assert clean_text(" \u3000 ", 5) == ""


@pytest.mark.parametrize(
    ("text", "position", "character"),
    [
        ("甲乙丙丁\u202e戊", 5, "U+202E"),
        ("  甲\u200b乙", 4, "U+200B"),
        ("\ufeff甲", 1, "U+FEFF"),
        ("甲\x00", 2, "U+0000"),
        ("甲\ud800", 2, "U+D800"),
        ("王\u200d五", 2, "U+200D"),
        ("甲\n乙", 2, "U+000A"),
        ("甲\u2028乙", 2, "U+2028"),
        ("甲\u3164", 2, "U+3164"),
        ("甲\uffff", 2, "U+FFFF"),
        ("\U000e0041", 1, "U+E0041"),
    ],
)
def test_hidden_characters_are_refused_with_their_place(
    text: str, position: int, character: str
) -> None:
    with pytest.raises(BadInput) as refused:
        clean_text(text, 100)
    assert refused.value.code == "E1502"
    assert f"含不可见字符（第 {position} 位 {character}）" in refused.value.sentence()


def test_line_breaks_where_lines_are_allowed() -> None:
    assert clean_text("甲\r\n乙\r丙\n", 10, multiline=True) == "甲\n乙\n丙"


def test_a_long_text_is_refused_with_both_numbers() -> None:
    assert clean_text("甲" * 200 + " ", 200) == "甲" * 200
    with pytest.raises(BadInput) as refused:
        clean_text("甲" * 10_000, 200)
    assert refused.value.code == "E1503"
    assert refused.value.sentence() == "太长：最多 200 个字，现有 10000 个字。请删去 9800 个字。"


@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        once = clean_text(text, 40)
    except BadInput:
        return
    assert clean_text(once, 40) == once
    assert once in text
