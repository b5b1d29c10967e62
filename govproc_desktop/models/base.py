"""The mapped base, its naming convention and the column types both databases share.

Every type maps to INTEGER, TEXT or BLOB, so that SQLite tables can be STRICT and both engines
hold the same values: money as whole fen, days and moments as ISO text, uids as canonical text.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Dialect, Integer, LargeBinary, MetaData, Text, TypeDecorator
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import DeclarativeBase

from govproc_desktop.domain.money import from_fen, to_fen

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BigInt = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit integer; on SQLite INTEGER, so that it can be a row id and the table STRICT."""

Words = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Text compared byte by byte on both engines, so that sorting agrees."""

Blob = LargeBinary()


class Fen(TypeDecorator[Decimal]):
    """Money: ``Decimal`` 元 with two places in Python, whole fen in the database."""

    impl = BigInt
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Turn 元 into fen; more than two places is a bug and raises."""
        return None if value is None else to_fen(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Turn fen into 元."""
        return None if value is None else from_fen(int(value))


class Number(TypeDecorator[Decimal]):
    """A quantity or unit price: exact decimal text, up to four places."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write plain digits, never an exponent."""
        return None if value is None else format(value, "f")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Read the decimal back."""
        return None if value is None else Decimal(value)


class Day(TypeDecorator[date]):
    """A calendar day as ``YYYY-MM-DD`` text."""

    impl = Words
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write ISO text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:  # noqa: ARG002
        """Read ISO text."""
        return None if value is None else date.fromisoformat(value)


class Moment(TypeDecorator[datetime]):
    """An office-time moment as ``YYYY-MM-DDTHH:MM:SS`` text, to the second."""

    impl = Words
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write ISO text without fractions."""
        return None if value is None else value.isoformat(timespec="seconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read ISO text."""
        return None if value is None else datetime.fromisoformat(value)


class Uid(TypeDecorator[UUID]):
    """A record's identity outside this database: canonical UUID text."""

    impl = Words
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write canonical text."""
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:  # noqa: ARG002
        """Read canonical text."""
        return None if value is None else UUID(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Write 1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """Read 1 or 0."""
        return None if value is None else bool(value)


class Base(DeclarativeBase):
    """Base of every mapped class."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
        int: BigInt,
        str: Words,
        bool: Flag,
        date: Day,
        datetime: Moment,
        UUID: Uid,
        bytes: Blob,
    }
    __table_args__: Any = {"sqlite_strict": True}  # noqa: RUF012 - as above
