"""Take 用款计划 in: new rows, higher versions, and conflicts kept for a person to settle."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, tuple_

from govproc_desktop.domain.errors import BadInput, render
from govproc_desktop.domain.fields import Name
from govproc_desktop.domain.fund_plan import MOST_ROWS, FundPlanRow, RowRefused
from govproc_desktop.i18n import N_
from govproc_desktop.models import FundBalance, FundConflict, FundPlan, ImportLog, Unit
from govproc_desktop.services import wire
from govproc_desktop.services.command import command
from govproc_desktop.services.initials import search_text
from govproc_desktop.services.transaction import Movement, Tx

_CHUNK = 400
_KEPT = tuple(
    f.name
    for f in fields(FundPlanRow)
    if f.name not in {"agency_code", "agency_name", "amount", "row", "cell"}
)

UNKNOWN_UNIT = N_("单位编码 {code} 在本系统中没有，请先登记单位或更正编码。")
FOREIGN_UNIT = N_("单位 {code} 不在您的数据范围内，没有导入。")
MOVED_UNIT = N_("这条用款计划原属单位 {old}，文件里写的是 {new}，没有导入。")
SAME_VERSION = N_("版本 {version} 已导入过，但内容不同。请让发送方提高版本号。")
BELOW_USED = N_(
    "新金额 {amount} 小于已占用 {used}（差 {short}），已列入冲突清单，原金额 {old} 未改。"
)


@dataclass(frozen=True, kw_only=True)
class ImportFundPlans:
    """Take in the rows of one YKJH file; ``refused`` are rows the reader could not understand."""

    import_uid: UUID
    file_name: Name
    file_hash: Name
    rows_read: int
    rows: tuple[FundPlanRow, ...]
    refused: tuple[RowRefused, ...] = ()


@dataclass
class _Report:
    """What becomes of each row; read = written + unchanged + refused always holds."""

    read: int
    written: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[RowRefused] = field(default_factory=list)
    conflicts: int = 0

    def refuse(self, row: FundPlanRow, column: str, template: str, **params: Any) -> None:
        self.refused.append(
            RowRefused(row=row.row, cell=row.cell, column=column, reason=render(template, params))
        )

    @property
    def rows_refused(self) -> int:
        """Rows, not cells: one row may be refused for several cells at once."""
        return len({each.row for each in self.refused})

    def as_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "written": self.written,
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": self.rows_refused,
            "conflicts": self.conflicts,
            "rows_refused": wire.dump(tuple(sorted(self.refused, key=lambda each: each.row))),
        }


@command("fund_plan.import", N_("导入用款计划"), permission="fund_plan.import")
def import_fund_plans(cmd: ImportFundPlans, tx: Tx) -> dict[str, Any]:
    """Write new rows and higher versions; never lower an amount below what is used (R45).

    The same file again changes nothing (R44); the report accounts for every row read.
    """
    rows_refused = len({each.row for each in cmd.refused})
    if len(cmd.rows) > MOST_ROWS or cmd.rows_read != len(cmd.rows) + rows_refused:
        raise BadInput(N_("文件行数与读到的行数不一致，没有导入。"), {}, "E4005")
    work = _Work(cmd, tx)
    for start in range(0, len(cmd.rows), _CHUNK):
        tx.progress(start, len(cmd.rows))
        for row in cmd.rows[start : start + _CHUNK]:
            work.take(row)
        work.write()
    report = work.report
    report.written = report.added + report.updated
    made = report.as_json()
    _log(tx, cmd, report, made)
    return made


class _Work:
    """One import under way: what is known, what waits to be written, what was decided."""

    def __init__(self, cmd: ImportFundPlans, tx: Tx) -> None:
        self.cmd = cmd
        self.tx = tx
        self.report = _Report(read=cmd.rows_read, refused=list(cmd.refused))
        self._units = {unit.code: unit for unit in tx.session.scalars(select(Unit))}
        self._codes = {unit.id: unit.code for unit in self._units.values()}
        self._known = _known(tx, cmd.rows)
        self._balances = tx.lock_funds(plan.id for plan in self._known.values())
        self._new: list[tuple[FundPlan, Decimal]] = []
        self._moves: list[Movement] = []
        self._fresh: set[tuple[int, str, str]] = set()

    def take(self, row: FundPlanRow) -> None:
        """Decide about one row: new, higher version, unchanged, refused or in conflict."""
        unit = self._units.get(row.agency_code)
        if unit is None:
            self.report.refuse(row, "agency_code", UNKNOWN_UNIT, code=row.agency_code)
        elif not self.tx.actor.scope.covers(unit.id):
            self.report.refuse(row, "agency_code", FOREIGN_UNIT, code=row.agency_code)
        elif row.key in self._fresh:
            # A second version of a plan this very file brings: write the first, then judge it.
            self.write()
            self._take_known(row, unit)
        elif row.key not in self._known:
            self._add(row, unit)
        else:
            self._take_known(row, unit)

    def write(self) -> None:
        """Write what waits, in few statements; the ledger's trigger moves the balances."""
        session = self.tx.session
        session.add_all(plan for plan, _amount in self._new)
        session.flush()
        balances = [FundBalance(fund_plan_id=plan.id) for plan, _amount in self._new]
        session.add_all(balances)
        session.flush()
        self._balances.update({each.fund_plan_id: each for each in balances})
        self._moves += [
            Movement(fund_plan_id=plan.id, account="amount", kind="import", amount=amount)
            for plan, amount in self._new
        ]
        if self._moves:
            self.tx.post(self._moves, doc_kind="import", doc_uid=self.cmd.import_uid)
            for move in self._moves:
                session.expire(self._balances[move.fund_plan_id])
        self._new, self._moves = [], []
        self._fresh.clear()

    def _add(self, row: FundPlanRow, unit: Unit) -> None:
        kept = {name: getattr(row, name) for name in _KEPT}
        plan = FundPlan(uid=uuid4(), unit_id=unit.id, search_text=_searchable(row), **kept)
        self._new.append((plan, row.amount))
        self._known[row.key] = plan
        self._fresh.add(row.key)
        self.tx.changed("fund_plan", plan.uid)
        self.report.added += 1

    def _take_known(self, row: FundPlanRow, unit: Unit) -> None:
        plan = self._known[row.key]
        balance = self._balances[plan.id]
        used = balance.filed + balance.in_transit
        if plan.unit_id != unit.id:
            old = self._codes[plan.unit_id]
            self.report.refuse(row, "agency_code", MOVED_UNIT, old=old, new=unit.code)
        elif row.version <= plan.version:
            self._repeat(row, plan, balance)
        elif row.amount < used:
            self._conflict(row, plan, balance, used)
        else:
            self._update(row, plan, balance)

    def _repeat(self, row: FundPlanRow, plan: FundPlan, balance: FundBalance) -> None:
        same = row.amount == balance.amount and all(
            getattr(plan, name) == getattr(row, name) for name in _KEPT
        )
        if row.version < plan.version or same:
            self.report.unchanged += 1
        else:
            self.report.refuse(row, "version", SAME_VERSION, version=row.version)

    def _update(self, row: FundPlanRow, plan: FundPlan, balance: FundBalance) -> None:
        for name in _KEPT:
            setattr(plan, name, getattr(row, name))
        plan.row_version += 1
        plan.search_text = _searchable(row)
        if row.amount != balance.amount:
            more = row.amount - balance.amount
            self._moves.append(
                Movement(fund_plan_id=plan.id, account="amount", kind="adjust", amount=more)
            )
            self._fresh.add(row.key)
        self.tx.changed("fund_plan", plan.uid)
        self.report.updated += 1

    def _conflict(
        self, row: FundPlanRow, plan: FundPlan, balance: FundBalance, used: Decimal
    ) -> None:
        _keep_conflict(self.tx, self.cmd, row, plan, used)
        self.report.conflicts += 1
        self.report.refuse(
            row,
            "amount",
            BELOW_USED,
            amount=row.amount,
            used=used,
            short=used - row.amount,
            old=balance.amount,
        )


