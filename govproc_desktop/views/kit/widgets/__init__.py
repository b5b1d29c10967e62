"""The painted widgets every window is built of."""

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
