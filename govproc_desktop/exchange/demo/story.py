"""The demo's year: fund plans from a real file, purchases typed, passed, returned, filed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.domain.money import parse_money
from govproc_desktop.domain.permissions import Actor
from govproc_desktop.domain.plan.content import (
    FundDraw,
    FundKind,
    Item,
    MethodChoice,
    PlanContent,
    SmeMode,
)
from govproc_desktop.exchange.demo.files import attachments_for
from govproc_desktop.exchange.demo.people import uid_of
from govproc_desktop.exchange.fund_import import import_file
from govproc_desktop.models import FundPlan, Plan, Unit
from govproc_desktop.paths import resource
from govproc_desktop.services.accounts import actor_for_login
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.command import run
from govproc_desktop.services.context import Context
from govproc_desktop.services.plans import SavePlan, SubmitPlan, VoidPlan

_FILE = "demo/YKJH_410000_101_20260318_001.csv"
_REVIEWERS = {
    "internal_review": {
        "101001": "zhengjianguo",
        "101002": "caiwen",
        "101003": "tianye",
        "101004": "luhao",
        "101005": "fengtao",
        "101006": "dingning",
    },
    "department_review": {"": "sunli"},
    "finance_review": {"": "linlan"},
    "finance_approval": {"": "xuzhiyuan"},
}
_WORDS = {
    "internal_review": "依据齐全，同意上报。",
    "department_review": "符合部门配置标准，同意。",
    "finance_review": "资料齐全，拟同意。",
    "finance_approval": "同意。",
}
_STOP_AT = {
    "internal": "internal_review",
    "finance": "finance_review",
    "finance_resubmitted": "finance_review",
    "approval": "finance_approval",
}


@dataclass
class Teller:
    """Tells the story at moving moments, each act as the person who did it."""

    context: Context
    shift: timedelta
    actors: dict[str, Actor]
    moment: datetime

    def at(self, day: date, hour: int, minute: int) -> None:
        """Go to a moment of the story."""
        self.moment = datetime.combine(day + self.shift, time(hour, minute))

    def later(self, *, days: int = 0, hours: int = 0, minutes: int = 0) -> None:
        """Let time pass; nothing happens at weekends."""
        self.moment += timedelta(days=days, hours=hours, minutes=minutes)
        while self.moment.weekday() >= 5:
            self.moment += timedelta(days=1)

    def as_person(self, login: str) -> Context:
        """Return the context of a person at this moment."""
        if login not in self.actors:
            with self.context.database.sessions() as session:
                self.actors[login] = actor_for_login(session, login)
        return Context(
            database=self.context.database,
            actor=self.actors[login],
            clock=lambda: self.moment,
        )

    def do(self, login: str, cmd: object) -> None:
        """Let a person send a command through the door."""
        run(cmd, self.as_person(login))

    def plan(self, uid: UUID) -> Plan:
        """Return a plan as it stands."""
        with self.context.database.sessions() as session:
            return session.scalars(select(Plan).where(Plan.uid == uid)).one()


def make_story(
    context: Context,
    *,
    shift: timedelta,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Import the year's money, then tell every purchase in the order of its day."""
    teller = Teller(context=context, shift=shift, actors={}, moment=context.clock())
    teller.at(date(2026, 3, 18), 9, 5)
    import_file(resource(_FILE), teller.as_person("linlan"))
    with context.database.sessions() as session:
        rows = session.execute(select(FundPlan.plan_no, FundPlan.uid))
        funds = {str(plan_no): uid for plan_no, uid in rows}
        units = {unit.code: unit for unit in session.scalars(select(Unit))}
    purchases = json.loads(resource("demo/purchases.json").read_text(encoding="utf-8"))
    for done, purchase in enumerate(purchases):
        if progress is not None:
            progress(done, len(purchases))
        _tell(teller, purchase, done, units[purchase["unit"]], funds[purchase["fund"]])


