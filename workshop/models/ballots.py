"""Secret ballots by shape: who has chosen, what was chosen, and a link between them that dies at the close."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Id, Json, belongs_to


class HasChosen(Base):
    """This person took part in this choice. Stays; says nothing about what."""

    __tablename__ = "has_chosen"
    participant_id: Mapped[str] = belongs_to("participant", primary_key=True)
    activity_id: Mapped[str] = belongs_to("activity", primary_key=True)
    workshop_id: Mapped[str] = belongs_to("workshop")

    __table_args__ = (sa.Index("ix_has_chosen_turnout", "activity_id"),)


class Ballot(Base):
    """What one person decided: no time, no order, no person. `choices` maps an item to a number."""

    __tablename__ = "ballot"
    id: Mapped[Id]
    activity_id: Mapped[str] = belongs_to("activity")
    side: Mapped[str] = mapped_column(sa.String(12))
    channel: Mapped[str] = mapped_column(sa.String(12), default="phone")
    choices: Mapped[Json] = mapped_column(sa.JSON, default=dict)


class BallotLink(Base):
    """Which ballot is whose, so that it can still be changed. Destroyed by the close, left out of backups."""

    __tablename__ = "ballot_link"
    participant_id: Mapped[str] = belongs_to("participant", primary_key=True)
    activity_id: Mapped[str] = belongs_to("activity", primary_key=True)
    ballot_id: Mapped[str] = belongs_to("ballot")


class BallotResend(Base):
    """A sending that has arrived, so that its repeat changes nothing. No body, no hash; dies at the close."""

    __tablename__ = "ballot_resend"
    id: Mapped[Id]
    participant_id: Mapped[str] = belongs_to("participant")
    activity_id: Mapped[str] = belongs_to("activity")
