"""Commands as data: frozen dataclasses to JSON and back without loss, strictly, with a schema."""

from __future__ import annotations

import base64
import dataclasses
import json
import re
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.fields import MoneyMark, NumberMark, TextMark
from govproc_desktop.domain.money import parse_money, parse_quantity
from govproc_desktop.domain.text import clean_text
from govproc_desktop.i18n import N_, _

T = TypeVar("T")
_MAX_DEPTH = 16
_WHOLE_LIMIT = 2**31 - 1
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_known_hints: dict[type[Any], dict[str, Any]] = {}


def dump(value: Any) -> Any:
    """Return a command (or any part of one) as plain JSON values; amounts become strings."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: dump(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, (tuple, list, frozenset)):
        return [dump(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): dump(each) for key, each in value.items()}
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (UUID, StrEnum)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def canonical(value: Any) -> str:
    """Return canonical JSON text (sorted keys, no spaces): what hashes are taken over."""
    return json.dumps(dump(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def parse_json(text: str) -> Any:
    """Parse JSON, refusing duplicate keys, NaN, floats and deep nesting (E4005)."""

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(found)
        if len(made) != len(found):
            raise _bad(N_("JSON 里有重复的键。"))
        return made

    def no_number(text: str) -> Any:
        raise _bad(N_('JSON 里的小数 {text} 请写成字符串，例如 "1234.50"。'), text=text[:30])

    def no_constant(text: str) -> Any:
        raise _bad(N_("JSON 里不能有 {text}。"), text=text)

    try:
        made = json.loads(
            text, object_pairs_hook=pairs, parse_float=no_number, parse_constant=no_constant
        )
    except json.JSONDecodeError as fault:
        raise _bad(
            N_("不是合格的 JSON：第 {line} 行第 {column} 个字符处读不懂。请核对引号、逗号和括号。"),
            line=fault.lineno,
            column=fault.colno,
        ) from fault
    except RecursionError as fault:
        raise _bad(N_("JSON 嵌套超过 {limit} 层。"), limit=_MAX_DEPTH) from fault
    except ValueError as fault:
        raise _bad(N_("JSON 里有一个整数太长，读不了。")) from fault
    _check_depth(made, 0)
    return made


def load(kind: type[T], data: Any, *, path: str = "") -> T:
    """Build a dataclass from plain JSON values, refusing unknown keys and wrong types.

    Raises:
        BadInput: E4005 naming the path (``content.funds.0.amount``), or the field's own sentence.
    """
    made: T = _value(kind, data, path)
    return made


def schema(kind: Any) -> dict[str, Any]:
    """Return the JSON schema of a command's dataclass."""
    return _schema(kind, ())


def _bad(template: str, **params: Any) -> BadInput:
    return BadInput(template, params, "E4005")


def _check_depth(value: Any, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise _bad(N_("JSON 嵌套超过 {limit} 层。"), limit=_MAX_DEPTH)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        _check_depth(each, depth + 1)


def _hints(kind: type[Any]) -> dict[str, Any]:
    if kind not in _known_hints:
        _known_hints[kind] = get_type_hints(kind, include_extras=True)
    return _known_hints[kind]


def _value(kind: Any, data: Any, path: str) -> Any:
    origin = get_origin(kind)
    if origin is Annotated:
        base, *marks = get_args(kind)
        return _marked(base, marks, data, path)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        inner = next(each for each in get_args(kind) if each is not type(None))
        return _value(inner, data, path)
    if origin is tuple:
        return _sequence(get_args(kind)[0], data, path)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, data, path)
    return _plain(kind, data, path)


