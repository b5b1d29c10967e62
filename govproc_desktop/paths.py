"""Find shipped resources and the person's own folders, from a checkout or an installed wheel."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """Return the path of a shipped resource such as ``fonts/NotoSansSC-Regular.ttf``.

    Raises:
        FileNotFoundError: the name is not shipped (a packaging fault, never user input).
    """
    for base in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        found = base / name
        if found.exists():
            return found
    raise FileNotFoundError(name)


def data_folder() -> Path:
    """Return the folder that holds this person's databases; ``GOVPROC_HOME`` overrides it."""
    if home := os.environ.get("GOVPROC_HOME"):
        return Path(home)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "govproc-desktop"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "govproc-desktop"
