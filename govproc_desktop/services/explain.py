"""为什么不能: the checks a command would meet, and the review of a plan still being typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import select

from govproc_desktop.domain.errors import AppError, NeedsConfirmation, NotFound, RulesBroken
from govproc_desktop.domain.permissions import PERMISSIONS, Actor
from govproc_desktop.domain.plan.content import PlanContent
from govproc_desktop.domain.plan.facts import FundSource, ItemFacts, PlanFacts, RequiredFile
from govproc_desktop.domain.plan.route import Route, route_of
from govproc_desktop.domain.plan.rules_lists import PLAN_RULES
from govproc_desktop.domain.plan.totals import PlanTotals
from govproc_desktop.domain.rules import Check, run_rules
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import Plan, Unit
from govproc_desktop.services.command import (
    CommandSpec,
    current_actor,
    refusal,
    run,
    spec_of,
)
from govproc_desktop.services.context import Context
from govproc_desktop.services.plan_facts import facts_of, gather
from govproc_desktop.services.transaction import Tx


@dataclass(frozen=True, kw_only=True)
class PlanReport:
    """What the rules say about a plan: checks (failed first), sums, forced choices, route, files.

    ``funds`` are the fund plans drawn on, by uid, with their balances; each of ``items`` says
    what is forced on its line and why.
    """

    checks: tuple[Check, ...]
    totals: PlanTotals
    items: tuple[ItemFacts, ...]
    funds: Mapping[UUID, FundSource]
    route: Route
    files: tuple[RequiredFile, ...]

    @property
    def may_submit(self) -> bool:
        """Whether no check refuses."""
        return not any(check.refuses for check in self.checks)


def explain(cmd: object, context: Context) -> tuple[Check, ...]:
    """Return every check a command would meet: permission first, then state, scope and rules.

    Never writes; may be called from any thread.
    """
    spec = spec_of(cmd)
    with _reading(context) as tx:
        checks = [_permission(spec, tx.actor)] if spec.permission is not None else []
        if spec.checks is not None:
            try:
                checks += spec.checks(cmd, tx)
            except AppError as fault:
                checks += _as_checks(fault)
            return tuple(checks)
    return (
        tuple(checks) if any(not each.ok for each in checks) else (*checks, *_tried(cmd, context))
    )


def review_content(content: PlanContent, context: Context, plan: UUID | None = None) -> PlanReport:
    """Return what the rules say about a plan as it is being typed, saved or not.

    Args:
        content: what the form holds.
        context: for whom.
        plan: the uid of the plan, saved already or not; attachments are looked up under it.
    """
    with _reading(context) as tx:
        saved = tx.session.scalars(select(Plan).where(Plan.uid == plan)).one_or_none()
        if saved is not None and not tx.actor.scope.covers(saved.unit_id):
            raise NotFound(N_("没有这条记录，或不在您单位的数据范围内。"), {}, "E1306")
        unit = tx.session.get_one(Unit, saved.unit_id if saved is not None else tx.actor.unit_id)
        return _report(
            gather(tx.session, unit, content=content, plan=saved, doc_uid=plan, on=tx.today)
        )


def review_plan(plan: UUID, context: Context) -> PlanReport:
    """Return what the rules say about a saved plan in its present state, for the reviewer."""
    with _reading(context) as tx:
        return _report(facts_of(tx.session, tx.get(Plan, plan), on=tx.today))


def _report(facts: PlanFacts) -> PlanReport:
    return PlanReport(
        checks=run_rules(PLAN_RULES, facts),
        totals=facts.totals,
        items=facts.items,
        funds=facts.funds,
        route=route_of(facts),
        files=facts.files,
    )


@contextmanager
def _reading(context: Context) -> Iterator[Tx]:
    """Open a transaction that is rolled back whatever happens in it."""
    with context.database.sessions() as session:
        actor = current_actor(session, context)
        yield Tx(session=session, context=context, actor=actor, uid=uuid4())
        session.rollback()


def _permission(spec: CommandSpec, actor: Actor) -> Check:
    permission = spec.permission or ""
    ok = actor.may(permission)
    title = PERMISSIONS[permission].title
    if ok:
        text, params, code = N_("有“{right}”权限"), {"right": _(title)}, ""
    else:
        fault = refusal(permission)
        text, params, code = fault.template, dict(fault.params), fault.code
    return Check(
        rule="R15",
        title=N_("有权办理"),
        ok=ok,
        template=text,
        params=params,
        code=code,
        mend="" if ok else N_("请单位管理员在「操作权限」里授权"),
    )


def _as_checks(fault: AppError) -> Iterator[Check]:
    if isinstance(fault, RulesBroken):
        for each in fault.violations:
            yield Check(
                rule=each.rule,
                ok=False,
                template=each.template,
                params=each.params,
                field=each.field,
                code=each.code,
            )
        return
    yield Check(
        title=N_("单据可以办理"),
        ok=False,
        template=fault.template,
        params=fault.params,
        code=fault.code,
    )


def _tried(cmd: object, context: Context) -> Iterator[Check]:
    """Ask a command without a list of checks by running it and keeping nothing."""
    try:
        run(cmd, context, dry_run=True)
    except NeedsConfirmation:
        pass
    except AppError as fault:
        yield from _as_checks(fault)
        return
    yield Check(title=N_("可以办理"), template=N_("没有不符的规则"))
