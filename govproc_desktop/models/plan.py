"""采购实施计划: head, fund lines, content lines."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from govproc_desktop.models.base import Base, Fen, Number


class Plan(Base):
    """The head of a plan; ``state`` is moved only by the step trigger."""

    __tablename__ = "plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    row_version: Mapped[int] = mapped_column(default=1)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    state: Mapped[str] = mapped_column(default="draft")
    state_since: Mapped[datetime]
    step_count: Mapped[int] = mapped_column(default=0)
    author_person: Mapped[int] = mapped_column(ForeignKey("person.id"))
    editor_person: Mapped[int] = mapped_column(ForeignKey("person.id"))
    author_name: Mapped[str]
    number: Mapped[str | None] = mapped_column(unique=True)
    filed_on: Mapped[date | None]
    submitted_version: Mapped[int] = mapped_column(default=0)
    route: Mapped[str] = mapped_column(default="")
    return_state: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime]

    title: Mapped[str] = mapped_column(default="")
    year: Mapped[int]
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    business_office: Mapped[str] = mapped_column(default="")
    applied_on: Mapped[date | None]
    expected_on: Mapped[date | None]
    approval_no: Mapped[str] = mapped_column(default="")
    is_import: Mapped[bool] = mapped_column(default=False)
    department_review: Mapped[bool] = mapped_column(default=False)
    midterm: Mapped[bool] = mapped_column(default=False)
    urgent: Mapped[bool] = mapped_column(default=False)
    urgent_basis: Mapped[str] = mapped_column(default="")
    sme_mode: Mapped[str] = mapped_column(default="")
    sme_percent: Mapped[int] = mapped_column(default=0)
    sme_how: Mapped[str] = mapped_column(default="")
    sme_reason: Mapped[str] = mapped_column(default="")
    split_reason: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")

    total: Mapped[Decimal] = mapped_column(Fen, default=Decimal(0))
    fiscal: Mapped[Decimal] = mapped_column(Fen, default=Decimal(0))
    own: Mapped[Decimal] = mapped_column(Fen, default=Decimal(0))
    method: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    search_text: Mapped[str] = mapped_column(default="")

    funds: Mapped[list[PlanFund]] = relationship(
        order_by="PlanFund.position", cascade="all, delete-orphan", lazy="selectin"
    )
    items: Mapped[list[PlanItem]] = relationship(
        order_by="PlanItem.position", cascade="all, delete-orphan", lazy="selectin"
    )

    __table_args__ = (
        CheckConstraint("total >= 0 AND fiscal >= 0 AND own >= 0", name="amounts"),
        CheckConstraint("state <> 'filed' OR number IS NOT NULL", name="numbered"),
        Index("ix_plan_unit_id", "unit_id", "id"),
        Index("ix_plan_state", "state", "id"),
        Index("ix_plan_unit_id_state", "unit_id", "state", "id"),
        Index("ix_plan_author_person", "author_person", "state", "id"),
        Index("ix_plan_applied_on", "applied_on", "id"),
        Index("ix_plan_state_applied_on", "state", "applied_on", "id"),
        Index("ix_plan_unit_id_applied_on", "unit_id", "applied_on", "id"),
        Index("ix_plan_total", "total", "id"),
        {"sqlite_strict": True},
    )


class PlanFund(Base):
    """One 资金来源 line: a draw on a fund plan, 公用经费, or 其它资金."""

    __tablename__ = "plan_fund"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str]
    fund_plan_id: Mapped[int | None] = mapped_column(ForeignKey("fund_plan.id"), index=True)
    amount: Mapped[Decimal | None] = mapped_column(Fen)
    own_kind: Mapped[str] = mapped_column(default="")
    econ_code: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        CheckConstraint("kind IN ('fund_plan', 'public', 'other')", name="kind"),
        CheckConstraint("(kind = 'fund_plan') = (fund_plan_id IS NOT NULL)", name="source"),
        CheckConstraint("amount IS NULL OR amount > 0", name="amount"),
        {"sqlite_strict": True},
    )


class PlanItem(Base):
    """One 采购内容 line with the way it is to be procured."""

    __tablename__ = "plan_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"), index=True)
    position: Mapped[int]
    catalog_version: Mapped[str]
    code: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    spec: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(default="")
    quantity: Mapped[Decimal | None] = mapped_column(Number)
    price: Mapped[Decimal | None] = mapped_column(Number)
    subtotal: Mapped[Decimal] = mapped_column(Fen, default=Decimal(0))
    deliver_on: Mapped[date | None]
    guard_service: Mapped[bool] = mapped_column(default=False)
    method: Mapped[str] = mapped_column(default="")
    condition: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    agency_kind: Mapped[str] = mapped_column(default="")
    agency: Mapped[str] = mapped_column(default="")
    purchase_form: Mapped[str] = mapped_column(default="")
    exception_no: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        Index("ix_plan_item_code", "code", "plan_id"),
        {"sqlite_strict": True},
    )
