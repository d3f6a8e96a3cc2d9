"""A shared tablet, as the server sees it: made with one tap, passed on also without script, its pass opens no page."""

import re

import pytest
from flask import Flask

from tests.support import build
from tests.support.page import Page
from tests.support.people import Participant, People, Person
from workshop.extensions import db
from workshop.models import Contribution


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    return room


def sit_down(tablet: Person, room: build.Room) -> None:
    tablet.send(tablet.get(tablet.send(tablet.get(f"/j/{room.doors['lived']}")).location), role="Service user")


@pytest.fixture
def tablet(people: People, room: build.Room) -> Person:
    tablet = people.stranger()
    made = tablet.send(tablet.get(f"/j/{room.doors['lived']}/tablet"), go="tablet")
    assert made.location == f"/j/{room.doors['lived']}"
    sit_down(tablet, room)
    return tablet


def sent_by_the_outbox(tablet: Person, check: Page, **more: str) -> Page:
    fields = {**check.fields(), "go": "send", **more}
    fields.pop("csrf_token")
    return tablet.post(check.response.request.path, headers={"Accept": "application/json"}, **fields)


@pytest.mark.shows("A32")
def test_without_script_the_page_leaves_by_itself_and_the_next_person_begins(room: build.Room, tablet: Person) -> None:
    page = tablet.get(f"{room.path}/a/{room.activities['cards']}")
    assert page.response.headers["Cache-Control"] == "no-store"
    [after] = re.findall(r'http-equiv="refresh" content="120;url=([^"]+)"', page.html)
    assert tablet.get(after.split("token=")[0] + "token=guessed").location == f"{room.path}/"
    assert tablet.get(f"{room.path}/my-words").status == 200
    assert tablet.get(after).location == f"/j/{room.doors['lived']}"
    assert tablet.get(f"{room.path}/my-words").location == f"/j/{room.doors['lived']}"
    assert tablet.cookie(f"receipt-{room.id[:10]}") is None


@pytest.mark.shows("A32")
def test_what_waits_is_sent_in_the_name_of_who_left_and_no_page_is_shown_for_it(
    app: Flask, room: build.Room, tablet: Person
) -> None:
    check = tablet.send(tablet.get(f"{room.path}/a/{room.activities['cards']}"), text="A garden", go="next")
    left = tablet.get(f"{room.path}/my-words").html
    mark = re.findall(r'name="person" content="(\w+)"', left)[0]
    tablet.post(f"{room.path}/next-person")
    sit_down(tablet, room)
    again = tablet.post(
        check.response.request.path, **{**check.fields(), "csrf_token": "", "person": mark, "go": "next"}
    )
    assert again.status == 403, "a page would show what they wrote"
    assert sent_by_the_outbox(tablet, check, person=mark).status == 200
    assert sent_by_the_outbox(tablet, check, person=mark).status == 200, "once more is the same"
    assert "A garden" not in tablet.get(f"{room.path}/my-words").html
    with app.app_context():
        [said] = db.session.query(Contribution).all()
        assert (said.text, said.channel) == ("A garden", "tablet")


@pytest.mark.shows("A32")
def test_the_pass_of_who_left_is_no_seat(app: Flask, people: People, room: build.Room, tablet: Person) -> None:
    """Whoever takes it out of the tablet and puts it where a seat lies has nothing."""
    tablet.post(f"{room.path}/next-person")
    kept = tablet.cookie(f"left-{room.id[:10]}") or ""
    thief = people.stranger()
    thief.client.set_cookie(f"seat-{room.id[:10]}", kept, domain="localhost")
    assert thief.get(f"{room.path}/my-words").status == 403


def test_when_all_is_over_a_phone_keeps_its_role_and_only_a_shared_tablet_is_passed_on(
    people: People, room: build.Room, tablet: Person
) -> None:
    bea = people.bea(room)
    room.close("cards")
    for phone in (bea, tablet):
        assert offered(phone, room) == (True, True)
    people.ada.post(f"{room.path}/console/close", answer_by="2099-01-31")
    assert offered(bea, room) == (False, False)
    assert offered(tablet, room) == (False, True)
    assert "Next person" not in bea.see("leave").text
    assert bea.see("role").location == f"{room.path}/"
    bea.post(f"{room.path}/role", role="Professional")
    assert "Your role here: Service user" in bea.see().text


def offered(phone: Person, room: build.Room) -> tuple[bool, bool]:
    """Whether this page offers another role, and the next person."""
    page = phone.get(f"{room.path}/")
    return f"{room.path}/role" in page.links(), "Next person, please" in page.html.split("<dialog data-tablet")[0]


def test_one_tap_and_it_is_an_ordinary_device_again(room: build.Room, tablet: Person) -> None:
    tablet.send(tablet.get(f"/j/{room.doors['lived']}/tablet"), go="none")
    assert "http-equiv" not in tablet.get(f"{room.path}/my-words").html


def test_the_doors_page_shows_how_a_tablet_becomes_shared(people: People, room: build.Room) -> None:
    assert "A shared tablet" in people.ada.get(f"{room.path}/console/doors").text
    assert Participant(room.app, room).get(f"/j/{room.doors['lived']}/tablet").h1 == "Make this a shared tablet?"


@pytest.mark.shows("A32")
def test_who_asks_again_because_the_answer_was_lost_is_forgotten_all_the_same(
    app: Flask, room: build.Room, tablet: Person
) -> None:
    """The cookies were never taken away: the next answer takes them, and what waits can still be sent."""
    check = tablet.send(tablet.get(f"{room.path}/a/{room.activities['cards']}"), text="A garden", go="next")
    mark = re.findall(r'name="person" content="(\w+)"', tablet.get(f"{room.path}/my-words").html)[0]
    seat = f"seat-{room.id[:10]}"
    kept = tablet.cookie(seat) or ""
    tablet.post(f"{room.path}/next-person")
    tablet.client.delete_cookie(f"left-{room.id[:10]}")
    tablet.client.set_cookie(seat, kept)
    again = tablet.post(f"{room.path}/next-person", headers={"Accept": "application/json"})
    assert again.status == 403
    assert tablet.cookie(seat) is None
    assert sent_by_the_outbox(tablet, check, person=mark).status == 200
    with app.app_context():
        assert [row.text for row in db.session.query(Contribution)] == ["A garden"]
