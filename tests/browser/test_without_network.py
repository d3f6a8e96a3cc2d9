"""A phone over https whose network ends: the question opens again, words go later, and no page is for the next one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.browser.chromium import FLAGS
from tests.browser.crowd import Crowd
from tests.browser.device import PHONE, Device, device
from tests.browser.doing import join
from tests.browser.server import Server, free_port, house, serving
from tests.browser.tls import https, needed
from tests.browser.waiting import kept, line, until, waiting
from tests.support import build
from tests.support.people import People
from tools import browser as chrome

pytestmark = pytest.mark.browser
NAME = "workshop.test"
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) found.push(`${name} ${new URL(url).pathname}`);
  return found;
}"""


@pytest.fixture(scope="module")
def sure(browser: Browser) -> Iterator[Browser]:
    """A browser that believes the test's certificate, also for the service worker."""
    options: dict[str, Any] = {"executable_path": chrome.find(), "args": [*FLAGS, "--ignore-certificate-errors"]}
    opened = browser.browser_type.launch(**options)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    needed()
    folder, outside = tmp_path_factory.mktemp("https"), free_port()
    with (
        serving(folder / "instance", f"https://{NAME}:{outside}", PROXIES="1") as server,
        https(folder, NAME, server.port, outside),
    ):
        yield server


@pytest.fixture(scope="module")
def app(server: Server) -> Iterator[Flask]:
    with house(server) as app:
        yield app


@pytest.fixture(scope="module")
def people(app: Flask) -> People:
    return People(app)


@pytest.fixture
def phone(sure: Browser, server: Server) -> Iterator[Device]:
    held = device(sure, server.address, PHONE)
    yield held
    faults = [fault for fault in held.faults if "ERR_INTERNET_DISCONNECTED" not in fault]
    held.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "cards", ("dots", {"items": "A bench\nA bus"}))
    room.open("cards")
    return room


def settle(phone: Device) -> None:
    """Until this phone has what it needs for a time without network."""
    until(lambda: any("/a/" in each for each in phone.page.evaluate(CACHED)), phone)


def question(room: build.Room) -> str:
    return f"{room.path}/a/{room.activities['cards']}"


def give_without_network(phone: Device, words: str) -> None:
    phone.page.get_by_label("Your words").fill(words)
    phone.page.get_by_role("button", name="Go on").locator("visible=true").click()
    phone.page.get_by_role("button", name="Send it as it is").click()
    expect(line(phone)).to_be_visible()


@pytest.mark.shows("A23", "S12")
def test_the_question_opens_again_and_what_is_written_goes_later(room: build.Room, phone: Device) -> None:
    """S12: the form's token is long dead when the network comes back."""
    join(phone, room)
    settle(phone)
    phone.context.set_offline(True)
    phone.open(question(room))
    assert phone.h1 == "What about cards?"
    expect(phone.page.get_by_text("Without network. You can go on writing here.")).to_be_visible()
    give_without_network(phone, "A bench at the stop")
    with phone.page.expect_navigation():
        phone.page.get_by_role("link", name="Go on without network").click()
    give_without_network(phone, "A roof over it")
    assert waiting(phone) == ["phone", "phone"]
    phone.context.clear_cookies(name="__Host-workshop")
    phone.context.set_offline(False)
    until(lambda: sorted(kept(room)) == ["A bench at the stop", "A roof over it"], phone)
    phone.page.wait_for_url("**/sent")
    assert waiting(phone) == []
    phone.faults.clear()  # a token that is refused once is how the phone gets a fresh one


def test_a_page_that_was_not_kept_says_so_and_shows_what_waits(room: build.Room, phone: Device) -> None:
    join(phone, room)
    settle(phone)
    phone.context.set_offline(True)
    phone.open(question(room))
    give_without_network(phone, "A bench at the stop")
    phone.open(f"{room.path}/my-words")
    assert phone.h1 == "There is no network just now."
    expect(phone.page.locator("#unsent")).to_contain_text("A bench at the stop")
    with phone.page.expect_navigation():
        phone.page.get_by_role("link", name="Go on without network").click()
    assert phone.h1 == "What about cards?"
    phone.open("/")
    assert phone.h1 == "What about cards?", "the app on the first screen opens the question too"
    phone.open(f"{room.path}/help")
    phone.context.set_offline(False)
    expect(phone.page.get_by_role("heading", name="Do you need help?")).to_be_visible(timeout=30_000)
    until(lambda: kept(room) == ["A bench at the stop"], phone)
    phone.faults.clear()  # a page of nobody's has no token: it is refused once, and gets one


def test_other_peoples_words_and_other_pages_are_not_kept(room: build.Room, people: People, phone: Device) -> None:
    crowd = Crowd(room, people.ada.id)
    crowd.say(crowd.come("lived")[0], "cards", "Somebody else's idea")
    join(phone, room)
    expect(phone.page.get_by_text("Somebody else's idea")).to_be_visible()
    settle(phone)
    for page in ("my-words", "look-up", "help"):
        phone.open(f"{room.path}/{page}")
    cached = [each.split(" ")[1] for each in phone.page.evaluate(CACHED)]
    assert [each for each in cached if each.startswith("/w/")] == [question(room)]
    text = phone.page.evaluate("async (path) => (await caches.match(path)).text()", question(room))
    assert "data-kept" in text
    assert "Somebody else" not in text


