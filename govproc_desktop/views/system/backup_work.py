"""What the backup window does off the GUI thread: list, back up, verify, restore."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from govproc_desktop.domain.errors import BadInput, Cancelled
from govproc_desktop.i18n import N_, _
from govproc_desktop.queries.backups import BackupPlace, backup_place
from govproc_desktop.queries.lookups import NoParams
from govproc_desktop.queries.registry import Reader
from govproc_desktop.services import maintenance
from govproc_desktop.services.maintenance import KINDS, BackupFile, Seal, VerifyReport

Told = Callable[[int, int], None]
_NAME = re.compile(r"backup-(\d{8}-\d{6})(?:-(\d+))?")
_COUNTED = (
    ("journal", N_("{count} 条审计记录")),
    ("fund_plan", N_("{count} 条用款计划的余额")),
    ("file_body", N_("{count} 个附件")),
)


@dataclass(frozen=True, kw_only=True)
class Lying:
    """One backup in the folder; ``made_at`` is what its name says."""

    path: Path
    made_at: datetime | None
    size: int


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The folder of backups and what lies in it, newest first."""

    place: BackupPlace
    files: tuple[Lying, ...]


def shelf(reader: Reader) -> Shelf:
    """Return the backups in this database's folder.

    Raises:
        Refused: E1305, the person may not back up.
    """
    place = backup_place(reader, NoParams())
    found = sorted(maintenance.backups(Path(place.folder)), key=_age, reverse=True)
    return Shelf(place=place, files=tuple(_lying(path) for path in found))


def make(reader: Reader, where: Path | None, *, told: Told, stop: Event) -> BackupFile:
    """Write a verified backup into the folder, or under a name of its own.

    Raises:
        Refused: E1305, the person may not back up.
        Cancelled: the person stopped it; nothing is left behind.
    """
    place = backup_place(reader, NoParams())
    target = where or Path(place.folder)
    progress = stoppable(told, stop)
    return maintenance.backup(reader.database, target, now=reader.now, progress=progress)


def verify(reader: Reader, *, told: Told, stop: Event) -> VerifyReport:
    """Check every promise of the opened database; changes nothing."""
    backup_place(reader, NoParams())
    return maintenance.verify(reader.database, progress=stoppable(told, stop))


def restore(reader: Reader, file: Path, target: Path, *, told: Told, stop: Event) -> Seal:
    """Bring a backup back under a new file name.

    Raises:
        BadInput: E1014, the name is taken, or is that of the opened database.
    """
    place = backup_place(reader, NoParams())
    if place.is_file and target.resolve() == Path(place.database).resolve():
        raise BadInput(
            N_("{path} 是正在用的数据文件，不能覆盖。请换一个文件名。"),
            {"path": str(target)},
            "E1014",
        )
    return maintenance.restore(file, target, progress=stoppable(told, stop))


def stoppable(told: Told, stop: Event) -> Told:
    """Return a progress callback that also ends the work when the person asks."""

    def tell(done: int, total: int) -> None:
        if stop.is_set():
            raise Cancelled
        told(done, total)

    return tell


def in_words(report: VerifyReport) -> tuple[str, ...]:
    """Return a verification in sentences a person reads, worst first."""
    if report.sound:
        counted = "、".join(
            _(words).format(count=f"{report.counted[name]:,}")
            for name, words in _COUNTED
            if name in report.counted
        )
        return (
            _("核对了 {counted}。").format(counted=counted),
            _("余额与台账、单据状态与办理步骤、编号、审计链，全部对得上。"),
        )
    return tuple(
        _("{title}：{sentence}").format(title=_(KINDS[each.kind]), sentence=each.sentence())
        + (_("（同类共 {count} 处）").format(count=f"{each.count:,}") if each.count > 1 else "")
        for each in report.findings
    )


def _age(path: Path) -> tuple[str, int]:
    # two of the same second: the second one carries a number
    stamp = _NAME.match(path.name)
    return (stamp[1], int(stamp[2] or 1)) if stamp else ("", 0)


def _lying(path: Path) -> Lying:
    stamp = _NAME.match(path.name)
    made = datetime.strptime(stamp[1], "%Y%m%d-%H%M%S") if stamp else None  # noqa: DTZ007
    return Lying(path=path, made_at=made, size=path.stat().st_size)
