"""What came of it: promises with a name and a date, and the record of every export."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Hash, Id, Perhaps, Short, When, Words, belongs_to


class Commitment(Base):
    """A promise: who does what by when. `contribution_id` is the idea it belongs to, or the words that give it.

    `state`: open, kept, late (not kept yet) or cannot. `word` is what was last said about it, on the day `word_on`.
    """

    __tablename__ = "commitment"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop")
    activity_id: Mapped[str | None] = belongs_to("activity", nullable=True)
    contribution_id: Mapped[str | None] = belongs_to("contribution", nullable=True)
    what: Mapped[Words]
    who: Mapped[Short]
    by_date: Mapped[str] = mapped_column(sa.String(10))
    state: Mapped[str] = mapped_column(sa.String(12), default="open")
    word: Mapped[Words] = mapped_column(default="")
    word_on: Mapped[str | None] = mapped_column(sa.String(10))
    made_at: Mapped[When]


class Export(Base):
    """An export that left the house: what it held, for whom, until when, and what was taken back since."""

    __tablename__ = "export"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop")
    by_user_id: Mapped[str | None] = mapped_column(sa.String(32), sa.ForeignKey("user.id", ondelete="SET NULL"))
    audience: Mapped[str] = mapped_column(sa.String(20))
    sha256: Mapped[Hash]
    contributions: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    made_at: Mapped[When]
    expires_at: Mapped[Perhaps]
