"""Everybody writes scripts in place of words, wherever anything can be written; nobody's browser ever runs one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Route

from tests.browser.device import LAPTOP, Device, device
from tests.browser.server import Server
from tests.support import errands, installation, walk
from tests.support.people import People
from tests.support.walk import Seen

pytestmark = [pytest.mark.browser, pytest.mark.shows("S13", "S14")]
RUN = "document.body.dataset.ran = 1"
PLANTED = (
    f"</script><script>{RUN}</script>\"'><img src=x onerror='{RUN}' data-planted>"
    f"</textarea><svg onload='{RUN}'> ${{{RUN}}} {{{{7*7}}}} javascript:{RUN} <a href=//evil.example>x</a>"
)
FOUND = """() => ({
  ran: document.body.dataset.ran === '1',
  made: document.querySelectorAll('[data-planted], svg[onload], script:not([src])').length,
  links: [...document.links].map((a) => a.href).filter((href) => /^javascript:|^data:|evil/i.test(href)),
})"""
CLEAN = {"ran": False, "made": 0, "links": []}
WORTH = ("dialog", "console: CSP", "script", "third party")


@pytest.fixture
def planted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_database: Path) -> Iterator[Flask]:
    """An installation in which everybody writes scripts: organisers, facilitators and people in the room."""
    monkeypatch.setattr(errands, "WORDS", PLANTED)
    monkeypatch.setattr(errands, "EDIT", {"text": f"{PLANTED}, again", "why": PLANTED})
    acts = (("ask", {"question": PLANTED}), ("edit", errands.EDIT), ("hide", {"reason": PLANTED}))
    monkeypatch.setattr(errands, "ACTS", (*acts, ("edit", {"text": ""})))
    monkeypatch.setattr(walk, "WORDS", PLANTED)
    monkeypatch.setattr(walk, "SERVICE_USER", PLANTED)
    roles = [{"name": PLANTED, "side": "lived"}, {"name": f"Prof {PLANTED}", "side": "service"}]
    monkeypatch.setattr(walk, "ROLES", roles)
    with installation.closing(installation.make(tmp_path / "planted", empty_database)) as app:
        yield app


class Shelf:
    """Pages that somebody was answered, to be looked at in a browser under the address of the real server."""

    def __init__(self, held: Device) -> None:
        self.held = held
        self.seen: Seen | None = None
        held.context.route("**/seen", self._hand_out)
        for path in ("**/live/**", "**/parts/**"):
            held.context.route(path, lambda route: route.abort())

    def _hand_out(self, route: Route) -> None:
        assert self.seen is not None
        answer = self.seen.page.response
        headers = {name: value for name, value in answer.headers.items() if not name.startswith("Content-Length")}
        route.fulfill(status=200, headers=headers, body=self.seen.page.html)

    def look_at(self, seen: Seen) -> dict[str, Any]:
        self.seen = seen
        self.held.open("/seen")
        found: dict[str, Any] = self.held.page.evaluate(FOUND)
        return found


@pytest.mark.shows("S13", "S14")
def test_nothing_that_people_write_runs_anywhere(browser: Browser, server: Server, planted: Flask) -> None:
    held = device(browser, server.address, LAPTOP)
    shelf, told, shown = Shelf(held), [], 0
    for seen in walk.everywhere(planted, People(planted)):
        found = shelf.look_at(seen)
        shown += PLANTED in seen.page.text
        if found != CLEAN:
            told.append(f"{seen.who} {seen.path}: {found}")
    told += [fault for fault in held.faults if fault.startswith(WORTH)]
    held.close()
    assert not told, "\n".join(told)
    assert shown > 50, "scripts must have been there to be read"


@pytest.mark.shows("S13")
def test_the_look_would_see_one_that_runs(browser: Browser, server: Server) -> None:
    held = device(browser, server.address, LAPTOP)
    held.context.route("**/seen", lambda route: route.fulfill(content_type="text/html", body=f"<body>{PLANTED}"))
    held.open("/seen")
    found = held.page.evaluate(FOUND)
    held.close()
    assert found["ran"]
    assert found["made"]
