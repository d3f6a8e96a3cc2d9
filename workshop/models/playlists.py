"""Stories in an order, to be heard at an event."""

from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Base
from workshop.models.columns import Id, Short, When, Words, belongs_to


class Playlist(Base):
    """Stories for an audience: `room`, `service`, `report` or `public`, as consent.Viewer calls them.

    `seconds` is how long the room is silent after each story.
    """

    __tablename__ = "playlist"
    id: Mapped[Id]
    workshop_id: Mapped[str] = belongs_to("workshop")
    title: Mapped[Short]
    audience: Mapped[Short]
    seconds: Mapped[int] = mapped_column(default=30)
    made_at: Mapped[When]


class PlaylistStory(Base):
    """A story on a playlist, with what people should know before they hear it. It goes when the story is taken back."""

    __tablename__ = "playlist_story"
    playlist_id: Mapped[str] = belongs_to("playlist", primary_key=True)
    contribution_id: Mapped[str] = belongs_to("contribution", primary_key=True)
    position: Mapped[int]
    note: Mapped[Words] = mapped_column(default="")
