"""One table of ratios: what was measured, beside its peer of the same run, against the promise."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measurement; ``promise`` is the largest ratio (or ms) that still keeps our word."""

    name: str
    ours: str
    peer: str
    ratio: float | None = None
    promise: str = ""
    kept: bool | None = None


def show(rows: Sequence[Row]) -> str:
    """Return the table as Markdown, so that it can go into docs/performance.md as it is."""
    lines = [
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}",
        "",
        "| what | ours | peer in the same run | ratio | promise | kept |",
        "|---|---:|---:|---:|---|---|",
    ]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        kept = "" if row.kept is None else "yes" if row.kept else "NO"
        lines.append(f"| {row.name} | {row.ours} | {row.peer} | {ratio} | {row.promise} | {kept} |")
    return "\n".join(lines)
