"""What protects people: worries with their gravity, who was told of them, and a teller's wish for a second look."""

from enum import IntEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Id, Perhaps, Short, When, Words, belongs_to


class Gravity(IntEnum):
    """How grave a worry is. Unsorted: somebody worries, and nobody of the team has said yet how much."""

    UNSORTED = 0
    PRACTICE = 1  # a complaint: may go out, and the service should answer
    SAFEGUARDING = 2  # signs of abuse or neglect: held, and released by two people
    DANGER = 3  # somebody is in danger now: held, and whoever can help is called at once


def _account() -> Mapped[str | None]:
    return mapped_column(sa.String(32), sa.ForeignKey("user.id", ondelete="SET NULL"))


class Flag(Base):
    """A worry about a contribution; at most one is open for each. Never exported, never counted.

    `origin`: person, or words (a hint that nobody else sees). `state`: open or settled.
    `released_by_user_id` has said the first of the two yeses.
    """

    __tablename__ = "flag"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop")
    contribution_id: Mapped[str] = belongs_to("contribution")
    note: Mapped[Words] = mapped_column(default="")
    gravity: Mapped[int] = mapped_column(default=Gravity.UNSORTED)
    origin: Mapped[str] = mapped_column(sa.String(12), default="person")
    state: Mapped[str] = mapped_column(sa.String(12), default="open")
    released_by_user_id: Mapped[str | None] = _account()
    raised_at: Mapped[When]


class Told(Base):
    """Who was told of a worry, and when; only the lead reads it."""

    __tablename__ = "told"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop")
    contribution_id: Mapped[str] = belongs_to("contribution")
    who: Mapped[Short]
    what: Mapped[Words] = mapped_column(default="")
    by_user_id: Mapped[str | None] = _account()
    told_at: Mapped[When]


class Decision(Base):
    """Who of the team has hidden, asked about or edited these words last: `act` is hide, ask or edit."""

    __tablename__ = "decision"
    contribution_id: Mapped[str] = belongs_to("contribution", primary_key=True)
    user_id: Mapped[str | None] = _account()
    act: Mapped[str] = mapped_column(sa.String(12))
    decided_at: Mapped[When]


class Objection(Base):
    """A teller asks for a second person. `state`: open, let_out or stays; never answered by `against_user_id`."""

    __tablename__ = "objection"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop")
    contribution_id: Mapped[str] = belongs_to("contribution")
    note: Mapped[Words] = mapped_column(default="")
    act: Mapped[str] = mapped_column(sa.String(12))
    against_user_id: Mapped[str | None] = _account()
    state: Mapped[str] = mapped_column(sa.String(12), default="open")
    because: Mapped[Words] = mapped_column(default="")
    made_at: Mapped[When]
    answered_at: Mapped[Perhaps]


class QueueTurn(Base):
    """Who has the queue of a workshop now; nobody, once it was handed over."""

    __tablename__ = "queue_turn"
    workshop_id: Mapped[str] = belongs_to("workshop", primary_key=True)
    user_id: Mapped[str | None] = _account()
    before_user_id: Mapped[str | None] = _account()
    since: Mapped[When]
