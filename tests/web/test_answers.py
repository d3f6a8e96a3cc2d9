"""The service answers a story: cem writes, ada checks, bea reads it with her words and says whether it helped."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from tests.support import answering, build
from tests.support.build import Room
from tests.support.people import People
from workshop.commands import running, taking_part
from workshop.models.columns import now
from workshop.queries import answered, contributions, responses, rooms
from workshop.queries.loose_ends import loose_ends


@pytest.fixture
def room(app: Flask, people: People) -> Room:
    room = build.workshop(app, people.organisation_id, "story", "cards")
    room.open("story", "cards")
    return room


def checks(people: People, room: Room) -> list[str]:
    with room.app.app_context():
        return [each.id for each in responses.waiting(room.id)]


@pytest.mark.shows("P26")
def test_from_the_story_to_the_answer_and_whether_it_helped(people: People, room: Room) -> None:
    bea, cem = answering.told(people, room), answering.responder(people)
    assert "There is no answer yet." in answering.on_receipt(bea, bea.story).text
    listed = cem.follow("/office")
    assert listed.h1 == "Stories to answer"
    assert "Nobody called me back." not in listed.text, "words are read one at a time, where the look is noted"
    sent = cem.follow(answering.answer(cem, room, bea.story).location)
    assert "A facilitator reads it first." in sent.text
    assert "There is no answer yet." in answering.on_receipt(bea, bea.story).text
    [waiting] = checks(people, room)
    check = people.ada.get(f"{room.path}/answers/checks/{waiting}")
    people.ada.send(check, action="/show")
    receipt = answering.on_receipt(bea, bea.story)
    assert "Thank you for telling us." in receipt.text
    assert "Cem, front desk" in receipt.text
    bea.send(receipt, action=f"/answers/{waiting}", helped="partly", helped_words="A call would help more.")
    assert "You said that it helped partly." in answering.on_receipt(bea, bea.story).text
    assert "A call would help more." in cem.get(f"{room.path}/answers/{bea.story}").text


def test_the_second_reply_shows_at_once_but_a_change_is_always_checked(people: People, room: Room) -> None:
    bea, cem = answering.told(people, room), answering.responder(people)
    answering.answer(cem, room, bea.story)
    people.ada.post(f"{room.path}/answers/checks/{checks(people, room)[0]}/show")
    answering.answer(cem, room, bea.story, text="One more thing.")
    assert "One more thing." in answering.on_receipt(bea, bea.story).text
    answering.answer(cem, room, bea.story, kind="made", text="We changed it.", what="We call back in two days.")
    assert "We changed it." not in answering.on_receipt(bea, bea.story).text
    assert len(checks(people, room)) == 1


def test_an_answer_that_came_back_is_written_anew(people: People, room: Room) -> None:
    bea, cem = answering.told(people, room), answering.responder(people)
    answering.answer(cem, room, bea.story, text="Sorry if you felt so.")
    [waiting] = checks(people, room)
    people.ada.post(f"{room.path}/answers/checks/{waiting}/back", note="Please leave out «if».")
    page = cem.get(f"{room.path}/answers/{bea.story}")
    assert "Please leave out «if»." in page.text
    assert page.fields()["text"] == "Sorry if you felt so."
    cem.send(page, action=f"/answers/{bea.story}", text="I am sorry.")
    assert checks(people, room) == [waiting]


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"text": ""}, "Please write your answer."),
        ({"signed": ""}, "Please say who answers."),
        ({"kind": "made"}, "Please say what changes."),
        ({"kind": "planned", "what": "A bell"}, "Please choose the day from which it changes."),
        ({"kind": "used"}, "Please choose one of these."),
    ],
)
def test_what_an_answer_needs(people: People, room: Room, given: dict[str, str], asked: str) -> None:
    bea, cem = answering.told(people, room), answering.responder(people)
    page = answering.answer(cem, room, bea.story, **given)
    assert page.status == 422
    assert asked in page.text


@pytest.mark.shows("P03", "S20")
@pytest.mark.parametrize("level", [1, 2])
def test_a_responder_does_not_read_a_story_below_its_step_by_address(people: People, room: Room, level: int) -> None:
    bea, cem = answering.told(people, room, level=level), answering.responder(people)
    page = cem.get(f"{room.path}/answers/{bea.story}")
    assert page.status == 403
    assert "Nobody called me back." not in page.html
    assert cem.post(f"{room.path}/answers/{bea.story}", kind="reply", text="Hello", signed="Cem").status == 403


@pytest.mark.shows("P03")
def test_a_story_that_nobody_has_approved_is_not_for_the_service(people: People, room: Room) -> None:
    bea, cem = people.bea(room), answering.responder(people)
    bea.tell("story", "Nobody has read this.", level=3)
    assert cem.get(f"{room.path}/answers/{bea.words()[0]}").status == 403
    assert "No story waits" in cem.follow("/office").text


@pytest.mark.shows("S20")
def test_a_responder_sees_nothing_else_of_the_workshop(people: People, room: Room) -> None:
    cem = answering.responder(people)
    for path in ("console", "results", "office", "agenda", "answers", "exports", "screen", "decisions", "promises"):
        assert cem.get(f"{room.path}/{path}").status in (403, 404), path


@pytest.mark.shows("S20")
def test_another_organisation_answers_nothing_here(app: Flask, people: People, room: Room) -> None:
    bea = answering.told(people, room)
    assert people.dora.get(f"{room.path}/answers/{bea.story}").status == 403
    assert people.dora.get(f"/o/{people.organisation_id}/answers").status == 403
    far = build.workshop(app, people.other_organisation_id, "story")
    assert people.dora.get(f"{far.path}/answers/{bea.story}").status == 404


@pytest.mark.shows("P06", "P08")
def test_a_story_taken_back_while_cem_writes_keeps_no_answer(people: People, room: Room) -> None:
    bea, cem = answering.told(people, room), answering.responder(people)
    page = cem.get(f"{room.path}/answers/{bea.story}")
    bea.post(f"{room.path}/words/{bea.story}/take-back")
    answer = cem.send(page, action=f"/answers/{bea.story}", text="Too late.", signed="Cem")
    assert answer.status == 404
    assert not checks(people, room)


def test_a_door_closed_while_cem_writes_keeps_no_answer(app: Flask, people: People, room: Room) -> None:
    bea, cem = answering.told(people, room), answering.responder(people)
    page = cem.get(f"{room.path}/answers/{bea.story}")
    with app.app_context():
        taking_part.set_level(contributions.one(bea.story, room.id), 2)
    assert cem.send(page, action=f"/answers/{bea.story}", text="Too late.", signed="Cem").status == 403
    assert not checks(people, room)


@pytest.mark.shows("P06")
def test_an_answer_goes_with_the_story_that_is_taken_back(people: People, room: Room) -> None:
    bea = answering.told(people, room)
    answering.answer(people.ada, room, bea.story)
    bea.post(f"{room.path}/words/{bea.story}/take-back")
    with room.app.app_context():
        assert not responses.answers_to(bea.story, "shown", "waiting", "back")


def test_a_double_tap_is_one_answer(people: People, room: Room) -> None:
    bea, cem = answering.told(people, room), answering.responder(people)
    page = cem.get(f"{room.path}/answers/{bea.story}")
    for _tap in range(2):
        sent = cem.send(page, action=f"/answers/{bea.story}", text="Thank you.", signed="Cem")
        assert sent.status == 303
    assert len(checks(people, room)) == 1


def test_a_double_tap_after_it_shows_changes_nothing(people: People, room: Room) -> None:
    bea = answering.told(people, room)
    page = people.ada.get(f"{room.path}/answers/{bea.story}")
    given = {"kind": "reply", "text": "Thank you.", "signed": "Ada for the service"}
    for _tap in range(2):
        assert people.ada.send(page, action=f"/answers/{bea.story}", **given).status == 303
    other = people.ada.send(page, action=f"/answers/{bea.story}", **{**given, "text": "Other words."})
    assert other.status == 409
    assert "Other words." not in answering.on_receipt(bea, bea.story).text


def test_nobody_rates_an_answer_to_somebody_elses_story(people: People, room: Room) -> None:
    bea, other = answering.told(people, room), people.bea(room)
    answering.answer(people.ada, room, bea.story)
    with room.app.app_context():
        [given] = responses.answers_to(bea.story)
    assert other.post(f"{room.path}/words/{bea.story}/answers/{given.id}", helped="no").status == 403
    assert bea.post(f"{room.path}/words/{bea.story}/answers/{given.id}", helped="hugely").status == 422
    assert "You said" not in answering.on_receipt(bea, bea.story).text


@pytest.mark.shows("P26")
def test_the_team_answers_a_story_that_the_service_may_not_read(people: People, room: Room) -> None:
    bea = answering.told(people, room, level=2)
    listed = people.ada.get(f"{room.path}/answers")
    assert "Stories that the team answers" in listed.text
    page = answering.answer(people.ada, room, bea.story, kind="reply")
    assert page.status == 422, "the service may not read it, and so it does not answer"
    answering.answer(people.ada, room, bea.story, kind="not_used", text="Nobody spoke about the bus today.")
    receipt = answering.on_receipt(bea, bea.story)
    assert "Your words were not used" in receipt.text
    assert "Nobody spoke about the bus today." in receipt.text


@pytest.mark.shows("P26")
def test_closing_lists_stories_without_an_answer_until_they_have_one(people: People, room: Room) -> None:
    bea = answering.told(people, room)
    assert "1 story may be answered and has no answer yet." in people.ada.get(f"{room.path}/console/close").text
    answering.answer(people.ada, room, bea.story)
    with room.app.app_context():
        assert loose_ends(room.id).unanswered == 0
    assert "no answer yet" not in people.ada.get(f"{room.path}/console/close").text


def test_the_look_of_a_responder_is_noted(people: People, room: Room) -> None:
    bea, cem = answering.told(people, room), answering.responder(people)
    with room.app.app_context():
        before = contributions.seen_by(bea.story)
    cem.get(f"{room.path}/answers/{bea.story}")
    with room.app.app_context():
        assert contributions.seen_by(bea.story) == before + 1


def test_the_figures_of_answers(people: People, room: Room) -> None:
    """Three stories: a concern with a change, praise with a reply, and one without an answer."""
    wait = answering.told(people, room, "I waited long.", helped="A call.")
    praise = answering.told(people, room, "They were kind.")
    answering.told(people, room, "Nobody answers.", helped="An answer.")
    with time_machine.travel(now() + timedelta(days=4)):
        ada = answering.Staff(people.app, "eve", people.organisation_id, "facilitator")
        answering.answer(ada, room, wait.story, kind="planned", what="Two lines", by_date="2030-01-01")
        answering.answer(ada, room, praise.story, text="Thank you!")
        with room.app.app_context():
            figures = answered.figures(room.id)
            assert (figures.stories, figures.answered) == (3, 2)
            assert (figures.changes, figures.concerns) == (1, 1)
            assert (figures.days, list(figures.open_days)) == (4, [4])
            assert figures.helped is None, "too few people to say"
        page = ada.get(f"{room.path}/answers").text
    assert "2 of 3" in page
    assert "open 4 days" in page


def test_the_team_says_what_is_a_concern(people: People, room: Room) -> None:
    bea = answering.told(people, room)
    answering.answer(people.ada, room, bea.story)
    people.ada.post(f"{room.path}/answers/{bea.story}/concern", tells="yes")
    with room.app.app_context():
        assert answered.figures(room.id).concerns == 1
    people.ada.post(f"{room.path}/answers/{bea.story}/concern", tells="no")
    with room.app.app_context():
        assert answered.figures(room.id).concerns == 0


def test_a_story_leads_to_an_idea_and_back_in_two_taps(app: Flask, people: People) -> None:
    room = build.workshop(app, people.organisation_id, "story", "cards", ("dots", {"items_from": "cards"}))
    room.open("story", "cards")
    bea = answering.told(people, room, level=2)
    bea.write("cards", "A telephone that is answered")
    answering_card = bea.words()[0]
    answering.approve(people, room, answering_card)
    idea = f"{room.activities['cards']}:{answering_card}"
    people.ada.post(f"{room.path}/answers/{bea.story}/tie", idea=idea, act="tie")
    assert "It led to an idea: A telephone that is answered" in answering.on_receipt(bea, bea.story).text
    room.open("dots")
    assert "People chose" not in answering.on_receipt(bea, bea.story).text
    room.count("dots")
    assert "People chose about it in «Dots»." in answering.on_receipt(bea, bea.story).text
    results = people.ada.get(f"{room.path}/results")
    decisions = people.ada.get(next(link for link in results.links() if link.endswith("/decisions")))
    behind = people.ada.get(next(link for link in decisions.links() if link.endswith(answering_card)))
    assert "Nobody called me back." in behind.text
    with app.app_context():
        taking_part.set_level(contributions.one(bea.story, room.id), 1)
    assert "Nobody called me back." not in people.ada.get(behind.response.request.path).text


def test_a_promise_and_what_became_of_it_stand_in_the_thread(app: Flask, people: People) -> None:
    closing = ("closing", {"owners_for": "cards"})
    trusted = {"settings": {"trusted_room": True}}
    room = build.workshop(app, people.organisation_id, "cards", closing, **trusted)
    room.open("cards", "closing")
    bea = people.bea(room)
    bea.write("cards", "A bench at the door")
    idea = bea.words()[0]
    path = f"{room.path}/a/{room.activities['closing']}/promises/{idea}"
    given = {"what": "Order a bench", "who": "Kim of the parks", "by_date": "2026-01-01"}
    people.ada.send(people.ada.get(path), **given)
    assert "Somebody made a promise: Order a bench" in answering.on_receipt(bea, idea).text
    listed = people.ada.get(f"{room.path}/promises")
    assert "Due, and no word" in listed.text
    asked = people.ada.get(next(link for link in listed.links() if "/promises/" in link))
    refused = people.ada.send(asked, state="cannot", action=asked.response.request.path)
    assert "People deserve a reason." in refused.text
    people.ada.send(asked, state="kept", word="It stands since May.", action=asked.response.request.path)
    assert "1 of 1 promises that are due were kept." in people.ada.get(f"{room.path}/promises").text
    assert "The promise is kept. It stands since May." in answering.on_receipt(bea, idea).text


def test_the_thread_says_by_when_there_is_an_answer(app: Flask, people: People, room: Room) -> None:
    bea = answering.told(people, room)
    with app.app_context():
        running.close_workshop(rooms.workshop(room.id), now().date(), None)
    assert "You get one by" in answering.on_receipt(bea, bea.story).text


def test_the_office_says_today_what_is_to_be_checked_and_who_waits(app: Flask, people: People, room: Room) -> None:
    bea, cem = answering.told(people, room), answering.responder(people)
    answering.answer(cem, room, bea.story)
    today = people.ada.get(f"/o/{people.organisation_id}/").text
    assert "1 answer to a story is to be checked" in today
    with app.app_context():
        running.close_workshop(rooms.workshop(room.id), now().date(), None)
    assert "1 story has no answer yet" in people.ada.get(f"/o/{people.organisation_id}/").text
    people.ada.post(f"{room.path}/answers/checks/{checks(people, room)[0]}/show")
    assert "has no answer yet" not in people.ada.get(f"/o/{people.organisation_id}/").text
