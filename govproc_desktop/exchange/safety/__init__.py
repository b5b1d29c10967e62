"""Judge files from outside before anything reads them: size, real kind, hidden dangers."""

from govproc_desktop.domain.errors import Cancelled
from govproc_desktop.domain.files import (
    AttachmentFacts,
    FileKind,
    SafeZip,
    inspect_attachment,
    safe_name,
    sniff,
)
from govproc_desktop.exchange.safety.incoming import Limits, check_xlsx, read_bytes
from govproc_desktop.exchange.safety.progress import Progress, Stop, check_stop

__all__ = [
    "AttachmentFacts",
    "Cancelled",
    "FileKind",
    "Limits",
    "Progress",
    "SafeZip",
    "Stop",
    "check_stop",
    "check_xlsx",
    "inspect_attachment",
    "read_bytes",
    "safe_name",
    "sniff",
]
