"""Judge files from outside before anything reads them: size, real kind, hidden dangers."""

from govproc_desktop.domain.errors import Cancelled
from govproc_desktop.exchange.safety.attachments import AttachmentFacts, inspect_attachment
from govproc_desktop.exchange.safety.incoming import Limits, check_xlsx, read_bytes
from govproc_desktop.exchange.safety.kinds import FileKind, sniff
from govproc_desktop.exchange.safety.names import safe_name
from govproc_desktop.exchange.safety.progress import Progress, Stop, check_stop
from govproc_desktop.exchange.safety.zips import SafeZip

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
