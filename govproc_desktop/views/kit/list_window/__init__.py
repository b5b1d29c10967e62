"""The window of a list, the same for every subject: a ``ListWindow`` spec makes a page."""

from govproc_desktop.views.kit.list_window.page import ListPage

__all__ = ["ListPage"]
