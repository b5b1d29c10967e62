"""What the people of a fault run do: commands on plans, made from a few numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import text

from govproc_desktop.domain.fund_plan import FundPlanRow
from govproc_desktop.domain.plan.content import FundDraw, PlanContent, SmeMode
from govproc_desktop.models.engine import Database
from govproc_desktop.services import drafts as _drafts  # noqa: F401 - registers its commands
from govproc_desktop.services.approvals import ApprovePlan, ReturnPlan
from govproc_desktop.services.fund_plans import ImportFundPlans
from govproc_desktop.services.plans import SavePlan, SubmitPlan, VoidPlan, WithdrawPlan
from tests.faults.ground import FUNDS, contexts, fund_uids
from tests.office import item

REVIEWERS = {
    "internal_review": "zhengjianguo",
    "department_review": "sunli",
    "finance_review": "linlan",
    "finance_approval": "xuzhiyuan",
}
_SPACE = UUID("5f0c1d5e-6a3b-4c9f-9a51-2f8d30b4a001")


def uid_of(*parts: object) -> UUID:
    """Return the same uid for the same parts, in every process."""
    return uuid5(_SPACE, ":".join(map(str, parts)))


class Desk:
    """Commands against one database, with everyone's context at hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.people = contexts(database)
        self.funds = fund_uids(database)

    def save(
        self,
        plan: UUID,
        draws: Sequence[tuple[int, int]],
        *,
        seen: int = 0,
        own: int | None = None,
        **changes: Any,
    ) -> SavePlan:
        """Save a plan drawing ``(fund, fen)``; items come to ``own`` fen or to the same sum."""
        lines = tuple(
            FundDraw(
                uid=uid_of(plan, "draw", at),
                fund_plan=self.funds[fund],
                amount=Decimal(fen).scaleb(-2),
            )
            for at, (fund, fen) in enumerate(draws)
        )
        total = sum(fen for _fund, fen in draws) if own is None else own
        given: dict[str, Any] = {
            "title": f"办公设备 {str(plan)[:4]}",
            "year": 2026,
            "contact": "周敏",
            "phone": "0371-65852210",
            "applied_on": date(2026, 11, 23),
            "expected_on": date(2026, 12, 20),
            "sme_mode": SmeMode.WHOLE,
            **changes,
        }
        bought = item(f"{Decimal(total).scaleb(-2):f}")
        items = (_with_uid(bought, uid_of(plan, "item")),)
        content = PlanContent(funds=lines, items=items, **given)
        return SavePlan(plan=plan, content=content, seen_version=seen)

    def act(
        self, action: str, plan: UUID, seen: int, state: str, *, target: str = "returned"
    ) -> tuple[str, object]:
        """Return who does the action in that state, and the command."""
        reviewer = REVIEWERS.get(state, "zhengjianguo")
        if action == "submit":
            return "zhoumin", SubmitPlan(plan=plan, seen_version=seen)
        if action == "withdraw":
            return "zhoumin", WithdrawPlan(plan=plan, seen_version=seen)
        if action == "approve":
            return reviewer, ApprovePlan(plan=plan, seen_version=seen, opinion="同意")
        if action == "return":
            cmd = ReturnPlan(plan=plan, seen_version=seen, opinion="金额请核实", target=target)
            return reviewer, cmd
        who = "xuzhiyuan" if state == "filed" else "zhoumin"
        return who, VoidPlan(plan=plan, seen_version=seen, opinion="不再采购")

    def bring(self, fund: int, amount: int, version: int, *, uid: UUID | None = None) -> object:
        """Import a fund plan anew with an amount in fen and a version."""
        row = FundPlanRow(
            plan_no=FUNDS[fund],
            fiscal_year=2026,
            mof_div_code="410000",
            agency_code="101001",
            agency_name="河南省青禾农业科学研究院",
            cor_bgt_doc_no="豫财预〔2026〕12号",
            pro_code="410000261010001",
            pro_name="办公设备购置",
            fund_type_code="11",
            dep_bgt_eco_code="31002",
            month=3,
            amount=Decimal(amount).scaleb(-2),
            version=version,
        )
        return ImportFundPlans(
            import_uid=uid or uuid4(),
            file_name="YKJH.csv",
            file_hash=f"{fund}-{version}-{amount}",
            rows_read=1,
            rows=(row,),
        )

    def open_plans(self) -> list[tuple[UUID, int, str]]:
        """Return uid, version and state of the newest plans that are not void."""
        with self.database.reading() as connection:
            rows = connection.execute(
                text(
                    "SELECT uid, row_version, state FROM plan WHERE state <> 'void'"
                    " ORDER BY id DESC LIMIT 8"
                )
            )
            return [(UUID(row[0]), row[1], row[2]) for row in rows]


_desks: dict[int, Desk] = {}


def desk_of(database: Database) -> Desk:
    """Return the one desk of a database; children inherit it from the nursery."""
    if id(database) not in _desks:
        _desks[id(database)] = Desk(database)
    return _desks[id(database)]


def _with_uid(line: Any, uid: UUID) -> Any:
    return replace(line, uid=uid)
