"""Break rows into pages and draw them with the furniture every sheet has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from govproc_desktop.i18n import _
from govproc_desktop.printing.fonts import face_for, printable
from govproc_desktop.printing.layout.marks import Bar, draw_qr, draw_watermark
from govproc_desktop.printing.layout.rows import PAD_X, PAD_Y, Align, Cell, Row, Section
from govproc_desktop.printing.layout.wrap import text_width, wrap

MARGIN = 18 * mm
TOP = 15 * mm
BOTTOM = 12 * mm
QR_SIDE = 16 * mm
FOOT = QR_SIDE + 3 * mm
TITLE_SIZE = 18
SMALL = 9
FIRST_HEAD = 16 * mm
NEXT_HEAD = 8 * mm
# A taller row is cut at the page end; a lower one moves to the next page whole.
SPLIT_OVER = 0.4
_ASCENT = 0.86


@dataclass(frozen=True)
class Furniture:
    """What stands around the rows; ``title`` is set large on the first page only."""

    title: str
    left: str
    right: str
    again: str
    foot: Sequence[str] = ()
    watermark: str = ""
    qr: tuple[int, tuple[Bar, ...]] | None = None
    landscape: bool = False

    @property
    def paper(self) -> tuple[float, float]:
        """Return width and height of the sheet in points."""
        width, height = A4
        return (height, width) if self.landscape else (width, height)


@dataclass
class _Pages:
    """The pages being filled: (distance of a row's top edge from the paper's top, row)."""

    height: float
    done: list[list[tuple[float, Row]]] = field(default_factory=list)
    y: float = 0

    def __post_init__(self) -> None:
        self.turn()

    @property
    def limit(self) -> float:
        return self.height - BOTTOM - FOOT

    @property
    def room(self) -> float:
        return self.limit - self.y

    @property
    def fresh(self) -> bool:
        return not self.done[-1]

    def turn(self) -> None:
        self.y = TOP + (NEXT_HEAD if self.done else FIRST_HEAD)
        self.done.append([])

    def put(self, *rows: Row) -> None:
        for row in rows:
            self.done[-1].append((self.y, row))
            self.y += row.height


def paginate(sections: Sequence[Section], height: float) -> list[list[tuple[float, Row]]]:
    """Return the pages of a sheet ``height`` points high: at least one, none over-full."""
    pages = _Pages(height)
    for number, section in enumerate(sections):
        if not pages.fresh:
            pages.y += section.gap
        following = sections[number + 1] if number + 1 < len(sections) else None
        _place(pages, section, following)
    pages.done[-1] = _stretched(pages.done[-1], pages.room)
    return pages.done


def _stretched(page: list[tuple[float, Row]], room: float) -> list[tuple[float, Row]]:
    """Share the room left on a page among its rows, as far as each may grow."""
    wish = sum(row.stretch for _top, row in page)
    part = min(1.0, room / wish) if wish else 0.0
    moved, result = 0.0, []
    for top, row in page:
        more = row.stretch * part
        result.append((top + moved, replace(row, height=row.height + more)))
        moved += more
    return result


def _place(pages: _Pages, section: Section, following: Section | None) -> None:
    head = sum(r.height for r in section.head)
    rows = section.rows
    for index, row in enumerate(rows):
        if index == 0:
            need = head + row.height + _tied(rows, 1, following)
            if need > pages.room and not pages.fresh and not _cuts(row, pages):
                pages.turn()
            pages.put(*section.head)
        elif row.height + _tied(rows, index + 1, following) > pages.room and not _cuts(row, pages):
            pages.turn()
            pages.put(*section.head)
        rest = row
        while rest.height > pages.room:
            if pages.room > 6 * PAD_Y + rest.cells[0].leading:
                part, rest = rest.split(pages.room)
                pages.put(part)
            pages.turn()
            pages.put(*section.head)
        pages.put(rest)


def _tied(rows: Sequence[Row], index: int, following: Section | None) -> float:
    """Return the height of the row that may not part from the one before it, or 0."""
    if index < len(rows):
        return rows[index].height if rows[index].keep else 0
    if following and following.rows and following.rows[0].keep:
        return following.gap + following.rows[0].height
    return 0


def _cuts(row: Row, pages: _Pages) -> bool:
    return row.height > SPLIT_OVER * (pages.limit - TOP)


def draw_page(
    canvas: Canvas, rows: Sequence[tuple[float, Row]], *, around: Furniture, page: tuple[int, int]
) -> None:
    """Draw one page (number, of how many) and close it."""
    canvas.setPageSize(around.paper)
    if around.watermark:
        draw_watermark(canvas, around.watermark, paper=around.paper)
    _draw_lines(canvas, rows, around.paper[1])
    if around.qr:
        draw_qr(canvas, around.qr, box=(MARGIN, BOTTOM, QR_SIDE))
    text = canvas.beginText()
    _set_furniture(text, around, page)
    for top, row in rows:
        for cell in row.cells:
            _set_cell(text, cell, around.paper[1] - top, height=row.height)
    canvas.drawText(text)
    canvas.showPage()


def _draw_lines(canvas: Canvas, rows: Sequence[tuple[float, Row]], height: float) -> None:
    segments: dict[tuple[float, float, float, float], None] = {}
    for top, row in rows:
        if not row.framed:
            continue
        upper, lower = round(height - top, 3), round(height - top - row.height, 3)
        edges = [round(c.left, 3) for c in row.cells]
        edges.append(round(row.cells[-1].left + row.cells[-1].width, 3))
        segments[edges[0], upper, edges[-1], upper] = None
        segments[edges[0], lower, edges[-1], lower] = None
        for x in edges:
            segments[x, lower, x, upper] = None
    canvas.setLineWidth(0.6)
    canvas.setLineCap(2)
    if segments:
        canvas.lines(list(segments))


def _set_furniture(text: PDFTextObject, around: Furniture, page: tuple[int, int]) -> None:
    width, height = around.paper
    right = width - MARGIN
    if page[0] == 1:
        _line(
            text,
            around.title,
            (width / 2, height - TOP - TITLE_SIZE * _ASCENT),
            size=TITLE_SIZE,
            bold=True,
            align=Align.CENTRE,
        )
        base = height - TOP - FIRST_HEAD + 2 * mm
        right_wide = text_width(around.right, face_for(around.right, bold=False), SMALL)
        _line(text, _cut_to(around.left, right - MARGIN - right_wide - SMALL), (MARGIN, base))
        _line(text, around.right, (right, base), align=Align.RIGHT)
    else:
        base = height - TOP - NEXT_HEAD + 2 * mm
        _line(text, _cut_to(around.again, right - MARGIN), (MARGIN, base))
    number = _("第 {page} 页，共 {count} 页").format(page=page[0], count=page[1])
    _line(text, number, (right, BOTTOM + 1), align=Align.RIGHT)
    left = MARGIN + (QR_SIDE + 3 * mm if around.qr else 0)
    for index, line in enumerate(around.foot):
        base = BOTTOM + QR_SIDE - 11 - index * 14
        _line(text, line, (left, base), bold=index == 0 and around.qr is not None)


def _line(
    text: PDFTextObject,
    content: str,
    at: tuple[float, float],
    *,
    size: float = SMALL,
    bold: bool = False,
    align: Align = Align.LEFT,
) -> None:
    content = printable(content)
    face = face_for(content, bold=bold)
    x = at[0]
    if align is not Align.LEFT:
        wide = text_width(content, face, size)
        x -= wide if align is Align.RIGHT else wide / 2
    text.setFont(face, size)
    text.setTextOrigin(x, at[1])
    text.textOut(content)


def _cut_to(content: str, width: float) -> str:
    """Shorten a heading to one line."""
    content = printable(content).replace("\n", " ")
    return wrap(content, face_for(content, bold=False), size=SMALL, width=width)[0]


def _set_cell(text: PDFTextObject, cell: Cell, top: float, *, height: float) -> None:
    text.setFont(cell.face, cell.size)
    free = height - cell.needed
    y = top - PAD_Y - (0 if cell.top else free / 2) - cell.size * _ASCENT
    y -= (cell.leading - cell.size) / 2 - cell.size * 0.02
    if cell.spacing:
        text.setCharSpace(cell.spacing)
    for line in cell.lines:
        if line:
            wide = 0.0
            if cell.align is not Align.LEFT:
                wide = text_width(line, cell.face, cell.size) + cell.spacing * (len(line) - 1)
            text.setTextOrigin(_x(cell, wide), y)
            text.textOut(line)
        y -= cell.leading
    if cell.spacing:
        text.setCharSpace(0)
    for index, line in enumerate(reversed(cell.foot)):
        text.setFont(cell.foot_face, cell.size)
        wide = text_width(line, cell.foot_face, cell.size)
        base = top - height + PAD_Y + 2 + index * cell.leading
        text.setTextOrigin(cell.left + cell.width - PAD_X - 6 - wide, base)
        text.textOut(line)


def _x(cell: Cell, wide: float) -> float:
    if cell.align is Align.RIGHT:
        return cell.left + cell.width - PAD_X - wide
    if cell.align is Align.CENTRE:
        return cell.left + (cell.width - wide) / 2
    return cell.left + PAD_X
