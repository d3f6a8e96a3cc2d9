"""One room from the code to the butterfly: a phone, the console and the room's screen at once."""

import pytest
from flask import Flask

from tests.browser.device import Device
from tests.browser.doing import join, tell
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser


def test_bea_joins_by_the_code_and_tells_a_story(app: Flask, people: People, phone: Device) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    phone.open("/join")
    phone.page.get_by_role("textbox").fill(room.code.lower())
    phone.page.keyboard.press("Enter")
    phone.page.wait_for_url("**/j/*")
    assert phone.h1 == "River day"
    join(phone, room)
    tell(phone)
    assert phone.h1 == "Sent – safe"
