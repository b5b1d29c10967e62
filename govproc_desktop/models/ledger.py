"""The money: append-only ledger entries and the balances that their trigger moves.

A balance row is a head: nothing but the ledger's trigger changes it, and its CHECKs are the last
word on R1 and R53 whatever the program believes.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from govproc_desktop.models.base import Base, Fen

ACCOUNTS = ("amount", "in_transit", "filed", "contracted", "requested", "paid")
"""计划金额 P · 在途 · 已备案占用 F · 合同 ΣK · 已申请支付 A · 已支付 Z (net of refunds)."""


class LedgerEntry(Base):
    """One movement of one account of one fund plan, with the document and command behind it."""

    __tablename__ = "ledger_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[UUID] = mapped_column(unique=True)
    fund_plan_id: Mapped[int] = mapped_column(ForeignKey("fund_balance.fund_plan_id"))
    account: Mapped[str]
    kind: Mapped[str]
    fen: Mapped[Decimal] = mapped_column(Fen)
    on_day: Mapped[date]
    at: Mapped[datetime]
    doc_kind: Mapped[str]
    doc_uid: Mapped[UUID]
    line_uid: Mapped[UUID | None]
    person_name: Mapped[str]
    command_uid: Mapped[UUID] = mapped_column(
        ForeignKey("journal.command_uid", deferrable=True, initially="DEFERRED")
    )
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entry.id"), unique=True)

    __table_args__ = (
        CheckConstraint("fen <> 0", name="moves"),
        CheckConstraint(f"account IN {ACCOUNTS}", name="account"),
        Index("ix_ledger_entry_sum", "fund_plan_id", "account", "on_day", "fen"),
        Index("ix_ledger_entry_doc_uid", "doc_uid"),
        Index("ix_ledger_entry_command_uid", "command_uid"),
        {"sqlite_strict": True},
    )


class FundBalance(Base):
    """The balances of one fund plan, moved only by the ledger's trigger."""

    __tablename__ = "fund_balance"
    fund_plan_id: Mapped[int] = mapped_column(ForeignKey("fund_plan.id"), primary_key=True)
    amount: Mapped[Decimal] = mapped_column(Fen, default=Decimal(0))
    in_transit: Mapped[Decimal] = mapped_column(Fen, default=Decimal(0))
    filed: Mapped[Decimal] = mapped_column(Fen, default=Decimal(0))
    contracted: Mapped[Decimal] = mapped_column(Fen, default=Decimal(0))
    requested: Mapped[Decimal] = mapped_column(Fen, default=Decimal(0))
    paid: Mapped[Decimal] = mapped_column(Fen, default=Decimal(0))
    moves: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        CheckConstraint("in_transit >= 0 AND filed >= 0", name="not_negative"),
        CheckConstraint("filed + in_transit <= amount", name="available"),
        CheckConstraint("contracted >= 0 AND contracted <= filed", name="contracted"),
        CheckConstraint("requested >= 0 AND requested <= contracted", name="requested"),
        CheckConstraint("paid >= 0 AND paid <= requested", name="paid"),
        {"sqlite_strict": True},
    )
