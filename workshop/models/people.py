"""People in the room. No name, no e-mail, no address of a machine: a role, a side and two sealed keys."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Hash, Id, Json, Perhaps, When, belongs_to


class Participant(Base):
    """Somebody in the room. `channel`: phone, helper, paper, hands or tablet.

    `receipt_hash` and `spoken_hash` seal the same receipt: as a link, and as words or digits read aloud.
    `side` counts as `other` until the side of the service is confirmed.
    `by_card`: they came in with a one-time card; with which one is kept nowhere.
    `rules_version` is the version of our rules that they said yes to.
    """

    __tablename__ = "participant"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop", index=False)
    receipt_hash: Mapped[Hash] = mapped_column(unique=True)
    spoken_hash: Mapped[Hash] = mapped_column(unique=True)
    role: Mapped[str | None] = mapped_column(sa.String(60))
    side: Mapped[str] = mapped_column(sa.String(12), default="other")
    claims: Mapped[str | None] = mapped_column(sa.String(12))
    door: Mapped[str] = mapped_column(sa.String(12), default="lived")
    channel: Mapped[str] = mapped_column(sa.String(12), default="phone")
    language: Mapped[str] = mapped_column(sa.String(12), default="en")
    habits: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    rules_version: Mapped[int] = mapped_column(default=0)
    by_card: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    joined_at: Mapped[When]
    removed_at: Mapped[Perhaps]

    __table_args__ = (sa.Index("ix_participant_room", "workshop_id", "removed_at", "side"),)


class Device(Base):
    """A phone or tablet that acts for a participant: two phones with one receipt are two rows.

    `unsent`: how much it said that it still holds.
    """

    __tablename__ = "device"
    token_hash: Mapped[Hash] = mapped_column(primary_key=True)
    participant_id: Mapped[str] = belongs_to("participant")
    made_at: Mapped[When]
    unsent: Mapped[int] = mapped_column(default=0)


class HelpRequest(Base):
    """Somebody asked for help. `state`: asked or answered."""

    __tablename__ = "help_request"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop")
    participant_id: Mapped[str] = belongs_to("participant")
    state: Mapped[str] = mapped_column(sa.String(12), default="asked")
    asked_at: Mapped[When]
