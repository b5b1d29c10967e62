"""Look after a whole database: verify it, back it up, restore it. Plain functions, no commands."""

from govproc_desktop.services.maintenance.backup import (
    BackupFile,
    Keep,
    backup,
    backups,
    restore,
    thin,
)
from govproc_desktop.services.maintenance.report import KINDS, Finding, Seal, VerifyReport
from govproc_desktop.services.maintenance.verify import demand_sound, verify

__all__ = [
    "KINDS",
    "BackupFile",
    "Finding",
    "Keep",
    "Seal",
    "VerifyReport",
    "backup",
    "backups",
    "demand_sound",
    "restore",
    "thin",
    "verify",
]
