"""What somebody listens to goes on while the room writes, and is gone at once when its teller takes the yes away."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.device import PHONE, Devices
from tests.browser.doing import join
from tests.media.recordings import sound
from tests.support import build
from tests.support.people import Participant, People
from tests.web.test_arriving import rebuild, send, tell
from workshop.models.columns import new_id

pytestmark = pytest.mark.browser
PLAYS = "player => { Object.defineProperty(player, 'paused', { value: false }); player.dataset.mine = 'yes'; }"


def approved(people: People, room: build.Room, story: str) -> None:
    page = people.ada.get(f"{room.path}/console/words/{story}")
    assert people.ada.send(page, "/approve", recognisable="no").status == 303


def heard(app: Flask, people: People, room: build.Room, bea: Participant, text: str) -> str:
    medium = new_id()
    story = tell(bea, f"sound:{medium}", text=text, voice="y")
    send(bea, medium, sound(2), story)
    rebuild(app)
    approved(people, room, story)
    return story


def test_a_recording_plays_on_while_others_write(app: Flask, people: People, devices: Devices) -> None:
    """Chromium knows no AAC here, so the player only says that it plays; what counts is that it stays the same one."""
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = people.bea(room)
    story = heard(app, people, room, bea, "The first bus")
    listening = devices(PHONE)
    join(listening, room)
    player = listening.page.locator(".player audio")
    expect(player).to_have_count(1)
    player.evaluate(PLAYS)
    heard(app, people, room, bea, "The second bus")
    expect(player).to_have_count(2, timeout=20_000)
    expect(listening.page.locator(".player audio[data-mine]")).to_have_count(1)
    bea.post(f"{room.path}/words/{story}/voice-and-face")
    expect(listening.page.locator(".player audio[data-mine]")).to_have_count(0, timeout=20_000)
    expect(listening.page.get_by_text("The first bus")).to_be_visible()
