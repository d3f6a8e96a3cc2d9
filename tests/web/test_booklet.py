"""The story booklet and the tables of answers: what leaves the house, and what does not."""

import pytest
from flask import Flask

from tests.support import answering, build
from tests.support.build import Room
from tests.support.people import People
from workshop.commands import taking_part
from workshop.consent import Viewer, no_more_than
from workshop.exports import tables
from workshop.queries import contributions, rooms


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    return room


def rows(room: Room, name: str, viewer: Viewer) -> list[dict[str, object]]:
    with room.app.test_request_context(), no_more_than(viewer):
        [table] = [each for each in tables(rooms.workshop(room.id), viewer) if each.name == name]
        return [dict(zip([c.name for c in table.columns], row, strict=True)) for row in table.rows]


@pytest.mark.shows("P03")
def test_the_booklet_holds_stories_for_reports_with_their_note_and_answer(people: People, room: Room) -> None:
    bea = answering.told(people, room, "I waited for weeks.", level=4)
    answering.told(people, room, "Only for the service.", level=3)
    answering.answer(people.ada, room, bea.story, signed="Cem of the front desk")
    made = people.ada.post(f"{room.path}/console/stories", title="Evening", audience="report", seconds="30")
    people.ada.post(f"{made.location}/add", story=bea.story, note="It is about waiting.")
    page = people.ada.get(f"{room.path}/results/booklet")
    assert "I waited for weeks." in page.text
    assert "It is about waiting." in page.text
    assert "Thank you for telling us." in page.text
    assert "Only for the service." not in page.text
    assert "Cem of the front desk" not in page.text
    assert "Service user" not in page.text


def test_the_tellers_own_warning_stands_before_a_story_that_is_on_no_list(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("story", {"warning": True}))
    room.open("story")
    bea = people.bea(room)
    bea.tell("story", "I waited for weeks.", level=4, warning="It is about a hospital.")
    [story] = bea.words()
    answering.approve(people, room, story)
    page = people.ada.get(f"{room.path}/results/booklet")
    assert page.text.index("It is about a hospital.") < page.text.index("I waited for weeks.")
    made = people.ada.post(f"{room.path}/console/stories", title="Evening", audience="report", seconds="30")
    people.ada.post(f"{made.location}/add", story=story, note="It is about waiting.")
    page = people.ada.get(f"{room.path}/results/booklet")
    assert "It is about waiting." in page.text
    assert "It is about a hospital." not in page.text, "the facilitator wrote another, which they have read"


@pytest.mark.shows("P06")
def test_what_is_taken_back_leaves_the_booklet_and_its_answer_the_export(
    app: Flask, people: People, room: Room
) -> None:
    bea = answering.told(people, room, "I waited for weeks.", level=4)
    answering.answer(people.ada, room, bea.story)
    assert len(rows(room, "responses", Viewer.REPORT)) == 1
    bea.post(f"{room.path}/words/{bea.story}/take-back")
    assert "I waited for weeks." not in people.ada.get(f"{room.path}/results/booklet").text
    assert rows(room, "responses", Viewer.ORGANISER_EXPORT) == []


@pytest.mark.shows("P03")
def test_the_tables_of_answers_go_as_far_as_the_story_and_name_nobody_outside(
    app: Flask, people: People, room: Room
) -> None:
    bea = answering.told(people, room, level=3)
    answering.answer(people.ada, room, bea.story, signed="Ada for the service")
    [ours] = rows(room, "responses", Viewer.ORGANISER_EXPORT)
    assert ours["signed"] == "Ada for the service"
    assert rows(room, "responses", Viewer.REPORT) == []
    with app.app_context():
        taking_part.set_level(contributions.one(bea.story, room.id), 4)
    [theirs] = rows(room, "responses", Viewer.REPORT)
    assert theirs["signed"] is None
    [story] = rows(room, "contributions", Viewer.REPORT)
    assert theirs["contribution_id"] == story["id"]
    assert {row["side"]: row["answered"] for row in rows(room, "answering", Viewer.REPORT)} == {
        "all": 1,
        "lived": 1,
        "service": 0,
    }


def test_a_responder_does_not_read_the_booklet(people: People, room: Room) -> None:
    assert answering.responder(people).get(f"{room.path}/results/booklet").status == 403
