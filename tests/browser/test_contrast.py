"""The question on a phone is read in sunlight and by old eyes: seven to one, more than the level that we claim."""

from typing import Literal

import pytest
from flask import Flask

from tests.browser import axe
from tests.browser.device import Device
from tests.browser.doing import join
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser
QUESTIONS = """async () => {
  const options = { runOnly: ['color-contrast-enhanced'], resultTypes: ['violations', 'passes'] };
  const { violations, passes } = await axe.run('h1', options);
  const words = (found) => found.flatMap(({ nodes }) => nodes.map((node) => node.html));
  return { weak: words(violations), strong: words(passes) };
}"""


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "story", "closing", ("dots", {"items": "A bench\nA roof"}))
    room.open("story", "closing", "dots")
    return room


def weak(phone: Device) -> list[str]:
    axe.violations(phone.page, "color-contrast")  # brings axe to the page
    found = phone.page.evaluate(QUESTIONS)
    assert found["weak"] or found["strong"], "no question was looked at"
    return list(found["weak"])


@pytest.mark.shows("A04")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_question_stands_out(room: build.Room, phone: Device, scheme: Literal["light", "dark"]) -> None:
    phone.page.emulate_media(color_scheme=scheme)
    phone.open(f"/j/{room.doors['lived']}")
    assert weak(phone) == []
    join(phone, room)
    for key in room.activities:
        phone.open(f"{room.path}/a/{room.activities[key]}")
        assert weak(phone) == [], key
    for what in ("role", "my-words", "help"):
        phone.open(f"{room.path}/{what}")
        assert weak(phone) == [], what


def test_a_pale_question_is_seen(room: build.Room, phone: Device) -> None:
    phone.open(f"/j/{room.doors['lived']}")
    phone.page.evaluate("() => document.querySelector('h1').style.setProperty('color', '#888888')")
    assert len(weak(phone)) == 1
