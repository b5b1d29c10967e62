"""Write csv that opens right in Excel and WPS and that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.exchange.safety.progress import EVERY, Progress, Stop, check_stop
from govproc_desktop.i18n import N_

CsvValue = str | Decimal | int | date | None

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n\0＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n\0＝＋－＠]")
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")

_UNWRITTEN = N_("“{name}”没有写成（{reason}），原来的文件没有改动。请换一个文件夹或腾出空间再试。")


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
    count = 0
    with whole_file(path) as raw:
        file = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([_text(title) for title in header])
        for count, row in enumerate(rows, start=1):
            writer.writerow([_text(value) for value in row])
            if count % EVERY == 0:
                check_stop(count, 0, progress=progress, cancelled=cancelled)
        file.detach()
    return count


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes its name only when it is complete and on disk.

    Raises:
        Unavailable: E1004, disk full or no right to write; an older file stays as it was.
    """
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        params = {"name": path.name, "reason": error.strerror or type(error).__name__}
        raise Unavailable(_UNWRITTEN, params, "E1004") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _text(value: CsvValue) -> str:
    """Guard texts only: a negative amount stays a number (P24)."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain_amount(value)
    if isinstance(value, str):
        return guarded(_UNWRITABLE.sub("\ufffd", value))
    return value.isoformat() if isinstance(value, date) else str(value)
