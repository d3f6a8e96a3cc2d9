"""Our rules: the group writes them, everybody says yes once, and nothing typed is lost when they change."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People
from workshop.models.columns import new_id

TRUSTED = {"settings": {"trusted_room": True}}


def with_rules(app: Flask, people: People, *rules: str) -> Room:
    """A room that tells stories under these rules."""
    room = build.workshop(app, people.organisation_id, ("cards", {"level": 2}), "story", **TRUSTED)
    room.open("cards", "story")
    if rules:
        publish(people, room, *rules)
    return room


def publish(people: People, room: Room, *rules: str) -> None:
    page = people.ada.get(f"{room.path}/office/rules")
    assert people.ada.send(page, "/office/rules", text="\n".join(rules)).status == 303


@pytest.mark.shows("P24")
def test_the_group_writes_rules_on_cards_and_ada_publishes_them(app: Flask, people: People) -> None:
    room = with_rules(app, people)
    people.bea(room).write("cards", "Phones stay\nin the pocket.")
    page = people.ada.get(f"{room.path}/office/rules")
    taken = people.ada.get(next(link for link in page.links() if "from=" in link))
    assert taken.fields("/office/rules")["text"] == "Phones stay in the pocket."
    people.ada.send(taken, "/office/rules")
    page = people.ada.get(f"{room.path}/office/rules")
    assert "Version 1" in page.text
    assert "holds now" in page.text


def test_a_card_of_a_column_keeps_its_column_as_a_rule_and_as_a_choice(app: Flask, people: People) -> None:
    """«Names» under «We never show» would say the opposite alone."""
    columns = {"level": 2, "topics": "We may show\nWe never show"}
    agenda = ("cards", columns), ("dots", {"items_from": "cards"})
    room = build.workshop(app, people.organisation_id, *agenda, **TRUSTED)
    room.open("cards", "dots")
    bea = people.bea(room)
    bea.write("cards", "Names", topic="We never show")
    page = people.ada.get(f"{room.path}/office/rules")
    taken = people.ada.get(next(link for link in page.links() if "from=" in link))
    assert taken.fields("/office/rules")["text"] == "We never show: Names"
    assert "We never show: Names" in bea.ask("dots").text


@pytest.mark.shows("P24", "A07")
def test_whoever_joins_reads_the_rules_and_says_yes_with_go_on(app: Flask, people: People) -> None:
    room = with_rules(app, people, "We listen.", "What is said here stays here.")
    bea = people.stranger()
    role = bea.get(bea.send(bea.get(f"/j/{room.doors['lived']}")).location)
    assert "What is said here stays here." in role.text
    bea.send(role, role="Service user")
    question = bea.get(f"{room.path}/a/{room.activities['story']}")
    assert question.h1 == "What about story?"


def test_without_rules_of_its_own_nothing_is_asked(app: Flask, people: People) -> None:
    room = with_rules(app, people)
    bea = people.stranger()
    role = bea.get(bea.send(bea.get(f"/j/{room.doors['lived']}")).location)
    assert "Our rules" not in role.text


@pytest.mark.shows("P24")
def test_posting_opens_with_the_yes(app: Flask, people: People) -> None:
    room = with_rules(app, people)
    bea = people.bea(room)
    publish(people, room, "We listen.")
    asked = bea.follow(f"{room.path}/a/{room.activities['story']}")
    assert asked.h1 == "Our rules"
    bea.send(asked)
    assert bea.ask("story").h1 == "What about story?"


@pytest.mark.shows("P24", "R03")
def test_rules_that_change_while_bea_writes_ask_once_and_lose_nothing(app: Flask, people: People) -> None:
    room = with_rules(app, people, "We listen.")
    bea = people.bea(room)
    check = to_the_check(bea, "They never called back.")
    publish(people, room, "We listen.", "Nobody is pressed.")
    held = bea.send(check, go="send")
    assert (held.status, held.h1) == (425, "Our rules")
    assert "Nobody is pressed." in held.text
    assert bea.words() == []
    assert bea.send(held).status == 303
    assert "They never called back." in bea.see("my-words").text


def test_the_check_page_asks_beside_send(app: Flask, people: People) -> None:
    room = with_rules(app, people)
    bea = people.bea(room)
    page = bea.ask("story")
    publish(people, room, "We listen.")
    page = bea.send(page, text="The lift was broken.", go="next")
    while page.h1 != "Is this right?":
        page = bea.send(page, go="next")
    assert "We listen." in page.text
    assert bea.send(page, go="send").status == 303


def test_a_phone_that_sends_by_script_waits_and_is_told_where_to_say_yes(app: Flask, people: People) -> None:
    room = with_rules(app, people, "We listen.")
    bea = people.bea(room)
    publish(people, room, "We listen well.")
    where = f"{room.path}/a/{room.activities['story']}"
    words = {"text": "Waited.", "level": "2", "go": "send", "id": new_id(), "secret": new_id()}
    held = bea.post(where, headers={"Accept": "application/json"}, **words)
    assert held.status == 425
    assert held.response.json["next"] == f"{room.path}/our-rules"
    bea.send(bea.get(held.response.json["next"]))
    assert bea.post(where, headers={"Accept": "application/json"}, **words).status == 200


def test_older_versions_stay_with_their_day_and_the_same_text_is_no_new_one(app: Flask, people: People) -> None:
    room = with_rules(app, people, "We listen.")
    publish(people, room, "We listen.")
    publish(people, room, "We listen well.")
    page = people.ada.get(f"{room.path}/office/rules")
    assert "Version 2" in page.text
    assert "Version 3" not in page.text
    assert "We listen." in page.text


def test_the_welcome_reads_our_rules(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "welcome")
    room.open("welcome")
    publish(people, room, "We listen.")
    page = people.bea(room).ask("welcome")
    assert "We listen." in page.text
    assert "You can pass" not in page.text


def to_the_check(bea: Participant, text: str) -> Page:
    page = bea.send(bea.ask("story"), text=text, go="next")
    while page.h1 != "Is this right?":
        page = bea.send(page, go="next")
    return page
