"""Refuse places where SQLite files get damaged: shares, synced folders, links (E1001, P14)."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.i18n import N_
from govproc_desktop.models.opening.lock import no_right

_NETWORK_TYPES = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "davfs",
        "coda",
        "beegfs",
        "fuse.sshfs",
        "fuse.gvfsd-fuse",
        "fuse.rclone",
        "fuse.davfs",
        "fuse.s3fs",
        "fuse.glusterfs",
    ]
)
_SYNCED = re.compile(
    r"^(onedrive|dropbox|google ?drive|icloud|nutstore|坚果云|百度(同步|网盘)|baidu(sync|netdisk)"
    r"|wps ?(云盘|cloud)|金山云盘|weiyun|微云|seafile|nextcloud|owncloud|阿里云盘|adrive|\.?gvfs$)",
    re.IGNORECASE,
)
_WINDOWS_REMOTE = 4
_OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True)
class Mount:
    """One mounted file system: where it hangs and of which type it is."""

    point: str
    kind: str


def check_place(path: Path, mounts: Iterable[Mount] | None = None) -> None:
    """Refuse a path that must not hold a database.

    Raises:
        Unavailable: E1001, on a share, in a synced folder, a symbolic link or one of several
            hard links to the same file.
    """
    if path.is_symlink():
        raise _link(path)
    full = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would hide the links
    where = full if full.exists() else full.parent
    if _is_remote(str(path), Path(os.path.realpath(where)), mounts):
        raise _refused(path)
    if full.exists() and full.stat().st_nlink > 1:
        raise _link(path)


def check_writable(path: Path) -> None:
    """Refuse a file or folder without the right to write (SQLite needs both).

    Raises:
        Unavailable: E1003.
    """
    folder = path.parent
    if not os.access(folder, os.W_OK | os.X_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise no_right(folder)


def _is_remote(typed: str, real: Path, mounts: Iterable[Mount] | None) -> bool:
    if typed.startswith(("\\\\", "//")):
        return True
    if any(_SYNCED.match(part) for part in real.parts):
        return True
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(real.anchor) == _WINDOWS_REMOTE)
    table = _mounted() if mounts is None else mounts
    return _type_of(real, table) in _NETWORK_TYPES


def _type_of(real: Path, mounts: Iterable[Mount]) -> str:
    best, kind = "", ""
    for mount in mounts:
        at = Path(mount.point)
        if (real == at or at in real.parents) and len(mount.point) >= len(best):
            best, kind = mount.point, mount.kind
    return kind


def _mounted() -> list[Mount]:
    table = Path("/proc/self/mountinfo")
    if not table.exists():
        return []
    made = []
    for line in table.read_text("utf-8", "surrogateescape").splitlines():
        left, _dash, right = line.partition(" - ")
        point = _OCTAL.sub(lambda found: chr(int(found[1], 8)), left.split(" ")[4])
        made.append(Mount(point, right.split(" ")[0]))
    return made


def _refused(path: Path) -> Unavailable:
    return Unavailable(
        N_(
            "数据文件在网络盘或同步盘上（{path}），容易损坏，已拒绝打开。"
            "请移到本机硬盘，或改用办公室服务器。"
        ),
        {"path": str(path)},
        "E1001",
    )


def _link(path: Path) -> Unavailable:
    return Unavailable(
        N_(
            "数据文件是一个链接，或有别的名字指向它（{path}），两处打开会损坏，已拒绝打开。"
            "请打开原来的文件，并去掉多余的链接。"
        ),
        {"path": str(path)},
        "E1001",
    )
