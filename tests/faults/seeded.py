"""Make the uids a command gives out depend on the command, so that two engines give the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from unittest import mock

import tests.office
from govproc_desktop.services import command, fund_plans, transaction
from govproc_desktop.services.plans import following
from tests.faults.acts import uid_of

_MODULES: tuple[Any, ...] = (command, transaction, fund_plans, following, tests.office)


@contextmanager
def seeded(*parts: object) -> Iterator[None]:
    """While this holds, every new uid follows from ``parts`` and from how many came before."""
    numbers = count()

    def next_uid() -> Any:
        return uid_of(*parts, next(numbers))

    patches = [mock.patch.object(module, "uuid4", next_uid) for module in _MODULES]
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in patches:
            patch.stop()