def _searchable(row: FundPlanRow) -> str:
    return search_text(row.plan_no, row.cor_bgt_doc_no, row.pro_name, row.pro_code)


def _known(tx: Tx, rows: tuple[FundPlanRow, ...]) -> dict[tuple[int, str, str], FundPlan]:
    key = tuple_(FundPlan.fiscal_year, FundPlan.mof_div_code, FundPlan.plan_no)
    found: dict[tuple[int, str, str], FundPlan] = {}
    for start in range(0, len(rows), _CHUNK):
        keys = [row.key for row in rows[start : start + _CHUNK]]
        for plan in tx.session.scalars(select(FundPlan).where(key.in_(keys))):
            found[plan.fiscal_year, plan.mof_div_code, plan.plan_no] = plan
    return found


def _keep_conflict(
    tx: Tx, cmd: ImportFundPlans, row: FundPlanRow, plan: FundPlan, used: Decimal
) -> None:
    seen = select(FundConflict.id).where(
        FundConflict.fund_plan_id == plan.id, FundConflict.version == row.version
    )
    if tx.session.scalar(seen) is not None:
        return
    conflict = FundConflict(
        uid=uuid4(),
        fund_plan_id=plan.id,
        version=row.version,
        amount=row.amount,
        used=used,
        file_name=cmd.file_name,
        cell=row.cell,
        at=tx.now,
    )
    tx.session.add(conflict)
    tx.changed("fund_conflict", conflict.uid)


def _log(tx: Tx, cmd: ImportFundPlans, report: _Report, made: dict[str, Any]) -> None:
    tx.session.add(
        ImportLog(
            uid=cmd.import_uid,
            unit_id=tx.actor.unit_id,
            kind="YKJH",
            file_name=cmd.file_name,
            file_hash=cmd.file_hash,
            at=tx.now,
            person_name=tx.actor.person_name,
            rows_read=report.read,
            written=report.written,
            unchanged=report.unchanged,
            refused=report.rows_refused,
            report=wire.canonical(made),
        )
    )
    tx.changed("import_log", cmd.import_uid)
