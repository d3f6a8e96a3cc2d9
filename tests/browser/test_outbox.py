"""bea's network goes away at the worst moments: her words are on her phone first, and arrive once."""

import pytest
from flask import Flask
from playwright.sync_api import Route, expect

from tests.browser.device import Device
from tests.browser.doing import join
from tests.support import build
from tests.support.people import People
from workshop.consent import Viewer
from workshop.queries import choices, contributions

pytestmark = pytest.mark.browser
WORDS = "A bench where the old people wait"
SENT = "**/sent"


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    return room


def write(phone: Device, room: build.Room) -> None:
    """To the page on which she checks her card."""
    join(phone, room)
    phone.page.get_by_label("Your words").fill(WORDS)
    phone.press("Go on")
    assert phone.h1 == "Is this right?"


def send(phone: Device) -> None:
    phone.page.get_by_role("button", name="Send", exact=True).click()


def kept(room: build.Room) -> list[str]:
    with room.app.app_context():
        return [said.text for said in contributions.said(room.id, Viewer.FACILITATOR)]


@pytest.mark.shows("A23", "A26")
def test_without_network_the_words_wait_on_the_phone_and_go_by_themselves(room: build.Room, phone: Device) -> None:
    write(phone, room)
    phone.context.set_offline(True)
    send(phone)
    expect(phone.page.locator("[data-on-its-way=phone]")).to_be_visible()
    expect(phone.page.locator("[data-on-its-way=phone]")).to_contain_text("There is no network just now.")
    assert kept(room) == []
    phone.context.set_offline(False)
    phone.page.wait_for_url(SENT)
    assert kept(room) == [WORDS]
    phone.faults.clear()  # the browser itself reports each failed request


@pytest.mark.shows("A26", "R04")
def test_an_answer_that_is_lost_after_the_words_were_kept_costs_nothing_and_doubles_nothing(
    room: build.Room, phone: Device
) -> None:
    write(phone, room)

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.page.route("**/a/*", lose)
    send(phone)
    expect(phone.page.locator("[data-on-its-way=phone]")).to_be_visible()
    assert kept(room) == [WORDS]
    phone.page.unroute("**/a/*")
    phone.page.get_by_role("button", name="Try now").click()
    phone.page.wait_for_url(SENT)
    assert kept(room) == [WORDS]
    phone.faults.clear()


