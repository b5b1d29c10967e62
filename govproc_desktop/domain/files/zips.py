"""Open a zip held in memory without trusting one number that stands in it."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.files.names import is_reserved
from govproc_desktop.i18n import N_

_CHUNK = 1 << 20
_RATIO_FROM = 16 << 20
"""Below this many unpacked bytes a high ratio harms nobody (rows of blanks)."""

_STRAY_PATH = re.compile(r"\\|\x00|^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")

BROKEN = N_("文件残缺或已损坏，打不开。没有读入任何内容。请重新导出或重新拷贝这个文件。")
_TOO_LARGE = N_("压缩包解开后超过 {limit} MB。未解开。请删去不需要的内容后另存再试。")
_RATIO = N_("压缩包解开后超过原来的 {limit} 倍，像是有意做坏的文件。未解开。")
_MANY = N_("压缩包里文件过多（{count} 个，最多 {limit} 个）。未解开。")
_PATH = N_("压缩包里有不允许的文件名：“{name}”。未解开。")
_LINK = N_("压缩包里有快捷链接：“{name}”。未解开。")
_LOCKED = N_("压缩包设了密码，无法检查。未解开。请去掉密码后再试。")
_TWINS = N_("压缩包里有重名的文件：“{name}”。未解开。")
_METHOD = N_("压缩包用了不支持的压缩方式：“{name}”。未解开。请在 Excel 或 WPS 中另存后再试。")

_LOCAL = struct.Struct("<4s5H3I2H")
_LENGTHS = struct.Struct("<2H")


class SafeZip:
    """A zip whose every member was unpacked once, within limits, before anyone uses it."""

    def __init__(self, data: bytes, *, unpacked_bytes: int, ratio: int, members: int) -> None:
        self._data = data
        self._limit = unpacked_bytes
        self._ratio = ratio
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
            raise BadInput(BROKEN, code="E3002") from error
        if len(infos) > members:
            raise BadInput(_MANY, {"count": len(infos), "limit": members}, "E3002")
        _check_directory(infos)
        self._infos = {info.filename: info for info in infos}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the member names in the order of the archive's directory."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes:
        """Return one unpacked member; a missing one is empty.

        Raises:
            BadInput: E3002, damaged or beyond the limit.
        """
        info = self._infos.get(name)
        return b"" if info is None else b"".join(self._unpack(info))

    def verify(self) -> Iterator[tuple[str, bytes]]:
        """Unpack every member once, yielding (name, piece) so that a caller may look inside.

        Raises:
            BadInput: E3002, a size, checksum or total that does not hold.
        """
        total = 0
        for info in self._infos.values():
            for piece in self._unpack(info):
                total += len(piece)
                self._check_total(total)
                yield info.filename, piece

    def _check_total(self, total: int) -> None:
        if total > self._limit:
            raise BadInput(_TOO_LARGE, {"limit": self._limit >> 20}, "E3002")
        if total > _RATIO_FROM and total > self._ratio * len(self._data):
            raise BadInput(_RATIO, {"limit": self._ratio}, "E3002")

    def _unpack(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = memoryview(self._data)[self._start(info) :][: info.compress_size]
        size, checksum = 0, 0
        for piece in _stored(packed) if info.compress_type == 0 else _inflated(packed):
            size += len(piece)
            self._check_total(size)
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if size != info.file_size or checksum != info.CRC:
            raise BadInput(BROKEN, code="E3002")

    def _start(self, info: zipfile.ZipInfo) -> int:
        """Find the packed bytes, and refuse an inner header that names another file."""
        offset = info.header_offset
        header = self._data[offset : offset + _LOCAL.size]
        if offset < 0 or len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
            raise BadInput(BROKEN, code="E3002")
        name_length: int
        extra_length: int
        name_length, extra_length = _LENGTHS.unpack(header[-_LENGTHS.size :])
        name_at = offset + _LOCAL.size
        encoding = "utf-8" if info.flag_bits & 0x800 else "cp437"
        name = self._data[name_at : name_at + name_length].decode(encoding, "replace")
        if name != info.orig_filename:
            raise BadInput(BROKEN, code="E3002")
        return name_at + name_length + extra_length


def _check_directory(infos: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    end = 0
    for info in infos:
        if info.flag_bits & 0x1:
            raise BadInput(_LOCKED, code="E3002")
        _check_member(info)
        folded = info.filename.casefold()
        if folded in seen:
            raise BadInput(_TWINS, {"name": _shown(info.filename)}, "E3002")
        seen.add(folded)
    for info in sorted(infos, key=lambda item: item.header_offset):
        if info.header_offset < end:
            raise BadInput(BROKEN, code="E3002")
        end = info.header_offset + _LOCAL.size + info.compress_size


def _check_member(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    parts = name.split("/")
    if _STRAY_PATH.search(name) or any(is_reserved(part) for part in parts if part):
        raise BadInput(_PATH, {"name": _shown(name)}, "E3002")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise BadInput(_LINK, {"name": _shown(name)}, "E3002")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadInput(_METHOD, {"name": _shown(name)}, "E3002")


def _stored(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), _CHUNK):
        yield bytes(packed[start : start + _CHUNK])


def _inflated(packed: memoryview) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while not engine.eof:
            piece = engine.decompress(rest, _CHUNK)
            rest = engine.unconsumed_tail
            if piece:
                yield piece
            elif not rest:
                break
    except zlib.error as error:
        raise BadInput(BROKEN, code="E3002") from error
    if not engine.eof or engine.unused_data:
        raise BadInput(BROKEN, code="E3002")


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in name[:60])
