"""Whether an open plan may still be withdrawn: the button is off, with its reason, when not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from govproc_desktop.domain.plan.flow import NODES
from govproc_desktop.domain.rules import Check
from govproc_desktop.i18n import _
from govproc_desktop.services.explain import explain
from govproc_desktop.services.plans import WithdrawPlan
from govproc_desktop.views.kit.why import show_why

if TYPE_CHECKING:
    from govproc_desktop.views.plan_management.plan_form.window import PlanForm


class Withdrawal(QObject):
    """Asks the checks that withdrawing itself would meet, for a plan under review."""

    def __init__(self, form: PlanForm) -> None:
        super().__init__(form)
        self._form = form
        self._checks: tuple[Check, ...] = ()
        form.withdraw_button.whyRequested.connect(self.why_not)

    def judge(self) -> None:
        """Ask in the database lane and turn the button off or on."""
        form, context = self._form, self._form.desk.context
        if form.plan_state not in NODES or not context.actor.may("plan.edit"):
            return
        command = WithdrawPlan(plan=form.uid, seen_version=form.autosave.seen_version)
        form.desk.read(
            lambda _reader: explain(command, context), self._judged, owner=form, era="withdraw"
        )

    def _judged(self, checks: tuple[Check, ...]) -> None:
        self._checks = checks
        refusing = next((check for check in checks if check.refuses), None)
        self._form.withdraw_button.set_reason(refusing.detail() if refusing is not None else None)

    def why_not(self) -> None:
        """Show every check, the one that refuses first."""
        show_why(self._form.withdraw_button, _("为什么不能撤回"), checks=self._checks)
