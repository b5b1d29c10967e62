"""Pick what goes into the lines of a plan: fund plans, own money, categories, ways of buying."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from govproc_desktop.domain.catalog import Category
from govproc_desktop.domain.money import ZERO
from govproc_desktop.domain.plan.content import FUND_KIND_TITLES, FundKind
from govproc_desktop.i18n import _
from govproc_desktop.queries.fund_plans.choices import (
    ChoicesParams,
    FundChoice,
    fund_plan_choices,
)
from govproc_desktop.queries.plan_form import FundFacts, FundsParams, form_funds
from govproc_desktop.views.kit.lines_model import Line
from govproc_desktop.views.kit.widgets.combos import Menu
from govproc_desktop.views.plan_management.catalog_dialog import CatalogDialog
from govproc_desktop.views.plan_management.fund_picker import FundPicker, PickerNeed
from govproc_desktop.views.plan_management.method_dialog import MethodDialog
from govproc_desktop.views.plan_management.plan_form.content_text import (
    blank_item,
    drawn_line,
    own_line,
)
from govproc_desktop.views.plan_management.plan_form.data import total_of
from govproc_desktop.views.plan_management.plan_form.funds_section import amount_of, is_own

if TYPE_CHECKING:
    from govproc_desktop.views.plan_management.plan_form.window import PlanForm


class Picking(QObject):
    """The dialogs of the form; ``dialog`` is the one opened last."""

    def __init__(self, form: PlanForm) -> None:
        super().__init__(form)
        self._form = form
        self.dialog: FundPicker | MethodDialog | CatalogDialog | None = None
        self._choices: dict[UUID, FundChoice] = {}

    def pick_funds(self) -> None:
        """Open the fund plan picker."""
        form = self._form
        if form.read_only or form.data.start is None:
            return
        content = form.content().content
        params = ChoicesParams(
            year=content.year or form.desk.context.clock().year, midterm=content.midterm
        )
        form.desk.read(
            lambda reader: fund_plan_choices(reader, params),
            lambda choices: self._show_picker(choices, params),
            owner=form,
            era="picker",
        )

    def _show_picker(self, choices: list[FundChoice], params: ChoicesParams) -> None:
        form = self._form
        lines = form.fund_lines.model.lines()
        drawn = {UUID(line["fund_plan"]): line["amount"] for line in lines if not is_own(line)}
        need = PickerNeed(
            year=params.year,
            midterm=params.midterm,
            drawn=drawn,
            own=sum((amount_of(line) for line in lines if is_own(line)), ZERO),
            items=total_of(form.item_lines.model.lines()),
        )
        self._choices = {each.uid: each for each in choices}
        entries = (*form.data.econ_classes.entries, *form.data.fund_kinds.entries)
        names = {each.code: each.name for each in entries}
        self.dialog = FundPicker(form.desk, choices, need=need, names=names, parent=form.window())
        self.dialog.chosen.connect(self._take_funds)
        self.dialog.open()

    def _take_funds(self, picked: dict[UUID, str]) -> None:
        form = self._form
        for uid in picked:
            if uid in self._choices:
                form.data.funds[uid] = _facts(self._choices[uid])
        kept: list[Line] = []
        for line in form.fund_lines.model.lines():
            drawn_on = UUID(line["fund_plan"]) if line.get("fund_plan") else None
            if drawn_on is None or drawn_on not in self._choices:
                kept.append(line)
            elif drawn_on in picked:
                kept.append({**line, "amount": picked.pop(drawn_on)})
        drawn = [line for line in kept if not is_own(line)]
        drawn += [drawn_line(uid, amount) for uid, amount in picked.items()]
        model = form.fund_lines.model
        model.replace([*drawn, *(line for line in kept if is_own(line))])
        if not form.pages["basics"].inputs["title"].value().strip() and drawn:
            fund = form.data.fund(drawn[0])
            if fund is not None:
                form.pages["basics"].inputs["title"].widget.setFocus()
        form.fund_lines.model.edited.emit()

    def learn_funds(self) -> None:
        """Read the fund plans that lines of a draft draw on and the form does not know yet."""
        form = self._form
        wanted = tuple(
            UUID(line["fund_plan"])
            for line in form.fund_lines.model.lines()
            if line.get("fund_plan") and UUID(line["fund_plan"]) not in form.data.funds
        )
        if wanted:
            self._read(wanted)

    def refresh_money(self) -> None:
        """Read the balances of the drawn fund plans again."""
        if uids := tuple(self._form.data.funds):
            self._read(uids)

    def _read(self, uids: tuple[UUID, ...]) -> None:
        self._form.desk.read(
            lambda reader: form_funds(reader, FundsParams(uids=uids)),
            self._learned,
            owner=self._form,
        )

    def _learned(self, funds: list[FundFacts]) -> None:
        form = self._form
        form.data.funds.update({each.uid: each for each in funds})
        form.grids["funds"].table.retell()
        form.look_again()

    def offer_own(self, anchor: QWidget) -> None:
        """Ask which own money to add."""
        menu = Menu(anchor)
        for kind in (FundKind.PUBLIC, FundKind.OTHER):
            action = menu.addAction(_(FUND_KIND_TITLES[kind]))
            action.triggered.connect(lambda _on=False, kind=kind: self.add_own(kind))
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def add_own(self, kind: FundKind) -> None:
        """Add a line of own money and stand in it."""
        form = self._form
        form.grids["funds"].table.open_first(form.fund_lines.model.add([own_line(kind)]))

    def put_choice(self, rows: Sequence[int], values: Line) -> None:
        """Put a way of buying into content lines."""
        model = self._form.item_lines.model
        for row in rows:
            model.put(row, values)
        model.edited.emit()

    def pick_categories(self) -> None:
        """Open the catalogue."""
        form = self._form
        if form.data.start is None:
            return
        dialog = CatalogDialog(
            form.data.rules.catalog,
            dict(form.data.catalog),
            version=form.item_lines.version,
            parent=form.window(),
        )
        dialog.chosen.connect(self._take_categories)
        self.dialog = dialog
        dialog.open()

    def _take_categories(self, version: str, chosen: list[Category]) -> None:
        form = self._form
        model = form.item_lines.model
        made = [
            {
                **blank_item(version),
                "code": each.key.code,
                "name": each.name,
                "unit": each.unit,
            }
            for each in chosen
        ]
        last = model.rowCount() - 1
        if last >= 0 and not model.line(last).get("code") and not model.line(last).get("name"):
            model.remove(last)
        row = model.add(made)
        form.grids["items"].table.open_cell(row, model.column_of("quantity"))

    def ask_method(self, rows: list[int]) -> None:
        """Open the dialog for the way of buying, with some lines ticked."""
        form = self._form
        if form.read_only:
            return
        lines = form.item_lines.model.lines()
        dialog = MethodDialog(form.data, lines, ticked=rows, parent=form.window())
        dialog.chosen.connect(self.put_choice)
        self.dialog = dialog
        dialog.open()


def _facts(choice: FundChoice) -> FundFacts:
    return FundFacts(
        uid=choice.uid,
        plan_no=choice.plan_no,
        doc_no=choice.doc_no,
        project=choice.project,
        year=choice.year,
        fund_type=choice.fund_type,
        econ_class=choice.econ_class,
        balances=choice.balances,
    )
