"""Read a csv file as a table, telling UTF-8 from GB18030 without ever guessing silently."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.exchange.csv_writer import unguarded
from govproc_desktop.exchange.safety.incoming import Limits
from govproc_desktop.exchange.safety.progress import EVERY, Progress, Stop, check_stop
from govproc_desktop.exchange.tables.table import (
    CellKind,
    Raw,
    Row,
    Table,
    checked_header,
    fitted,
    named_source,
    sheet_address,
    too_long,
    too_wide,
)
from govproc_desktop.i18n import N_

_NUL = N_("CSV 文件第 {line} 行含有空字节（NUL），可能不是文本文件。未导入。请重新导出。")
_UTF16 = N_("CSV 文件是“Unicode 文本”（UTF-16）。未导入。请另存为“CSV UTF-8”或 .xlsx。")
_MIXED = N_("CSV 文件第 {line} 行的编码与别处不同，或文件被截断。未导入。请用 UTF-8 重新导出。")
_UNKNOWN = N_("CSV 文件第 {line} 行既不是 UTF-8 也不是 GBK 编码。未导入。请用 UTF-8 重新导出。")
_QUOTES = N_("CSV 文件第 {line} 行的双引号没有成对，或一格太长。未导入。请改正后重试。")
_FORMULA = N_("“{text}”是公式，不是值。请改成算好的值再导入。")
_SOURCE = N_("CSV 文件（{name}）")

_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def read_csv(
    data: bytes,
    *,
    limits: Limits,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> Table:
    """Read comma-separated text; every cell is text.

    Raises:
        BadInput: E3003.
        Cancelled: the person stopped it.
    """
    encoding = detect_encoding(data)
    source = named_source(_SOURCE, {"utf-8-sig": "UTF-8", "utf-8": "UTF-8"}.get(encoding, "GBK"))
    header: tuple[str, ...] | None = None
    rows: list[Row] = []
    for row in _rows(data.decode(encoding), limits):
        if header is None:
            header = checked_header(row, source)
            continue
        rows.append(fitted(row, len(header)))
        if len(rows) > limits.rows:
            raise too_long(len(rows), limits.rows)
        if len(rows) % EVERY == 0:
            check_stop(len(rows), 0, progress=progress, cancelled=cancelled)
    return Table(
        source=source,
        kind="csv",
        header=header or checked_header(None, source),
        rows=tuple(rows),
        sha256="",
    )


def detect_encoding(data: bytes) -> str:
    """Return ``utf-8-sig``, ``utf-8`` or ``gb18030``, each decoding the data strictly.

    Raises:
        BadInput: E3003, NUL bytes, UTF-16, neither encoding, or both in one file.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise BadInput(_UTF16, code="E3003")
    if b"\x00" in data:
        raise BadInput(_NUL, {"line": _line(data, data.index(b"\x00"))}, "E3003")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken_at = _line(data, error.start)
    else:
        return "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    if data.startswith(b"\xef\xbb\xbf") or _has_utf8_chinese(data):
        raise BadInput(_MIXED, {"line": broken_at}, "E3003")
    try:
        data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise BadInput(_UNKNOWN, {"line": _line(data, error.start)}, "E3003") from error
    return "gb18030"


def _has_utf8_chinese(data: bytes) -> bool:
    """Tell whether some line reads as Chinese in UTF-8: then the file is not plain GBK."""
    for line in data.splitlines():
        if line.isascii():
            continue
        try:
            # Four letters: two GBK letters can look like one of UTF-8, four hardly ever.
            if len(_CJK.findall(line.decode("utf-8"))) >= 4:
                return True
        except UnicodeDecodeError:
            continue
    return False


def _rows(text: str, limits: Limits) -> Iterator[Row]:
    address = sheet_address("")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, fields in enumerate(reader, start=1):
            if len(fields) > limits.columns:
                raise too_wide(len(fields), limits.columns)
            if any(field.strip() for field in fields):
                yield Row(number, tuple(map(_cell, fields)), address)
    except csv.Error as error:
        raise BadInput(_QUOTES, {"line": reader.line_num}, "E3003") from error


def _cell(text: str) -> str | Raw:
    if text.startswith(("=", "＝")):
        return Raw(text, CellKind.BAD, _FORMULA)
    return unguarded(text)


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1
