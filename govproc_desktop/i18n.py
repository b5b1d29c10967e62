"""Mark and translate interface texts; the source language is Chinese."""

from __future__ import annotations

import gettext
from pathlib import Path

_active: gettext.NullTranslations = gettext.NullTranslations()


def N_(text: str) -> str:
    """Mark a text for translation where it is defined, without translating it yet."""
    return text


def _(text: str) -> str:
    """Translate a text at the moment it is shown; never call this at module level."""
    return _active.gettext(text)


def install(language: str, locale_folder: Path) -> None:
    """Switch the texts to a language; Chinese (or a missing catalogue) is the source itself."""
    global _active
    if language.startswith("zh"):
        _active = gettext.NullTranslations()
        return
    _active = gettext.translation("govproc", locale_folder, languages=[language], fallback=True)
