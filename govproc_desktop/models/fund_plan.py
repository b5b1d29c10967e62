"""用款计划, as the budget system sent them, and the conflicts an import may leave."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from govproc_desktop.models.base import Base, Fen


class FundPlan(Base):
    """One 用款计划/指标; its money stands in ``fund_balance``, moved only by the ledger."""

    __tablename__ = "fund_plan"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    row_version: Mapped[int] = mapped_column(default=1)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    fiscal_year: Mapped[int]
    mof_div_code: Mapped[str]
    plan_no: Mapped[str]
    source: Mapped[str] = mapped_column(default="YKJH")
    manage_mof_dep: Mapped[str] = mapped_column(default="")
    cor_bgt_doc_no: Mapped[str] = mapped_column(default="")
    pro_code: Mapped[str] = mapped_column(default="")
    pro_name: Mapped[str] = mapped_column(default="")
    fund_type_code: Mapped[str] = mapped_column(default="")
    exp_func_code: Mapped[str] = mapped_column(default="")
    gov_bgt_eco_code: Mapped[str] = mapped_column(default="")
    dep_bgt_eco_code: Mapped[str] = mapped_column(default="")
    pay_type_code: Mapped[str] = mapped_column(default="")
    is_gov_pur: Mapped[bool] = mapped_column(default=True)
    pur_catalog_ver: Mapped[str] = mapped_column(default="")
    pur_catalog_code: Mapped[str] = mapped_column(default="")
    month: Mapped[int] = mapped_column(default=0)
    approve_date: Mapped[date | None]
    version: Mapped[int]
    search_text: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        UniqueConstraint("fiscal_year", "mof_div_code", "plan_no"),
        Index("ix_fund_plan_unit_id_fiscal_year", "unit_id", "fiscal_year", "id"),
        {"sqlite_strict": True},
    )


class FundConflict(Base):
    """A re-imported amount below what is already used: kept for a person to settle (R45)."""

    __tablename__ = "fund_conflict"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    fund_plan_id: Mapped[int] = mapped_column(ForeignKey("fund_plan.id"), index=True)
    version: Mapped[int]
    amount: Mapped[Decimal] = mapped_column(Fen)
    used: Mapped[Decimal] = mapped_column(Fen)
    file_name: Mapped[str]
    cell: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("fund_plan_id", "version"), {"sqlite_strict": True})


class ImportLog(Base):
    """One file taken in: rows read = written + unchanged + refused, with the whole report."""

    __tablename__ = "import_log"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    file_hash: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    person_name: Mapped[str]
    rows_read: Mapped[int]
    written: Mapped[int]
    unchanged: Mapped[int]
    refused: Mapped[int]
    report: Mapped[str]
