"""One-time cards: printed once, each lets one person in once, and the result says so."""

import re

import pytest
from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People, Person
from workshop.commands import writing
from workshop.commands.running import count_now
from workshop.extensions import db
from workshop.models import OneTimeCard
from workshop.models import Participant as Row
from workshop.queries import cards, rooms

LINE = "own1"


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    made = build.workshop(app, people.organisation_id, ("dots", {"items": "A bench\nA roof"}))
    made.open("dots")
    return made


def printed(people: People, room: Room, lived: int = 2, service: int = 0, again: Page | None = None) -> list[str]:
    """Ada prints a sheet; the codes as they stand on it."""
    form = again or people.ada.get(f"{room.path}/console/cards")
    sheet = people.ada.send(form, lived=str(lived), service=str(service))
    assert sheet.status == 200, sheet.text
    return [code.replace(" ", "") for code in re.findall(r'card-code" dir="ltr">([A-Z0-9 ]+)<', sheet.html)]


def only_with_a_card(people: People, room: Room) -> None:
    people.ada.post(f"{room.path}/console/cards/only/yes")


def come_in(person: Person, code: str) -> Page:
    return person.send(person.get(f"/c/{code}"))


def choose(person: Person, room: Room) -> None:
    page = person.get(f"{room.path}/a/{room.activities['dots']}")
    person.send(person.send(page, go="next", **{f"choice-{LINE}": "1"}), go="send")


def count(room: Room) -> None:
    with room.app.app_context(), writing():
        count_now(rooms.activity(room.activities["dots"], room.id), [LINE, "own2"])


def tally(room: Room) -> tuple[int, int, int]:
    with room.app.app_context():
        found = cards.tally(room.id)
        return found.printed, found.used, found.refused


@pytest.mark.shows("S06")
def test_a_card_lets_one_person_in_and_no_second_one(app: Flask, people: People, room: Room) -> None:
    first, _second = printed(people, room)
    bea, other = Person(app), Person(app)
    come_in(bea, first)
    assert bea.get(f"{room.path}/role").status == 200
    page = other.get(f"/c/{first}")
    assert (page.status, page.h1) == (409, "This card was used already")
    assert other.get(f"{room.path}/role").status != 200
    assert bea.get(f"/c/{first}").status == 303, "her own phone goes on where it was"
    assert tally(room) == (2, 1, 1)


@pytest.mark.shows("S06")
def test_two_who_press_at_the_same_time_are_one(app: Flask, people: People, room: Room) -> None:
    """Both pages were open before the card was used."""
    first, _second = printed(people, room)
    bea, other = Person(app), Person(app)
    pages = bea.get(f"/c/{first}"), other.get(f"/c/{first}")
    assert bea.send(pages[0]).status == 303
    assert other.send(pages[1]).status == 409


def test_a_second_tap_is_the_same_person(app: Flask, people: People, room: Room) -> None:
    first, _second = printed(people, room)
    bea = Person(app)
    page = bea.get(f"/c/{first}")
    bea.send(page)
    assert bea.send(page).status == 303
    with app.app_context():
        assert db.session.query(Row).filter_by(workshop_id=room.id).count() == 1


@pytest.mark.shows("S06")
def test_the_sheet_is_shown_once_and_its_codes_are_kept_nowhere(app: Flask, people: People, room: Room) -> None:
    form = people.ada.get(f"{room.path}/console/cards")
    codes = printed(people, room, 3, 2, again=form)
    assert len(set(codes)) == 5
    assert printed(people, room, 3, 2, again=form) == codes, "sent twice, it is one sheet"
    assert not set(printed(people, room, 3, 2)) & set(codes)
    with app.app_context():
        kept = [row.seal for row in db.session.query(OneTimeCard)]
    assert len(kept) == 10
    assert not set(kept) & set(codes)
    assert not any(code in people.ada.get(f"{room.path}/console/cards").html for code in codes)


@pytest.mark.shows("S06")
def test_nobody_comes_in_without_one_when_a_card_is_needed(app: Flask, people: People, room: Room) -> None:
    bea = people.bea(room)
    code, _second = printed(people, room)
    only_with_a_card(people, room)
    stranger = Person(app)
    page = stranger.get(f"/j/{room.doors['lived']}")
    assert (page.status, page.h1) == (403, "You need a card")
    assert stranger.post(f"/j/{room.doors['lived']}").status == 403
    assert bea.see("my-words").status == 200, "who is in stays in"
    assert stranger.send(page, code=f"{code[:5].lower()} {code[5:]}").location.endswith(f"/c/{code}")


@pytest.mark.shows("S06")
def test_the_result_says_how_people_came_in(app: Flask, people: People, room: Room) -> None:
    codes = printed(people, room)
    for code in codes:
        person = Person(app)
        come_in(person, code)
        choose(person, room)
    count(room)
    shown = people.ada.get(f"{room.path}/results").text
    assert "One card for each person: 2 of 2 cards were used." in shown
    assert "Anyone with the link" not in shown


@pytest.mark.shows("S06")
def test_one_who_came_by_the_link_makes_it_an_open_choice(app: Flask, people: People, room: Room) -> None:
    person = Person(app)
    come_in(person, printed(people, room)[0])
    choose(person, room)
    choose(Participant(app, room), room)
    count(room)
    assert "Anyone with the link could choose, maybe twice." in people.ada.get(f"{room.path}/results").text


def test_a_made_up_card_opens_nothing(app: Flask, room: Room) -> None:
    stranger = Person(app)
    assert stranger.get("/c/ABCDEFGHJK").h1 == "This code opens nothing now"
    assert stranger.get("/c/abc").status == 404


@pytest.mark.parametrize("number", ["-1", "201", "many"])
def test_too_many_cards_are_refused_in_words(people: People, room: Room, number: str) -> None:
    page = people.ada.send(people.ada.get(f"{room.path}/console/cards"), lived=number, service="0")
    assert page.status == 422
    assert tally(room) == (0, 0, 0)
