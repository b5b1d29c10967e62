"""Judge an attachment by its bytes and give it a name of our own; nothing in it is ever run."""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.files.kinds import FileKind, sniff
from govproc_desktop.domain.files.names import safe_name
from govproc_desktop.domain.files.office import check_parts
from govproc_desktop.domain.files.zips import SafeZip
from govproc_desktop.i18n import N_, _

MAX_BYTES = 20 << 20
MAX_PIXELS = 120_000_000
MAX_SIDE = 30_000
_MAX_UNPACKED = 256 << 20
_MAX_OBJECTS = 64 << 20


@dataclass(frozen=True)
class AttachmentFacts:
    """What is known of an accepted attachment; ``sha256`` is the name it is stored under."""

    kind: str
    mime: str
    sha256: str
    size: int
    safe_name: str


_OFFICE = "application/vnd.openxmlformats-officedocument."
_MIME = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "docx": _OFFICE + "wordprocessingml.document",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
    "pptx": _OFFICE + "presentationml.presentation",
    "ofd": "application/ofd",
    "ole": "application/x-ole-storage",
}
_SUFFIXES = {
    "pdf": ("pdf",),
    "png": ("png",),
    "jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "docx": ("docx",),
    "xlsx": ("xlsx",),
    "pptx": ("pptx",),
    "ofd": ("ofd",),
    "ole": ("doc", "xls", "ppt", "wps", "et", "dps"),
}
_MAIN_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
    "OFD.xml": "ofd",
}
_TITLES = {
    FileKind.PROGRAM: N_("程序"),
    FileKind.ARCHIVE: N_("压缩包"),
    FileKind.ZIP: N_("压缩包"),
    FileKind.MARKUP: N_("网页或 SVG 图"),
    FileKind.HEIC: N_("HEIC 照片"),
    FileKind.TEXT: N_("纯文本"),
}

_EMPTY = N_("“{name}”是空文件（0 字节），没有上传。请重新选择。")
_LARGE = N_("“{name}”有 {size} MB，超过 20 MB，没有上传。请压缩图片或拆成几个文件。")
_WRONG_KIND = N_(
    "“{name}”是{what}，不能作附件，没有上传。"
    "可以上传的有：PDF、JPG、PNG、OFD、Word、Excel、WPS 文件。"
)
_WRONG_NAME = N_("“{name}”的扩展名与内容不符：内容是 {what}。没有上传。请用正确的扩展名重新保存。")
_ACTIVE = N_("“{name}”含可执行动作（{what}），没有上传。请用“打印成 PDF”另存一份再上传。")
_OPAQUE = N_("“{name}”的内容加了密，无法检查，没有上传。请用“打印成 PDF”另存一份再上传。")
_HUGE = N_("“{name}”图片过大（{width}×{height} 像素），没有上传。请缩小后再上传。")
_BROKEN = N_("“{name}”已残缺，打不开，没有上传。请重新导出或重新扫描。")


def inspect_attachment(name: str, data: bytes) -> AttachmentFacts:
    """Return the facts of an attachment, or refuse it.

    Raises:
        BadInput: E3101 wrong or unwanted kind, E3102 carries actions or macros, E3103 too
            large or empty, E3104 too many pixels, E3002 a hostile archive.
    """
    shown = safe_name(name)
    if not data:
        raise BadInput(_EMPTY, {"name": shown}, "E3103")
    if len(data) > MAX_BYTES:
        size = -(-len(data) >> 20)
        raise BadInput(_LARGE, {"name": shown, "size": size}, "E3103")
    kind = _kind(shown, data)
    suffix = PurePosixPath(shown).suffix[1:].lower()
    if suffix not in _SUFFIXES[kind]:
        raise BadInput(_WRONG_NAME, {"name": shown, "what": kind.upper()}, "E3101")
    if kind == "pdf":
        _check_pdf(shown, data)
    elif kind in ("png", "jpeg"):
        _check_picture(shown, data, kind=kind)
    elif kind == "ole" and "_VBA_PROJECT".encode("utf-16-le") in data:
        raise BadInput(_ACTIVE, {"name": shown, "what": _("宏")}, "E3102")
    digest = hashlib.sha256(data).hexdigest()
    return AttachmentFacts(kind, _MIME[kind], digest, len(data), shown)


def _kind(name: str, data: bytes) -> str:
    found = sniff(data)
    if found in (FileKind.PDF, FileKind.PNG, FileKind.JPEG, FileKind.OLE):
        return found.value
    if found is FileKind.ZIP:
        archive = SafeZip(data, unpacked_bytes=_MAX_UNPACKED, ratio=500, members=5_000)
        names = set(archive.names)
        for part, kind in _MAIN_PARTS.items():
            if part in names:
                _check_office(name, archive)
                return kind
    what = _TITLES.get(found, N_("不认识的文件"))
    raise BadInput(_WRONG_KIND, {"name": name, "what": _(what)}, "E3101")


def _check_office(name: str, archive: SafeZip) -> None:
    try:
        check_parts(archive)
    except BadInput as error:
        if error.code == "E3001":
            what = error.params.get("what", "")
            raise BadInput(_ACTIVE, {"name": name, "what": what}, "E3102") from error
        raise


_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTIONS = re.compile(rb"/(JavaScript|Launch|ImportData)(?![A-Za-z0-9])")
_OBJECTS = re.compile(rb"obj\b((?:(?!endobj).){0,4000}?)\bstream\r?\n", re.DOTALL)
_FILTER = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\s*\]?\s*(?=/|>>)")


def _check_pdf(name: str, data: bytes) -> None:
    if b"%%EOF" not in data[-4096:]:
        raise BadInput(_BROKEN, {"name": name}, "E3101")
    _refuse_actions(name, data)
    budget = _MAX_OBJECTS
    for found in _OBJECTS.finditer(data):
        header = _plain(found[1])
        if b"/ObjStm" not in header:
            continue
        text = _object_stream(name, header, data[found.end() :], budget)
        budget -= len(text)
        _refuse_actions(name, text)


def _object_stream(name: str, header: bytes, packed: bytes, budget: int) -> bytes:
    """Unpack a stream that holds objects; what cannot be read cannot be vouched for."""
    if b"/Filter" not in header:
        return b""  # plain text, seen already
    try:
        if not _FILTER.search(header) or b"/Predictor" in header or budget <= 0:
            raise zlib.error("not plain deflate")
        return zlib.decompressobj().decompress(packed, budget)
    except zlib.error as error:
        raise BadInput(_OPAQUE, {"name": name}, "E3102") from error


def _refuse_actions(name: str, text: bytes) -> None:
    found = _ACTIONS.search(_plain(text))
    if found:
        raise BadInput(_ACTIVE, {"name": name, "what": found[1].decode()}, "E3102")


def _plain(text: bytes) -> bytes:
    """Undo the #xx spelling of PDF names, behind which /J#61vaScript hides."""
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), text) if b"#" in text else text


def _check_picture(name: str, data: bytes, *, kind: str) -> None:
    size = _png_size(data) if kind == "png" else _jpeg_size(data)
    if size is None or 0 in size:
        raise BadInput(_BROKEN, {"name": name}, "E3101")
    width, height = size
    if width * height > MAX_PIXELS or max(size) > MAX_SIDE:
        raise BadInput(_HUGE, {"name": name, "width": width, "height": height}, "E3104")


def _png_size(data: bytes) -> tuple[int, int] | None:
    if len(data) < 33 or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header; None when there is none."""
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in (0xD8, 0xD9, 0xDA) or length < 2:
            return None
        at += 2 + length
    return None
