"""No mouse, no touch: everything by Tab, arrows, space and Enter, with the focus always in sight."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser import measures
from tests.browser.crowd import Crowd
from tests.browser.device import Device
from tests.browser.doing import sign_in
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser
MOST_STEPS = 80


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    return build.workshop(app, people.organisation_id, "story", "cards", ("dots", {"items_from": "cards"}))


def tab_to(device: Device, label: str) -> None:
    """Press Tab until the focus is on what these words name."""
    page = device.page
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        named = page.evaluate("""() => {
          const here = document.activeElement;
          const words = here.labels?.[0]?.innerText || here.ariaLabel || here.innerText || '';
          return words.trim();
        }""")
        if named.startswith(label):
            return
    raise AssertionError(f"Tab never came to «{label}»")


def enter(device: Device, label: str) -> None:
    tab_to(device, label)
    device.enter()


@pytest.mark.shows("A01")
def test_join_and_tell_a_story(room: build.Room, laptop: Device) -> None:
    room.open("story")
    laptop.open(f"/j/{room.doors['lived']}")
    enter(laptop, "Come in")
    tab_to(laptop, "Service user")
    laptop.page.keyboard.press("Space")
    enter(laptop, "Go on")
    tab_to(laptop, "Your words")
    laptop.page.keyboard.type("The lift was out of order.")
    enter(laptop, "Go on")
    enter(laptop, "Go on")
    climb_the_ladder(laptop)
    enter(laptop, "Go on")
    enter(laptop, "Send")
    assert laptop.h1 == "Sent – safe"


def climb_the_ladder(device: Device) -> None:
    """Tab comes to the rung that is chosen; the arrows climb."""
    for _step in range(MOST_STEPS):
        device.page.keyboard.press("Tab")
        if device.page.evaluate("() => document.activeElement.name === 'level'"):
            break
    device.page.keyboard.press("ArrowDown")
    assert device.page.evaluate("() => document.activeElement.value") == "2"
    assert device.page.locator("#level-2").is_checked()


@pytest.mark.shows("A03")
def test_dots(room: build.Room, people: People, laptop: Device) -> None:
    crowd = Crowd(room, people.ada.id)
    room.open("cards")
    crowd.say(crowd.come("lived")[0], "cards", "A bench at the stop")
    room.close("cards")
    room.open("dots")
    laptop.open(f"/j/{room.doors['lived']}")
    enter(laptop, "Come in")
    enter(laptop, "Go on")
    tab_to(laptop, "A bench at the stop")
    laptop.page.keyboard.press("Space")
    enter(laptop, "Go on")
    enter(laptop, "Send")
    assert laptop.h1 == "Sent – safe"


def test_the_queue_by_single_keys(room: build.Room, people: People, laptop: Device) -> None:
    crowd = Crowd(room, people.ada.id)
    room.open("cards")
    [seat] = crowd.come("lived")
    for text in ("A bench at the stop", "A roof at the stop", "Somebody's full name"):
        crowd.say(seat, "cards", text, shown=False)
    sign_in(laptop, people)
    page = laptop.open(f"{room.path}/console")
    words = page.locator("#front .words")
    expect(words).to_contain_text("A bench")
    page.keyboard.press("a")
    expect(words).to_contain_text("A roof")
    page.keyboard.press("e")
    expect(page.locator("#front textarea:focus")).to_have_value("A roof at the stop")
    page.keyboard.type(" a a")
    expect(words).to_contain_text("A roof")
    page.reload()
    page.keyboard.press("q")
    page.keyboard.type("Which stop do you mean?")
    tab_to(laptop, "Send the question")
    page.keyboard.press("Enter")
    expect(words).to_contain_text("full name")
    page.keyboard.press("h")
    page.keyboard.type("It names somebody.")
    tab_to(laptop, "Hide these words")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing waits")).to_be_visible()


def test_single_keys_can_be_switched_off(room: build.Room, people: People, laptop: Device) -> None:
    """WCAG 2.1.4: whoever speaks to their computer must not approve by saying «a»."""
    crowd = Crowd(room, people.ada.id)
    room.open("cards")
    crowd.say(crowd.come("lived")[0], "cards", "A bench at the stop", shown=False)
    sign_in(laptop, people)
    page = laptop.open(f"{room.path}/console")
    page.locator(".menu summary", has_text="More").click()
    page.locator("[data-keys-switch]").click()
    page.locator(".menu summary", has_text="More").click()
    page.keyboard.press("a")
    page.wait_for_timeout(500)
    expect(page.locator("#front .words")).to_contain_text("A bench")


@pytest.mark.shows("A01", "A03")
@pytest.mark.parametrize("place", ["question", "level", "console", "my-words", "doors"])
def test_tab_goes_everywhere_in_sight_and_comes_out_again(
    place: str, room: build.Room, people: People, laptop: Device
) -> None:
    go_to(place, room, people, laptop)
    seen = walk(laptop)
    assert len(seen) > 3
    for stop in seen:
        assert stop["seen"], f"the focus is hidden: {stop['what']}"
        assert stop["ring"], f"the focus has no ring: {stop['what']}"


def go_to(place: str, room: build.Room, people: People, laptop: Device) -> None:
    crowd = Crowd(room, people.ada.id)
    room.open("story")
    if place in ("console", "doors"):
        crowd.say(crowd.come("lived")[0], "story", "The lift was out of order.", shown=False)
        sign_in(laptop, people)
        laptop.open(f"{room.path}/console{'/doors' if place == 'doors' else ''}")
        return
    laptop.page.set_viewport_size({"width": 360, "height": 640})
    laptop.open(f"/j/{room.doors['lived']}")
    laptop.press("Come in")
    laptop.press("Go on")
    if place == "level":
        laptop.page.get_by_role("textbox").first.fill("The lift was out of order.")
        laptop.press("Go on")
        laptop.press("Go on")
    if place == "my-words":
        laptop.open(f"{room.path}/my-words")


def walk(device: Device) -> list[Any]:
    """Every stop of Tab, until the focus leaves the page; a trap never ends."""
    stops = []
    for _step in range(MOST_STEPS):
        device.page.keyboard.press("Tab")
        stop = measures.focus(device.page)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError(f"no way out: {stops[-1]['what']}")
