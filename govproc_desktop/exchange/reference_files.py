"""Read reference tables from editable CSV files and put the shipped ones in force."""

from __future__ import annotations

from pathlib import Path

from govproc_desktop.domain.errors import BadInput, Unavailable
from govproc_desktop.domain.reference_files import Sheet
from govproc_desktop.i18n import N_
from govproc_desktop.models.reference import KINDS
from govproc_desktop.paths import resource
from govproc_desktop.services.command import run
from govproc_desktop.services.context import Context
from govproc_desktop.services.reference import LoadReference

_MOST_BYTES = 20_000_000
_UNREADABLE = N_("文件 {file} 打不开。请检查文件是否存在、是否被别的程序占用。")
_TOO_LARGE = N_("文件 {file} 超过 20 MB，不像是基础数据。未导入。")
_NOT_UTF8 = N_("文件 {file} 不是 UTF-8 编码。请用“CSV UTF-8”格式另存后再导入。")


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file as text.

    Raises:
        Unavailable: the file cannot be opened.
        BadInput: E3003, larger than 20 MB or not UTF-8.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadInput(_TOO_LARGE, {"file": path.name}, "E3003")
        return Sheet(path.name, path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise Unavailable(_UNREADABLE, {"file": path.name}, "E3003") from error
    except UnicodeDecodeError as error:
        raise BadInput(_NOT_UTF8, {"file": path.name}, "E3003") from error


def load_shipped(context: Context) -> None:
    """Put every shipped reference table in force; editions already in force stay."""
    for kind in KINDS:
        text = read_sheet(resource(f"data/{kind}.csv")).text
        run(LoadReference(kind=kind, text=text), context)
