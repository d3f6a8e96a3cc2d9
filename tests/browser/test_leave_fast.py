"""A35: on a workshop with a sensitive subject one press shows a harmless page, and what was typed is gone."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.doing import join
from tests.browser.waiting import WORDS, kept, line, lose_sendings, send, until, waiting
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "cards", settings={"sensitive": True})
    room.open("cards")
    return room


def is_harmless(phone: Device, room: build.Room) -> None:
    phone.page.wait_for_url("**/today")
    words = phone.page.content()
    assert WORDS not in words
    assert "River day" not in words


def shift_twice(phone: Device) -> bool:
    """Another key before them begins the count anew. True once the page's script is there and says what is next."""
    for key in ("a", "Shift", "Shift"):
        phone.page.keyboard.press(key)
    return phone.page.get_by_role("status").filter(has_text="Shift once more leaves this page.").count() == 1


@pytest.mark.shows("A35")
def test_one_press_and_a_harmless_page_takes_the_place_of_this_one(room: build.Room, phone: Device) -> None:
    join(phone, room)
    phone.page.get_by_label("Your words").fill(WORDS)
    before = phone.page.evaluate("history.length")
    phone.page.get_by_role("link", name="Leave this page fast").click()
    is_harmless(phone, room)
    assert phone.page.evaluate("history.length") == before, "it stands in the place of the page that was left"
    phone.open(f"{room.path}/")
    expect(phone.page.get_by_label("Your words")).to_have_value("")


@pytest.mark.shows("A35")
def test_shift_three_times_from_the_keyboard(room: build.Room, phone: Device) -> None:
    phone.open(f"/j/{room.doors['lived']}")
    expect(phone.page.get_by_role("link", name="Leave this page fast")).to_be_visible()
    join(phone, room)
    until(lambda: shift_twice(phone), phone)
    shift_twice(phone)
    assert phone.path != "/today", "four times, and another key in between: nobody leaves"
    phone.page.keyboard.press("Shift")
    is_harmless(phone, room)


@pytest.mark.shows("A35")
def test_what_waits_to_be_sent_is_not_lost(room: build.Room, phone: Device) -> None:
    join(phone, room)
    phone.page.get_by_label("Your words").fill(WORDS)
    phone.press("Go on")
    phone.page.route("**/a/*", lose_sendings)
    send(phone)
    expect(line(phone)).to_be_visible()
    phone.page.get_by_role("link", name="Leave this page fast").click()
    is_harmless(phone, room)
    assert waiting(phone) == ["phone"]
    phone.page.unroute("**/a/*")
    phone.open(f"{room.path}/my-words")
    until(lambda: kept(room) == [WORDS], phone)
    phone.faults.clear()


@pytest.mark.shows("A35")
def test_it_says_that_the_history_is_not_erased(room: build.Room, phone: Device) -> None:
    join(phone, room)
    phone.page.get_by_role("link", name="What it does").click()
    expect(phone.page.get_by_text("The history of the browser is not erased.")).to_be_visible()


def test_where_the_subject_is_not_sensitive_there_is_no_such_button(app: Flask, people: People, phone: Device) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    join(phone, room)
    assert phone.page.locator("[data-leave-fast]").count() == 0