@pytest.mark.shows("A32")
def test_the_next_person_finds_nothing_of_the_one_before(room: build.Room, phone: Device) -> None:
    """A32: kept pages go with the person; what waits stays, unseen."""
    join(phone, room)
    settle(phone)
    phone.open(f"{room.path}/look-up")
    with phone.page.expect_navigation(url="**/gone"):
        phone.page.evaluate(
            """(path) => {
              const form = document.createElement('form');
              form.method = 'post';
              form.action = `${path}/next-person`;
              const token = document.querySelector('meta[name="csrf-token"]').content;
              form.append(Object.assign(document.createElement('input'), { name: 'csrf_token', value: token }));
              document.body.append(form);
              form.submit();
            }""",
            room.path,
        )
    until(lambda: not any("/a/" in each for each in phone.page.evaluate(CACHED)), phone)
    phone.context.set_offline(True)
    phone.open(question(room))
    assert phone.h1 == "There is no network just now."
    phone.faults[:] = [fault for fault in phone.faults if "/live/" not in fault]  # no news for the seat that is gone


def test_a_closed_question_is_kept_no_longer(room: build.Room, phone: Device) -> None:
    join(phone, room)
    settle(phone)
    room.close("cards")
    phone.open(question(room))
    assert phone.h1 == "This question is closed"
    until(lambda: not any("/a/" in each for each in phone.page.evaluate(CACHED)), phone)


@pytest.mark.shows("A24")
def test_what_the_worker_touches(phone: Device, room: build.Room) -> None:
    """A24: the worker's own script, asked about each kind of request."""
    phone.open("/")
    asked = {
        "GET navigate /w/ROOM/a/ROOM": True,
        "GET navigate /w/ROOM/my-words": True,
        "GET navigate /": True,
        "GET no-cors /static/css/base.css": True,
        "POST navigate /w/ROOM/a/ROOM": False,
        "POST cors /w/ROOM/a/ROOM": False,
        "PUT cors /w/ROOM/": False,
        "HEAD cors /static/css/base.css": False,
        "GET navigate /w/ROOM/console": False,
        "GET navigate /r/0123456789abcdef": False,
        "GET navigate /receipt": False,
        "GET navigate /j/0123456789abcdef": False,
        "GET navigate /office": False,
        "GET cors /w/ROOM/parts/phone/now": False,
        "GET cors /live/ROOM/phone": False,
        "GET no-cors /w/ROOM/media/ROOM": False,
    }
    script = phone.page.evaluate("async () => (await fetch('/sw.js')).text()")
    phone.page.evaluate(f"(window.worker = function (self) {{ {script} }}, null)")
    touched = phone.page.evaluate(
        """async ([asked, room]) => {
          const heard = {};
          const self = { addEventListener: (name, act) => { heard[name] = act; }, location: location, navigator };
          worker(self);
          return Object.fromEntries(asked.map((line) => {
            const [method, mode, path] = line.replaceAll('ROOM', room).split(' ');
            let touched = false;
            const request = { method, mode, url: new URL(path, location.href).href };
            const respondWith = (answer) => { touched = true; answer.catch(() => {}); };
            heard.fetch({ request, respondWith, waitUntil: () => {} });
            return [line, touched];
          }));
        }""",
        [list(asked), room.id],
    )
    assert touched == asked


def test_the_app_can_be_put_on_the_first_screen(room: build.Room, phone: Device) -> None:
    join(phone, room)
    settle(phone)
    cdp = phone.context.new_cdp_session(phone.page)
    expect(phone.page.locator("link[rel=manifest]")).to_have_count(1)
    found: dict[str, Any] = cdp.send("Page.getAppManifest")
    assert found["errors"] == []
    assert '"start_url": "/"' in found["data"] or '"start_url":"/"' in found["data"]
    trouble = {each["errorId"] for each in cdp.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert trouble <= {"in-incognito", "not-from-secure-origin"}, "the test's certificate is its own"


def test_the_first_visit_asks_for_no_more_than_before(room: build.Room, phone: Device) -> None:
    phone.open(f"/j/{room.doors['lived']}")
    phone.page.wait_for_load_state("networkidle")
    assert len(phone.requests) <= 8, phone.requests
    assert not [url for url in phone.requests if "sw.js" in url or "manifest" in url]


def test_switched_off_it_clears_itself_away_and_leaves_the_outbox(sure: Browser, tmp_path: Path) -> None:
    inside, outside = free_port(), free_port()
    address = f"https://{NAME}:{outside}"
    with https(tmp_path, NAME, inside, outside):
        with serving(tmp_path / "instance", address, inside, PROXIES="1") as server, house(server) as app:
            room = build.workshop(app, People(app).organisation_id, "cards")
            room.open("cards")
            phone = device(sure, address, PHONE)
            join(phone, room)
            settle(phone)
            phone.context.set_offline(True)
            phone.open(question(room))
            give_without_network(phone, "A bench at the stop")
        phone.page.goto("about:blank")
        phone.context.set_offline(False)
        with serving(tmp_path / "another", address, inside, PROXIES="1", SERVICE_WORKER="0"):
            phone.open("/")
            workers = "async () => (await navigator.serviceWorker.getRegistrations()).length"
            until(lambda: phone.page.evaluate(workers) == 0, phone)
            until(lambda: not any("shell" in each or "/a/" in each for each in phone.page.evaluate(CACHED)), phone)
            assert waiting(phone) == ["phone"]
            phone.close()
