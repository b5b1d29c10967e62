"""Required fields of a command, as its labels mark them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.i18n import N_, _


def demand_filled(cmd: Any) -> None:
    """Refuse a command whose required texts are empty, naming them all.

    Raises:
        BadInput: E1503.
    """
    empty = [
        _(each.metadata["title"])
        for each in fields(cmd)
        if each.metadata.get("required") and not getattr(cmd, each.name)
    ]
    if empty:
        raise BadInput(N_("还没有填：{names}。没有保存。"), {"names": "、".join(empty)}, "E1503")
