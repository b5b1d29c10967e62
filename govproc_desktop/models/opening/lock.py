"""Let one program at a time use a database file, and know afterwards whether it ended well.

The operating system holds the lock and drops it when the process dies, so that a lock left by a
killed program never locks anyone out; the name written beside it tells the second comer who.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from pathlib import Path

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_, _


class ProgramLock:
    """A held lock on ``<file>.lock``; belongs to this process until :meth:`release`."""

    def __init__(self, path: Path, holder: str) -> None:
        """Take the lock.

        Raises:
            Unavailable: E1002 naming who has the file, or E1003.
        """
        self._path = path.with_name(path.name + ".lock")
        try:
            self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as fault:
            raise no_right(path.parent) from fault
        if not _take(self._fd):
            who, since = _holder(self._fd)
            os.close(self._fd)
            raise in_use(who, since)
        self.unclean = os.fstat(self._fd).st_size > 0
        """Whether the last holder died without releasing."""
        os.ftruncate(self._fd, 0)
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.write(self._fd, f"{holder}@{platform.node()}".encode())
        os.fsync(self._fd)

    def release(self) -> None:
        """Say that the program ended well and let the next one in."""
        if self._fd < 0:
            return
        # The file stays: removing it would let two programs lock two files of one name.
        os.ftruncate(self._fd, 0)
        os.close(self._fd)
        self._fd = -1

    def abandon(self) -> None:
        """Let the next one in without vouching for the file (it is damaged or was refused)."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def in_use(who: str, since: str) -> Unavailable:
    """Return the sentence for a file another program holds."""
    return Unavailable(
        N_("数据文件正由 {who}（{since} 起）使用，未打开。请先关闭那边的程序，或稍后再试。"),
        {"who": who, "since": since},
        "E1002",
    )


def no_right(folder: Path) -> Unavailable:
    """Return the sentence for a folder that cannot be written to."""
    return Unavailable(
        N_("没有写入权限：{folder}。未作改动。请管理员给您这个文件夹的写入权限，或换一个文件夹。"),
        {"folder": str(folder)},
        "E1003",
    )


def _holder(fd: int) -> tuple[str, str]:
    who = os.pread(fd, 300, 0).decode("utf-8", "replace") if hasattr(os, "pread") else ""
    since = time.strftime("%m-%d %H:%M", time.localtime(os.fstat(fd).st_mtime))
    return who or _("另一个程序"), since


def _take(fd: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(fd, 1 << 30, os.SEEK_SET)  # far away, so that the name stays readable
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
