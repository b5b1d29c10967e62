"""The raw state of a form as plain values: what drafts keep and what merging compares."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from govproc_desktop.views.kit.form_spec import Raw
from govproc_desktop.views.kit.lines_model import Line

Lines = dict[str, list[Line]]


@dataclass
class FormState:
    """Everything typed, letter by letter: fields by key, lines by grid; half numbers included."""

    fields: Raw = field(default_factory=dict)
    lines: Lines = field(default_factory=dict)

    def dump(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {"fields": self.fields, "lines": self.lines}

    @classmethod
    def load(cls, data: Mapping[str, Any]) -> FormState:
        """Return the state of dumped values; anything that is not text is left out."""
        fields = {str(k): v for k, v in data.get("fields", {}).items() if isinstance(v, str)}
        lines = {
            str(name): [{str(k): v for k, v in line.items() if isinstance(v, str)} for line in rows]
            for name, rows in data.get("lines", {}).items()
        }
        return cls(fields, lines)

    @classmethod
    def parse(cls, text: str) -> FormState:
        """Return the state kept as JSON text."""
        return cls.load(json.loads(text))

    def copy(self) -> FormState:
        """Return an independent copy."""
        lines = {name: [dict(line) for line in rows] for name, rows in self.lines.items()}
        return FormState(dict(self.fields), lines)

    def differences(self, other: FormState) -> int:
        """Return in how many fields and lines this differs from another state."""
        keys = set(self.fields) | set(other.fields)
        count = sum(1 for key in keys if self.fields.get(key, "") != other.fields.get(key, ""))
        for name in set(self.lines) | set(other.lines):
            mine = {line["uid"]: _said(line) for line in self.lines.get(name, [])}
            theirs = {line["uid"]: _said(line) for line in other.lines.get(name, [])}
            changed = [uid for uid in set(mine) | set(theirs) if mine.get(uid) != theirs.get(uid)]
            count += len(changed)
            if not changed and list(mine) != list(theirs):
                count += 1
        return count


def _said(line: Line) -> Line:
    """Leave out empty values and the program's own notes (keys with a leading underscore)."""
    return {key: value for key, value in line.items() if value and not key.startswith("_")}


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong or missing: the field, the sentence under it, the chip's words.

    ``quiet`` ones (merely not filled yet) are painted red only after submitting was tried.
    """

    field: str
    sentence: str
    words: str
    tone: str = "danger"
    quiet: bool = False
    section: str = ""
