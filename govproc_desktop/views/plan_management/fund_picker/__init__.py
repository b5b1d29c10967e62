"""The dialog that picks fund plans for a plan."""

from govproc_desktop.views.plan_management.fund_picker.dialog import FundPicker
from govproc_desktop.views.plan_management.fund_picker.lines import PickerNeed, PickLines
from govproc_desktop.views.plan_management.fund_picker.table import PickTable

__all__ = ["FundPicker", "PickLines", "PickTable", "PickerNeed"]
