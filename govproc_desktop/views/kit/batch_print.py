"""Print many documents at once: one preview over all, with progress and a way to stop."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.i18n import N_, _
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.preview import PreviewWindow, show_preview

MOST = 1000


def print_many(desk: Desk, *, form: str, documents: Sequence[UUID]) -> PreviewWindow | None:
    """Open the preview of a batch; nothing selected or too much is said instead."""
    if not documents:
        desk.asker.error(BadInput(N_("没有要打印的单据，请先在列表中选中。")))
        return None
    if len(documents) > MOST:
        desk.asker.error(
            BadInput(
                N_("选中了 {count} 份，一次最多打印 {most} 份。请分几次选。"),
                {"count": len(documents), "most": MOST},
            )
        )
        return None
    title = _("批量打印 {count} 份").format(count=len(documents))
    return show_preview(desk, form=form, documents=documents, title=title)
