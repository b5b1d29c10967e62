"""The drawing of single cells: bar, pill, two lines, money, field at rest."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from govproc_desktop.views.kit.icons import draw_icon
from govproc_desktop.views.kit.paint import (
    LEFT,
    RIGHT,
    draw_field_frame,
    draw_text,
    hatch,
    round_rect,
)
from govproc_desktop.views.kit.roles import HATCH, ColumnLook, EditLook, Kind, Segment
from govproc_desktop.views.kit.theme import color
from govproc_desktop.views.kit.widgets.marks import draw_pill

NOTHING = "—"
MINUS = "\u2212"


@dataclass(frozen=True, kw_only=True)
class CellFacts:
    """Everything a cell's drawing needs, read from the model once."""

    text: str
    second: str = ""
    tone: str = ""
    icon: str = ""
    icons: tuple[str, ...] = ()
    bar: tuple[Segment, ...] = ()
    edit: EditLook = EditLook.FIELD
    limit: str = ""
    align: Qt.AlignmentFlag | None = None
    off: bool = False
    hovered: bool = False


def ink_of(facts: CellFacts, look: ColumnLook) -> str:
    """Return the token of a cell's text: grey when off or nothing, red when negative."""
    if facts.off:
        return "text3"
    if facts.tone and look.kind is not Kind.PILL:
        return facts.tone
    if facts.text in (NOTHING, "") or (look.kind is Kind.MONEY and facts.text == "0.00"):
        return "text3"
    if look.kind in (Kind.MONEY, Kind.NUMBER) and facts.text.startswith(MINUS):
        return "danger"
    return "accent" if look.kind is Kind.LINK else look.token


def paint_cell(painter: QPainter, box: QRectF, facts: CellFacts, look: ColumnLook) -> None:
    """Draw a cell's content inside its box (tick boxes are the delegate's)."""
    room = box.adjusted(look.padding, 0, -look.padding, -1)
    if look.kind is Kind.PILL and facts.text not in ("", NOTHING):
        draw_pill(painter, room.left(), room.center().y(), facts.text, facts.tone)
    elif look.kind is Kind.BAR:
        paint_bar(painter, room, facts, look)
    elif look.kind is Kind.EDIT:
        paint_field(painter, box, facts, look)
    elif look.kind is Kind.ICONS:
        x = room.right() - 18
        for name in reversed(facts.icons):
            draw_icon(painter, name, x, room.center().y() - 9, "text3")
            x -= 26
    elif look.kind is Kind.TWO_LINE and facts.second:
        paint_two(painter, room, facts, look)
    else:
        paint_text(painter, room, facts, look)


def paint_text(painter: QPainter, room: QRectF, facts: CellFacts, look: ColumnLook) -> None:
    """Draw one line, with an icon before it when there is one."""
    ink = ink_of(facts, look)
    if facts.icon:
        draw_icon(painter, facts.icon, room.left(), room.center().y() - 9, facts.tone or "text3")
        room = room.adjusted(24, 0, 0, 0)
    align = facts.align or (RIGHT if look.aligns_right else LEFT)
    strong = look.strong or look.kind is Kind.TWO_LINE or (facts.icon and facts.tone)
    draw_text(painter, room, facts.text, "strong" if strong else "body", ink, align=align)


def paint_two(painter: QPainter, room: QRectF, facts: CellFacts, look: ColumnLook) -> None:
    """Draw name over number."""
    middle = room.center().y()
    role = "strong" if look.strong else "body"
    first = QRectF(room.left(), middle - 19, room.width(), 20)
    draw_text(painter, first, facts.text, role, ink_of(facts, look))
    second = QRectF(room.left(), middle - 1, room.width(), 18)
    draw_text(painter, second, facts.second, "note", "text3")


def paint_bar(painter: QPainter, room: QRectF, facts: CellFacts, look: ColumnLook) -> None:
    """Draw a bar of segments over its pale ground, its words at the right."""
    height = look.bar_height
    width = room.width() - (44 if look.percent else 0)
    bar = QRectF(room.left(), room.center().y() - height / 2, width, height)
    draw_segments(painter, bar, facts.bar)
    if look.percent:
        words = QRectF(bar.right() + 4, room.top(), 40, room.height())
        draw_text(painter, words, facts.text, "note", "text2", align=RIGHT)


def draw_segments(
    painter: QPainter, bar: QRectF, segments: tuple[Segment, ...], *, ground: str = "ramp0"
) -> None:
    """Draw the pieces of a bar from its left end, clipped to its round shape."""
    radius = bar.height() / 2
    round_rect(painter, bar, radius, ground)
    if not segments:
        return
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(bar, radius, radius)
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    x = bar.left()
    for segment in segments:
        piece = QRectF(x, bar.top(), bar.width() * segment.share, bar.height())
        if segment.token == HATCH:
            hatch(painter, piece)
        else:
            painter.fillRect(piece, color(segment.token))
        x += piece.width()
    painter.restore()


def paint_field(painter: QPainter, box: QRectF, facts: CellFacts, look: ColumnLook) -> None:
    """Draw an editable cell as the field it becomes when entered."""
    look_now = facts.edit
    text, ink = facts.text, ink_of(facts, look)
    if look_now is EditLook.NONE and facts.hovered and facts.limit:
        look_now = EditLook.EMPTY
    if look_now is EditLook.EMPTY and not text:
        text, ink = facts.limit, "text3"
    field = field_box(box)
    if look_now is EditLook.ERROR:
        draw_field_frame(painter, field, "error")
    elif look_now is EditLook.MARKED:
        draw_field_frame(painter, field, "marked")
    elif look_now is EditLook.EMPTY:
        round_rect(painter, field, 6, "surface", line="line2")
    elif look_now is EditLook.FIELD:
        draw_field_frame(painter, field)
    framed = look_now in (EditLook.FIELD, EditLook.MARKED)
    role = "strong" if look.right and framed else "body"
    align = RIGHT if look.right else LEFT
    draw_text(painter, field.adjusted(8, 0, -8, 0), text, role, ink, align=align)


def field_box(box: QRectF) -> QRectF:
    """Return where the editor of a cell stands: 32 high, or what the row leaves."""
    if box.height() > 42:
        return QRectF(box.left() + 6, box.center().y() - 16.5, box.width() - 12, 32)
    return box.adjusted(6, 3, -6, -4)
