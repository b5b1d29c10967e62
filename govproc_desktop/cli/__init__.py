"""The command line: the same door as the windows, JSON in and out.

Exit status 0 done, 1 refused (the JSON says by which rule), 2 wrong usage or environment.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return the exit status; never shows a traceback for an AppError."""
    from govproc_desktop.cli.output import guarded
    from govproc_desktop.cli.parser import build

    args = build().parse_args(argv)
    return guarded(lambda: int(args.run(args)))
