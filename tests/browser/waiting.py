"""What the tests of a phone without network share: a page to send from, ways to lose a sending, and what was kept."""

import time
from collections.abc import Callable

from playwright.sync_api import Locator, Route

from tests.browser.device import Device
from tests.browser.doing import join
from tests.support.build import Room
from workshop.consent import Viewer
from workshop.queries import contributions

WORDS = "A bench where the old people wait"
SENT = "**/sent"
PHONE_LINE = "[data-on-its-way=phone]"
SOON = 30.0


def write(phone: Device, room: Room, words: str = WORDS) -> None:
    """In, and to the page on which she checks her card."""
    join(phone, room)
    phone.page.get_by_label("Your words").fill(words)
    phone.press("Go on")
    assert phone.h1 == "Is this right?"


def send(phone: Device) -> None:
    phone.page.get_by_role("button", name="Send", exact=True).click()


def line(phone: Device, state: str = "phone") -> Locator:
    return phone.page.locator(f"[data-on-its-way={state}]")


def lose_sendings(route: Route) -> None:
    """Pages come, what the outbox sends does not go."""
    if route.request.method == "POST" and route.request.headers["accept"] == "application/json":
        route.abort()
    else:
        route.continue_()


def lose_answers(phone: Device, where: str) -> list[int]:
    """What is sent arrives, and no answer comes back. The list grows with each of them."""
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        status = route.fetch().status
        route.abort()
        lost.append(status)

    phone.page.route(where, lose)
    return lost


def answer_each(status: int, body: str) -> Callable[[Route], None]:
    """Every sending gets this answer of ours, and never arrives."""

    def fulfil(route: Route) -> None:
        if route.request.method == "POST" and route.request.headers["accept"] == "application/json":
            route.fulfill(status=status, content_type="application/json", body=body)
        else:
            route.continue_()

    return fulfil


def kept(room: Room) -> list[str]:
    """What the server holds."""
    with room.app.app_context():
        return [said.text for said in contributions.said(room.id, Viewer.FACILITATOR)]


def until(holds: Callable[[], object], phone: Device) -> None:
    """Wait for something on the server; the page goes on meanwhile."""
    deadline = time.monotonic() + SOON
    while not holds() and time.monotonic() < deadline:
        phone.page.wait_for_timeout(50)
    assert holds()


def waiting(phone: Device) -> list[str]:
    """The states of what waits on this phone, as it lies in the browser's own database."""
    found: list[str] = phone.page.evaluate(
        """() => new Promise((resolve, reject) => {
          const opened = indexedDB.open('workshop-outbox', 3);
          opened.onerror = () => reject(opened.error);
          opened.onsuccess = () => {
            const asked = opened.result.transaction('items').objectStore('items').getAll();
            asked.onsuccess = () => { opened.result.close(); resolve(asked.result.map((item) => item.state)); };
          };
        })"""
    )
    return found
