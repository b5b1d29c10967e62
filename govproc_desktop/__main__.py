"""Start the program: the windows when nothing else is asked for, the command line otherwise."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def window_options(argv: Sequence[str]) -> dict[str, str] | None:
    """Return the options of the windows, or nothing when a subcommand is meant.

    ``--demo`` opens the demo office, ``--database PATH|URL`` another database than the setting's.
    """
    found: dict[str, str] = {}
    rest = list(argv)
    while rest:
        word = rest.pop(0)
        if word == "--demo":
            found["demo"] = "1"
        elif word == "--database" and rest:
            found["database"] = rest.pop(0)
        elif word.startswith("--database="):
            found["database"] = word.partition("=")[2]
        else:
            return None
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    given = list(sys.argv[1:] if argv is None else argv)
    options = window_options(given)
    if options is None:
        from govproc_desktop.cli import main as command_line

        return command_line(given)
    from govproc_desktop.app import run

    return run(demo=bool(options.get("demo")), database=options.get("database", ""))


if __name__ == "__main__":
    raise SystemExit(main())
