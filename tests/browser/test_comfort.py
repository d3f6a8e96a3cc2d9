"""What makes a page bearable: read aloud, drafts that survive, calm motion, forced colours, help at its place."""

import pytest
from flask import Flask

from tests.browser import axe, measures
from tests.browser.device import PHONE, Device, Devices
from tests.browser.doing import join
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser

# Headless Chromium has no voice of its own.
A_VOICE = """
  const said = window.said = [];
  class Words { constructor(text) { this.text = text; } }
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Words });
  Object.defineProperty(window, 'speechSynthesis', { value: {
    getVoices: () => [{ lang: 'en-GB', name: 'Stub' }],
    speak(words) { this.now = words; said.push(words.text); },
    cancel() { this.now = null; },
    addEventListener() {},
    now: null,
  } });
"""


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "story", "cards")
    room.open("story")
    return room


@pytest.mark.shows("A17")
def test_listen_speaks_the_question_and_escape_stops(room: build.Room, phone: Device) -> None:
    """A17: on every question, by the phone's own voice."""
    phone.context.add_init_script(A_VOICE)
    phone.open(f"/j/{room.doors['lived']}")
    listen = phone.page.get_by_role("button", name="Listen")
    listen.click()
    assert "Taking part changes nothing for your benefits or your care." in phone.page.evaluate("() => said[0]")
    join(phone, room)
    assert phone.page.evaluate("() => said") == []
    listen.click()
    assert phone.page.evaluate("() => said[0]").startswith("What about story?")
    assert listen.get_attribute("aria-pressed") == "true"
    phone.page.keyboard.press("Escape")
    assert phone.page.evaluate("() => speechSynthesis.now") is None
    assert listen.get_attribute("aria-pressed") == "false"


@pytest.mark.shows("P04", "A17")
def test_the_ladder_is_read_aloud_and_the_consent_says_so(app: Flask, room: build.Room, phone: Device) -> None:
    phone.context.add_init_script(A_VOICE)
    join(phone, room)
    phone.page.get_by_role("textbox").first.fill("The lift was broken.")
    while not phone.page.locator("fieldset.ladder").count():
        phone.press("Go on")
    phone.page.get_by_role("button", name="Listen").click()
    assert "They read it and can answer you." in phone.page.evaluate("() => said[0]")
    assert phone.page.locator("input[name=how]").input_value() == "listened"


def test_without_a_voice_nothing_promises_one(room: build.Room, phone: Device) -> None:
    phone.open(f"/j/{room.doors['lived']}")
    assert phone.page.get_by_role("button", name="Listen").count() == 0


@pytest.mark.shows("A04")
def test_a_draft_survives_a_reload_and_nearly_a_day(room: build.Room, phone: Device) -> None:
    """A04: whoever is interrupted for 19 hours and 59 minutes finds every word."""
    phone.page.clock.install()
    join(phone, room)
    box = phone.page.get_by_role("textbox").first
    box.fill("I began to write on the bus.")
    phone.page.reload()
    assert box.input_value() == "I began to write on the bus."
    phone.page.clock.fast_forward((19 * 60 + 59) * 60 * 1000)
    phone.page.reload()
    assert box.input_value() == "I began to write on the bus."
    phone.press("Go on")
    phone.press("Go on")
    phone.press("Go on")
    assert phone.h1 == "Is this right?"


def test_a_draft_is_gone_once_it_is_sent(room: build.Room, phone: Device) -> None:
    join(phone, room)
    phone.page.get_by_role("textbox").first.fill("Said and done.")
    for _step in range(3):
        phone.press("Go on")
    phone.press("Send")
    phone.press("Give another one")
    assert phone.page.get_by_role("textbox").first.input_value() == ""


@pytest.mark.shows("A04")
def test_nothing_moves_for_whom_motion_is_too_much(devices: Devices, room: build.Room) -> None:
    still = devices(PHONE, reduced_motion="reduce")
    still.open(f"/j/{room.doors['lived']}")
    still.press("Come in")
    still.page.get_by_label("Service user").check(force=True)
    assert measures.running_animations(still.page) == []


@pytest.mark.shows("A34")
def test_forced_colours_keep_words_icons_and_choices(devices: Devices, room: build.Room) -> None:
    forced = devices(PHONE, forced_colors="active")
    forced.open(f"/j/{room.doors['lived']}")
    forced.press("Come in")
    chosen, other = forced.page.get_by_label("Service user"), forced.page.get_by_label("Professional")
    chosen.check(force=True)
    looks = "(field) => getComputedStyle(field.nextElementSibling.querySelector('.dot'), '::after').backgroundColor"
    assert chosen.evaluate(looks) != other.evaluate(looks), "what is chosen cannot be seen"
    assert axe.violations(forced.page, "color-contrast") == []


@pytest.mark.shows("A03")
def test_help_stands_at_the_same_place_on_every_page(room: build.Room, phone: Device) -> None:
    """WCAG 3.2.6: the same order in the page, and the same place on the glass."""
    join(phone, room)
    places = set()
    for path in ("", "role", "my-words", "look-up", "help", f"a/{room.activities['story']}", "taken-back"):
        phone.open(f"{room.path}/{path}")
        help_link = phone.page.locator(".topbar a.help")
        box = help_link.bounding_box()
        assert box is not None
        order = help_link.evaluate("(link) => [...document.querySelectorAll('body > header *')].indexOf(link)")
        places.add((order, round(box["x"]), round(box["y"])))
    assert len(places) == 1, places


@pytest.mark.shows("A19")
def test_languages_stand_in_their_own_script(room: build.Room, phone: Device) -> None:
    """A19: no flags, and whoever reads only Arabic finds it."""
    phone.open(f"/j/{room.doors['lived']}")
    arabic = phone.page.locator(".language-row a[lang=ar]")
    assert arabic.inner_text() == "العربية"
    with phone.page.expect_navigation():
        arabic.click()
    assert phone.page.locator("html").get_attribute("dir") == "rtl"
    assert phone.page.locator("html").get_attribute("lang") == "ar"


@pytest.mark.parametrize("path", ["", "my-words", "look-up", "help", "role"])
def test_from_right_to_left_nothing_is_too_wide(path: str, room: build.Room, phone: Device) -> None:
    join(phone, room)
    phone.open(f"{room.path}/{path}?lang=ar")
    assert measures.wider_than_the_window(phone.page) == []
    phone.page.set_viewport_size({"width": 320, "height": 640})
    assert measures.wider_than_the_window(phone.page) == []


def test_at_twice_the_size_nothing_is_lost(room: build.Room, devices: Devices) -> None:
    """200 % zoom of a 1280 px window is a window of 640 px."""
    zoomed = devices({"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2})
    join(zoomed, room)
    assert measures.wider_than_the_window(zoomed.page) == []
    assert measures.clipped(zoomed.page) == []
