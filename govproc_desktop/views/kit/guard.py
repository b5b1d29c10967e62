"""Hand what escapes a Qt override to the crash keeper before Qt's own code meets it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, TypeVar

S = TypeVar("S")
P = ParamSpec("P")


def guarded(
    override: Callable[Concatenate[S, P], None],
) -> Callable[Concatenate[S, P], None]:
    """Keep an exception of a Qt override (``closeEvent`` …) out of Qt.

    PySide6 6.11 on Python 3.11 dies of a segmentation fault when some exceptions leave an override
    that Qt calls straight from a Python call such as ``window.close()``; the hook that logs faults
    and shows them would never run. GUI thread only.
    """

    def kept(self: S, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            override(self, *args, **kwargs)
        except Exception:  # noqa: BLE001 - handed on to the crash keeper, nothing is swallowed
            sys.excepthook(*sys.exc_info())

    update_wrapper(kept, override)
    return kept
