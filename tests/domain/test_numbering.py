"""Official numbers from templates."""

from __future__ import annotations

import pytest

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.numbering import (
    NumberParts,
    check_template,
    format_number,
    sequence_key,
)

PARTS = NumberParts(
    region="豫", method="招标", year=2026, sequence=1, plan_no="豫财招标采购-2026-1"
)


@pytest.mark.parametrize(
    ("template", "number"),
    [
        ("{区划简称}财{方式简称}采购-{YYYY}-{SEQ}", "豫财招标采购-2026-1"),
        ("豫政采(2){YYYY}{SEQ:4}-{包}", "豫政采(2)20260001-1"),
        ("伊政分采【{YYYY}】{SEQ:3}号", "伊政分采【2026】001号"),
        ("{计划编号}-HT{SEQ:2}", "豫财招标采购-2026-1-HT01"),
    ],
)
def test_r21_numbers_follow_the_template(template: str, number: str) -> None:
    assert format_number(template, PARTS) == number


def test_r21_a_long_sequence_stays_whole() -> None:
    parts = NumberParts(region="", method="", year=2026, sequence=12345)
    assert format_number("{YYYY}-{SEQ:4}", parts) == "2026-12345"


def test_r21_quoted_parts_are_not_read_as_tokens() -> None:
    parts = NumberParts(region="{SEQ}", method="", year=2026, sequence=7)
    assert format_number("{区划简称}{YYYY}-{SEQ}", parts) == "{SEQ}2026-7"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{YYYY}-{号}", "“号”不认识"),
        ("{YYYY}-{SEQ:0}", "“SEQ:0”不认识"),
        ("{YYYY}", "有且只有一个 {SEQ}，现有 0 个"),
        ("{YYYY}{SEQ}{SEQ:4}", "现有 2 个"),
        ("豫-{SEQ}", "须含 {YYYY}"),
        ("{YYYY}-{SEQ}}", "大括号不成对"),
        ("{YYYY-{SEQ}", "大括号不成对"),
    ],
)
def test_bad_templates_are_refused(template: str, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_template(template)
    assert words in refused.value.sentence()


def test_r21_one_sequence_per_region_method_and_year() -> None:
    shown = "{区划简称}财{方式简称}采购-{YYYY}-{SEQ}"
    one = sequence_key(shown, region="410000", method="GKZB", year=2026)
    assert one != sequence_key(shown, region="410000", method="XJ", year=2026)
    assert one != sequence_key(shown, region="410000", method="GKZB", year=2027)
    assert one != sequence_key(shown, region="411500", method="GKZB", year=2026)
    hidden = "豫政采{YYYY}{SEQ}"
    assert sequence_key(hidden, region="410000", method="GKZB", year=2026) == sequence_key(
        hidden, region="410000", method="XJ", year=2026
    )
