"""The application's frame: side bar, tabs and sheet."""

from govproc_desktop.views.kit.shell.frame import Sheet, ShellFrame
from govproc_desktop.views.kit.shell.nav_data import NavItem, NavSection
from govproc_desktop.views.kit.shell.side_bar import SideBar
from govproc_desktop.views.kit.shell.tab_strip import TabStrip

__all__ = ["NavItem", "NavSection", "Sheet", "ShellFrame", "SideBar", "TabStrip"]