def _tell(teller: Teller, purchase: dict[str, Any], number: int, unit: Unit, fund: UUID) -> None:
    uid = uid_of("plan", str(number))
    clerk = purchase["clerk"]
    day = date.fromisoformat(purchase["day"])
    teller.at(day, 8 + number % 3, 5 + number % 50)
    content = _content(teller, purchase, number, unit, fund)
    teller.do(clerk, SavePlan(plan=uid, seen_version=0, content=content))
    if purchase["stage"] == "draft":
        return
    for attachment in attachments_for(uid, purchase):
        teller.do(clerk, attachment)
    _submit(teller, clerk, uid)
    stage = purchase["stage"]
    returns = stage in {"filed_after_return", "returned", "finance_resubmitted"}
    if returns and teller.plan(uid).state in _REVIEWERS:
        _return(teller, uid, unit.code)
        if stage == "returned":
            return
        teller.later(hours=18, minutes=45)
        changed = _content(teller, purchase, number, unit, fund, remark="已补三家报价。")
        version = teller.plan(uid).row_version
        teller.do(clerk, SavePlan(plan=uid, seen_version=version, content=changed))
        _submit(teller, clerk, uid, opinion="已补三家报价，请审核。")
    _pass(teller, uid, unit.code, stop_at=_STOP_AT.get(stage, ""))
    if stage == "void_filed":
        teller.later(days=2)
        plan = teller.plan(uid)
        reason = "项目取消，预算另行安排。"
        teller.do("xuzhiyuan", VoidPlan(plan=uid, seen_version=plan.row_version, opinion=reason))


def _submit(teller: Teller, clerk: str, uid: UUID, *, opinion: str = "") -> None:
    teller.later(minutes=7)
    version = teller.plan(uid).row_version
    teller.do(clerk, SubmitPlan(plan=uid, seen_version=version, opinion=opinion))


def _return(teller: Teller, uid: UUID, unit_code: str) -> None:
    plan = teller.plan(uid)
    teller.later(days=1, hours=3)
    reviewer = _reviewer(plan.state, unit_code)
    opinion = "报价依据只有一家，请补两家以上的询价记录。"
    teller.do(
        reviewer,
        ReturnPlan(
            plan=uid,
            seen_version=plan.row_version,
            opinion=opinion,
            target="returned",
            pins=("items.0.price",),
        ),
    )


def _pass(teller: Teller, uid: UUID, unit_code: str, *, stop_at: str) -> None:
    while (plan := teller.plan(uid)).state in _REVIEWERS and plan.state != stop_at:
        teller.later(hours=20 + len(plan.title) % 9, minutes=11)
        teller.do(
            _reviewer(plan.state, unit_code),
            ApprovePlan(plan=uid, seen_version=plan.row_version, opinion=_WORDS[plan.state]),
        )


def _reviewer(state: str, unit_code: str) -> str:
    people = _REVIEWERS[state]
    return people.get(unit_code) or people[""]


def _content(
    teller: Teller,
    purchase: dict[str, Any],
    number: int,
    unit: Unit,
    fund: UUID,
    *,
    remark: str = "",
) -> PlanContent:
    applied = teller.moment.date()
    imported = purchase.get("is_import", False)
    return PlanContent(
        title=purchase["title"],
        year=applied.year,
        contact=unit.contact,
        phone=unit.phone,
        business_office=unit.business_office,
        applied_on=applied,
        expected_on=applied + timedelta(days=38 + number % 40),
        approval_no=purchase.get("approval_no", ""),
        is_import=imported,
        department_review=purchase.get("department_review", False),
        sme_mode=SmeMode.NONE if imported else SmeMode.WHOLE,
        sme_reason="进口设备，中小企业无法提供。" if imported else "",
        remark=remark,
        funds=_draws(purchase, number, fund),
        items=tuple(
            _item(purchase, each, uid_of("line", f"{number}:item{at}"))
            for at, each in enumerate(purchase["items"])
        ),
    )


def _draws(purchase: dict[str, Any], number: int, fund: UUID) -> tuple[FundDraw, ...]:
    fiscal = FundDraw(
        uid=uid_of("line", f"{number}:fund"),
        fund_plan=fund,
        amount=parse_money(purchase["fiscal"]),
    )
    if not purchase["own"]:
        return (fiscal,)
    own = FundDraw(
        uid=uid_of("line", f"{number}:own"),
        kind=FundKind.OTHER,
        amount=parse_money(purchase["own"]),
        own_kind="31",
    )
    return (fiscal, own)


def _item(purchase: dict[str, Any], row: dict[str, str], uid: UUID) -> Item:
    return Item(
        uid=uid,
        catalog_version=row["version"],
        code=row["code"],
        name=row["name"],
        spec=row["spec"],
        unit=row["unit"],
        quantity=Decimal(row["quantity"]),
        price=Decimal(row["price"]),
        choice=MethodChoice(
            method=purchase["method"],
            condition=purchase["condition"],
            organisation=purchase["organisation"],
            agency_kind=purchase["agency_kind"],
            agency=purchase["agency"],
            purchase_form=purchase["purchase_form"],
        ),
    )
