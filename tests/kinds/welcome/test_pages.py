"""The welcome: the power statement and our rules on every phone, to read or to hear, with nothing to send."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.people import People


def test_bea_reads_what_is_open_who_decides_and_our_rules(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "welcome")
    room.open("welcome")
    page = people.bea(room).follow(f"{room.path}/")
    assert page.h1 == "Welcome"
    for told in ("open to change is stated", "not open is stated", "who decides is stated", "answer when is stated"):
        assert told in page.text
    assert "You can pass, stop or leave at any time." in page.text
    assert "A facilitator reads every story first." in page.text
    assert 'data-listen="aloud"' in page.html


@pytest.mark.shows("P24")
def test_the_rules_can_be_ones_own(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("welcome", {"rules": "Phones on silent.\n\nCoffee is free."}))
    room.open("welcome")
    page = people.bea(room).ask("welcome")
    assert "Coffee is free." in page.text
    assert "You can pass" not in page.text


def test_there_is_nothing_to_send(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "welcome")
    room.open("welcome")
    bea = people.bea(room)
    sent = bea.post(f"{room.path}/a/{room.activities['welcome']}", go="send")
    assert sent.status == 303
    assert bea.get(sent.location).h1 == "Welcome"
