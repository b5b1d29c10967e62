"""The filing story of the manual, run as it stands there, ends with a number on paper."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

STORY = Path(__file__).resolve().parents[2] / "docs" / "story" / "filing.sh"


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(shutil.which("sh") is None, reason="the story is a shell script")
def test_the_story_files_a_plan_and_prints_its_number(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "GOVPROC": f"{sys.executable} -m govproc_desktop",
        "GOVPROC_HOME": str(tmp_path / "home"),
    }
    run = subprocess.run(
        ["sh", str(STORY), str(tmp_path)],
        env=environment,
        cwd=STORY.parents[2],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=280,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    told = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]

    number = (tmp_path / "number.txt").read_text("utf-8").strip()
    assert number == "豫财磋商采购-2026-1"
    assert number in paper(tmp_path / "备案表.pdf")

    tried, taken, again = [each for each in told if "rows_refused" in each]
    assert (tried["written"], taken["written"], again["written"]) == (1, 1, 0)
    assert again["unchanged"] == 1
    refusals = [each["refused"] for each in told if set(each) == {"refused"}]
    assert [each[0]["code"] for each in refusals] == ["E1301"]
    approved = [each["result"] for each in told if each.get("done") == "plan.approve"]
    assert [each["number"] for each in approved] == [None, None, number]
    (funds,) = [each for each in told if "sums" in each]
    assert funds["rows"][0]["filed"] == "4600000.00"
    assert funds["rows"][0]["plannable"] == "400000.00"
    assert told[-1]["sound"] is True


def paper(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        texts = []
        for page in document:
            words = page.get_textpage()
            texts.append(words.get_text_bounded())
            words.close()
            page.close()
        return "\n".join(texts)
    finally:
        document.close()
