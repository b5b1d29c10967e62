"""Issue official numbers: gap-free per region, method and year, never reused (R21)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.domain.numbering import NumberParts, format_number, sequence_key
from govproc_desktop.domain.reference_files import NumberTemplate, Region
from govproc_desktop.domain.regulation import region_chain
from govproc_desktop.i18n import N_
from govproc_desktop.models import NumberCounter, NumberIssued
from govproc_desktop.models.reference import Reference
from govproc_desktop.services.transaction import Tx


def issue_plan_number(tx: Tx, doc_uid: UUID, *, region: str, method: str) -> str:
    """Take the next number of the office year for a plan and record it as issued.

    The counter row stays locked until the command ends, so that a refused command leaves no gap.

    Raises:
        Unavailable: no template is in force for the region.
    """
    template = _template(tx.reference, region, tx.today)
    named = _named_region(tx.reference, region)
    # Places that share a short name share a sequence, or they would issue the same numbers.
    own = named.code if "{区划简称}" in template.template else template.region
    key = sequence_key(template.template, region=own, method=method, year=tx.today.year)
    series = f"plan/{key.region}/{key.method}/{key.year}"
    sequence = _next(tx, series)
    number = format_number(
        template.template,
        NumberParts(
            region=named.short,
            method=tx.reference.methods.get(method).short,
            year=tx.today.year,
            sequence=sequence,
        ),
    )
    tx.fact(
        NumberIssued(
            number=number,
            series=series,
            seq=sequence,
            doc_kind="plan",
            doc_uid=doc_uid,
            at=tx.now,
            command_uid=tx.uid,
        )
    )
    return number


def _next(tx: Tx, series: str) -> int:
    """Lock the counter of a series, made on first use, and raise it by one."""
    tx.touch("counter", 1)
    dialect = tx.session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    # Two first users at once: the second waits here for the first, then counts on.
    made = insert(NumberCounter).values(series=series, last=0).on_conflict_do_nothing()
    tx.session.execute(made)
    counter = tx.session.scalars(
        select(NumberCounter)
        .where(NumberCounter.series == series)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    counter.last += 1
    tx.session.flush()
    return counter.last


def _template(reference: Reference, region: str, on: date) -> NumberTemplate:
    for place in region_chain(region):
        for row in reference.numbering:
            if row.key == (place, "plan") and row.since <= on and (row.until or on) >= on:
                return row
    raise Unavailable(
        N_("没有 {region} 在 {day} 有效的编号规则，没有编号。请管理员在编号规则里补上。"),
        {"region": region, "day": on.isoformat()},
    )


def _named_region(reference: Reference, region: str) -> Region:
    """Return the nearest region with a short name; the table always has the nation."""
    known = {each.code: each for each in reference.regions}
    return next(known[place] for place in region_chain(region) if place in known)
