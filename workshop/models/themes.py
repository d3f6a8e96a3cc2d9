"""What is made of stories: highlights, the themes that gather them, who moved what, and what the teller says to it.

A highlight keeps no words of its own: it points into its story, and its words are read from there each time, through
consent. So a story is never rewritten, and nothing of it is left behind when it is taken back.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Hash, Id, Json, When, Words, belongs_to

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
LONGEST_NAME = 120


def known_to(table: str) -> Mapped[str | None]:
    """A foreign key that is forgotten when the thing goes."""
    return mapped_column(sa.String(32), sa.ForeignKey(f"{table}.id", ondelete="SET NULL"))


class Theme(Base):
    """Highlights that belong together. `state`: proposed (from a phone, not approved yet), shown, or gone.

    `quotes_id` is the contribution whose words the name repeats: who may not read that story reads «Theme 3».
    """

    __tablename__ = "theme"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop")
    number: Mapped[int]
    name: Mapped[str] = mapped_column(sa.String(LONGEST_NAME), default="")
    quotes_id: Mapped[str | None] = mapped_column(
        sa.String(32), sa.ForeignKey("contribution.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[str] = mapped_column(sa.String(12), default="shown")
    participant_id: Mapped[str | None] = known_to("participant")
    made_at: Mapped[When]


class Highlight(Base):
    """A piece of a contribution: characters of its `text` or of `helped`, or seconds of a sound or film.

    Without either it is loose: its teller changed the words. `gone`: its mark was taken away, and can come again.
    """

    __tablename__ = "highlight"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop", index=False)
    contribution_id: Mapped[str] = belongs_to("contribution")
    theme_id: Mapped[str | None] = mapped_column(sa.String(32), sa.ForeignKey("theme.id", ondelete="SET NULL"))
    place: Mapped[str] = mapped_column(sa.String(12), default="text")
    starts: Mapped[int | None]
    ends: Mapped[int | None]
    medium_id: Mapped[str | None] = belongs_to("medium", nullable=True)
    from_second: Mapped[float | None]
    to_second: Mapped[float | None]
    gone: Mapped[bool] = mapped_column(default=False)
    participant_id: Mapped[str | None] = known_to("participant")
    placed_at: Mapped[When]

    __table_args__ = (sa.Index("ix_highlight_board", "workshop_id", "theme_id"),)


class Move(Base):
    """A step of curating, so that it can be undone. `was` says of each highlight in which theme it was before.

    `theme_id` is where they went, `from_id` the theme that the step ended, `made` whether it began one.
    `name_before` may repeat a teller's words, and goes with them; `quotes_id` says whose.
    """

    __tablename__ = "move"
    number: Mapped[int] = mapped_column(NUMBER, primary_key=True)
    workshop_id: Mapped[str] = belongs_to("workshop", index=False)
    act: Mapped[str] = mapped_column(sa.String(12))
    theme_id: Mapped[str | None] = mapped_column(sa.String(32))
    from_id: Mapped[str | None] = mapped_column(sa.String(32))
    made: Mapped[bool] = mapped_column(default=False)
    was: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    name_before: Mapped[str] = mapped_column(sa.String(LONGEST_NAME), default="")
    quotes_id: Mapped[str | None] = mapped_column(sa.String(32), index=True)
    user_id: Mapped[str | None] = known_to("user")
    participant_id: Mapped[str | None] = known_to("participant")
    undone: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[When]

    __table_args__ = (sa.Index("ix_move_history", "workshop_id", "number"),)


class Confirmation(Base):
    """What a teller says to how their story was understood: yes, partly or no. `about` names what they were shown."""

    __tablename__ = "confirmation"
    contribution_id: Mapped[str] = belongs_to("contribution", primary_key=True)
    answer: Mapped[str] = mapped_column(sa.String(12))
    words: Mapped[Words] = mapped_column(default="")
    about: Mapped[Hash]
    made_at: Mapped[When]
