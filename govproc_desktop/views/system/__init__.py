"""系统: the windows of this menu, in the order of the navigation."""
