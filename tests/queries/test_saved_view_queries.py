from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.queries.registry import Reader
from govproc_desktop.queries.views import ViewsParams, saved_views
from govproc_desktop.services.saved_views import MOST_VIEWS, DeleteView, SaveView
from tests.office import Office


def test_views_are_ones_own(office: Office, reader_for: Callable[[str], Reader]) -> None:
    view = uuid4()
    office.do("zhoumin", SaveView(view=view, list_id="plans", name="急办", body='{"a":1}'))
    office.do("zhoumin", SaveView(view=uuid4(), list_id="plans", name="急办", body='{"a":2}'))
    office.do("zhoumin", SaveView(view=uuid4(), list_id="plans", name="大额", body="{}"))
    mine = saved_views(reader_for("zhoumin"), ViewsParams(list_id="plans"))
    assert [(row.name, row.body) for row in mine] == [("急办", '{"a":2}'), ("大额", "{}")]
    assert mine[0].uid == view
    assert saved_views(reader_for("liuyang"), ViewsParams(list_id="plans")) == []
    office.do("liuyang", DeleteView(view=view))
    office.do("zhoumin", DeleteView(view=mine[1].uid))
    left = saved_views(reader_for("zhoumin"), ViewsParams(list_id="plans"))
    assert [row.name for row in left] == ["急办"]


def test_views_are_limited_and_checked(office: Office) -> None:
    with pytest.raises(BadInput, match="E4005"):
        office.do("zhoumin", SaveView(view=uuid4(), list_id="plans", name="坏", body="{"))
    for number in range(MOST_VIEWS):
        office.do("zhoumin", SaveView(view=uuid4(), list_id="plans", name=f"视图{number}"))
    with pytest.raises(BadInput, match="30"):
        office.do("zhoumin", SaveView(view=uuid4(), list_id="plans", name="多"))
