"""Column types and shorthands that every table shares."""

import secrets
from datetime import UTC, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.orm import mapped_column

Json = dict[str, Any]


class Moment(sa.types.TypeDecorator[datetime]):
    """A point in time: stored as UTC, handed out with its zone, on every database."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


def now() -> datetime:
    """The server's clock; the only clock that decides order and closing."""
    return datetime.now(UTC)


def this_hour() -> datetime:
    """Now, cut to the hour: what is kept where seconds could point at a person."""
    return now().replace(minute=0, second=0, microsecond=0)


def new_id() -> str:
    """An identifier that cannot be guessed; it is a name, never a permission."""
    return secrets.token_hex(16)


Id = Annotated[str, mapped_column(sa.String(32), primary_key=True, default=new_id)]
Words = Annotated[str, mapped_column(sa.Text)]
Short = Annotated[str, mapped_column(sa.String(200))]
Hash = Annotated[str, mapped_column(sa.String(64))]
When = Annotated[datetime, mapped_column(Moment, default=now)]
Perhaps = Annotated[datetime | None, mapped_column(Moment)]


def belongs_to(table: str, *, index: bool = True, nullable: bool = False, primary_key: bool = False) -> Any:
    """A foreign key by identifier; what belongs to a thing goes with it."""
    return mapped_column(
        sa.String(32),
        sa.ForeignKey(f"{table}.id", ondelete="CASCADE"),
        index=index and not primary_key,
        nullable=nullable,
        primary_key=primary_key,
    )
