"""When the outbox tries again, and that two tabs are one sender: with the browser's lock, and without it in a hall."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Request, Response, Route, expect

from tests.browser.device import PHONE, Device, device
from tests.browser.server import Server, free_port, house, serving
from tests.browser.waiting import SENT, WORDS, kept, line, lose_sendings, send, until, waiting, write
from tests.support import build
from tests.support.people import People, organisation
from workshop.consent import Viewer
from workshop.queries import contributions

pytestmark = pytest.mark.browser
HALL = "10.20.30.40"
NOTE_TIMERS = """() => {
  window.timers = [];
  const real = window.setTimeout;
  window.setTimeout = (act, wait, ...more) => {
    const isOurs = /flush/.test(act.name);
    if (!isOurs) return real(act, wait, ...more);
    window.timers.push(wait);
    return real(act, 20, ...more);
  };
}"""
DAY = 24 * 3600 * 1000


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    return room


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Plain http on the network of the hall: no service worker, no locks, no `crypto.subtle`."""
    port = free_port()
    with serving(tmp_path_factory.mktemp("hall") / "instance", f"http://{HALL}:{port}", port) as server:
        yield server


@pytest.fixture
def there(hall: Server) -> Iterator[build.Room]:
    with house(hall) as app, app.app_context():
        room = build.workshop(app, organisation(app, "Riverside"), "cards")
        room.open("cards")
        yield room


@pytest.fixture
def guest(browser: Browser, hall: Server) -> Iterator[Device]:
    held = device(browser, hall.address, PHONE)
    yield held
    held.close()


def is_sending(request: Request) -> bool:
    return request.method == "POST" and "/a/" in request.url


class Sendings:
    """What the outbox of a phone has sent, from whatever tab, and what the server said to it."""

    def __init__(self, phone: Device) -> None:
        self.answers: list[tuple[str, int]] = []
        phone.context.on("response", self.note)

    def note(self, answer: Response) -> None:
        if is_sending(answer.request):
            self.answers.append((dict(parse_qsl(answer.request.post_data or ""))["id"], answer.status))

    @property
    def taken(self) -> list[str]:
        """What was sent and accepted; what a busy server put off must go again."""
        return [sent for sent, status in self.answers if status == 200]


def wake(*tabs: Page) -> None:
    """Everything that makes a tab look, in both at once."""
    for tab in tabs:
        tab.evaluate("() => { setTimeout(() => window.dispatchEvent(new Event('online')), 50); }")


@pytest.mark.shows("A23")
def test_it_tries_again_after_one_second_and_then_ever_more_seldom(room: build.Room, phone: Device) -> None:
    write(phone, room)
    phone.page.route("**/a/*", lose_sendings)
    phone.page.evaluate(NOTE_TIMERS)
    send(phone)
    phone.page.wait_for_function("() => window.timers.length >= 12")
    timers = phone.page.evaluate("() => window.timers")
    assert timers[:12] == [1000 * seconds for seconds in (1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300)]
    phone.page.unroute("**/a/*")
    phone.page.wait_for_url(SENT)
    assert kept(room) == [WORDS]
    phone.faults.clear()


@pytest.mark.shows("A23")
def test_somebody_who_looks_again_does_not_wait_for_the_timer(room: build.Room, phone: Device) -> None:
    write(phone, room)
    phone.page.route("**/a/*", lose_sendings)
    phone.page.evaluate("() => { window.setTimeout = () => 0; }")  # no timer ever rings
    send(phone)
    expect(line(phone)).to_be_visible()
    phone.page.unroute("**/a/*")
    phone.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    phone.page.wait_for_url(SENT)
    assert kept(room) == [WORDS]
    phone.faults.clear()


@pytest.mark.shows("R04")
@pytest.mark.parametrize("where", ["with the browser's lock", "in a hall"])
def test_two_tabs_never_send_the_same_twice(request: pytest.FixtureRequest, where: str) -> None:
    """Not even where the answer takes long, and both are told at the same moment that there is network."""
    in_hall = where == "in a hall"
    phone: Device = request.getfixturevalue("guest" if in_hall else "phone")
    room: build.Room = request.getfixturevalue("there" if in_hall else "room")
    write(phone, room)
    assert phone.page.evaluate("() => [isSecureContext, 'locks' in navigator]") == [not in_hall, not in_hall]
    phone.context.route("**/a/*", lose_sendings)
    send(phone)
    expect(line(phone)).to_be_visible()
    other = phone.context.new_page()
    other.goto(f"{phone.address}{room.path}/my-words")
    expect(other.locator("#unsent")).to_contain_text(WORDS)
    phone.context.unroute("**/a/*")
    sendings = Sendings(phone)
    wake(phone.page, other)
    phone.page.wait_for_url(SENT)
    expect(other.locator("#unsent")).to_be_hidden(timeout=20_000)
    until(lambda: waiting(phone) == [], phone)
    assert len(sendings.taken) == 1, sendings.answers
    with room.app.app_context():
        assert [said.text for said in contributions.said(room.id, Viewer.FACILITATOR)] == [WORDS]
    phone.faults.clear()


@pytest.mark.shows("A25")
def test_in_a_hall_the_bytes_are_guarded_too(there: build.Room, guest: Device) -> None:
    """Without `crypto.subtle` our own SHA-256 says what must arrive; one bent byte is refused, and all goes again."""
    write(guest, there)
    assert guest.page.evaluate("() => crypto.subtle === undefined")
    answers: list[int] = []
    guest.page.on("response", lambda answer: answers.append(answer.status) if is_sending(answer.request) else None)

    def bend(route: Route) -> None:
        route.continue_(post_data=(route.request.post_data or "").replace("bench", "beach"))

    guest.page.route("**/a/*", bend, times=1)
    send(guest)
    guest.page.wait_for_url(SENT)
    assert answers == [422, 200]
    guest.faults.clear()


@pytest.mark.shows("R09", "S12")
def test_words_of_eighty_days_ago_still_arrive(room: build.Room, phone: Device) -> None:
    """The phone lay in a drawer: the form's token is dead, the page is of an old build, the seat is still its own."""
    write(phone, room)
    phone.page.route("**/a/*", lose_sendings)
    send(phone)
    expect(line(phone)).to_be_visible()
    phone.context.clear_cookies(name="workshop")
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.page.clock.set_fixed_time((phone_now(phone) + 80 * DAY) / 1000)
    phone.open(f"{room.path}/help")
    until(lambda: kept(room) == [WORDS], phone)
    phone.faults.clear()


def phone_now(phone: Device) -> float:
    now: float = phone.page.evaluate("() => Date.now()")
    return now
