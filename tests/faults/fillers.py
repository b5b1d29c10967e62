"""The children of the trouble tests: fill a disk, lose the right to write."""

from __future__ import annotations

import json
import os
import resource
from pathlib import Path
from typing import Any
from uuid import uuid4

from govproc_desktop.domain.errors import Unavailable
from govproc_desktop.models.engine import Database
from govproc_desktop.services.command import run
from tests.faults.acts import desk_of

_NOBODY = 65534


def fill(database: Database, args: dict[str, Any]) -> None:
    """Leave almost no room, then save plans until it is gone, and a few times more."""
    path = Path(str(database.path))
    if args["mounted"]:
        free = os.statvfs(path).f_bavail * os.statvfs(path).f_frsize
        path.with_name("ballast").write_bytes(b"\0" * max(0, free - 200_000))
    else:
        most = path.stat().st_size + 100_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    desk = desk_of(database)
    acked, codes = [], []
    for _round in range(400):
        uid = uuid4()
        cmd = desk.save(uuid4(), ((0, 100_000), (1, 100)))
        try:
            run(cmd, desk.people["zhoumin"], command_uid=uid)
        except Unavailable as fault:
            codes.append(fault.code)
            if len(codes) >= 8:
                break
        else:
            acked.append(str(uid))
    Path(args["report"]).write_text(json.dumps({"acked": acked, "codes": codes}))


def read_only(database: Database, args: dict[str, Any]) -> None:
    """Stop being root, then try to save."""
    desk = desk_of(database)
    Path(f"{database.path}-journal").unlink(missing_ok=True)  # left by root
    if os.geteuid() == 0:
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    codes = []
    try:
        run(desk.save(uuid4(), ((0, 100_000),)), desk.people["zhoumin"])
    except Unavailable as fault:
        codes.append(fault.code)
    Path(args["report"]).write_text(json.dumps(codes))
