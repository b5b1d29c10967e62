"""Keep the settings of this computer in one JSON file in the data folder."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from govproc_desktop.paths import data_folder
from govproc_desktop.settings import Setting, V


class Store:
    """Reads once, writes at every change; a damaged file is set aside and defaults are used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Any] = _read(path)

    @classmethod
    def of_this_person(cls) -> Store:
        """Return the settings in the data folder."""
        return cls(data_folder() / "settings.json")

    def get(self, setting: Setting[V]) -> V:
        """Return the value, or the default when none was stored or it no longer fits."""
        value = self._values.get(setting.id, setting.default)
        return value if setting.fits(value) else setting.default

    def put(self, setting: Setting[V], value: V) -> None:
        """Store a value at once.

        Raises:
            ValueError: the value is not one the setting may have (a bug of the caller).
            OSError: the file cannot be written; the value counts until the program ends.
        """
        if not setting.fits(value):
            raise ValueError(f"{setting.id}: {value!r}")
        if self._values.get(setting.id, setting.default) == value:
            return
        self._values[setting.id] = value
        self._write()

    def _write(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self._values, ensure_ascii=False, indent=1, sort_keys=True)
        fresh = self._path.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self._path)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError:
        return {}
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    # kept for whoever wants to look; the program must open all the same
    os.replace(path, path.with_suffix(".damaged"))  # noqa: PTH105 - one call, no race
    return {}
