"""The first page of a question comes from memory, and yet each phone has tokens of its own and sees what is new."""

import re

from flask import Flask

from tests.support.build import workshop
from tests.support.people import Participant, People


def test_two_phones_see_the_same_question_with_their_own_tokens(app: Flask, people: People) -> None:
    room = workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea, dan = people.bea(room), people.bea(room)
    pages = [bea.ask("cards"), dan.ask("cards"), bea.ask("cards")]
    fields = [page.fields() for page in pages]
    for name in ("id", "secret"):
        assert len({each[name] for each in fields}) == 3
        assert all(re.fullmatch("[0-9a-f]{32}", each[name]) for each in fields)
    assert fields[0]["csrf_token"] != fields[1]["csrf_token"]
    marks = [re.findall('name="person" content="([^"]*)"', page.html)[0] for page in pages]
    assert marks[0] == marks[2] != marks[1], "each phone's page is its own person's"
    assert all(re.fullmatch("[0-9a-f]{16}", mark) for mark in marks)
    assert pages[0].text == pages[1].text


def test_what_comes_from_memory_can_be_sent(app: Flask, people: People) -> None:
    room = workshop(app, people.organisation_id, "cards")
    room.open("cards")
    bea, dan = people.bea(room), people.bea(room)
    for phone, words in ((bea, "Call back"), (dan, "Longer hours")):
        assert phone.write("cards", words).status == 303
    assert (len(bea.words()), len(dan.words())) == (1, 1)


def test_nobody_sees_an_older_question_in_another_language_or_of_another_role(app: Flask, people: People) -> None:
    room = workshop(app, people.organisation_id, "cards", settings={"trusted_room": True})
    room.open("cards")
    bea, cem = people.bea(room), people.cem(room)
    assert "Call back" not in bea.ask("cards").text
    cem.write("cards", "Call back")
    assert "Call back" in bea.ask("cards").text
    arabic = bea.get(f"{room.path}/a/{room.activities['cards']}?lang=ar")
    assert arabic.tree.get("dir") == "rtl"
    assert cem.ask("cards").tree.get("dir") == "ltr"


def test_a_story_that_remembers_the_level_is_asked_as_before(app: Flask, people: People) -> None:
    room = workshop(app, people.organisation_id, "story")
    room.open("story")
    bea: Participant = people.bea(room)
    first = bea.ask("story").text
    bea.tell("story", "They never called back")
    assert bea.ask("story").text == first.replace(
        "Who may see it: The facilitators", "Who may see it: People in this workshop"
    )
