"""The painted pictures: money cascade, process, opinion timeline, gauge, usage bar, legend."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from govproc_desktop.domain.money import money_text
from govproc_desktop.i18n import _
from govproc_desktop.views.kit.chart_data import (
    LegendItem,
    MoneyStep,
    Opinion,
    ProcessNode,
    share,
)
from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import (
    CENTER,
    RIGHT,
    draw_text,
    draw_wrapped,
    hatch,
    is_dark,
    round_rect,
    wrapped_height,
)
from govproc_desktop.views.kit.roles import HATCH, Segment
from govproc_desktop.views.kit.tables.cells import draw_segments
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.type_scale import text_width
from govproc_desktop.views.kit.widgets.marks import draw_avatar


class MoneyCascade(QWidget):
    """Five bars from one origin; what did not come this far is hatched and carries its amount.

    ``stepClicked`` carries the number of the bar, ``gapClicked`` of the hatched end.
    """

    stepClicked = Signal(int)
    gapClicked = Signal(int)
    ROW = 44
    _LEFT = 48
    _TOTALS = 130
    _ROOM = 98

    def __init__(self, steps: tuple[MoneyStep, ...] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[MoneyStep, ...] = ()
        self._hover: tuple[int, bool] | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    def set_steps(self, steps: tuple[MoneyStep, ...]) -> None:
        """Show other money."""
        self._steps = steps
        self.setFixedHeight(max(1, len(steps)) * self.ROW + 2)
        told = [f"{step.name} {money_text(step.amount)}" for step in steps]
        self.setAccessibleName("，".join(told))
        self.update()

    def _width_of(self, amount: Decimal) -> float:
        whole = self.width() - self._LEFT - self._TOTALS - self._ROOM
        top = max((step.amount for step in self._steps), default=Decimal(0))
        return max(0.0, whole * share(amount, top))

    def _boxes(self, place: int) -> tuple[QRectF, QRectF]:
        top = place * self.ROW + 6
        width = self._width_of(self._steps[place].amount)
        before = self._steps[place - 1].amount if place else self._steps[place].amount
        wait = max(0.0, self._width_of(before) - width)
        bar = QRectF(self._LEFT, top, max(width, 2.0), 28)
        return bar, QRectF(self._LEFT + width, top, wait, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw all bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, step in enumerate(self._steps):
            bar, wait = self._boxes(place)
            draw_text(painter, QRectF(0, bar.top(), 46, 28), step.name, "strong")
            if place:
                self._paint_gap(painter, wait, place)
            round_rect(painter, bar, 3, f"ramp{min(place, 4)}")
            if self._hover == (place, False):
                round_rect(painter, bar, 3, line="accent", width=1.5)
            total = QRectF(self.width() - self._TOTALS, bar.top(), self._TOTALS, 28)
            role = "section" if place else "lead_bold"
            draw_text(painter, total, money_text(step.amount), role, align=RIGHT)

    def _paint_gap(self, painter: QPainter, wait: QRectF, place: int) -> None:
        ramp = "ramp2" if is_dark() else "ramp1"
        hot = self._hover == (place, True)
        if wait.width() > 0.5:
            hatch(painter, wait, step=7, line="accent" if hot else ramp)
        x = wait.right()
        painter.setPen(QPen(color("edge"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, wait.top() - 12), QPointF(x, wait.bottom()))
        amount = self._steps[place - 1].amount - self._steps[place].amount
        words = QRectF(x + 10, wait.top() - 3, 200, 16)
        token = "accent" if hot else "text2"
        draw_text(painter, words, self._steps[place].gap, "note", token)
        draw_text(painter, words.translated(0, 17), money_text(amount), "strong")

    def _at(self, point: QPointF) -> tuple[int, bool] | None:
        for place in range(len(self._steps)):
            bar, wait = self._boxes(place)
            if bar.contains(point):
                return place, False
            if place and wait.adjusted(0, 0, 110, 8).contains(point):
                return place, True
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point out the bar or the waiting money under the mouse."""
        found = self._at(event.position())
        if found != self._hover:
            self._hover = found
            shape = Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget what was pointed out."""
        self._hover = None
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click on a bar or on waiting money."""
        found = self._at(event.position())
        if found is not None:
            (self.gapClicked if found[1] else self.stepClicked).emit(found[0])


