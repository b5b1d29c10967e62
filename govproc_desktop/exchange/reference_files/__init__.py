"""Reference data as editable CSV files: catalogues, limits, deadlines, holidays, code tables."""

from govproc_desktop.exchange.reference_files.codes import (
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
from govproc_desktop.exchange.reference_files.reading import BadReferenceFile, Fault
from govproc_desktop.exchange.reference_files.tables import (
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
