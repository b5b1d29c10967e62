"""Alembic environment: runs the migrations on the connection that ``schema.upgrade`` passes in."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator

from govproc_desktop.models import Base


def _render_item(type_: str, item: Any, _context: Any) -> str | Literal[False]:
    # Migrations must not import application types: they have to run unchanged for 15 years.
    if type_ == "type" and isinstance(item, TypeDecorator):
        inner = item.impl_instance
        return "big_int" if "BigInteger" in repr(inner) else f"sa.{inner!r}"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
