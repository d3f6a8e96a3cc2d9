"""The same evening on plain http in a hall, where browsers withhold much, and over https, as it should be."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.crowd import Crowd
from tests.browser.device import PHONE, PROJECTOR, Device, device
from tests.browser.doing import STORY, join, tell
from tests.browser.server import Server, free_port, house, serving
from tests.browser.tls import https, needed
from tests.support import build
from tests.support.people import organisation
from workshop.commands import accounts
from workshop.queries import contributions

pytestmark = pytest.mark.browser
HALL = "10.20.30.40"
NAME = "workshop.test"


@dataclass(frozen=True, slots=True)
class Mode:
    """How this installation is reached, and what the browser must think of it."""

    server: Server
    secure: bool
    prefix: str


@pytest.fixture(params=["hall", "https"])
def mode(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Mode]:
    if request.param == "hall":
        port = free_port()
        with serving(tmp_path / "hall", f"http://{HALL}:{port}", port) as server:
            yield Mode(server, secure=False, prefix="")
        return
    needed()
    outside = free_port()
    with (
        # No worker: a browser fetches its script only from whom it trusts, and here it merely looks away.
        serving(tmp_path / "secure", f"https://{NAME}:{outside}", PROXIES="1", SERVICE_WORKER="false") as server,
        https(tmp_path, NAME, server.port, outside),
    ):
        yield Mode(server, secure=True, prefix="__Host-")


@pytest.fixture
def hands(mode: Mode, browser: Browser) -> Iterator[Any]:
    held: list[Device] = []

    def hand_out(kind: Any) -> Device:
        held.append(device(browser, mode.server.address, kind, ignore_https_errors=True))
        return held[-1]

    yield hand_out
    faults = [fault for each in held for fault in each.faults]
    for each in held:
        each.close()
    assert not faults, "\n".join(faults)


@pytest.mark.shows("R14", "S04")
def test_join_tell_show_choose_and_take_back(mode: Mode, hands: Any) -> None:
    phone, projector = hands(PHONE), hands(PROJECTOR)
    with house(mode.server) as app:
        with app.app_context():
            ada = accounts.add_user("ada@example.org", "Ada", None)
        agenda = ("story", ("dots", {"items": "A bench\nA roof"}))
        room = build.workshop(app, organisation_in(app), *agenda)
        room.open("story")
        projector.open(f"/s/{room.doors['screen']}")
        join(phone, room)
        assert phone.page.evaluate("() => isSecureContext") is mode.secure
        assert (phone.page.get_by_text("Practice only.").count() == 0) is mode.secure
        assert_cookies(phone, room, mode)
        tell(phone)
        assert phone.h1 == "Sent – safe"
        approve_all(room, ada)
        expect(projector.page.get_by_text(STORY)).to_be_visible()
        phone.open(f"{room.path}/my-words")
        phone.press("Open")
        phone.press("Take it back")
        expect(projector.page.get_by_text(STORY)).to_have_count(0)
        room.open("dots")
        phone.open(f"{room.path}/a/{room.activities['dots']}")
        phone.page.get_by_label("A bench").check(force=True)
        phone.press("Go on")
        phone.press("Send")
        assert phone.h1 == "Sent – safe"


def organisation_in(app: Any) -> str:
    with app.app_context():
        return organisation(app, "Riverside")


def approve_all(room: build.Room, facilitator: str) -> None:
    with room.app.app_context():
        for said in contributions.queue(room.id):
            Crowd(room, facilitator).approve(said.id)


def assert_cookies(phone: Device, room: build.Room, mode: Mode) -> None:
    """S04: bound to the host and to https wherever there is https; in a hall as good as browsers let us."""
    kept = {cookie.get("name"): cookie for cookie in phone.context.cookies()}
    for name in (f"{mode.prefix}seat-{room.id[:10]}", f"{mode.prefix}receipt-{room.id[:10]}"):
        assert name in kept, sorted(map(str, kept))
        assert kept[name].get("secure") is mode.secure
        assert kept[name].get("httpOnly") is True
        assert kept[name].get("sameSite") == "Lax"
