"""One room from the code to the butterfly: a phone, the console and the room's screen at once."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.crowd import Crowd
from tests.browser.device import Device
from tests.browser.doing import STORY, join, photo, sign_in, tell
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    """A story, cards, and dots for the cards; nothing is open yet."""
    return build.workshop(app, people.organisation_id, "story", "cards", ("dots", {"items_from": "cards"}))


def test_the_code_on_the_screen_lets_bea_in(room: build.Room, phone: Device, projector: Device) -> None:
    projector.open(f"/s/{room.doors['screen']}")
    code = projector.page.locator(".code").inner_text()
    phone.open("/join")
    phone.page.get_by_role("textbox").fill(code.lower())
    phone.enter()
    assert phone.h1 == "River day"


@pytest.mark.shows("P06", "P19")
def test_a_story_is_told_approved_shown_and_taken_back(
    room: build.Room, people: People, phone: Device, laptop: Device, projector: Device
) -> None:
    room.open("story")
    projector.open(f"/s/{room.doors['screen']}")
    sign_in(laptop, people)
    laptop.open(f"{room.path}/console")
    join(phone, room)
    tell(phone, photo=photo("bus-stop.jpg"))
    assert phone.h1 == "Sent – safe"
    assert len(phone.page.locator(".six-words li").all()) == 6

    expect(laptop.page.locator("#front .words")).to_contain_text("a bus that never came")
    expect(laptop.page.locator("#front img.photo")).to_have_count(1)  # what comes later is read again
    assert projector.page.get_by_text(STORY).count() == 0, "nothing is on the screen before it is approved"
    laptop.page.locator("button[name=recognisable][value=no]").click()
    expect(projector.page.get_by_text(STORY)).to_be_visible()
    expect(laptop.page.get_by_text("Nothing waits")).to_be_visible()

    phone.open(f"{room.path}/my-words")
    phone.press("Open")
    phone.press("Take it back")
    assert phone.h1 == "Taken back"
    expect(projector.page.get_by_text(STORY)).to_have_count(0)


def test_cards_become_dots_and_dots_a_butterfly(
    room: build.Room, people: People, phone: Device, laptop: Device, projector: Device
) -> None:
    room.open("cards")
    projector.open(f"/s/{room.doors['screen']}")
    sign_in(laptop, people)
    laptop.open(f"{room.path}/console")
    join(phone, room)
    phone.page.get_by_role("textbox").fill("A bench at the stop")
    phone.press("Go on")
    phone.press("Send")
    laptop.page.locator("#front").get_by_role("button", name="Approve").click()
    expect(projector.page.get_by_text("A bench at the stop")).to_be_visible()

    crowd = Crowd(room, people.ada.id)
    lived, service = crowd.come("lived", 5), crowd.come("service", 6)
    bench = crowd.say(lived[0], "cards", "A later appointment when the bus is late")
    stage = laptop.page.locator("#stage")
    stage.get_by_role("button", name="Next: Dots").click()
    expect(projector.page.locator(".question")).to_have_text("What about dots?")
    phone.open(f"{room.path}/")
    phone.page.get_by_label("A bench at the stop").check(force=True)
    phone.press("Go on")
    phone.press("Send")
    crowd.choose(lived, "dots", {bench: 1})
    crowd.choose(service, "dots", {bench: 1})
    stage.get_by_role("button", name="Close and count").click()
    stage.get_by_role("button", name="Count now").click()
    stage.get_by_role("button", name="Show the results").click()
    butterfly = projector.page.locator(".butterfly")
    expect(butterfly).to_be_visible()
    expect(butterfly).to_contain_text("A later appointment when the bus is late")
