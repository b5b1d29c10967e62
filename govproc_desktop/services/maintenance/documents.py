"""Verify documents: states against steps, tasks, submitted versions, numbers, files, references."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, text

from govproc_desktop.domain.plan.flow import PLAN_FLOW
from govproc_desktop.domain.workflow import Workflow
from govproc_desktop.i18n import N_
from govproc_desktop.models.facts import digest
from govproc_desktop.models.kernel import DOCUMENT_HEADS
from govproc_desktop.services.maintenance.report import Findings

_FLOWS: dict[str, Workflow] = {"plan": PLAN_FLOW}


def check_states(connection: Connection, findings: Findings) -> None:
    """Compare each document's state and step count with its last step."""
    for kind, table in DOCUMENT_HEADS.items():
        flow = _FLOWS[kind]
        rows = connection.execute(
            text(
                "SELECT d.uid, d.state, d.step_count, COALESCE(c.steps, 0) AS steps, s.target"
                f" FROM {table} d LEFT JOIN (SELECT doc_uid, MAX(seq) AS last, COUNT(*) AS steps"
                " FROM step_taken WHERE doc_kind = :kind GROUP BY doc_uid) c ON c.doc_uid = d.uid"
                " LEFT JOIN step_taken s ON s.doc_uid = d.uid AND s.seq = c.last ORDER BY d.id"
            ),
            {"kind": kind},
        )
        for row in rows:
            should = row.target if row.steps else flow.start
            if row.state != should or row.step_count != row.steps:
                findings.add(
                    "state",
                    "E1303",
                    N_("单据 {uid} 的状态是“{state}”，最后一步办到的是“{should}”。"),
                    uid=row.uid,
                    state=_state(flow, row.state),
                    should=_state(flow, should),
                )


def check_steps(connection: Connection, findings: Findings) -> None:
    """Follow each document's steps: numbered without a gap, each from where the last one led."""
    last: tuple[str, int, str] | None = None
    rows = connection.execution_options(yield_per=2000).execute(
        text("SELECT doc_kind, doc_uid, seq, source, target FROM step_taken ORDER BY doc_uid, seq")
    )
    for row in rows:
        if last is None or last[0] != row.doc_uid:
            last = (row.doc_uid, 0, _FLOWS[row.doc_kind].start)
        if (row.seq, row.source) != (last[1] + 1, last[2]):
            findings.add(
                "steps",
                "E1303",
                N_("单据 {uid} 的第 {seq} 步接不上前一步。"),
                uid=row.doc_uid,
                seq=row.seq,
            )
        last = (row.doc_uid, row.seq, row.target)


def check_tasks(connection: Connection, findings: Findings) -> None:
    """Check that exactly the documents in a review state have exactly one open task, for it."""
    for kind, table in DOCUMENT_HEADS.items():
        flow = _FLOWS[kind]
        reviewed = set(flow.review_states())
        rows = connection.execute(
            text(
                f"SELECT d.uid, d.state, COUNT(t.id) AS open, MIN(t.state) AS at FROM {table} d"
                " LEFT JOIN task t ON t.doc_uid = d.uid AND t.closed_at IS NULL"
                " GROUP BY d.id, d.uid, d.state ORDER BY d.id"
            )
        )
        for row in rows:
            should = (1, row.state) if row.state in reviewed else (0, None)
            if (row.open, row.at) != should:
                findings.add(
                    "task",
                    "E1303",
                    N_("单据 {uid} 在“{state}”，应有待办 {should} 项，实有 {open} 项。"),
                    uid=row.uid,
                    state=_state(flow, row.state),
                    should=should[0],
                    open=row.open,
                )
    lost = connection.execute(
        text(
            "SELECT t.doc_uid FROM task t WHERE t.closed_at IS NULL AND t.doc_kind = 'plan'"
            " AND NOT EXISTS (SELECT 1 FROM plan d WHERE d.uid = t.doc_uid)"
        )
    )
    for (uid,) in lost:
        findings.add("task", "E1303", N_("待办事项指向不存在的单据 {uid}。"), uid=uid)


def check_versions(connection: Connection, findings: Findings) -> int:
    """Hash every submitted text again; check that versions are numbered without a gap."""
    last: tuple[str, int] = ("", 0)
    count = 0
    rows = connection.execution_options(yield_per=500).execute(
        text("SELECT doc_uid, version, body, hash FROM document_version ORDER BY doc_uid, version")
    )
    for row in rows:
        count += 1
        expected = last[1] + 1 if last[0] == row.doc_uid else 1
        if digest(row.body) != row.hash or row.version != expected:
            findings.add(
                "version",
                "E1009",
                N_("单据 {uid} 提交的第 {version} 版内容与登记的摘要不符或缺版。"),
                uid=row.doc_uid,
                version=row.version,
            )
        last = (row.doc_uid, row.version)
    return count


def check_numbers(connection: Connection, findings: Findings) -> int:
    """Check that numbers run from 1 without a gap in each series, as their documents carry them."""
    total = 0
    rows = connection.execute(
        text(
            "SELECT n.series, COUNT(*) AS found, MIN(n.seq) AS low, MAX(n.seq) AS high, c.last"
            " FROM number_issued n LEFT JOIN number_counter c ON c.series = n.series"
            " GROUP BY n.series, c.last ORDER BY n.series"
        )
    )
    for row in rows:
        total += row.found
        if not row.low == 1 <= row.found == row.high == row.last:
            findings.add(
                "number",
                "E1009",
                N_("编号“{series}”不连续：已发 {found} 个，最大 {high}，计数器 {last}（R21）。"),
                series=row.series,
                found=row.found,
                high=row.high,
                last=row.last if row.last is not None else 0,
            )
    for kind, table in DOCUMENT_HEADS.items():
        wrong = connection.execute(
            text(
                f"SELECT d.uid, d.number FROM {table} d LEFT JOIN number_issued n"
                " ON n.doc_uid = d.uid AND n.doc_kind = :kind"
                " WHERE COALESCE(d.number, '') <> COALESCE(n.number, '') ORDER BY d.id"
            ),
            {"kind": kind},
        )
        for uid, number in wrong:
            findings.add(
                "number",
                "E1009",
                N_("单据 {uid} 上的编号“{number}”不是发给它的编号（R21）。"),
                uid=uid,
                number=number or "",
            )
    return total


def check_files(connection: Connection, findings: Findings) -> int:
    """Hash every attachment's bytes again."""
    count = 0
    keys = connection.execute(text("SELECT sha256 FROM file_body ORDER BY sha256")).scalars().all()
    for key in keys:
        size, body = connection.execute(
            text("SELECT size, body FROM file_body WHERE sha256 = :key"), {"key": key}
        ).one()
        count += 1
        if hashlib.sha256(body).hexdigest() != key or len(body) != size:
            name = connection.execute(
                text("SELECT MIN(name) FROM attachment WHERE sha256 = :key"), {"key": key}
            ).scalar()
            findings.add(
                "file", "E3105", N_("附件“{name}”与登记的摘要不符。"), name=name or key[:16]
            )
    return count


def check_references(connection: Connection, findings: Findings) -> None:
    """On SQLite, look for rows that refer to nothing; PostgreSQL never lets one in."""
    if connection.dialect.name != "sqlite":
        return
    for table, row_id, parent, _key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        findings.add(
            "reference",
            "E1008",
            N_("{table} 第 {row} 行指向 {parent} 中不存在的记录。"),
            table=table,
            row=row_id,
            parent=parent,
        )


def _state(flow: Workflow, name: str) -> str:
    return flow.states[name].title if name in flow.states else name
