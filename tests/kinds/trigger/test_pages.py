"""A case is heard, everybody says alone what struck them, and only then it is shown."""

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People

CASE = {"note": "It is about a death.", "case": "A man waits for a letter."}


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    room = build.workshop(app, people.organisation_id, ("trigger", CASE), **hall.TRUSTED)
    room.open("trigger")
    return room


def test_the_note_stands_before_the_case(people: People, room: Room) -> None:
    screen = people.ada.get(f"{room.path}/screen").text
    assert screen.index("It is about a death.") < screen.index("A man waits for a letter.")
    assert "It is about a death." in people.bea(room).ask("trigger").text


@pytest.mark.shows("P19")
def test_nobody_sees_what_struck_others_before_the_close(people: People, room: Room) -> None:
    bea, cem = people.bea(room), people.cem(room)
    bea.write("trigger", "That nobody called.")
    assert "That nobody called." not in people.ada.get(f"{room.path}/screen").text
    assert "That nobody called." not in cem.ask("trigger").text
    room.close("trigger")
    people.ada.post(f"{room.path}/console/activity/{room.activities['trigger']}/show")
    assert "That nobody called." in people.ada.get(f"{room.path}/screen").text


def test_the_console_leads_to_the_stories(people: People, room: Room) -> None:
    assert f"{room.path}/console/stories" in people.ada.get(f"{room.path}/console").links()
