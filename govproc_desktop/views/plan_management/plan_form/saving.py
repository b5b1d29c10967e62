"""Save, submit, withdraw and urge an open plan; merge a conflict; take up a draft again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from govproc_desktop.domain.errors import AppError, RulesBroken, StaleRecord
from govproc_desktop.domain.plan.flow import FILED, NODES, PLAN_FLOW, RETURNED
from govproc_desktop.i18n import _
from govproc_desktop.queries.drafts import DraftParams, DraftRow, drafts
from govproc_desktop.services.context import Outcome
from govproc_desktop.services.plans import SavePlan, SubmitPlan, UrgePlan, WithdrawPlan
from govproc_desktop.views.kit import fmt
from govproc_desktop.views.kit.errors import told as told_of
from govproc_desktop.views.kit.form_window import FormState, Problem
from govproc_desktop.views.kit.merge import Difference, MergeDialog, differences
from govproc_desktop.views.kit.widgets import Notice
from govproc_desktop.views.plan_management.plan_form.content_text import state_of
from govproc_desktop.views.plan_management.plan_form.data import PlanData, read_data
from govproc_desktop.views.plan_management.plan_form.draft_strip import DraftStrip
from govproc_desktop.views.plan_management.plan_form.returned import last_return, opinion_text
from govproc_desktop.views.plan_management.plan_form.review import section_of
from govproc_desktop.views.plan_management.plan_form.spec import PLAN

if TYPE_CHECKING:
    from govproc_desktop.views.plan_management.plan_form.window import PlanForm


class Saving(QObject):
    """The commands of one open plan; each says on the form itself what came of it."""

    def __init__(self, form: PlanForm) -> None:
        super().__init__(form)
        self._form = form
        self._desk = form.desk
        self._strip: Notice | None = None
        self.dialog: MergeDialog | None = None
        self.draft_strip: DraftStrip | None = None

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Save what is typed; a number that cannot be read stays on its field and stops it."""
        form = self._form
        if form.read_only:
            return
        for grid in form.grids.values():
            grid.table.finish()
        if not form.unsaved and form.autosave.seen_version:
            if then is not None:
                then()
            return
        typed = form.content()
        if typed.errors:
            form.strict = True
            form.look_again()
            form.show_problems(_unreadable(typed.errors))
            self._say(
                _("有 {count} 处读不懂，没有保存。已自动暂存，改好红框再保存。").format(
                    count=len(typed.errors)
                ),
                "danger",
            )
            form.jump(next(iter(typed.errors)))
            return
        sent = form.state()
        command = SavePlan(
            plan=form.uid, content=typed.content, seen_version=form.autosave.seen_version
        )
        self._desk.send(
            command,
            lambda outcome: self._saved(outcome, sent, then),
            owner=form,
            failed=self._not_saved,
        )

    def _saved(self, outcome: Outcome, sent: FormState, then: Callable[[], None] | None) -> None:
        form = self._form
        form.is_new = False
        form.saved(int(outcome.result["version"]))
        if form.state().differences(sent):
            form.baseline = sent
            form.autosave.touch()
        self._unsay()
        form.look_again()
        if then is not None:
            then()

    def _not_saved(self, fault: AppError) -> None:
        form = self._form
        form.autosave.keep_now()
        if isinstance(fault, StaleRecord):
            self._desk.read(
                lambda reader: read_data(reader, form.uid), self._offer_merge, owner=form
            )
        elif isinstance(fault, RulesBroken):
            self._mark(fault)
        else:
            self._say(told_of(fault), "danger")

    def _mark(self, fault: RulesBroken) -> None:
        """Put every broken rule on its field; what has no field is said in the strip."""
        form = self._form
        form.strict = True
        form.show_problems(
            [
                Problem(
                    field=each.field,
                    sentence=each.sentence(),
                    words=PLAN.label(each.field) if "." not in each.field else each.sentence()[:14],
                    section=section_of(each.field),
                )
                for each in fault.violations
            ]
        )
        self._say(
            _("没有办理，{count} 处不符：{first}").format(
                count=len(fault.violations), first=fault.violations[0].sentence()
            ),
            "danger",
        )
        form.jump(fault.violations[0].field)
        form.look_again()

    # --- conflict -----------------------------------------------------------------------------

    def _offer_merge(self, data: PlanData) -> None:
        form = self._form
        assert data.start is not None
        record = data.start.record
        if record is None:
            return
        theirs, mine = state_of(record.content), form.state()
        version = record.head.row_version
        if record.head.state not in ("draft", RETURNED):
            self._say(
                _("别人已把它提交或作废，没有保存。您的内容已暂存，可复制后重新打开。"), "danger"
            )
            return
        found = differences(form.baseline, theirs, mine, titles=self._title)
        form.data.funds.update(data.funds)
        if not found:
            self._take_merged(mine, version, theirs=theirs)
            return
        self.dialog = MergeDialog(found, theirs, mine, show=self._shown, parent=form.window())
        self.dialog.chosen.connect(lambda state: self._take_merged(state, version, theirs=theirs))
        self.dialog.open()

    def _take_merged(self, state: FormState, version: int, *, theirs: FormState) -> None:
        form = self._form
        form.begin(state, document=form.uid, seen_version=version, saved=theirs)
        if form.unsaved:
            self.save()

    def _title(self, part: str, key: str, row: int) -> str:
        if part == "fields":
            return PLAN.label(key)
        grid = self._form.grids[part]
        where = _("{part}第 {row} 行").format(
            part=_("资金来源") if part == "funds" else _("采购内容"), row=row + 1
        )
        names = {spec.key: _(spec.title) for spec in grid.lines.columns}
        names.update({"method": _("采购方式"), "condition": _("适用条件")})
        names.update({"organisation": _("组织形式"), "agency_kind": _("采购机构类别")})
        names.update({"catalog_version": _("目录版本"), "guard_service": _("保安服务")})
        names.update({"agency": _("采购机构"), "purchase_form": _("采购形式")})
        return f"{where} {names.get(key, '')}".strip()

    def _shown(self, each: Difference, text: str) -> str:
        if each.part != "fields":
            return text
        for section in PLAN.sections:
            for spec in section.fields:
                if spec.key == each.key and spec.options:
                    return _(dict(spec.options).get(text, text))
                if spec.key == each.key and spec.words:
                    return _("是") if text else _("否")
        return text

    # --- draft ----------------------------------------------------------------------------------

    def offer_draft(self, draft: DraftRow) -> None:
        """Offer what was typed and not saved; nothing of it is applied without being asked."""
        form = self._form
        kept = FormState.parse(draft.body)
        if not kept.differences(form.state()):
            form.autosave.forget()
            return
        form.set_read_only(on=True)
        now = self._desk.context.clock()
        when = draft.at.strftime("%H:%M" if draft.at.date() == now.date() else "%Y-%m-%d %H:%M")
        strip = DraftStrip(when, kept.differences(form.state()))
        strip.taken.connect(lambda: self._take_draft(kept, draft.seen_version))
        strip.compared.connect(lambda: self._compare(kept, draft.seen_version))
        strip.dropped.connect(self._drop_draft)
        self.draft_strip = strip
        form.add_strip(strip)

    def look_for_drafts(self) -> None:
        """Tell of a new plan that was typed and never saved, when another new one is begun."""
        params = DraftParams(form=PLAN.id)
        self._desk.read(
            lambda reader: drafts(reader, params), self._tell_of_drafts, owner=self._form
        )

    def _tell_of_drafts(self, found: list[DraftRow]) -> None:
        never = [each for each in found if not each.seen_version]
        if not never:
            return
        latest = never[0]
        title = FormState.parse(latest.body).fields.get("title", "").strip() or _("未填名称")
        told = _("您 {when} 打过一份新计划《{title}》，没有保存，内容还在。").format(
            when=latest.at.strftime("%m-%d %H:%M"), title=title[:30]
        )
        strip = self._form.tell(told, "warn", action=_("打开它"))
        strip.acted.connect(lambda: self._desk.open("plan.form", uid=str(latest.document)))

    def _end_draft(self) -> None:
        if self.draft_strip is not None:
            self.draft_strip.hide()
            self.draft_strip.deleteLater()
            self.draft_strip = None
        self._form.set_read_only(on=False)

    def _take_draft(self, kept: FormState, seen: int) -> None:
        form = self._form
        saved = form.state()
        version = form.autosave.seen_version
        self._end_draft()
        form.begin(kept, document=form.uid, seen_version=min(seen, version), saved=saved)
        form.picking.learn_funds()
        form.autosave.touch()

    def _compare(self, kept: FormState, seen: int) -> None:
        form = self._form
        saved = form.state()
        found = differences(saved, saved, kept, titles=self._title)
        heads = (_("已保存的"), _("用已保存的"), _("用暂存的"))
        self.dialog = MergeDialog(
            found,
            saved,
            kept,
            heads=heads,
            title=_("暂存的与已保存的有这些不同"),
            sub=_("逐项选定用哪个；选好后还没有保存，看过再按 Ctrl+S。"),
            show=self._shown,
            parent=form.window(),
        )
        self.dialog.done_button.setText(_("按所选继续编辑"))
        self.dialog.chosen.connect(lambda state: self._take_draft(state, seen))
        self.dialog.open()

    def _drop_draft(self) -> None:
        self._end_draft()
        self._form.autosave.forget()
        self._form.look_again()

    # --- moving -------------------------------------------------------------------------------

    def submit(self) -> None:
        """Save what is typed, then submit; every broken rule is marked at once."""
        form = self._form
        form.strict = True
        self.save(self._send_submit)

    def _send_submit(self) -> None:
        form = self._form
        command = SubmitPlan(plan=form.uid, seen_version=form.autosave.seen_version)
        self._desk.send(command, self._submitted, owner=form, failed=self._not_saved)

    def _submitted(self, outcome: Outcome) -> None:
        result = outcome.result
        if result["state"] == FILED:
            told = _("已备案，编号 {number}。不需要审核，已当场办结。").format(
                number=result["number"]
            )
        else:
            names = [_(PLAN_FLOW.states[node].title) for node in result["route"]]
            now = _(PLAN_FLOW.states[result["state"]].title)
            told = _("已提交，现在到“{now}”。要经过：{route}。资金已占用，在途。").format(
                now=now, route=" → ".join([*names, _("已备案")])
            )
        self._reopen(told, "ok")

    def withdraw(self) -> None:
        """Take the plan back while the next person has not acted."""
        form = self._form
        command = WithdrawPlan(plan=form.uid, seen_version=form.autosave.seen_version)
        told = _("已撤回为草稿，占用的资金已放开。")
        self._desk.send(
            command, lambda _outcome: self._reopen(told, "ok"), owner=form, failed=self._refused
        )

    def urge(self) -> None:
        """Remind whoever has the plan now."""
        form = self._form

        def urged(_outcome: Outcome) -> None:
            self._say(_("已催办，对方的待办里会标出来。"), "ok")

        self._desk.send(UrgePlan(plan=form.uid), urged, owner=form, failed=self._refused)

    def _refused(self, fault: AppError) -> None:
        self._say(told_of(fault), "danger")

    def _reopen(self, told: str, tone: str) -> None:
        self._form.is_new = False
        self._form.reload()
        self._say(told, tone)

    def preview(self) -> None:
        """Show the very paper; what is typed is saved first."""
        form = self._form
        self.save(self._open_preview) if not form.read_only else self._open_preview()

    def _open_preview(self) -> None:
        self._desk.open("print.preview", form="F-01", uids=(str(self._form.uid),))

    # --- what the head shows ----------------------------------------------------------------------

    def show_state(self) -> None:
        """Show the state's pill and the buttons that go with it."""
        form = self._form
        info = PLAN_FLOW.states[form.plan_state]
        form.head.pill.set_state(_(info.title), fmt.state_pill(PLAN_FLOW)(form.plan_state))
        typing = not form.read_only
        actor = self._desk.context.actor
        under_way = form.plan_state in NODES and actor.may("plan.edit")
        form.save_button.setVisible(typing)
        form.submit_button.setVisible(typing)
        form.why_button.setVisible(typing)
        form.withdraw_button.setVisible(under_way)
        form.urge_button.setVisible(under_way)
        for button in (form.pick_button, form.own_button, form.add_button, form.catalog_button):
            button.setVisible(typing)
        form.versions.setVisible(typing)
        told = _("金额单位：元 · 可从 Excel / WPS 粘贴") if typing else _("金额单位：元")
        form.grids["items"].sub.setText(told)
        limit = _("金额单位：元 · 拟可用就是每行的上限") if typing else _("金额单位：元")
        form.grids["funds"].sub.setText(limit)
        count = len(form.judged.problems)
        reason = _("还差 {count} 处，点“为什么不能？”看每一条。").format(count=count)
        form.submit_button.set_reason(reason if count else None)
        form.why_button.setText(_("为什么不能？") if count else _("看检查结果"))
        form.why_button.updateGeometry()
        if form.plan_state == RETURNED and typing and self._strip is None:
            self._show_return()

    def _show_return(self) -> None:
        start = self._form.data.start
        last = last_return(start.record) if start is not None else None
        if last is None:
            return
        pins = self._form.pins
        strip = self._say(opinion_text(last, pins), "danger", action=_("去第一处") if pins else "")
        strip.acted.connect(lambda: self._form.jump(pins[0]))

    def _say(self, text: str, tone: str, *, action: str = "") -> Notice:
        self._unsay()
        strip = self._form.tell(text, tone, action=action)
        self._strip = strip
        strip.dismissed.connect(self._unsay)
        return strip

    def _unsay(self) -> None:
        if self._strip is not None:
            self._strip.hide()
            self._strip.deleteLater()
            self._strip = None


def _unreadable(errors: dict[str, str]) -> list[Problem]:
    return [
        Problem(field=field, sentence=sentence, words=PLAN.label(field), section=section_of(field))
        for field, sentence in errors.items()
    ]
