"""A pause: phones rest, say when it goes on, and nothing can be sent."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.people import People


def test_bea_sees_the_organisers_words_and_when_it_goes_on(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "pause")
    room.open("pause")
    page = people.bea(room).follow(f"{room.path}/")
    assert page.h1 == "Pause"
    assert "What about pause?" in page.text
    with app.app_context():
        ends = room.activity("pause").ends_at
    assert f"We go on at {ends:%H:%M}" in page.text
    assert [time.get("datetime") for time in page.all("time")] == [ends.isoformat()]


@pytest.mark.parametrize(("sort", "wish"), [("meal", "Enjoy your meal."), ("night", "Good night."), ("", "A break.")])
def test_the_screen_wishes_what_fits(app: Flask, people: People, sort: str, wish: str) -> None:
    room = build.workshop(app, people.organisation_id, ("pause", {"sort": sort} if sort else {}))
    room.open("pause")
    assert wish in people.ada.get(f"{room.path}/screen").text


def test_when_the_room_goes_on_the_phone_is_sent_on(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "pause", "cards")
    room.open("pause")
    bea = people.bea(room)
    assert f'data-follow="{room.path}/"' in bea.ask("pause").html
    room.close("pause")
    room.open("cards")
    assert bea.follow(f"{room.path}/").h1 == "What about cards?"
