"""Boxes of paper ballots, and of raised hands: two people read each by themselves, before any of it counts."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Id, Json, When, belongs_to


class Box(Base):
    """The slips of one side, or its raised hands: `channel` is paper or hands.

    `slips` and `void` are what both readers counted, once the box is in."""

    __tablename__ = "box"
    id: Mapped[Id]
    activity_id: Mapped[str] = belongs_to("activity")
    side: Mapped[str] = mapped_column(sa.String(12))
    channel: Mapped[str] = mapped_column(sa.String(12), server_default="paper")
    slips: Mapped[int | None]
    void: Mapped[int | None]
    made_at: Mapped[When]


class Reading(Base):
    """How one person reads a box: how many slips lie in it, and how many of them nobody can understand."""

    __tablename__ = "reading"
    id: Mapped[Id]
    box_id: Mapped[str] = belongs_to("box")
    user_id: Mapped[str] = mapped_column(sa.String(32))
    slips: Mapped[int]
    void: Mapped[int]

    __table_args__ = (sa.UniqueConstraint("box_id", "user_id"),)


class Slip(Base):
    """What one person reads on one slip, by the number that they wrote on it. Gone once the box is in."""

    __tablename__ = "slip"
    reading_id: Mapped[str] = belongs_to("reading", primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    choices: Mapped[Json] = mapped_column(sa.JSON, default=dict)
