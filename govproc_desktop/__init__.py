"""政采桌面: government procurement at budget units, from the budget money to the archive."""

__version__ = "26.11.0"
