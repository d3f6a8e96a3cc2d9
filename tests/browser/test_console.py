"""The console while the room is alive: what is being written stays, what changed is read anew, the light tells."""

import time

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.doing import sign_in
from tests.support import build
from tests.support.page import Page
from tests.support.people import People
from workshop.commands import taking_part
from workshop.extensions import begin_to_write, db
from workshop.queries import contributions

pytestmark = pytest.mark.browser


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    """Cards are open and one is waiting."""
    room = build.workshop(app, people.organisation_id, "cards", ("dots", {"items": "A bench\nA bus"}))
    room.open("cards")
    people.bea(room).write("cards", "A bench at the stop")
    return room


@pytest.fixture
def console(room: build.Room, people: People, laptop: Device) -> Device:
    """ada's laptop, with the console open."""
    sign_in(laptop, people)
    laptop.open(f"{room.path}/console")
    return laptop


def test_what_ada_writes_stays_when_more_words_arrive(room: build.Room, people: People, console: Device) -> None:
    page = console.page
    page.keyboard.press("e")
    box = page.locator("#front textarea[name=text]")
    expect(box).to_be_focused()
    box.fill("A bench, with a roof")
    people.cem(room).write("cards", "A shorter form")
    expect(page.locator("[data-queue-count]").first).to_have_text("2")
    expect(box).to_have_value("A bench, with a roof")
    expect(box).to_be_focused()


def test_words_that_their_teller_corrects_change_before_adas_eyes(
    app: Flask, room: build.Room, console: Device
) -> None:
    expect(console.page.locator("#front .words")).to_contain_text("A bench at the stop")
    with app.app_context():
        card = contributions.queue(room.id)[0]
        taking_part.correct(contributions.one(card.id, room.id), "Two benches", {})
    expect(console.page.locator("#front .words")).to_contain_text("Two benches")
    with app.app_context():
        card = contributions.one(card.id, room.id)
        taking_part.take_back(card.id, participant_id=card.participant_id)
    expect(console.page.get_by_text("Nothing waits")).to_be_visible()


def test_one_key_after_the_other_empties_the_queue_without_leaving_the_page(
    app: Flask, room: build.Room, people: People, console: Device
) -> None:
    people.cem(room).write("cards", "A shorter form")
    page = console.page
    for words in ("A bench at the stop", "A shorter form"):
        expect(page.locator("#front .words")).to_contain_text(words)
        page.keyboard.press("a")
    expect(page.get_by_text("Nothing waits")).to_be_visible()
    assert console.path == f"{room.path}/console"
    with app.app_context():
        assert contributions.how_many(room.id, room.activities["cards"]) == {"shown": 2}


@pytest.mark.shows("R15")
def test_the_light_is_red_within_ten_seconds_and_green_again(app: Flask, console: Device) -> None:
    light = console.page.locator(".status > [data-saved]")
    expect(light).to_have_text("Words are being saved")
    with app.app_context(), db.engine.begin() as lock:
        begin_to_write(lock)
        locked_at = time.monotonic()
        expect(light).to_have_text("Words cannot be saved now", timeout=10_000)
        assert time.monotonic() - locked_at < 10
    expect(light).to_have_text("Words are being saved", timeout=30_000)
    console.faults.clear()  # the answers «no» are what this test is about


def test_turnout_and_people_are_counted_while_everybody_looks(
    app: Flask, room: build.Room, people: People, console: Device, projector: Device
) -> None:
    room.open("dots")
    projector.open(f"/s/{room.doors['screen']}")
    bea = people.bea(room)
    chosen = projector.page.locator(f"[data-number='chosen-{room.activities['dots']}']")
    expect(chosen).to_have_text("0 of 2 have chosen", timeout=30_000)
    asked = bea.ask("dots")
    bea.send(bea.send(asked, go="next", **{_first_box(asked): "1"}), go="send")
    expect(chosen).to_have_text("1 of 2 have chosen", timeout=30_000)
    expect(console.page.locator(".status [data-number=people]")).to_have_text("2", timeout=30_000)


def _first_box(page: Page) -> str:
    return next(box.get("name", "") for box in page.all("input") if box.get("type") == "checkbox")


def test_a_card_fades_up_once_when_it_is_approved(room: build.Room, console: Device, projector: Device) -> None:
    projector.open(f"/s/{room.doors['screen']}")
    console.page.keyboard.press("a")
    card = projector.page.locator(".wall .card", has_text="A bench at the stop")
    expect(card).to_be_visible()
    assert projector.page.locator("button, form, input").count() == 0


def test_the_time_left_is_whole_minutes_and_more_time_shows_at_once(
    room: build.Room, console: Device, projector: Device
) -> None:
    """A15: on the screen, too."""
    projector.open(f"/s/{room.doors['screen']}")
    clock = projector.page.locator("time[data-clock]")
    expect(clock).to_have_text("10 minutes")
    console.page.locator("#stage").get_by_role("button", name="+2 min").first.click()
    expect(clock).to_have_text("12 minutes")


def test_a_menu_gives_way_to_the_button_that_lies_under_it(console: Device) -> None:
    page = console.page
    menu = page.locator("details.menu", has_text="More")
    more = menu.locator("summary")
    more.click()
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(more).to_be_focused()
    more.click()
    page.locator("#stage").click(position={"x": 5, "y": 5})
    expect(menu).not_to_have_attribute("open", "")
