"""F13, F16, and the clocks of phones: what only a real browser shows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Route, TimeoutError, expect

from tests.browser.chromium import chromium
from tests.browser.device import PHONE, Device, device
from tests.browser.doing import join
from tests.browser.waiting import line, lose_sendings, send, waiting
from tests.faults.lab import Hall, Lab, run
from tests.faults.phones import Given, Phone, said
from tests.faults.verdict import CannotInject, Tally
from tests.support.patience import until
from tools import browser
from workshop.models.columns import now

SENT = "**/sent"
PATIENCE = 20.0
YEAR = timedelta(days=365)
PORTALS: tuple[tuple[int, str, str], ...] = (
    (200, "text/html", "<h1>Welcome to our hotel</h1><p>Please pay.</p>"),
    (200, "application/json", "<h1>Welcome to our hotel</h1>"),
    (200, "application/json", '{"state": "safe", "id": "0", "next": "/"}'),
    (200, "application/json", '{"state": "safe"}'),
    (204, "text/plain", ""),
    (302, "text/html", ""),
    (511, "text/html", "<h1>Sign in to the network</h1>"),
)


@contextmanager
def a_phone(hall: Hall) -> Iterator[Device]:
    """Somebody's phone, in Chromium."""
    with a_browser() as opened:
        held = device(opened, hall.served.server.address, PHONE)
        held.context.set_default_timeout(PATIENCE * 1000)
        yield held
        held.close()


@contextmanager
def a_browser() -> Iterator[Browser]:
    if not browser.find():
        raise CannotInject(f"There is no Chromium here. This installs it: {browser.advice()}")
    with chromium() as opened:
        yield opened


def write(phone: Device, hall: Hall) -> Given:
    """To the page on which she checks her card; what the phone keeps of it."""
    words = said()
    phone.open(f"{hall.room.path}/a/{hall.room.activities['cards']}")
    phone.page.get_by_label("Your words").fill(words)
    phone.press("Go on")
    name = phone.page.locator("form[data-send] input[name=id]").input_value()
    owner = hall.crowd.phones[0]
    owner.given.append(Given("", {"id": name, "secret": "", "text": words}, words))
    return owner.given[-1]


def books(hall: Hall) -> Tally:
    """Read the books; her own pages were looked at in her browser."""

    async def look() -> Tally:
        tally = await hall.ledger.tally(look=False)
        await hall.ledger.look_as_others(tally)
        return tally

    return run(look())


@pytest.mark.shows("A26")
def captive_portal(lab: Lab) -> Tally:
    """F13: the network answers every call itself, friendly and wrong."""
    with lab.hall("portal") as hall, a_phone(hall) as phone:
        join(phone, hall.room)
        hall.crowd.phones = [Phone(hall.served.port, hall.room)]
        given, tally = write(phone, hall), Tally()
        for number, answer in enumerate(PORTALS):
            phone.context.route("**/*", portal(*answer))
            (send if number == 0 else _try_again)(phone)
            expect(line(phone)).to_be_visible()
            _not_sent(phone, tally, answer)
        phone.context.unroute_all()  # not in between: the phone tries again by itself, too
        with suppress(TimeoutError):
            _try_again(phone, within=2000)
        phone.page.wait_for_url(SENT)
        given.acknowledged = waiting(phone) == []
        tally.promise(given.acknowledged, "the phone still keeps what the server has")
        tally.add(books(hall))
    tally.says = f"{len(PORTALS)} kinds of false answers, none taken for a receipt; then it arrived"
    return tally


def portal(status: int, kind: str, body: str) -> Callable[[Route], None]:
    """Somebody else answers."""
    headers = {"location": "http://127.0.0.1:1/pay"} if status == 302 else {}

    def answer(route: Route) -> None:
        route.fulfill(status=status, content_type=kind, body=body, headers={"content-type": kind, **headers})

    return answer


def _try_again(phone: Device, within: float = 20_000) -> None:
    phone.page.get_by_role("button", name="Try now").locator("visible=true").click(timeout=within)


def _not_sent(phone: Device, tally: Tally, answer: tuple[int, str, str]) -> None:
    """It is «only on this phone» for as long as the false answer comes."""
    phone.page.wait_for_timeout(400)
    still = waiting(phone) == ["phone"] and "/sent" not in phone.page.url
    tally.promise(still, f"{answer[0]} «{answer[2][:30]}» counted as a receipt")


@pytest.mark.shows("A27")
def phone_full(lab: Lab) -> Tally:
    """F16: the browser gives the phone no room; the words stay on the screen, and go all the same."""
    with lab.hall("quota") as hall, a_phone(hall) as phone:
        join(phone, hall.room)
        hall.crowd.phones = [Phone(hall.served.port, hall.room)]
        given, tally = write(phone, hall), Tally()
        cdp = phone.context.new_cdp_session(phone.page)
        cdp.send("Storage.overrideQuotaForOrigin", {"origin": phone.address, "quotaSize": 1})
        phone.page.route("**/a/*", lose_sendings)
        send(phone)
        full = line(phone, "full")
        full.wait_for()
        tally.promise(_says(full, "This phone has no room left."), "nobody says that the phone is full")
        tally.promise(phone.page.locator(".check").get_by_text(given.words).is_visible(), "the words left the screen")
        tally.promise(_is_saved_as_a_file(phone, full, given), "the file does not hold the words")
        phone.page.unroute("**/a/*")
        full.get_by_role("button", name="Try now").click()
        phone.page.wait_for_url(SENT)
        given.acknowledged = True
        tally.add(books(hall))
    tally.says = "no room: it says so, the words stay on the screen and as a file, and go when there is network"
    return tally


def _says(part: Locator, words: str) -> bool:
    return words in part.inner_text()


def _is_saved_as_a_file(phone: Device, full: Locator, given: Given) -> bool:
    with phone.page.expect_download() as saved:
        full.get_by_role("button", name="Save it as a file").click()
    return given.words in saved.value.path().read_text("utf-8")


def clocks_of_phones(hall: Hall) -> Tally:
    """A phone that lives a year later writes, its clock jumps back two years, it writes again; then it sends."""
    tally = Tally()
    with a_phone(hall) as phone:
        phone.page.clock.set_system_time(now() + YEAR)
        join(phone, hall.room)
        hall.crowd.phones.append(Phone(hall.served.port, hall.room))
        hall.crowd.phones[0], hall.crowd.phones[-1] = hall.crowd.phones[-1], hall.crowd.phones[0]
        phone.page.route("**/a/*", lose_sendings)
        first = _keep_on_the_phone(phone, hall)
        phone.page.clock.set_system_time(now() - YEAR)
        second = _keep_on_the_phone(phone, hall)
        phone.page.unroute("**/a/*")
        _try_again(phone)
        phone.page.wait_for_url(SENT)
        first.acknowledged = second.acknowledged = until(lambda: waiting(phone) == [])
    numbers = dict(hall.ledger.rows("SELECT id, number FROM contribution"))
    there = first.id in numbers and second.id in numbers
    tally.promise(there and numbers[first.id] < numbers[second.id], "a phone's clock changed the order of its words")
    tally.add(books(hall))
    return tally


def _keep_on_the_phone(phone: Device, hall: Hall) -> Given:
    given = write(phone, hall)
    send(phone)
    line(phone).wait_for()
    return given
