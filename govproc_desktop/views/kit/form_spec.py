"""What a form says about itself: sections of fields, named like the fields of its content.

Labels, help sentences and red stars come from the content dataclass (``domain.fields.label``), so
that a field is described once. To add a field: name it in a section with ``text``, ``note``,
``date_field``, ``choice``, ``tick``, ``radio`` or ``fixed``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from govproc_desktop.i18n import N_, _

Raw = dict[str, str]
"""Everything typed into the fields, letter by letter; ticks are ``"1"`` or ``""``."""
Options = tuple[tuple[str, str], ...]
NO_YES: Options = (("", N_("否")), ("1", N_("是")))


class FieldKind(Enum):
    """How a field is entered."""

    TEXT = "text"
    NOTE = "note"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    TICK = "tick"
    RADIO = "radio"
    FIXED = "fixed"


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """One field of a section; ``when`` says from what was typed whether it is shown."""

    key: str
    kind: FieldKind
    span: int = 1
    options: Options = ()
    words: str = ""
    title: str = ""
    placeholder: str = ""
    fold: bool = False
    when: Callable[[Mapping[str, str]], bool] | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the form with an entry in the rail; ``fields`` may be empty for a drawn part."""

    key: str
    title: str
    fields: tuple[FieldSpec, ...] = ()
    beside: str = ""
    """Key of the section that stands at its left in the same row."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A declared form over a content dataclass; three columns of fields."""

    id: str
    title: str
    content: type[Any]
    sections: tuple[Section, ...]
    columns: int = 3

    def meta(self, key: str) -> Mapping[str, Any]:
        """Return the label metadata of a content field; empty for one only shown."""
        found = {field.name: field.metadata for field in dataclasses.fields(self.content)}
        return found.get(key, {})

    def label(self, key: str) -> str:
        """Return the label of a field in the interface language."""
        every = (each for part in self.sections for each in part.fields)
        spec = next((each for each in every if each.key == key), None)
        title = spec.title if spec is not None and spec.title else self.meta(key).get("title", key)
        return _(str(title))

    def section_of(self, key: str) -> str:
        """Return the section a field (``expected_on`` or ``funds.0.amount``) stands in."""
        head = key.split(".")[0]
        for part in self.sections:
            if part.key == head or any(each.key == head for each in part.fields):
                return part.key
        return ""


def text(key: str, **more: Any) -> FieldSpec:
    """Return a one-line text field."""
    return FieldSpec(key=key, kind=FieldKind.TEXT, **more)


def note(key: str, **more: Any) -> FieldSpec:
    """Return a field of several lines."""
    return FieldSpec(key=key, kind=FieldKind.NOTE, **more)


def date_field(key: str, **more: Any) -> FieldSpec:
    """Return a day."""
    return FieldSpec(key=key, kind=FieldKind.DATE, **more)


def number(key: str, **more: Any) -> FieldSpec:
    """Return a whole number."""
    return FieldSpec(key=key, kind=FieldKind.NUMBER, **more)


def choice(key: str, options: Options, **more: Any) -> FieldSpec:
    """Return a drop-down; option texts are marked."""
    return FieldSpec(key=key, kind=FieldKind.CHOICE, options=options, **more)


def tick(key: str, words: str, **more: Any) -> FieldSpec:
    """Return a tick box with its words."""
    return FieldSpec(key=key, kind=FieldKind.TICK, words=words, **more)


def radio(key: str, options: Options = NO_YES, **more: Any) -> FieldSpec:
    """Return a choice that stands open; 否 and 是 unless told otherwise."""
    return FieldSpec(key=key, kind=FieldKind.RADIO, options=options, **more)


def fixed(key: str, title: str, **more: Any) -> FieldSpec:
    """Return a value that is shown with a lock."""
    return FieldSpec(key=key, kind=FieldKind.FIXED, title=title, **more)
