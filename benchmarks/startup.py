"""How fast the login window is painted, against a bare window: separate processes, medians.

Run it: ``QT_QPA_PLATFORM=offscreen python -m benchmarks.startup``; the promise is a ratio ≤ 1.5.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 11
PROMISE = 1.5

BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))
app = QApplication(sys.argv)
window = Window()
window.resize(880, 560)
window.show()
app.exec()
"""

LOGIN = """
import os, sys
from govproc_desktop import __main__  # what the installed command imports
from govproc_desktop.app import program
program._has_no_display = lambda: False
program.Program._after_paint = lambda self: os._exit(3 if "sqlalchemy" in sys.modules else 0)
__main__.main([])
"""


def once(code: str, home: str) -> float:
    """Return the seconds from starting the process to its first paint."""
    given = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GOVPROC_HOME": home}
    # an installed program is never compiled at start-up; some build machines forbid the cache
    given |= {"PYTHONPYCACHEPREFIX": str(Path(home) / "compiled")}
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], env=given, check=False, timeout=60)
    took = time.perf_counter() - begun
    if done.returncode:
        raise SystemExit(f"start-up failed with {done.returncode} (3: SQLAlchemy came too early)")
    return took


def measure(runs: int = RUNS) -> dict[str, float]:
    """Return the medians in milliseconds and their ratio; pairs are interleaved."""
    with tempfile.TemporaryDirectory() as home:
        once(BARE, home)
        once(LOGIN, home)
        pairs = [(once(BARE, home), once(LOGIN, home)) for _run in range(runs)]
    bare = statistics.median(pair[0] for pair in pairs)
    login = statistics.median(pair[1] for pair in pairs)
    return {"bare_ms": bare * 1000, "login_ms": login * 1000, "ratio": login / bare}


def main() -> int:
    """Print the figures; exit 1 when the promise is broken."""
    found = measure()
    print(
        f"login painted {found['login_ms']:.0f} ms, bare window {found['bare_ms']:.0f} ms, "
        f"ratio {found['ratio']:.2f} (promise ≤ {PROMISE})"
    )
    return 0 if found["ratio"] <= PROMISE else 1


if __name__ == "__main__":
    raise SystemExit(main())
