"""A discussion: ada says for whom she works, asks question after question, and notes what a seat says."""

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.build import Room
from tests.support.people import People
from workshop.consent import Viewer
from workshop.queries import contributions

ASKED = {"questions": "What helped?\nWhat made it harder?", "each": 12}


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    room = build.workshop(app, people.organisation_id, ("discuss", ASKED), **hall.TRUSTED)
    room.open("discuss")
    return room


def at(room: Room, what: str) -> str:
    return f"{room.path}/console/activity/{room.activities['discuss']}/{what}"


def test_no_question_before_the_facilitator_has_said_for_whom_they_work(people: People, room: Room) -> None:
    assert people.ada.post(at(room, "question/2")).status == 409
    people.ada.post(at(room, "declare"), declared="service")
    assert people.ada.post(at(room, "question/2")).status == 303
    assert "Your facilitator works for the service." in people.ada.get(f"{room.path}/screen").text
    assert people.ada.post(at(room, "declare"), declared="a saint").status == 422


def test_screen_and_phones_follow_the_question(people: People, room: Room) -> None:
    bea = people.bea(room)
    assert bea.ask("discuss").h1 == "What helped?"
    assert "You may pass" in bea.ask("discuss").text
    people.ada.post(at(room, "declare"), declared="neutral")
    people.ada.post(at(room, "question/2"))
    assert bea.ask("discuss").h1 == "What made it harder?"
    screen = people.ada.get(f"{room.path}/screen").text
    assert "What made it harder?" in screen
    assert "Time for this question" in screen
    assert people.ada.post(at(room, "question/3")).status == 404


def test_who_was_still_writing_answers_the_question_they_were_asked(app: Flask, people: People, room: Room) -> None:
    bea = people.bea(room)
    page = bea.ask("discuss")
    people.ada.post(at(room, "declare"), declared="neutral")
    people.ada.post(at(room, "question/2"))
    check = bea.send(page, text="A phone call.", go="next")
    assert "What helped?" in check.text
    bea.send(check, go="send")
    with app.app_context():
        [said] = contributions.said(room.id, Viewer.ROOM)
    assert said.more["question"] == "What helped?"


def test_a_note_by_seat_code_stands_under_its_question_and_twice_is_once(
    app: Flask, people: People, room: Room
) -> None:
    page = people.ada.get(at(room, "questions"))
    for _tap in range(2):
        people.ada.send(page, action="/notes", seat="P3", text="The letter came late.", side="lived")
    with app.app_context():
        [said] = contributions.said(room.id, Viewer.ROOM)
    assert (said.role, said.side, said.more["question"]) == ("P3", "lived", "What helped?")
    room.close("discuss")
    results = people.ada.get(f"{room.path}/results").text
    assert (
        results.index("What helped?") < results.index("The letter came late.") < results.index("What made it harder?")
    )


def test_a_note_needs_words_and_a_seat(people: People, room: Room) -> None:
    page = people.ada.send(people.ada.get(at(room, "questions")), action="/notes", seat="", text="")
    assert page.status == 422
    assert "Please write a seat, as P1." in page.text


def test_more_than_six_questions_are_too_many(app: Flask, people: People) -> None:
    many = {"questions": "\n".join(f"Question {n}?" for n in range(1, 8))}
    room = build.workshop(app, people.organisation_id, ("discuss", many))
    room.open("discuss")
    assert "More than six questions make people tired." in people.ada.get(f"{room.path}/console").text


def test_at_tables_people_change_after_each_question(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("discuss", {**ASKED, "world_cafe": True}))
    room.open("discuss")
    people.ada.post(at(room, "declare"), declared="neutral")
    people.ada.post(at(room, "question/2"))
    assert "Change tables now." in people.ada.get(f"{room.path}/screen").text
    assert 'name="table"' in people.bea(room).ask("discuss").html


@pytest.mark.shows("S20")
def test_another_kind_has_no_questions(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    path = f"{room.path}/console/activity/{room.activities['cards']}"
    assert people.ada.get(f"{path}/questions").status == 404
    assert people.ada.post(f"{path}/declare", declared="neutral").status == 404
