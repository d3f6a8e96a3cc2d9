"""ada runs the room: she opens, gives time, closes, counts, shows; the doors, the people, the light."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from tests.support import build
from tests.support.build import Room
from tests.support.page import Page, data_of
from tests.support.people import People, Staff
from workshop import jobs
from workshop.commands import command, moderating
from workshop.extensions import db
from workshop.models import Workshop
from workshop.models.columns import now
from workshop.queries import contributions, rooms

A_DAY = "2099-01-31"


def console(ada: Staff, room: Room) -> Page:
    return ada.get(f"{room.path}/console")


def press(ada: Staff, room: Room, what: str, activity: str | None = None) -> Page:
    """One of the console's buttons: the part's form is one for all."""
    where = f"activity/{room.activities[activity]}/{what}" if activity else what
    return ada.post(f"{room.path}/console/{where}")


def state(app: Flask, room: Room, activity: str) -> str:
    with app.app_context():
        return str(room.activity(activity).state)


def test_the_console_shows_agenda_stage_and_queue_without_any_script(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story", "cards")
    page = console(people.ada, room)
    assert page.h1 == "River day"
    assert "Next: Story" in page.text
    assert room.code in page.text
    assert "Nothing waits" in page.text
    assert "Words are being saved" in page.text


def test_nobody_else_comes_into_the_console(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    path = f"{room.path}/console"
    assert people.stranger().get(path).location.startswith("/sign-in")
    assert people.bea(room).get(path).status in (303, 403)
    assert people.dora.get(path).status == 403


def test_next_opens_one_after_the_other_and_the_phones_follow(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story", "cards")
    bea = people.bea(room)
    press(people.ada, room, "next")
    assert bea.follow(f"{room.path}/").h1 == "What about story?"
    press(people.ada, room, "next")
    assert (state(app, room, "story"), state(app, room, "cards")) == ("closed", "open")
    assert bea.follow(f"{room.path}/").h1 == "What about cards?"


def test_two_can_be_open_side_by_side(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story", "cards")
    press(people.ada, room, "open", "story")
    press(people.ada, room, "beside", "cards")
    assert (state(app, room, "story"), state(app, room, "cards")) == ("open", "open")
    press(people.ada, room, "open", "cards")
    assert (state(app, room, "story"), state(app, room, "cards")) == ("closed", "open")


def test_opening_what_is_open_keeps_its_time(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    press(people.ada, room, "open", "story")
    with app.app_context():
        ends = room.activity("story").ends_at
    press(people.ada, room, "time", "story")
    press(people.ada, room, "open", "story")
    with app.app_context():
        assert room.activity("story").ends_at == ends + timedelta(minutes=2)


@pytest.mark.shows("A15")
def test_more_time_counts_from_now_when_the_time_is_over(app: Flask, people: People) -> None:
    """A15: no timer without more time."""
    room = build.workshop(app, people.organisation_id, "story")
    press(people.ada, room, "open", "story")
    with time_machine.travel(now() + timedelta(minutes=30), tick=False):
        press(people.ada, room, "time", "story")
        with app.app_context():
            assert room.activity("story").ends_at == now() + timedelta(minutes=2)


@pytest.mark.shows("A15")
def test_when_the_time_is_over_a_question_stays_open_until_ada_closes_it(app: Flask, people: People) -> None:
    """A15: no auto-advance."""
    room = build.workshop(app, people.organisation_id, "story")
    press(people.ada, room, "open", "story")
    bea = people.bea(room)
    with time_machine.travel(now() + timedelta(minutes=30)):
        assert bea.follow(bea.tell("story", "I needed longer.").location).h1 == "Sent – safe"
    with app.app_context():
        [said] = contributions.queue(room.id)
        assert said.late is False


def test_a_late_story_is_kept_and_ada_reads_that_it_came_late(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    press(people.ada, room, "open", "story")
    bea = people.bea(room)
    page = bea.send(bea.ask("story"), text="Still typing", go="next")
    press(people.ada, room, "close", "story")
    page = bea.send(page, helped="", go="next")
    page = bea.send(page, level="2", go="next")
    bea.send(page, go="send")
    assert "It came after the question was closed." in console(people.ada, room).text


@pytest.mark.shows("A15")
def test_a_choice_closes_into_two_minutes_of_grace_then_it_is_counted(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A bench\nA bus"}))
    press(people.ada, room, "open", "dots")
    press(people.ada, room, "close", "dots")
    assert state(app, room, "dots") == "grace"
    assert "Count now" in console(people.ada, room).text
    with time_machine.travel(now() + timedelta(seconds=121)), app.app_context():
        jobs.run_due()
    assert state(app, room, "dots") == "closed"


def test_a_hall_is_counted_by_a_job_and_everybody_reads_so_meanwhile(app: Flask, people: People) -> None:
    """Here two people are a hall; no ballot comes in once the button was pressed."""
    app.config["COUNTED_AT_ONCE"] = 1
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A bench\nA bus"}))
    bea, cem = people.bea(room), people.cem(room)
    press(people.ada, room, "open", "dots")
    for who in (bea, cem):
        who.send(who.ask("dots"), go="send", **{"choice-own1": "1"})
    page = bea.ask("dots")
    press(people.ada, room, "count", "dots")
    assert "The ballots are being counted." in console(people.ada, room).text
    assert "Count now" not in console(people.ada, room).text
    assert "The ballots are being counted." in people.ada.get(f"{room.path}/results").text
    assert bea.send(page, go="send", **{"choice-own2": "1"}).status == 409
    with app.app_context():
        jobs.run_due()
    assert state(app, room, "dots") == "closed"
    assert "The ballots are being counted." not in console(people.ada, room).text


def test_count_now_does_not_wait_and_says_how_many_have_not_chosen(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A bench\nA bus"}))
    press(people.ada, room, "open", "dots")
    people.bea(room)
    numbers = data_of(people.ada.get(f"{room.path}/numbers"))
    assert numbers[f"missing-{room.activities['dots']}"] == "1 person has not chosen yet."
    press(people.ada, room, "close", "dots")
    press(people.ada, room, "count", "dots")
    assert state(app, room, "dots") == "closed"
    assert "Show the results" in console(people.ada, room).text


def test_a_closed_choice_never_reopens_ask_again_makes_a_new_one(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A bench\nA bus"}), "cards")
    press(people.ada, room, "open", "dots")
    press(people.ada, room, "count", "dots")
    assert press(people.ada, room, "open", "dots").status == 409
    press(people.ada, room, "again", "dots")
    with app.app_context():
        agenda = [(row.kind, row.state, row.position) for row in rooms.agenda(room.id)]
    assert agenda == [("dots", "closed", 1), ("dots", "waiting", 2), ("cards", "waiting", 3)]


def test_results_are_not_shown_before_they_are_counted(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A bench\nA bus"}))
    press(people.ada, room, "open", "dots")
    early = press(people.ada, room, "reveal", "dots")
    assert (early.status, early.h1) == (409, "Something else is open now")


@pytest.mark.shows("P01")
def test_a_workshop_does_not_open_on_missing_statements_and_links_to_each_field(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story", state="draft")
    other = people.ada.post(f"/w/{_draft(app, people)}/console/open")
    assert (other.status, other.h1) == (409, "Not ready yet")
    assert any(link.endswith("#safeguarding_phone") for link in other.links())
    assert press(people.ada, room, "open").status == 303


def _draft(app: Flask, people: People) -> str:
    """A workshop that states over its organisation's statements only an example."""

    @command
    def make() -> str:
        statements = {"safeguarding_phone": "Example 112"}
        row = Workshop(organisation_id=people.organisation_id, title="Draft", roles=build.ROLES, statements=statements)
        db.session.add(row)
        db.session.flush()
        return row.id

    with app.app_context():
        return make()


