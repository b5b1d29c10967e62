"""The painted widgets every window is built of; each file is loaded when first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govproc_desktop.views.kit.widgets.buttons import Button, icon_button
    from govproc_desktop.views.kit.widgets.calendar import Calendar
    from govproc_desktop.views.kit.widgets.cards import Card, Chip, Notice, Panel, scroll_area
    from govproc_desktop.views.kit.widgets.choices import Check, RadioGroup, Segmented, Tabs
    from govproc_desktop.views.kit.widgets.combos import ComboField, Menu
    from govproc_desktop.views.kit.widgets.dates import DateField, parse_day
    from govproc_desktop.views.kit.widgets.dialog import DialogFrame
    from govproc_desktop.views.kit.widgets.field_cell import FieldCell
    from govproc_desktop.views.kit.widgets.fields import (
        AmountField,
        ReadOnlyField,
        SearchField,
        TextField,
    )
    from govproc_desktop.views.kit.widgets.marks import (
        PILL_STYLES,
        Avatar,
        Dot,
        HLine,
        IconLabel,
        Label,
        Mark,
        Pill,
        VLine,
    )
    from govproc_desktop.views.kit.widgets.popover import Popover
    from govproc_desktop.views.kit.widgets.text_area import TextArea

__all__ = [
    "PILL_STYLES",
    "AmountField",
    "Avatar",
    "Button",
    "Calendar",
    "Card",
    "Check",
    "Chip",
    "ComboField",
    "DateField",
    "DialogFrame",
    "Dot",
    "FieldCell",
    "HLine",
    "IconLabel",
    "Label",
    "Mark",
    "Menu",
    "Notice",
    "Panel",
    "Pill",
    "Popover",
    "RadioGroup",
    "ReadOnlyField",
    "SearchField",
    "Segmented",
    "Tabs",
    "TextArea",
    "TextField",
    "VLine",
    "icon_button",
    "parse_day",
    "scroll_area",
]

_HOMES = {
    "buttons": ("Button", "icon_button"),
    "calendar": ("Calendar",),
    "cards": ("Card", "Chip", "Notice", "Panel", "scroll_area"),
    "choices": ("Check", "RadioGroup", "Segmented", "Tabs"),
    "combos": ("ComboField", "Menu"),
    "dates": ("DateField", "parse_day"),
    "dialog": ("DialogFrame",),
    "field_cell": ("FieldCell",),
    "fields": ("AmountField", "ReadOnlyField", "SearchField", "TextField"),
    "marks": (
        "PILL_STYLES",
        "Avatar",
        "Dot",
        "HLine",
        "IconLabel",
        "Label",
        "Mark",
        "Pill",
        "VLine",
    ),
    "popover": ("Popover",),
    "text_area": ("TextArea",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    # The login window needs six of these files, and must be painted before the rest is read.
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(name)
    found: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = found
    return found
