"""Everything bea gives is on her phone before it goes anywhere: an answer, a take-back, a page she had just begun."""

import pytest
from flask import Flask
from playwright.sync_api import Route, expect

from tests.browser.device import Device
from tests.browser.doing import STORY, join, photo, tell
from tests.browser.recording import on_the_phone
from tests.browser.waiting import (
    SENT,
    WORDS,
    answer_each,
    kept,
    line,
    lose_answers,
    lose_sendings,
    send,
    until,
    waiting,
    write,
)
from tests.support import build
from tests.support.people import People
from workshop.queries import choices, contributions

pytestmark = pytest.mark.browser


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "cards")
    room.open("cards")
    return room


@pytest.fixture
def stories(app: Flask, people: People) -> build.Room:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    return room


def test_an_answer_to_a_statement_waits_and_the_last_one_counts(app: Flask, people: People, phone: Device) -> None:
    room = build.workshop(app, people.organisation_id, ("statements", {"items": "Buses are late"}))
    room.open("statements")
    join(phone, room)
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="I agree").click()
    expect(line(phone)).to_be_visible()
    phone.page.get_by_role("button", name="I disagree").click()
    expect(line(phone)).to_be_visible()
    expect(phone.page.locator("[data-outbox-count]")).to_have_text("1")
    phone.context.set_offline(False)
    expect(phone.page.get_by_role("heading", name="You have answered everything")).to_be_visible()
    with app.app_context():
        assert [list(each.choices.values()) for each in choices.ballots(room.activities["statements"])] == [[-1]]
    phone.faults.clear()


@pytest.mark.shows("A23")
def test_a_take_back_waits_and_goes_by_itself(room: build.Room, phone: Device) -> None:
    write(phone, room)
    send(phone)
    phone.page.wait_for_url(SENT)
    phone.open(f"{room.path}/my-words")
    phone.press("Open")
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="Take it back").click()
    expect(line(phone)).to_be_visible()
    assert kept(room) == [WORDS]
    phone.context.set_offline(False)
    phone.page.wait_for_url("**/taken-back")
    assert kept(room) == []
    phone.faults.clear()


def test_a_take_back_whose_answer_was_lost_is_done_once_and_says_so(room: build.Room, phone: Device) -> None:
    write(phone, room)
    send(phone)
    phone.page.wait_for_url(SENT)
    phone.open(f"{room.path}/my-words")
    phone.press("Open")
    lost = lose_answers(phone, "**/take-back")
    phone.page.get_by_role("button", name="Take it back").click()
    until(lambda: lost, phone)
    expect(line(phone)).to_be_visible()
    assert kept(room) == []
    phone.page.unroute("**/take-back")
    phone.page.wait_for_url("**/taken-back")
    with room.app.app_context():
        assert len(contributions.taken_back(room.id)) == 1
    phone.faults.clear()


def test_between_two_questions_the_words_stay_and_can_go_as_they_are(stories: build.Room, phone: Device) -> None:
    join(phone, stories)
    phone.page.get_by_role("textbox").first.fill(STORY)
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="Go on").locator("visible=true").click()
    panel = phone.page.locator("[data-no-network]")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("Who may see it: The facilitators.")
    expect(phone.page.get_by_role("textbox").first).to_have_value(STORY)
    panel.get_by_role("button", name="Send it as it is").click()
    expect(line(phone)).to_be_visible()
    expect(line(phone)).to_contain_text("Only on this phone")
    assert waiting(phone) == ["phone"]
    phone.context.set_offline(False)
    phone.page.wait_for_url(SENT)
    assert kept(stories) == [STORY]
    phone.faults.clear()


@pytest.mark.shows("A28", "R05")
def test_a_photo_waits_with_its_story_and_is_kept_once(stories: build.Room, phone: Device) -> None:
    """A28, R05: the answer is lost after the server has kept both; the same story and photo come again."""
    join(phone, stories)
    phone.page.get_by_role("textbox").first.fill(STORY)
    phone.page.locator("input[name=photo_file]").set_input_files(photo("image.jpg"))
    phone.context.set_offline(True)
    phone.page.get_by_role("button", name="Go on").locator("visible=true").click()
    phone.page.get_by_role("button", name="Send it as it is").click()
    expect(line(phone)).to_be_visible()
    lost = lose_answers(phone, "**/a/*")
    phone.context.set_offline(False)
    until(lambda: lost, phone)
    assert kept(stories) == [STORY]
    phone.page.unroute("**/a/*")
    phone.page.wait_for_url(SENT)
    until(lambda: on_the_phone(phone) == [], phone)
    phone.open(f"{stories.path}/my-words")
    phone.press("Open")
    picture = phone.page.locator("img.photo")
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    assert kept(stories) == [STORY]
    phone.faults.clear()


