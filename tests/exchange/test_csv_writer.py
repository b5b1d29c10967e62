"""csv out: dangerous texts are quoted, amounts stay amounts, reading gives back the same."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.exchange.csv_writer import guarded, unguarded, write_csv
from govproc_desktop.exchange.safety import Cancelled
from govproc_desktop.exchange.tables import read_table

NAUGHTY = json.loads((Path(__file__).parent / "corpus/naughty.json").read_text())


def test_writes_bom_crlf_and_guards_texts_only(tmp_path: Path) -> None:
    path = tmp_path / "出.csv"
    rows = [["=1+1", Decimal("-5.1"), -3, date(2026, 3, 2), None], ["-5", Decimal(0), 0, None, "x"]]
    assert write_csv(path, ["名", "额", "数", "日", "注"], rows) == 2
    assert path.read_bytes() == (
        "\ufeff名,额,数,日,注\r\n'=1+1,-5.10,-3,2026-03-02,\r\n'-5,0.00,0,,x\r\n".encode()
    )


@pytest.mark.parametrize("start", list("=+-@\t\r＝＋－＠"))
def test_guards_every_dangerous_start(start: str) -> None:
    assert guarded(f"{start}cmd") == f"'{start}cmd"


def test_never_rounds(tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", ["数量"], [[Decimal("1.2345")], [Decimal("1E+3")]])
    assert (tmp_path / "a.csv").read_text("utf-8-sig") == "数量\n1.2345\n1000.00\n"


@given(st.text())
def test_guard_comes_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))


def test_naughty_texts_come_back_letter_by_letter(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    write_csv(path, ["文", "尾"], [[text, "x"] for text in NAUGHTY])
    found = [row.cell(0).value() for row in read_table(path).rows]
    assert found == [text.replace("\0", "\ufffd") for text in NAUGHTY]


@given(st.lists(st.tuples(st.text(), st.decimals(-(10**9), 10**9, places=2)), min_size=1))
def test_random_cells_come_back(rows: list[tuple[str, Decimal]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.csv"
        write_csv(path, ["文", "额"], rows)
        table = read_table(path)
    found = [(row.cell(0).value(), Decimal(row.cell(1).text)) for row in table.rows]
    assert found == [(text.replace("\0", "\ufffd"), amount) for text, amount in rows]


def test_leaves_the_old_file_when_stopped_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    with pytest.raises(Cancelled):
        write_csv(path, ["a"], ([n] for n in range(2000)), cancelled=lambda: True)
    assert [item.name for item in tmp_path.iterdir()] == ["a.csv"]
    assert path.read_text() == "old"
    with pytest.raises(Unavailable, match=r"E1004 “b\.csv”没有写成"):
        write_csv(tmp_path / "none" / "b.csv", ["a"], [])
