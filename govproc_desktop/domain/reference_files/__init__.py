"""Reference data as editable CSV files: catalogues, limits, deadlines, holidays, code tables."""

from collections.abc import Callable

from govproc_desktop.domain.reference_files.codes import (
    AttachmentKind,
    ClassCode,
    Holiday,
    HolidayKind,
    Region,
    load_attachment_kinds,
    load_calendar,
    load_choices,
    load_class_codes,
    load_holidays,
    load_regions,
)
from govproc_desktop.domain.reference_files.reading import BadReferenceFile, Fault, Sheet
from govproc_desktop.domain.reference_files.tables import (
    NumberKind,
    NumberTemplate,
    load_catalog,
    load_catalogue_entries,
    load_categories,
    load_deadlines,
    load_methods,
    load_number_templates,
    load_thresholds,
)

__all__ = [
    "AttachmentKind",
    "BadReferenceFile",
    "ClassCode",
    "Fault",
    "Holiday",
    "HolidayKind",
    "NumberKind",
    "NumberTemplate",
    "Region",
    "Sheet",
    "check_sheet",
    "load_attachment_kinds",
    "load_calendar",
    "load_catalog",
    "load_catalogue_entries",
    "load_categories",
    "load_choices",
    "load_class_codes",
    "load_deadlines",
    "load_holidays",
    "load_methods",
    "load_number_templates",
    "load_regions",
    "load_thresholds",
]


def check_sheet(kind: str, sheet: Sheet) -> None:
    """Check one reference table by its kind (the stem of its file).

    Raises:
        BadReferenceFile: E3003, every cell to mend.
    """
    for stem, load in _CHECKS.items():
        if kind.startswith(stem):
            load(sheet)


_CHECKS: dict[str, Callable[[Sheet], object]] = {
    "agency_kinds": load_choices,
    "organisation_forms": load_choices,
    "purchase_forms": load_choices,
    "attachment_kinds": load_attachment_kinds,
    "catalog_": load_categories,
    "central_catalog": load_catalogue_entries,
    "mall_catalog": load_catalogue_entries,
    "deadlines": load_deadlines,
    "dep_econ_classes": load_class_codes,
    "func_classes": load_class_codes,
    "gov_econ_classes": load_class_codes,
    "fund_kinds": load_class_codes,
    "holidays": load_calendar,
    "numbering": load_number_templates,
    "regions": load_regions,
    "thresholds": load_thresholds,
}
