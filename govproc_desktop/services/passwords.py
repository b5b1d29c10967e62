"""Hash and check passwords with Argon2id (64 MiB, 3 passes, 4 lanes; P22)."""

from __future__ import annotations

import os

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

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
