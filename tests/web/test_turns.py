"""Three minutes for each who speaks: ada gives the turn, the room's screen shows it, and nobody is cut off."""

import time_machine
from flask import Flask

from tests.support import build
from tests.support.people import People
from workshop.models.columns import now


def test_every_speaker_has_the_same_minutes_on_the_screen(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("story", {"slot_minutes": 3}))
    room.open("story")
    screen = people.stranger()
    screen.get(f"/s/{room.doors['screen']}")
    turn = f"{room.path}/console/activity/{room.activities['story']}/turn"
    assert "Next speaker, 3 min" in people.ada.get(f"{room.path}/console").text
    for number in (1, 2):
        assert people.ada.post(turn).status == 303
        assert f"Speaker {number}" in screen.get(f"{room.path}/screen").text
    with time_machine.travel(now().timestamp() + 600):
        assert room_is_open(room)


def room_is_open(room: build.Room) -> bool:
    """A turn that is over ends nothing."""
    with room.app.app_context():
        return bool(room.activity("story").state == "open")


def test_without_slots_nobody_is_timed(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    assert "Next speaker" not in people.ada.get(f"{room.path}/console").text
    people.ada.post(f"{room.path}/console/activity/{room.activities['story']}/turn")
    screen = people.stranger()
    screen.get(f"/s/{room.doors['screen']}")
    assert "Speaker" not in screen.get(f"{room.path}/screen").text
