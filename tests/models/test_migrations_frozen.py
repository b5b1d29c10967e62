"""The first migration is frozen text: what it makes is what the program of today expects."""

from __future__ import annotations

from govproc_desktop.domain.plan.flow import PLAN_FLOW
from govproc_desktop.models import kernel
from govproc_desktop.models.migrations import kernel_v0001


def test_the_frozen_kernel_is_still_the_kernel_in_code() -> None:
    # When the kernel changes, a later migration brings the change and this test names it.
    assert tuple(kernel.statements("sqlite")) == kernel_v0001.SQLITE
    assert tuple(kernel.statements("postgresql")) == kernel_v0001.POSTGRESQL


def test_the_frozen_steps_are_still_the_process_table() -> None:
    steps = tuple(
        (PLAN_FLOW.name, step.action, step.source, step.target, int(step.review))
        for step in PLAN_FLOW.steps
    )
    assert steps == kernel_v0001.PROCESS_STEPS


def test_migrations_import_no_mapped_class() -> None:
    from pathlib import Path

    from govproc_desktop.models import migrations

    for script in Path(migrations.__file__).parent.glob("versions/v*.py"):
        assert "govproc_desktop.models import" not in script.read_text("utf-8"), script.name
