"""Walk the registries: every step, command, permission, query and form hangs together."""

from __future__ import annotations

import dataclasses
import importlib
import json
import pkgutil
from typing import Any

import pytest

import govproc_desktop.queries
import govproc_desktop.services
from govproc_desktop.domain.permissions import PERMISSIONS
from govproc_desktop.domain.plan.flow import PLAN_FLOW
from govproc_desktop.services import wire
from govproc_desktop.services.command import COMMANDS

FLOWS = (PLAN_FLOW,)

for _package in (govproc_desktop.services, govproc_desktop.queries):
    for _module in pkgutil.walk_packages(_package.__path__, _package.__name__ + "."):
        importlib.import_module(_module.name)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_every_state_is_reachable_and_only_ends_are_dead(flow: Any) -> None:
    reached = {flow.start}
    while True:
        more = {step.target for step in flow.steps if step.source in reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(flow.states)
    dead = {state for state in flow.states if not list(flow.steps_from(state))}
    assert dead == flow.ends


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_every_step_has_a_command_a_permission_and_a_verb(flow: Any) -> None:
    for step in flow.steps:
        assert f"{flow.name}.{step.action}" in COMMANDS
        assert step.permission in PERMISSIONS
        assert flow.verbs[step.action]


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_every_review_state_can_pass_and_return(flow: Any) -> None:
    for state in flow.review_states():
        actions = {step.action for step in flow.steps_from(state)}
        assert {"approve", "return", "withdraw"} <= actions


def test_every_command_names_a_known_permission() -> None:
    unknown = {
        spec.id: spec.permission
        for spec in COMMANDS.values()
        if spec.permission is not None and spec.permission not in PERMISSIONS
    }
    assert unknown == {}


def test_every_permission_is_asked_for_somewhere() -> None:
    from govproc_desktop.queries.registry import QUERIES

    asked = {spec.permission for spec in COMMANDS.values()}
    asked |= {spec.permission for spec in QUERIES.values()}
    asked |= {step.permission for flow in FLOWS for step in flow.steps}
    assert set(PERMISSIONS) - asked <= {"backup.make", "journal.view"}


def test_every_command_is_a_frozen_dataclass_with_a_json_schema() -> None:
    for spec in COMMANDS.values():
        assert dataclasses.is_dataclass(spec.kind), spec.id
        assert spec.kind.__dataclass_params__.frozen, spec.id  # type: ignore[attr-defined]
        schema = wire.schema(spec.kind)
        assert schema["additionalProperties"] is False
        json.dumps(schema, ensure_ascii=False)


def test_the_process_table_in_the_database_is_the_one_in_code(database: Any) -> None:
    from sqlalchemy import select

    from govproc_desktop.models import ProcessStep

    with database.sessions() as session:
        stored = {
            (row.flow, row.action, row.source, row.target, row.review)
            for row in session.scalars(select(ProcessStep))
        }
    declared = {
        (flow.name, step.action, step.source, step.target, step.review)
        for flow in FLOWS
        for step in flow.steps
    }
    assert stored == declared


def test_the_migrations_make_exactly_the_mapped_tables(database: Any) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from govproc_desktop.models import Base

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []
