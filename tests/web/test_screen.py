"""The room's screen: what the projector shows in every state, and that it can do nothing else."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.page import Page, data_of
from tests.support.people import People, Person
from workshop.commands import command, moderating, running
from workshop.extensions import db
from workshop.queries import contributions, rooms


def projector(people: People, room: Room) -> Person:
    """The machine in the hall: it has the screen's link and nothing else."""
    machine = people.stranger()
    machine.get(f"/s/{room.doors['screen']}")
    return machine


def show(people: People, room: Room) -> Page:
    return projector(people, room).get(f"{room.path}/screen")


def approve_all(app: Flask, people: People, room: Room) -> None:
    ada = people.ada.id
    with app.app_context():
        for said in contributions.queue(room.id):
            moderating.approve(contributions.one(said.id, room.id), ada, recognisable=False)


def test_the_link_gives_a_cookie_and_leads_to_the_screen(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    machine = people.stranger()
    assert machine.get(f"{room.path}/screen").status == 403
    page = machine.follow(f"/s/{room.doors['screen']}")
    assert (page.status, page.h1) == (200, "River day")


@pytest.mark.shows("S21")
def test_an_unknown_link_and_a_door_for_phones_open_no_screen(app: Flask, people: People) -> None:
    """S21: a token is good for its purpose alone."""
    room = build.workshop(app, people.organisation_id, "story")
    for token in ("0" * 32, room.doors["lived"], room.doors["service"]):
        page = people.stranger().get(f"/s/{token}")
        assert (page.status, page.h1) == (404, "This screen link is old")
    assert people.stranger().get(f"/j/{room.doors['screen']}").status == 404


@pytest.mark.shows("S21")
def test_the_screen_of_one_workshop_shows_no_other(app: Flask, people: People) -> None:
    here = build.workshop(app, people.organisation_id, "story")
    there = build.workshop(app, people.organisation_id, "story")
    machine = projector(people, here)
    assert machine.get(f"{there.path}/screen").status == 403
    assert machine.get(f"{there.path}/numbers").status == 403


@pytest.mark.shows("S36")
def test_the_screen_only_shows(app: Flask, people: People) -> None:
    """S36: no form on it, no write with its cookie, no page of the console, no seat in the room."""
    room = build.workshop(app, people.organisation_id, "story", "cards")
    room.open("story", "cards")
    machine = projector(people, room)
    page = machine.get(f"{room.path}/screen")
    assert page.forms() == []
    assert page.all("button") == []
    writes = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()) and "/w/" in rule.rule]
    assert len(writes) > 25
    for rule in writes:
        names = {"workshop_id": room.id, "activity_id": room.activities["story"]}
        known = {name: names.get(name, "0" * 32) for name in rule.arguments}
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, known, method="POST")
        assert machine.post(path).status in (403, 404), path
    for path in ("/console", "/console/doors", "/console/said", "/", "/my-words"):
        assert machine.get(room.path + path).status in (303, 403), path


def test_before_the_workshop_opens_the_screen_says_so(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    with app.app_context():
        _set_state(room, "draft")
    page = show(people, room)
    assert "We begin in a moment." in page.text
    assert room.code not in page.html


def _set_state(room: Room, state: str) -> None:
    @command
    def change() -> None:
        db.session.execute(db.text("UPDATE workshop SET state = :state, revision = revision + 1"), {"state": state})

    change()
    assert room.id


def test_the_join_page_has_the_code_and_a_way_in_for_each_side(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    page = show(people, room)
    assert room.code in page.text
    labels = [each.get("aria-label") for each in page.tree.iter() if each.get("role") == "img"]
    assert labels == [
        "QR code to come in: I use the service, or support somebody",
        "QR code to come in: I work in the service",
    ]


def test_how_many_are_in_is_a_total_and_by_side_only_in_steps(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A bench\nA bus"}))
    room.open("dots")
    bea = people.bea(room)
    people.cem(room)
    numbers = data_of(projector(people, room).get(f"{room.path}/numbers"))
    assert numbers["people"] == "2"
    assert "lived" not in numbers
    assert numbers[f"chosen-{room.activities['dots']}"] == "0 of 2 have chosen"
    assert data_of(bea.see("numbers")) == numbers


def test_the_question_its_time_and_cards_as_they_are_approved(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards", "story")
    room.open("story", "cards")
    bea = people.bea(room)
    for words in ("A bench at the stop", "A bus that waits"):
        bea.write("cards", words)
    before = show(people, room)
    assert "What about cards?" in before.text
    assert [time.get("data-clock") is not None for time in before.all("time")] == [True]
    assert "A bench" not in before.html
    assert "Also open on your phone: Story" in before.text
    approve_all(app, people, room)
    after = show(people, room).text
    assert after.index("A bus that waits") < after.index("A bench at the stop")


def test_the_results_come_after_the_count_and_only_when_ada_shows_them(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A bench\nA bus"}))
    room.open("dots")
    room.count("dots")
    assert "This question is closed." in show(people, room).text
    people.ada.post(f"{room.path}/console/activity/{room.activities['dots']}/reveal")
    shown = show(people, room)
    assert "This question is closed." not in shown.text
    assert "What about dots?" in shown.text


def test_thank_you_comes_with_the_date_of_the_answer(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    people.ada.post(f"{room.path}/console/close", answer_by="2099-01-31")
    page = show(people, room)
    assert "Thank you!" in page.text
    assert "You get an answer by Saturday, 31 January 2099." in page.text
    assert room.code not in page.html


def test_locked_doors_show_no_way_in(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    with app.app_context():
        running.lock_doors(rooms.workshop(room.id), locked=True)
    page = show(people, room)
    assert "The doors are closed for now." in page.text
    assert room.code not in page.html


def test_no_name_and_no_role_of_a_person_is_more_than_a_role(app: Flask, people: People) -> None:
    """No names, ever: a display name is for the public page alone."""
    room = build.workshop(app, people.organisation_id, ("story", {"helped": False}))
    room.open("story")
    bea = people.bea(room)
    page = bea.send(bea.ask("story"), text="The lift was broken.", go="next")
    page = bea.send(page, level="5", display_name="Wren", go="next")
    bea.send(page, go="send")
    approve_all(app, people, room)
    shown = show(people, room)
    assert "The lift was broken." in shown.text
    assert "Wren" not in shown.html


def test_the_small_stage_of_the_console_is_the_screen_itself(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    people.bea(room).tell("story", "The lift was broken.")
    approve_all(app, people, room)
    poster = data_of(projector(people, room).get(f"{room.path}/parts/screen/screen"))["html"]
    stage = data_of(people.ada.get(f"{room.path}/parts/console/stage"))["html"]
    assert "The lift was broken." in poster
    assert poster.strip() in stage


def test_a_poster_that_lost_what_it_showed_goes_back_to_the_way_in(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    with app.app_context():
        running.put_on_screen(rooms.workshop(room.id), "activity", activity="0" * 32)
    assert room.code in show(people, room).text


def test_the_screen_speaks_arabic_from_the_right(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    page = projector(people, room).get(f"{room.path}/screen?lang=ar")
    root = page.tree
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
