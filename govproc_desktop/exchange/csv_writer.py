"""Write csv that opens right in Excel and WPS and that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.exchange.safety.progress import EVERY, Progress, Stop, check_stop
from govproc_desktop.i18n import N_

CsvValue = str | Decimal | int | date | None

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\0＝＋－＠]")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")

UNWRITTEN = N_("“{name}”没有写成（{reason}），原来的文件没有改动。请换一个文件夹或腾出空间再试。")


def guarded(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run; ``unguarded`` takes it off."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """Take off the apostrophe that ``guarded`` put on."""
    return text[1:] if _GUARDED.match(text) else text


def plain_amount(value: Decimal) -> str:
    """Write a number without thousands commas, at least two places, never rounded."""
    text = f"{value:f}"
    whole, _point, places = text.partition(".")
    return f"{whole}.{places.ljust(2, '0')}"


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[CsvValue]],
    *,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> int:
    """Write UTF-8 with BOM and return the rows written; amounts in 元 with two places.

    The file appears whole under its name or not at all.

    Raises:
        Unavailable: E1004, disk full or no right to write.
        Cancelled: the person stopped it.
    """
    partial = path.with_name(f".{path.name}.part")
    count = 0
    try:
        with partial.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow([_text(title) for title in header])
            for count, row in enumerate(rows, start=1):
                writer.writerow([_text(value) for value in row])
                if count % EVERY == 0:
                    check_stop(count, 0, progress=progress, cancelled=cancelled)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        params = {"name": path.name, "reason": error.strerror or type(error).__name__}
        raise Unavailable(UNWRITTEN, params, "E1004") from error
    finally:
        partial.unlink(missing_ok=True)
    return count


def _text(value: CsvValue) -> str:
    """Guard texts only: a negative amount stays a number (P24)."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain_amount(value)
    if isinstance(value, str):
        return guarded(_UNWRITABLE.sub("\ufffd", value))
    return value.isoformat() if isinstance(value, date) else str(value)
