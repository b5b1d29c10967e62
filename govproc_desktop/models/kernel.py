"""The kernel in the database: triggers that move the heads and refuse what must never happen.

Facts (``ledger_entry``, ``step_taken``, ``document_version``, ``journal``, ``number_issued``) are
append-only on both engines. An inserted ledger entry moves its fund plan's balances, whose CHECKs
judge the sum under every isolation level; an inserted step moves its document's state, if the
process table has that move and the person is neither author nor last editor.

A new document kind adds its head table to :data:`DOCUMENT_HEADS` in the migration that makes it.
"""

from __future__ import annotations

from collections.abc import Iterator

FACTS = ("ledger_entry", "step_taken", "document_version", "journal", "number_issued")
DOCUMENT_HEADS = {"plan": "plan"}
ACCOUNTS = ("amount", "in_transit", "filed", "contracted", "requested", "paid")


def statements(dialect: str) -> Iterator[str]:
    """Yield the DDL of the whole kernel for ``sqlite`` or ``postgresql``."""
    if dialect == "sqlite":
        yield from _sqlite()
    else:
        yield from _postgresql()


def _balance_sets() -> str:
    return ", ".join(
        f"{name} = {name} + CASE NEW.account WHEN '{name}' THEN NEW.fen ELSE 0 END"
        for name in ACCOUNTS
    )


def _unknown_step(flow: str) -> str:
    return (
        f"NOT EXISTS (SELECT 1 FROM process_step p WHERE p.flow = '{flow}'"
        " AND p.action = NEW.action AND p.source = NEW.source AND p.target = NEW.target)"
    )


def _self_review(flow: str, table: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {table} d, process_step p WHERE d.uid = NEW.doc_uid"
        " AND NEW.person_id IN (d.author_person, d.editor_person)"
        f" AND p.flow = '{flow}' AND p.action = NEW.action AND p.source = NEW.source"
        " AND p.target = NEW.target AND p.review = 1)"
    )


def _sqlite() -> Iterator[str]:
    for table in FACTS:
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN"
                " SELECT RAISE(ABORT, 'E_APPEND_ONLY'); END"
            )
    yield (
        "CREATE TRIGGER ledger_entry_moves AFTER INSERT ON ledger_entry BEGIN"
        f" UPDATE fund_balance SET {_balance_sets()}, moves = moves + 1"
        " WHERE fund_plan_id = NEW.fund_plan_id; END"
    )
    for flow, table in DOCUMENT_HEADS.items():
        yield (
            f"CREATE TRIGGER step_taken_{flow}_judge BEFORE INSERT ON step_taken"
            f" WHEN NEW.doc_kind = '{flow}' BEGIN"
            f" SELECT RAISE(ABORT, 'E_STEP_UNKNOWN') WHERE {_unknown_step(flow)};"
            f" SELECT RAISE(ABORT, 'E_SELF_REVIEW') WHERE {_self_review(flow, table)};"
            " SELECT RAISE(ABORT, 'E_STEP_STATE') WHERE NOT EXISTS (SELECT 1 FROM"
            f" {table} d WHERE d.uid = NEW.doc_uid AND d.state = NEW.source); END"
        )
        yield (
            f"CREATE TRIGGER step_taken_{flow}_moves AFTER INSERT ON step_taken"
            f" WHEN NEW.doc_kind = '{flow}' BEGIN"
            f" UPDATE {table} SET state = NEW.target, state_since = NEW.at,"
            " step_count = step_count + 1 WHERE uid = NEW.doc_uid AND state = NEW.source; END"
        )
        yield (
            f"CREATE TRIGGER {table}_state_guard BEFORE UPDATE OF state ON {table}"
            " WHEN NEW.state <> OLD.state AND NEW.state IS NOT (SELECT s.target FROM step_taken s"
            " WHERE s.doc_uid = NEW.uid ORDER BY s.seq DESC LIMIT 1) BEGIN"
            " SELECT RAISE(ABORT, 'E_STATE_BY_HAND'); END"
        )
        yield (
            f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} WHEN OLD.step_count > 0 BEGIN"
            " SELECT RAISE(ABORT, 'E_KEEP'); END"
        )


