"""Choosing with script: the phone alone remembers what was chosen, and forgets it with its person."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.device import LAPTOP, PHONE, Device, Devices
from tests.browser.doing import join, sign_in
from tests.kinds import hall
from tests.support import build
from tests.support.people import People

pytestmark = pytest.mark.browser
LINES = "A bench\nA roof\nA lamp"
MEMORY = "() => Object.keys(localStorage).filter((key) => key.startsWith('draft:ballot:')).length"


@pytest.fixture
def room(app: Flask, people: People) -> build.Room:
    dots = ("dots", {"items": LINES, "per_person": 4, "per_item": 3})
    agenda = (("dots", {"items": LINES}), dots, ("statements", {"items": LINES}), ("ranking", {"items": LINES}))
    return build.workshop(app, people.organisation_id, *agenda)


def ask(phone: Device, room: build.Room, key: str) -> None:
    phone.open(f"{room.path}/a/{room.activities[key]}")


def ticked(phone: Device) -> list[str]:
    return sorted(phone.page.locator("label.tile:has(:checked)").all_inner_texts())


def test_the_phone_remembers_the_dots_that_it_sent(room: build.Room, phone: Device) -> None:
    room.open("dots")
    join(phone, room)
    ask(phone, room, "dots")
    phone.page.get_by_label("A bench").check(force=True)
    phone.page.get_by_label("A lamp").check(force=True)
    expect(phone.page.locator("[data-left]")).to_have_text("1")
    phone.press("Go on")
    ask(phone, room, "dots")
    assert ticked(phone) == [], "what is only checked is not remembered as chosen"
    phone.page.get_by_label("A bench").check(force=True)
    phone.page.get_by_label("A lamp").check(force=True)
    phone.press("Go on")
    phone.press("Send")
    phone.press("Change my choice")
    assert ticked(phone) == ["A bench", "A lamp"]
    expect(phone.page.locator("[data-left]")).to_have_text("1")


def test_another_phone_of_the_same_person_is_told_nothing(room: build.Room, phone: Device, devices: Devices) -> None:
    room.open("dots")
    join(phone, room)
    ask(phone, room, "dots")
    phone.page.get_by_label("A bench").check(force=True)
    phone.press("Go on")
    phone.press("Send")
    other = devices(PHONE)
    other.context.add_cookies(phone.context.cookies())
    ask(other, room, "dots")
    assert ticked(other) == []


def test_the_next_person_finds_nothing_of_it(room: build.Room, phone: Device) -> None:
    room.open("dots")
    join(phone, room)
    ask(phone, room, "dots")
    phone.page.get_by_label("A bench").check(force=True)
    phone.press("Go on")
    phone.press("Send")
    assert phone.page.evaluate(MEMORY) == 1
    phone.open(f"{room.path}/")
    phone.press("Next person, please")
    phone.page.wait_for_function(f"() => ({MEMORY})() === 0")


def test_no_more_dots_than_there_are(room: build.Room, phone: Device) -> None:
    room.open("dots2")
    join(phone, room)
    ask(phone, room, "dots2")
    more = [phone.page.get_by_role("button", name=f"One dot more: {line}") for line in LINES.splitlines()]
    for button in (more[0], more[0], more[0], more[1]):
        button.click()
    expect(phone.page.locator("[data-left]")).to_have_text("0")
    for button in more:
        expect(button).to_have_attribute("aria-disabled", "true")
    more[2].click(force=True)
    expect(phone.page.get_by_label("A lamp", exact=True)).to_have_value("0")
    phone.page.get_by_role("button", name="One dot less: A bench").click()
    expect(more[2]).to_have_attribute("aria-disabled", "false")
    phone.press("Go on")
    expect(phone.page.locator(".check")).to_contain_text("Dots you keep")


def test_lines_move_by_keyboard_say_where_they_are_and_are_remembered(room: build.Room, phone: Device) -> None:
    room.open("ranking")
    join(phone, room)
    ask(phone, room, "ranking")
    place = {line: phone.page.get_by_label(f"Place of: {line}") for line in LINES.splitlines()}
    up = phone.page.get_by_role("button", name="Move up: A lamp")
    up.focus()
    phone.page.keyboard.press("Enter")
    expect(phone.page.locator("[data-moved]")).to_contain_text("place 1 of 1")
    phone.page.get_by_role("button", name="Move up: A roof").click()
    phone.page.get_by_role("button", name="Move up: A roof").click()
    expect(place["A roof"]).to_have_value("1")
    expect(place["A lamp"]).to_have_value("2")
    expect(phone.page.get_by_role("button", name="Move up: A roof")).to_be_focused()
    place["A bench"].fill("1")
    place["A bench"].press("Tab")
    expect(place["A lamp"]).to_have_value("3")
    phone.page.get_by_role("button", name="Move down: A lamp").click()
    expect(phone.page.locator("[data-moved]")).to_contain_text("not ranked")
    expect(place["A lamp"]).to_have_value("")
    phone.press("Go on")
    phone.press("Send")
    phone.press("Change my choice")
    expect(phone.page.locator(".rank-row label").first).to_have_text("A bench")
    expect(place["A roof"]).to_have_value("2")


def test_the_last_answer_can_be_taken_up_again(room: build.Room, phone: Device) -> None:
    room.open("statements")
    join(phone, room)
    ask(phone, room, "statements")
    first = phone.h1
    undo = phone.page.get_by_role("button", name="Change my last answer")
    expect(undo).to_be_hidden()
    phone.press("I agree")
    assert phone.h1 != first
    phone.press("Change my last answer")
    assert phone.h1 == first
    expect(phone.page.get_by_role("button", name="I agree")).to_have_attribute("aria-pressed", "true")
    phone.press("I disagree")
    assert phone.h1 != first


def test_who_is_done_is_taken_to_a_new_statement(app: Flask, people: People, phone: Device) -> None:
    statements = ("statements", {"items_from": "cards"})
    room = build.workshop(app, people.organisation_id, "cards", statements, settings={"trusted_room": True})
    room.open("cards", "statements")
    join(phone, room)
    ask(phone, room, "statements")
    assert phone.h1 == "There are no statements yet"
    people.bea(room).write("cards", "The stairs are steep")
    expect(phone.page.locator("h1")).to_have_text("The stairs are steep", timeout=20_000)


def test_a_pause_ends_by_itself_on_the_phone(app: Flask, people: People, phone: Device) -> None:
    room = build.workshop(app, people.organisation_id, "pause", "cards")
    room.open("pause")
    join(phone, room)
    assert phone.h1 == "Pause"
    room.close("pause")
    room.open("cards")
    expect(phone.page.locator("h1")).to_have_text("What about cards?", timeout=20_000)


def test_a_picture_of_the_count_is_kept_as_a_file(room: build.Room, people: People, devices: Devices) -> None:
    room.open("ranking")
    hall.fill(room, "ranking", "lived", {"own1": 1, "own2": 2}, {"own1": 1})
    room.count("ranking")
    laptop = devices(LAPTOP)
    sign_in(laptop, people)
    laptop.open(f"{room.path}/results")
    laptop.page.get_by_text("Keep this picture").click()
    begins = {}
    for kind in ("svg", "png"):
        with laptop.page.expect_download() as kept:
            laptop.page.locator(f"[data-as={kind}]").click()
        assert kept.value.suggested_filename == f"One-against-one.{kind}"
        begins[kind] = kept.value.path().read_bytes()
    assert begins["svg"].startswith(b"<svg")
    assert b"A bench" in begins["svg"]
    assert b"class=" not in begins["svg"], "it brings its looks along, and needs no page"
    assert begins["png"].startswith(b"\x89PNG")
    assert int.from_bytes(begins["png"][16:20], "big") == 1600