def test_nothing_opens_in_a_workshop_that_is_not_open(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    people.ada.post(f"{room.path}/console/close", answer_by=A_DAY)
    assert press(people.ada, room, "open", "story").h1 == "Something else is open now"


@pytest.mark.shows("P26")
def test_closing_asks_for_the_answer_date_and_lists_what_is_loose(app: Flask, people: People) -> None:
    """P26: closing lists the stories without an answer."""
    room = build.workshop(app, people.organisation_id, "story", ("dots", {"items": "A bench\nA bus"}))
    room.open("story", "dots")
    people.bea(room).tell("story", "They never called back.", level=3)
    people.cem(room).tell("story", "Seven minutes each.", level=3)
    ada = people.ada.id
    with app.app_context():
        said = contributions.queue(room.id)[0]
        moderating.approve(contributions.one(said.id, room.id), ada, recognisable=False)
    asked = people.ada.get(f"{room.path}/console/close")
    assert "1 contribution waits for you." in asked.text
    assert "«Dots» is not counted yet." in asked.text
    assert "1 story may be answered and has no answer yet." in asked.text
    for wrong in ("", "soon", "2001-01-01"):
        again = people.ada.send(asked, answer_by=wrong)
        assert again.status == 422
        assert "Please look at this again" in again.text
    assert people.ada.send(asked, answer_by=A_DAY).status == 303
    over = console(people.ada, room)
    assert "You get an answer by Saturday, 31 January 2099." in over.text
    assert f'href="{room.path}/results"' in over.html


def test_a_closed_workshop_can_be_opened_again(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    people.ada.post(f"{room.path}/console/close", answer_by=A_DAY)
    press(people.ada, room, "open")
    assert "Next: Story" in console(people.ada, room).text