_RAISE = "RAISE EXCEPTION USING ERRCODE = 'P0001', MESSAGE = '{}'"


def _pg_function(name: str, body: str) -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $kernel$ BEGIN {body}"
        " END $kernel$"
    )


def _postgresql() -> Iterator[str]:
    yield _pg_function("kernel_append_only", _RAISE.format("E_APPEND_ONLY") + ";")
    for table in FACTS:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION kernel_append_only()"
        )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION kernel_append_only()"
        )
    yield _pg_function(
        "kernel_ledger_moves",
        f"UPDATE fund_balance SET {_balance_sets()}, moves = moves + 1"
        " WHERE fund_plan_id = NEW.fund_plan_id; RETURN NULL;",
    )
    yield (
        "CREATE TRIGGER ledger_entry_moves AFTER INSERT ON ledger_entry"
        " FOR EACH ROW EXECUTE FUNCTION kernel_ledger_moves()"
    )
    for flow, table in DOCUMENT_HEADS.items():
        yield from _postgresql_steps(flow, table)
        yield from _postgresql_head(table)


def _postgresql_steps(flow: str, table: str) -> Iterator[str]:
    yield _pg_function(
        f"kernel_{flow}_judge",
        # The row lock makes two reviewers queue, so that the second sees the first's state.
        f"PERFORM 1 FROM {table} d WHERE d.uid = NEW.doc_uid FOR UPDATE;"
        f" IF {_unknown_step(flow)} THEN {_RAISE.format('E_STEP_UNKNOWN')}; END IF;"
        f" IF {_self_review(flow, table)} THEN {_RAISE.format('E_SELF_REVIEW')}; END IF;"
        f" IF NOT EXISTS (SELECT 1 FROM {table} d WHERE d.uid = NEW.doc_uid"
        f" AND d.state = NEW.source) THEN {_RAISE.format('E_STEP_STATE')}; END IF; RETURN NEW;",
    )
    yield (
        f"CREATE TRIGGER step_taken_{flow}_judge BEFORE INSERT ON step_taken FOR EACH ROW"
        f" WHEN (NEW.doc_kind = '{flow}') EXECUTE FUNCTION kernel_{flow}_judge()"
    )
    yield _pg_function(
        f"kernel_{flow}_moves",
        f"UPDATE {table} SET state = NEW.target, state_since = NEW.at,"
        " step_count = step_count + 1 WHERE uid = NEW.doc_uid AND state = NEW.source;"
        f" IF NOT FOUND THEN {_RAISE.format('E_STEP_STATE')}; END IF; RETURN NULL;",
    )
    yield (
        f"CREATE TRIGGER step_taken_{flow}_moves AFTER INSERT ON step_taken FOR EACH ROW"
        f" WHEN (NEW.doc_kind = '{flow}') EXECUTE FUNCTION kernel_{flow}_moves()"
    )


def _postgresql_head(table: str) -> Iterator[str]:
    yield _pg_function(
        f"kernel_{table}_state_guard",
        "IF NEW.state <> OLD.state AND NEW.state IS DISTINCT FROM (SELECT s.target FROM"
        " step_taken s WHERE s.doc_uid = NEW.uid ORDER BY s.seq DESC LIMIT 1) THEN"
        f" {_RAISE.format('E_STATE_BY_HAND')}; END IF; RETURN NEW;",
    )
    yield (
        f"CREATE TRIGGER {table}_state_guard BEFORE UPDATE ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION kernel_{table}_state_guard()"
    )
    yield _pg_function(
        f"kernel_{table}_keep",
        f"IF OLD.step_count > 0 THEN {_RAISE.format('E_KEEP')}; END IF; RETURN OLD;",
    )
    yield (
        f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION kernel_{table}_keep()"
    )
