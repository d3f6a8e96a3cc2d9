"""Running the room when two facilitators press at once, and what a confirmed side takes along."""

import pytest
from flask import Flask

from tests.support import build
from tests.support.people import Participant, People
from workshop.commands import choosing, helping, hosting, moderating, running
from workshop.keys import new_token
from workshop.models.columns import new_id
from workshop.queries import choices, contributions, rooms


def test_a_button_pressed_on_an_old_page_does_not_reopen_a_choice(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A\nB"}))
    with app.app_context():
        before = room.activity("dots")  # as another facilitator's page still shows it
    room.open("dots")
    room.count("dots")
    with app.app_context(), pytest.raises(choosing.Closed):
        running.open_activity(before)


def test_closing_twice_gives_no_second_grace(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("dots", {"items": "A\nB"}))
    room.open("dots")
    with app.app_context():
        before = room.activity("dots")
        running.close_activity(before)
        closes = room.activity("dots").closes_at
        running.close_activity(before)
        assert room.activity("dots").closes_at == closes


def test_time_is_given_to_what_is_open_and_to_nothing_else(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    with app.app_context():
        running.give_time(room.activity("story"))
        assert room.activity("story").ends_at is None


def test_next_goes_on_after_the_furthest_and_comes_back_for_what_was_skipped(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story", "cards", ("story", {}))
    room.open("cards")
    opened = []
    with app.app_context():
        for _ in range(3):
            running.open_next(rooms.workshop(room.id))
            opened.append([row.position for row in rooms.open_now(room.id)])
    assert opened == [[3], [1], [1]]


def test_a_confirmed_side_takes_words_and_open_ballots_along(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards", ("dots", {"items": "A\nB"}))
    room.open("cards", "dots")
    cem = Participant(app, room, "Professional", "lived")
    cem.write("cards", "A shorter form")
    with app.app_context():
        [claim] = rooms.waiting_for_confirmation(room.id)
        choosing.cast(room.activity("dots"), rooms.person(claim.id, room.id), new_id(), {"own1": 1})
        hosting.confirm_side(rooms.workshop(room.id), claim.id, yes=True)
        assert contributions.queue(room.id)[0].side == "service"
        assert [ballot.side for ballot in choices.ballots(room.activities["dots"])] == ["service"]


def test_a_side_that_was_refused_counts_as_others(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    Participant(app, room, "Professional", "lived")
    with app.app_context():
        [claim] = rooms.waiting_for_confirmation(room.id)
        hosting.confirm_side(rooms.workshop(room.id), claim.id, yes=False)
        hosting.confirm_side(rooms.workshop(room.id), claim.id, yes=True)  # from a page that is old by now
        assert rooms.present(room.id) == {"lived": 0, "service": 0, "other": 1}


def test_a_claim_raises_the_revision_so_that_every_console_sees_it(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "cards")
    with app.app_context():
        before = rooms.workshop(room.id).revision
    people.bea(room)
    with app.app_context():
        assert rooms.workshop(room.id).revision == before
    Participant(app, room, "Professional", "lived")
    with app.app_context():
        assert rooms.workshop(room.id).revision > before


@pytest.mark.shows("P13")
def test_a_story_is_approved_by_nobody_without_an_answer(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    room.open("story")
    people.bea(room).tell("story", "The lift was broken.")
    ada = people.ada.id
    with app.app_context():
        story = contributions.one(contributions.queue(room.id)[0].id, room.id)
        with pytest.raises(moderating.Unanswered):
            moderating.approve(story, ada)
        with pytest.raises(moderating.Changed):
            moderating.approve(story, ada, recognisable=False, as_read="other words")
        moderating.approve(story, ada, recognisable=False, as_read=contributions.fingerprint(story))
        assert contributions.one(story.id, room.id).state == "shown"


def test_somebody_brought_in_is_a_person_of_the_room_once(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story")
    ada = people.ada.id
    with app.app_context():
        key, here = new_token(), rooms.workshop(room.id)
        first = helping.bring_in(here, key, "Professional", "paper", "en", ada)
        assert helping.bring_in(here, key, "Professional", "paper", "en", ada) == first
        assert rooms.present(room.id) == {"lived": 0, "service": 1, "other": 0}
        assert rooms.waiting_for_confirmation(room.id) == []
