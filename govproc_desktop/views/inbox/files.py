"""The files of a document as cards side by side."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QSizePolicy,
    QWidget,
)

from govproc_desktop.i18n import _
from govproc_desktop.queries.plans import AttachmentRow
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import draw_text, round_rect
from govproc_desktop.views.kit.type_scale import text_width

_THREE_ABREAST = 600


class FileCard(QAbstractButton):
    """One file: name, kind and size; new ones are outlined in the accent."""

    def __init__(self, row: AttachmentRow, kind: str, *, fresh: bool) -> None:
        super().__init__()
        self.row = row
        self._fresh = fresh
        self._kind = kind
        words = [_("新增") if fresh else "", fmt.size(row.size)]
        self._rest = "".join(f" · {word}" for word in words if word)
        self._second = kind + self._rest
        self.setText(row.name)
        self.setAccessibleName(f"{row.name}，{self._second}")
        self.setToolTip(f"{row.name}\n{self._second}\n{row.person} {row.at:%Y-%m-%d %H:%M}")
        self.setCheckable(True)
        self.setFixedHeight(50)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def fresh(self) -> bool:
        """Whether the file was added since the return."""
        return self._fresh

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame, icon and two lines."""
        painter = QPainter(self)
        fill = "sel" if self.isChecked() else ("hover" if self.underMouse() else "surface")
        line = "softline" if self._fresh or self.isChecked() else "line"
        round_rect(painter, self.rect(), 6, fill, line=line)
        if self.hasFocus():
            inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            round_rect(painter, inner, 4, line="accent", width=1.5)
        round_rect(painter, QRectF(10, 10, 30, 30), 6, "soft" if self._fresh else "sunken")
        draw_icon(painter, "file", 16, 16, "accent", size=18)
        room = QRectF(50, 6, self.width() - 60, 20)
        elide = Qt.TextElideMode.ElideMiddle
        draw_text(painter, room, self.text(), "body", elide=elide)
        ink = "accent" if self._fresh else "text3"
        # a long kind is shortened, never the size behind it
        low = room.translated(0, 19)
        rest = text_width(self._rest, "note") + 1
        kind = min(text_width(self._kind, "note") + 1, low.width() - rest)
        draw_text(painter, QRectF(low.left(), low.top(), kind, 20), self._kind, "note", ink)
        place = QRectF(low.left() + kind, low.top(), rest + 1, 20)
        draw_text(painter, place, self._rest, "note", ink)


class FileCards(QWidget):
    """Cards three abreast, two where it is narrow; ``picked`` carries the file, or nothing."""

    picked = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[FileCard] = []
        self._across = 3
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)

    def set_files(
        self, rows: Sequence[AttachmentRow], names: dict[str, str], *, fresh: frozenset[UUID]
    ) -> None:
        """Show other files; ``fresh`` are those added since the return."""
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        for row in rows:
            kind = names.get(f"attachment:{row.kind_code}", _("其他附件"))
            card = FileCard(row, kind, fresh=row.uid in fresh)
            card.clicked.connect(lambda on, card=card: self._pick(card, on=on))
            self.cards.append(card)
        self._place()

    def uncheck(self) -> None:
        """Mark no file as shown."""
        for card in self.cards:
            card.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put two abreast where three would cut the names."""
        super().resizeEvent(event)
        across = 3 if self.width() >= _THREE_ABREAST else 2
        if across != self._across:
            self._across = across
            self._place()

    def _place(self) -> None:
        for card in self.cards:
            self._grid.removeWidget(card)
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // self._across, place % self._across)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < self._across else 0)

    def _pick(self, card: FileCard, *, on: bool) -> None:
        for other in self.cards:
            if other is not card:
                other.setChecked(False)
        self.picked.emit(card.row if on else None)
