"""Secret ballots by shape: who has chosen, what was chosen, and a link between them that dies at the close.

The rows lie in the order of their random keys, not in that of their arrival; and a hall's ballots touch few pages.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Id, Json, belongs_to

BY_KEY = {"sqlite_with_rowid": False}


class HasChosen(Base):
    """This person took part in this choice. Stays; says nothing about what."""

    __tablename__ = "has_chosen"
    participant_id: Mapped[str] = belongs_to("participant", primary_key=True)
    activity_id: Mapped[str] = belongs_to("activity", primary_key=True)

    __table_args__ = (sa.Index("ix_has_chosen_turnout", "activity_id"), BY_KEY)


class Ballot(Base):
    """What one person decided: no time, no order, no person. `choices` maps an item to a number.

    `opinion_group` is found from the ballots alone, after the close: see `counting.opinion_map`.
    """

    __tablename__ = "ballot"
    id: Mapped[Id]
    activity_id: Mapped[str] = belongs_to("activity")
    side: Mapped[str] = mapped_column(sa.String(12))
    channel: Mapped[str] = mapped_column(sa.String(12), default="phone")
    choices: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    opinion_group: Mapped[int | None] = mapped_column(sa.Integer)

    __table_args__ = (BY_KEY,)


class BallotLink(Base):
    """Which ballot is whose, so that it can still be changed. Destroyed by the close, left out of backups.

    `arrived` has the id of each sending, so that its repeat changes nothing: no body, no hash.
    The ballot is named without a foreign key, for which the close would look fifty thousand times.
    """

    __tablename__ = "ballot_link"
    participant_id: Mapped[str] = belongs_to("participant", primary_key=True)
    activity_id: Mapped[str] = belongs_to("activity", primary_key=True)
    ballot_id: Mapped[str] = mapped_column(sa.String(32))
    arrived: Mapped[str] = mapped_column(sa.Text)

    __table_args__ = (BY_KEY,)