def _sequence(inner: Any, data: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise _bad(N_("{path} 应为列表。"), path=path)
    return tuple(_value(inner, each, f"{path}.{at}") for at, each in enumerate(data))


def _record(kind: type[Any], data: Any, path: str) -> Any:
    if not isinstance(data, dict):
        raise _bad(N_("{path} 应为对象。"), path=path or "JSON")
    hints = _hints(kind)
    names = {f.name: f for f in dataclasses.fields(kind)}
    unknown = sorted(set(data) - set(names))
    if unknown:
        raise _bad(N_("不认识的字段：{names}。"), names="、".join(unknown)[:200])
    missing = [
        name
        for name, f in names.items()
        if name not in data
        and f.default is dataclasses.MISSING
        and f.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise _bad(N_("缺少字段：{names}。"), names="、".join(missing))
    prefix = f"{path}." if path else ""
    return kind(**{name: _value(hints[name], data[name], prefix + name) for name in data})


def _marked(base: Any, marks: list[Any], data: Any, path: str) -> Any:
    if not isinstance(data, str):
        raise _bad(N_("{path} 应为字符串。"), path=path)
    for mark in marks:
        try:
            if isinstance(mark, MoneyMark):
                return parse_money(data)
            if isinstance(mark, NumberMark):
                return parse_quantity(data)
            if isinstance(mark, TextMark):
                return clean_text(data, mark.limit, multiline=mark.lines)
        except BadInput as fault:
            raise BadInput(
                "{path}{sentence}", {"path": f"{path}：", "sentence": fault.sentence()}, fault.code
            ) from fault
    return _plain(base, data, path)


def _plain(kind: Any, data: Any, path: str) -> Any:
    if kind is bool or kind is int:
        if type(data) is not kind:
            what = _("true 或 false") if kind is bool else _("整数")
            raise _bad(N_("{path} 应为 {what}。"), path=path, what=what)
        if kind is int:
            check_whole(data, path)
        return data
    if kind is Any:
        return data
    if not isinstance(data, str):
        raise _bad(N_("{path} 应为字符串。"), path=path)
    try:
        if kind is date:
            return _day(data, path)
        if kind is bytes:
            return base64.b64decode(data, validate=True)
        if kind is str:
            return _storable(data, path)
        return kind(data)
    except ValueError as fault:
        raise _bad(N_("{path} 的值「{data}」不合格。"), path=path, data=data[:40]) from fault


def _storable(text: str, path: str) -> str:
    """Refuse the two things no database text can hold: NUL and half a character."""
    for at, char in enumerate(text, 1):
        if char == "\0" or "\ud800" <= char <= "\udfff":
            raise BadInput(
                N_("{path}：含不可见字符（第 {position} 位 {character}）。请删去这个字符。"),
                {"path": path, "position": at, "character": f"U+{ord(char):04X}"},
                "E1502",
            )
    return text


def check_whole(number: int, path: str) -> None:
    """Refuse an integer that no database column of ours holds (E4005)."""
    if not -_WHOLE_LIMIT <= number <= _WHOLE_LIMIT:
        raise _bad(
            N_("{path} 的数太大，应在 -{limit} 到 {limit} 之间。"), path=path, limit=_WHOLE_LIMIT
        )


def check_day(day: date, path: str) -> None:
    """Refuse a date no procurement can have (E1504)."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise _no_day(day.isoformat(), path)


def _day(text: str, path: str) -> date:
    if not _ISO_DAY.fullmatch(text):
        raise _no_day(text, path)
    try:
        made = date.fromisoformat(text)
    except ValueError as fault:
        raise _no_day(text, path) from fault
    check_day(made, path)
    return made


def _no_day(text: str, path: str) -> BadInput:
    return BadInput(
        N_("{path} 的“{typed}”不是日期。请写成 2026-11-23，年份在 {first} 到 {last} 之间。"),
        {"path": path, "typed": text[:20], "first": _FIRST_YEAR, "last": _LAST_YEAR},
        "E1504",
    )


def _schema(kind: Any, seen: tuple[type[Any], ...]) -> dict[str, Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        base, *marks = get_args(kind)
        made = _schema(base, seen)
        for mark in marks:
            if isinstance(mark, TextMark):
                made["maxLength"] = mark.limit
            if isinstance(mark, MoneyMark):
                made = {
                    "type": "string",
                    "description": "元，最多两位小数",
                    "examples": ["1234.50"],
                }
        return made
    if origin in (Union, types.UnionType):
        inner = next(each for each in get_args(kind) if each is not type(None))
        return {"anyOf": [_schema(inner, seen), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0], seen)}
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record_schema(kind, seen)
    return _plain_schema(kind)


def _record_schema(kind: type[Any], seen: tuple[type[Any], ...]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for f in dataclasses.fields(kind):
        made = _schema(_hints(kind)[f.name], (*seen, kind))
        if title := f.metadata.get("title"):
            made["title"] = title
        properties[f.name] = made
    required = [
        f.name
        for f in dataclasses.fields(kind)
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    ]
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _plain_schema(kind: Any) -> dict[str, Any]:
    if kind is Any:
        return {}
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [str(each) for each in kind]}
    formats: dict[Any, dict[str, Any]] = {
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        UUID: {"type": "string", "format": "uuid"},
        date: {"type": "string", "format": "date"},
        bytes: {"type": "string", "contentEncoding": "base64"},
    }
    return dict(formats.get(kind, {"type": "string"}))
