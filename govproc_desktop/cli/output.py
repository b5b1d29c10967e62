"""Answers as JSON lines on standard output, and errors as exit statuses."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy.exc import DBAPIError

from govproc_desktop.domain.errors import (
    AppError,
    BadInput,
    NeedsConfirmation,
    RulesBroken,
    Unavailable,
)
from govproc_desktop.services import faults

DONE, REFUSED, FAILED = 0, 1, 2


class Usage(BadInput):
    """The command line itself is wrong (unknown command, unreadable file): exit status 2."""


def say(answer: object) -> None:
    """Write one answer on one line, as UTF-8 whatever the terminal believes."""
    line = json.dumps(answer, ensure_ascii=False, separators=(", ", ": "))
    if hasattr(sys.stdout, "buffer"):
        sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(line + "\n")


def guarded(work: Callable[[], int]) -> int:
    """Run the work; an error a person can mend becomes its JSON and its exit status."""
    try:
        return work()
    except AppError as fault:
        say(error(fault))
        return status(fault)
    except DBAPIError as fault:
        known = faults.translate(fault)  # raises what it does not know: a bug
        say(error(known))
        return status(known)
    except BrokenPipeError:
        return DONE  # the reader (head, less) has seen enough
    except KeyboardInterrupt:
        return FAILED


def status(fault: AppError) -> int:
    """Return 2 for the environment and the command line, 1 for everything that was refused."""
    return FAILED if isinstance(fault, (Unavailable, Usage)) else REFUSED


def error(fault: AppError) -> dict[str, Any]:
    """Return the JSON of an error: ``refused``, ``confirm`` or ``error``."""
    if isinstance(fault, NeedsConfirmation):
        return {"confirm": [{"key": fault.key, "message": fault.sentence()}]}
    if isinstance(fault, RulesBroken):
        return {
            "refused": [
                {
                    "rule": each.rule,
                    "code": each.code,
                    "field": each.field,
                    "message": each.sentence(),
                }
                for each in fault.violations
            ]
        }
    if status(fault) == FAILED:
        return {"error": {"code": fault.code, "message": fault.sentence()}}
    return {"refused": [{"rule": "", "code": fault.code, "field": "", "message": fault.sentence()}]}
