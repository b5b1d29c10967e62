"""The bar stuck under a form: the sums that must agree, and what is missing as links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from govproc_desktop.i18n import _
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import CENTER, draw_text, round_rect
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.kit.widgets import Label, Panel

HEIGHT = 76


@dataclass(frozen=True)
class SumPart:
    """One sum with its name, or a sign between two (``name`` empty)."""

    text: str
    name: str = ""
    strong: bool = False
    tone: str = "text"


@dataclass(frozen=True)
class Missing:
    """One thing that stops the form: its few words and the field or section it leads to."""

    words: str
    go: str
    tone: Literal["danger", "warn"] = "danger"


class SumLine(QWidget):
    """Sums and signs in one line, drawn; a difference stands in a box of its own tone."""

    def __init__(self, *, height: int = HEIGHT - 2, gap: int = 14) -> None:
        super().__init__()
        self._gap = gap
        self._parts: tuple[SumPart, ...] = ()
        self._box: tuple[str, str, str] = ("", "", "")
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def show_sums(
        self, parts: Sequence[SumPart], *, name: str = "", text: str = "", tone: str = "danger"
    ) -> None:
        """Show the sums and, with a name, the box that says what differs or agrees."""
        self._parts = tuple(parts)
        self._box = (name, text, tone)
        words = " ".join(f"{part.name} {part.text}".strip() for part in parts)
        self.setAccessibleName(f"{words} {name} {text}".strip())
        self.updateGeometry()
        self.update()

    def _width(self, part: SumPart) -> float:
        if not part.name:
            return text_width(part.text, "lead")
        role = "title" if part.strong else "lead"
        return max(text_width(part.name, "note"), text_width(part.text, role)) + 1

    def _box_width(self) -> float:
        name, text, _tone = self._box
        return max(150.0, text_width(text, "lead_bold") + 28, text_width(name, "note") + 28)

    def sizeHint(self) -> QSize:
        """Return the room of everything."""
        width = sum(self._width(part) + self._gap for part in self._parts)
        return QSize(ceil(width + (self._box_width() + 12 if self._box[0] else 0)), self.height())

    def minimumSizeHint(self) -> QSize:
        """Amounts are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw names over amounts, signs between, the box at the end."""
        painter = QPainter(self)
        x, top = 0.0, (self.height() - 48) / 2
        for part in self._parts:
            width = self._width(part)
            low = QRectF(x, top + 22, width + 2, 26)
            if part.name:
                ink = "text2" if part.tone == "text" else part.tone
                draw_text(painter, QRectF(x, top, width + 2, 18), part.name, "note", ink)
                draw_text(painter, low, part.text, "title" if part.strong else "lead", part.tone)
            else:
                draw_text(painter, low, part.text, "lead", part.tone)
            x += width + self._gap
        name, text, tone = self._box
        if not name:
            return
        box = QRectF(x + 10, top + 1, self._box_width(), 48)
        round_rect(painter, box, 6, f"{tone}_soft", line=f"{tone}_line")
        room = box.adjusted(12, 5, -8, -24)
        draw_text(painter, room, name, "note", tone)
        low = box.adjusted(12, 23, -8, -5)
        draw_text(painter, low, text, "lead_bold", tone)
        if tone == "ok":
            draw_icon(painter, "check", box.right() - 30, box.center().y() - 9, "ok", stroke=2.2)


class GoChip(QAbstractButton):
    """One missing thing; a click or Enter leads there."""

    def __init__(self, missing: Missing) -> None:
        super().__init__()
        self.missing = missing
        self.setText(missing.words)
        self.setAccessibleName(_("去补：{words}").format(words=missing.words))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return the painted size."""
        return QSize(ceil(text_width(self.text(), "column")) + 18, 26)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw frame and words."""
        painter = QPainter(self)
        tone = self.missing.tone
        fill = f"{tone}_soft" if self.underMouse() else "surface"
        round_rect(painter, self.rect(), 6, fill, line=f"{tone}_line")
        if self.hasFocus():
            inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
            round_rect(painter, inner, 4, line="accent", width=1.5)
        draw_text(painter, QRectF(self.rect()), self.text(), "column", tone, align=CENTER)


class SumBar(Panel):
    """Sums at the left, what is missing at the right; ``go`` carries where a chip leads."""

    go = Signal(str)

    def __init__(self) -> None:
        super().__init__(fill="sunken", line="line2", side="top")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 1, 24, 1)
        row.setSpacing(16)
        self.sums = SumLine()
        row.addWidget(self.sums)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(4)
        self.told = Label("", "strong")
        self.told.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._chips.addStretch(1)
        column.addWidget(self.told, 1)
        column.addLayout(self._chips)
        row.addLayout(column)
        self._missing: tuple[Missing, ...] = ()
        self._shown: tuple[Missing, ...] = ()

    def missing(self) -> tuple[Missing, ...]:
        """Return everything that is missing, shown or not."""
        return self._missing

    def chips(self) -> list[GoChip]:
        """Return the chips shown now."""
        return [chip for chip in self.findChildren(GoChip) if not chip.isHidden()]

    def set_missing(self, told: str, missing: Sequence[Missing], *, tone: str = "text") -> None:
        """Say in one sentence how far the form is, and show what is missing as chips."""
        self.told.setText(told)
        self.told.set_token(tone)
        self._missing = tuple(missing)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """Show as many chips as there is room for."""
        del event
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self.sums.sizeHint().width() - 48 - 32
        shown: list[Missing] = []
        used = 0.0
        for each in self._missing:
            width = text_width(each.words, "column") + 26
            if shown and used + width + 90 > room:
                rest = len(self._missing) - len(shown)
                more = _("还有 {count} 处").format(count=rest)
                shown.append(Missing(more, each.go, each.tone))
                break
            shown.append(each)
            used += width
        if tuple(shown) == self._shown:
            return
        self._shown = tuple(shown)
        for chip in self.findChildren(GoChip):
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for each in shown:
            chip = GoChip(each)
            chip.clicked.connect(lambda _on=False, target=each.go: self.go.emit(target))
            self._chips.addWidget(chip)
