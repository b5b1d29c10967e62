"""Hash and check passwords with Argon2id (64 MiB, 3 passes, 4 lanes; P22)."""

from __future__ import annotations

import os

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from govproc_desktop.domain.errors import BadInput
from govproc_desktop.i18n import N_

_SHORTEST = 8
_LONGEST = 128
_COST = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}
_TEST_COST = {"time_cost": 1, "memory_cost": 64, "parallelism": 1}


def _hasher() -> PasswordHasher:
    # Tests log in thousands of times; the shipped cost is asserted by its own test.
    cost = _TEST_COST if os.environ.get("GOVPROC_CHEAP_HASH") == "1" else _COST
    return PasswordHasher(
        type=Type.ID,
        time_cost=cost["time_cost"],
        memory_cost=cost["memory_cost"],
        parallelism=cost["parallelism"],
    )


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password."""
    return _hasher().hash(password)


def check_password(stored: str, password: str) -> bool:
    """Say whether the password matches; a damaged hash never does."""
    try:
        return _hasher().verify(stored, password)
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def check_password_strength(password: str, login: str, name: str) -> None:
    """Refuse a password that is short, of one kind of character, or holds the account or name.

    Raises:
        BadInput: E1601 saying what is missing.
    """
    if len(password) > _LONGEST or not password.isprintable():
        raise BadInput(
            N_("密码不行：最多 {most} 位，不能有看不见的字符。"), {"most": _LONGEST}, "E1601"
        )
    kinds = (str.isdigit, str.isalpha, lambda text: not text.isalnum())
    used = sum(any(test(each) for each in password) for test in kinds)
    if len(password) < _SHORTEST or used < 2:
        raise BadInput(
            N_("密码太弱：至少 {least} 位，并且字母、数字、符号至少用两种。"),
            {"least": _SHORTEST},
            "E1601",
        )
    if any(each and each.lower() in password.lower() for each in (login, name)):
        raise BadInput(N_("密码太弱：不能含有账号或姓名。"), {}, "E1601")
