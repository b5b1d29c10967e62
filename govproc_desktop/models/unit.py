"""Budget units and the finance office."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from govproc_desktop.models.base import Base


class Unit(Base):
    """A 预算单位 or the 政府采购监督管理处; ``parent_id`` is the 主管单位."""

    __tablename__ = "unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    row_version: Mapped[int] = mapped_column(default=1)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    region_code: Mapped[str]
    budget_level: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    business_office: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    filing_mode: Mapped[str] = mapped_column(default="at_once")
    initials: Mapped[str] = mapped_column(default="")
    stopped: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        CheckConstraint("kind IN ('budget', 'finance')", name="kind"),
        CheckConstraint("filing_mode IN ('at_once', 'internal')", name="filing_mode"),
        {"sqlite_strict": True},
    )
