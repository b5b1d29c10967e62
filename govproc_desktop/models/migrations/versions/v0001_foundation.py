"""Foundation: units, operators, fund plans, plans, approvals, journal and the kernel."""

from __future__ import annotations

from alembic import op

from govproc_desktop.domain.plan.flow import PLAN_FLOW
from govproc_desktop.models import Base, ProcessStep
from govproc_desktop.models.kernel import statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    Base.metadata.create_all(bind)
    for statement in statements(bind.dialect.name):
        op.execute(statement)
    op.bulk_insert(
        ProcessStep.__table__,
        [
            {
                "flow": PLAN_FLOW.name,
                "action": step.action,
                "source": step.source,
                "target": step.target,
                "review": step.review,
            }
            for step in PLAN_FLOW.steps
        ],
    )
    op.execute("INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, '')")


def downgrade() -> None:
    raise NotImplementedError("a filed record is never downgraded")
