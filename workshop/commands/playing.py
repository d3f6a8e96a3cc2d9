"""Stories for an event: put them in an order, and let the room hear one after the other."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from workshop.commands import command, running
from workshop.events import announce, audit
from workshop.extensions import db
from workshop.models import Playlist, PlaylistStory
from workshop.models.columns import new_id, now
from workshop.queries import playlists, rooms

LONGER = timedelta(seconds=30)


@command
def make(workshop: Any, words: Mapping[str, Any], user_id: str) -> str:
    """A new playlist, empty; returns its id."""
    row = Playlist(id=new_id(), workshop_id=workshop.id, **words)
    db.session.add(row)
    db.session.flush()
    audit("make playlist", user_id=user_id, organisation_id=workshop.organisation_id, thing=row.id)
    return row.id


@command
def add(workshop: Any, playlist: Any, contribution_id: str, note: str) -> None:
    """One more story, as the last; only one that this audience may hear. The same again changes its note."""
    if contribution_id not in {said.id for said in playlists.offered(playlist)} | _on_it(playlist):
        return
    known = db.session.get(PlaylistStory, (playlist.id, contribution_id))
    if known is None:
        last = sa.select(sa.func.coalesce(sa.func.max(PlaylistStory.position), 0))
        position = db.session.execute(last.where(PlaylistStory.playlist_id == playlist.id)).scalar_one() + 1
        known = PlaylistStory(playlist_id=playlist.id, contribution_id=contribution_id, position=position)
        db.session.add(known)
    known.note = note
    db.session.flush()
    announce(workshop.id, "changed_playlist")


@command
def take_out(workshop: Any, playlist: Any, contribution_id: str) -> None:
    of_it = (PlaylistStory.playlist_id == playlist.id, PlaylistStory.contribution_id == contribution_id)
    db.session.execute(sa.delete(PlaylistStory).where(*of_it))
    announce(workshop.id, "changed_playlist")


@command
def move_up(workshop: Any, playlist: Any, contribution_id: str) -> None:
    """Change places with the story before it."""
    order = [entry.said.id for entry in playlists.entries(playlist)]
    at = order.index(contribution_id) if contribution_id in order else 0
    if at == 0:
        return
    this, before = (db.session.get_one(PlaylistStory, (playlist.id, order[place])) for place in (at, at - 1))
    this.position, before.position = before.position, this.position
    db.session.flush()
    announce(workshop.id, "changed_playlist")


@command
def delete(workshop: Any, playlist: Any, user_id: str) -> None:
    db.session.execute(sa.delete(Playlist).where(Playlist.id == playlist.id))
    announce(workshop.id, "changed_playlist")
    audit("delete playlist", user_id=user_id, organisation_id=workshop.organisation_id, thing=playlist.id)


@command
def start(workshop: Any, playlist: Any) -> None:
    """The first content note is on the screen."""
    _show(rooms.workshop(workshop.id), playlist.id, 0, "note")


@command
def go_on(workshop: Any, seen: str) -> None:
    """From the note to the story, to silence, to the next note. `seen` is what the facilitator saw: a second tap on
    the same button does nothing."""
    fresh, here = _here(workshop)
    if here is None or here.tag != seen:
        return
    if here.step == "note":
        _show(fresh, here.playlist_id, here.at, "story")
    elif here.step == "story":
        seconds = playlists.one(here.playlist_id, fresh.id).seconds
        _show(fresh, here.playlist_id, here.at, "silence", now() + timedelta(seconds=seconds))
    elif here.step == "silence":
        _show(fresh, here.playlist_id, here.at + 1, "note")
    else:
        stop(fresh)


@command
def stay_longer(workshop: Any) -> None:
    """Half a minute more of silence, from now or from its end, whichever is later."""
    fresh, here = _here(workshop)
    if here is not None and here.step == "silence":
        ends = max(now(), _moment(here.ends)) + LONGER
        _show(fresh, here.playlist_id, here.at, "silence", ends)


@command
def stop(workshop: Any) -> None:
    """Back to what the room did before."""
    before = (workshop.stage or {}).get("activity")
    if before:
        running.put_on_screen(workshop, "activity", activity=before)
    else:
        running.put_on_screen(workshop, "join")


def _on_it(playlist: Any) -> set[str]:
    return {entry.said.id for entry in playlists.entries(playlist)}


def _here(workshop: Any) -> tuple[Any, playlists.Playing | None]:
    fresh: Any = rooms.workshop(workshop.id)
    stage = fresh.stage or {}
    return fresh, playlists.playing(fresh.id, stage) if stage.get("show") == "playlist" else None


def _show(workshop: Any, playlist_id: str, at: int, step: str, ends: datetime | None = None) -> None:
    place = {"playlist": playlist_id, "at": str(at), "step": step}
    before = (workshop.stage or {}).get("activity")
    place |= {"activity": before} if before else {}
    place |= {"ends": ends.isoformat(timespec="seconds")} if ends else {}
    running.put_on_screen(workshop, "playlist", **place)


def _moment(text: str | None) -> datetime:
    return datetime.fromisoformat(text) if text else now()
