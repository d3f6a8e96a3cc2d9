"""Two people curate at once and see each other's changes; keys alone are enough; a phone without script is enough."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.crowd import Crowd
from tests.browser.device import LAPTOP, PHONE, Devices
from tests.browser.doing import join, sign_in
from tests.support import build
from tests.support.people import People
from workshop.commands import curating
from workshop.commands.curating import NEW, Curator, Goal, Mark
from workshop.consent import Viewer
from workshop.models.columns import new_id
from workshop.queries import themes

pytestmark = pytest.mark.browser
BUS = "I waited for the bus. It was late again. Nobody told us why."


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    """A story of bea's, approved; its second sentence is in a theme."""
    made = build.workshop(app, people.organisation_id, "story", "curate")
    made.open("story", "curate")
    crowd = Crowd(made, people.ada.id)
    told = crowd.say(crowd.come("lived", 1)[0], "story", BUS)
    with app.app_context():
        by = Curator(made.id, user_id=people.ada.id)
        curating.mark(by, told, [Mark(new_id(), "text", 22, 40)], Goal(NEW, "Waiting", new_id()))
    made.activities["told"] = told
    return made


def test_what_one_moves_the_other_sees_and_keeps_what_is_ticked(
    room: build.Room, devices: Devices, people: People
) -> None:
    ada = devices(LAPTOP)
    sign_in(ada, people)
    ada.open(f"{room.path}/themes")
    told = room.activities["told"]
    colleague = Curator(room.id, user_id=people.ada.id)
    with room.app.app_context():
        curating.mark(colleague, told, [Mark(new_id(), "text", 0, 21)], Goal())
    row = ada.page.locator(".marked", has_text="I waited for the bus.")
    expect(row).to_be_visible()
    row.get_by_role("checkbox").check()
    with room.app.app_context():
        curating.mark(colleague, told, [Mark(new_id(), "text", 41, 60)], Goal(NEW, "Their silence", new_id()))
    expect(ada.page.locator(".theme-list").get_by_text("Their silence")).to_be_visible()
    expect(row.get_by_role("checkbox")).to_be_checked()
    ada.page.locator("select[name=to]").select_option(label="Waiting")
    ada.press("Move there")
    expect(ada.page.get_by_text("1 highlight is there now.")).to_be_visible()


@pytest.mark.shows("A02")
def test_keys_alone_mark_and_gather(room: build.Room, devices: Devices, people: People) -> None:
    ada = devices(LAPTOP)
    sign_in(ada, people)
    ada.open(f"{room.path}/themes/stories/{room.activities['told']}")
    keys = ada.page.keyboard
    ada.page.locator("input[name=piece]").nth(2).focus()
    keys.press("Space")
    ada.page.locator("input[name=name]").focus()
    keys.type("Their silence")
    keys.press("Tab")
    ada.enter()
    expect(ada.page.get_by_text("1 piece is marked.")).to_be_visible()
    with room.app.test_request_context():
        assert "Their silence" in {each.name for each in themes.named(room.id, Viewer.FACILITATOR)}


@pytest.mark.shows("A12")
def test_a_phone_without_script_reads_ticks_and_names(room: build.Room, devices: Devices) -> None:
    cem = devices(PHONE, java_script_enabled=False)
    join(cem, room, "Professional", "service")
    cem.open(f"{room.path}/a/{room.activities['curate']}")
    cem.press("Read a story")
    cem.page.get_by_label("Nobody told us why.").check()
    cem.press("Go on with the ticked words")
    cem.page.get_by_label("Waiting").check(force=True)
    cem.press("Keep these words")
    expect(cem.page.get_by_text("Kept. Thank you!")).to_be_visible()
    cem.press("Next story")
    assert cem.h1 == "You have read all stories"
