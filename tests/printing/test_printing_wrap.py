"""Lines fit, lose nothing, and end where Chinese typesetting allows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.printing.fonts import body_face
from govproc_desktop.printing.layout.wrap import NO_END, NO_START, text_width, wrap

TEXT = st.text("甲乙丙，。（）《》“”、；abcXYZ0123 /-.,\n", max_size=200)


def broken(text: str, width: float) -> list[str]:
    return wrap(text, body_face(), size=10, width=width)


@given(TEXT, st.integers(10, 300))
def test_nothing_is_lost_and_every_line_fits(text: str, width: int) -> None:
    lines = broken(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert text_width(line, body_face(), 10) <= width or len(line) == 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("采购实施计划", ["采购实施", "计划"]),
        ("采购计划，备案", ["采购计", "划，备案"]),
        ("采购计（备案）", ["采购计", "（备案）"]),
        ("采购 GB/T 981", ["采购", "GB/T", "981"]),
        ("甲\n\n乙", ["甲", "", "乙"]),
        ("ABCDEFGHIJKLM", ["ABCDEF", "GHIJKL", "M"]),
    ],
)
def test_lines_end_where_they_may(text: str, lines: list[str]) -> None:
    assert broken(text, 42) == lines


def test_no_mark_is_both_opening_and_closing() -> None:
    assert not NO_START & NO_END
