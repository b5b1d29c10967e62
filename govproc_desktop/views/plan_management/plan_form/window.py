"""The window of 计划备案: a plan typed, checked while typing, saved, submitted, followed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtWidgets import QWidget

from govproc_desktop.domain.plan.content import PlanContent
from govproc_desktop.domain.plan.flow import DRAFT, RETURNED
from govproc_desktop.domain.plan.totals import totals
from govproc_desktop.i18n import _
from govproc_desktop.queries.attachments import FileRow
from govproc_desktop.services.context import Changes
from govproc_desktop.services.explain import PlanReport, review_content
from govproc_desktop.views.kit.desk import Desk
from govproc_desktop.views.kit.form_spec import Section
from govproc_desktop.views.kit.form_window import FormState, FormWindow, LinesGrid, bind_keys
from govproc_desktop.views.kit.form_window.marks import show_marks
from govproc_desktop.views.kit.why import show_why
from govproc_desktop.views.kit.widgets import Button, ComboField, Segmented
from govproc_desktop.views.plan_management.plan_form.attachments_section import AttachmentsSection
from govproc_desktop.views.plan_management.plan_form.content_text import (
    Typed,
    read_state,
    state_of,
)
from govproc_desktop.views.plan_management.plan_form.data import PlanData, read_data
from govproc_desktop.views.plan_management.plan_form.files import Files
from govproc_desktop.views.plan_management.plan_form.forcing import forced_values, only_condition
from govproc_desktop.views.plan_management.plan_form.funds_section import FundLines
from govproc_desktop.views.plan_management.plan_form.items_section import ItemLines
from govproc_desktop.views.plan_management.plan_form.method_section import MethodSection
from govproc_desktop.views.plan_management.plan_form.picking import Picking
from govproc_desktop.views.plan_management.plan_form.returned import (
    marks_of,
    pins_to_show,
    with_pins,
)
from govproc_desktop.views.plan_management.plan_form.review import (
    Judged,
    difference,
    judge,
    rail_states,
    section_of,
    sum_parts,
)
from govproc_desktop.views.plan_management.plan_form.saving import Saving
from govproc_desktop.views.plan_management.plan_form.spec import PLAN
from govproc_desktop.views.plan_management.plan_form.withdrawal import Withdrawal

_OPEN = (DRAFT, RETURNED)


class PlanForm(FormWindow):
    """One plan; opened with ``uid`` or, without one, as a new plan of the person's unit."""

    def __init__(self, desk: Desk, params: dict[str, Any] | None = None) -> None:
        self.data = PlanData()
        self.fund_lines = FundLines(self.data)
        self.item_lines = ItemLines(self.data)
        super().__init__(desk, PLAN)
        self.fund_lines.model.setParent(self)
        self.item_lines.model.setParent(self)
        given = (params or {}).get("uid")
        self.uid = UUID(str(given)) if given else uuid4()
        self.is_new = not given
        self.plan_state = DRAFT
        self.files: Sequence[FileRow] = ()
        self.report: PlanReport | None = None
        self.judged = Judged(())
        self.pins: tuple[str, ...] = ()
        self._settled = False
        self.saving = Saving(self)
        self.picking = Picking(self)
        self.file_deeds = Files(self)
        self._add_buttons()
        desk.notices.changed.connect(self._told)
        self.set_read_only(on=True)
        self.reload()

    # --- what the main window asks ------------------------------------------------------------

    def refresh(self) -> None:
        """Read again what others may have changed; what is typed stays."""
        self.picking.refresh_money()
        self.look_again()

    def save(self) -> bool:
        """Save before closing and say whether the window may close."""
        if self.unsaved and not self.read_only:
            self.saving.save()
            self.desk.tasks.wait()
        return not self.unsaved

    def focus_field(self, key: str) -> None:
        """Go to a field, as mending links do."""
        self.jump(key)

    # --- reading ------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the record (or what a new one starts from) and show it."""
        uid = None if self.is_new else self.uid
        self.desk.read(lambda reader: read_data(reader, uid), self._opened, owner=self, era="open")

    def _opened(self, data: PlanData) -> None:
        start = data.start
        assert start is not None
        self.data.start, self.data.catalog = start, data.catalog
        self.data.funds = data.funds
        self.data.fund_kinds, self.data.econ_classes = data.fund_kinds, data.econ_classes
        record = start.record
        self.data.hold(record)
        state = state_of(record.content) if record is not None else self._blank()
        version = record.head.row_version if record is not None else 0
        self.plan_state = record.head.state if record is not None else DRAFT
        if record is not None and record.content.items:
            self.item_lines.version = record.content.items[-1].catalog_version
            self.versions.set_value(self.item_lines.version)
        self._show_fixed()
        self._settled = False
        self.set_read_only(on=self._locked())
        self.begin(state, document=self.uid, seen_version=version)
        self._settled = True
        self.pins = pins_to_show(record)
        show_marks(self.pages, self.grids, marks=marks_of(record))
        self.saving.show_state()
        self.file_deeds.refresh()
        if start.draft is not None and not self.read_only:
            self.saving.offer_draft(start.draft)
        elif self.is_new:
            self.pages["basics"].inputs["title"].widget.setFocus()
            self.saving.look_for_drafts()

    def _blank(self) -> FormState:
        now = self.desk.context.clock()
        unit = self.data.start.unit if self.data.start is not None else None
        return state_of(
            PlanContent(
                year=now.year,
                contact=self.desk.context.actor.person_name or (unit.contact if unit else ""),
                phone=unit.phone if unit else "",
                business_office=unit.business_office if unit else "",
                applied_on=now.date(),
            )
        )

    def _locked(self) -> bool:
        return self.plan_state not in _OPEN or not self.desk.context.actor.may("plan.edit")

    def _show_fixed(self) -> None:
        assert self.data.start is not None
        inputs = self.pages["basics"].inputs
        inputs["unit"].set_value(self.data.start.unit.name)
        inputs["superior"].set_value(self.data.start.unit.superior or _("（未登记）"))
        years = inputs["year"].widget
        if isinstance(years, ComboField):
            this = self.desk.context.clock().year
            years.blockSignals(True)
            years.set_options([(str(year), str(year)) for year in range(this + 1, this - 4, -1)])
            years.blockSignals(False)

    # --- sections -----------------------------------------------------------------------------

    def make_section(self, section: Section) -> QWidget:
        """Return the grids, the choice section and the file list."""
        return {
            "funds": self._funds_grid,
            "items": self._items_grid,
            "method": self._method_section,
            "attachments": self._attachments_section,
        }[section.key]()

    def _funds_grid(self) -> LinesGrid:
        grid = LinesGrid(
            _("资金来源"),
            _("金额单位：元 · 拟可用就是每行的上限"),
            self.fund_lines.model,
            empty=_("还没有资金来源。按 F2 选用款计划，或加自有资金。"),
        )
        self.own_button = grid.add_button(Button(_("加自有资金"), "ghost", icon="plus", height=28))
        self.own_button.clicked.connect(lambda: self.picking.offer_own(self.own_button))
        self.pick_button = grid.add_button(
            Button(_("选用款计划"), icon="file", keycap="F2", height=28)
        )
        self.pick_button.clicked.connect(lambda: self.picking.pick_funds())
        return grid

    def _items_grid(self) -> LinesGrid:
        grid = LinesGrid(
            _("采购内容"),
            _("金额单位：元 · 可从 Excel / WPS 粘贴"),
            self.item_lines.model,
            empty=_("还没有采购内容。按 Ins 加一行，或从 Excel / WPS 复制后在这里粘贴。"),
        )
        self.versions = Segmented((("2022", _("2022 版目录")), ("2013", _("2013 版目录"))), "2022")
        self.versions.changed.connect(lambda version: setattr(self.item_lines, "version", version))
        grid.head.addWidget(self.versions)
        self.add_button = grid.add_button(
            Button(_("加一行"), "ghost", icon="plus", keycap="Ins", height=28)
        )
        self.add_button.clicked.connect(grid.table.add_line)
        self.catalog_button = grid.add_button(Button(_("从品目目录选"), icon="search", height=28))
        self.catalog_button.clicked.connect(lambda: self.picking.pick_categories())
        return grid

    def _method_section(self) -> MethodSection:
        self.method = MethodSection(self.data)
        self.method.put.connect(lambda rows, values: self.picking.put_choice(rows, values))
        self.method.asked.connect(lambda rows: self.picking.ask_method(rows))
        return self.method

    def _attachments_section(self) -> AttachmentsSection:
        self.attachments = AttachmentsSection()
        self.attachments.add.connect(lambda kind, paths: self.file_deeds.add(kind, paths))
        self.attachments.choose.connect(lambda kind: self.file_deeds.choose(kind))
        self.attachments.opened.connect(lambda uid: self.file_deeds.open(uid))
        self.attachments.rekinded.connect(lambda uid, kind: self.file_deeds.rekind(uid, kind))
        self.attachments.removed.connect(lambda uid: self.file_deeds.remove(uid))
        return self.attachments

    # --- buttons ------------------------------------------------------------------------------

    def _add_buttons(self) -> None:
        add = self.head.add_button
        self.print_button = add(Button(_("打印预览"), icon="print", keycap="Ctrl P"))
        self.save_button = add(Button(_("保存草稿"), icon="save", keycap="Ctrl S"))
        self.withdraw_button = add(Button(_("撤回"), icon="undo"))
        self.urge_button = add(Button(_("催办"), icon="bell"))
        self.submit_button = add(Button(_("提交"), "primary", icon="send"))
        self.why_button = add(Button(_("为什么不能？"), "ghost", icon="help", icon_token="accent"))
        self.print_button.clicked.connect(self.saving.preview)
        self.save_button.clicked.connect(lambda: self.saving.save())
        self.withdraw_button.clicked.connect(self.saving.withdraw)
        self.withdrawal = Withdrawal(self)
        self.urge_button.clicked.connect(self.saving.urge)
        self.submit_button.clicked.connect(self.saving.submit)
        self.submit_button.whyRequested.connect(self.why_not)
        self.why_button.clicked.connect(self.why_not)
        bind_keys(self, "Ctrl+S", lambda: self.saving.save())
        bind_keys(self, "Ctrl+P", self.saving.preview)
        bind_keys(self, "F2", lambda: self.picking.pick_funds())
        bind_keys(self, "Ctrl+Return", self.submit_button.click)

    def why_not(self) -> None:
        """Show every rule that submitting runs, and mark what is empty from now on."""
        self.strict = True
        self.show_problems(self.judged.problems)
        checks = self.report.checks if self.report is not None else ()
        count = len(self.judged.problems)
        title = _("为什么不能提交") if count else _("可以提交")
        sub = _("差 {count} 处，改好后按钮自动可用").format(count=count) if count else ""
        show_why(self.why_button, title, checks=checks, sub=sub, go=self.jump)

    # --- live -----------------------------------------------------------------------------------

    def content(self) -> Typed:
        """Return what is typed as far as it can be read."""
        return read_state(self.state())

    def typed(self) -> None:
        """Force what rules force, then move sums, limits and choices with every key."""
        if self.data.start is None:
            return
        model = self.item_lines.model
        if self._settled and not self.read_only:
            for at, line in enumerate(model.lines()):
                facts = self.data.facts(at, line)
                if put := forced_values(line, facts) or only_condition(line, facts):
                    model.put(at, put)
        sums = totals(self.content().content)
        name, text, tone = difference(sums)
        self.bar.sums.show_sums(sum_parts(sums), name=name, text=text, tone=tone)
        self.method.read_only = self.read_only
        self.method.refresh(model.lines())
        self._show_names()

    def _show_names(self) -> None:
        names = dict.fromkeys(
            fund.project for line in self.fund_lines.model.lines() if (fund := self.data.fund(line))
        )
        told = "、".join(name for name in names if name)
        cell = self.pages["basics"].cells["title"]
        cell.set_note(_("用款计划的名称：{names}").format(names=told) if told else "")

    def look_again(self) -> None:
        """Ask the rules in the database lane about what is typed now."""
        if self.data.start is None:
            return
        self.withdrawal.judge()
        typed, context, uid = self.content(), self.desk.context, self.uid
        self.desk.read(
            lambda _reader: review_content(typed.content, context, uid),
            lambda report: self._reviewed(typed, report),
            owner=self,
            era="review",
        )

    def _reviewed(self, typed: Typed, report: PlanReport) -> None:
        self.report = report
        errors = {} if self.read_only else typed.errors
        self.judged = judge(errors, report, fields=self.state().fields)
        problems = () if self.read_only else self.judged.problems
        self.show_problems(problems)
        methods = {each.code: each.name for each in self.data.rules.methods.methods}
        states = rail_states(
            typed.content, totals(typed.content), Judged(problems), methods=methods, report=report
        )
        for key, state in with_pins(states, self.pins).items():
            self.rail.set_state(key, state)
        self.saving.show_state()
        kinds = {each.code: _(each.name) for each in self.data.rules.attachment_kinds}
        self.attachments.read_only = self.read_only
        self.attachments.refresh(report.files, self.files, kinds=kinds)

    def jump(self, target: str) -> None:
        """Go to a field; choices live in their own section; ``window:`` leads elsewhere."""
        if target.startswith("window:"):
            self.desk.open(target)
            return
        section = section_of(target)
        if section in ("method", "attachments"):
            self._area.ensureWidgetVisible(self.sections[section], 0, 60)
            self.rail.set_current(section)
            if section == "method":
                self.method.focus(target)
            else:
                self.attachments.area.setFocus()
            return
        super().jump(target)
        if target == "funds" and not self.read_only and not self.fund_lines.model.rowCount():
            self.pick_button.setFocus()

    def leave_notes(self) -> str:
        """Return what the plan is, with its number once it has one."""
        record = self.data.start.record if self.data.start is not None else None
        number = record.head.number if record is not None else None
        told = number or _("编号在审批通过时自动产生")
        return " · ".join((_("计划备案"), told))

    def _told(self, changes: Changes, origin: object) -> None:
        if origin is self or self.data.start is None:
            return
        if "fund_plan" in changes.kinds or self.uid in changes.uids:
            self.refresh()
