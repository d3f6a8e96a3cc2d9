"""bea's photos on her own phone: each one known by itself, made smaller, turned, and never lost."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.device import Device
from tests.browser.doing import STORY, join, photo
from tests.browser.recording import (
    add_photo,
    arrived,
    heading,
    large_photo,
    on_the_phone,
    send_it,
    turned_photo,
)
from tests.browser.waiting import until
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser
BYTES = """async () => {
  const { all, blobOf } = await import('/static/js/shelf.js');
  const bytes = await (await blobOf((await all())[0])).arrayBuffer();
  return new TextDecoder('latin1').decode(bytes);
}"""
HEIC = b"\0\0\0\x18ftypheic" + bytes(4000)


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    return room


@pytest.mark.shows("A28")
def test_two_photos_of_one_name_are_two(room: build.Room, phone: Device) -> None:
    join(phone, room)
    add_photo(phone, photo("image.jpg"), large_photo("image.jpg", (400, 300)))
    send_it(phone)
    until(lambda: len(arrived(room)) == 2, phone)
    first, second = arrived(room)
    assert first.sent_sha256 != second.sent_sha256
    expect(heading(phone.page)).to_have_text("Sent – safe")


@pytest.mark.shows("A29")
def test_a_photo_is_made_smaller_and_turned_on_the_phone_and_tells_nothing_beside_the_picture(
    room: build.Room, phone: Device
) -> None:
    join(phone, room)
    add_photo(phone, turned_photo())
    [kept] = on_the_phone(phone)
    assert (kept["width"], kept["height"], kept["type"]) == (1200, 1600, "image/jpeg")
    assert "HIDDEN-PLACE" not in phone.page.evaluate(BYTES)


@pytest.mark.shows("A29")
def test_a_photo_that_the_browser_cannot_draw_goes_as_it_is(room: build.Room, phone: Device) -> None:
    join(phone, room)
    add_photo(phone, {"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": HEIC})
    assert on_the_phone(phone)[0]["size"] == len(HEIC)


def test_what_is_no_photo_is_told_at_once_and_the_words_stay(room: build.Room, phone: Device) -> None:
    join(phone, room)
    phone.page.get_by_role("textbox").first.fill(STORY)
    expect(phone.page.locator("[data-ways]")).to_be_visible()
    phone.page.locator("input[name=photo_file]").set_input_files(
        {"name": "stop.jpg", "mimeType": "image/jpeg", "buffer": b"this is no picture at all"}
    )
    expect(phone.page.get_by_text("This is not a photo that we can read.")).to_be_visible()
    assert on_the_phone(phone) == []
    expect(phone.page.get_by_role("textbox").first).to_have_value(STORY)


def test_a_photo_comes_back_with_its_question_and_can_be_taken_out(room: build.Room, phone: Device) -> None:
    join(phone, room)
    add_photo(phone, photo("image.jpg"))
    phone.page.reload()
    expect(phone.page.locator("[data-own-id]")).to_have_count(1)
    phone.page.locator("[data-own-drop]").click()
    expect(phone.page.locator("[data-own-id]")).to_have_count(0)
    assert on_the_phone(phone) == []
    assert phone.page.locator("input[name=media]").input_value() == ""


@pytest.mark.shows("A32")
def test_the_next_person_finds_no_photo_of_an_answer_in_the_making(room: build.Room, phone: Device) -> None:
    join(phone, room)
    add_photo(phone, photo("image.jpg"))
    phone.context.clear_cookies()
    join(phone, room)
    until(lambda: on_the_phone(phone) == [], phone)
    expect(phone.page.locator("[data-own-id]")).to_have_count(0)


@pytest.mark.shows("A27")
def test_a_full_phone_keeps_the_words_offers_the_photo_as_a_file_and_sends_it_from_the_page(
    room: build.Room, phone: Device
) -> None:
    """F16: the browser says that there is no room; nothing is written on this phone."""
    join(phone, room)
    cdp = phone.context.new_cdp_session(phone.page)
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": phone.address, "quotaSize": 1})
    phone.page.get_by_role("textbox").first.fill(STORY)
    add_photo(phone, photo("image.jpg"))
    full = phone.page.locator("[data-phone-full]")
    expect(full).to_contain_text("This phone has no room left.")
    with phone.page.expect_download() as saved:
        phone.page.locator("[data-own-save]").click()
    assert saved.value.suggested_filename == "image.jpg"
    expect(phone.page.get_by_role("textbox").first).to_have_value(STORY)
    full.get_by_role("button", name="Send it as it is").click()
    phone.page.wait_for_url("**/sent")
    assert [each.kind for each in arrived(room)] == ["photo"]
    expect(heading(phone.page)).to_have_text("Sent – safe")
