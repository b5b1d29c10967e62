"""Ask and tell through one bridge, so that tests answer instead of patching dialogs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from govproc_desktop.domain.errors import AppError


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with named answers; the first is the safe one, offered by Enter and Esc."""

    title: str
    text: str
    answers: tuple[tuple[str, str], ...] = (("no", "取消"), ("yes", "确定"))
    danger: bool = False


class Asker(Protocol):
    """What windows may ask the person; the real one draws dialogs, the tests' one answers."""

    def ask(self, question: Question) -> str:
        """Return the key of the chosen answer."""

    def text(self, *, title: str, prompt: str, required: bool = False) -> str | None:
        """Return a typed text, or nothing if cancelled."""

    def error(self, fault: AppError) -> None:
        """Show a sentence the person has to read."""

    def tell(self, title: str, text: str) -> None:
        """Show a result that stays until dismissed."""

    def open_files(self, *, title: str, patterns: str, many: bool = False) -> Sequence[Path]:
        """Return chosen files, or none."""

    def save_file(self, *, title: str, name: str, patterns: str) -> Path | None:
        """Return where to save, or nothing."""


@dataclass
class CannedAsker:
    """Answers for tests: answers are taken in order, everything asked or told is recorded."""

    answers: list[str | None] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    errors: list[AppError] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)

    def ask(self, question: Question) -> str:
        """Return the next canned answer."""
        self.asked.append(question)
        return self.answers.pop(0) or question.answers[0][0]

    def text(self, *, title: str, prompt: str, required: bool = False) -> str | None:
        """Return the next canned text."""
        del title, prompt, required
        return self.answers.pop(0)

    def error(self, fault: AppError) -> None:
        """Record the error."""
        self.errors.append(fault)

    def tell(self, title: str, text: str) -> None:
        """Record what was told."""
        self.told.append((title, text))

    def open_files(self, *, title: str, patterns: str, many: bool = False) -> Sequence[Path]:
        """Return the canned files."""
        del title, patterns
        return list(self.files) if many else self.files[:1]

    def save_file(self, *, title: str, name: str, patterns: str) -> Path | None:
        """Return the first canned file."""
        del title, name, patterns
        return self.files[0] if self.files else None
