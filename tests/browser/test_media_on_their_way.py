"""The words go first; photos and recordings follow piece by piece, whatever the network does, and arrive once."""

import pytest
from flask import Flask
from playwright.sync_api import Route, expect

from tests.browser.device import PHONE, Device, Devices
from tests.browser.doing import STORY, join, photo
from tests.browser.recording import (
    MAY_RECORD,
    PIECES,
    SENT,
    add_photo,
    arrived,
    cut_every_second,
    heading,
    large_photo,
    on_the_phone,
    record,
    send_it,
    ways,
)
from tests.browser.waiting import kept, until
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    return room


@pytest.fixture
def speaker(devices: Devices) -> Device:
    return devices(PHONE, permissions=MAY_RECORD)


def line(phone: Device, kind: str = "photo") -> str:
    """What stands on the line of this photo or recording."""
    found = phone.page.locator("[data-medium]").filter(has=phone.page.locator(f"[data-kind={kind}]:not([hidden])"))
    return " ".join(found.inner_text().split())


@pytest.mark.shows("A23", "A30")
def test_words_photo_and_voice_wait_without_network_survive_the_tab_and_arrive_once(
    room: build.Room, speaker: Device
) -> None:
    join(speaker, room)
    ways(speaker, "speak")
    speaker.page.get_by_role("textbox").first.fill(STORY)
    add_photo(speaker, photo("image.jpg"))
    record(speaker)
    speaker.context.set_offline(True)
    speaker.page.locator(".main-bar button").first.click()
    speaker.page.get_by_role("button", name="Send it as it is").click()
    expect(speaker.page.locator("[data-on-its-way=phone]")).to_be_visible()
    expect(speaker.page.locator("[data-outbox-count]")).to_have_text("3")
    here = sorted(each["sha256"] for each in on_the_phone(speaker))
    speaker.page.close()
    speaker.context.set_offline(False)
    speaker.page = speaker.context.new_page()
    speaker.open(f"{room.path}/my-words")
    until(lambda: len(arrived(room)) == 2, speaker)
    assert kept(room) == [STORY]
    assert sorted(each.sent_sha256 for each in arrived(room)) == here
    until(lambda: on_the_phone(speaker) == [], speaker)
    speaker.faults.clear()  # the browser itself reports each failed request


@pytest.mark.shows("A30", "A25")
def test_a_line_that_is_cut_again_and_again_loses_and_doubles_no_byte(room: build.Room, phone: Device) -> None:
    """Every second piece is lost, on its way there or on its way back."""
    join(phone, room)
    add_photo(phone, large_photo())
    [here] = on_the_phone(phone)
    assert here["size"] > 1024 * 1024
    lost: list[int] = []
    phone.context.route(PIECES, cut_every_second(lost))
    send_it(phone)
    phone.page.wait_for_url(SENT)
    until(lambda: arrived(room), phone)
    [there] = arrived(room)
    assert (there.size, there.sent_sha256) == (here["size"], here["sha256"])
    assert len(lost) >= 2
    until(lambda: on_the_phone(phone) == [], phone)
    expect(heading(phone.page)).to_have_text("Sent – safe")
    phone.faults.clear()  # the browser itself reports each request that was cut


@pytest.mark.shows("A26", "R04")
def test_safe_is_said_only_after_the_receipt_of_each_part(room: build.Room, phone: Device) -> None:
    """The words are safe, the photo arrives, and its answer is lost: nobody says «safe», and it is kept once."""
    join(phone, room)
    phone.page.get_by_role("textbox").first.fill(STORY)
    add_photo(phone, photo("image.jpg"))
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    phone.context.route(PIECES, lose)
    send_it(phone)
    phone.page.wait_for_url(SENT)
    until(lambda: lost, phone)
    expect(heading(phone.page)).to_have_text("It is on its way")
    assert "Only on this phone" in line(phone)
    assert len(on_the_phone(phone)) == 1
    phone.context.unroute_all(behavior="wait")  # it may be sending once more by itself in this moment
    phone.page.get_by_role("button", name="Try now").locator("visible=true").click()
    expect(heading(phone.page)).to_have_text("Sent – safe")
    assert "Sent – safe" in line(phone)
    assert len(arrived(room)) == 1
    assert on_the_phone(phone) == []
    phone.faults.clear()


@pytest.mark.shows("A26")
def test_how_much_is_there_already_is_told_in_words(room: build.Room, phone: Device) -> None:
    join(phone, room)
    add_photo(phone, large_photo())
    held: list[Route] = []

    def stop_at_the_third(route: Route) -> None:
        if "at=0&" in f"{route.request.url}&":
            route.continue_()
        else:
            held.append(route)

    phone.context.route(PIECES, stop_at_the_third)
    send_it(phone)
    phone.page.wait_for_url(SENT)
    until(lambda: held, phone)
    until(lambda: "%" in line(phone), phone)
    assert "Sending" in line(phone)
    for route in held:
        route.continue_()
    phone.context.unroute(PIECES)
    expect(heading(phone.page)).to_have_text("Sent – safe")


