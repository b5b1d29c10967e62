"""Choose the reader by what a file is, not by what it is called."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.files import FileKind, sniff
from govproc_desktop.exchange.safety.incoming import LIMITS, Limits, read_bytes
from govproc_desktop.exchange.safety.progress import Progress, Stop
from govproc_desktop.exchange.tables.csv_table import read_csv
from govproc_desktop.exchange.tables.json_table import read_json
from govproc_desktop.exchange.tables.table import Table
from govproc_desktop.exchange.tables.xlsx_table import read_xlsx
from govproc_desktop.i18n import N_

_OLE = N_(
    "文件“{name}”设了密码，或是旧格式（.xls），读不了。未导入。"
    "请在 Excel 或 WPS 中去掉密码，另存为 .xlsx。"
)
_MARKUP = N_("文件“{name}”其实是网页，不是表格。未导入。请在 Excel 或 WPS 中打开，另存为 .xlsx。")
_OTHER = N_("文件“{name}”不是表格。未导入。请选择 xlsx、csv 或 json 文件。")
_BLANKS = b" \t\r\n"


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> Table:
    """Read a whole table file into memory; nothing is half-read.

    Args:
        path: The file a person chose.
        sheet: Name of the worksheet; without it the first visible one that holds anything.
        limits: How large the file may be.
        progress: Told the rows read, from this thread.
        cancelled: Asked every few hundred rows.

    Raises:
        BadInput: E3001–E3003, one sentence naming what is wrong and how to mend it.
        Unavailable: E3001, the disk does not give the file.
        Cancelled: the person stopped the reading.
    """
    data = read_bytes(path, limits)
    kind = sniff(data)
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip(_BLANKS)
    if kind is FileKind.ZIP:
        table = read_xlsx(data, sheet, limits=limits, progress=progress, cancelled=cancelled)
    elif kind is FileKind.OLE:
        raise BadInput(_OLE, {"name": path.name[:80]}, "E3001")
    elif kind is FileKind.MARKUP:
        raise BadInput(_MARKUP, {"name": path.name[:80]}, "E3001")
    elif kind not in (FileKind.TEXT, FileKind.UNKNOWN):
        raise BadInput(_OTHER, {"name": path.name[:80]}, "E3001")
    elif path.suffix.lower() == ".json" or start[:1] in (b"{", b"["):
        table = read_json(data, limits)
    else:
        table = read_csv(data, limits=limits, progress=progress, cancelled=cancelled)
    return replace(table, sha256=hashlib.sha256(data).hexdigest())
