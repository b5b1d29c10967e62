"""Blocks from the clipboard: quoted cells, line ends, and what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.views.kit.paste import MOST_ROWS, parse_cells


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\r\nc\td\r\n", (("a", "b"), ("c", "d"))),
        ("a", (("a",),)),
        ("", ()),
        ("\n\n", ()),
        ('"两行\n文字"\t2', (("两行\n文字", "2"),)),
        ('"说""好""的"\tx', (('说"好"的', "x"),)),
        ('24" 屏\t3', (('24" 屏', "3"),)),
        ('"没有收尾\t3', (('"没有收尾', "3"),)),
        ('""\t1', (("", "1"),)),
        ("a\t\tb", (("a", "", "b"),)),
        ("a\rb", (("a",), ("b",))),
    ],
)
def test_cells_come_out_as_excel_put_them_in(text: str, cells: object) -> None:
    assert parse_cells(text) == cells


def test_no_more_rows_than_a_form_can_hold() -> None:
    assert len(parse_cells("x\n" * (MOST_ROWS + 5))) == MOST_ROWS


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\r", codec="utf-8"), max_size=8),
                 min_size=2, max_size=3),
        min_size=1, max_size=5,
    )
)  # fmt: skip
def test_a_quoted_block_comes_back_whole(rows: list[list[str]]) -> None:
    body = [[*row[:-1], "x" + row[-1]] for row in rows]
    text = "\n".join("\t".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in body)
    assert parse_cells(text) == tuple(tuple(row) for row in body)


@given(st.text(max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    for row in parse_cells(text):
        assert all(isinstance(cell, str) for cell in row)
