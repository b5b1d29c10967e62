"""待办事项: the approval inbox, what one has decided, what one has sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from govproc_desktop.i18n import N_
from govproc_desktop.views.inbox.lists import make_done, make_started
from govproc_desktop.views.inbox.window import InboxWindow
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.spec import WindowSpec


def make_inbox(desk: Desk, params: dict[str, Any]) -> InboxWindow:
    """Build 待办事项; ``uid`` names the document to stand on."""
    uid = params.get("uid")
    return InboxWindow(desk, uid=UUID(str(uid)) if uid else None)


WINDOWS = (
    WindowSpec(
        id="inbox",
        title=N_("待办事项"),
        menu=N_("待办事项"),
        permission="plan.view",
        make=make_inbox,
        icon="inbox",
    ),
    WindowSpec(
        id="inbox_done",
        title=N_("已办事项"),
        menu=N_("待办事项"),
        permission="plan.view",
        make=make_done,
        icon="history",
    ),
    WindowSpec(
        id="inbox_started",
        title=N_("我发起的"),
        menu=N_("待办事项"),
        permission="plan.edit",
        make=make_started,
        icon="send",
    ),
)
