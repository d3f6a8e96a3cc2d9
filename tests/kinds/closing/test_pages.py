"""The closing on a phone: eight faces, one a page, mirrored for the service, and words that are never lost."""

import pytest
from flask import Flask

from tests.kinds import hall
from tests.support import build
from tests.support.page import Page
from tests.support.people import Participant, People
from workshop.counting.closing import QUESTIONS
from workshop.queries import choices, contributions


def through(phone: Participant, answer: str = "2", stop: str = "") -> Page:
    """Answer every question alike and go on to the check."""
    page = phone.ask("closing")
    for _ in range(9):
        name = next((n for n in _choices(page)), None)
        page = phone.send(page, go="next", **({name: answer} if name else {"stop": stop}))
        assert page.status == 200, page.text
    assert page.h1 == "Is this right?"
    return page


def to_the_last_page(phone: Participant) -> Page:
    page = phone.ask("closing")
    for _ in range(8):
        page = phone.send(page, go="next")
    assert page.h1 == "What should we stop doing?"
    return page


def _choices(page: Page) -> list[str]:
    return [e.get("name", "") for e in page.all("input") if e.get("type") == "radio" and e.get("name")]


def test_bea_is_asked_how_she_lived_it_and_cem_what_he_did(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "closing")
    room.open("closing")
    assert people.bea(room).ask("closing").h1 == "I felt safe to say what I think."
    assert people.cem(room).ask("closing").h1 == "I think people felt safe to say what they think."
    other = Participant(app, room, "Somebody else")
    assert other.ask("closing").h1 == "I felt safe to say what I think."


def test_nine_pages_a_check_and_one_secret_ballot(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "closing")
    room.open("closing")
    bea = people.bea(room)
    first = bea.ask("closing")
    assert "Question 1 of 9" in first.text
    assert "Yes Partly No I skip this" in first.text
    sent = bea.follow(bea.send(through(bea), go="send").location)
    assert "Your choice is secret." in sent.text
    room.count("closing")
    with app.app_context():
        [ballot] = choices.ballots(room.activities["closing"])
    assert ballot.choices == dict.fromkeys(QUESTIONS, 2)


def test_what_is_not_answered_is_skipped_and_nobody_is_held_up(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "closing")
    room.open("closing")
    bea = people.bea(room)
    page = bea.send(to_the_last_page(bea), go="next")
    assert page.text.count("I skip this") == 8
    bea.send(page, go="send")
    room.count("closing")
    with app.app_context():
        [ballot] = choices.ballots(room.activities["closing"])
    assert ballot.choices == dict.fromkeys(QUESTIONS, -1)


def test_what_to_stop_is_a_card_with_a_receipt_and_no_part_of_the_ballot(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("closing", {"level": 3}))
    room.open("closing")
    bea = people.bea(room)
    check = through(bea, stop="Stop sending letters nobody reads.")
    sent = bea.follow(bea.send(check, go="send").location)
    assert "Or keep these six words" in sent.text
    [card] = bea.words()
    with app.app_context():
        said = contributions.one(card, room.id)
        assert (said.kind, said.level, said.state, said.late) == ("card", 3, "waiting", False)
        room.count("closing")
        [ballot] = choices.ballots(room.activities["closing"])
    assert "stop" not in ballot.choices


def test_the_page_says_who_will_see_the_words_before_they_are_typed(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, ("closing", {"level": 1}))
    room.open("closing")
    bea = people.bea(room)
    page = to_the_last_page(bea)
    assert "Who may see it: The facilitators." in page.text


def test_after_the_count_the_words_are_kept_as_late_and_the_answers_are_not(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "closing")
    room.open("closing")
    bea = people.bea(room)
    check = through(bea, stop="Stop asking twice.")
    room.count("closing")
    late = bea.send(check, go="send")
    assert late.status == 409
    assert "Your words are kept." in late.text
    [card] = bea.words()
    with app.app_context():
        assert contributions.one(card, room.id).late
    assert hall.results(room, "closing").counted.ballots == 0
    assert bea.send(check, go="send").status == 409
    assert bea.words() == [card], "the same sending again gives nothing twice"


def test_without_words_an_answer_after_the_count_is_simply_too_late(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "closing")
    room.open("closing")
    bea = people.bea(room)
    check = through(bea)
    room.count("closing")
    assert "Your choice came too late." in bea.send(check, go="send").text
    assert bea.words() == []


def test_who_answered_in_time_is_told_that_it_counts(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "closing")
    room.open("closing")
    bea = people.bea(room)
    check = through(bea)
    bea.send(check, go="send")
    room.count("closing")
    assert "What you sent in time is counted." in bea.send(check, go="send").text


@pytest.mark.shows("R04")
def test_the_same_sending_twice_is_one_ballot_and_one_card(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "closing")
    room.open("closing")
    bea = people.bea(room)
    check = through(bea, stop="Stop asking twice.")
    for _ in range(2):
        assert bea.send(check, go="send").status == 303
    room.count("closing")
    assert hall.results(room, "closing").counted.ballots == 1
    assert len(bea.words()) == 1


@pytest.mark.shows("S29")
def test_too_long_words_are_refused_and_kept(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "closing")
    room.open("closing")
    bea = people.bea(room)
    page = to_the_last_page(bea)
    refused = bea.send(page, go="next", stop="x" * 501)
    assert refused.status == 422
    assert refused.fields()["stop"] == "x" * 501
