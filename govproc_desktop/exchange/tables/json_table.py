"""Read a json list of flat objects (or rows with a trailer) as a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.exchange.safety.incoming import Limits
from govproc_desktop.exchange.tables.table import (
    Address,
    CellKind,
    Raw,
    Row,
    Table,
    too_long,
    too_wide,
)
from govproc_desktop.i18n import N_, _

_NOT_UTF8 = N_("JSON 文件不是 UTF-8 编码（第 {position} 字节起）。未导入。请用 UTF-8 重新导出。")
_NOT_JSON = N_("JSON 格式不对（第 {line} 行第 {column} 列附近）。未导入。请重新导出这个文件。")
_TOO_DEEP = N_("JSON 嵌套太深。未导入。每一条须是一层的“名称: 值”。")
_TWICE = N_("JSON 里同一条中“{name}”出现了两次。未导入。请删去多余的一个。")
_CONSTANT = N_("JSON 里有“{name}”，这不是数。未导入。请改成用引号括起的文字。")
_LONG_NUMBER = N_("JSON 里有太长的数字（{count} 位）。未导入。请改成用引号括起的文字。")
_SHAPE = N_('JSON 须是若干条记录的列表，或 {"rows": [...], "trailer": {...}}。未导入。请核对文件。')
_ROW = N_("第 {number} 条不是“名称: 值”的记录。未导入。请核对文件。")
_NESTED = N_("第 {number} 条的“{name}”里还有列表或记录。未导入。每个值须是文字。")
_NO_ROWS = N_("JSON 里一条记录也没有。未导入。请核对是否选对了文件。")
_FLOAT = N_("“{text}”是没有引号的小数，可能已失去精度。请在文件里写成带引号的文字。")
_SURROGATE = N_("“{text}”含残缺的字符。请重新输入这一格。")


@dataclass(frozen=True)
class _Decimal:
    """A number with a point, kept as it was written."""

    text: str


def read_json(data: bytes, limits: Limits) -> Table:
    """Read records; numbers with a point are kept as cells that refuse to be used.

    Raises:
        BadInput: E3003.
    """
    found = _parsed(data)
    trailer: Mapping[str, str] | None = None
    if isinstance(found, dict):
        if not set(found) <= {"rows", "trailer"} or not isinstance(found.get("rows"), list):
            raise BadInput(_SHAPE, code="E3003")
        trailer = _trailer(found.get("trailer"))
        found = found["rows"]
    if not isinstance(found, list):
        raise BadInput(_SHAPE, code="E3003")
    if len(found) > limits.rows:
        raise too_long(len(found), limits.rows)
    if not found:
        raise BadInput(_NO_ROWS, code="E3003")
    header = _titles(found, limits)
    address = _address(header)
    rows = tuple(
        Row(number, tuple(_cell(item.get(name), number, name=name) for name in header), address)
        for number, item in enumerate(found, start=1)
    )
    return Table(source="JSON", kind="json", header=header, rows=rows, sha256="", trailer=trailer)


def _parsed(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(_NOT_UTF8, {"position": error.start + 1}, "E3003") from error
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_float=_Decimal,
            parse_int=_integer,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        params = {"line": error.lineno, "column": error.colno}
        raise BadInput(_NOT_JSON, params, "E3003") from error
    except RecursionError as error:
        raise BadInput(_TOO_DEEP, code="E3003") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise BadInput(_TWICE, {"name": _printable(name)}, "E3003")
        found[name] = value
    return found


def _integer(digits: str) -> int:
    if len(digits) > 40:
        raise BadInput(_LONG_NUMBER, {"count": len(digits)}, "E3003")
    return int(digits)


def _constant(name: str) -> Any:
    raise BadInput(_CONSTANT, {"name": name}, "E3003")


def _titles(found: list[Any], limits: Limits) -> tuple[str, ...]:
    """Collect the keys in the order they first appear."""
    titles: dict[str, None] = {}
    for number, item in enumerate(found, start=1):
        if not isinstance(item, dict) or not item:
            raise BadInput(_ROW, {"number": number}, "E3003")
        titles.update(dict.fromkeys(item))
        if len(titles) > limits.columns:
            raise too_wide(len(titles), limits.columns)
    return tuple(titles)


def _cell(value: Any, number: int, *, name: str) -> str | Raw:
    if value is None:
        return ""
    if isinstance(value, str):
        return value if _whole(value) else Raw(_printable(value), CellKind.BAD, _SURROGATE)
    if isinstance(value, bool):
        return Raw(str(value).upper(), CellKind.BOOL)
    if isinstance(value, int):
        return Raw(str(value), CellKind.NUMBER)
    if isinstance(value, _Decimal):
        return Raw(value.text, CellKind.BAD, _FLOAT)
    raise BadInput(_NESTED, {"number": number, "name": _printable(name)}, "E3003")


def _trailer(found: Any) -> Mapping[str, str] | None:
    if found is None:
        return None
    if not isinstance(found, dict):
        raise BadInput(_SHAPE, code="E3003")
    if not all(isinstance(value, str | int | _Decimal) for value in found.values()):
        raise BadInput(_SHAPE, code="E3003")
    return {
        key: value.text if isinstance(value, _Decimal) else str(value)
        for key, value in found.items()
    }


def _address(header: tuple[str, ...]) -> Address:
    def named(row: int, column: int) -> str:
        return _("第 {row} 条 {name}").format(row=row, name=_printable(header[column]))

    return named


def _whole(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "\ufffd" for char in text[:40])
