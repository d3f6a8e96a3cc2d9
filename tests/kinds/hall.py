"""A hall full of ballots: cast by the same command as a phone's, without a phone for each of them."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, render_template
from sqlalchemy import select

from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.activities import Table, kind_of
from workshop.commands import choosing, command, taking_part
from workshop.consent import Viewer
from workshop.extensions import db, setting
from workshop.keys import new_token
from workshop.models import Participant
from workshop.models.columns import new_id
from workshop.queries import rooms

TRUSTED = {"settings": {"trusted_room": True}}  # columns of a workshop whose cards need no approval

LINES = "Bus stop\nGarden\nLift"


def asked(app: Flask, people: People, kind: str, **settings: Any) -> Room:
    """A room in which this choice is open, of three lines if nothing else is said."""
    room = build.workshop(app, people.organisation_id, (kind, {"items": LINES} | settings))
    room.open(kind)
    return room


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


def handed_on(room: Room, key: str) -> list[str]:
    """The words of what a later activity takes up, in their order."""
    with room.app.test_request_context():
        return [item.text for item in kind_of(room.activity(key)).items(room.activity(key))]


def exported(room: Room, key: str) -> list[list[dict[str, Any]]]:
    """The tables that the organiser exports, each row by the names of its columns."""
    with room.app.test_request_context():
        tables = kind_of(room.activity(key)).tables(room.activity(key), Viewer.ORGANISER_EXPORT)
        return [_by_column(table) for table in tables]


def _by_column(table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]