@pytest.mark.shows("A27")
def test_a_full_phone_keeps_the_words_on_the_screen_and_offers_a_copy(room: build.Room, phone: Device) -> None:
    """F16: the browser says that there is no room; nothing is written on this phone."""
    write(phone, room)
    cdp = phone.context.new_cdp_session(phone.page)
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": phone.address, "quotaSize": 1})
    phone.page.route("**/a/*", lose_sendings)
    send(phone)
    full = line(phone, "full")
    expect(full).to_contain_text("This phone has no room left.")
    expect(phone.page.locator(".check").get_by_text(WORDS)).to_be_visible()
    full.get_by_role("button", name="Show it to the facilitator").click()
    dialog = phone.page.get_by_role("dialog")
    expect(dialog.get_by_text(WORDS)).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    with phone.page.expect_download() as saved:
        full.get_by_role("button", name="Save it as a file").click()
    assert WORDS in saved.value.path().read_text("utf-8")
    phone.page.unroute("**/a/*")
    full.get_by_role("button", name="Try now").click()
    phone.page.wait_for_url(SENT)
    assert kept(room) == [WORDS]
    phone.faults.clear()


def test_words_that_were_refused_stay_with_their_reason_and_can_be_copied(room: build.Room, phone: Device) -> None:
    write(phone, room)
    refused = '{"error": "conflict", "title": "This was sent before", "text": "The first words are safe."}'
    phone.page.route("**/a/*", answer_each(409, refused))
    send(phone)
    expect(line(phone, "refused")).to_be_visible()
    expect(line(phone, "refused")).to_contain_text("This was sent before. The first words are safe.")
    phone.open(f"{room.path}/my-words")
    unsent = phone.page.locator("#unsent")
    expect(unsent).to_contain_text(WORDS)
    expect(unsent).to_contain_text("This was sent before. The first words are safe.")
    phone.page.unroute("**/a/*")
    unsent.get_by_role("button", name="Try now").click()
    until(lambda: kept(room), phone)
    expect(unsent).to_be_hidden()
    phone.faults.clear()


def test_unsent_words_are_taken_back_also_where_they_may_have_arrived(room: build.Room, phone: Device) -> None:
    write(phone, room)
    lost = lose_answers(phone, "**/a/*")
    send(phone)
    until(lambda: lost, phone)
    expect(line(phone)).to_be_visible()
    assert kept(room) == [WORDS]
    phone.open(f"{room.path}/help")
    phone.page.route("**/a/*", lose_sendings)
    phone.open(f"{room.path}/my-words")
    phone.page.locator("#unsent").get_by_role("button", name="Take it back").click()
    until(lambda: not kept(room), phone)
    expect(phone.page.locator("#unsent")).to_be_hidden()
    phone.faults.clear()


@pytest.mark.shows("A25")
def test_a_damaged_sending_is_refused_and_goes_again(room: build.Room, phone: Device) -> None:
    """A25, F12: some bytes turn on the way; the server sees it, and the same words go once more."""
    write(phone, room)
    answers = []

    def bend(route: Route) -> None:
        body = (route.request.post_data or "").replace("bench", "beach")
        answers.append(route.fetch(post_data=body).status)
        route.abort()

    phone.page.route("**/a/*", bend, times=1)
    send(phone)
    phone.page.wait_for_url(SENT)
    assert answers == [422]
    assert kept(room) == [WORDS]
    phone.faults.clear()


@pytest.mark.shows("A26")
def test_telling_still_goes_the_usual_way(stories: build.Room, phone: Device) -> None:
    join(phone, stories)
    tell(phone)
    phone.page.wait_for_url(SENT)
    assert waiting(phone) == []
