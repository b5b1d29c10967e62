"""The composition root of the windows: settings, look, login, database, one main window."""

from govproc_desktop.app.program import run

__all__ = ["run"]
