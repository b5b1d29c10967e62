"""Refuse an incoming table that is too large, locked, scripted, or reaches outside itself."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from govproc_desktop.domain.errors import BadInput, Unavailable
from govproc_desktop.domain.files import BROKEN, SafeZip, check_parts, forbidden
from govproc_desktop.i18n import N_


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How large an incoming table may be; the defaults suit an office PC."""

    file_bytes: int = 50 << 20
    unpacked_bytes: int = 256 << 20
    ratio: int = 200
    members: int = 2_000
    rows: int = 200_000
    columns: int = 200
    cells: int = 3_000_000
    cell_characters: int = 32_767


LIMITS = Limits()

_MISSING = N_("找不到文件“{name}”。请核对它是否已被移走或改名。")
_NO_FILE = N_("“{name}”不是文件，不能读入。请选择一个 xlsx、csv 或 json 文件。")
_UNREADABLE = N_("文件“{name}”读不出来（{reason}）。没有读入任何内容。请拷到本机硬盘后再试。")
_EMPTY = N_("文件“{name}”是空的（0 字节）。没有读入任何内容。请重新导出。")
_LARGE = N_("文件“{name}”有 {size} MB，超过 {limit} MB。没有读入任何内容。请拆成几个文件。")
_NOT_XLSX = N_("这个压缩文件不是 Excel 表格（.xlsx）。未导入。请选择从系统导出的表格文件。")
_BINARY = N_("这是二进制表格（.xlsb），读不了。未导入。请在 Excel 或 WPS 中另存为 .xlsx。")

_HARMLESS_LINKS = ("hyperlink",)
_SMALL_XML = re.compile(r"(?:\[Content_Types\]\.xml|.*\.rels|xl/workbook\.xml)")
_LINKED = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Z]{1,3}[0-9]{1,7})["'][^>]*>\s*"""
    rb"""<(?:\w+:)?f\b[^<]*\[[0-9]+\]"""
)


def read_bytes(path: Path, limits: Limits = LIMITS) -> bytes:
    """Return the content of a file a person chose.

    Raises:
        BadInput: E3001, not there, not a plain file, empty, or too large.
        Unavailable: E3001, the disk does not give it.
    """
    name = path.name[:80]
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise BadInput(_NO_FILE, {"name": name}, "E3001")
        if facts.st_size > limits.file_bytes:
            raise _too_large(name, facts.st_size, limits)
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BadInput(_MISSING, {"name": name}, "E3001") from error
    except ValueError as error:  # a NUL in the name
        raise BadInput(_MISSING, {"name": name.replace("\0", "")}, "E3001") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unavailable(_UNREADABLE, {"name": name, "reason": reason}, "E3001") from error
    if not data:
        raise BadInput(_EMPTY, {"name": name}, "E3001")
    if len(data) > limits.file_bytes:
        raise _too_large(name, len(data), limits)
    return data


def check_xlsx(data: bytes, limits: Limits = LIMITS) -> SafeZip:
    """Check an .xlsx held in memory and return its parts, each already unpacked once.

    Raises:
        BadInput: E3001 forbidden content, E3002 a hostile or damaged archive.
    """
    archive = SafeZip(
        data,
        unpacked_bytes=limits.unpacked_bytes,
        ratio=limits.ratio,
        members=limits.members,
    )
    if "xl/workbook.bin" in archive.names:
        raise BadInput(_BINARY, code="E3001")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= set(archive.names):
        raise BadInput(_NOT_XLSX, code="E3001")
    check_parts(archive)
    _check_outside(archive)
    return archive


def parse_small(archive: SafeZip, name: str) -> Element:
    """Parse one small part (workbook, relations); never a sheet.

    Raises:
        BadInput: E3001 entities, E3002 not XML.
    """
    try:
        root: Element = fromstring(archive.read(name), forbid_dtd=True)
    except DefusedXmlException as error:
        raise forbidden(N_("XML 实体"), name) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise BadInput(BROKEN, code="E3002") from error
    return root


def _check_outside(archive: SafeZip) -> None:
    for name in archive.names:
        if name.startswith("xl/externalLinks/"):
            raise forbidden(N_("外部链接"), _linked_cell(archive) or name)
        if name == "xl/connections.xml":
            raise forbidden(N_("外部数据连接"), name)
        if not _SMALL_XML.fullmatch(name):
            continue
        root = parse_small(archive, name)
        for link in root.iter() if name.endswith(".rels") else ():
            kind = link.get("Type", "").rpartition("/")[2]
            if link.get("TargetMode") == "External" and kind not in _HARMLESS_LINKS:
                raise forbidden(N_("外部链接"), name)


def _linked_cell(archive: SafeZip) -> str:
    """Name the first cell that reads another workbook, so that the person can find it."""
    for name in archive.names:
        if name.startswith("xl/worksheets/sheet"):
            found = _LINKED.search(archive.read(name))
            if found:
                return f"{Path(name).stem}!{found[1].decode()}"
    return ""


def _too_large(name: str, size: int, limits: Limits) -> BadInput:
    # Rounded up, so that the two numbers in the sentence never look equal.
    params = {"name": name, "size": -(-size >> 20), "limit": limits.file_bytes >> 20}
    return BadInput(_LARGE, params, "E3001")
