"""Write lists as .xlsx with the standard library, fast and typed; a text is never a formula."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.exchange.csv_writer import plain_amount, whole_file
from govproc_desktop.exchange.safety.progress import EVERY, Progress, Stop, check_stop
from govproc_desktop.exchange.tables.table import column_letters
from govproc_desktop.i18n import N_

XlsxValue = str | Decimal | int | date | None

MAX_ROWS = 1_048_576
_MAX_TEXT = 32_767
_CUT = "…（已截断）"
"""Excel holds no more in a cell; the cut is said where it happens."""

_TOO_LONG = N_("要导出的有 {count} 行以上，一张工作表最多 {limit} 行。未导出。请先筛选。")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_BAD_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class XlsxColumn:
    """One column: title, width in characters, whether what is typed later stays text."""

    title: str
    width: int = 14
    as_text: bool = False


@dataclass(frozen=True)
class Notes:
    """A second sheet with one note a line: what was filtered, when, by whom."""

    title: str
    lines: tuple[str, ...]


def write_xlsx(
    path: Path,
    columns: Sequence[XlsxColumn],
    rows: Iterable[Sequence[XlsxValue]],
    *,
    title: str,
    totals: Sequence[XlsxValue] | None = None,
    notes: Notes | None = None,
    expected: int = 0,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> int:
    """Write a list and return its rows; the file appears whole under its name or not at all.

    Args:
        path: Where to; an older file there is replaced only when the new one is complete.
        columns: The header is bold, frozen and filterable.
        rows: Amounts in 元 as Decimal; each cell keeps its type.
        title: Name of the sheet.
        totals: A bold last row, outside the filter.
        notes: A second sheet.
        expected: Rows to come, for the progress bar.
        progress: Told the rows written, from this thread.
        cancelled: Asked every few hundred rows.

    Raises:
        BadInput: E3010, more rows than a sheet holds.
        Unavailable: E1004, disk full or no right to write.
        Cancelled: the person stopped it.
    """
    watched = _watched(rows, expected, progress=progress, cancelled=cancelled)
    with whole_file(path) as file:
        return _write(file, _Sheet(title, columns, totals), watched, notes=notes)


@dataclass(frozen=True)
class _Sheet:
    title: str
    columns: Sequence[XlsxColumn]
    totals: Sequence[XlsxValue] | None


_GENERAL, _TEXT, _MONEY, _WHOLE, _DAY, _HEAD, _TOTAL_TEXT, _TOTAL_MONEY, _TOTAL_WHOLE, _NOTE = (
    range(10)
)

_HEAD_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'{_HEAD_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/><family val="3"/></font>'
    '<font><b/><sz val="11"/><name val="宋体"/><family val="3"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid">'
    '<fgColor rgb="FFE8EEF5"/><bgColor indexed="64"/></patternFill></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top style="thin"><color auto="1"/></top><bottom/><diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="10">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center"/></xf>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"'
    ' applyFont="1" applyBorder="1"/>'
    '<xf numFmtId="4" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"'
    ' applyFont="1" applyBorder="1"/>'
    '<xf numFmtId="1" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1"'
    ' applyFont="1" applyBorder="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    "</cellXfs></styleSheet>"
)


def _write(
    file: IO[bytes], sheet: _Sheet, rows: Iterable[Sequence[XlsxValue]], *, notes: Notes | None
) -> int:
    titles = [_sheet_title(sheet.title)]
    if notes is not None:
        titles.append(_other_title(_sheet_title(notes.title), titles[0]))
    # Level 1: half the time of the default for a tenth more bytes.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in _parts(titles):
            archive.writestr(_member(name), text)
        with archive.open(_member("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as part:
            count = _write_sheet(part, sheet, rows)
        if notes is not None:
            archive.writestr(_member("xl/worksheets/sheet2.xml"), _notes_xml(notes))
        # Written last: the filter's reach is known only now.
        archive.writestr(_member("xl/workbook.xml"), _workbook_xml(titles, sheet, count))
    return count


def _member(name: str) -> zipfile.ZipInfo:
    """Name a member with a fixed time, so that equal lists give equal bytes."""
    info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _write_sheet(part: IO[bytes], sheet: _Sheet, rows: Iterable[Sequence[XlsxValue]]) -> int:
    letters = [column_letters(index) for index in range(len(sheet.columns))]
    part.write(_sheet_start(sheet).encode())
    part.write(_row_xml(1, [column.title for column in sheet.columns], letters, style=_HEAD))
    count, buffer = 0, []
    for count, row in enumerate(rows, start=1):
        if count + 1 + (sheet.totals is not None) > MAX_ROWS:
            raise BadInput(_TOO_LONG, {"count": count, "limit": MAX_ROWS}, "E3010")
        buffer.append(_row_xml(count + 1, row, letters))
        if len(buffer) >= EVERY:
            part.write(b"".join(buffer))
            buffer.clear()
    part.write(b"".join(buffer))
    if sheet.totals is not None:
        part.write(_row_xml(count + 2, sheet.totals, letters, style=_TOTAL_TEXT))
    reach = f"A1:{letters[-1]}{count + 1}"
    part.write(f'</sheetData><autoFilter ref="{reach}"/></worksheet>'.encode())
    return count


def _sheet_start(sheet: _Sheet) -> str:
    widths = "".join(
        f'<col min="{index}" max="{index}" width="{column.width + 2}" customWidth="1" '
        f'style="{_TEXT if column.as_text else _GENERAL}"/>'
        for index, column in enumerate(sheet.columns, start=1)
    )
    return (
        f'{_HEAD_XML}<worksheet xmlns="{_MAIN}">'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols>'
        "<sheetData>"
    )


def _row_xml(
    number: int, values: Sequence[XlsxValue], letters: list[str], *, style: int | None = None
) -> bytes:
    cells = [
        _CELLS.get(type(value), _other_cell)(f"{letter}{number}", value, style)
        for letter, value in zip(letters, values, strict=True)
        if value is not None and value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'.encode()


def _text_cell(place: str, value: str, style: int | None) -> str:
    return (
        f'<c r="{place}" s="{_TEXT if style is None else style}" t="inlineStr">'
        f'<is><t xml:space="preserve">{_text_xml(value)}</t></is></c>'
    )


def _money_cell(place: str, value: Decimal, style: int | None) -> str:
    chosen = _TOTAL_MONEY if style == _TOTAL_TEXT else _MONEY
    return f'<c r="{place}" s="{chosen}"><v>{plain_amount(value)}</v></c>'


def _whole_cell(place: str, value: int, style: int | None) -> str:
    if abs(value) >= 10**15:
        # Spreadsheets keep 15 digits of a number.
        return _text_cell(place, str(value), style)
    chosen = _TOTAL_WHOLE if style == _TOTAL_TEXT else _WHOLE
    return f'<c r="{place}" s="{chosen}"><v>{value}</v></c>'


def _date_cell(place: str, value: date, style: int | None) -> str:
    if value < date(1900, 3, 1):
        # Serial numbers before this day differ between programs.
        return _text_cell(place, value.isoformat(), style)
    return f'<c r="{place}" s="{_DAY}"><v>{value.toordinal() - 693594}</v></c>'


def _moment_cell(place: str, value: datetime, style: int | None) -> str:
    return _text_cell(place, value.isoformat(" ", "seconds"), style)


_CELLS: dict[type, Callable[..., str]] = {
    str: _text_cell,
    Decimal: _money_cell,
    int: _whole_cell,
    date: _date_cell,
    datetime: _moment_cell,
}


def _other_cell(place: str, value: object, style: int | None) -> str:
    """Write subclasses as what they are; anything else is a fault of the caller."""
    for kind, write in reversed(_CELLS.items()):
        if isinstance(value, kind) and not isinstance(value, bool):
            return write(place, value, style)
    raise TypeError(f"no cell type for {type(value).__name__}")


def _text_xml(text: str) -> str:
    """Escape text; what xml cannot hold becomes U+FFFD, so that its loss is seen."""
    if len(text) > _MAX_TEXT:
        text = text[: _MAX_TEXT - len(_CUT)] + _CUT
    # _x0041_ would be read back as A; carriage returns would be read back as line feeds.
    plain = _ESCAPED.sub("_x005F_", _ILLEGAL.sub("\ufffd", text))
    return escape(plain, {"\r": "_x000D_"})


def _notes_xml(notes: Notes) -> str:
    rows = "".join(
        f'<row r="{number}">{_text_cell(f"A{number}", line, _NOTE)}</row>'
        for number, line in enumerate(notes.lines, start=1)
    )
    return (
        f'{_HEAD_XML}<worksheet xmlns="{_MAIN}"><cols><col min="1" max="1" width="90" '
        f'customWidth="1"/></cols><sheetData>{rows}</sheetData></worksheet>'
    )


def _workbook_xml(titles: list[str], sheet: _Sheet, count: int) -> str:
    sheets = "".join(
        f'<sheet name="{escape(title, {chr(34): "&quot;"})}" sheetId="{number}" '
        f'r:id="rId{number}"/>'
        for number, title in enumerate(titles, start=1)
    )
    quoted = escape(titles[0].replace("'", "''"))
    last = column_letters(len(sheet.columns) - 1)
    return (
        f'{_HEAD_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
        '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        f"'{quoted}'!$A$1:${last}${count + 1}</definedName>"
        f'<definedName name="_xlnm.Print_Titles" localSheetId="0">\'{quoted}\'!$1:$1'
        "</definedName></definedNames></workbook>"
    )


def _parts(titles: list[str]) -> Iterator[tuple[str, str]]:
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        f'ContentType="{kinds}worksheet+xml"/>'
        for number in range(1, len(titles) + 1)
    )
    yield (
        "[Content_Types].xml",
        f'{_HEAD_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kinds}styles+xml"/>'
        f"{overrides}</Types>",
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    links = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(titles) + 1)]
    yield "xl/_rels/workbook.xml.rels", _relations([*links, ("styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES


def _relations(links: list[tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    return f'{_HEAD_XML}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _sheet_title(title: str) -> str:
    """Make a name that Excel accepts: 31 characters, no brackets or path marks."""
    plain = _BAD_TITLE.sub(" ", _ILLEGAL.sub("", title))[:31].strip(" '")
    return plain or "Sheet1"


def _other_title(title: str, taken: str) -> str:
    return title if title.casefold() != taken.casefold() else f"{title[:29]} 2"


def _watched(
    rows: Iterable[Sequence[XlsxValue]],
    expected: int,
    *,
    progress: Progress | None,
    cancelled: Stop | None,
) -> Iterator[Sequence[XlsxValue]]:
    done = 0
    for done, row in enumerate(rows, start=1):
        yield row
        if done % EVERY == 0:
            check_stop(done, expected, progress=progress, cancelled=cancelled)
    check_stop(done, expected or done, progress=progress, cancelled=cancelled)
