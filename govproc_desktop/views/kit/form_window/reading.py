"""Read typed texts into the fields of a content record and write them back, by its type marks."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from govproc_desktop.domain.errors import AppError, BadInput
from govproc_desktop.domain.fields import MoneyMark, NumberMark, TextMark
from govproc_desktop.domain.money import money_text, parse_money, parse_quantity, quantity_text
from govproc_desktop.domain.text import clean_text
from govproc_desktop.i18n import N_
from govproc_desktop.views.kit.widgets import parse_day

_NO_DAY = N_("“{typed}”不是日期，请写成 2026-11-23 这样。")
_NO_NUMBER = N_("“{typed}”不是整数，请只写数字，例如 40。")


def read_record(kind: type[Any], raw: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a record's plain fields, and a sentence for each unreadable one.

    An unreadable or empty field takes its default; tuples and nested records are left out.
    """
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for key, hint in _hints(kind).items():
        if key not in raw or _is_nested(hint):
            continue
        try:
            value = _read(hint, raw[key])
        except AppError as fault:
            errors[key] = fault.sentence()
            continue
        if value is not None:
            values[key] = value
    return values, errors


def read_error(kind: type[Any], key: str, *, text: str) -> str:
    """Return what is wrong with one typed text, or ""."""
    return read_record(kind, {key: text})[1].get(key, "")


def write_record(record: Any) -> dict[str, str]:
    """Return the plain fields of a record as the form shows them."""
    hints = _hints(type(record))
    return {
        key: _write(getattr(record, key), hint)
        for key, hint in hints.items()
        if not _is_nested(hint)
    }


def tidy_money(text: str) -> str:
    """Return an amount grouped with two places; what is no amount stays as typed."""
    try:
        return money_text(parse_money(text))
    except AppError:
        return text.strip()


def tidy_number(text: str) -> str:
    """Return a quantity grouped without idle zeros; what is none stays as typed."""
    try:
        return quantity_text(parse_quantity(text))
    except AppError:
        return text.strip()


def tidy_price(text: str) -> str:
    """Return a unit price with at least two places; what is none stays as typed."""
    try:
        return _price(parse_quantity(text))
    except AppError:
        return text.strip()


_known_hints: dict[Any, dict[str, Any]] = {}


def _hints(kind: Any) -> dict[str, Any]:
    if kind not in _known_hints:
        hints = get_type_hints(kind, include_extras=True)
        _known_hints[kind] = {each.name: hints[each.name] for each in dataclasses.fields(kind)}
    return _known_hints[kind]


def _is_nested(hint: Any) -> bool:
    return get_origin(hint) is tuple or dataclasses.is_dataclass(hint)


def _bare(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return the type of a hint without None, and its marks."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(each for each in get_args(hint) if each is not type(None))
    if get_origin(hint) is Annotated:
        base, *marks = get_args(hint)
        return base, tuple(marks)
    return hint, ()


def _read(hint: Any, text: str) -> Any:
    base, marks = _bare(hint)
    for mark in marks:
        if isinstance(mark, TextMark):
            return clean_text(text, mark.limit, multiline=mark.lines)
        if isinstance(mark, MoneyMark):
            return parse_money(text) if text.strip() else None
        if isinstance(mark, NumberMark):
            return parse_quantity(text) if text.strip() else None
    return _read_plain(base, text.strip())


def _read_plain(base: Any, text: str) -> Any:
    if base is bool:
        return bool(text)
    if isinstance(base, type) and issubclass(base, StrEnum):
        return base(text)
    if not text:
        return None
    if base is date:
        day = parse_day(text)
        if day is None:
            raise BadInput(_NO_DAY, {"typed": text[:30]}, "E1504")
        return day
    if base is int:
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise BadInput(_NO_NUMBER, {"typed": text[:30]})
        return int(text)
    return UUID(text) if base is UUID else text


def _write(value: Any, hint: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, Decimal):
        _base, marks = _bare(hint)
        if any(isinstance(mark, MoneyMark) for mark in marks):
            return money_text(value)
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value) if value else ""
    return str(value)


def _price(value: Decimal) -> str:
    whole = value.quantize(Decimal("0.01"))
    return money_text(whole) if whole == value else quantity_text(value)
