"""A page follows its room by itself, and takes nothing away from who is using it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.device import PHONE, Device
from tests.browser.doing import join
from tests.browser.server import Server
from tests.support import build
from tests.support.people import People
from workshop.commands import command
from workshop.events import announce
from workshop.extensions import db
from workshop.models import Activity, Participant
from workshop.models.columns import now

pytestmark = pytest.mark.browser
BY_ASKING = 12_000  # asking comes every five to seven seconds
NO_STREAM = "delete window.EventSource"
PART = "[data-part=now]"


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    """Two questions are open, so that the phone shows both as tiles."""
    made = build.workshop(app, people.organisation_id, "cards", "story")
    made.open("cards", "story")
    return made


@command
def change_question(room: build.Room, prompt: str) -> None:
    changed = sa.update(Activity).where(Activity.id == room.activities["cards"]).values(prompt=prompt)
    db.session.execute(changed)
    announce(room.id, "changed_agenda")


@command
def show_out(room: build.Room) -> None:
    db.session.execute(sa.update(Participant).where(Participant.workshop_id == room.id).values(removed_at=now()))
    announce(room.id, "removed")


def say(room: build.Room, prompt: str) -> None:
    with room.app.app_context():
        change_question(room, prompt)


def refuse(status: int, route: Route) -> None:
    route.fulfill(status=status, body="")


Bring = Callable[..., Page]


@pytest.fixture
def bring(browser: Browser, server: Server, room: build.Room) -> Iterator[Bring]:
    """A phone in the room, on the page with the open questions; `script` runs before ours."""
    contexts: list[BrowserContext] = []

    def come(script: str = "", **refused: int) -> Page:
        context = browser.new_context(**PHONE, locale="en-GB")
        contexts.append(context)
        for path, status in refused.items():
            context.route(f"**/{path}/**", partial(refuse, status))
        context.add_init_script(script)
        phone = Device(context, server.address)
        join(phone, room)
        phone.open(f"{room.path}/")
        return phone.page

    yield come
    for context in contexts:
        context.close()


def state(page: Page) -> Any:
    return page.evaluate("document.querySelector('[data-live]').dataset.liveState")


def test_a_change_comes_by_itself(room: build.Room, bring: Bring) -> None:
    page = bring()
    expect(page.locator("[data-live-state=stream]")).to_be_attached()
    page.evaluate("window.sameDocument = true")
    say(room, "What would help at the door?")
    expect(page.locator(PART)).to_contain_text("What would help at the door?")
    assert page.evaluate("window.sameDocument")


@pytest.mark.shows("S24")
@pytest.mark.parametrize(("script", "refused"), [(NO_STREAM, {}), ("", {"live": 503}), ("", {"live": 404})])
def test_without_a_stream_the_page_asks(room: build.Room, bring: Bring, script: str, refused: dict[str, int]) -> None:
    page = bring(script, **refused)
    expect(page.locator("[data-live-state=poll]")).to_be_attached(timeout=BY_ASKING)
    say(room, "Where do you wait?")
    expect(page.locator(PART)).to_contain_text("Where do you wait?", timeout=BY_ASKING)


def test_what_somebody_is_writing_is_left_alone(room: build.Room, bring: Bring) -> None:
    page = bring()
    expect(page.locator("[data-live-state=stream]")).to_be_attached()
    page.wait_for_timeout(500)
    page.evaluate(f"document.querySelector('{PART}').insertAdjacentHTML('beforeend', '<input id=note>')")
    page.locator("#note").press_sequentially("half a wo")
    say(room, "Not while I write!")
    page.wait_for_timeout(1500)
    expect(page.locator("#note")).to_have_value("half a wo")
    page.evaluate("document.activeElement.blur()")
    page.wait_for_timeout(500)
    expect(page.locator("#note")).to_have_value("half a wo")
    page.locator("#note").fill("")
    page.locator("h1").click()
    expect(page.locator(PART)).to_contain_text("Not while I write!")


def test_a_button_under_a_finger_stays(room: build.Room, bring: Bring) -> None:
    page = bring()
    tile = page.locator(f"{PART} a").first
    box = tile.bounding_box()
    assert box
    page.evaluate(f"document.querySelector('{PART} a').addEventListener('click', (e) => e.preventDefault())")
    page.locator(f"{PART} a").nth(1).focus()  # which the press takes away: it is not over with that
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    say(room, "Wait for the finger.")
    page.wait_for_timeout(1000)
    assert "Wait for the finger." not in page.locator(PART).inner_text()
    page.mouse.up()
    expect(page.locator(PART)).to_contain_text("Wait for the finger.")


def test_the_focus_stays_where_it_was(room: build.Room, bring: Bring) -> None:
    page = bring()
    page.locator(f"{PART} a").nth(1).focus()
    target = page.evaluate("document.activeElement.getAttribute('href')")
    say(room, "Focus stays.")
    expect(page.locator(PART)).to_contain_text("Focus stays.")
    assert page.evaluate("document.activeElement.getAttribute('href')") == target


@pytest.mark.shows("R13")
def test_a_phone_that_was_away_catches_up(room: build.Room, bring: Bring) -> None:
    page = bring()
    expect(page.locator("[data-live-state=stream]")).to_be_attached()
    page.context.set_offline(True)
    say(room, "While you were away.")
    page.wait_for_timeout(1000)
    page.context.set_offline(False)
    expect(page.locator(PART)).to_contain_text("While you were away.", timeout=BY_ASKING)


def test_who_was_shown_out_reads_why(room: build.Room, bring: Bring) -> None:
    page = bring()
    expect(page.locator("[data-live-state=stream]")).to_be_attached()
    before = page.locator("h1").inner_text()
    with room.app.app_context():
        show_out(room)
    expect(page.locator("h1")).not_to_have_text(before, timeout=20_000)
    assert "no way in" in page.content() or "not" in page.locator("h1").inner_text().lower()


@pytest.mark.shows("S24")
def test_a_page_opens_one_stream_for_the_parts_it_shows(room: build.Room, bring: Bring) -> None:
    page = bring()
    expect(page.locator("[data-live-state=stream]")).to_be_attached()
    opened: list[str] = []
    page.on("request", lambda request: opened.append(request.url) if "/live/" in request.url else None)
    page.reload()
    expect(page.locator("[data-live-state=stream]")).to_be_attached()
    page.wait_for_timeout(1000)
    assert len(opened) == 1
    assert opened[0].endswith("/phone?part=now")
