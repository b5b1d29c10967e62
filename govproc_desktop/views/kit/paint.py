"""Painting shared by all widgets: boxes, hatching, elided texts, ticks, keycaps, shadows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.theme import color, theme
from govproc_desktop.views.kit.type_scale import font, metrics, text_width

LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER: Final = Qt.AlignmentFlag.AlignCenter
SHADOW_ROOM: Final = 28


def round_rect(
    painter: QPainter,
    rect: QRectF | QRect,
    radius: float,
    fill: str | None = None,
    *,
    line: str | None = None,
    width: float = 1.0,
) -> None:
    """Draw a rounded box from tokens; the outline lies wholly inside the rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(rect)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(QPen(color(line), width))
        box.adjust(width / 2, width / 2, -width / 2, -width / 2)
    if fill is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setBrush(color(fill))
    painter.drawRoundedRect(box, radius, radius)


def hatch(
    painter: QPainter,
    rect: QRectF,
    *,
    step: float = 5,
    line: str = "accent",
    ground: str = "surface",
) -> None:
    """Fill a rectangle with slanted lines: stopped here, or not yet real."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, color(ground))
    painter.setPen(QPen(color(line), 1.4))
    x = rect.left() - rect.height()
    while x < rect.right() + rect.height():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
    painter.restore()


def draw_text(
    painter: QPainter,
    rect: QRectF | QRect,
    text: str,
    role: str = "body",
    token: str = "text",
    *,
    align: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Draw one line of text in a font role and a token, with … when it does not fit."""
    box = QRectF(rect)
    painter.setFont(font(role))
    painter.setPen(color(token))
    measure = metrics(role)
    if measure.horizontalAdvance(text) > box.width() + 1:
        text = measure.elidedText(text, elide, box.width() + 1)
    painter.drawText(box, int(align | Qt.TextFlag.TextSingleLine), text)


def draw_wrapped(
    painter: QPainter, rect: QRectF, text: str, role: str = "body", token: str = "text"
) -> None:
    """Draw a text over several lines from the top of a rectangle."""
    painter.setFont(font(role))
    painter.setPen(color(token))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.drawText(rect, int(flags | Qt.TextFlag.TextWordWrap), text)


def wrapped_height(text: str, width: float, role: str = "body") -> float:
    """Return how high a text becomes when wrapped to a width."""
    flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    return metrics(role).boundingRect(QRectF(0, 0, width, 10_000), int(flags), text).height()


def keycap_width(text: str) -> float:
    """Return the width of a keycap."""
    return max(18.0, text_width(text, "key") + 10)


def draw_keycap(
    painter: QPainter,
    x: float,
    middle: float,
    text: str,
    *,
    on_accent: bool = False,
    off: bool = False,
) -> None:
    """Draw a keycap 18 high with its left end at ``x``, centred on ``middle``."""
    box = QRectF(x, middle - 9, keycap_width(text), 18)
    if on_accent:
        veil = QColor(color("onacc"))
        veil.setAlpha(46)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(veil)
        painter.drawRoundedRect(box, 4, 4)
        draw_text(painter, box, text, "key", "onacc", align=CENTER)
    else:
        round_rect(painter, box, 4, "neutral_soft" if off else "sunken", line="line2")
        draw_text(painter, box, text, "key", "text3" if off else "text2", align=CENTER)


def draw_tick_box(
    painter: QPainter,
    x: float,
    y: float,
    state: Qt.CheckState,
    *,
    off: bool = False,
    focus: bool = False,
) -> None:
    """Draw a 16 px tick box; a part-ticked one shows a dash."""
    box = QRectF(x, y, 16, 16)
    if state == Qt.CheckState.Unchecked:
        fill = "neutral_soft" if off else "surface"
        round_rect(painter, box, 4, fill, line="line2" if off else "edge")
    else:
        name = "check" if state == Qt.CheckState.Checked else "minus"
        round_rect(painter, box, 4, "edge" if off else "accent")
        draw_icon(painter, name, x + 1, y + 1, "onacc", size=14, stroke=2.2)
    if focus:
        round_rect(painter, box.adjusted(-3, -3, 3, 3), 6, line="accent", width=1.5)


def draw_field_frame(
    painter: QPainter, rect: QRectF | QRect, state: str = "", *, radius: float = 6
) -> None:
    """Draw a field's ground and outline; state is ``""``, focus, error, marked, readonly or off."""
    box = QRectF(rect)
    if state == "readonly":
        round_rect(painter, box, radius, "sunken", line="line")
    elif state == "off":
        round_rect(painter, box, radius, "neutral_soft", line="line")
    elif state == "error":
        round_rect(painter, box, radius, "field_error", line="danger", width=1.5)
    elif state == "error_focus":
        round_rect(painter, box, radius, "field_error", line="danger", width=2)
    elif state == "marked":
        round_rect(painter, box, radius, "warn_soft", line="warn", width=1.5)
    elif state == "focus":
        round_rect(painter, box, radius, "surface", line="accent", width=2)
    else:
        round_rect(painter, box, radius, "surface", line="line2")
        painter.save()
        painter.setClipRect(QRectF(box.left(), box.bottom() - 3, box.width(), 3))
        round_rect(painter, box, radius, line="edge")
        painter.restore()


def draw_shadow(painter: QPainter, rect: QRectF, radius: float = 10) -> None:
    """Draw the one soft shadow of the product under something that floats."""
    base = color("shadow")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for spread in range(24, 0, -2):
        shade = QColor(base)
        shade.setAlphaF(min(1.0, base.alphaF() * 0.09 * (1 - spread / 26) + 0.005))
        painter.setBrush(shade)
        grown = rect.adjusted(-spread, -spread + 8, spread, spread + 8)
        painter.drawRoundedRect(grown, radius + spread, radius + spread)


def sheet_path(rect: QRectF, radius: float) -> QPainterPath:
    """Return the outline of a sheet whose only round corner is the top left one."""
    path = QPainterPath(QPointF(rect.left(), rect.bottom()))
    path.lineTo(rect.left(), rect.top() + radius)
    path.arcTo(QRectF(rect.left(), rect.top(), 2 * radius, 2 * radius), 180, -90)
    path.lineTo(rect.right(), rect.top())
    path.lineTo(rect.right(), rect.bottom())
    path.closeSubpath()
    return path


def draw_symbol_disc(
    painter: QPainter, x: float, y: float, kind: str, *, size: float = 18, strong: bool = False
) -> None:
    """Draw the round sign of a result: ``ok`` ticks, ``warn`` and ``danger`` warn, strong fails."""
    box = QRectF(x, y, size, size)
    if strong:
        round_rect(painter, box, size / 2, "danger")
        draw_icon(painter, "x", x + 2, y + 2, "surface", size=14, stroke=2.2)
        return
    round_rect(painter, box, size / 2, f"{kind}_soft", line=f"{kind}_line")
    if kind == "ok":
        draw_icon(painter, "check", x + 2, y + 2, "ok", size=14, stroke=2.2)
    else:
        draw_text(painter, box, "!", "mark", kind, align=CENTER)


def is_dark() -> bool:
    """Return whether the dark look is in force."""
    return theme().dark
