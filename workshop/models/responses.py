"""What came of a story: the answers to it, whether it tells of a concern, and what it is tied to."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Id, Perhaps, Short, When, Words, belongs_to


class Response(Base):
    """An answer to a story. `id` is made with the form, so that a double tap is one answer.

    `kind`: reply, planned, made or cannot (the service speaks), used or not_used (the team does).
    `state`: waiting (a facilitator checks it first), shown, or back (`note` says what is missing).
    `helped` is the teller's: yes, partly or no, with words if they like.
    """

    __tablename__ = "response"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop")
    contribution_id: Mapped[str] = belongs_to("contribution")
    user_id: Mapped[str | None] = mapped_column(sa.String(32), sa.ForeignKey("user.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(sa.String(12))
    text: Mapped[Words]
    what: Mapped[Words] = mapped_column(default="")
    by_date: Mapped[str | None] = mapped_column(sa.String(10))
    contact: Mapped[Short] = mapped_column(default="")
    signed: Mapped[Short] = mapped_column(default="")
    state: Mapped[str] = mapped_column(sa.String(12), default="waiting")
    note: Mapped[Words] = mapped_column(default="")
    made_at: Mapped[When]
    shown_at: Mapped[Perhaps]
    helped: Mapped[str | None] = mapped_column(sa.String(12))
    helped_words: Mapped[Words] = mapped_column(default="")

    __table_args__ = (sa.Index("ix_response_author", "user_id", "state"),)


class Concern(Base):
    """Somebody of the team has said whether a story tells of a concern. Without a row, its teller's words decide."""

    __tablename__ = "concern"
    contribution_id: Mapped[str] = belongs_to("contribution", primary_key=True)
    tells: Mapped[bool]


class Link(Base):
    """Ties a contribution to what came of it: another contribution, or a line of an activity's own.

    `item` is the name of the other end on its ballot: a contribution's id, or the line's.
    """

    __tablename__ = "link"
    contribution_id: Mapped[str] = belongs_to("contribution", primary_key=True)
    activity_id: Mapped[str] = belongs_to("activity", primary_key=True)
    item: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    workshop_id: Mapped[str] = belongs_to("workshop")
    other_id: Mapped[str | None] = belongs_to("contribution", nullable=True)
    made_at: Mapped[When]
