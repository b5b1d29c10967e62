"""The home page: where the money is, what waits, who has what was sent."""

from govproc_desktop.views.home.page import HomeWindow, Shortcut

__all__ = ["HomeWindow", "Shortcut"]
