"""Errors a person can do something about; anything else that is raised is a bug.

Each carries a message template (marked for translation) and its parameters, never a finished
sentence: :meth:`AppError.sentence` renders it, for the command line and for the error box alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from govproc_desktop.i18n import N_, _


def _shown(value: object) -> object:
    return f"{value:,.2f}" if isinstance(value, Decimal) else value


def render(template: str, params: Mapping[str, Any]) -> str:
    """Fill a template; amounts (Decimal, 元) get thousands separators and two places."""
    text = _(template)
    return text.format(**{key: _shown(value) for key, value in params.items()}) if params else text


@dataclass(eq=False)
class AppError(Exception):
    """Something the person can mend; ``code`` is the E-number printed after the sentence."""

    template: str
    params: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""

    def sentence(self) -> str:
        """Return the whole sentence in the interface language."""
        return render(self.template, self.params)

    def __str__(self) -> str:
        return f"{self.code} {self.sentence()}".strip()


class Refused(AppError):
    """The person has no right to do this (permission, data scope, own document: R15)."""


class StaleRecord(AppError):
    """Someone saved the record after it was opened; offer to merge or reload."""


class NotFound(AppError):
    """The record does not exist or lies outside the person's data scope."""


class Unavailable(AppError):
    """The environment failed (disk, lock, network, damaged file); nothing was changed."""


class BadInput(AppError):
    """Input that cannot be understood at all: wrong JSON, wrong file, wrong number grammar."""


class Cancelled(AppError):
    """The person stopped long work; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__(N_("已取消，没有保留任何内容。"), {}, "E3009")


@dataclass(eq=False)
class NeedsConfirmation(AppError):
    """A question; answering yes sends the same command again with ``key`` in ``confirmed``."""

    key: str = ""


@dataclass(frozen=True)
class Violation:
    """One broken rule: the sentence, the field to mend, and the number against its limit."""

    rule: str
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)
    field: str = ""
    code: str = ""

    def sentence(self) -> str:
        """Return the whole sentence in the interface language."""
        return render(self.template, self.params)


class RulesBroken(AppError):
    """Every rule that refuses the command, all at once."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        first = violations[0]
        super().__init__(first.template, first.params, first.code)
        self.violations = violations

    def __str__(self) -> str:
        return "；".join(f"{v.rule} {v.sentence()}".strip() for v in self.violations)
