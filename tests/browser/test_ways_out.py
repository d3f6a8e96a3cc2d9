"""Going, coming back, being put out, handing the tablet on: a plain page for each, and no word is lost."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.chromium import FLAGS
from tests.browser.device import PHONE, Device, Devices
from tests.browser.doing import join, sign_in
from tests.browser.server import Server
from tests.browser.waiting import SENT, WORDS, answer_each, kept, line, lose_sendings, send, until, waiting, write
from tests.support import build
from tests.support.people import People
from tools import browser as chrome
from workshop.commands import running
from workshop.queries import rooms

pytestmark = pytest.mark.browser
HOUR = 3600
CONFLICT = '{"error": "conflict", "title": "This was sent before", "text": "The first words are safe."}'


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "cards", ("dots", {"items": "A bench\nA bus"}))
    room.open("cards")
    return room


@contextmanager
def started(browser: Browser, folder: Path) -> Iterator[BrowserContext]:
    """A browser as a phone has it: what it knows is on its disk, and is there when it is started again."""
    options: dict[str, Any] = {"executable_path": chrome.find(), "args": [*FLAGS], "locale": "en-GB"}
    context = browser.browser_type.launch_persistent_context(folder, **options)
    try:
        yield context
    finally:
        context.close()


def is_on_disk(folder: Path, words: str) -> bool:
    """Browsers write what a page keeps a few seconds later, and whatever the page does."""
    files = (folder / "Default" / "Local Storage").rglob("*.log")
    return any(words.encode("latin-1") in path.read_bytes() for path in files)


def question(room: build.Room) -> str:
    return f"{room.path}/a/{room.activities['cards']}"


def come_in(page: Page, server: Server, room: build.Room) -> None:
    page.goto(f"{server.address}/j/{room.doors['lived']}")
    page.get_by_role("button", name="Come in").click()
    page.get_by_label("Service user", exact=True).check(force=True)
    page.get_by_role("button", name="Go on").click()


def seats(context: BrowserContext) -> list[str]:
    return [each["value"] for each in context.cookies() if each["name"].startswith("seat-")]


def draft_of(page: Page) -> str:
    return page.get_by_label("Your words").input_value()


@pytest.mark.shows("A04")
def test_what_was_typed_before_the_script_came_is_kept_as_well(room: build.Room, phone: Device) -> None:
    """On a slow network a page is read, and written in, while its script is still on its way."""
    held: list[Route] = []
    phone.page.route("**/phone*.js*", lambda route: held.append(route))
    phone.page.goto(f"{phone.address}/j/{room.doors['lived']}", wait_until="commit")
    phone.page.get_by_role("button", name="Come in").click(no_wait_after=True)
    phone.page.get_by_label("Service user", exact=True).check(force=True)
    phone.page.get_by_role("button", name="Go on").click(no_wait_after=True)
    phone.page.get_by_label("Your words").fill(WORDS)
    assert not phone.page.evaluate("Object.keys(localStorage).length"), "no script yet: nothing is kept"
    held[-1].continue_()
    until(lambda: phone.page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('draft:'))"), phone)
    phone.page.unroute("**/phone*.js*")
    phone.page.reload()
    expect(phone.page.get_by_label("Your words")).to_have_value(WORDS)


@pytest.mark.shows("A04")
@pytest.mark.parametrize(("hours", "there"), [(20, WORDS), (50, "")])
def test_after_a_dead_battery_it_is_the_same_person_with_the_same_draft(
    browser: Browser, server: Server, room: build.Room, tmp_path: Path, hours: int, there: str
) -> None:
    """The browser is ended and started again, hours later by its own clock; two days are the end of a draft."""

    with started(browser, tmp_path) as context:
        come_in(context.pages[0], server, room)
        context.pages[0].get_by_label("Your words").fill(WORDS)
        deadline = time.monotonic() + 60
        while not is_on_disk(tmp_path, WORDS) and time.monotonic() < deadline:
            context.pages[0].wait_for_timeout(100)
        assert is_on_disk(tmp_path, WORDS)
        seat = seats(context)
        assert len(seat) == 1
    with started(browser, tmp_path) as context:
        context.clock.set_fixed_time(time.time() + hours * HOUR)
        page = context.pages[0]
        page.goto(f"{server.address}/j/{room.doors['lived']}")
        expect(page.get_by_label("Your words")).to_have_value(there)
        assert seats(context) == seat


@pytest.mark.shows("A32")
def test_the_next_person_finds_no_draft(room: build.Room, phone: Device) -> None:
    join(phone, room)
    phone.page.get_by_label("Your words").fill(WORDS)
    phone.open(f"{room.path}/leave")
    phone.press("Next person, please")
    assert phone.h1 == "Ready for the next person"
    join(phone, room)
    assert draft_of(phone.page) == ""


@pytest.mark.shows("A32")
def test_before_the_tablet_changes_hands_it_says_what_waits(room: build.Room, phone: Device) -> None:
    write(phone, room)
    phone.page.route("**/a/*", lose_sendings)
    send(phone)
    expect(line(phone)).to_be_visible()
    phone.open(f"{room.path}/leave")
    expect(phone.page.locator("#unsent")).to_contain_text(WORDS)
    phone.page.get_by_role("button", name="Next person, please").click()
    dialog = phone.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Not sent yet: 1")
    dialog.get_by_role("button", name="I wait").click()
    expect(dialog).to_be_hidden()
    phone.page.get_by_role("button", name="Next person, please").click()
    with phone.page.expect_navigation():
        dialog.get_by_role("button", name="Next person all the same").click()
    assert phone.h1 == "Ready for the next person"
    expect(phone.page.get_by_text(WORDS)).to_have_count(0)
    assert waiting(phone) == ["phone"], "what waits is kept for its own person"
    phone.faults.clear()


@pytest.mark.shows("R15")
def test_ada_sees_how_many_phones_hold_words_back(
    room: build.Room, people: People, devices: Devices, phone: Device, laptop: Device
) -> None:
    write(phone, room)
    phone.page.route("**/a/*", answer_each(409, CONFLICT))
    send(phone)
    expect(line(phone, "refused")).to_be_visible()
    sign_in(laptop, people)
    laptop.open(f"{room.path}/console")
    fact = laptop.page.locator("[data-when=unsent]")
    expect(fact).to_contain_text("1 phone holds unsent words")
    phone.page.unroute("**/a/*")
    phone.open(f"{room.path}/my-words")
    phone.page.locator("#unsent").get_by_role("button", name="Try now").click()
    until(lambda: kept(room) == [WORDS], phone)
    expect(fact).to_be_hidden(timeout=30_000)
    phone.faults.clear()


@pytest.mark.shows("A23")
def test_a_phone_that_was_put_out_says_so_and_keeps_its_words(
    room: build.Room, phone: Device, devices: Devices
) -> None:
    """A new receipt was made on another phone; with it this one is the same person again, and sends."""
    write(phone, room)
    phone.page.route("**/a/*", lose_sendings)
    send(phone)
    expect(line(phone)).to_be_visible()
    [receipt] = [each["value"] for each in phone.context.cookies() if each["name"].startswith("receipt-")]
    other = devices(PHONE)
    other.open(f"/r/{receipt}")
    other.press("Open my words")
    other.page.get_by_text("I lost my receipt").click()
    other.press("Make a new receipt")
    [fresh] = [each["value"] for each in other.context.cookies() if each["name"].startswith("receipt-")]
    phone.page.unroute("**/a/*")
    phone.page.get_by_role("button", name="Try now").click()
    expect(line(phone, "out")).to_be_visible()
    expect(line(phone, "out")).to_contain_text("This phone is not in the room now.")
    phone.open(f"{room.path}/help")
    assert phone.h1 == "This phone is not in the room now"
    expect(phone.page.locator("#unsent")).to_contain_text(WORDS)
    assert kept(room) == []
    phone.open(f"/r/{fresh}")
    phone.press("Open my words")
    until(lambda: kept(room) == [WORDS], phone)
    phone.faults.clear()


@pytest.mark.shows("S01")
def test_a_new_code_and_locked_doors_change_nothing_for_who_is_in(app: Flask, room: build.Room, phone: Device) -> None:
    join(phone, room)
    old = room.doors["lived"]
    with app.app_context():
        running.new_doors(room.id)
        running.lock_doors(rooms.workshop(room.id), locked=True)
    phone.open(f"/j/{old}")
    assert phone.h1 == "This code opens nothing now"
    with phone.page.expect_navigation():
        phone.page.get_by_role("link", name="Back to «").click()
    assert phone.h1 == "What about cards?"


def test_who_had_begun_to_write_when_the_question_closed_can_still_send_it(room: build.Room, phone: Device) -> None:
    join(phone, room)
    phone.open(question(room))
    assert phone.page.get_by_text("You had begun to write").count() == 0
    phone.page.get_by_label("Your words").fill(WORDS)
    room.close("cards")
    phone.open(question(room))
    assert phone.h1 == "This question is closed"
    assert draft_of(phone.page) == WORDS
    phone.press("Go on")
    send(phone)
    phone.page.wait_for_url(SENT)
    assert kept(room) == [WORDS]
    phone.open(question(room))
    expect(phone.page.get_by_text("You had begun to write")).to_be_hidden()


def test_after_sending_the_next_question_is_offered_and_the_receipt_stays(room: build.Room, phone: Device) -> None:
    write(phone, room)
    send(phone)
    phone.page.wait_for_url(SENT)
    offer = phone.page.get_by_text("The next question is open")
    expect(offer).to_be_hidden()
    room.open("dots")
    expect(offer).to_be_visible()
    expect(phone.page.locator(".receipt")).to_be_visible()
    phone.press("To the next question")


def test_after_a_choice_the_phone_goes_on_by_itself(room: build.Room, phone: Device) -> None:
    room.close("cards")
    room.open("dots")
    join(phone, room)
    phone.page.get_by_label("A bench").check(force=True)
    phone.press("Go on")
    send(phone)
    phone.page.wait_for_url(SENT)
    room.close("dots")
    expect(phone.page.get_by_text("Please look at the screen")).to_be_visible(timeout=30_000)


@pytest.mark.shows("A23")
def test_when_the_workshop_is_over_words_that_waited_still_arrive(app: Flask, room: build.Room, phone: Device) -> None:
    write(phone, room)
    phone.page.route("**/a/*", lose_sendings)
    send(phone)
    expect(line(phone)).to_be_visible()
    with app.app_context():
        running.close_workshop(rooms.workshop(room.id), date(2027, 1, 31), None)
    phone.open(f"{room.path}/")
    expect(phone.page.get_by_text("This workshop is over. Thank you!")).to_be_visible()
    expect(phone.page.locator("[data-outbox]")).to_be_visible()
    phone.page.unroute("**/a/*")
    phone.open(f"{room.path}/my-words")
    until(lambda: kept(room) == [WORDS], phone)
    phone.faults.clear()
