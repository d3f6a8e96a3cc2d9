"""cem promises on his phone: what, who, by when, or «we cannot, because»; ada follows it up."""

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People
from workshop.queries import promises


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    room = build.workshop(app, people.organisation_id, "commitments", **hall.TRUSTED)
    room.open("commitments")
    return room


def promise(cem: Participant, what: str = "We call back in two days.", day: str = "2099-05-01") -> Page:
    page = begin(cem, what, "promise")
    page = cem.send(page, who="Kim, front desk", go="next")
    return cem.send(cem.send(page, by_date=day, go="next"), go="send")


def begin(cem: Participant, what: str, sort: str) -> Page:
    """A promise or a no, and what it is about."""
    return cem.send(cem.send(cem.ask("commitments"), sort=sort, go="next"), what=what, go="next")


def test_a_promise_has_what_who_and_when_and_the_screen_never_says_who(people: People, room: Room) -> None:
    cem = people.cem(room)
    assert cem.follow(promise(cem).location).h1 == "Sent – safe"
    screen = people.ada.get(f"{room.path}/screen").text
    assert "We call back in two days." in screen
    assert "Kim" not in screen
    listed = people.ada.get(f"{room.path}/promises").text
    assert "Kim, front desk" in listed


def test_a_no_needs_its_reason_and_nothing_else(people: People, room: Room) -> None:
    cem = people.cem(room)
    page = begin(cem, "Open on Sundays", "cannot")
    assert page.h1 == "Why not?"
    page = cem.send(page, why="", go="next")
    assert "People deserve a reason." in page.text
    cem.send(cem.send(page, why="Nobody pays for it.", go="next"), go="send")
    assert "We cannot, because Nobody pays for it." in people.ada.get(f"{room.path}/screen").text


def test_a_promise_without_a_day_is_asked_for_one(people: People, room: Room) -> None:
    cem = people.cem(room)
    page = cem.send(begin(cem, "We call back.", "promise"), who="", go="next")
    assert "Please say who does it." in page.text
    page = cem.send(cem.send(page, who="My team", go="next"), by_date="", go="next")
    assert "Please choose a day." in page.text


@pytest.mark.shows("P19")
def test_a_promise_in_somebodys_words_waits_for_approval(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "commitments")
    room.open("commitments")
    cem = people.cem(room)
    promise(cem)
    assert "We call back" not in people.ada.get(f"{room.path}/screen").text
    assert "We call back" not in people.ada.get(f"{room.path}/results").text
    assert "We call back" not in people.ada.get(f"{room.path}/promises").text


@pytest.mark.shows("P06")
def test_a_promise_goes_with_the_words_in_which_it_was_given(app: Flask, people: People, room: Room) -> None:
    cem = people.cem(room)
    promise(cem)
    cem.post(f"{room.path}/words/{cem.words()[0]}/take-back")
    with app.app_context():
        assert not promises.of_workshop(room.id)
        assert not promises.promises(room.activities["commitments"])


def test_how_promises_stand(app: Flask, people: People, room: Room) -> None:
    cem = people.cem(room)
    for what, day in (("One", "2020-01-01"), ("Two", "2020-01-02"), ("Three", "2099-01-01")):
        promise(cem, what, day)
    with app.app_context():
        named = {each.what: each.id for each in promises.of_workshop(room.id)}
    people.ada.post(f"{room.path}/promises/{named['One']}", state="kept", word="")
    with app.app_context():
        kept = promises.kept(promises.of_workshop(room.id))
    assert (kept.promised, kept.kept, kept.due, kept.silent) == (3, 1, 2, 1)
