"""The recipes of the day of reporters, the Conversation of Change and the focus group, played from beginning to end
by four people: ada runs it, bea and ben tell, cem works for the service."""

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from tests.support import answering, build
from tests.support.build import ROLES, Room
from tests.support.evenings import of_recipe
from tests.support.page import Page
from tests.support.people import Participant, People
from workshop import recipes
from workshop.activities import discover
from workshop.commands import command, running, workshops
from workshop.extensions import db
from workshop.models import Workshop
from workshop.models.columns import now
from workshop.queries import promises, rooms

WORDS = "It takes too long"


def room_of(app: Flask, people: People, name: str) -> Room:
    """An open workshop made from a recipe; its activities by their keys."""
    gives = {kind.name: kind.gives for kind in discover().values()}
    with app.app_context(), force_locale("en"):
        recipe = recipes.read(name)
        made = workshops.make_workshop(people.organisation_id, recipe.title, recipe, gives, user_id=None)
        set_up(made)
        running.open_workshop(rooms.workshop(made), None)
        return of_recipe(app, made, recipe)


@command
def set_up(workshop_id: str) -> None:
    workshop = db.session.get_one(Workshop, workshop_id)
    workshop.roles, workshop.settings = ROLES, {"trusted_room": True}
    db.session.flush()


def play(room: Room, people: People, *phones: Participant) -> list[str]:
    """Every activity in its order: ada opens it, who is asked answers, the screen shows it. What was played."""
    played = []
    for key in room.activities:
        pressed = people.ada.post(f"{room.path}/console/activity/{room.activities[key]}/open")
        assert pressed.status == 303, key
        prepare(room, people, key)
        for phone in phones:
            answer(room, phone, key)
        assert people.ada.get(f"{room.path}/screen").status == 200, key
        if room_gives(room, key) == "ballot":
            room.count(key)
        played.append(key)
    return played


def room_gives(room: Room, key: str) -> str:
    with room.app.app_context():
        return str(room.activity(key).gives)


def prepare(room: Room, people: People, key: str) -> None:
    """What the facilitator does first in a discussion: say for whom they work, then ask."""
    path = f"{room.path}/console/activity/{room.activities[key]}"
    if people.ada.get(f"{path}/questions").status == 200:
        people.ada.post(f"{path}/declare", declared="neutral")
        assert people.ada.post(f"{path}/question/1").status == 303


def answer(room: Room, phone: Participant, key: str) -> None:
    """From the question to «Sent – safe», if this phone is asked something."""
    page = phone.ask(key)
    for _step in range(20):
        if 'name="go"' not in page.html or page.h1 == "Sent – safe":
            return
        go = "send" if page.h1 == "Is this right?" else "next"
        sent = phone.send(page, action=f"/a/{room.activities[key]}", go=go, **in_a_word(page))
        page = phone.get(sent.location) if sent.status == 303 else sent
        assert page.status == 200, page.text
    pytest.fail(f"{key} does not end: {page.h1}")


def in_a_word(page: Page) -> dict[str, str]:
    boxes = {str(box.get("name")): WORDS for box in page.all("textarea")}
    days = {str(box.get("name")): "2099-01-01" for box in page.all("input") if box.get("type") == "date"}
    lines = {str(box.get("name")): "something" for box in page.all("input") if box.get("type") == "text"}
    return {name: said for name, said in (boxes | days | lines).items() if name != "display_name"}


def crowd(app: Flask, people: People, room: Room) -> tuple[Participant, Participant, Participant]:
    return people.bea(room), Participant(app, room, "Family or supporter"), people.cem(room)


def test_a_conversation_of_change_runs_from_the_stories_to_promises(any_app: Flask) -> None:
    """On each database that the app promises to work on."""
    app, people = any_app, People(any_app)
    before = build.workshop(app, people.organisation_id, "story")
    before.open("story")
    teller = answering.told(people, before, "I waited for weeks.", level=4)
    room = room_of(app, people, "conversation-of-change")
    made = people.ada.post(f"{room.path}/console/stories", title="Tonight", audience="room", seconds="30")
    people.ada.post(f"{made.location}/add", story=teller.story, note="It is about waiting.")
    people.ada.post(f"{made.location}/start")
    assert "It is about waiting." in people.ada.get(f"{room.path}/screen").text
    people.ada.post(f"{room.path}/console/playing/stop")
    assert play(room, people, *crowd(app, people, room)) == list(room.activities)
    with app.app_context():
        promised = promises.of_workshop(room.id)
        assert [each.what for each in promised] == [WORDS] * 3
        running.close_workshop(rooms.workshop(room.id), now().date() + timedelta(days=30), None)
    assert WORDS in people.ada.get(f"{room.path}/results").text
    answering.answer(people.ada, before, teller.story, kind="made", what="Two lines.", text="It is shorter now.")
    assert "It is shorter now." in answering.on_receipt(teller, teller.story).text
    assert "1 of 1" in people.ada.get(f"{before.path}/answers").text
    assert "I waited for weeks." in people.ada.get(f"{before.path}/results/booklet").text


def test_a_focus_group_runs_to_its_end(app: Flask, people: People) -> None:
    room = room_of(app, people, "focus-group")
    assert play(room, people, *crowd(app, people, room)) == list(room.activities)
    assert "When did you use the service last? What happened?" in people.ada.get(f"{room.path}/results").text


def test_a_reporting_day_runs_to_an_answer_for_its_teller(app: Flask, people: People) -> None:
    room = room_of(app, people, "community-reporting-day")
    assert play(room, people, *crowd(app, people, room)) == list(room.activities)
    room.open("stories")
    bea = people.bea(room)
    bea.tell("stories", "I waited for weeks.", level=3)
    story = bea.words()[0]
    answering.approve(people, room, story)
    answering.answer(people.ada, room, story)
    assert "Thank you for telling us." in answering.on_receipt(bea, story).text
