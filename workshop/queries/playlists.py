"""Stories for an event: which ones its audience may hear, and which one the room hears now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from workshop.consent import APPROVED, LOWEST, Viewer, visible_to
from workshop.extensions import db
from workshop.models import Contribution, Playlist, PlaylistStory, Workshop
from workshop.queries import contributions, media

AUDIENCES = (Viewer.ROOM, Viewer.SERVICE, Viewer.REPORT, Viewer.PUBLIC)


@dataclass(frozen=True, slots=True)
class Entry:
    """A story on a playlist that its audience may hear now. `is_ours`: it was told in this workshop; `viewer`: through
    whose eyes it is read here."""

    position: int
    note: str
    said: contributions.Said
    viewer: Viewer
    is_ours: bool = True

    @property
    def before(self) -> str:
        """What people should know before: the facilitator's note, or else the teller's own warning."""
        return self.note or str(self.said.more.get("warning") or "")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many stories this audience may not hear, and why; never which."""

    waiting: int
    closed: int


@dataclass(frozen=True, slots=True)
class Playing:
    """What the room sees: `step` is note, story, silence or end. `number` counts the stories that can be heard."""

    playlist_id: str
    step: str
    at: int
    number: int
    total: int
    entry: Entry | None = None
    ends: str | None = None

    @property
    def tag(self) -> str:
        """Names this moment, so that a second tap on «next» skips nothing."""
        return f"{self.at}-{self.step}"


def all_of(workshop_id: str) -> Sequence[Any]:
    query = sa.select(*Playlist.__table__.columns).where(Playlist.workshop_id == workshop_id)
    return db.session.connection().execute(query.order_by(Playlist.made_at, Playlist.id)).all()


def one(playlist_id: str | None, workshop_id: str) -> Any:
    query = sa.select(*Playlist.__table__.columns)
    query = query.where(Playlist.id == playlist_id, Playlist.workshop_id == workshop_id)
    return db.session.connection().execute(query).first()


def entries(playlist: Any, reader: Viewer | None = None) -> list[Entry]:
    """What its audience may hear at this moment, in its order; consent is asked anew each time.

    `reader`: whoever reads the list in an export, in place of its audience.
    """
    query: Any = sa.select(
        PlaylistStory.contribution_id, PlaylistStory.position, PlaylistStory.note, Contribution.workshop_id
    ).join(Contribution, Contribution.id == PlaylistStory.contribution_id)
    query = query.where(PlaylistStory.playlist_id == playlist.id).order_by(PlaylistStory.position)
    viewer, found = reader or Viewer(playlist.audience), []
    for row in db.session.connection().execute(visible_to(query, viewer)).all():
        eyes = viewer if row.workshop_id == playlist.workshop_id else elsewhere(viewer)
        said = contributions.seen_through(eyes, row.contribution_id, row.workshop_id)
        if said is not None:
            found.append(Entry(row.position, row.note, said, eyes, row.workshop_id == playlist.workshop_id))
    return found


def elsewhere(viewer: Viewer) -> Viewer:
    """People of another room are an event: a story goes there only when its teller gave it for reports and events."""
    return viewer if viewer is Viewer.PUBLIC else Viewer.REPORT


def offered(playlist: Any) -> list[contributions.Said]:
    """Stories that its audience may hear and that are not on it: of this workshop, then of the house's others."""
    taken, viewer = {entry.said.id for entry in entries(playlist)}, Viewer(playlist.audience)
    told = contributions.said(playlist.workshop_id, viewer)
    for other in _others(playlist.workshop_id):
        told += contributions.said(other, elsewhere(viewer))
    return [said for said in told if said.kind == "story" and said.id not in taken]


def _others(workshop_id: str) -> Sequence[str]:
    """The other workshops of the same organisation, the newest first; real and made-up ones do not mix."""
    here = sa.select(Workshop.organisation_id, Workshop.example).where(Workshop.id == workshop_id)
    organisation_id, example = db.session.connection().execute(here).one()
    query = sa.select(Workshop.id).where(
        Workshop.organisation_id == organisation_id, Workshop.example.is_(example), Workshop.id != workshop_id
    )
    return db.session.connection().execute(query.order_by(Workshop.made_at.desc(), Workshop.id)).scalars().all()


def left_out(workshop_id: str, viewer: Viewer) -> LeftOut:
    """Stories that wait for approval, and stories whose tellers chose fewer people."""
    high = Contribution.level >= LOWEST[viewer]
    if viewer is Viewer.PUBLIC:
        high = sa.and_(high, Contribution.public_yes_at.is_not(None))
    query: Any = sa.select(high.label("high"), Contribution.state).where(
        Contribution.workshop_id == workshop_id, Contribution.kind == "story"
    )
    rows = db.session.connection().execute(visible_to(query, Viewer.FACILITATOR)).all()
    return LeftOut(
        waiting=sum(1 for row in rows if row.high and row.state != APPROVED),
        closed=sum(1 for row in rows if not row.high),
    )


def playing(workshop_id: str, stage: Mapping[str, Any]) -> Playing | None:
    """Where the room is. A story that was taken back or closed meanwhile gives way to the next one, note first."""
    playlist = one(stage.get("playlist"), workshop_id)
    if playlist is None:
        return None
    heard, at, step = entries(playlist), int(stage.get("at", 0)), str(stage.get("step", "note"))
    here = partial(Playing, playlist.id, total=len(heard), at=at)
    if step in ("silence", "end"):
        number = sum(1 for entry in heard if entry.position <= at)
        return here(step, number=number, ends=stage.get("ends"))
    entry = next((each for each in heard if each.position >= at), None)
    if entry is None:
        return here("end", number=len(heard))
    step = step if entry.position == at else "note"
    return Playing(playlist.id, step, entry.position, heard.index(entry) + 1, len(heard), entry)


def heard(playing: Playing | None) -> list[Any]:
    """The photos and recordings of the one story that the room hears now, as far as their own consent goes."""
    entry = playing.entry if playing is not None and playing.step == "story" else None
    return media.perceived([entry.said.id], entry.viewer, media.ALL_KINDS).get(entry.said.id, []) if entry else []


def is_heard(medium: Any, workshop: Any) -> bool:
    """Does this belong to the story on the screen of this workshop, at this moment?"""
    stage = workshop.stage or {}
    playing_now = playing(workshop.id, stage) if stage.get("show") == "playlist" else None
    return medium.id in {each.id for each in heard(playing_now)}
