"""What the navigation shows, as plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class NavItem:
    """A window one can go to; ``badge`` is ready text, empty for none."""

    id: str
    title: str
    badge: str = ""


@dataclass(frozen=True)
class NavSection:
    """A top entry; without children it is itself a window to go to."""

    id: str
    title: str
    icon: str
    children: tuple[NavItem, ...] = ()
    badge: str = ""
