"""Ada sees at the console who is there: locked doors, a new code, calls for help, sides to confirm."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.page import data_of
from tests.support.people import Participant, People
from tests.web.test_console import console, press
from workshop.queries import contributions, rooms


def test_locked_doors_keep_new_people_out_and_those_inside_in(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    bea = people.bea(room)
    assert "The doors are locked." in people.ada.follow(press(people.ada, room, "doors/lock").location).text
    assert people.stranger().get(f"/j/{room.doors['lived']}").status == 404
    assert bea.see("my-words").status == 200
    assert "doors closed" in console(people.ada, room).text
    press(people.ada, room, "doors/unlock")
    assert people.stranger().get(f"/j/{room.doors['lived']}").status == 200


@pytest.mark.shows("S01")
def test_a_new_code_shuts_every_old_way_in(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    bea, projector = people.bea(room), people.stranger()
    projector.get(f"/s/{room.doors['screen']}")
    fresh = people.ada.follow(press(people.ada, room, "doors/new").location)
    assert room.code not in fresh.text
    stranger = people.stranger()
    assert stranger.send(stranger.get("/join"), code=room.code).status == 422
    assert [stranger.get(f"/j/{room.doors[side]}").status for side in ("lived", "service")] == [404, 404]
    assert stranger.get(f"/s/{room.doors['screen']}").status == 404
    assert projector.get(f"{room.path}/screen").status == 403
    assert bea.see("my-words").status == 200


def test_a_call_for_help_reaches_the_console_and_is_answered(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    people.bea(room).post(f"{room.path}/help")
    page = console(people.ada, room)
    assert "Somebody asks for help" in page.text
    assert "person needs help" in page.text
    with app.app_context():
        [call] = rooms.help_requests(room.id)
    press(people.ada, room, f"help/{call.id}")
    assert "Somebody asks for help" not in console(people.ada, room).text


def test_who_came_by_the_other_door_counts_as_others_until_ada_says_yes(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    cem = Participant(app, room, "Professional", "lived")
    cem.write("cards", "A shorter form")
    assert "Works in the service?" in console(people.ada, room).text
    with app.app_context():
        [person] = rooms.waiting_for_confirmation(room.id)
        assert contributions.queue(room.id)[0].side == "other"
    press(people.ada, room, f"people/{person.id}/yes")
    with app.app_context():
        assert contributions.queue(room.id)[0].side == "service"
        assert rooms.person(person.id, room.id).side == "service"
    assert "Works in the service?" not in console(people.ada, room).text


def test_few_people_are_not_told_apart_by_side(app: Flask, people: People) -> None:
    """Presence holds to the small cells: in steps of five, both sides or neither."""
    room = build.workshop(app, people.organisation_id, "story")
    for _ in range(5):
        people.bea(room)
    for _ in range(4):
        people.cem(room)
    numbers = data_of(people.ada.get(f"{room.path}/numbers"))
    assert numbers == {"people": "9", "people-words": "people are in", "few": "by side: too few to say"}
    people.cem(room)
    numbers = data_of(people.ada.get(f"{room.path}/numbers"))
    assert (numbers["lived-short"], numbers["service-short"]) == ("5+ lived experience", "5+ of the service")
