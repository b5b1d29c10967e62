from __future__ import annotations

from uuid import uuid4

import pytest

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.models.engine import Database
from govproc_desktop.queries.documents import sheet
from govproc_desktop.queries.home import FindPaper, find_paper
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services.plans import SavePlan
from govproc_desktop.services.print_log import NotePrint
from govproc_desktop.views.palette.entries import paper_entries
from tests.office import make_office


def test_a_code_leads_to_its_version_and_says_whether_paper_agrees(database: Database) -> None:
    office = make_office(database)
    uid = uuid4()
    content = office.content(own="12000.00", title="办公设备购置")
    office.do("zhoumin", SavePlan(plan=uid, content=content))
    reader = Reader(database, office.actor("zhoumin"), office.clock())
    paper = sheet(reader, "F-01", uid)
    note = NotePrint(
        form="F-01",
        document=uid,
        version=paper.version,
        record_hash=paper.record_hash,
        short_code=paper.short_code,
    )
    office.do("zhoumin", note)
    (hit,) = find_paper(reader, FindPaper(code=paper.short_code.lower()))
    assert (hit.document, hit.version, hit.current) == (uid, paper.version, True)
    office.clock.move(minutes=5)
    saved = SavePlan(plan=uid, content=office.content(own="13000.00"), seen_version=1)
    office.do("zhoumin", saved)
    (hit,) = find_paper(reader, FindPaper(code=paper.short_code))
    assert not hit.current
    (entry,) = paper_entries((hit,))
    assert "纸面不是最新" in entry.note
    assert entry.params == {"uid": uid, "version": paper.version}
    other = Reader(database, office.actor("liuyang"), office.clock())
    assert find_paper(other, FindPaper(code=paper.short_code)) == ()


def test_a_slip_in_a_code_is_said(database: Database) -> None:
    office = make_office(database)
    reader = Reader(database, office.actor("zhoumin"), office.clock())
    with pytest.raises(BadInput):
        find_paper(reader, FindPaper(code="JH00-0000-01"))