@pytest.mark.shows("A26")
def test_closing_the_page_asks_while_something_is_on_this_phone_alone_and_going_on_inside_does_not(
    room: build.Room, phone: Device
) -> None:
    join(phone, room)
    add_photo(phone, photo("image.jpg"))
    phone.context.route(PIECES, lambda route: route.abort())
    send_it(phone)
    phone.page.wait_for_url(SENT)
    expect(heading(phone.page)).to_have_text("It is on its way")
    phone.press("Look up")
    phone.press("My words")
    expect(phone.page.locator("#unsent")).to_contain_text("Only on this phone")
    assert phone.warnings == 0
    phone.page.goto("about:blank")
    assert phone.warnings == 1
    phone.context.unroute(PIECES)
    phone.open(f"{room.path}/my-words")
    until(lambda: arrived(room), phone)
    expect(phone.page.locator("#unsent")).to_be_hidden()
    phone.page.locator("h1").click()
    phone.page.goto("about:blank")
    assert phone.warnings == 1
    phone.faults.clear()


@pytest.mark.parametrize(
    ("status", "says"),
    [(413, "This is too large to send."), (415, "This workshop takes no recordings just now.")],
)
def test_what_is_not_taken_stays_with_a_sentence_and_can_be_kept_as_a_file(
    room: build.Room, phone: Device, status: int, says: str
) -> None:
    join(phone, room)
    add_photo(phone, photo("image.jpg"))
    answer = {"status": status, "content_type": "application/json", "body": f'{{"error": "{status}", "title": ""}}'}
    phone.context.route(PIECES, lambda route: route.fulfill(**answer))
    send_it(phone)
    phone.page.wait_for_url(SENT)
    until(lambda: says in line(phone), phone)
    with phone.page.expect_download() as saved:
        phone.page.get_by_role("button", name="Save it as a file").locator("visible=true").click()
    assert saved.value.suggested_filename == "image.jpg"
    phone.page.get_by_role("button", name="Delete it from this phone").click()
    until(lambda: on_the_phone(phone) == [], phone)
    phone.faults.clear()


@pytest.mark.shows("P06")
def test_words_that_are_taken_back_take_their_photo_from_the_phone(room: build.Room, phone: Device) -> None:
    join(phone, room)
    phone.page.get_by_role("textbox").first.fill(STORY)
    add_photo(phone, photo("image.jpg"))
    phone.context.route(PIECES, lambda route: route.abort())
    send_it(phone)
    phone.page.wait_for_url(SENT)
    phone.open(f"{room.path}/my-words")
    phone.press("Open")
    phone.page.get_by_role("button", name="Take it back").click()
    phone.page.wait_for_url("**/taken-back")
    assert on_the_phone(phone) == []
    assert kept(room) == []
    phone.faults.clear()


@pytest.mark.shows("R04")
def test_two_tabs_send_each_piece_once(room: build.Room, phone: Device) -> None:
    join(phone, room)
    add_photo(phone, large_photo())
    phone.context.route(PIECES, lambda route: route.abort())
    send_it(phone)
    phone.page.wait_for_url(SENT)
    other = phone.context.new_page()
    other.goto(f"{phone.address}{room.path}/my-words")
    expect(other.locator("#unsent")).to_contain_text("Only on this phone")
    phone.context.unroute(PIECES)
    sent: list[str] = []
    phone.context.on("request", lambda asked: sent.append(asked.url) if "/media/" in asked.url else None)
    for page in (phone.page, other):
        page.evaluate("() => window.dispatchEvent(new Event('online'))")
    until(lambda: arrived(room), phone)
    until(lambda: on_the_phone(phone) == [], phone)
    assert len(sent) == len(set(sent))
    other.close()
    phone.faults.clear()


@pytest.mark.shows("P03")
def test_who_gives_a_voice_or_a_face_is_asked_about_it_and_who_gives_words_is_not(
    room: build.Room, phone: Device
) -> None:
    join(phone, room)
    phone.page.get_by_role("textbox").first.fill(STORY)
    phone.press("Go on")
    phone.press("Go on")
    expect(phone.page.locator("[name=quote]")).to_have_count(1)
    expect(phone.page.locator("[name=face]")).to_have_count(0)
    phone.press("Back")
    phone.press("Back")
    add_photo(phone, photo("image.jpg"))
    phone.press("Go on")
    phone.press("Go on")
    expect(phone.page.get_by_text("People may know you by your voice or your face")).to_be_visible()
    expect(phone.page.locator("[name=face]")).not_to_be_checked()
    expect(phone.page.locator("[name=voice]")).to_have_count(0)
