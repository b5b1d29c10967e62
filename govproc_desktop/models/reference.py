"""The reference tables in force: the newest editions, parsed once and shared until one changes."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import date
from functools import cached_property
from threading import Lock

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from govproc_desktop.domain.catalog import Catalog, CatalogueEntry
from govproc_desktop.domain.methods import Choice, MethodTable
from govproc_desktop.domain.plan.facts import Tables
from govproc_desktop.domain.reference_files import (
    AttachmentKind,
    ClassCode,
    NumberTemplate,
    Region,
    Sheet,
    load_attachment_kinds,
    load_calendar,
    load_catalog,
    load_catalogue_entries,
    load_choices,
    load_class_codes,
    load_deadlines,
    load_methods,
    load_number_templates,
    load_regions,
    load_thresholds,
)
from govproc_desktop.domain.regulation import BudgetLevel, Deadlines, Thresholds
from govproc_desktop.domain.workdays import Calendar
from govproc_desktop.models.attachment import ReferenceSet
from govproc_desktop.models.unit import Unit

KINDS = (
    "agency_kinds",
    "attachment_kinds",
    "catalog_2013",
    "catalog_2022",
    "central_catalog",
    "deadlines",
    "dep_econ_classes",
    "func_classes",
    "fund_kinds",
    "gov_econ_classes",
    "holidays",
    "mall_catalog",
    "method_conditions",
    "methods",
    "numbering",
    "organisation_forms",
    "purchase_forms",
    "regions",
    "thresholds",
)
"""Every reference table; each ships as ``resources/data/<kind>.csv`` and can be loaded anew."""


class Reference:
    """Parsed reference tables of one set of editions; immutable, any thread may use it."""

    _cache: dict[tuple[tuple[str, str], ...], Reference] = {}  # noqa: RUF012 - shared on purpose
    _lock = Lock()

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    @classmethod
    def current(cls, source: Session | Connection) -> Reference:
        """Return the tables in force, parsing only a set of editions not seen before."""
        newest = (
            select(ReferenceSet.kind, func.max(ReferenceSet.edition).label("edition"))
            .group_by(ReferenceSet.kind)
            .subquery()
        )
        join = (ReferenceSet.kind == newest.c.kind) & (ReferenceSet.edition == newest.c.edition)
        rows = source.execute(
            select(ReferenceSet.kind, ReferenceSet.hash).join(newest, join).order_by("kind")
        )
        key = tuple((str(kind), str(digest)) for kind, digest in rows)
        with cls._lock:
            found = cls._cache.get(key)
        if found is None:
            texts = source.execute(select(ReferenceSet.kind, ReferenceSet.text).join(newest, join))
            found = cls({str(kind): str(text) for kind, text in texts})
            with cls._lock:
                cls._cache[key] = found
        return found

    def _sheet(self, kind: str) -> Sheet:
        return Sheet(f"{kind}.csv", self._texts.get(kind, ""))

    @cached_property
    def catalog(self) -> Catalog:
        """Every loaded version of the 品目目录."""
        return load_catalog(*(self._sheet(kind) for kind in self._texts if "catalog_" in kind[:8]))

    @cached_property
    def central(self) -> tuple[CatalogueEntry, ...]:
        """The 集中采购目录."""
        return load_catalogue_entries(self._sheet("central_catalog"))

    @cached_property
    def mall(self) -> tuple[CatalogueEntry, ...]:
        """The 网上商城目录."""
        return load_catalogue_entries(self._sheet("mall_catalog"))

    @cached_property
    def thresholds(self) -> Thresholds:
        """Limits by region, level, object type and day."""
        return load_thresholds(self._sheet("thresholds"))

    @cached_property
    def deadlines(self) -> Deadlines:
        """Deadlines by region and day."""
        return load_deadlines(self._sheet("deadlines"))

    @cached_property
    def methods(self) -> MethodTable:
        """采购方式 with their 适用条件."""
        return load_methods(self._sheet("methods"), self._sheet("method_conditions"))

    @cached_property
    def calendar(self) -> Calendar:
        """The holiday table; it says which years it knows (R57)."""
        return load_calendar(self._sheet("holidays"))

    @cached_property
    def numbering(self) -> tuple[NumberTemplate, ...]:
        """Templates of official numbers."""
        return load_number_templates(self._sheet("numbering"))

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """Regions with their short names."""
        return load_regions(self._sheet("regions"))

    @cached_property
    def attachment_kinds(self) -> tuple[AttachmentKind, ...]:
        """Kinds of attachments and when rules require them."""
        return load_attachment_kinds(self._sheet("attachment_kinds"))

    def choices(self, kind: str) -> tuple[Choice, ...]:
        """Return ``organisation_forms``, ``agency_kinds`` or ``purchase_forms``."""
        return load_choices(self._sheet(kind))

    def classes(self, kind: str) -> tuple[ClassCode, ...]:
        """Return ``fund_kinds``, ``func_classes``, ``dep_econ_classes`` or ``gov_econ_classes``."""
        return load_class_codes(self._sheet(kind))

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        names: dict[str, dict[str, str]] = {
            kind: {each.code: each.name for each in self.classes(kind)}
            for kind in ("fund_kinds", "func_classes", "dep_econ_classes", "gov_econ_classes")
            if kind in self._texts
        }
        for kind in ("organisation_forms", "agency_kinds", "purchase_forms"):
            if kind in self._texts:
                names[kind] = {each.code: each.name for each in self.choices(kind)}
        return names

    @property
    def codes(self) -> Mapping[str, Container[str]]:
        """The codes of every code table that is loaded, by the table's name."""
        return self._names

    def name(self, kind: str, code: str) -> str:
        """Return the Chinese name of a code, or the code itself if the table lacks it."""
        return self._names.get(kind, {}).get(code, code)

    def titled(self, kind: str, code: str) -> str:
        """Return ``31002 办公设备购置``: code and name, or the code alone."""
        name = self.name(kind, code)
        return f"{code} {name}" if name != code else code


def tables_for(reference: Reference, unit: Unit, *, on: date) -> Tables:
    """Return the reference tables as they hold for a unit on a day."""
    return Tables(
        catalog=reference.catalog,
        central=reference.central,
        mall=reference.mall,
        thresholds=reference.thresholds,
        methods=reference.methods,
        attachment_kinds=reference.attachment_kinds,
        region=unit.region_code,
        level=BudgetLevel(unit.budget_level),
        on=on,
    )
