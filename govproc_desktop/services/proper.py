"""Refuse at the door what no field may hold, whoever built the command: window, file or line."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.domain.fields import TextMark
from govproc_desktop.domain.text import clean_text, is_plain
from govproc_desktop.services.wire import check_day, check_whole

Judge = Callable[[Any, str], None]


def demand_proper(cmd: object) -> None:
    """Refuse texts too long or with invisible characters, numbers and dates out of range.

    Amounts are left to the rules, which name the line and the number beside its limit.

    Raises:
        BadInput: E1502, E1503, E1504 or E4005, naming the field.
    """
    _judge_record(cmd, "")


def _judge_record(value: Any, path: str) -> None:
    prefix = f"{path}." if path else ""
    for name, judge in _judges(type(value)):
        found = getattr(value, name)
        if found is not None:
            judge(found, prefix + name)


_known: dict[type[Any], tuple[tuple[str, Judge], ...]] = {}


def _judges(kind: type[Any]) -> tuple[tuple[str, Judge], ...]:
    if kind not in _known:
        _known[kind] = _made_judges(kind)
    return _known[kind]


def _made_judges(kind: type[Any]) -> tuple[tuple[str, Judge], ...]:
    hints = get_type_hints(kind, include_extras=True)
    made = ((each.name, _judge_of(hints[each.name])) for each in dataclasses.fields(kind))
    return tuple((name, judge) for name, judge in made if judge is not None)


def _judge_of(hint: Any) -> Judge | None:
    origin = get_origin(hint)
    if origin is Annotated:
        marks = [each for each in get_args(hint)[1:] if isinstance(each, TextMark)]
        return _text_judge(marks[0]) if marks else None
    if origin in (Union, types.UnionType):
        return _judge_of(next(each for each in get_args(hint) if each is not type(None)))
    if origin is tuple:
        inner = _judge_of(get_args(hint)[0])
        return None if inner is None else _each_judge(inner)
    if dataclasses.is_dataclass(hint):
        return _judge_record
    if hint is int:
        return check_whole
    return check_day if hint is date else None


def _text_judge(mark: TextMark) -> Judge:
    def judge(text: str, path: str) -> None:
        if len(text) <= mark.limit and is_plain(text):
            return
        try:
            clean_text(text, mark.limit, multiline=mark.lines)
        except BadInput as fault:
            raise BadInput(
                "{path}：{sentence}", {"path": path, "sentence": fault.sentence()}, fault.code
            ) from fault

    return judge


def _each_judge(inner: Judge) -> Judge:
    def judge(values: tuple[Any, ...], path: str) -> None:
        for at, each in enumerate(values):
            inner(each, f"{path}.{at}")

    return judge
