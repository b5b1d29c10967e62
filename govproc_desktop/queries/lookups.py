"""What fields and filters choose from: units, people, code tables, years."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.i18n import N_
from govproc_desktop.models import FundPlan, Operator, Person, Plan, ReferenceSet, Unit
from govproc_desktop.models.reference import KINDS
from govproc_desktop.paths import resource
from govproc_desktop.queries.registry import Reader, query

CODE_TABLES = frozenset(KINDS) - {"deadlines", "holidays", "numbering", "thresholds"}
"""The reference tables that give each code a name."""


@dataclass(frozen=True, kw_only=True)
class SearchParams:
    """Words to search a lookup by: Chinese, initials or number; empty for all."""

    search: str = ""


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """A unit a person may see."""

    uid: UUID
    code: str
    name: str
    kind: str
    initials: str


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """A person with an account at a unit in scope."""

    id: int
    uid: UUID
    name: str
    unit: str
    post: str


@dataclass(frozen=True, kw_only=True)
class CodeParams:
    """Which code table, by the name of its reference file (``fund_kinds``)."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class NoParams:
    """Nothing to choose."""


@query("lookup.units", N_("单位"), SearchParams, permission=None)
def units(reader: Reader, params: SearchParams) -> list[UnitRow]:
    """Return the units in the person's data scope, by code."""
    rows = select(Unit.uid, Unit.code, Unit.name, Unit.kind, Unit.initials).order_by(Unit.code)
    scope = reader.actor.scope
    if not scope.everything:
        rows = rows.where(Unit.id.in_(scope.unit_ids))
    with reader.database.reading() as connection:
        made = [UnitRow(**row) for row in connection.execute(rows).mappings()]
    words = params.search.lower().split()
    return [
        each
        for each in made
        if all(word in f"{each.code} {each.name} {each.initials}".lower() for word in words)
    ]


@query("lookup.people", N_("人员"), SearchParams, permission=None)
def people(reader: Reader, params: SearchParams) -> list[PersonRow]:
    """Return the people with an account at a unit in scope, by name; each person once a unit."""
    rows = (
        select(
            Person.id,
            Person.uid,
            Person.name,
            Person.initials,
            Unit.name.label("unit"),
            Operator.post,
        )
        .join(Operator, Operator.person_id == Person.id)
        .join(Unit, Unit.id == Operator.unit_id)
        .order_by(Person.name, Person.id, Operator.id)
    )
    scope = reader.actor.scope
    if not scope.everything:
        rows = rows.where(Operator.unit_id.in_(scope.unit_ids))
    words = params.search.lower().split()
    made: dict[tuple[int, str], PersonRow] = {}
    with reader.database.reading() as connection:
        for row in connection.execute(rows):
            if all(word in f"{row.name} {row.initials}".lower() for word in words):
                person = PersonRow(
                    id=row.id, uid=row.uid, name=row.name, unit=row.unit, post=row.post
                )
                made.setdefault((row.id, row.unit), person)
    return list(made.values())


@query("lookup.codes", N_("代码表"), CodeParams, permission=None)
def codes(reader: Reader, params: CodeParams) -> dict[str, str]:
    """Return code → name of the newest edition of a code table, in its own order.

    A table never loaded answers with the one that ships with the program.

    Raises:
        BadInput: E4005, there is no such code table.
    """
    if params.kind not in CODE_TABLES:
        raise BadInput(N_("没有这种代码表：{kind}。"), {"kind": params.kind[:40]}, "E4005")
    newest = (
        select(ReferenceSet.text)
        .where(ReferenceSet.kind == params.kind)
        .order_by(ReferenceSet.edition.desc())
        .limit(1)
    )
    with reader.database.reading() as connection:
        text = connection.execute(newest).scalar()
    if text is None:
        text = resource(f"data/{params.kind}.csv").read_text("utf-8-sig")
    table = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    return {row["code"]: row["name"] for row in table}


@query("lookup.years", N_("年度"), NoParams, permission=None)
def years(reader: Reader, params: NoParams) -> list[int]:
    """Return the years that fund plans or plans exist for, newest first."""
    del params
    both = select(FundPlan.fiscal_year.label("year")).distinct().union(select(Plan.year).distinct())
    with reader.database.reading() as connection:
        found = {int(row.year) for row in connection.execute(both)}
    return sorted(found, reverse=True)
