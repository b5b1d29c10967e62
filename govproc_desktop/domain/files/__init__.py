"""Judge files by their bytes alone: real kind, hidden dangers, a harmless name."""

from govproc_desktop.domain.files.attachments import AttachmentFacts, inspect_attachment
from govproc_desktop.domain.files.kinds import FileKind, sniff
from govproc_desktop.domain.files.names import safe_name
from govproc_desktop.domain.files.office import check_parts, forbidden
from govproc_desktop.domain.files.zips import BROKEN, SafeZip

__all__ = [
    "BROKEN",
    "AttachmentFacts",
    "FileKind",
    "SafeZip",
    "check_parts",
    "forbidden",
    "inspect_attachment",
    "safe_name",
    "sniff",
]
