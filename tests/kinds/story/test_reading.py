"""The teller's own reading of their story: asked where the organiser wants it, left out with one tap, told to few."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.page import Page
from tests.support.people import Participant, People
from workshop.activities import kind_of
from workshop.consent import Viewer
from workshop.models.columns import new_id
from workshop.queries import contributions, media

EVERYTHING = {"helped": False, "feeling": True, "mattered": True, "between": True, "hear": True}
BEFORE_SENDING = {"helped": False, "warning": True, "known": True}


def asking(app: Flask, people: People, **settings: object) -> Room:
    room = build.workshop(app, people.organisation_id, ("story", settings))
    room.open("story")
    return room


def next_of(bea: Participant, page: Page, **answers: str) -> Page:
    return bea.send(page, go="next", **answers)


def told_with(bea: Participant, **answers: str) -> Page:
    """bea tells her story and answers what she is asked; the page to check."""
    page = bea.send(bea.ask("story"), text="They never called back.", go="next")
    while page.h1 != "Is this right?":
        here = {name: value for name, value in answers.items() if f'name="{name}"' in page.html}
        page = next_of(bea, page, **here)
    return page


def test_one_question_a_page_and_the_facilitator_reads_the_answers(app: Flask, people: People) -> None:
    room = asking(app, people, **EVERYTHING)
    bea = people.bea(room)
    page = told_with(bea, feeling="2", mattered="time", between="6", hear="The town council", level="2")
    assert "The town council" in page.text
    bea.send(page, go="send")
    console = people.ada.get(f"{room.path}/console")
    for said in ("Bad", "Time", "6 of 7", "The town council"):
        assert said in console.text
    mine = bea.see(f"words/{bea.words()[0]}")
    assert "How the teller sees it" in mine.text


def test_bea_sees_it_otherwise_a_week_later(app: Flask, people: People) -> None:
    room = asking(app, people, **EVERYTHING)
    bea = people.bea(room)
    bea.send(told_with(bea, feeling="1", mattered="time"), go="send")
    where = f"{room.path}/words/{bea.words()[0]}"
    page = bea.get(f"{where}/reading")
    assert page.h1 == "How I see my story"
    bea.send(page, feeling="4", mattered="", between="2")
    mine = bea.get(where).text
    assert "2 of 7" in mine
    assert "Very bad" not in mine


def test_everything_is_left_out_with_one_tap(app: Flask, people: People) -> None:
    room = asking(app, people, **EVERYTHING)
    bea = people.bea(room)
    page = bea.send(bea.ask("story"), text="The lift was broken.", go="next")
    assert page.h1 == "How do you feel about this story?"
    assert bea.send(page, go="skip").h1 == "Who may see this?"


def test_ada_chooses_the_words(app: Flask, people: People) -> None:
    words = {"mattered_words": "Sleep\nMoney\nBeing asked", "between_one": "Too much help", "between_other": "No help"}
    room = asking(app, people, **{**EVERYTHING, "feeling": False, **words})
    bea = people.bea(room)
    page = bea.send(bea.ask("story"), text="They never called back.", go="next")
    assert "Being asked" in page.text
    assert "None of these" in page.text
    page = next_of(bea, page, mattered="Money")
    assert "Too much help" in page.text


def test_the_export_of_the_organiser_has_it_and_the_report_has_not(app: Flask, people: People) -> None:
    room = asking(app, people, **EVERYTHING)
    with app.test_request_context():
        activity = room.activity("story")
        names = [
            [column.name for column in kind_of(activity).tables(activity, viewer)[0].columns]
            for viewer in (Viewer.ORGANISER_EXPORT, Viewer.REPORT)
        ]
    assert {"feeling", "mattered", "between", "hear"} <= set(names[0])
    assert not {"feeling", "mattered", "between", "hear"} & set(names[1])


def test_the_room_never_sees_it_but_reads_the_note_before_the_story(app: Flask, people: People) -> None:
    room = asking(app, people, **{**EVERYTHING, **BEFORE_SENDING})
    bea, other = people.bea(room), people.bea(room)
    note, hear = "About a death.", "My neighbour at the council"
    page = told_with(bea, warning=note, hear=hear, known="mind", level="2")
    bea.send(page, go="send")
    approve(people, room, bea)
    wall = other.ask("story")
    assert note in wall.text
    assert wall.text.index(note) < wall.text.index("They never called back.")
    assert hear not in wall.text
    screen = people.stranger()
    screen.get(f"/s/{room.doors['screen']}")
    assert hear not in screen.get(f"{room.path}/screen").text


def test_ada_reads_whether_bea_minds_being_known_before_she_approves(app: Flask, people: People) -> None:
    room = asking(app, people, **BEFORE_SENDING)
    bea = people.bea(room)
    page = bea.send(bea.ask("story"), text="The manager shouted.", go="next")
    page = next_of(bea, next_of(bea, page), known="mind")
    assert "A lower step keeps your story from the service." in page.text
    bea.send(next_of(bea, page), go="send")
    assert "Yes, and I do mind" in people.ada.get(f"{room.path}/console").text


def test_a_snapshot_is_one_question(app: Flask, people: People) -> None:
    room = asking(app, people, **{**EVERYTHING, "helped": True, "sort": "snapshot"})
    bea = people.bea(room)
    assert bea.send(bea.ask("story"), text="Quick.", go="next").h1 == "Who may see this?"


@pytest.mark.shows("P03")
def test_the_story_of_two_needs_both_and_goes_as_far_as_both_want(app: Flask, people: People) -> None:
    room = asking(app, people, helped=False, sort="dialogue")
    bea = people.bea(room)
    page = bea.send(bea.ask("story"), text="We talked about the ward.", go="next")
    assert page.h1 == "Now ask the other person"
    assert bea.send(page, go="next").status == 422
    page = bea.send(page, go="next", other_agrees="y", other_level="2")
    page = next_of(bea, page, level="4")
    assert "People in this workshop" in page.text
    bea.send(page, go="send")
    story = bea.words()[0]
    bea.post(f"{room.path}/words/{story}/level", level="5")
    with app.app_context():
        row = contributions.one(story, room.id)
    assert row.level == 2
    assert row.consent["other"]["agreed"] is True


def approve(people: People, room: Room, bea: Participant) -> None:
    page = people.ada.get(f"{room.path}/console")
    people.ada.send(page, "/approve", recognisable="no")


@pytest.mark.shows("P03")
def test_a_story_of_two_goes_as_it_is_with_the_others_yes_and_its_recording(app: Flask, people: People) -> None:
    """Without network there is no next page: the one yes that has to be there is asked on this one."""
    room = asking(app, people, helped=False, sort="dialogue")
    bea, medium = people.bea(room), new_id()
    page = bea.ask("story")
    assert page.html.count('name="other_agrees"') == 1
    told = {"text": "We talked about the ward.", "media": f"sound:{medium}", "go": "send"}
    assert bea.send(page, **told).status == 422
    assert bea.send(page, other_agrees="y", **told).status == 303
    with app.app_context():
        [row] = contributions.queue(room.id)
        assert (row.text, row.level) == ("We talked about the ward.", 1)
        assert [each.id for each in media.of([row.id])[row.id]] == [medium]
    asked = bea.send(bea.ask("story"), text="Another.", go="next")
    assert asked.html.count('name="other_agrees"') == 1, "here it is the question itself"
