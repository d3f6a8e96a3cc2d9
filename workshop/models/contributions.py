"""What people said, what was changed in it, who looked at it, and the mark that stays when it is taken back."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Hash, Id, Json, Moment, Perhaps, Short, When, Words, belongs_to, this_hour


class Contribution(Base):
    """A story or a card. `id` is made on the phone; `number` is the server's order.

    `state`: waiting, shown, hidden, asked (the facilitator asked the teller something), held (a worry).
    `level` is the consent ladder, 0 to 5; see consent.py. `more` holds the kind's further answers.
    `consent` is the proof: text version, language, how it was given, and the separate yeses.
    `helped` says for whom, by whom and how, when somebody helped. `digest` recognises a resend.
    """

    __tablename__ = "contribution"
    number: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    id: Mapped[str] = mapped_column(sa.String(32), unique=True)
    workshop_id: Mapped[str] = belongs_to("workshop", index=False)
    activity_id: Mapped[str] = belongs_to("activity", index=False)
    participant_id: Mapped[str | None] = mapped_column(
        sa.String(32), sa.ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(sa.String(12))
    side: Mapped[str] = mapped_column(sa.String(12))
    role: Mapped[str | None] = mapped_column(sa.String(60))
    text: Mapped[Words] = mapped_column(default="")
    more: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    topic: Mapped[str | None] = mapped_column(sa.String(60))
    language: Mapped[str] = mapped_column(sa.String(12), default="en")
    level: Mapped[int] = mapped_column(default=1)
    consent: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    public_yes_at: Mapped[Perhaps]
    display_name: Mapped[str | None] = mapped_column(sa.String(60))
    state: Mapped[str] = mapped_column(sa.String(12), default="waiting")
    note: Mapped[str | None] = mapped_column(sa.Text)
    late: Mapped[bool] = mapped_column(default=False)
    channel: Mapped[str] = mapped_column(sa.String(12), default="phone")
    helped: Mapped[Json] = mapped_column(sa.JSON, default=dict)
    digest: Mapped[Hash]
    secret_hash: Mapped[str | None] = mapped_column(sa.String(64))
    said_at: Mapped[datetime] = mapped_column(Moment, default=this_hour)

    __table_args__ = (
        sa.Index("ix_contribution_wall", "workshop_id", "activity_id", "state", "number"),
        sa.Index("ix_contribution_queue", "workshop_id", "state", "number"),
    )


class Edit(Base):
    """A facilitator's change of words: the words before it are kept for the teller, who may refuse it.

    `place`: text, or the further answer that was changed, by its name in `Contribution.more`.
    """

    __tablename__ = "edit"
    id: Mapped[Id]
    contribution_id: Mapped[str] = belongs_to("contribution")
    place: Mapped[str] = mapped_column(sa.String(12), default="text")
    before: Mapped[Words]
    after: Mapped[Words]
    reason: Mapped[Short] = mapped_column(default="")
    by_user_id: Mapped[str | None] = mapped_column(sa.String(32), sa.ForeignKey("user.id", ondelete="SET NULL"))
    answer: Mapped[str | None] = mapped_column(sa.String(12))
    made_at: Mapped[When]


class Seen(Base):
    """An account opened a raw contribution: counted on the teller's receipt."""

    __tablename__ = "seen"
    contribution_id: Mapped[str] = belongs_to("contribution", primary_key=True)
    user_id: Mapped[str] = belongs_to("user", primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Moment, default=this_hour)


class Tombstone(Base):
    """Taken back: the identifier and the day, no words and nothing that words could be tried against."""

    __tablename__ = "tombstone"
    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    workshop_id: Mapped[str | None] = belongs_to("workshop", nullable=True)
    taken_back_on: Mapped[str] = mapped_column(sa.String(10))
