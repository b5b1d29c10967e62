"""Say how far a long reading or writing is, and stop it when the person asks."""

from __future__ import annotations

from collections.abc import Callable

from govproc_desktop.domain.errors import Cancelled

Progress = Callable[[int, int], None]
"""Called from the working thread with (rows done, rows in all; 0 while unknown)."""

Stop = Callable[[], bool]
"""Called from the working thread; true means the person pressed 取消."""

EVERY = 500
"""Rows between two looks at the progress bar and the cancel button."""


def check_stop(
    done: int, total: int, *, progress: Progress | None = None, cancelled: Stop | None = None
) -> None:
    """Report progress and honour a wish to stop; call it every ``EVERY`` rows.

    Raises:
        Cancelled: ``cancelled`` answered true.
    """
    if cancelled is not None and cancelled():
        raise Cancelled
    if progress is not None:
        progress(done, total)
