"""What happened: events for the live channel and the timeline, and the audit log that cannot be edited unseen."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Hash, Json, When, belongs_to

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")


class Event(Base):
    """Something happened in a workshop. Facts are ids and kinds, never a person's words or identity."""

    __tablename__ = "event"
    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    workshop_id: Mapped[str] = belongs_to("workshop")
    name: Mapped[str] = mapped_column(sa.String(40))
    facts: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    revision: Mapped[int]
    happened_at: Mapped[When]


class Audit(Base):
    """An act of an account. Each row seals the one before it, so that a changed row is found."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(BIG, primary_key=True)
    organisation_id: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    user_id: Mapped[str | None] = mapped_column(sa.String(32))
    act: Mapped[str] = mapped_column(sa.String(60))
    thing: Mapped[str] = mapped_column(sa.String(120), default="", index=True)
    outcome: Mapped[str] = mapped_column(sa.String(12), default="done")
    at: Mapped[str] = mapped_column(sa.String(32))
    seal: Mapped[Hash]
