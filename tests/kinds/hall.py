"""A hall full of ballots: cast by the same command as a phone's, without a phone for each of them."""

from collections.abc import Mapping
from typing import Any

from flask import render_template
from sqlalchemy import select

from tests.support.build import Room
from workshop.activities import kind_of
from workshop.commands import choosing, command, taking_part
from workshop.extensions import db, setting
from workshop.keys import new_token
from workshop.models import Participant
from workshop.models.columns import new_id
from workshop.queries import rooms

TRUSTED = {"settings": {"trusted_room": True}}  # columns of a workshop whose cards need no approval


def fill(room: Room, key: str, side: str, *ballots: Mapping[str, int]) -> None:
    """One person of this side for each ballot."""
    with room.app.app_context():
        _cast_all(room, key, side, ballots)


@command
def _cast_all(room: Room, key: str, side: str, ballots: tuple[Mapping[str, int], ...]) -> None:
    activity, workshop = room.activity(key), rooms.workshop(room.id)
    for ballot in ballots:
        person, _token = taking_part.join(workshop, "lived", new_token(), "en")
        seat = db.session.execute(select(Participant).where(Participant.id == person)).scalar_one()
        seat.side = side
        db.session.flush()
        choosing.cast(activity, seat, new_id(), ballot)


def results(room: Room, key: str) -> Any:
    """What the room sees of a counted choice."""
    with room.app.test_request_context():
        activity = room.activity(key)
        return kind_of(activity).results(activity, setting("ROOM_CELL"))


def results_page(room: Room, key: str) -> str:
    """The part `results` as the room sees it."""
    with room.app.test_request_context():
        activity = room.activity(key)
        kind = kind_of(activity)
        counted = kind.results(activity, setting("ROOM_CELL"))
        return render_template(kind.part("results"), results=counted, activity=activity, kind=kind)
