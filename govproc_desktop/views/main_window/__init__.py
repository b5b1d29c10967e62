"""The main window: navigation, open pages as tabs, keys, notices, and the way between windows.

What a page may have, all optional: ``setWindowTitle`` names its tab, ``setWindowModified(True)``
puts the unsaved dot on it, ``refresh()`` answers F5, ``take(params)`` receives the parameters of
being opened again, ``focus_field(key)`` goes to a field, ``new()`` answers Ctrl+N, ``save()``
saves before closing and returns whether it may close.
"""

from govproc_desktop.views.main_window.menus import MENUS, Menu, permitted, sections
from govproc_desktop.views.main_window.window import MainWindow

__all__ = ["MENUS", "MainWindow", "Menu", "permitted", "sections"]
