"""Reads of the home page, of the navigation's counts, and of what paper refers to."""

from govproc_desktop.queries.home.page import badges, home_page
from govproc_desktop.queries.home.papers import (
    FindPaper,
    PaperHit,
    find_paper,
)
from govproc_desktop.queries.home.shapes import (
    AskBadges,
    Badges,
    Home,
    HomePage,
    KeptDraft,
    MoneyPicture,
    SentRow,
    TodoRow,
)

__all__ = [
    "AskBadges",
    "Badges",
    "FindPaper",
    "Home",
    "HomePage",
    "KeptDraft",
    "MoneyPicture",
    "PaperHit",
    "SentRow",
    "TodoRow",
    "badges",
    "find_paper",
    "home_page",
]
