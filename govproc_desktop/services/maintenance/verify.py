"""Verify a whole database: money, states, numbers and the journal's chain, reading only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_
from govproc_desktop.models.engine import Database
from govproc_desktop.services.maintenance import chain, contents, documents, money
from govproc_desktop.services.maintenance.report import Findings, Seal, VerifyReport


def verify(
    database: Database,
    *,
    seal: Seal | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> VerifyReport:
    """Check every promise the database makes, in one snapshot; changes nothing.

    Args:
        database: either engine; on SQLite, writers wait until it is done.
        seal: a journal head kept elsewhere (paper, backup): finds a cut-off tail.
        progress: told ``(journal rows read, journal rows)``.
    """
    findings = Findings()
    with _snapshot(database) as connection:
        counted = chain.check_journal(connection, findings, progress=progress)
        if seal is not None:
            chain.check_seal(connection, findings, seal)
        counted["fund_plan"] = money.check_balances(connection, findings)
        money.check_limits(connection, findings)
        money.check_document_money(connection, findings)
        money.check_sums(connection, findings)
        documents.check_states(connection, findings)
        documents.check_steps(connection, findings)
        documents.check_tasks(connection, findings)
        documents.check_versions(connection, findings)
        counted["plan"] = contents.check_contents(connection, findings)
        documents.check_numbers(connection, findings)
        counted["file_body"] = documents.check_files(connection, findings)
        documents.check_references(connection, findings)
        head = chain.read_seal(connection)
    return VerifyReport(findings=findings.all(), counted=counted, seal=head)


def demand_sound(database: Database) -> Seal:
    """Return the journal head of a database that verifies; refuse any other.

    Raises:
        Unavailable: with the code and sentence of the first finding.
    """
    report = verify(database)
    if not report.sound:
        first = report.findings[0]
        raise Unavailable(
            N_("数据没有通过核对：{sentence}"), {"sentence": first.sentence()}, first.code
        )
    return report.seal


@contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    """Read everything as of one moment: a half-seen payment would look like a break."""
    if database.is_sqlite:
        with database.reading() as connection:
            yield connection
        return
    with database.engine.connect() as plain:
        connection = plain.execution_options(isolation_level="REPEATABLE READ")
        yield connection
        connection.rollback()
