"""What somebody agreed to can be read again later: the number beside their consent stands for these very sentences."""

import hashlib

import pytest
from flask import Flask

from tests.support import build
from tests.support.people import People
from workshop.commands import taking_part
from workshop.ladder import LADDER, ONLY_ME
from workshop.queries import contributions

# Each number with the seal of its sentences. A new wording gets a new line here, and CONSENT_TEXT its number.
WORDINGS = {"1": "abd2c8093f389030"}


def seal_of_the_ladder(app: Flask) -> str:
    with app.test_request_context("/?lang=en"):
        said = "\n".join(f"{int(rung.level)} {rung.title} {rung.text}" for rung in (ONLY_ME, *LADDER))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@pytest.mark.shows("P04")
def test_another_wording_of_the_ladder_has_another_number(app: Flask) -> None:
    assert WORDINGS[taking_part.CONSENT_TEXT] == seal_of_the_ladder(app), "raise CONSENT_TEXT, and add a line here"


@pytest.mark.shows("P04")
def test_every_contribution_says_what_was_agreed_and_when(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story", "cards")
    room.open("story", "cards")
    bea = people.bea(room)
    bea.tell("story", "The lift was broken.", level=3)
    bea.write("cards", "A bench")
    with app.app_context():
        for words in bea.words():
            said = contributions.one(words, room.id)
            assert (said.consent["text"], said.consent["language"]) == (taking_part.CONSENT_TEXT, "en")
            assert said.consent["how"] in ("read", "helper", "paper", "hands", "tablet")
            assert said.said_at is not None


@pytest.mark.shows("P04")
@pytest.mark.parametrize(("said", "kept"), [("listened", "listened"), ("read", "read"), ("by force", "read")])
def test_consent_that_was_listened_to_says_so(app: Flask, people: People, said: str, kept: str) -> None:
    """Script says it on the page with the ladder; it travels along to the sending."""
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = people.bea(room)
    page = bea.send(bea.ask("story"), text="The lift was broken.", go="next")
    page = bea.send(page, level="3", how=said, go="next")
    assert page.h1 == "Is this right?"
    bea.send(page, go="send")
    with app.app_context():
        assert contributions.one(bea.words()[0], room.id).consent["how"] == kept
