"""A workshop, the activities on its agenda, and the doors through which people come in."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Hash, Id, Json, Moment, Perhaps, Short, When, Words, belongs_to


class Workshop(Base):
    """One occasion. `state`: draft, open, closed. `revision` rises with everything the room can see."""

    __tablename__ = "workshop"
    id: Mapped[Id]
    organisation_id: Mapped[str] = belongs_to("organisation")
    title: Mapped[Short]
    recipe: Mapped[str] = mapped_column(sa.String(60), default="")
    state: Mapped[str] = mapped_column(sa.String(12), default="draft")
    doors_locked: Mapped[bool] = mapped_column(default=False)
    generation: Mapped[int] = mapped_column(default=1)
    revision: Mapped[int] = mapped_column(default=1)
    statements: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    roles: Mapped[list[Json]] = mapped_column(sa.JSON, default=list)
    settings: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    stage: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    answer_by: Mapped[str | None] = mapped_column(sa.String(10))
    example: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[When]
    opened_at: Mapped[Perhaps]
    closed_at: Mapped[Perhaps]

    @property
    def workshop_id(self) -> str:
        """By the name under which everything in it knows it."""
        return self.id


class Activity(Base):
    """A row on the agenda. `state`: waiting, open, grace, closed.

    `gives` is what its kind collects: contributions, ballot or nothing. A choice is in `grace` for the late ones
    after the close, and `closed` once it is counted; `counted` then names the items that were on the ballot.
    """

    __tablename__ = "activity"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop", index=False)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(40))
    gives: Mapped[str] = mapped_column(sa.String(16), default="nothing")
    title: Mapped[Short]
    prompt: Mapped[Words] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=10)
    who: Mapped[str] = mapped_column(sa.String(12), default="all")
    settings: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    state: Mapped[str] = mapped_column(sa.String(12), default="waiting")
    opened_at: Mapped[Perhaps]
    ends_at: Mapped[Perhaps]
    closes_at: Mapped[Perhaps]
    revealed: Mapped[bool] = mapped_column(default=False)
    counted: Mapped[Json | None] = mapped_column(sa.JSON(none_as_null=True))

    __table_args__ = (sa.Index("ix_activity_agenda", "workshop_id", "position"),)


class Door(Base):
    """A way in: `lived` and `service` for phones, `screen` for the projector. Only a hash is kept."""

    __tablename__ = "door"
    token_hash: Mapped[Hash] = mapped_column(primary_key=True)
    workshop_id: Mapped[str] = belongs_to("workshop")
    purpose: Mapped[str] = mapped_column(sa.String(12))
    code: Mapped[str | None] = mapped_column(sa.String(12), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