@pytest.mark.shows("A26")
def test_a_hotels_sign_in_page_is_no_receipt(room: build.Room, phone: Device) -> None:
    """F13: every call is answered 200 with somebody else's page."""
    write(phone, room)
    phone.page.route("**/a/*", lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Pay</h1>"))
    send(phone)
    expect(phone.page.locator("[data-on-its-way=phone]")).to_be_visible()
    assert kept(room) == []
    phone.page.unroute("**/a/*")
    phone.page.get_by_role("button", name="Try now").click()
    phone.page.wait_for_url(SENT)
    assert kept(room) == [WORDS]


@pytest.mark.shows("A23")
def test_words_survive_the_page_and_go_from_the_next_one(room: build.Room, phone: Device) -> None:
    write(phone, room)
    phone.context.set_offline(True)
    send(phone)
    expect(phone.page.locator("[data-on-its-way=phone]")).to_be_visible()
    phone.page.close()
    phone.context.set_offline(False)
    phone.page = phone.context.new_page()
    phone.open(f"{room.path}/help")
    expect(phone.page.locator("[data-outbox]")).to_be_hidden()
    for _ in range(50):
        if kept(room):
            break
        phone.page.wait_for_timeout(100)
    assert kept(room) == [WORDS]
    phone.faults.clear()


@pytest.mark.shows("A23", "R04")
def test_two_tabs_send_once(room: build.Room, phone: Device) -> None:
    write(phone, room)
    phone.context.set_offline(True)
    send(phone)
    expect(phone.page.locator("[data-on-its-way=phone]")).to_be_visible()
    phone.context.set_offline(False)
    other = phone.context.new_page()
    other.goto(f"{phone.address}{room.path}/my-words")
    phone.page.wait_for_url(SENT)
    other.reload()
    expect(other.get_by_text(WORDS)).to_have_count(1)
    assert kept(room) == [WORDS]
    phone.faults.clear()


def lose_sendings(route: Route) -> None:
    """Pages come, what the outbox sends does not go."""
    if route.request.method == "POST" and route.request.headers["accept"] == "application/json":
        route.abort()
    else:
        route.continue_()


def test_an_older_choice_never_overtakes_a_newer_one(app: Flask, people: People, phone: Device) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A bench\nA bus", "per_person": 1}))
    room.open("dots")
    join(phone, room)
    phone.page.route("**/a/*", lose_sendings)
    for line in ("A bench", "A bus"):
        phone.open(f"{room.path}/a/{room.activities['dots']}")
        if line == "A bus":  # the one dot may still lie where it was
            phone.page.get_by_label("A bench").uncheck(force=True)
        phone.page.get_by_label(line).check(force=True)
        phone.press("Go on")
        if line == "A bus":
            phone.page.unroute("**/a/*")
        send(phone)
        if line == "A bench":
            expect(phone.page.locator("[data-on-its-way=phone]")).to_be_visible()
    phone.page.wait_for_url(SENT)
    expect(phone.page.locator("[data-outbox]")).to_be_hidden()
    with app.app_context():
        assert [ballot.choices for ballot in choices.ballots(room.activities["dots"])] == [{"own2": 1}]
    phone.faults.clear()


@pytest.mark.shows("A23")
def test_words_that_are_not_on_this_phone_yet_are_not_taken_for_sent(room: build.Room, phone: Device) -> None:
    """A slow phone is still writing them down when the outbox looks at what waits: nothing, and nobody is sent on."""
    write(phone, room)
    phone.page.evaluate(
        """async () => {
          const { chip, follow, given } = await import('/static/js/on_its_way.js');
          follow({ id: 'slow', sent: '/taken-for-sent' });
          await chip(document, [], []);
          window.given = given;
        }"""
    )
    expect(phone.page.locator("[data-on-its-way=sending]")).to_be_visible()
    assert phone.h1 == "Is this right?"
    with phone.page.expect_navigation(url="**/taken-for-sent"):  # another tab has sent them since
        phone.page.evaluate(
            """async () => {
              window.given();
              (await import('/static/js/on_its_way.js')).chip(document, [], []);
            }"""
        )
    phone.faults.clear()


@pytest.mark.shows("A32")
def test_on_a_shared_tablet_unsent_words_wait_for_their_own_person(room: build.Room, phone: Device) -> None:
    write(phone, room)
    phone.page.route("**/a/*", lose_sendings)
    send(phone)
    expect(phone.page.locator("[data-on-its-way=phone]")).to_be_visible()
    [receipt] = [c["value"] for c in phone.context.cookies() if c["name"].startswith("receipt-")]
    phone.context.clear_cookies()
    join(phone, room)
    phone.page.unroute("**/a/*")
    phone.requests.clear()
    phone.open(f"{room.path}/my-words")
    expect(phone.page.locator("[data-outbox]")).to_be_hidden()
    expect(phone.page.get_by_text(WORDS)).to_have_count(0)
    phone.page.evaluate("() => window.dispatchEvent(new Event('online'))")
    phone.page.wait_for_load_state("networkidle")
    assert not [url for url in phone.requests if "/a/" in url], "somebody else's words went out in this one's name"
    assert kept(room) == []
    phone.open(f"/r/{receipt}")
    phone.page.locator("main form button").click()
    for _ in range(50):
        if kept(room):
            break
        phone.page.wait_for_timeout(100)
    phone.open(f"{room.path}/my-words")
    expect(phone.page.get_by_text(WORDS)).to_have_count(1)
    phone.faults.clear()
