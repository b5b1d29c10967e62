"""Look at a file's bytes before SQLite does: ours, whole, and alone? (E1006, E1012)."""

from __future__ import annotations

from pathlib import Path

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_, _

_MAGIC = b"SQLite format 3\0"
_JOURNAL_MAGIC = bytes.fromhex("d9d505f920a163d7")


def check_shape(path: Path, backups: Path) -> bool:
    """Refuse what is no whole database file; say whether an interrupted write waits for rollback.

    Args:
        path: the database file.
        backups: the folder whose newest backup the sentence names.

    Raises:
        Unavailable: E1006 not SQLite, empty or cut short; E1012 a foreign journal beside it.
    """
    with path.open("rb") as file:
        head = file.read(100)
    size = path.stat().st_size
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    if len(head) < 100 or not head.startswith(_MAGIC) or page < 512:
        raise _not_ours(backups)
    pages = int.from_bytes(head[28:32], "big")
    if size % page or (pages and size < pages * page):
        raise _not_ours(backups)
    wal = path.with_name(path.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        raise _journal(wal, backups)
    return _hot_journal(path.with_name(path.name + "-journal"), page, backups)


def newest_backup(folder: Path) -> str:
    """Return the name of the newest verified backup in a folder, or a word for none."""
    found = sorted(folder.glob("backup-*.sqlite3")) if folder.is_dir() else []
    return found[-1].name if found else _("无")


def damaged(detail: str, backups: Path) -> Unavailable:
    """Return the sentence for a file whose inside is broken."""
    return Unavailable(
        N_("数据文件损坏（{detail}），未打开，未作改动。最近可用备份：{backup}。请从备份恢复。"),
        {"detail": detail, "backup": newest_backup(backups)},
        "E1007",
    )


def _hot_journal(journal: Path, page: int, backups: Path) -> bool:
    if not journal.exists():
        return False
    with journal.open("rb") as file:
        head = file.read(28)
    if len(head) < 28 or not head.startswith(_JOURNAL_MAGIC):
        return False
    if int.from_bytes(head[24:28], "big") != page:
        raise _journal(journal, backups)
    return True


def _not_ours(backups: Path) -> Unavailable:
    return Unavailable(
        N_("不是本系统数据文件或已残缺，未打开，未作改动。最近可用备份：{backup}。"),
        {"backup": newest_backup(backups)},
        "E1006",
    )


def _journal(path: Path, backups: Path) -> Unavailable:
    return Unavailable(
        N_(
            "数据文件旁有不匹配的日志文件 {name}，未打开，未作改动。"
            "请勿单独移动数据文件；请把两个文件一起移回，或用备份恢复。最近可用备份：{backup}。"
        ),
        {"name": path.name, "backup": newest_backup(backups)},
        "E1012",
    )
