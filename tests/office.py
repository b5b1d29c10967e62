"""A small office for tests, built through the one door: units, people, money, plans.

``office = make_office(database)``; then ``office.do("zhoumin", SavePlan(…))``,
``office.fund("JH2026410000001", "500000.00")``, ``office.content(funds=((fund, "100000.00"),))``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from govproc_desktop.domain.fund_plan import FundPlanRow
from govproc_desktop.domain.permissions import SYSTEM, Actor
from govproc_desktop.domain.plan.content import (
    FundDraw,
    FundKind,
    Item,
    MethodChoice,
    PlanContent,
    SmeMode,
)
from govproc_desktop.models import FundBalance, FundPlan, Plan, Unit
from govproc_desktop.models.engine import Database
from govproc_desktop.models.reference import KINDS
from govproc_desktop.paths import resource
from govproc_desktop.services import accounts
from govproc_desktop.services.command import run
from govproc_desktop.services.context import Context, Outcome
from govproc_desktop.services.fund_plans import ImportFundPlans
from govproc_desktop.services.reference import LoadReference

PASSWORD = "abc12345"
FIRST_MORNING = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - office time is local

UNITS = {
    "finance": ("410000", "河南省财政厅政府采购监督管理处", "finance", None),
    "department": ("101", "河南省农业农村厅", "budget", None),
    "institute": ("101001", "河南省青禾农业科学研究院", "budget", "department"),
    "station": ("101002", "河南省土壤肥料站", "budget", "department"),
}
CLERK = ("plan.view", "plan.edit", "plan.void", "fund_plan.view", "fund_plan.import")
INTERNAL = ("plan.view", "fund_plan.view", "plan.review_internal")
DEPARTMENT = ("plan.view", "fund_plan.view", "plan.review_department")
FINANCE = ("plan.view", "fund_plan.view", "plan.review_finance", "fund_plan.import")
APPROVAL = ("plan.view", "fund_plan.view", "plan.approve_finance", "plan.void")
ADMIN = ("unit.edit", "operator.edit", "reference.edit", "backup.make", "journal.view")

PEOPLE = {
    # login: (name, unit, post, permissions, 内部审核标志)
    "zhoumin": ("周敏", "institute", "经办岗", CLERK, False),
    "zhengjianguo": ("郑建国", "institute", "内部审核岗", INTERNAL, True),
    "liuyang": ("刘洋", "station", "经办岗", CLERK, False),
    "sunli": ("孙丽", "department", "主管部门审核岗", DEPARTMENT, False),
    "linlan": ("林岚", "finance", "财政审核岗", FINANCE, False),
    "xuzhiyuan": ("徐志远", "finance", "财政审批岗", APPROVAL, False),
    "admin": ("何静", "finance", "系统管理员", ADMIN, False),
}

SWITCH = "A0201020201"
"""以太网交换机 of 2013: in no catalogue, so nothing about it is forced."""


@dataclass
class Clock:
    """Office time that stands still until a test moves it."""

    now: datetime = FIRST_MORNING

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Office:
    """A database with an office in it, and short ways to act in it."""

    database: Database
    clock: Clock = field(default_factory=Clock)
    units: dict[str, UUID] = field(default_factory=dict)
    persons: dict[str, UUID] = field(default_factory=dict)

    def actor(self, login: str) -> Actor:
        with self.database.sessions() as session:
            return accounts.actor_for_login(session, login)

    def context(self, login: str | None = None) -> Context:
        actor = self.actor(login) if login else SYSTEM
        return Context(database=self.database, actor=actor, clock=self.clock)

    def do(self, login: str | None, cmd: object, **kw: Any) -> Outcome:
        return run(cmd, self.context(login), **kw)

    def operator(
        self,
        login: str,
        name: str,
        unit: str,
        permissions: Sequence[str],
        *,
        post: str = "",
        internal_mark: bool = False,
        person: str | None = None,
    ) -> None:
        """Add an account; ``person`` is the login of another account of the same human being."""
        uid = self.persons.setdefault(person or login, uuid4())
        self.persons[login] = uid
        command = accounts.SaveOperator(
            operator=uuid4(),
            person=uid,
            login=login,
            name=name,
            unit=self.units[unit],
            post=post,
            password=PASSWORD,
            internal_mark=internal_mark,
            permissions=tuple(permissions),
        )
        self.do(None, command)

    def set_unit(self, key: str, **changes: Any) -> None:
        """Save a unit anew, with changes such as ``filing_mode="at_once"``."""
        code, name, kind, parent = UNITS[key]
        command = accounts.SaveUnit(
            unit=self.units.setdefault(key, uuid4()),
            code=code,
            name=name,
            kind=kind,
            parent=self.units[parent] if parent else None,
            filing_mode="internal",
        )
        self.do(None, replace(command, **changes))

    def fund(self, plan_no: str, amount: str, *, unit: str = "institute", **values: Any) -> UUID:
        """Add a fund plan with money through the import command and return its uid."""
        code, name, _kind, _parent = UNITS[unit]
        given = {
            "fiscal_year": 2026,
            "mof_div_code": "410000",
            "cor_bgt_doc_no": "豫财预〔2026〕12号",
            "pro_code": "410000261010001",
            "pro_name": "办公设备购置",
            "fund_type_code": "11",
            "dep_bgt_eco_code": "31002",
            "month": 3,
            "version": 1,
            **values,
        }
        row = FundPlanRow(
            plan_no=plan_no, agency_code=code, agency_name=name, amount=Decimal(amount), **given
        )
        command = ImportFundPlans(
            import_uid=uuid4(), file_name="YKJH.csv", file_hash=plan_no, rows_read=1, rows=(row,)
        )
        made = self.do("linlan", command)
        assert made.result["refused"] == 0, made.result
        with self.database.sessions() as session:
            return session.scalars(
                select(FundPlan.uid).where(
                    FundPlan.plan_no == plan_no, FundPlan.fiscal_year == given["fiscal_year"]
                )
            ).one()

    def balance(self, fund: UUID) -> FundBalance:
        """Return the balances of a fund plan as they stand now."""
        with self.database.sessions() as session:
            return session.scalars(
                select(FundBalance)
                .join(FundPlan, FundPlan.id == FundBalance.fund_plan_id)
                .where(FundPlan.uid == fund)
            ).one()

    def plan(self, uid: UUID) -> Plan:
        """Return a plan as it stands now (detached, lines loaded)."""
        with self.database.sessions() as session:
            return session.scalars(select(Plan).where(Plan.uid == uid)).one()

    def unit_id(self, key: str) -> int:
        with self.database.sessions() as session:
            return session.scalars(select(Unit.id).where(Unit.uid == self.units[key])).one()

    def content(
        self,
        *,
        funds: Sequence[tuple[UUID, str]] = (),
        own: str = "",
        items: Sequence[Item] | None = None,
        **changes: Any,
    ) -> PlanContent:
        """Return a plan that passes every check: items default to what the funds pay for."""
        lines = [
            FundDraw(uid=uuid4(), fund_plan=each, amount=Decimal(much)) for each, much in funds
        ]
        if own:
            lines.append(
                FundDraw(uid=uuid4(), kind=FundKind.OTHER, amount=Decimal(own), own_kind="31")
            )
        total = sum((line.amount or Decimal(0) for line in lines), Decimal(0))
        given: dict[str, Any] = {
            "title": "办公设备购置（2026 年第二批）",
            "year": 2026,
            "contact": "周敏",
            "phone": "0371-65852210",
            "applied_on": date(2026, 11, 23),
            "expected_on": date(2026, 12, 20),
            "sme_mode": SmeMode.WHOLE,
            **changes,
        }
        return PlanContent(
            funds=tuple(lines),
            items=tuple(items) if items is not None else ((item(str(total)),) if total else ()),
            **given,
        )


def item(price: str, *, quantity: str = "1", code: str = SWITCH, **changes: Any) -> Item:
    """Return one content line of the 2013 catalogue, bought by 询价 unless changed."""
    choice = changes.pop("choice", None) or choose()
    given = {"catalog_version": "2013", "name": "交换机", "unit": "台", **changes}
    return Item(
        uid=uuid4(),
        code=code,
        quantity=Decimal(quantity),
        price=Decimal(price),
        choice=choice,
        **given,
    )


def choose(method: str = "XJ", condition: str | None = None, **changes: Any) -> MethodChoice:
    """Return a way of buying; the condition defaults to the first of the method."""
    first = "" if method == "GKZB" else f"{method}-1"
    given = {
        "organisation": "FSCG",
        "agency_kind": "SHDL",
        "agency": "河南诚信招标代理有限公司",
        "purchase_form": "Z01",
        **changes,
    }
    return MethodChoice(method=method, condition=first if condition is None else condition, **given)


def make_office(database: Database, *, filing_mode: str = "internal") -> Office:
    """Build the office: four units, a person for every step, reference tables, fixed clock."""
    office = Office(database)
    load_reference(office)
    for key in UNITS:
        office.set_unit(key, filing_mode=filing_mode)
    for login, (name, unit, post, permissions, mark) in PEOPLE.items():
        office.operator(login, name, unit, permissions, post=post, internal_mark=mark)
    return office


def load_reference(office: Office) -> None:
    """Put every shipped reference table in force, as first use of the program does."""
    for kind in KINDS:
        text = resource(f"data/{kind}.csv").read_text("utf-8-sig")
        office.do(None, LoadReference(kind=kind, text=text))
