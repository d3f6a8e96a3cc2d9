"""A phone whose browser runs no script: join, a story, a photo alone, a card, dots, take back."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.crowd import Crowd
from tests.browser.device import PHONE, Device, Devices
from tests.browser.doing import STORY, join, photo, tell
from tests.support import build
from tests.support.people import People
from workshop.consent import Viewer
from workshop.queries import choices, contributions

pytestmark = pytest.mark.browser


@pytest.fixture
def plain_phone(devices: Devices) -> Device:
    return devices(PHONE, java_script_enabled=False)


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    return build.workshop(app, people.organisation_id, "story", "cards", ("dots", {"items_from": "cards"}))


@pytest.mark.shows("A12")
def test_join_tell_and_take_back(room: build.Room, plain_phone: Device) -> None:
    room.open("story")
    join(plain_phone, room)
    tell(plain_phone)
    assert plain_phone.h1 == "Sent – safe"
    expect(plain_phone.page.locator(".six-words li")).to_have_count(6)
    plain_phone.open(f"{room.path}/my-words")
    expect(plain_phone.page.get_by_text(STORY)).to_be_visible()
    plain_phone.press("Open")
    plain_phone.press("Take it back")
    assert plain_phone.h1 == "Taken back"
    plain_phone.open(f"{room.path}/my-words")
    expect(plain_phone.page.get_by_text(STORY)).to_have_count(0)


@pytest.mark.shows("A12", "A16")
def test_a_photo_alone_is_a_story(app: Flask, room: build.Room, plain_phone: Device) -> None:
    room.open("story")
    join(plain_phone, room)
    tell(plain_phone, "", photo=photo("image.jpg"))
    assert plain_phone.h1 == "Sent – safe"
    with app.app_context():
        [said] = contributions.queue(room.id)
        seen = contributions.seen_through(Viewer.FACILITATOR, said.id, room.id)
    assert seen.text == ""
    assert seen.photo


@pytest.mark.shows("A12")
def test_a_card_and_dots(room: build.Room, people: People, plain_phone: Device) -> None:
    crowd = Crowd(room, people.ada.id)
    room.open("cards")
    join(plain_phone, room)
    plain_phone.page.get_by_role("textbox").fill("A roof at the stop")
    plain_phone.press("Go on")
    plain_phone.press("Send")
    assert plain_phone.h1 == "Sent – safe"
    crowd.say(crowd.come("lived")[0], "cards", "A bench at the stop")
    room.close("cards")
    room.open("dots")
    plain_phone.open(f"{room.path}/")
    plain_phone.page.get_by_label("A bench at the stop").check(force=True)
    plain_phone.press("Go on")
    plain_phone.press("Send")
    assert plain_phone.h1 == "Sent – safe"
    room.count("dots")
    assert ballots(room) == 1


def ballots(room: build.Room) -> int:
    with room.app.app_context():
        return len(choices.ballots(room.activities["dots"]))
