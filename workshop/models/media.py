"""Photos, sounds and films that belong to what people said or to an activity, and the pieces in which they arrive."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Hash, Id, Moment, Perhaps, When, Words, belongs_to, now


class Medium(Base):
    """A photo, sound or film. `id` is made on the phone; the files lie in the media store under other names.

    `state`: arriving, waiting (whole, to be rebuilt), ready, refused (`why` is a media.Reason), or words (the
    recording is deleted, its transcript stays). `size` and `sent_sha256` are what the phone announced; `sha256` and
    `bytes` are of what we made of it. `small_file` is the small sister of a photo, or a still picture of a film.
    `approved_at`: a facilitator has seen or heard it; `moved_at`: when the last piece came. `activity_id`: a
    facilitator's own picture, part of the settings of that activity.
    """

    __tablename__ = "medium"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop")
    participant_id: Mapped[str | None] = belongs_to("participant", nullable=True)
    contribution_id: Mapped[str | None] = belongs_to("contribution", nullable=True)
    activity_id: Mapped[str | None] = belongs_to("activity", nullable=True)
    kind: Mapped[str] = mapped_column(sa.String(12))
    state: Mapped[str] = mapped_column(sa.String(12), default="arriving", index=True)
    size: Mapped[int] = mapped_column(default=0)
    sent_sha256: Mapped[Hash] = mapped_column(default="")
    file: Mapped[str | None] = mapped_column(sa.String(80))
    small_file: Mapped[str | None] = mapped_column(sa.String(80))
    sha256: Mapped[Hash] = mapped_column(default="")
    width: Mapped[int] = mapped_column(default=0)
    height: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[int] = mapped_column(default=0)
    bytes: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    why: Mapped[str | None] = mapped_column(sa.String(40))
    transcript: Mapped[Words] = mapped_column(default="")
    transcript_by: Mapped[str | None] = mapped_column(sa.String(12))
    transcript_accepted_at: Mapped[Perhaps]
    approved_at: Mapped[Perhaps]
    made_at: Mapped[When]
    moved_at: Mapped[datetime] = mapped_column(Moment, default=now)


class Piece(Base):
    """A part of a medium as it was sent, until it is rebuilt; a file of the store, so that any node takes the next."""

    __tablename__ = "piece"
    medium_id: Mapped[str] = belongs_to("medium", primary_key=True)
    at: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[int]
    sha256: Mapped[Hash]
    file: Mapped[str] = mapped_column(sa.String(80))
