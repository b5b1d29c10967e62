"""Two cards of the home page: what was typed and not saved, and what has to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.queries.home import KeptDraft
from govproc_desktop.views.home.rows import Line
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import RIGHT, draw_text
from govproc_desktop.views.kit.widgets import Button, Card, IconLabel, Label

_LINK = 76


class KeptLine(Line):
    """One record with typed and unsaved text; a click opens it where one stopped."""

    def __init__(self, draft: KeptDraft, now: datetime) -> None:
        super().__init__(46)
        self._title = draft.title or _("（还没填名称）")
        day = _("今天") if draft.at.date() == now.date() else f"{draft.at:%m-%d}"
        kind = _("改到一半") if draft.saved else _("新计划，一次还没存过")
        when = _("{day} {time} 打的").format(day=day, time=f"{draft.at:%H:%M}")
        self._note = f"{kind} · {when}"
        self.setAccessibleName(f"{self._title}，{self._note}，{_('接着填')}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name, kind and time, and the way on."""
        painter = QPainter(self)
        self.ground(painter)
        height = self.height() - 1.0
        room = self.width() - 32 - _LINK - 12
        draw_icon(painter, "history", 4, height / 2 - 9, "warn")
        draw_text(painter, QRectF(32, 4, room, 20), self._title, "strong")
        draw_text(painter, QRectF(32, 24, room, 17), self._note, "note", "text2")
        link = QRectF(self.width() - _LINK - 2, 0, _LINK - 20, height)
        draw_text(painter, link, _("接着填"), "strong", "accent", align=RIGHT)
        draw_icon(painter, "right", self.width() - 20, height / 2 - 7, "accent", size=14)


class KeptCard(Card):
    """没存完的: hidden while there is nothing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("没存完的"), _("打了字、还没按保存；内容都在，别人看不到"))
        self._desk = desk
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.hide()

    def put(self, drafts: Sequence[KeptDraft], now: datetime) -> None:
        """Show these."""
        clear(self._rows)
        for draft in drafts:
            line = KeptLine(draft, now)
            line.clicked.connect(
                lambda _on=False, draft=draft: self._desk.open(draft.form, uid=str(draft.document))
            )
            self._rows.addWidget(line)
        self.setVisible(bool(drafts))


class NotesCard(Card):
    """要留意的: sentences, and the way to where they are mended for those who may go there."""

    def __init__(self, desk: Desk, *, may_mend: bool) -> None:
        self.mend = Button(_("去基础数据"), "link", trail="right")
        self.mend.clicked.connect(lambda: desk.open("window:reference"))
        super().__init__(_("要留意的"), right=self.mend)
        self.mend.setVisible(may_mend)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.body.addLayout(self._rows)
        self.hide()

    def put(self, sentences: Sequence[str]) -> None:
        """Show these sentences; without any the card goes away."""
        clear(self._rows)
        for sentence in sentences:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(10)
            row.addWidget(IconLabel("warn", "warn", size=16), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(sentence, "note", "text2", wrap=True), 1)
            self._rows.addWidget(line)
        self.setVisible(bool(sentences))


def clear(layout: QVBoxLayout) -> None:
    """Take everything out of a column."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
