"""Nothing appears above its level on any surface: the rule for a row, the rule for the database, and every page."""

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.support import build
from tests.support.people import People, Person
from workshop.commands import command, moderating, taking_part
from workshop.consent import LOWEST, Level, Viewer, audience, may_be_public, may_see, visible_to
from workshop.extensions import db
from workshop.models import Contribution
from workshop.models.columns import now
from workshop.queries import contributions

STATES = ("waiting", "shown", "hidden", "asked", "held")
EVERY_WAY = list(product(Level, STATES, (None, now())))


def row(level: Level, state: str, yes: object) -> SimpleNamespace:
    return SimpleNamespace(level=level, state=state, public_yes_at=yes, kind="card")


@pytest.mark.shows("P03")
@pytest.mark.parametrize("viewer", Viewer)
def test_nobody_sees_above_the_level(viewer: Viewer) -> None:
    for level, state, yes in EVERY_WAY:
        if may_see(row(level, state, yes), viewer):
            assert level >= LOWEST[viewer]
            assert viewer in (Viewer.TELLER, Viewer.FACILITATOR) or state == "shown"
            assert viewer is not Viewer.PUBLIC or yes is not None


def test_lowering_never_adds_a_viewer() -> None:
    for level, state, yes in EVERY_WAY:
        for lower in Level:
            if lower <= level:
                assert audience(row(lower, state, yes)) <= audience(row(level, state, yes))


def test_only_me_means_only_me() -> None:
    for state, yes in product(STATES, (None, now())):
        assert audience(row(Level.ONLY_ME, state, yes)) == {Viewer.TELLER}


@pytest.mark.shows("P03")
def test_the_database_says_the_same_as_the_rule(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    with app.app_context():
        ids = plant(room, EVERY_WAY)
        for viewer in Viewer:
            seen = set(db.session.execute(visible_to(sa.select(Contribution.id), viewer)).scalars())
            expected = {ids[number] for number, way in enumerate(EVERY_WAY) if may_see(row(*way), viewer)}
            assert seen == expected, viewer


@pytest.mark.shows("P03", "P19")
def test_every_surface_of_the_room_keeps_every_level(app: Flask, people: People) -> None:
    """One contribution of each level and state; then everything that anybody can read of the room."""
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    with app.app_context():
        plant(room, EVERY_WAY)
    cem = people.cem(room)
    screen = people.stranger()
    screen.get(f"/s/{room.doors['screen']}")
    room_sees = {text(*way) for way in EVERY_WAY if may_see(row(*way), Viewer.ROOM)}
    nobody_sees = {text(*way) for way in EVERY_WAY} - room_sees
    for person, path in surfaces(cem, screen, room):
        page = person.follow(path)
        html = page.html or page.response.get_data(as_text=True)
        assert page.status == 200, path
        assert not {words for words in nobody_sees if words in html}, path
    assert {words for words in room_sees if words in cem.ask("cards").html} == room_sees


def surfaces(cem: Person, screen: Person, room: build.Room) -> list[tuple[Person, str]]:
    phone = ["", "/look-up", "/my-words", "/help", f"/a/{room.activities['cards']}"]
    parts = ["now", "look-up", "wall"]
    return [
        *((cem, room.path + "/" + path.lstrip("/")) for path in phone),
        *((cem, f"{room.path}/parts/phone/{name}") for name in parts),
        (screen, f"{room.path}/parts/screen/screen"),
        (screen, f"{room.path}/screen"),
    ]


def text(level: Level, state: str, yes: object) -> str:
    return f"words-{level.name}-{state}-{'yes' if yes else 'no'}-end"


@command
def plant(room: build.Room, ways: list[tuple[Level, str, object]]) -> list[str]:
    ids = []
    for level, state, yes in ways:
        said = Contribution(
            id=f"{len(ids):032x}",
            workshop_id=room.id,
            activity_id=room.activities["cards"],
            kind="card",
            side="lived",
            text=text(level, state, yes),
            level=level,
            state=state,
            public_yes_at=yes,
            digest="0" * 64,
        )
        db.session.add(said)
        ids.append(said.id)
    db.session.flush()
    return ids


@pytest.mark.shows("P07")
def test_the_public_needs_a_second_yes_a_day_later_and_a_change_asks_anew(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", "The ramp is too steep.", level=5)
    [story] = bea.words()
    ada = people.ada.id
    with app.app_context():
        said = contributions.one(story, room.id)
        assert not may_be_public(said, now())
        assert not may_be_public(said, now() + timedelta(hours=23))
        assert may_be_public(said, now() + timedelta(hours=25))
        moderating.approve(said, ada, recognisable=False)
        assert Viewer.PUBLIC not in audience(contributions.one(story, room.id))
        assert Viewer.REPORT in audience(contributions.one(story, room.id))
        taking_part.say_yes_to_public(said)
        assert Viewer.PUBLIC in audience(contributions.one(story, room.id))
        moderating.edit(contributions.one(story, room.id), "The ramp is steep.", "shorter", ada)
        assert Viewer.PUBLIC not in audience(contributions.one(story, room.id))


@pytest.mark.shows("P04")
def test_the_proof_of_consent_says_what_was_agreed_in_which_words_and_how(app: Flask, people: People) -> None:
    """P04."""
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", "A story", level=3)
    with app.app_context():
        proof = contributions.one(bea.words()[0], room.id).consent
        assert {"text": proof["text"], "language": proof["language"], "how": proof["how"]} == {
            "text": "1",
            "language": "en",
            "how": "read",
        }
        assert (proof["quote"], proof["contact"]) == (False, False)
