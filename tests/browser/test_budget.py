"""A22: what a cheap phone on a slow network has to fetch before the first question."""

import gzip
from typing import Any

import pytest
from flask import Flask

from tests.browser.device import Device
from tests.browser.doing import join
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser
KIB = 1024


@pytest.mark.parametrize("until", ["welcome", "question"])
def test_the_first_visit_is_small(until: str, app: Flask, people: People, phone: Device) -> None:
    """The first screen alone, and the whole way to the first question."""
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    fetched: list[Any] = []
    phone.page.on("response", lambda response: fetched.append(response))
    phone.open(f"/j/{room.doors['lived']}")
    if until == "question":
        join(phone, room)
    phone.page.wait_for_load_state("networkidle") if until == "welcome" else phone.page.wait_for_timeout(500)
    bodies = [(each.url, each.body()) for each in fetched if each.status == 200 and "/live/" not in each.url]
    sizes = {url: len(gzip.compress(body, 6)) for url, body in bodies}
    scripts = sum(size for url, size in sizes.items() if url.split("?")[0].endswith(".js"))
    assert sum(sizes.values()) <= 60 * KIB, sizes
    assert scripts <= 40 * KIB, sizes
    assert len(sizes) <= (8 if until == "welcome" else 24), sorted(sizes)
    assert not [url for url in sizes if url.endswith((".woff", ".woff2", ".ttf", ".otf"))]
