"""Verify the money: balances against the ledger, limits, and documents against what they hold."""

from __future__ import annotations

from sqlalchemy import Connection, text

from govproc_desktop.domain.money import from_fen
from govproc_desktop.i18n import N_, _
from govproc_desktop.models import ACCOUNTS
from govproc_desktop.services.maintenance.report import Findings

_TITLES = {
    "amount": N_("计划金额"),
    "in_transit": N_("在途"),
    "filed": N_("已备案占用"),
    "contracted": N_("合同金额"),
    "requested": N_("已申请支付"),
    "paid": N_("已支付"),
    "moves": N_("明细笔数"),
}


def check_balances(connection: Connection, findings: Findings) -> int:
    """Compare every fund plan's every account with the sum of its ledger; returns how many."""
    sums = ", ".join(
        f"COALESCE(SUM(CASE WHEN account = '{name}' THEN fen END), 0) AS {name}"
        for name in ACCOUNTS
    )
    rows = connection.execute(
        text(
            "SELECT p.id, p.plan_no, b.fund_plan_id AS balance, "
            + ", ".join(
                f"b.{name} AS {name}, COALESCE(l.{name}, 0) AS sum_{name}" for name in ACCOUNTS
            )
            + ", b.moves AS moves, COALESCE(l.moves, 0) AS sum_moves"
            " FROM fund_plan p LEFT JOIN fund_balance b ON b.fund_plan_id = p.id"
            f" LEFT JOIN (SELECT fund_plan_id, {sums}, COUNT(*) AS moves"
            " FROM ledger_entry GROUP BY fund_plan_id) l ON l.fund_plan_id = p.id ORDER BY p.id"
        )
    )
    count = 0
    for row in rows.mappings():
        count += 1
        if row["balance"] is None:
            findings.add(
                "balance", "E1008", N_("用款计划 {plan} 没有余额行。"), plan=row["plan_no"]
            )
            continue
        for name in (*ACCOUNTS, "moves"):
            if row[name] != row[f"sum_{name}"]:
                _differs(findings, row["plan_no"], name, int(row[name]) - int(row[f"sum_{name}"]))
    return count


def check_limits(connection: Connection, findings: Findings) -> None:
    """Judge R53 on every fund plan: 0 ≤ 在途, 占用; Z ≤ A ≤ K ≤ F; F + 在途 ≤ P."""
    rows = connection.execute(
        text(
            "SELECT p.plan_no FROM fund_balance b JOIN fund_plan p ON p.id = b.fund_plan_id"
            " WHERE NOT (b.in_transit >= 0 AND b.filed >= 0 AND b.filed + b.in_transit <= b.amount"
            " AND b.contracted BETWEEN 0 AND b.filed AND b.requested BETWEEN 0 AND b.contracted"
            " AND b.paid BETWEEN 0 AND b.requested) ORDER BY p.id"
        )
    )
    for (plan_no,) in rows:
        findings.add(
            "limits",
            "E1008",
            N_("用款计划 {plan} 的余额越过上下限：须 0 ≤ 已支付 ≤ 已申请 ≤ 合同 ≤ 占用 ≤ 计划。"),
            plan=plan_no,
        )


def check_document_money(connection: Connection, findings: Findings) -> None:
    """Compare what each plan draws with what the ledger says it holds in transit and filed."""
    rows = connection.execute(
        text(
            "SELECT p.uid, p.title, p.state, COALESCE(d.drawn, 0) AS drawn,"
            " COALESCE(l.in_transit, 0) AS in_transit, COALESCE(l.filed, 0) AS filed"
            " FROM plan p LEFT JOIN (SELECT plan_id, SUM(amount) AS drawn FROM plan_fund"
            " WHERE fund_plan_id IS NOT NULL GROUP BY plan_id) d ON d.plan_id = p.id"
            " LEFT JOIN (SELECT doc_uid,"
            " SUM(CASE WHEN account = 'in_transit' THEN fen ELSE 0 END) AS in_transit,"
            " SUM(CASE WHEN account = 'filed' THEN fen ELSE 0 END) AS filed"
            " FROM ledger_entry WHERE doc_kind = 'plan' GROUP BY doc_uid) l ON l.doc_uid = p.uid"
            " ORDER BY p.id"
        )
    )
    for row in rows:
        drawn = int(row.drawn)
        held = (int(row.in_transit), int(row.filed))
        if row.state in ("draft", "returned", "void"):
            should = (0, 0)
        else:
            should = (0, drawn) if row.state == "filed" else (drawn, 0)
        if held != should:
            findings.add(
                "document_money", "E1008",
                N_("「{title}」应占用 {should} 元，明细里是在途 {in_transit}、已备案 {filed}。"),
                title=row.title or row.uid,
                should=from_fen(sum(should)),
                in_transit=from_fen(held[0]),
                filed=from_fen(held[1]),
            )  # fmt: skip


def check_sums(connection: Connection, findings: Findings) -> None:
    """Judge 总金额 = 财政 + 自有 = Σ采购内容 = Σ资金 on every plan that was submitted."""
    rows = connection.execute(
        text(
            "SELECT p.uid, p.title, p.total, p.fiscal, p.own,"
            " (SELECT COALESCE(SUM(i.subtotal), 0) FROM plan_item i WHERE i.plan_id = p.id)"
            " AS items,"
            " (SELECT COALESCE(SUM(f.amount), 0) FROM plan_fund f WHERE f.plan_id = p.id) AS funds"
            " FROM plan p WHERE p.state NOT IN ('draft', 'returned', 'void') ORDER BY p.id"
        )
    )
    for row in rows:
        if (
            len({int(row.total), int(row.fiscal) + int(row.own), int(row.items), int(row.funds)})
            > 1
        ):
            findings.add(
                "sums", "E1207",
                N_("「{title}」三项合计不等：总额 {total}，财政＋自有 {sources}，内容 {items}。"),
                title=row.title or row.uid,
                total=from_fen(int(row.total)),
                sources=from_fen(int(row.funds)),
                items=from_fen(int(row.items)),
            )  # fmt: skip


def _differs(findings: Findings, plan_no: str, name: str, gap: int) -> None:
    if name == "moves":
        findings.add(
            "balance",
            "E1008",
            N_("用款计划 {plan} 的明细笔数与登记不符（差 {gap} 笔）。"),
            plan=plan_no,
            gap=gap,
        )
        return
    findings.add(
        "balance",
        "E1008",
        N_("用款计划 {plan} 的{account}与明细不符（差 {gap} 元）。请联系审计管理员。"),
        plan=plan_no,
        account=_(_TITLES[name]),
        gap=from_fen(gap),
    )
