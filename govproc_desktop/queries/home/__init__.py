"""Reads of the home page, of the navigation's counts, and of what paper refers to."""

from govproc_desktop.queries.home.page import (
    AskBadges,
    Badges,
    Home,
    HomePage,
    MoneyPicture,
    SentRow,
    TodoRow,
    badges,
    home_page,
)
from govproc_desktop.queries.home.papers import (
    FindPaper,
    LastPrint,
    LastPrinted,
    PaperHit,
    find_paper,
    last_print,
)

__all__ = [
    "AskBadges",
    "Badges",
    "FindPaper",
    "Home",
    "HomePage",
    "LastPrint",
    "LastPrinted",
    "MoneyPicture",
    "PaperHit",
    "SentRow",
    "TodoRow",
    "badges",
    "find_paper",
    "home_page",
    "last_print",
]
