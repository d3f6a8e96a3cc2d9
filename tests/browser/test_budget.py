"""A22: what a cheap phone on a slow network has to fetch before the first question."""

import gzip

import pytest
from flask import Flask

from tests.browser.device import Device
from tests.browser.doing import join
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser
KIB = 1024


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    return room


def weights(phone: Device) -> dict[str, int]:
    """What each address weighs, gzipped, as this phone gets it."""
    addresses = sorted({url for url in phone.requests if "/live/" not in url})
    return {url: len(gzip.compress(phone.context.request.get(url).body(), 6)) for url in addresses}


def is_script(url: str) -> bool:
    return url.split("?")[0].endswith(".js")


@pytest.mark.shows("A22")
def test_the_first_visit_is_small(room: build.Room, phone: Device) -> None:
    phone.open(f"/j/{room.doors['lived']}")
    phone.page.wait_for_load_state("networkidle")
    sizes = weights(phone)
    assert len(phone.requests) <= 8, sorted(phone.requests)
    assert sum(sizes.values()) <= 60 * KIB, sizes
    assert sum(size for url, size in sizes.items() if is_script(url)) <= 40 * KIB, sizes


@pytest.mark.shows("A22")
def test_the_whole_way_to_the_first_question_is_small(room: build.Room, phone: Device) -> None:
    join(phone, room)
    phone.page.wait_for_timeout(500)
    sizes = weights(phone)
    assert sum(sizes.values()) <= 64 * KIB, sizes  # with the question itself, and what a recorder needs to begin
    assert sum(size for url, size in sizes.items() if is_script(url)) <= 40 * KIB, sizes
    assert not [url for url in sizes if url.endswith((".woff", ".woff2", ".ttf", ".otf"))]
