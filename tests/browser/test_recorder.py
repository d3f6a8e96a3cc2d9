"""bea speaks and films instead of writing: pause, go on, listen again, and nothing is lost when the phone dies."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.device import PHONE, Device, Devices
from tests.browser.doing import join
from tests.browser.recording import (
    HUM,
    MAY_RECORD,
    act,
    arrived,
    heading,
    on_the_phone,
    record,
    send_it,
    way,
    ways,
)
from tests.browser.waiting import until
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser


@pytest.fixture
def speaker(devices: Devices) -> Device:
    """A phone whose owner lets it use microphone and camera."""
    return devices(PHONE, permissions=MAY_RECORD)


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    return room


@pytest.mark.shows("A16", "A29")
def test_a_voice_alone_is_a_story_with_pauses_and_listened_to_before_it_is_sent(
    room: build.Room, speaker: Device
) -> None:
    join(speaker, room)
    ways(speaker, "speak")
    way(speaker, "speak").click()
    expect(act(speaker, "start")).to_be_focused()
    act(speaker, "start").click()
    expect(act(speaker, "pause")).to_be_visible()
    act(speaker, "pause").click()
    expect(speaker.page.get_by_text("It rests. What you said is kept.")).to_be_visible()
    act(speaker, "go-on").click()
    expect(speaker.page.get_by_text("It is recording.")).to_be_visible()
    act(speaker, "done").click()
    player = speaker.page.locator("[data-player=sound]")
    expect(player).to_be_visible()
    assert player.evaluate("(each) => each.paused && each.play().then(() => true)")
    act(speaker, "keep").click()
    [kept] = on_the_phone(speaker)
    assert kept["state"] == "draft"
    send_it(speaker)
    until(lambda: arrived(room), speaker)
    expect(heading(speaker.page)).to_have_text("Sent – safe")
    [sound] = arrived(room)
    assert (sound.kind, sound.size, sound.sent_sha256) == ("sound", kept["size"], kept["sha256"])
    until(lambda: on_the_phone(speaker) == [], speaker)


@pytest.mark.shows("A16")
def test_a_film_alone_is_a_story(room: build.Room, speaker: Device) -> None:
    join(speaker, room)
    ways(speaker, "film")
    record(speaker, "film")
    send_it(speaker)
    until(lambda: arrived(room), speaker)
    assert [each.kind for each in arrived(room)] == ["film"]
    expect(heading(speaker.page)).to_have_text("Sent – safe")


@pytest.mark.shows("A29", "R05")
def test_a_tab_that_dies_in_the_middle_leaves_what_was_said_until_then(room: build.Room, speaker: Device) -> None:
    join(speaker, room)
    ways(speaker, "speak")
    way(speaker, "speak").click()
    act(speaker, "start").click()
    until(lambda: on_the_phone(speaker) and on_the_phone(speaker)[0]["size"], speaker)
    before = on_the_phone(speaker)[0]["size"]
    speaker.page.close()
    speaker.page = speaker.context.new_page()
    speaker.open(f"{room.path}/a/{room.activities['story']}")
    expect(speaker.page.locator("[data-own-id] audio")).to_be_visible()
    [kept] = on_the_phone(speaker)
    assert kept["state"] == "draft"
    assert kept["size"] >= before
    send_it(speaker)
    until(lambda: arrived(room), speaker)
    assert [each.sent_sha256 for each in arrived(room)] == [kept["sha256"]]


def test_the_meter_rises_with_the_voice(room: build.Room, speaker: Device) -> None:
    """A made-up microphone that hums, because the browser's own beep is taken for noise and made silent."""
    join(speaker, room)
    ways(speaker, "speak")
    speaker.page.evaluate(HUM)
    way(speaker, "speak").click()
    act(speaker, "start").click()
    expect(speaker.page.locator("[data-level] i.on").nth(7)).to_be_visible()


def test_another_one_is_recorded_after_the_first_is_deleted(room: build.Room, speaker: Device) -> None:
    join(speaker, room)
    ways(speaker, "speak")
    record(speaker, seconds=0.5)
    way(speaker, "speak").click()
    expect(speaker.page.get_by_text("There is one already. Delete it first to make another one.")).to_be_visible()
    speaker.page.locator("[data-own-drop]").click()
    expect(speaker.page.locator("[data-own-id]")).to_have_count(0)
    assert on_the_phone(speaker) == []
    record(speaker, seconds=0.5)


@pytest.mark.shows("A29", "A15")
def test_the_last_half_minute_is_told_and_the_end_keeps_what_was_said(room: build.Room, speaker: Device) -> None:
    speaker.page.clock.install()
    join(speaker, room)
    ways(speaker, "speak")
    way(speaker, "speak").click()
    act(speaker, "start").click()
    expect(act(speaker, "pause")).to_be_visible()
    told = speaker.page.get_by_text("Half a minute is left.")
    expect(told).to_be_hidden()
    until(lambda: on_the_phone(speaker) and on_the_phone(speaker)[0]["size"], speaker)  # something was said by then
    speaker.page.clock.fast_forward("04:31")
    expect(told).to_be_visible()

    def is_over() -> bool:
        speaker.page.clock.fast_forward("00:31")
        return act(speaker, "keep").is_visible()

    until(is_over, speaker)
    expect(act(speaker, "keep")).to_be_visible()
    assert on_the_phone(speaker)[0]["size"] > 0


@pytest.mark.shows("A29")
def test_without_a_microphone_a_recording_of_the_phone_is_taken_in_its_place(room: build.Room, phone: Device) -> None:
    """Nobody has allowed this page to use the microphone."""
    join(phone, room)
    ways(phone, "speak")
    way(phone, "speak").click()
    act(phone, "start").click()
    expect(phone.page.get_by_text("You can also take a recording that is on this phone.")).to_be_visible()
    with phone.page.expect_file_chooser() as chooser:
        act(phone, "file").click()
    chooser.value.set_files(
        {"name": "voice.m4a", "mimeType": "audio/mp4", "buffer": b"\0\0\0\x18ftypM4A " + bytes(500)}
    )
    expect(phone.page.locator("[data-own-id]")).to_have_count(1)
    assert on_the_phone(phone)[0]["kind"] == "sound"