class ProcessPicture(QWidget):
    """A document's way: ticked, current, skipped and coming steps with person and days."""

    def __init__(
        self, nodes: tuple[ProcessNode, ...] = (), *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._nodes: tuple[ProcessNode, ...] = ()
        self.setFixedHeight(100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_nodes(nodes)

    def set_nodes(self, nodes: tuple[ProcessNode, ...]) -> None:
        """Show another way."""
        self._nodes = nodes
        told = [" ".join(filter(None, (node.name, node.who, node.days))) for node in nodes]
        self.setAccessibleName("；".join(told))
        self.setToolTip("\n".join(told))
        self.update()

    def _step(self) -> float:
        return (self.width() - 68) / max(1, len(self._nodes) - 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw joints, then nodes and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self._step()
        for place, node in enumerate(self._nodes):
            x = 34 + place * step
            if place:
                self._paint_joint(painter, x, step, self._nodes[place - 1], node)
            self._paint_node(painter, x, node)
            self._paint_words(painter, x, node, min(92.0, step))

    def _paint_joint(
        self, painter: QPainter, x: float, step: float, before: ProcessNode, node: ProcessNode
    ) -> None:
        walked = node.state in ("done", "skip", "now", "returned")
        dotted = "skip" in (node.state, before.state)
        style = Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine
        painter.setPen(QPen(color("ramp3" if walked else "line2"), 2, style))
        painter.drawLine(QPointF(x - step + 13, 20), QPointF(x - 13, 20))

    def _paint_node(self, painter: QPainter, x: float, node: ProcessNode) -> None:
        disc = QRectF(x - 10, 10, 20, 20)
        if node.state == "done":
            round_rect(painter, disc, 10, "ramp3")
            draw_icon(painter, "check", x - 7, 13, "surface", size=14, stroke=2.4)
        elif node.state == "returned":
            round_rect(painter, disc, 10, "danger_soft", line="danger_line")
            draw_icon(painter, "back", x - 7, 13, "danger", size=14, stroke=2)
        elif node.state == "now":
            round_rect(painter, disc.adjusted(-3, -3, 3, 3), 13, "soft")
            round_rect(painter, disc, 10, "surface", line="accent", width=2)
            round_rect(painter, disc.adjusted(5, 5, -5, -5), 5, "accent")
        elif node.state == "skip":
            painter.setPen(QPen(color("edge"), 1.2, Qt.PenStyle.DotLine))
            painter.setBrush(color("surface"))
            painter.drawEllipse(QPointF(x, 20), 8, 8)
        else:
            round_rect(painter, disc.adjusted(2, 2, -2, -2), 8, "surface", line="line2", width=1.5)

    def _paint_words(self, painter: QPainter, x: float, node: ProcessNode, room: float) -> None:
        now = node.state == "now"
        pale = node.state in ("skip", "todo")
        ink = "accent" if now else ("text3" if pale else "text")
        line = QRectF(x - room / 2, 36, room, 18)
        draw_text(painter, line, node.name, "column" if now else "note", ink, align=CENTER)
        who = line.translated(0, 17)
        draw_text(painter, who, node.who, "note", "text3" if pale else "text2", align=CENTER)
        ink = "danger" if node.late else ("accent" if now else "text3")
        days = line.translated(0, 34)
        draw_text(painter, days, node.days, "column" if now else "note", ink, align=CENTER)


class OpinionTimeline(QWidget):
    """Who did what when, and the opinion given, from the oldest down."""

    _TEXT_LEFT = 32

    def __init__(
        self, opinions: tuple[Opinion, ...] = (), *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._opinions: tuple[Opinion, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_opinions(opinions)

    def set_opinions(self, opinions: tuple[Opinion, ...]) -> None:
        """Show other opinions."""
        self._opinions = opinions
        told = [f"{one.who} {one.deed} {one.when} {one.text}" for one in opinions]
        self.setAccessibleName("；".join(told))
        self._fit()

    def _height_of(self, one: Opinion) -> float:
        if not one.text:
            return 40
        return 40 + 6 + wrapped_height(one.text, self._room(), "note")

    def _room(self) -> float:
        return max(80.0, float(self.width() - self._TEXT_LEFT))

    def _fit(self) -> None:
        self.setFixedHeight(int(sum(self._height_of(one) for one in self._opinions)) + 4)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the opinions to the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != self.width():
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw discs, names and opinions."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = 0.0
        for place, one in enumerate(self._opinions):
            height = self._height_of(one)
            if place < len(self._opinions) - 1:
                painter.setPen(QPen(color("line2"), 1.5))
                painter.drawLine(QPointF(11.5, y + 30), QPointF(11.5, y + height + 2))
            tone = "danger" if one.tone == "danger" else "accent"
            draw_avatar(painter, QRectF(0, y + 4, 23, 23), one.who[:1], tone=tone)
            self._paint_line(painter, y, one)
            if one.text:
                box = QRectF(self._TEXT_LEFT, y + 28, self._room(), height - 30)
                draw_wrapped(painter, box, one.text, "note", "text2")
            y += height

    def _paint_line(self, painter: QPainter, y: float, one: Opinion) -> None:
        when = text_width(one.when, "note") + 2
        line = QRectF(self._TEXT_LEFT, y + 4, self.width() - self._TEXT_LEFT, 22)
        draw_text(painter, line.adjusted(0, 0, -when, 0), one.who, "strong")
        name = text_width(one.who, "strong") + 8
        ink = "text2" if one.tone == "text3" else one.tone
        draw_text(painter, line.adjusted(name, 0, -when - 6, 0), one.deed, "note", ink)
        draw_text(painter, line, one.when, "note", "text3", align=RIGHT)


def draw_gauge(painter: QPainter, bar: QRectF, value: Decimal, limit: Decimal) -> None:
    """Draw a value against its limit; beyond the tick at the limit the bar is red."""
    if value <= limit:
        draw_segments(painter, bar, (Segment(share(value, limit), "ramp3"),))
        return
    radius = bar.height() / 2
    allowed = bar.width() * share(limit, value)
    round_rect(painter, bar, radius, "danger")
    inside = QRectF(bar.left(), bar.top(), allowed, bar.height())
    round_rect(painter, inside, radius, "ramp2")
    tick = QRectF(bar.left() + allowed - 1, bar.top() - 4, 2, bar.height() + 8)
    painter.fillRect(tick, color("text"))


class Gauge(QWidget):
    """A number against its limit (both 元 or both counts), 14 high."""

    def __init__(
        self,
        value: Decimal = Decimal(0),
        limit: Decimal = Decimal(0),
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(14)
        self.setMinimumWidth(60)
        self.set_values(value, limit)

    def set_values(self, value: Decimal, limit: Decimal) -> None:
        """Show other numbers."""
        self._value = value
        self._limit = limit
        told = _("{value}，上限 {limit}").format(value=money_text(value), limit=money_text(limit))
        self.setAccessibleName(told)
        self.setToolTip(told)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        draw_gauge(QPainter(self), QRectF(0, 4, self.width(), 6), self._value, self._limit)


class UsageBar(QWidget):
    """A bar of segments with its words at the right (6 or 8 px high)."""

    def __init__(
        self,
        segments: tuple[Segment, ...] = (),
        text: str = "",
        *,
        bar_height: int = 6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bar_height = bar_height
        self.setFixedHeight(20)
        self.setMinimumWidth(80)
        self.set_segments(segments, text)

    def set_segments(self, segments: tuple[Segment, ...], text: str = "") -> None:
        """Show other pieces."""
        self._segments = segments
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bar and words."""
        painter = QPainter(self)
        words = text_width(self._text, "note") + 8 if self._text else 0
        top = (self.height() - self._bar_height) / 2
        bar = QRectF(0, top, self.width() - words, self._bar_height)
        draw_segments(painter, bar, self._segments)
        if self._text:
            draw_text(painter, QRectF(self.rect()), self._text, "note", "text2", align=RIGHT)


class Legend(QWidget):
    """What the colours of bars stand for, in one line."""

    def __init__(self, items: tuple[LegendItem, ...], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = items
        self.setFixedHeight(24)
        self.setAccessibleName("，".join(item.text for item in items))

    def sizeHint(self) -> QSize:
        """Return the width of all items."""
        width = sum(34 + text_width(item.text, "note") for item in self._items)
        return QSize(int(width), 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw samples and words."""
        painter = QPainter(self)
        x = 0.0
        for item in self._items:
            sample = QRectF(x, 7, 14, 10)
            if item.token == HATCH:
                hatch(painter, sample)
                round_rect(painter, sample, 2, line="accent")
            else:
                round_rect(painter, sample, 3, item.token)
            width = text_width(item.text, "note")
            draw_text(painter, QRectF(x + 20, 0, width + 2, 24), item.text, "note", "text2")
            x += 34 + width
