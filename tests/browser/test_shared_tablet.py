"""A32: a tablet that goes from hand to hand forgets each person, and still sends what it could not send for them."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from tests.browser.device import Device, Devices
from tests.browser.doing import join
from tests.browser.waiting import SENT, WORDS, kept, line, lose_sendings, send, until, waiting
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser
READY = "River day"


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    return room


@pytest.fixture
def tablet(room: build.Room, phone: Device) -> Device:
    """One tap makes it shared; bea sits down with it."""
    phone.context.clock.install()
    phone.open(f"/j/{room.doors['lived']}/tablet")
    phone.press("Yes, it is shared")
    join(phone, room)
    return phone


def asks(tablet: Device) -> Locator:
    return tablet.page.get_by_role("dialog", name="Are you still there?")


def goes_by(tablet: Device, seconds: int) -> None:
    tablet.context.clock.fast_forward(seconds * 1000)


def is_ready_for_the_next(tablet: Device, room: build.Room) -> None:
    expect(tablet.page).to_have_url(re.compile(rf"/j/{room.doors['lived']}$"))
    assert tablet.h1 == READY
    assert not [each["name"] for each in tablet.context.cookies() if each["name"].startswith(("seat-", "receipt-"))]


@pytest.mark.shows("A32")
def test_left_alone_it_asks_and_then_forgets(room: build.Room, tablet: Device) -> None:
    tablet.page.get_by_label("Your words").fill(WORDS)
    goes_by(tablet, 65)
    expect(asks(tablet)).to_be_hidden()
    goes_by(tablet, 10)
    expect(asks(tablet)).to_contain_text("Seconds left: 15")
    goes_by(tablet, 20)
    is_ready_for_the_next(tablet, room)
    for _back in range(5):
        tablet.page.go_back(wait_until="commit")
        tablet.page.wait_for_load_state()
        assert WORDS not in tablet.page.content()
    tablet.page.reload()
    assert WORDS not in tablet.page.content()
    join(tablet, room)
    expect(tablet.page.get_by_label("Your words")).to_have_value("")
    assert WORDS not in tablet.page.content()


@pytest.mark.shows("A32")
def test_more_time_by_keyboard_and_no_letter_is_lost(room: build.Room, tablet: Device) -> None:
    tablet.page.get_by_label("Your words").fill(WORDS)
    goes_by(tablet, 75)
    expect(asks(tablet)).to_be_visible()
    expect(asks(tablet).get_by_role("button", name="More time")).to_be_focused()
    tablet.page.keyboard.press("Enter")
    expect(asks(tablet)).to_be_hidden()
    goes_by(tablet, 65)
    expect(asks(tablet)).to_be_hidden()
    expect(tablet.page.get_by_label("Your words")).to_have_value(WORDS)


@pytest.mark.shows("A32")
def test_what_was_not_sent_is_shown_to_nobody_and_still_arrives(room: build.Room, tablet: Device) -> None:
    tablet.page.get_by_label("Your words").fill(WORDS)
    tablet.press("Go on")
    tablet.page.route("**/a/*", lose_sendings)
    send(tablet)
    expect(line(tablet)).to_be_visible()
    goes_by(tablet, 100)
    is_ready_for_the_next(tablet, room)
    assert waiting(tablet) == ["phone"]
    join(tablet, room)
    tablet.open(f"{room.path}/my-words")
    assert WORDS not in tablet.page.content()
    assert kept(room) == []
    tablet.page.unroute("**/a/*")
    tablet.open(f"{room.path}/my-words")
    until(lambda: kept(room) == [WORDS], tablet)
    tablet.page.reload()
    assert "You have not given anything yet." in tablet.page.inner_text("main"), "it counts for its own person"
    assert WORDS not in tablet.page.content()
    until(lambda: waiting(tablet) == [], tablet)
    tablet.faults.clear()


@pytest.mark.shows("A32")
def test_without_network_nothing_is_on_the_screen_and_the_seat_goes_as_soon_as_it_can(
    room: build.Room, tablet: Device
) -> None:
    tablet.page.get_by_label("Your words").fill(WORDS)
    tablet.context.set_offline(True)
    goes_by(tablet, 100)
    expect(tablet.page.get_by_role("heading", name="Ready for the next person")).to_be_visible()
    assert WORDS not in tablet.page.content()
    tablet.context.set_offline(False)
    goes_by(tablet, 6)
    is_ready_for_the_next(tablet, room)
    tablet.faults.clear()


@pytest.mark.shows("A32")
def test_after_sending_it_is_passed_on_with_one_tap(room: build.Room, tablet: Device) -> None:
    tablet.page.get_by_label("Your words").fill(WORDS)
    tablet.press("Go on")
    send(tablet)
    tablet.page.wait_for_url(SENT)
    tablet.press("Next person, please")
    is_ready_for_the_next(tablet, room)
    tablet.page.go_back()
    is_ready_for_the_next(tablet, room)


def test_an_ordinary_phone_never_asks(room: build.Room, devices: Devices, phone: Device) -> None:
    phone.context.clock.install()
    join(phone, room)
    goes_by(phone, 200)
    assert phone.page.locator("dialog[data-tablet]").count() == 0
    assert not [url for url in phone.requests if "tablet" in url]
